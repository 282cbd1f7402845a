"""The year of a reference: that of the venue that counts, or the one in brackets, or the one of an archive's number."""

from __future__ import annotations

import re

from profilefit.library.references import References
from profilefit.library.venues import VenueMention
from profilefit.library.words import YEAR
from profilefit.parsing.reference.marks import PATENT_YEAR, PLAIN_YEAR

#: The number that bioRxiv and its like give: "2026.03.14.987654".
_ARCHIVED = re.compile(rf"(?<![\w.])(?P<year>{YEAR})\.\d\d\.\d\d\.")


def find_year(flat: str, mention: VenueMention | None, date: int | None, references: References) -> int | None:
    """The year of a reference; ``date`` is the one that a cell or heading beside it tells."""
    if mention and mention.year:
        return mention.year
    years = list(PLAIN_YEAR.finditer(flat))
    behind = [m for m in years if mention and m.start() >= mention.end]
    if behind:
        return int(behind[0]["year"])
    if date:
        return date
    if years:
        bracketed = [m for m in years if flat[m.start() - 1 : m.start()] == "("]
        return int((bracketed or years)[-1]["year"])
    return archive_year(flat, references) or _numbered_year(flat)


def archive_year(flat: str, references: References) -> int | None:
    """The year in the number that arXiv gives."""
    archived = references.archive_year.search(flat)
    return 2000 + int(archived["yy"]) if archived else None


def _numbered_year(flat: str) -> int | None:
    numbered = _ARCHIVED.search(flat) or PATENT_YEAR.search(flat)
    return int(numbered["year"]) if numbered else None
