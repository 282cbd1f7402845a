"""Every CV of the repository, and what must hold of the evidence of any report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from profilefit import render
from profilefit.models import Report

ROOT = Path(__file__).parents[1]
#: Invented CVs of everyday kinds (tests/corpus), of hard ones (tests/cases), and those of the examples.
_CVS = ("tests/corpus/*", "tests/cases/*/cv.*", "examples/*.*", "examples/cohort/*", "examples/linkedin-export")
EVERY_CV = sorted(
    path
    for pattern in _CVS
    for path in ROOT.glob(pattern)
    if path.suffix != ".py" and path.name != "README.md" and not path.name.endswith(".truth.json")
)
#: A CV and its report.
Cv = tuple[Path, Report]


def cv_id(path: Path) -> str:
    """The name of a test of this CV."""
    return f"{path.parent.name}-{path.stem}"


def evidence_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence object anywhere in a report."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for part in value.values():
            yield from evidence_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from evidence_of(part)


def check_quotes(report: Report) -> list[dict[str, Any]]:
    """Hold every evidence of a report against the text; all of them."""
    document = report.profile.document
    every = list(evidence_of(json.loads(render(report, "json"))))
    for cited in every:
        assert cited["match"] == document.text[cited["start"] : cited["end"]]
        assert cited["match"].strip()
        assert " ".join(cited["match"].split()) in cited["quote"]
        line = document.lines[cited["line"] - 1]
        assert line.start <= cited["start"] <= line.end
        assert cited["page"] == line.page
        assert (cited["box"] is None) == (line.page is None)
    return every
