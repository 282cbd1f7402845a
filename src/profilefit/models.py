"""The nouns that the rooms hand to each other: frozen, typed, standard library only.

Characters are counted in ``Document.text``; boxes are ``(x0, y0, x1, y1)`` in PDF points with the origin at the
lower left of the page as a viewer shows it; dates are ``"YYYY"`` or ``"YYYY-MM"``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Box = tuple[float, float, float, float]
Level = Literal["doctorate", "master", "bachelor", "associate", "secondary"]
Track = Literal["engineer", "researcher", "both", "other"]
Status = Literal["completed", "in-progress", "unknown"]
Verdict = Literal["met", "partial", "missing"]
SkillLevel = Literal["listed", "used", "demonstrated"]
PublicationKind = Literal["conference", "journal", "workshop", "preprint", "thesis", "patent", "other"]
SourceKind = Literal["cv", "linkedin-pdf", "linkedin-export", "json-resume"]

#: Completed degrees, highest first.
LEVELS: tuple[Level, ...] = ("doctorate", "master", "bachelor", "associate", "secondary")

#: Names of the levels of evidence 1, 2 and 3; 0 is "missing".
SKILL_LEVELS: tuple[SkillLevel, ...] = ("listed", "used", "demonstrated")


# ── reading: a file as text with its geometry ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a report should know; ``code`` is stable, ``message`` is for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    Attributes:
        name: base name of the file, ``-`` for standard input.
        format: ``pdf``, ``docx``, ``odt``, ``html``, ``text``, ``markdown``, …
        kind: what wrote it, as far as producer and geometry tell.
        sha256: of the file's bytes, hexadecimal.
        pages: number of pages, ``None`` for formats without pages.
        language: ISO 639-1 code of the text; ``None`` where there is too little of it.
    """

    name: str
    format: str
    kind: SourceKind
    sha256: str
    pages: int | None
    language: str | None


def around(boxes: Iterable[Box]) -> Box:
    """The box around boxes, of which there must be one."""
    lefts, lows, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(tops)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: its characters ``[start, end)`` in the text and where they stand."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order.

    Attributes:
        start, end: characters in ``Document.text``, without the line break. Cells that stand apart on one row
            (a title and its right-aligned date, the columns of a table) are joined by a tab character.
        number: 1-based, over the whole document.
        page: 1-based, ``None`` without pages.
        box: around the line, ``None`` without a page.
        size: font size of most characters in points; 0.0 where unknown.
        style: key that is equal for lines set alike (font, size, colour); empty where unknown.
        bold: most characters are bold (or marked strong).
        column: which flow of text on the page the line belongs to; lines of one flow follow each other.
        indent: distance from the flow's left edge in points (characters, in plain text).
        gap: white space above in multiples of the usual distance between lines of the flow; 0.0 at its top.
        bullet: a bullet mark or number stood in front; the mark is not part of the text.
        heading: 1-6 where the format itself says "heading" (Markdown, Word style), else 0.
        continues: the line goes on with the sentence or item of the line before (a soft wrap).
        fields: what the format itself calls the cells of the line, one name a cell (``title``, ``organisation``,
            ``dates``, ``degree``, ``field``, ``institution``, ``status``, ``level``, ``venue``, ``kind``); empty where
            it names none. The cell ``dates`` is a point in time, or ``start – end`` with one side missing at most:
            ``start –`` still runs.
    """

    start: int
    end: int
    number: int
    page: int | None = None
    box: Box | None = None
    size: float = 0.0
    style: str = ""
    bold: bool = False
    column: int = 0
    indent: float = 0.0
    gap: float = 0.0
    bullet: bool = False
    heading: int = 0
    continues: bool = False
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A file as a careful reader's eye takes it in. ``text`` never changes after this point."""

    source: Source
    text: str
    lines: tuple[Line, ...]
    words: tuple[Word, ...] = ()
    notes: tuple[Note, ...] = ()

    def content(self, line: Line) -> str:
        """The characters of a line."""
        return self.text[line.start : line.end]

    @cached_property
    def flat(self) -> str:
        """``text`` with the soft line breaks turned into spaces: the same characters at the same places."""
        flat = list(self.text)
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            if line.continues:
                flat[before.end : line.start] = " " * (line.start - before.end)
        return "".join(flat)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def field(self, line: Line, name: str) -> tuple[int, int] | None:
        """Characters ``[start, end)`` of the cell that the format itself calls ``name``; ``None`` without one."""
        at = line.start
        for cell, called in zip(self.content(line).split("\t"), line.fields, strict=False):
            if called == name:
                return at, at + len(cell)
            at += len(cell) + 1
        return None

    def line_at(self, offset: int) -> Line:
        """The line that holds the character at ``offset``."""
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    def paragraphs(self) -> Iterator[tuple[Line, ...]]:
        """Lines with the wrapped lines that go on with them: a bullet, a sentence, a row of a table."""
        group: list[Line] = []
        for line in self.lines:
            if group and not line.continues:
                yield tuple(group)
                group = []
            group.append(line)
        if group:
            yield tuple(group)

    @cached_property
    def _paragraph_spans(self) -> tuple[list[int], list[int]]:
        groups = list(self.paragraphs())
        return [g[0].start for g in groups], [g[-1].end for g in groups]

    def paragraph_span(self, offset: int) -> tuple[int, int]:
        """Characters ``[start, end)`` of the paragraph that holds ``offset``."""
        starts, ends = self._paragraph_spans
        at = max(0, bisect_right(starts, offset) - 1)
        return starts[at], ends[at]

    def word_range(self, start: int, end: int) -> range:
        """Indices into ``words`` of those of which a part stands in ``[start, end)``."""
        first = max(0, bisect_right(self._word_starts, start) - 1)
        last = bisect_left(self._word_starts, end)
        return range(first + (first < last and self.words[first].end <= start), last)

    def box(self, start: int, end: int) -> Box | None:
        """The box around the words of ``[start, end)`` that stand on the page of the first; ``None`` without pages."""
        words = [self.words[i] for i in self.word_range(start, end)]
        if not words:
            return None
        x0, y0, x1, y1 = around(w.box for w in words if w.page == words[0].page)
        return (round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))

    def cite(self, start: int, end: int, section: str | None, level: int) -> Evidence:
        """Evidence for the characters ``[start, end)``: the words, the paragraph they stand in, page and box."""
        line = self.line_at(start)
        begin, stop = self.paragraph_span(start)
        return Evidence(
            page=line.page,
            line=line.number,
            section=section,
            match=self.text[start:end],
            quote=" ".join(self.text[begin : max(stop, end)].split()),
            start=start,
            end=end,
            box=self.box(start, end),
            level=level,
        )


# ── parsing: what the document says of a career ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a claim rests on; ``match == document.text[start:end]``, ``quote`` is the line or bullet around."""

    page: int | None
    line: int
    section: str | None
    match: str
    quote: str
    start: int
    end: int
    box: Box | None
    level: int


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


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of engineering and research evidence, adding up to 1, and the number of pieces they rest on."""

    engineering: float
    research: float
    evidence_count: int


@dataclass(frozen=True, slots=True)
class Deliverables:
    """What the document shows as delivered.

    Attributes:
        papers: how many papers are out or accepted; patents and theses are none.
        software: how many products, services, packages and models in use, one a paragraph.
        evidence: the words that ``software`` rests on.
    """

    papers: int
    software: int
    evidence: tuple[Evidence, ...] = ()


def statement_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The statement, of statements in reading order, that holds the character at ``offset``."""
    at = bisect_right(statements, offset, key=lambda s: s.start) - 1
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
        return statement_at(self.statements, offset)

    def worth(self, start: int, end: int) -> tuple[int, str]:
        """What a mention at ``[start, end)`` counts for, 0-3, and why: its statement's level under the guards' caps."""
        return worth(self.statements, self.guarded, start, end)

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


# ── matching: a profile beside a role ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MissingSkill:
    """A skill that would show a requirement and was not found."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement of a role, decided: ``level`` 0-3, ``score`` 0-1, the evidence best first.

    Attributes:
        missing_parts: of a requirement that has halves and is partial, the names of those that were not shown.
        quotes: how many pieces of evidence it takes to see why it is met: one a half.
    """

    id: str
    name: str
    statement: str
    status: Verdict
    level: int
    score: float
    evidence: tuple[Evidence, ...]
    missing_skills: tuple[MissingSkill, ...]
    missing_parts: tuple[str, ...] = ()
    quotes: int = 1


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """One of the scope items (a)-(d) of the engineer's path."""

    id: str
    statement: str
    status: Verdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DegreeFigure:
    """How many in a hundred of ``sample`` people name a degree as their highest, and who says so."""

    among: str
    sample: int
    doctorate: float
    master: float
    bachelor: float
    source: str


@dataclass(frozen=True, slots=True)
class DegreeResult:
    """The degree usual on a path beside the one held. Context, never part of the fit."""

    usual: Level
    held: Level | None
    status: Literal["at", "above", "below", "unknown"]
    figures: tuple[DegreeFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Salary:
    """What a path paid on average somewhere, for when, and who says so. Context, never part of the fit."""

    place: str
    currency: str
    average: int
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class Closest:
    """The nearest thing the person already has, what it is near to, and the effort from there: S days, M weeks, L
    months, XL a year or more."""

    have: str
    want: str
    effort: str


@dataclass(frozen=True, slots=True)
class Demand:
    """The share (0-1) of ``sample`` job advertisements of a path that name a skill."""

    skill: str
    share: float
    sample: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement that is not met, the skills that would close it, and where to start.

    Attributes:
        listed: skills of the requirement that the document lists without telling where they were used.
        demand: how often job advertisements of the path name ``skills``, the most wanted first.
        learn: books and documentation that teach them.
    """

    requirement: str
    skills: tuple[str, ...]
    closest: Closest | None
    effort: str
    listed: tuple[str, ...] = ()
    demand: tuple[Demand, ...] = ()
    learn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A profile beside one role.

    Attributes:
        fit: the weighted mean of the requirements' scores, 0-1.
        usual_engineering: rough share of engineering (0-1) in the work of the role; the rest is research.
        scope_title: what the items of ``scope`` are about.
    """

    id: str
    name: str
    fit: float
    met: int
    partial: int
    missing: int
    requirements: tuple[RequirementResult, ...]
    degree: DegreeResult
    scope: tuple[ScopeResult, ...]
    gaps: tuple[Gap, ...]
    salaries: tuple[Salary, ...] = ()
    salary_warning: str = ""
    usual_engineering: float = 0.5
    scope_title: str = ""


@dataclass(frozen=True)
class Report:
    """All that is known of one document: what every output format is written from."""

    version: str
    library: str
    profile: Profile
    deliverables: Deliverables
    mix: Mix | None
    roles: tuple[Assessment, ...]
    notes: tuple[Note, ...] = field(default=())

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        import profilefit

        return profilefit.in_notebook(self)
