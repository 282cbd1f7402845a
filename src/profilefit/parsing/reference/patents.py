"""Patents and applications among references."""

from __future__ import annotations

import re

from profilefit.library.venues import Marker, VenueMention, Venues
from profilefit.library.words import YEAR
from profilefit.parsing.reference.marks import PLAIN_YEAR

#: The kind code of a published application behind a patent's number, unlike that of a patent: "A1", "B2".
_APPLICATION = re.compile(r"\dA\d?$|\sA\d?$")
_SENTENCE = re.compile(r"(?:(?<=[^\W_]{2})|(?<=[)\]\"”]))[.;]\s+(?=[A-Z])")


def is_patent(flat: str, rest: str, marks: frozenset[Marker], mention: VenueMention | None, venues: Venues) -> bool:
    """Whether a reference is one to a patent: its number or the word for one stands outside of the title."""
    said = venues.patents.number.search(flat) or venues.markers["patent"].find(rest)
    return ("patent" in marks or bool(said)) and (mention is None or bool(said))


def is_granted(flat: str, marks: frozenset[Marker], venues: Venues) -> bool:
    """Whether a patent is said to be granted, or at least nothing says that it is not."""
    told = venues.patents.number.search(flat)
    applied = told and _APPLICATION.search(told[0])
    return bool(_grant_year(flat, venues)) or not (applied or marks & {"pending", "unaccepted"})


def patent_years(flat: str, year: int | None, venues: Venues) -> list[int | None]:
    """The year of each patent that a reference names: "(2019, 2021)"; that of the grant where it tells one."""
    listed = re.search(rf"\((?P<years>{YEAR}(?:\s*[,;&]\s*{YEAR})+)\)", flat)
    if listed:
        return [int(y) for y in re.findall(YEAR, listed["years"])]
    return [_grant_year(flat, venues) or year]


def split_applications(flat: str, venues: Venues) -> tuple[str, list[int]]:
    """What a reference tells of its own patent, and the years of the further applications named behind it."""
    parts = _SENTENCE.split(flat)
    years: list[int] = []
    while len(parts) > 1 and (year := _application_year(parts[-1], venues)):
        years.insert(0, year)
        parts.pop()
    return (flat[: flat.rindex(parts[-1]) + len(parts[-1])] if years else flat), years


def _application_year(sentence: str, venues: Venues) -> int | None:
    """The year of "Second application (2025) pending": an application without a title or number of its own."""
    year = PLAIN_YEAR.search(sentence)
    further = venues.markers["application"].find(sentence) and venues.markers["pending"].find(sentence)
    return int(year["year"]) if year and further and not venues.patents.number.search(sentence) else None


def _grant_year(flat: str, venues: Venues) -> int | None:
    """The year that stands behind "granted", in the same clause."""
    granted = venues.markers["granted"].find(flat)
    year = granted and PLAIN_YEAR.search(re.split(r"[.;]\s", flat[granted.end() :])[0])
    return int(year["year"]) if year else None
