"""A document as a career, every claim with its evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from profilefit.models.document import Document, Evidence, Note
from profilefit.models.names import LEVELS, Level, PublicationKind, SkillLevel, Status, Track


@dataclass(frozen=True, slots=True)
class Section:
    """Part of a document under one heading.

    Attributes:
        kind: canonical name from ``headings.toml`` (``education``, ``experience``, ``skills``, …), or ``other``.
        title: the heading as written; empty for what stands before the first heading.
        lines: indices ``[first, last)`` into ``Document.lines`` of the body, without the heading.
    """

    kind: str
    title: str
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period or a point in time as written, to the month at most; ``[start_char, end_char)`` is where it stands."""

    start: str | None
    end: str | None
    current: bool
    expected: bool
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One job, course of study, project or paper: the lines that belong together under one date.

    Attributes:
        section: kind of the section that holds it.
        lines: indices ``[first, last)`` into ``Document.lines``.
        dates: its period; ``None`` where it has none.
    """

    section: str
    lines: tuple[int, int]
    dates: DateRange | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph as the matcher sees it: a sentence or bullet, where it stands and what it can count for.

    Attributes:
        start, end: characters in ``Document.text``.
        text: those characters of ``Document.flat`` (soft line breaks are spaces, cells are parted by tabs).
        section: kind of its section.
        entry: index into ``Profile.entries``; ``None`` outside any entry.
        level: 1 listed, 2 used, 3 demonstrated: what a plain mention here is worth.
        why: short reason for the level, for ``--explain``.
    """

    start: int
    end: int
    text: str
    section: str
    entry: int | None
    level: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Characters ``[start, end)`` whose mentions count for ``level`` at most: negated, wished for, another's work.

    ``outsider`` is one that holds only in the CV of somebody else's trade.
    """

    start: int
    end: int
    level: int
    reason: str
    outsider: bool = False


@dataclass(frozen=True, slots=True)
class Education:
    """A course of study that leads to a degree."""

    level: Level | None
    degree: str
    field: str | None
    institution: str | None
    start: str | None
    end: str | None
    status: Status
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A job or research post; ``family``, ``track``, ``specialty`` and ``seniority`` come from its title."""

    title: str
    family: str | None
    track: Track
    specialty: str | None
    seniority: str | None
    organisation: str | None
    start: str | None
    end: str | None
    current: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A paper, thesis or patent of the person. ``accepted`` is false for "under review" and the like."""

    title: str | None
    venue: str | None
    kind: PublicationKind
    year: int | None
    evidence: tuple[Evidence, ...]
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Use:
    """A dated entry that shows the use of a skill; ``line`` is the number of its first line."""

    start: str | None
    end: str | None
    current: bool
    line: int


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of the lexicon with every mention that counts, best first; ``implied_by`` holds ids of other skills.

    Attributes:
        uses: the dated jobs, projects and the like that show its use, in reading order.
        months_used: length of ``uses``, overlapping ones counted once; ``None`` where no length is told.
        last_used: ``"YYYY"`` or ``"YYYY-MM"``; what still runs ends with the last date the document names.
    """

    id: str
    name: str
    category: str
    level: SkillLevel
    implied_by: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    uses: tuple[Use, ...] = ()
    months_used: int | None = None
    last_used: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that looked like evidence and was not counted, with the reason (shown by ``--explain``)."""

    what: str
    reason: str
    evidence: Evidence


_START = attrgetter("start")


def statement_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The statement, of statements in reading order, that holds the character at ``offset``."""
    at = bisect_right(statements, offset, key=_START) - 1
    return statements[at] if at >= 0 and offset < statements[at].end else None


def worth(statements: Sequence[Statement], guarded: Sequence[Guarded], start: int, end: int) -> tuple[int, str]:
    """What a mention at ``[start, end)`` counts for, 0-3, and why: its statement's level under the guards' caps."""
    statement = statement_at(statements, start)
    if statement is None:
        return 0, "heading"
    level, why = statement.level, statement.why
    for guard in guarded:
        if guard.start < end and start < guard.end and guard.level < level:
            level, why = guard.level, guard.reason
    return level, why


@dataclass(frozen=True)
class Profile:
    """What a document says of a career, every claim with its evidence."""

    document: Document
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    statements: tuple[Statement, ...]
    education: tuple[Education, ...]
    positions: tuple[Position, ...]
    publications: tuple[Publication, ...]
    skills: tuple[Skill, ...]
    guarded: tuple[Guarded, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    notes: tuple[Note, ...] = ()

    def statement_at(self, offset: int) -> Statement | None:
        """The statement that holds the character at ``offset``; ``None`` in a heading."""
        at = bisect_right(self._statement_starts, offset) - 1
        return self.statements[at] if at >= 0 and offset < self.statements[at].end else None

    @cached_property
    def _statement_starts(self) -> list[int]:
        return [statement.start for statement in self.statements]

    @cached_property
    def _worths(self) -> dict[tuple[int, int], tuple[int, str]]:
        return {}

    def worth(self, start: int, end: int) -> tuple[int, str]:
        """What a mention at ``[start, end)`` counts for, 0-3, and why: its statement's level under the guards' caps."""
        known = self._worths.get((start, end))
        if known is None:
            known = self._worths[start, end] = worth(self.statements, self.guarded, start, end)
        return known

    @property
    def highest_degree(self) -> Level | None:
        """The highest completed degree."""
        held = {e.level for e in self.education if e.status == "completed"}
        return next((level for level in LEVELS if level in held), None)

    @property
    def degree_in_progress(self) -> Level | None:
        """The highest degree the person is studying for."""
        open_ = {e.level for e in self.education if e.status == "in-progress"}
        return next((level for level in LEVELS if level in open_), None)
