"""Lines of any format put together into the one text that all offsets count in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from profilefit.models import Box, Document, Line, Note, Source, SourceKind, Word, around
from profilefit.reading.limits import Limits

#: Code of the note on text that was left out.
CUT = "text-cut"


@dataclass(slots=True)
class Draft:
    """A line before it has offsets.

    Attributes:
        cells: the words of each cell of the row, every word with its box (``None`` without a page).
        The other attributes are those of ``models.Line``.
    """

    cells: list[list[tuple[str, Box | None]]]
    page: int | None = None
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

    @classmethod
    def of(cls, text: str, **attributes: object) -> Draft:
        """A line of a format without geometry; tabs in ``text`` part its cells."""
        cells: list[list[tuple[str, Box | None]]] = [
            [(word, None) for word in cell.split()] for cell in text.split("\t")
        ]
        return cls([cell for cell in cells if cell], **attributes)  # type: ignore[arg-type]


@dataclass(slots=True)
class Reading:
    """What a reader of one format hands back: lines in reading order and what is worth a note."""

    drafts: list[Draft]
    notes: list[Note] = field(default_factory=list)
    pages: int | None = None
    kind: SourceKind = "cv"


def assemble(
    source: Source, drafts: Iterable[Draft], notes: Sequence[Note] = (), limits: Limits | None = None
) -> Document:
    """The document: one line of text a draft, words with their characters and boxes.

    Empty drafts leave no line. Lines and the whole are kept within ``limits``, so that whatever comes later may take
    time that grows with the square of a paragraph.
    """
    limits = limits or Limits()
    parts: list[str] = []
    lines: list[Line] = []
    words: list[Word] = []
    at = 0
    for draft in _bounded(drafts, limits.line):
        cells = draft.cells
        if at + _length(cells) > limits.characters:
            message = f"The text is longer than {limits.characters:,} characters; the rest of it was not read."
            notes = (*(note for note in notes if note.code != CUT), Note(CUT, message))
            break
        start = at
        boxes: list[Box] = []
        for number, cell in enumerate(cells):
            for place, (text, box) in enumerate(cell):
                if place or number:
                    parts.append(" " if place else "\t")
                    at += 1
                parts.append(text)
                if box is not None and draft.page is not None:
                    words.append(Word(at, at + len(text), draft.page, box))
                    boxes.append(box)
                at += len(text)
        lines.append(
            Line(
                start=start,
                end=at,
                number=len(lines) + 1,
                page=draft.page,
                box=around(boxes) if boxes else None,
                size=draft.size,
                style=draft.style,
                bold=draft.bold,
                column=draft.column,
                indent=round(draft.indent, 1),
                gap=round(draft.gap, 2),
                bullet=draft.bullet,
                heading=draft.heading,
                continues=draft.continues and bool(lines),
                fields=draft.fields,
            )
        )
        parts.append("\n")
        at += 1
    return Document(source=source, text="".join(parts), lines=tuple(lines), words=tuple(words), notes=tuple(notes))


def _length(cells: Sequence[Sequence[tuple[str, Box | None]]]) -> int:
    """Characters of a line, with what parts its words."""
    return sum(len(text) + 1 for cell in cells for text, _ in cell)


def _bounded(drafts: Iterable[Draft], limit: int) -> Iterator[Draft]:
    """Drafts without empty cells, none and no run of continued ones longer than ``limit`` characters."""
    paragraph = 0
    for draft in drafts:
        cells = [cell for cell in draft.cells if cell]
        length = _length(cells)
        if not cells:
            continue
        if length > limit:
            for number, part in enumerate(_broken(cells, limit)):
                yield replace(draft, cells=part, continues=False, bullet=draft.bullet and not number)
            paragraph = limit
            continue
        paragraph = paragraph + length if draft.continues else length
        if draft.continues and paragraph > limit:
            paragraph = length
            draft = replace(draft, continues=False)
        draft.cells = cells
        yield draft


def _broken(
    cells: Sequence[Sequence[tuple[str, Box | None]]], limit: int
) -> Iterator[list[list[tuple[str, Box | None]]]]:
    """The cells of a line that is too long, as lines that are not; words as long as that are cut."""
    part: list[list[tuple[str, Box | None]]] = []
    length = 0
    for cell in cells:
        part.append([])
        for word, box in cell:
            for at in range(0, len(word), limit - 1):
                piece = word[at : at + limit - 1]
                if length + len(piece) + 1 > limit:
                    yield [kept for kept in part if kept]
                    part, length = [[]], 0
                part[-1].append((piece, box))
                length += len(piece) + 1
    yield [kept for kept in part if kept]
