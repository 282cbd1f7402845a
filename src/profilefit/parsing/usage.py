"""How long and when last a skill was used, told from the dated entries that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from profilefit.library import Library
from profilefit.models import DateRange, Document, Entry, Publication, Skill, Statement, Use, statement_at

#: Level of evidence from which on a mention tells of use.
_USED = 2
#: A year without its month stands for its middle, so that "2015 – 2019" makes four years and not five.
_MIDDLE = 6


def add_uses(
    skills: Iterable[Skill],
    document: Document,
    statements: Sequence[Statement],
    entries: Sequence[Entry],
    publications: Iterable[Publication],
    library: Library,
) -> tuple[Skill, ...]:
    """The skills, each with the dated entries that show its use, the months they add up to, and the last of them.

    Only jobs, projects and the like have a length; a degree is longer than the thesis that names the skill, and a paper
    is a point in time. Entries that overlap count once. There is no clock here: what still runs is taken to end with
    the last date that the document names.
    """
    lasting = frozenset(library.levels.sections.lasting)
    last = _last_date((entry for entry in entries if entry.section not in ("other", "publications")), publications)
    counted = []
    for skill in skills:
        found: dict[int, Use] = {}
        for evidence in skill.evidence:
            statement = statement_at(statements, evidence.start) if evidence.level >= _USED else None
            entry = entries[statement.entry] if statement is not None and statement.entry is not None else None
            if entry is not None and entry.dates is not None and not entry.dates.expected and entry.section in lasting:
                line = document.lines[entry.lines[0]].number
                found[line] = Use(entry.dates.start, entry.dates.end, entry.dates.current, line)
        uses = tuple(found[line] for line in sorted(found))
        spans = [_span(use, last) for use in uses]
        ends = [use.end or (last if use.current else use.start) for use in uses]
        counted.append(
            replace(
                skill,
                uses=uses,
                months_used=_total(s for s in spans if s is not None) or None,
                last_used=max((end for end in ends if end), key=_place, default=None),
            )
        )
    return tuple(counted)


def _last_date(entries: Iterable[Entry], publications: Iterable[Publication]) -> str | None:
    """The last date that the document names for something that has happened, to the month where it says so."""
    named = [date for e in entries if e.dates is not None for date in _past(e.dates)]
    named += [str(p.year) for p in publications if p.year]
    return max(named, key=_place, default=None)


def _past(dates: DateRange) -> tuple[str, ...]:
    return () if dates.expected else tuple(date for date in (dates.start, dates.end) if date)


def _place(date: str) -> int:
    """A date on a scale of months: "2019-03", or "2019" in its middle."""
    year, _, month = date.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else _MIDDLE)


def _span(use: Use, last: str | None) -> tuple[int, int] | None:
    """Months ``[first, end)`` of an entry; ``None`` where the text gives one side only, or no more than a year."""
    end = last if use.current else use.end
    if use.start is None or end is None:
        return None
    if use.start == end and "-" not in end and not use.current:
        return None
    first, stop = _place(use.start), _place(end) + ("-" in end)
    return first, max(stop, first + 1)


def _total(spans: Iterable[tuple[int, int]]) -> int:
    """Months that the spans cover, each counted once."""
    total, covered = 0, -1
    for first, stop in sorted(spans):
        total += max(0, stop - max(first, covered))
        covered = max(covered, stop)
    return total
