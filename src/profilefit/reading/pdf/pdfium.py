"""The fast engine: pdfium, in C++, through pypdfium2 (the extra ``pdfium``).

It is several times faster than pdfminer and less safe: it has no guard against hostile files but the limits on bytes,
pages and glyphs, so files of strangers belong into a process of their own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from profilefit.errors import EncryptedDocument, UnreadableDocument
from profilefit.reading.limits import Limits
from profilefit.reading.pdf.geometry import Matrix, as_viewed, direction, moved, times, turned
from profilefit.reading.pdf.glyphs import Chunk, Fill, Style
from profilefit.reading.pdf.page import MOST_POINTS, Drawing, DrawnPage
from profilefit.reading.pdf.pdfium_calls import (
    Calls,
    address_of,
    font_of,
    font_size,
    form_object,
    kind_of,
    page_object,
    render_mode,
    text_object,
)
from profilefit.reading.pdf.runs import WORD_GAP, find_runs
from profilefit.reading.pdf.typefaces import SPACE_GLYPHS, FontTraits

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = (
    raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING,
    raw.FPDF_PAGEOBJ_FORM,
)  # fmt: skip
#: What pdfium says for a hyphen at the end of a line, and for a glyph without a character.
_HYPHENS, _UNMAPPED = frozenset((0x02, 0xFFFE)), frozenset((0, 0xFFFD, 0xFFFF))
#: Render modes 3 and 7 draw nothing.
_INVISIBLE = frozenset((3, 7))

#: Share of the font size that is no distance; share of its reach that a glyph advances at least.
_NEAR, _LEAST = 0.02, 0.55
#: Light text (``#rrggbb``) may be white on white; a grey of at least this (0-255) is paper.
_LIGHT, _PAPER = "#f0", 240
#: Pixels a point of the picture in which white text is looked at.
_SCALE = 0.5


def draw(data: bytes, name: str, limits: Limits) -> Drawing:
    """What the pages of a PDF show.

    Raises:
        EncryptedDocument, UnreadableDocument.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise EncryptedDocument(name, "the file asks for a password; save a copy without one") from error
        raise UnreadableDocument(name, "the PDF is damaged or cut short; export it again") from error
    try:
        return _Reader(limits).read(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(name, "the PDF is damaged or cut short; export it again") from error
    finally:
        document.close()


class _Reader:
    """One document read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.unmapped = self.seen = self.forms = 0
        self.calls = Calls()
        self.fonts: dict[int, _Font] = {}
        #: How many fills were drawn before each text object of the page, by its address.
        self.over: dict[int, int] = {}
        self.styles: dict[tuple[int, float, str], Style] = {}

    def read(self, document: pypdfium2.PdfDocument) -> Drawing:
        pages: list[DrawnPage] = []
        count = len(document)
        for number in range(min(count, self.limits.pages)):
            page = document[number]
            text = page.get_textpage()
            pages.append(self._page(page, text))
            text.close()
            page.close()
            if self.seen > self.limits.glyphs_total:
                break
        return Drawing(pages, count, document.get_metadata_dict(skip_empty=True), self.unmapped)

    def _page(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> DrawnPage:
        view, width, height = as_viewed(page.get_mediabox(), page.get_cropbox(), page.get_rotation())
        drawn = DrawnPage(width, height)
        self.over.clear()
        count, address = raw.FPDFPage_CountObjects(page.raw), address_of(page.raw)
        self._shapes((page_object(address, i) for i in range(count)), drawn, view, 0)
        self._texts(text.raw, drawn, view)
        light = [chunk for chunk in drawn.runs.get(0, ()) if chunk.style.colour >= _LIGHT]
        if light:
            _note_grounds(light, page, drawn)
        return drawn

    # ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _shapes(self, items: Iterator[int], drawn: DrawnPage, matrix: Matrix, depth: int) -> None:
        over, fills = self.over, drawn.fills
        for item in items:
            kind = kind_of(item)
            if kind == _TEXT:
                over[item] = len(fills)
            elif kind == _PATH:
                _add_path(item, drawn, times(self.calls.matrix(item), matrix), self.calls)
            elif kind == _IMAGE:
                _add_image(drawn, times(self.calls.matrix(item), matrix))
            elif kind == _SHADING:
                drawn.shaded = True
            elif kind == _FORM:
                self.forms += 1
                if self.forms > self.limits.form_calls or depth >= self.limits.form_depth:
                    drawn.cut = True
                    return
                count = raw.FPDFFormObj_CountObjects(ctypes.cast(item, raw.FPDF_PAGEOBJECT))
                inside = (form_object(item, i) for i in range(count))
                self._shapes(inside, drawn, times(self.calls.matrix(item), matrix), depth + 1)

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _texts(self, page: Any, drawn: DrawnPage, view: Matrix) -> None:
        """The glyphs of each text object, in the order in which they are drawn."""
        count = raw.FPDFText_CountChars(page)
        if count > self.limits.glyphs:
            count, drawn.cut = self.limits.glyphs, True
        codes, text = _codes(page, count), address_of(page)
        origin = self.calls.origin
        origins: list[tuple[float, float]] = []
        first = current = 0
        for i in range(count):
            item = text_object(text, i)
            if item != current:
                if current:
                    self._add_text(text, current, first, origins, codes, drawn, view)
                first, current, origins = i, item, []
            if item:  # else a space or line break that pdfium has added
                origins.append(origin(text, i))
        if current:
            self._add_text(text, current, first, origins, codes, drawn, view)

    def _add_text(
        self,
        text: int,
        item: int,
        first: int,
        origins: list[tuple[float, float]],
        codes: list[int],
        drawn: DrawnPage,
        view: Matrix,
    ) -> None:
        """The glyphs of a text object, from the number ``first`` on."""
        calls, font = self.calls, self._font(font_of(item))
        a, b, c, d, _, _ = times((*calls.directions(text, first), 0.0, 0.0), view)
        fontsize = abs(font_size(text, first))
        size, em = fontsize * (c * c + d * d) ** 0.5, fontsize * (a * a + b * b) ** 0.5
        turn = direction(a, b)
        _, baseline = _seen_at(*origins[0], drawn, view, turn)
        if turn == 0 and view[0] == 1:
            starts = [x + view[4] for x, _ in origins]
        else:
            starts = [_seen_at(x, y, drawn, view, turn)[0] for x, y in origins]
        runs = find_runs(self._placed(text, first, codes, starts, font, em), WORD_GAP * size)
        self.seen += len(origins)
        spans = [(begin, baseline, end, baseline, run, spaced) for begin, end, run, spaced in runs]
        style = self._style(font.traits, size, calls.colour(item))
        over = self.over.get(item, len(drawn.fills))
        drawn.add_turned(spans, turn, style, size, hidden=render_mode(item) in _INVISIBLE, over=over)

    def _placed(
        self, text: int, first: int, codes: list[int], starts: list[float], font: _Font, em: float
    ) -> list[tuple[str, float, float]]:
        """Each glyph's text, and where it begins and its advance ends on its line. Letters of a ligature come one after
        the other at one place."""
        placed: list[tuple[str, float, float]] = []
        near, reach = _NEAR * em, self.calls.reach
        before = False
        for i, start in enumerate(starts, first):
            character, advance = font.glyphs.get(codes[i]) or font.look_up(codes[i], reach(text, i), em)
            end = start + advance * em
            space = character in SPACE_GLYPHS
            if before and not space:
                held, begin, stop = placed[-1]
                if start == begin:
                    placed[-1] = held + character, begin, max(stop, end, begin + reach(text, i))
                    continue
                if start - stop > near and begin + reach(text, i - 1) > start - near:
                    placed[-1] = held, begin, start  # the advance told by the character was not that of the glyph
            placed.append((character, start, end))
            before = not space
            if character == "\ufffd":
                self.unmapped += 1
        return placed

    def _font(self, address: int) -> _Font:
        if address not in self.fonts:
            self.fonts[address] = _Font(address, self.calls)
        return self.fonts[address]

    def _style(self, traits: FontTraits, size: float, colour: str) -> Style:
        key = (id(traits), round(size, 1), colour)
        if key not in self.styles:
            self.styles[key] = traits.style(size, colour)
        return self.styles[key]


class _Font:
    """A font looked up once: its traits, and text and advance (in units of the font size) of its characters."""

    def __init__(self, address: int, calls: Calls) -> None:
        font = ctypes.cast(address, raw.FPDF_FONT)
        name = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(font, name, 256)
        self._address, self._calls = address, calls
        self.traits = FontTraits.of(
            name.value.decode("utf-8", "replace"), raw.FPDFFont_GetFlags(font), max(0, raw.FPDFFont_GetWeight(font))
        )
        self.glyphs: dict[int, tuple[str, float]] = {}

    def look_up(self, code: int, reach: float, em: float) -> tuple[str, float]:
        """What a character stands for, and its advance.

        pdfium tells an advance by the character, which is wrong where the font shows it by another glyph (capitals for
        small letters); the glyph's reach then tells better, though ink may go beyond the advance.
        """
        character = "-" if code in _HYPHENS else "\ufffd" if code in _UNMAPPED else chr(code)
        advance, farthest = self._calls.width(self._address, ord(character)), reach / (em or 1.0)
        fits = _LEAST * farthest < advance <= farthest + _NEAR
        found = self.traits.shown(character), advance if fits else farthest
        if fits or not advance:  # else the next place may show the character by its own glyph
            self.glyphs[code] = found
        return found


def _codes(text: Any, count: int) -> list[int]:
    """The character of each glyph; all at once where no character takes two units."""
    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text, 0, count, units) == count + 1:
        return list(units[:count])
    return [raw.FPDFText_GetUnicode(text, i) for i in range(count)]


def _seen_at(x: float, y: float, drawn: DrawnPage, view: Matrix, turn: int) -> tuple[float, float]:
    """A point of the page as a viewer sees it, turned so that text of this direction runs to the right."""
    x, y = moved(x, y, view)
    return turned(turn, x, y, drawn.width, drawn.height) if turn > 0 else (x, y)


def _add_path(address: int, drawn: DrawnPage, matrix: Matrix, calls: Calls) -> None:
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFPath_CountSegments(item)
    if not 2 <= count <= 3 * MOST_POINTS:  # a curve has three
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curve = 0
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        curve = curve + 1 if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO else 0
        if curve % 3 == 0:  # the third of a curve is its end
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(moved(x.value, y.value, matrix))
    colour = calls.colour(address) if fill.value else ""
    drawn.add_path(points, stroke=bool(stroke.value), fill=bool(fill.value), colour=colour, solid=_is_solid(item))


def _is_solid(item: Any) -> bool:
    """Whether nothing shows through a fill: it is opaque and not clipped."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    return not raw.FPDFPageObj_HasTransparency(item) and raw.FPDFClipPath_CountPaths(clip) <= 0


def _note_grounds(light: list[Chunk], page: pypdfium2.PdfPage, drawn: DrawnPage) -> None:
    """Note a fill of unknown colour under light text that the rendered page shows on a ground.

    pdfium does not tell that a fill is a pattern or a gradient, it calls such a fill white.
    """
    picture = page.render(scale=_SCALE, grayscale=True)
    pixels, stride = bytes(picture.buffer), picture.stride
    for chunk in light:
        top, bottom = (round((drawn.height - y) * _SCALE) for y in (chunk.y + 0.7 * chunk.size, chunk.y))
        left, right = max(0, round(chunk.x0 * _SCALE)), min(picture.width, round(chunk.x1 * _SCALE) + 1)
        rows = range(max(0, top), min(picture.height, bottom + 1))
        if any(min(pixels[row * stride + left : row * stride + right], default=255) < _PAPER for row in rows):
            drawn.fills.append(Fill(chunk.x0, chunk.y, chunk.x1, chunk.y + chunk.size, ""))
            chunk.over = len(drawn.fills)
    picture.close()


def _add_image(drawn: DrawnPage, matrix: Matrix) -> None:
    corners = [moved(x, y, matrix) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    drawn.add_image(min(xs), min(ys), max(xs), max(ys))
