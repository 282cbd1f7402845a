"""The venue of a reference and what kind of work it makes it: told by a known name, by words, or by the shape alone."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from profilefit.library.venues import Marker, VenueMention, Venues
from profilefit.library.words import YEAR
from profilefit.models import PublicationKind
from profilefit.parsing.reference.marks import HAN_NAME, UNKNOWN_VENUE

#: Kinds that a heading above may tell, where nothing else does.
_HEADED: tuple[Literal["workshop", "preprint", "journal", "conference"], ...] = (
    "workshop", "preprint", "journal", "conference",
)  # fmt: skip
#: A year behind a venue's name, for names that count only before one.
_ANY = " 2000"
_ANY_YEAR = re.compile(rf"\(?{YEAR}\)?")
_BRACKETS = re.compile(r"\([^()]*\)")
#: A venue called by its first letters, and how many words there may be around it.
_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z]{2}[A-Za-z]*(?!\w)|(?<![\w-])[A-Z]{3,}(?!\w)")
_SHORT_VENUE = 5
#: The same in brackets behind the full name.
_BRACKETED = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][\w'-]*)\s*(?:\d{2,4})?\)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work appeared: ``sure`` where something says so, unlike a guess from the shape."""

    name: str | None
    kind: PublicationKind
    sure: bool = True


def find_mention(
    flat: str, title: tuple[int, int], placed: tuple[int, int], venues: Venues
) -> tuple[VenueMention | None, list[VenueMention]]:
    """The venue that counts, the last one outside of the title that reviews papers; and all that may.

    Args:
        title: where it ends counts only where something follows.
        placed: where a venue stands in front of the title.
    """
    every = list(venues.find(flat))
    if not every:
        every = [m._replace(year=None) for m in venues.find(flat.rstrip(" .,;") + _ANY)]
    mentions = [m for m in every if m.start >= title[1] or placed[0] <= m.start < placed[1]] or every
    mentions = [m for m in mentions if not _in_title(m, flat)] or mentions
    besides = venues.markers["besides"].find(flat)
    mentions = [m for m in mentions if not besides or m.start < besides.start()] or mentions
    reviewed = [m for m in mentions if m.venue.kind != "preprint"]
    return next(reversed(reviewed or mentions), None), mentions


def _in_title(mention: VenueMention, flat: str) -> bool:
    """Whether a name of ordinary words stands in a title: nothing but further words around it."""
    return mention.year is None and mention.venue.ambiguous and mention.start < len(flat) / 3


def find_place(
    rest: str, mention: VenueMention | None, said: Set[Marker], context: Set[Marker], venues: Venues
) -> Place:
    """Venue and kind by what stands outside of the title and by what the heading above says."""
    known = mention if mention and mention.venue.kind != "preprint" else None
    if "thesis" in said | context and known is None and "workshop" not in said:
        return Place(None, "thesis")
    if known:
        workshop = known.venue.kind == "conference" and "workshop" in said | context
        return Place(known.venue.name, "workshop" if workshop else known.venue.kind)
    unknown = next((m for m in reversed(list(UNKNOWN_VENUE.finditer(rest))) if not _is_other_year(m, rest)), None)
    if "workshop" in said:
        return Place(unknown["name"] if unknown else None, "workshop")
    if mention or "preprint" in said:
        return Place(mention.venue.name if mention else None, "preprint")
    return _said(rest, said, unknown) or _unknown(rest, said, context, unknown, venues)


def _said(rest: str, said: Set[Marker], unknown: re.Match[str] | None) -> Place | None:
    """A report or a conference, where words say so: a chapter in a journal is an article."""
    report, conference = "report" in said, "conference" in said
    if report and not said & {"conference", "journal", "volume"}:
        return Place(None, "other")
    if conference and (not report or unknown):
        acronym = _BRACKETED.search(rest)
        return Place(acronym[1] if acronym else unknown["name"] if unknown else None, "conference")
    return Place(None, "other") if report else None


def _unknown(
    rest: str, said: Set[Marker], context: Set[Marker], unknown: re.Match[str] | None, venues: Venues
) -> Place:
    """A venue that no list holds: by its year, its volume, the words before it, the heading above, or its shape."""
    named = unknown["name"] if unknown else None
    references = venues.references
    if unknown and not _is_volume(unknown, rest[unknown.end() :], venues):
        return Place(named, "conference")
    if said & {"journal", "volume"} or references.volume.search(rest) or references.abbreviated.search(rest):
        return Place(None, "journal")
    if any(rest.startswith(": ", inside.end()) for inside in venues.markers["inside"].find_all(rest)):
        return Place(named, "conference")
    headed = next((kind for kind in _HEADED if kind in context), None)
    if headed:
        return Place(named, headed)
    if len(_BRACKETS.sub("", rest).split()) <= _SHORT_VENUE and (acronym := _ACRONYM.search(rest)):
        return Place(acronym[0], "conference")
    return Place(None, _guess(rest, venues), sure=False)


def _is_other_year(unknown: re.Match[str], rest: str) -> bool:
    """Whether the two digits behind a name are no year beside a whole one: "SERIEs 11" (2020)."""
    digits = re.search(r"(?<!\d)\d\d$", unknown[0])
    years = re.findall(YEAR, rest)
    return bool(digits and years and not any(year.endswith(digits[0]) for year in years))


def _is_volume(unknown: re.Match[str], behind: str, venues: Venues) -> bool:
    """Whether the number behind an unknown venue is a volume's: with a year of four digits, pages do not say so."""
    dated = re.search(YEAR, unknown[0])
    references = venues.references
    return references.numbers_volume(behind) if dated else bool(references.volume.search(behind))


def _guess(rest: str, venues: Venues) -> PublicationKind:
    """What a venue that nobody knows is by its shape: a name alone is a journal's, one with a place a conference's."""
    if not re.search(r"[^\W\d_]{2}", rest):
        return "other"
    parts = re.split(r"[.,;:]\s", _ANY_YEAR.sub("", rest))
    names = [part for part in parts if _begins_a_name(re.sub(r"^\W+", "", part), venues)]
    if not names:
        return "other"
    return "journal" if len(names) == 1 else "conference"


def _begins_a_name(part: str, venues: Venues) -> bool:
    inside = venues.markers["inside"].pattern.match(part)
    return bool(
        re.match(r"[A-Z]\w", part) or HAN_NAME.match(part) or (inside and re.match(r" [A-Z]\w", part[inside.end() :]))
    )
