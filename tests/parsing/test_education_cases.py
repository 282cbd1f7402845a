"""Education in many countries, languages and layouts: every case of ``education.txt`` is read as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from expectations import complaint

from profilefit.library import Library
from profilefit.models import Document
from profilefit.parsing.education import find_education
from profilefit.parsing.sections import find_sections

_TEXT = (Path(__file__).parent / "education.txt").read_text(encoding="utf-8")
_STATUS = {"c": "completed", "i": "in-progress", "u": "unknown"}
CASES = {
    block.partition("\n")[0]: block.partition("\n")[2]
    for block in re.split(r"^=== ", _TEXT, flags=re.MULTILINE)[2:]  # the first two explain the file
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, page: Callable[[str], Document], library: Library) -> None:
    text, _, wanted = CASES[name].partition("\n---")
    document = page(text)
    found = [e for e in find_education(document, find_sections(document, library), (), library) if e.level]
    rows = [[cell.strip() for cell in row.split("|")] for row in wanted.strip().splitlines()]
    assert [e.level for e in found] == [row[0] for row in rows]
    complaints = []
    for entry, row in zip(found, rows, strict=True):
        read = (entry.institution, entry.start and entry.start[:4], entry.end and entry.end[:4], entry.field)
        complaints += [told for cell, got in zip(row[1:5], read, strict=True) if (told := complaint(cell, got or ""))]
        if entry.status != _STATUS[row[5]]:
            complaints.append(f"{entry.status} for {row[5]}")
    assert not complaints, complaints
