"""The JSON report against the contract: every key, its order and its type, all the way down."""

from __future__ import annotations

import json
from dataclasses import replace
from types import NoneType
from typing import Any

from profilefit.models import LEVELS, Mix, Report
from profilefit.reporting import render


class OneOf(tuple[Any, ...]):
    """Any of these values."""


LEVEL = OneOf((*LEVELS, None))
VERDICT = OneOf(("met", "partial", "missing"))
TEXT_OR_NULL = (str, NoneType)
SHARE = OneOf(range(101))

EVIDENCE = {
    "page": (int, NoneType),
    "line": int,
    "section": TEXT_OR_NULL,
    "match": str,
    "quote": str,
    "start": int,
    "end": int,
    "box": ([float], NoneType),
    "level": OneOf((0, 1, 2, 3)),
}
CONTRACT: dict[str, Any] = {
    "schema": OneOf(("profilefit-report/1",)),
    "version": str,
    "library": str,
    "source": {
        "name": str,
        "format": str,
        "kind": OneOf(("cv", "linkedin-pdf", "linkedin-export", "json-resume")),
        "sha256": str,
        "pages": (int, NoneType),
        "language": TEXT_OR_NULL,
    },
    "profile": {
        "highest_degree": LEVEL,
        "degree_in_progress": LEVEL,
        "education": [
            {
                "level": LEVEL,
                "degree": str,
                "field": TEXT_OR_NULL,
                "institution": TEXT_OR_NULL,
                "start": TEXT_OR_NULL,
                "end": TEXT_OR_NULL,
                "status": OneOf(("completed", "in-progress", "unknown")),
                "evidence": [EVIDENCE],
            }
        ],
        "positions": [
            {
                "title": str,
                "family": TEXT_OR_NULL,
                "track": OneOf(("engineer", "researcher", "both", "other")),
                "specialty": TEXT_OR_NULL,
                "seniority": TEXT_OR_NULL,
                "organisation": TEXT_OR_NULL,
                "start": TEXT_OR_NULL,
                "end": TEXT_OR_NULL,
                "current": bool,
                "evidence": [EVIDENCE],
            }
        ],
        "skills": [
            {
                "id": str,
                "name": str,
                "category": str,
                "level": OneOf(("listed", "used", "demonstrated")),
                "implied_by": [str],
                "evidence": [EVIDENCE],
                "months_used": (int, NoneType),
                "last_used": TEXT_OR_NULL,
                "uses": [{"start": TEXT_OR_NULL, "end": TEXT_OR_NULL, "current": bool, "line": int}],
            }
        ],
        "publications": [
            {
                "title": TEXT_OR_NULL,
                "venue": TEXT_OR_NULL,
                "kind": OneOf(("conference", "journal", "workshop", "preprint", "thesis", "patent", "other")),
                "year": (int, NoneType),
                "evidence": [EVIDENCE],
                "accepted": bool,
            }
        ],
        "deliverables": {"papers": int, "software": int, "software_evidence": [EVIDENCE]},
        "mix": ({"engineering": float, "research": float, "evidence_count": int}, NoneType),
    },
    "roles": [
        {
            "id": str,
            "name": str,
            "fit": float,
            "met": int,
            "partial": int,
            "missing": int,
            "requirements": [
                {
                    "id": str,
                    "name": str,
                    "statement": str,
                    "status": VERDICT,
                    "level": OneOf((0, 1, 2, 3)),
                    "score": float,
                    "evidence": [EVIDENCE],
                    "missing_skills": [{"id": str, "name": str}],
                    "missing_parts": [str],
                }
            ],
            "degree": {
                "usual": LEVEL,
                "held": LEVEL,
                "status": OneOf(("at", "above", "below", "unknown")),
                "figures": [
                    {"among": str, "sample": int, "doctorate": float, "master": float, "bachelor": float, "source": str}
                ],
            },
            "scope": [{"id": str, "statement": str, "status": VERDICT, "evidence": [EVIDENCE]}],
            "gaps": [
                {
                    "requirement": str,
                    "skills": [str],
                    "closest": ({"have": str, "want": str, "effort": OneOf(("S", "M", "L", "XL"))}, NoneType),
                    "effort": OneOf(("S", "M", "L", "XL")),
                    "listed": [str],
                    "demand": [{"skill": str, "share": float, "sample": int}],
                    "learn": [str],
                }
            ],
            "salaries": {
                "warning": str,
                "figures": [{"place": str, "currency": str, "average": int, "period": str, "source": str}],
            },
        }
    ],
    "notes": [{"code": str, "message": str}],
}


def differences(value: Any, shape: Any, path: str = "$") -> list[str]:
    """Where ``value`` is not of ``shape``: types, lists of one shape, dictionaries with all keys in order, choices."""
    if isinstance(shape, OneOf):
        return [] if value in shape else [f"{path}: {value!r} is none of {list(shape)}"]
    if isinstance(shape, tuple):
        tries = [differences(value, each, path) for each in shape]
        return min(tries, key=len)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: not a list"]
        return [each for i, item in enumerate(value) for each in differences(item, shape[0], f"{path}[{i}]")]
    if isinstance(shape, dict):
        if not isinstance(value, dict) or list(value) != list(shape):
            return [f"{path}: keys {list(value) if isinstance(value, dict) else value!r}, wanted {list(shape)}"]
        return [each for key in shape for each in differences(value[key], shape[key], f"{path}.{key}")]
    return [] if type(value) is shape else [f"{path}: {value!r} is no {shape.__name__}"]


def test_every_key_is_of_the_contract(report: Report, bare_report: Report) -> None:
    for each in (report, bare_report):
        assert differences(json.loads(render(each, "json")), CONTRACT) == []


def test_the_checker_sees_a_wrong_report(report: Report) -> None:
    wrong = json.loads(render(report, "json"))
    wrong["roles"][0]["requirements"][0]["status"] = "almost"
    del wrong["profile"]["skills"][1]["level"]
    wrong["source"]["pages"] = "2"
    assert len(differences(wrong, CONTRACT)) == 3


def test_it_is_readable_and_rounded(report: Report) -> None:
    text = render(report, "json")
    assert text.endswith("}\n")
    assert "你好世界株式会社" in text
    data = json.loads(text)
    assert data["roles"][0]["fit"] == 0.68
    assert data["profile"]["skills"][0]["evidence"][0]["box"] == [56.7, 700.0, 120.3, 712.5]
    mixed = json.loads(render(replace(report, mix=Mix(2 / 3, 1 / 3, 3)), "json"))["profile"]["mix"]
    assert mixed == {"engineering": 0.67, "research": 0.33, "evidence_count": 3}


def test_rejections_come_only_when_asked_for(report: Report) -> None:
    assert "rejected" not in json.loads(render(report, "json"))
    [rejected] = json.loads(render(report, "json", explain=True))["rejected"]
    assert (rejected["what"], rejected["reason"], rejected["evidence"]["match"]) == ("R", "part of another word", "R&D")
