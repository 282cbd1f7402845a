"""A file as text, and the places in it that claims cite."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from profilefit.models.names import Box, SourceKind


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
