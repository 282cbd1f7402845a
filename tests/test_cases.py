"""Cases: a CV beside what a careful reader finds in it (``tests/cases/NAME/cv.* + expected.toml``).

The folder ``cv.export`` is a LinkedIn data export as it unpacks.

``expected.toml`` holds what must come out, no more than its author was sure of:

- ``highest_degree``, ``degree_in_progress`` (``"none"`` for null), ``kind``, ``language``;
- ``[[education]]``, ``[[positions]]``, ``[[publications]]``: the whole list, each with the keys that matter; a string
  is met by an equal one, ``"…"`` in front or behind leaves the rest open;
- ``skills`` and ``not_skills``: ids that must and must not be claimed by the document's own words;
- ``open``: complaints that nobody has mended yet, word for word. The test fails when one of them is mended and still
  stands here, and when there is any other; an expectation is never bent to the program.
- ``[level]``: ids with their level; ``[verdicts]``: requirement ids with met, partial or missing; ``notes``: codes.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from profilefit import analyze, render

CASES = sorted(Path(__file__).parent.glob("cases/*/expected.toml"))


def agrees(wanted: Any, got: Any) -> bool:
    if wanted == "none":
        return got is None
    if isinstance(wanted, str) and isinstance(got, str):
        if wanted.endswith("…"):
            return got.startswith(wanted[:-1])
        if wanted.startswith("…"):
            return got.endswith(wanted[1:])
    return bool(wanted == got)


def missing_items(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[str]:
    """What of a wanted list is not there, and what is there beyond it."""
    rest = list(got)
    complaints = []
    for item in wanted:
        hit = next((g for g in rest if all(agrees(value, g.get(key)) for key, value in item.items())), None)
        if hit is None:
            complaints.append("not found: " + ", ".join(str(item[key]) for key in sorted(item)))
        else:
            rest.remove(hit)
    shown = sorted({key for item in wanted for key in item})
    return complaints + ["not wanted: " + ", ".join(str(item.get(key)) for key in shown) for item in rest]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_case(path: Path) -> None:
    wanted = tomllib.loads(path.read_text(encoding="utf-8"))
    (cv,) = path.parent.glob("cv.*")
    report = json.loads(render(analyze(cv), "json"))
    profile = report["profile"]
    complaints = []
    for key in ("highest_degree", "degree_in_progress"):
        if key in wanted and not agrees(wanted[key], profile[key]):
            complaints.append(f"{key}: {profile[key]}")
    for key in ("kind", "language"):
        if key in wanted and not agrees(wanted[key], report["source"][key]):
            complaints.append(f"{key}: {report['source'][key]}")
    for key in ("education", "positions", "publications"):
        if key in wanted:
            complaints += [f"{key} {c}" for c in missing_items(wanted[key], profile[key])]
    claimed = {skill["id"]: skill["level"] for skill in profile["skills"] if not skill["implied_by"]}
    complaints += [f"skill not found: {skill}" for skill in wanted.get("skills", ()) if skill not in claimed]
    complaints += [f"skill not wanted: {skill}" for skill in wanted.get("not_skills", ()) if skill in claimed]
    for skill, level in wanted.get("level", {}).items():
        if claimed.get(skill) != level:
            complaints.append(f"level of {skill}: {claimed.get(skill)}")
    verdicts = {r["id"]: r["status"] for role in report["roles"] for r in role["requirements"]}
    for requirement, verdict in wanted.get("verdicts", {}).items():
        if verdicts[requirement] != verdict:
            complaints.append(f"{requirement}: {verdicts[requirement]}")
    codes = {note["code"] for note in report["notes"]}
    complaints += [f"no note {code}" for code in wanted.get("notes", ()) if code not in codes]
    known = wanted.get("open", [])
    assert sorted(complaints) == sorted(known), "\n".join(complaints)
