"""Paragraphs of formats without pages (DOCX, ODT, HTML): runs of text → paragraphs → rows of tables → lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from profilefit.errors import DocumentTooLarge
from profilefit.models import Note
from profilefit.reading.assemble import Draft, Reading
from profilefit.reading.clean import SPACES, clean
from profilefit.reading.limits import Limits
from profilefit.reading.text import strip_mark

#: Text smaller than this many points is there for machines alone.
LEAST_SIZE = 3.0
_BLANK = f" \t{SPACES}"
#: Where cells part: at tabs, and at runs of spaces that push a date to the right.
_CELLS = re.compile(f"[{_BLANK}]*\t[{_BLANK}]*|[ {SPACES}]{{3,}}")
#: Letters that stand for a bullet, typed by hand or left over from a symbol font.
_TYPED_MARK = re.compile(f"[o§Øüv](?:\t|[ {SPACES}]{{2,}})[{_BLANK}]*(?=\\S)|o[ {SPACES}](?=[A-Z0-9])")
_LABEL_LENGTH = 30
_WRAP = 55


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text is set: ``size`` in points (0.0 unknown), ``colour`` as the format writes it."""

    bold: bool = False
    size: float = 0.0
    colour: str = ""
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of one that is broken by hand; without ``cells`` an empty one, which sets others apart."""

    cells: tuple[str, ...] = ()
    heading: int = 0
    bullet: bool = False
    look: Look = Look()
    indent: float = 0.0
    continues: bool = False

    @property
    def length(self) -> int:
        return len(" ".join(self.cells))


@dataclass(slots=True)
class Runs:
    """A paragraph on its way: runs of text in the order in which they stand; line breaks are ``\\n``."""

    runs: list[tuple[str, Look]] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        if text:
            self.runs.append((text, look))

    def paragraphs(self, *, heading: int = 0, bullet: bool = False, indent: float = 0.0) -> list[Paragraph]:
        """The lines between the breaks; one without cells where there is no text at all."""
        lines: list[list[tuple[str, Look]]] = [[]]
        for text, look in self.runs:
            first, *others = text.split("\n")
            lines[-1].append((first, look))
            lines += [[(other, look)] for other in others]
        found: list[Paragraph] = []
        for line in lines:
            content, marked = _without_mark("".join(text for text, _ in line).strip(_BLANK))
            cells = tuple(cell for cell in map(clean, _CELLS.split(content)) if cell)
            if cells:
                listed = bullet and not heading and not found
                wraps = bool(found) and not marked and _wraps(found[-1], cells)
                found.append(Paragraph(cells, heading, listed or marked, _dominant(line), indent, wraps))
        return found or [Paragraph()]


def _without_mark(text: str) -> tuple[str, bool]:
    typed = _TYPED_MARK.match(text)
    return (text[typed.end() :], True) if typed else strip_mark(text)


def _wraps(before: Paragraph, cells: tuple[str, ...]) -> bool:
    """Whether a line broken by hand goes on with the sentence before it."""
    single = len(before.cells) == 1 == len(cells)
    return single and before.length > _WRAP and cells[0][0].islower() and before.cells[0][-1] not in ".:;!?"


def _dominant(line: Sequence[tuple[str, Look]]) -> Look:
    """The look of most characters, each trait by itself."""
    weights = [(len(text.strip()), look) for text, look in line]
    bold, capitals = (
        sum(weight for weight, look in weights if getattr(look, trait)) * 2 > sum(weight for weight, _ in weights)
        for trait in ("bold", "capitals")
    )
    sizes: Counter[float] = Counter()
    colours: Counter[str] = Counter()
    for weight, look in weights:
        sizes[look.size] += weight
        colours[look.colour] += weight
    return Look(bold, sizes.most_common(1)[0][0], colours.most_common(1)[0][0], capitals)


def table_row(cells: Iterable[Sequence[Paragraph]]) -> list[Paragraph]:
    """A row of a table: one line where its cells hold a paragraph each, else the cells one after the other.

    Cells that only label the others, with dates or a place, join the first line of what they stand beside.
    """
    full = [[paragraph for paragraph in cell if paragraph.cells] for cell in cells]
    full = [cell for cell in full if cell]
    if len(full) < 2:
        return [paragraph for cell in full for paragraph in cell]
    if all(len(cell) == 1 for cell in full[:-1]):
        return _joined(full)
    labels = [_labels(cell) for cell in full]
    if labels[0] and not all(labels):
        return _joined([full[0][:1], *full[1:]], full[0][1:])
    if len(full) == 2 and labels[1]:
        line, *body = _joined([full[0], full[1][:1]])
        return [line, *full[1][1:], *body]
    return [paragraph for cell in full for paragraph in cell]


def _labels(cell: Sequence[Paragraph]) -> bool:
    """Whether a cell of a row only labels the others: dates or a place in the margin."""
    dated = any(char.isdigit() for char in "".join(cell[0].cells))
    return dated and len(cell) <= 3 and all(p.length <= _LABEL_LENGTH and not p.heading for p in cell)


def _joined(cells: Sequence[Sequence[Paragraph]], rest: Sequence[Paragraph] = ()) -> list[Paragraph]:
    """The first paragraphs of the cells as one line, then what more the cells hold."""
    longest = max((cell[0] for cell in cells), key=lambda paragraph: paragraph.length)
    heading = next((cell[0].heading for cell in cells if cell[0].heading), 0)
    texts = tuple(text for cell in cells for text in cell[0].cells)
    line = replace(longest, cells=texts, heading=heading, indent=cells[0][0].indent, continues=False)
    return [line, *(paragraph for cell in cells for paragraph in cell[1:]), *rest]


def once(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs without those said before: headers for first, odd and even pages repeat each other."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for paragraph in paragraphs:
        if paragraph.cells and paragraph.cells not in seen:
            seen.add(paragraph.cells)
            kept.append(paragraph)
    return kept


def reading(paragraphs: Iterable[Paragraph], unseen: int, name: str, limits: Limits) -> Reading:
    """The lines of a document, with a note where ``unseen`` characters were left out.

    Raises:
        DocumentTooLarge: more lines or characters than ``limits`` allow.
    """
    drafts: list[Draft] = []
    blank = characters = 0
    for paragraph in paragraphs:
        if not paragraph.cells:
            blank += 1
            continue
        characters += paragraph.length
        if len(drafts) >= limits.lines or characters > limits.glyphs_total:
            raise DocumentTooLarge(name, "it holds more text than any CV; give one person's CV")
        look = paragraph.look
        marks = f"{' bold' if look.bold else ''}{' capitals' if look.capitals else ''} h{paragraph.heading}"
        drafts.append(
            Draft.of(
                "\t".join(paragraph.cells),
                heading=paragraph.heading,
                bullet=paragraph.bullet,
                bold=look.bold,
                size=look.size,
                indent=paragraph.indent,
                gap=float(blank),
                continues=paragraph.continues,
                style=f"{look.size:.1f} {look.colour}{marks}",
            )
        )
        blank = 0
    notes = []
    if unseen:
        notes.append(Note("invisible-text", f"{unseen} characters that cannot be seen on the page were left out."))
    return Reading(drafts, notes)
