"""Pages as a second engine sees them: the words inside a box, and whether there is ink in it."""

from __future__ import annotations

import ctypes
import unicodedata
from pathlib import Path

import pytest

from profilefit.models import Box

pdfium = pytest.importorskip("pypdfium2")
raw = pytest.importorskip("pypdfium2.raw")

#: Pixels a point at which pages are rendered, and steps a point in which places are told.
SCALE, STEPS = 2, 20


def letters(text: str) -> str:
    """Letters and digits only, ligatures and accents undone, in lower case."""
    plain = unicodedata.normalize("NFKD", text.replace("\ufffe", ""))
    return "".join(c for c in plain if c.isalnum()).casefold()


class Sheets:
    """The pages of a PDF; boxes are those of the report: points, from the lower left of what a viewer shows."""

    def __init__(self, source: Path | bytes) -> None:
        self.file = pdfium.PdfDocument(source)
        self._pages: dict[int, tuple[object, object, memoryview, int]] = {}

    def _page(self, number: int) -> tuple[object, object, memoryview, int]:
        if number not in self._pages:
            page = self.file[number - 1]
            bitmap = page.render(scale=SCALE, grayscale=True)
            self._pages[number] = page, page.get_textpage(), memoryview(bytes(bitmap.buffer)), bitmap.stride
        return self._pages[number]

    def words_in(self, number: int, box: Box) -> str:
        """The text of the glyphs inside the box."""
        page, text, _, _ = self._page(number)
        width, height = page.get_size()
        corners = []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            to_x, to_y = ctypes.c_double(), ctypes.c_double()
            where = int(x * STEPS), int((height - y) * STEPS)
            size = int(width * STEPS), int(height * STEPS)
            assert raw.FPDF_DeviceToPage(page, 0, 0, *size, 0, *where, to_x, to_y)
            corners.append((to_x.value, to_y.value))
        (ax, ay), (bx, by) = corners
        return text.get_text_bounded(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def has_ink(self, number: int, box: Box) -> bool:
        """Whether not all pixels inside the box have one colour."""
        page, _, pixels, stride = self._page(number)
        height = page.get_size()[1]
        left, right = int(box[0] * SCALE), int(box[2] * SCALE) + 1
        rows = range(int((height - box[3]) * SCALE), int((height - box[1]) * SCALE) + 1)
        inside = [value for row in rows for value in pixels[row * stride + left : row * stride + right]]
        return bool(inside) and max(inside) - min(inside) > 40
