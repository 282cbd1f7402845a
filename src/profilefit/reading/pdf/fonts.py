"""Fonts opened within bounds: what a few bytes can make pdfminer count out for hours is looked at first."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSEOF, PSLiteral, literal_name

from profilefit.reading.limits import Limits
from profilefit.reading.pdf.streams import Budget, TooMuch
from profilefit.reading.pdf.tokens import PlainTokens
from profilefit.reading.pdf.typefaces import is_picture

#: Characters that one font may map or give a width to; the largest fonts have 65,536 glyphs.
_MOST_CHARACTERS = 200_000
#: Bytes of what one character stands for.
_LONGEST_TEXT = 512
_MOST_TABLES, _MOST_MAPS, _MOST_GROUPS = 64, 16, 40_000


class BoundedFonts(PDFResourceManager):
    """Fonts of one file. A program embedded in it is spared the unpacking where a ToUnicode map tells its characters.

    Raises:
        TooMuch: there are too many, or one maps more characters than there are.
    """

    def __init__(self, limits: Limits, budget: Budget) -> None:
        super().__init__()
        self._limits = limits
        self._budget = budget
        self._opened = 0

    def get_font(self, objid: object, spec: Any) -> PDFFont:
        if objid and objid in self._cached_fonts:
            return super().get_font(objid, spec)
        self._opened += 1
        if self._opened > self._limits.fonts:
            raise TooMuch
        if getattr(resolve1(spec.get("Subtype")), "name", "") == "Type0":
            return super().get_font(objid, spec)  # which asks for its descendant
        self._check(spec)
        told = resolve1(spec.get("ToUnicode"))
        if not isinstance(told, PDFStream):
            font = super().get_font(objid, spec)
            font.pictures = _pictures(spec.get("Encoding"))  # type: ignore[attr-defined]
            return font
        descriptor = resolve1(spec.get("FontDescriptor"))
        if isinstance(descriptor, dict):
            spec = {**spec, "FontDescriptor": {k: v for k, v in descriptor.items() if k != "FontFile2"}}
        spec = {key: value for key, value in spec.items() if key != "ToUnicode"}
        font = super().get_font(objid, spec)
        font.unicode_map = self._unicode_map(told)  # type: ignore[attr-defined]
        return font

    def _unicode_map(self, stream: PDFStream) -> FileUnicodeMap:
        data = stream.get_data()
        self._budget.count(data)
        found = _UnicodeMap()
        with contextlib.suppress(PSEOF):
            _MapParser(found, io.BytesIO(data)).run()
        return found

    def _check(self, spec: Mapping[str, Any]) -> None:
        """Look at widths and at an embedded font before pdfminer counts them out."""
        for key, length in (("W", 3), ("W2", 5)):
            if _spread(list_value(spec.get(key, [])), length) > _MOST_CHARACTERS:
                raise TooMuch
        descriptor = resolve1(spec.get("FontDescriptor"))
        if not isinstance(descriptor, dict):
            return
        program = resolve1(descriptor.get("FontFile"))
        if isinstance(program, PDFStream):
            length = resolve1(program.get("Length1"))
            self._budget.count(program.get_data()[: length if isinstance(length, int) else None])
        program = resolve1(descriptor.get("FontFile2"))
        told = isinstance(resolve1(spec.get("ToUnicode")), PDFStream)
        if isinstance(program, PDFStream) and not told and not _is_sound(program.get_data()):
            raise TooMuch


class _MapParser(PlainTokens, CMapParser):
    """The stock parser of character maps, with a short way for plain tokens."""


class _UnicodeMap(FileUnicodeMap):
    """A map that takes no more characters than there are."""

    _taken = 0

    def add_cid2unichr(self, cid: int, code: Any) -> None:
        self._taken += 1
        if self._taken > _MOST_CHARACTERS or (isinstance(code, bytes) and len(code) > _LONGEST_TEXT):
            raise TooMuch
        super().add_cid2unichr(cid, code)


def _pictures(encoding: object) -> frozenset[int]:
    """The character codes whose glyphs have a word for a name that no letter has: "envelope", "squaresolid"."""
    encoding = resolve1(encoding)
    differences = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    found: set[int] = set()
    code = 0
    for item in map(resolve1, differences if isinstance(differences, list) else ()):
        if isinstance(item, int):
            code = item
        elif isinstance(item, PSLiteral):
            if is_picture(str(literal_name(item))):
                found.add(code)
            code += 1
    return frozenset(found)


def _spread(widths: Sequence[Any], length: int) -> int:
    """How many characters an array of widths speaks of: lists, and groups of first, last and their measures."""
    total = 0
    group: list[Any] = []
    for item in map(resolve1, widths):
        if isinstance(item, list):
            total += len(item)
            group = []
        elif isinstance(item, (int, float)):
            group.append(item)
            if len(group) == length:
                total += max(0, int(group[1] - group[0]))
                group = []
    return total


def _is_sound(font: bytes) -> bool:
    """Whether the character maps of a TrueType font speak of no more characters than there are."""
    try:
        count, place = struct.unpack_from(">H", font, 4)[0], -1
        for number in range(count if count <= _MOST_TABLES else 0):
            tag, _, at, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
            place = at if tag == b"cmap" else place
        if place < 0:
            return bool(count <= _MOST_TABLES)
        maps = struct.unpack_from(">H", font, place + 2)[0]
        starts = [struct.unpack_from(">L", font, place + 8 + 8 * number)[0] for number in range(min(maps, _MOST_MAPS))]
        return maps <= _MOST_MAPS and sum(_map_size(font, place + start) for start in starts) <= 2 * _MOST_CHARACTERS
    except struct.error:
        return True  # cut short: pdfminer stops there, too


def _map_size(font: bytes, at: int) -> int:
    """Characters that one map of a TrueType font speaks of."""
    kind = struct.unpack_from(">H", font, at)[0]
    if kind == 4:
        count = struct.unpack_from(">H", font, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{count}H", font, at + 14)
        firsts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
        return sum(max(0, last - first) for first, last in zip(firsts, lasts, strict=True))
    if kind == 10:
        return int(struct.unpack_from(">L", font, at + 16)[0])
    if kind == 12:
        count = struct.unpack_from(">L", font, at + 12)[0]
        if count > _MOST_GROUPS:
            return 1 << 32
        groups = struct.unpack_from(f">{3 * count}L", font, at + 16)
        return sum(max(0, last - first) for first, last in zip(groups[::3], groups[1::3], strict=True))
    return 1 << 16 if kind == 2 else 0
