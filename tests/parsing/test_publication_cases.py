"""References in the styles of many manuals: every case of ``publications.txt`` is read as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from profilefit.library import Library
from profilefit.models import Document, Section
from profilefit.parsing.publications import find_publications

_TEXT = (Path(__file__).parent / "publications.txt").read_text(encoding="utf-8")
CASES = {
    block.partition("\n")[0]: block.partition("\n")[2]
    for block in re.split(r"^=== ", _TEXT, flags=re.MULTILINE)[2:]  # the first two explain the file
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, page: Callable[[str], Document], library: Library) -> None:
    text, _, wanted = CASES[name].partition("\n---\n")
    document = page(text)
    headed = text.startswith("# ")
    section = Section("other" if headed else "publications", "", (1 if headed else 0, len(document.lines)))
    found = find_publications(document, (section,), library)
    rows = [tuple(cell.strip() for cell in row.split("|")) for row in wanted.strip().splitlines()]
    assert [(p.kind, str(p.year or ""), p.venue or "", p.title or "", "" if p.accepted else "n") for p in found] == rows
