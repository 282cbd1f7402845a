"""Marks written into a PDF, by pypdf.

The file's own bytes stay as they are and the marks follow them, as the standard foresees for changes ("incremental
update"): text, forms, signatures and the notes of others cannot be hurt. Only an encrypted file is written anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from profilefit.errors import UnreadableDocument
from profilefit.marking.legend import find_place
from profilefit.marking.marks import PATHS, SEVERAL, Mark
from profilefit.models import Box, Note, around
from profilefit.quiet import quiet
from profilefit.reading.pdf.geometry import Matrix, as_viewed, moved, moved_back
from profilefit.reading.pdf.ink import Ink

#: Who the notes are from; their names begin with it, so that a later run finds them.
_AUTHOR = "profilefit"
#: The paper that a page has which does not say.
_LETTER = (0.0, 0.0, 612.0, 792.0)
#: Flags of annotations: printed with the page; and of the legend's icon, which viewers neither zoom nor turn.
_PRINT, _ICON = 4, 4 | 8 | 16
#: How many squares must be free to the right of and below the icon, by the degrees that its page is turned: a viewer
#: that keeps it upright turns it about the corner that is the upper left one of the page before it is turned.
_SWING = {0: (1, 1), 90: (2, 1), 180: (2, 2), 270: (1, 2)}
#: Width and height of the window of a note, as a share of the page's narrow side.
_WINDOW = 0.35, 0.2


def write_marks(
    data: bytes, name: str, version: str, marks: Sequence[Mark], legend: str, ink: Ink
) -> tuple[bytes, tuple[Note, ...]]:
    """The file with its marks, and what is worth telling about it.

    Args:
        name: of the file, for messages.
        version: of profilefit, which the file then tells.
        legend: the text of the note on the first page.
        ink: what the first page shows.

    Raises:
        UnreadableDocument: the file forbids notes, or is too damaged.
    """
    try:
        with quiet("pypdf"):
            return _write(data, name, version, marks, legend, ink)
    except UnreadableDocument:
        raise
    except Exception as error:  # pypdf raises whatever broken bytes make it raise
        raise UnreadableDocument(name, "the PDF is too damaged to be marked; print it to a new PDF") from error


def _write(
    data: bytes, name: str, version: str, marks: Sequence[Mark], legend: str, ink: Ink
) -> tuple[bytes, tuple[Note, ...]]:
    writer, notes = _open(data, name)
    sheets = [_Sheet.of(writer, page) for page in writer.pages]
    for sheet in sheets:
        sheet.clear()
    swing = _SWING.get(sheets[0].turn, (1, 1))
    place = find_place(ink.width, ink.height, (*ink.boxes, *sheets[0].annotated()), *swing)
    if place:
        sheets[0].add_legend(place, legend)
    else:
        notes.append(Note("no-legend", "The first page has no empty place for a note on the colours."))
    for number, mark in enumerate(marks, 1):
        if mark.page <= len(sheets):
            sheets[mark.page - 1].highlight(mark, number)
    writer.add_metadata({"/MarkedBy": f"{_AUTHOR} {version}"})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue(), tuple(notes)


def _open(data: bytes, name: str) -> tuple[PdfWriter, list[Note]]:
    reader = PdfReader(io.BytesIO(data if data.endswith((b"\n", b"\r")) else data + b"\n"))
    if not reader.is_encrypted:
        signed = _is_signed(reader)
        message = "The file is signed; viewers will tell that notes were added after it was."
        return PdfWriter(reader, incremental=True), [Note("signed", message)] if signed else []
    allowed = reader.user_access_permissions
    if allowed is not None and not allowed & UserAccessPermissions.ADD_OR_MODIFY:
        raise UnreadableDocument(name, "the file forbids notes on it; save a copy without that protection")
    message = "The file is encrypted, its marked copy is not."
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    return writer, [Note("not-encrypted", message)]


def _is_signed(reader: PdfReader) -> bool:
    form = _entry(reader.root_object, "/AcroForm")
    flags = _entry(form, "/SigFlags") if isinstance(form, DictionaryObject) else 0
    return isinstance(flags, int) and bool(flags & 1)


@dataclass(frozen=True)
class _Sheet:
    """A page that notes are put on; boxes are those of the report.

    Attributes:
        view: turns the page's own coordinates into those of a viewer.
        turn: degrees clockwise by which a viewer turns it.
        width, height: as a viewer shows it.
    """

    writer: PdfWriter
    page: PageObject
    view: Matrix
    turn: int
    width: float
    height: float

    @classmethod
    def of(cls, writer: PdfWriter, page: PageObject) -> _Sheet:
        media = _rectangle(page, "/MediaBox") or _LETTER
        rotate = _entry(page, "/Rotate")
        turn = rotate % 360 if isinstance(rotate, int) else 0
        view, width, height = as_viewed(media, _rectangle(page, "/CropBox") or media, turn)
        return cls(writer, page, view, turn, width, height)

    def clear(self) -> None:
        """Take away the notes of an earlier run; an array that pages share is not written to."""
        if "/Annots" in self.page:
            kept = [each for each in self._annotations() if not _is_ours(each)]
            self.page[NameObject("/Annots")] = ArrayObject(kept)

    def annotated(self) -> list[Box]:
        """Where annotations are."""
        rectangles = [_rectangle(each.get_object(), "/Rect") for each in self._annotations()]
        return [_around(moved(x, y, self.view) for x, y in _corners(box)) for box in rectangles if box]

    def highlight(self, mark: Mark, number: int) -> None:
        quads = [[self._back(corner) for corner in _corners(box)] for box in mark.boxes]
        areas = [_around(quad) for quad in quads]
        colour = _parts(mark.colour.rgb)
        drawing = f"/G gs {_numbers(colour)} rg\n"
        drawing += "".join(f"{_numbers((x0, y0, x1 - x0, y1 - y0))} re\n" for x0, y0, x1, y1 in areas) + "f"
        more = {
            "/QuadPoints": _array(part for quad in quads for point in quad for part in point),
            "/C": _array(colour),
            "/F": NumberObject(_PRINT),
        }
        self._add("/Highlight", number, around(mark.boxes), mark.note, more, drawing, around(areas))

    def add_legend(self, place: Box, text: str) -> None:
        more = {
            "/Name": NameObject("/Note"),
            "/Open": BooleanObject(False),
            "/C": _array(_parts(SEVERAL.rgb)),
            "/F": NumberObject(_ICON),
        }
        self._add("/Text", 0, place, text, more, _ICON_DRAWING, _ICON_BOX)

    def _add(self, kind: str, number: int, box: Box, text: str, more: dict[str, Any], drawing: str, drawn: Box) -> None:
        """An annotation with its window, which is closed; ``drawn`` is the part of the drawing that fills the box."""
        added = self.writer.add_annotation(
            self.page,
            {
                "/Type": NameObject("/Annot"),
                "/Subtype": NameObject(kind),
                "/Rect": _array(self._area(box)),
                "/T": TextStringObject(_AUTHOR),
                "/NM": TextStringObject(f"{_AUTHOR}-{number}"),
                "/Contents": TextStringObject(text),
                **more,
                "/AP": {"/N": self._form(drawing, drawn)},
            },
        )
        wide, high = (share * min(self.width, self.height) for share in _WINDOW)
        window = self.width - wide, max(0.0, box[3] - high), self.width, max(high, box[3])
        self.writer.add_annotation(
            self.page,
            {
                "/Type": NameObject("/Annot"),
                "/Subtype": NameObject("/Popup"),
                "/Rect": _array(self._area(window)),
                "/NM": TextStringObject(f"{_AUTHOR}-{number}-window"),
                "/Open": BooleanObject(False),
                "/Parent": added.indirect_reference,
            },
        )

    def _form(self, drawing: str, drawn: Box) -> IndirectObject:
        """A drawing as viewers take it; without one some of them show no annotation, and each its own kind of it."""
        form = DecodedStreamObject()
        form.set_data(drawing.encode("ascii"))
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): _array(drawn),
                NameObject("/Resources"): _MULTIPLIED,
            }
        )
        return self.writer._add_object(form)

    def _annotations(self) -> list[PdfObject]:
        listed = _entry(self.page, "/Annots")
        return list(listed) if isinstance(listed, ArrayObject) else []

    def _back(self, point: tuple[float, float]) -> tuple[float, float]:
        return moved_back(*point, self.view)

    def _area(self, box: Box) -> Box:
        """A box in the page's own coordinates."""
        return _around(self._back(corner) for corner in _corners(box))


def _is_ours(annotation: PdfObject) -> bool:
    return str(_entry(annotation.get_object(), "/NM")).startswith(f"{_AUTHOR}-")


def _entry(owner: PdfObject | None, key: str) -> PdfObject | None:
    """What a dictionary holds under a key; ``None`` where it is none, or holds nothing."""
    return owner[key] if isinstance(owner, DictionaryObject) and key in owner else None


def _rectangle(owner: PdfObject | None, key: str) -> Box | None:
    numbers = _entry(owner, key)
    if not isinstance(numbers, ArrayObject) or len(numbers) != 4:
        return None
    x0, y0, x1, y1 = (float(number.get_object()) for number in numbers)
    return x0, y0, x1, y1


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    """Upper left, upper right, lower left, lower right: the order in which viewers want the corners of a highlight."""
    x0, y0, x1, y1 = box
    return (x0, y1), (x1, y1), (x0, y0), (x1, y0)


def _around(points: Iterable[tuple[float, float]]) -> Box:
    return around((x, y, x, y) for x, y in points)


def _parts(rgb: str) -> tuple[float, ...]:
    """Red, green and blue from 0 to 1."""
    return tuple(int(rgb[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _array(numbers: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(number, 3)) for number in numbers)


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.3f}" for number in numbers)


def _disc(x: float, y: float, radius: float) -> str:
    """A path of four curves."""
    bow = 0.5523 * radius
    curves = (
        (x + radius, y + bow, x + bow, y + radius, x, y + radius),
        (x - bow, y + radius, x - radius, y + bow, x - radius, y),
        (x - radius, y - bow, x - bow, y - radius, x, y - radius),
        (x + bow, y - radius, x + radius, y - bow, x + radius, y),
    )
    return f"{_numbers((x + radius, y))} m\n" + "".join(f"{_numbers(curve)} c\n" for curve in curves) + "h\n"


#: Text stays as dark as it is under a colour that it is multiplied with.
_MULTIPLIED = DictionaryObject(
    {
        NameObject("/ExtGState"): DictionaryObject(
            {NameObject("/G"): DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})}
        )
    }
)
#: The icon of the legend, which may be turned: three dots of the colours on a white disc.
_ICON_BOX = (0.0, 0.0, 24.0, 24.0)
_ICON_DRAWING = (
    "1 g 0.35 G 1.2 w\n"
    + _disc(12, 12, 11)
    + "B\n0.8 w\n"
    + "".join(
        f"{_numbers(_parts(colour.rgb))} rg\n{_disc(x, y, 4)}B\n"
        for colour, (x, y) in zip((PATHS[0], PATHS[1], SEVERAL), ((7.3, 14.7), (16.7, 14.7), (12, 6.5)), strict=True)
    )
)
