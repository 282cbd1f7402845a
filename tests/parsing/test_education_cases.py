"""Education in many countries, languages and layouts: every case of ``education.txt`` is read as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from profilefit.library import Library
from profilefit.library.words import plain
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
    for entry, (_, school, start, end, field, status) in zip(found, rows, strict=True):
        assert _words(school) <= _words(entry.institution or ""), entry
        assert (entry.end or "")[:4] == end, entry
        assert not start or (entry.start or "")[:4] == start, entry
        assert not field or _words(field) & _words(entry.field or ""), entry
        assert entry.status == _STATUS[status], entry


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", plain(text).lower()))
