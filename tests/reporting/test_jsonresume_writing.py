"""A profile as JSON Resume fits the schema, says nothing of the person, and is the same profile when read again."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from profilefit import analyze, render
from profilefit.models import Report

TESTS = Path(__file__).parents[1]
CVS = [
    *sorted(path for path in (TESTS / "corpus").iterdir() if not path.name.endswith(".truth.json")),
    *sorted((TESTS / "cases").glob("*/cv.*")),
]
SCHEMA = jsonschema.Draft7Validator(json.loads((TESTS / "data" / "jsonresume.schema.json").read_text("utf-8")))
OWN = "x-profilefit"


def facts(report: Report) -> dict[str, Any]:
    profile = report.profile
    return {
        "degrees": [(e.level, e.institution, e.start, e.end, e.status) for e in profile.education],
        "fields": [(e.degree, e.field) for e in profile.education],
        "positions": [(p.title, p.organisation, p.start, p.end, p.current) for p in profile.positions],
        "skills": sorted(skill.id for skill in profile.skills),
        "publications": [(p.title, p.kind, p.year, p.accepted) for p in profile.publications],
    }


@pytest.mark.parametrize("path", CVS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_written_and_read_again_it_is_the_same_profile(path: Path) -> None:
    report = analyze(path, roles=[])
    text = render(report, "jsonresume")
    assert [error.message for error in SCHEMA.iter_errors(json.loads(text))] == []
    again = analyze(io.BytesIO(text.encode()), roles=[], name="cv.json")
    assert again.profile.document.source.kind == "json-resume"
    assert facts(again) == facts(report)


def test_evidence_and_levels_stand_under_one_key(report: Report) -> None:
    written = json.loads(render(report, "jsonresume"))
    assert written["basics"] == {"label": report.profile.positions[0].title}
    assert {key for entry in written["education"] for key in entry} <= {
        "institution", "area", "studyType", "startDate", "endDate", OWN,
    }  # fmt: skip
    assert written["education"][0][OWN]["level"] == report.profile.education[0].level
    groups = {(group["name"], group["level"]): group["keywords"] for group in written["skills"]}
    assert sum(map(len, groups.values())) == sum(not skill.implied_by for skill in report.profile.skills)
    cited = [
        e for key in ("work", "education", "publications") for entry in written[key] for e in entry[OWN]["evidence"]
    ]
    assert all(e["match"] == report.profile.document.text[e["start"] : e["end"]] for e in cited)


def test_a_report_that_shows_nothing_is_a_valid_file_too(bare_report: Report) -> None:
    written = json.loads(render(bare_report, "jsonresume"))
    assert list(SCHEMA.iter_errors(written)) == []
    assert written["basics"] == {}
