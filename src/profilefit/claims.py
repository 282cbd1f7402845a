"""What the entries of the data say of their sentences: headings, dates, degrees, schools, titles, venues, levels.

The sentences of the lexicon, of the guards and of the roles are tried out together, for speed, by ``check``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from profilefit.library import Library
from profilefit.library.credentials import Calendar, Marks
from profilefit.library.references import References
from profilefit.library.titles import Titles
from profilefit.library.venues import Venue, Venues
from profilefit.library.worded import Worded
from profilefit.library.words import WordFinder, Words, plain
from profilefit.models import DateRange
from profilefit.parsing.dates import find_dates
from profilefit.parsing.education import find_degrees
from profilefit.parsing.language import find_language
from profilefit.parsing.personal import is_personal
from profilefit.parsing.sections import heading_kind
from profilefit.parsing.statements import outcome_offsets
from profilefit.parsing.titles import classify_title
from profilefit.phrases import LoosePhrases, tokenise


class Sentences(Protocol):
    """An entry of the data with its sentences."""

    @property
    def yes(self) -> tuple[str, ...]: ...
    @property
    def no(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Rows:
    """Sentences that stand in the data under names of their own."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """What an entry says of its sentences: ``holds`` must be true of each ``yes`` and false of each ``no``."""

    file: str
    entry: str
    sentences: Sentences
    holds: Callable[[str], bool]


def find_claims(library: Library) -> Iterator[Claim]:
    """The claims of all files but the lexicon and the roles."""
    yield from _levels(library)
    for kind, heading in library.headings.kinds.items():
        yield Claim("headings.toml", kind, heading, _equals(lambda row: heading_kind(row, library.headings), kind))
    yield from _calendar(library.calendar)
    yield from _degrees(library)
    for name, schools in library.institutions.root.items():
        yield Claim("institutions.toml", name, schools, _holding(schools.pattern))
    yield from _titles(library.titles, library)
    yield from _venues(library.venues)


# ── ways to hold ─────────────────────────────────────────────────────────────────────────────────────────────────


def _equals(read: Callable[[str], str | None], wanted: str) -> Callable[[str], bool]:
    return lambda row: read(row) == wanted


def _holding(pattern: re.Pattern[str] | WordFinder) -> Callable[[str], bool]:
    return lambda row: pattern.search(plain(row)) is not None


def _whole(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda row: pattern.fullmatch(plain(row)) is not None


def _finding(words: Worded) -> Callable[[str], bool]:
    return lambda row: words.find(plain(row)) is not None


# ── the files ────────────────────────────────────────────────────────────────────────────────────────────────────


def _levels(library: Library) -> Iterator[Claim]:
    levels = library.levels
    work = LoosePhrases(("work", phrase) for phrase in levels.sections.work)
    rows = Rows(levels.sections.work_yes, levels.sections.work_no)
    yield Claim("levels.toml", "sections work", rows, lambda row: bool(work.find(tokenise(row))))
    yield Claim("levels.toml", "outcomes", levels.outcomes, lambda row: bool(outcome_offsets(row, library)))
    students = levels.others.students
    yield Claim("levels.toml", "others students", students, students.head)
    yield Claim("levels.toml", "others trade", levels.others.trade, _holding(levels.others.trade.pattern))
    yield Claim("levels.toml", "personal", levels.personal, lambda row: is_personal(row, library))
    for code, language in library.languages.root.items():
        yield Claim("languages.toml", code, language, _equals(lambda row: find_language(row, library), code))


def _calendar(calendar: Calendar) -> Iterator[Claim]:
    def dates(row: str) -> list[DateRange]:
        return find_dates(row, calendar)

    def month(number: str) -> Callable[[str], bool]:
        return lambda row: any(end and end[4:] == f"-{number}" for date in dates(row) for end in (date.start, date.end))

    for number, words in calendar.month.items():
        yield Claim("dates.toml", f"month {number}", words, month(number))
        yield Claim("dates.toml", f"month {number}", Rows((), words.no), lambda row: bool(dates(row)))
    running = {"now": calendar.now, "now_behind_dash": calendar.now_behind_dash, "since": calendar.since}
    for name, group in running.items():
        yield Claim("dates.toml", name, group, lambda row: any(date.current for date in dates(row)))
    yield Claim("dates.toml", "until", calendar.until, lambda row: any(date.start is None for date in dates(row)))
    yield Claim("dates.toml", "expected", calendar.expected, lambda row: any(date.expected for date in dates(row)))
    alone: dict[str, Sentences] = {
        "season": calendar.season, "lead": calendar.lead, "to": calendar.to, "marks": calendar.marks,
    }  # fmt: skip
    for name, entry in alone.items():
        yield Claim("dates.toml", name, entry, lambda row: len(dates(row)) == 1)
        yield Claim("dates.toml", name, Rows((), entry.no), lambda row: bool(dates(row)))
    yield Claim("dates.toml", "not_years", calendar.not_years, lambda row: not dates(row))
    yield Claim(
        "dates.toml",
        "parts",
        calendar.parts,
        lambda row: [(date.start_char, date.end_char) for date in dates(row)] == [(0, len(row))],
    )


def _degrees(library: Library) -> Iterator[Claim]:
    def level(wanted: str, inside: tuple[str, ...]) -> Callable[[str], bool]:
        return lambda row: wanted in {found for _, _, found in find_degrees(row, library, inside=row in inside)}

    for name, degree in library.degrees.degree.items():
        yield Claim("degrees.toml", name, degree, level(degree.level, degree.yes))
        for beside in degree.beside:
            yield Claim("degrees.toml", f"{name} beside", beside, level(beside.level, (*beside.yes, *beside.no)))
    marks = library.degrees.marks
    for name in Marks.model_fields:
        words: Words = getattr(marks, name)
        holds = _holding(words.pattern)
        if name == "veto":
            holds = _vetoed(library)
        elif name == "detail":
            holds = _beginning(words)
        yield Claim("degrees.toml", f"marks {name}", words, holds)


def _vetoed(library: Library) -> Callable[[str], bool]:
    return lambda row: not find_degrees(row, library)


def _beginning(words: Words) -> Callable[[str], bool]:
    return lambda row: words.pattern.match(plain(row)) is not None


def _titles(titles: Titles, library: Library) -> Iterator[Claim]:
    for family, titled in titles.families.items():
        yield Claim("titles.toml", family, titled, _equals(lambda row: classify_title(row, library)[0], family))
    for role, noun in titles.roles.items():
        yield Claim("titles.toml", f"role {role}", noun, _holding(noun.pattern))
    for kind, label in titles.labels.items():
        yield Claim("titles.toml", f"labels {kind}", label, _whole(label.whole))
    yield Claim("titles.toml", "told", titles.told, _finding(titles.told))
    yield Claim("titles.toml", "present", titles.present, titles.says_today)
    for name in ("schooling", "same", "arrangement", "leave"):
        words: Worded = getattr(titles, name)
        yield Claim("titles.toml", name, words, _finding(words))
    for name, subject in titles.subjects.items():
        yield Claim("titles.toml", f"subject {name}", subject, _finding(subject))
    for seniority, words in titles.seniority.items():
        yield Claim("titles.toml", seniority, words, _equals(lambda row: classify_title(row, library)[3], seniority))


def _venues(venues: Venues) -> Iterator[Claim]:
    def named(venue: Venue) -> Callable[[str], bool]:
        return lambda row: any(mention.venue is venue for mention in venues.find(row))

    for marker, words in venues.markers.items():
        yield Claim("venues.toml", f"marker {marker}", words, _finding(words))
    references = venues.references
    yield Claim("venues.toml", "references", references, lambda row: _is_reference(plain(row), references))
    yield Claim("venues.toml", "abbreviations", venues.abbreviations, lambda row: any(True for _ in venues.find(row)))
    for key, venue in venues.venues.items():
        yield Claim("venues.toml", key, venue, named(venue))


def _is_reference(row: str, references: References) -> bool:
    numbered = references.volume.search(row) or references.archive_year.search(row)
    return bool(references.authors.match(row) and numbered)
