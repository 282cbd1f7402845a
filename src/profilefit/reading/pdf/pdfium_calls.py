"""The calls to pdfium that are made for every glyph, with plain integers for pointers.

pypdfium2 makes an object of every pointer that comes back or goes in, and every call wants room for its answers: both
together take more time than pdfium. Like pdfium itself, an object of ``Calls`` serves one thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

from profilefit.reading.pdf.geometry import Matrix

_POINTER, _INT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


def _plainly(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    prototype = ctypes.CFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(function, _POINTER).value or 0)


def address_of(pointer: Any) -> int:
    """The address that a pointer of pypdfium2 holds."""
    return ctypes.cast(pointer, _POINTER).value or 0


#: The text object of a glyph: (text page, number) → address, 0 where pdfium has added the glyph itself.
text_object = _plainly(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
font_size = _plainly(raw.FPDFText_GetFontSize, _DOUBLE, _POINTER, _INT)
font_of = _plainly(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
render_mode = _plainly(raw.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
page_object = _plainly(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
form_object = _plainly(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
kind_of = _plainly(raw.FPDFPageObj_GetType, _INT, _POINTER)
_origin = _plainly(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_matrix = _plainly(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_object_matrix = _plainly(raw.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_box = _plainly(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_colour = _plainly(raw.FPDFPageObj_GetFillColor, _INT, _POINTER, *(4 * (_POINTER,)))
_width = _plainly(raw.FPDFFont_GetGlyphWidth, _INT, _POINTER, ctypes.c_uint, _FLOAT, _POINTER)


class Calls:
    """Calls with the room for their answers."""

    def __init__(self) -> None:
        self._x, self._y, self._w = _DOUBLE(), _DOUBLE(), _FLOAT()
        self._m, self._b = raw.FS_MATRIX(), raw.FS_RECTF()
        self._rgba = tuple(ctypes.c_uint() for _ in range(4))
        self._at_x, self._at_y, self._at_w = map(ctypes.addressof, (self._x, self._y, self._w))
        self._at_m, self._at_b = map(ctypes.addressof, (self._m, self._b))
        self._at_rgba = tuple(map(ctypes.addressof, self._rgba))

    def origin(self, text: int, glyph: int) -> tuple[float, float]:
        """Where a glyph stands on its baseline, in the page's own coordinates."""
        _origin(text, glyph, self._at_x, self._at_y)
        return self._x.value, self._y.value

    def directions(self, text: int, glyph: int) -> tuple[float, float, float, float]:
        """The parts a, b, c, d of a glyph's matrix."""
        _matrix(text, glyph, self._at_m)
        return self._m.a, self._m.b, self._m.c, self._m.d

    def matrix(self, item: int) -> Matrix:
        """The matrix of a page object."""
        if not _object_matrix(item, self._at_m):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        m = self._m
        return m.a, m.b, m.c, m.d, m.e, m.f

    def reach(self, text: int, glyph: int) -> float:
        """How far a glyph reaches from its origin along its line: its advance or its ink, whichever is more."""
        a, b, _, _ = self.directions(text, glyph)
        x, y = self.origin(text, glyph)
        _box(text, glyph, self._at_b)
        box = self._b
        if abs(a) >= abs(b):
            return float(box.right - x if a >= 0 else x - box.left)
        return float(box.top - y if b >= 0 else y - box.bottom)

    def colour(self, item: int) -> str:
        """``#rrggbb`` of what fills an object; empty for patterns."""
        if not _colour(item, *self._at_rgba):
            return ""
        red, green, blue, _ = self._rgba
        return f"#{red.value << 16 | green.value << 8 | blue.value:06x}"

    def width(self, font: int, character: int) -> float:
        """The advance of a character in units of the font size; 0.0 where the font does not know it."""
        return float(self._w.value) if _width(font, character, 1.0, self._at_w) else 0.0
