"""Whether a skills directory holds together: its shape, its references, and every yes and no sentence in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from profilefit.errors import InvalidSkills, Problem
from profilefit.library import Library, load_library
from profilefit.library.credentials import plain
from profilefit.library.references import References
from profilefit.matching import find_sentence_problems
from profilefit.models import DateRange, Document, Line, Source, Statement
from profilefit.parsing.dates import find_dates
from profilefit.parsing.education import find_degrees
from profilefit.parsing.language import find_language
from profilefit.parsing.positions import classify_title
from profilefit.parsing.sections import heading_kind
from profilefit.parsing.skills import find_skills
from profilefit.parsing.statements import find_guarded, outcome_offsets

_BRACKETED = re.compile(r"\[([^\]]+)\]")


class _Sentences(Protocol):
    """An entry of the data with its sentences."""

    @property
    def yes(self) -> tuple[str, ...]: ...
    @property
    def no(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class _Claim:
    """What an entry says of its sentences: ``holds`` must be true of each ``yes`` and false of each ``no``."""

    file: str
    entry: str
    sentences: _Sentences
    holds: Callable[[str], bool]


def check(directory: str | Path | None = None) -> list[Problem]:
    """All problems of the shipped data with ``directory`` laid over it; empty when there is none.

    >>> check()
    []
    """
    try:
        library = load_library(directory)
    except InvalidSkills as error:
        return list(error.problems)
    return list(check_sentences(library))


def check_sentences(library: Library) -> Iterator[Problem]:
    """A problem for each sentence of the data that does not do what it says."""
    yield from _skills(library)
    yield from _guards(library)
    for claim in (*_levels(library), *_credentials(library), *_work(library)):
        for yes, rows in ((True, claim.sentences.yes), (False, claim.sentences.no)):
            for row in rows:
                if claim.holds(row) != yes:
                    yield Problem(claim.file, claim.entry, _complaint(yes, row))
    yield from find_sentence_problems(library)


def _complaint(yes: bool, row: str) -> str:
    return f'not found in its yes sentence "{row}"' if yes else f'found in its no sentence "{row}"'


def sentences_document(sentences: Iterable[str]) -> tuple[Document, tuple[Statement, ...]]:
    """Sentences as bullets of one dated job: a document with a line each, and its statements."""
    lines: list[Line] = []
    start = 0
    rows = list(sentences)
    for number, row in enumerate(rows, 1):
        lines.append(Line(start, start + len(row), number, bullet=True))
        start += len(row) + 1
    document = Document(Source("-", "text", "cv", "", None, "en"), "\n".join(rows), tuple(lines))
    statements = (
        Statement(line.start, line.end, row, "experience", 0, 2) for line, row in zip(lines, rows, strict=True)
    )
    return document, tuple(statements)


def _skills(library: Library) -> Iterator[Problem]:
    """The lexicon's sentences, all of them lines of one document: one search instead of thousands."""
    wanted = [(entry, True, row) for entry in library.skills.values() for row in entry.yes]
    wanted += [(entry, False, row) for entry in library.skills.values() for row in entry.no]
    document, statements = sentences_document(row for _, _, row in wanted)
    skills, _ = find_skills(document, statements, (), library)
    found = {(skill.id, e.line) for skill in skills if not skill.implied_by for e in skill.evidence}
    for line, (entry, yes, row) in enumerate(wanted, 1):
        if ((entry.id, line) in found) != yes:
            yield Problem(f"lexicon ({entry.category})", entry.id, _complaint(yes, row))


def _guards(library: Library) -> Iterator[Problem]:
    for guard in library.levels.guard:
        for yes, rows in ((True, guard.yes), (False, guard.no)):
            for row in rows:
                word = _BRACKETED.search(row)
                if word is None:
                    yield Problem("levels.toml", f"guard {guard.id}", f'no [bracketed] word in "{row}"')
                    continue
                flat = row.replace("[", "").replace("]", "")
                start, end = word.start(), word.end() - 2
                lowered = any(
                    g.reason == guard.reason and g.start < end and start < g.end for g in find_guarded(flat, library)
                )
                if lowered != yes:
                    yield Problem("levels.toml", f"guard {guard.id}", _complaint(yes, row))


def _levels(library: Library) -> Iterator[_Claim]:
    def outcome(row: str) -> bool:
        return bool(outcome_offsets(row, library))

    yield _Claim("levels.toml", "outcomes", library.levels.outcomes, outcome)
    for code, language in library.languages.root.items():
        yield _Claim("languages.toml", code, language, lambda row, code=code: find_language(row, library) == code)  # type: ignore[misc]


def _credentials(library: Library) -> Iterator[_Claim]:
    """Headings, dates, degrees and schools."""
    calendar = library.calendar

    def dates(row: str) -> list[DateRange]:
        return find_dates(row, calendar)

    for kind, heading in library.headings.root.items():
        yield _Claim(
            "headings.toml",
            kind,
            heading,
            lambda row, kind=kind: heading_kind(row, library.headings) == kind,  # type: ignore[misc]
        )
    for number, month in calendar.month.items():
        yield _Claim(
            "dates.toml",
            f"month {number}",
            month,
            lambda row, end=f"-{number}": any(f"{d.start} {d.end} ".find(f"{end} ") >= 0 for d in dates(row)),  # type: ignore[misc]
        )
    for name, words in (("now", calendar.now), ("since", calendar.since)):
        yield _Claim("dates.toml", name, words, lambda row: any(date.current for date in dates(row)))
    yield _Claim(
        "dates.toml",
        "parts",
        calendar.parts,
        lambda row: [(d.start_char, d.end_char) for d in dates(row)] == [(0, len(row))],
    )
    yield _Claim("dates.toml", "expected", calendar.expected, lambda row: any(date.expected for date in dates(row)))
    for name, degree in library.degrees.degree.items():
        yield _Claim(
            "degrees.toml",
            name,
            degree,
            lambda row, level=degree.level, yes=degree.yes: (  # type: ignore[misc]
                level in {found for _, _, found in find_degrees(row, library, inside=row in yes)}
            ),
        )
    for name, schools in library.institutions.root.items():
        yield _Claim(
            "institutions.toml",
            name,
            schools,
            lambda row, schools=schools: bool(schools.pattern.search(plain(row))),  # type: ignore[misc]
        )


def _work(library: Library) -> Iterator[_Claim]:
    """Titles and venues."""
    for name, family in library.titles.families.items():
        yield _Claim(
            "titles.toml",
            name,
            family,
            lambda row, name=name: classify_title(row, library)[0] == name,  # type: ignore[misc]
        )
    for name, level in library.titles.seniority.items():
        yield _Claim(
            "titles.toml",
            name,
            level,
            lambda row, name=name: classify_title(row, library)[3] == name,  # type: ignore[misc]
        )
    for marker, words in library.venues.markers.items():
        yield _Claim(
            "venues.toml",
            f"marker {marker}",
            words,
            lambda row, words=words: words.find(plain(row)) is not None,  # type: ignore[misc]
        )
    references = library.venues.references
    yield _Claim("venues.toml", "references", references, lambda row: _is_reference(plain(row), references))
    for key, venue in library.venues.venues.items():
        yield _Claim(
            "venues.toml",
            key,
            venue,
            lambda row, venue=venue: any(mention.venue is venue for mention in library.venues.find(row)),  # type: ignore[misc]
        )


def _is_reference(row: str, references: References) -> bool:
    numbered = references.volume.search(row) or references.archive_year.search(row)
    return bool(references.authors.match(row) and numbered)
