"""Lines of any format put together into the one text that all offsets count in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..models import Box, Document, Line, Note, Source, SourceKind, Word


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


def assemble(source: Source, drafts: Iterable[Draft], notes: Sequence[Note] = ()) -> Document:
    """The document: one line of text a draft, words with their characters and boxes. Empty drafts leave no line."""
    parts: list[str] = []
    lines: list[Line] = []
    words: list[Word] = []
    at = 0
    for draft in drafts:
        cells = [cell for cell in draft.cells if cell]
        if not cells:
            continue
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
                box=_around(boxes) if boxes else None,
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


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
