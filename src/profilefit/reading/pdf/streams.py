"""PDF objects read within bounds: no stream unpacks to more than it may."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, int_value
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor


class TooMuch(Exception):
    """A guard against hostile streams has tripped."""


@dataclass(slots=True)
class Budget:
    stream: int
    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if size > self.stream or self.left < 0:
            raise TooMuch


class _Stream(PDFStream):
    """A stream that unpacks no more than its budget; every stream of the file is turned into one."""

    budget: Budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for kind, parameters in self.get_filters():
            data = self._unpack(str(getattr(kind, "name", kind)), data)
            self.budget.spend(len(data))
            if parameters:
                data = _predict(data, parameters)
        self.data = data
        self.rawdata = None

    def _unpack(self, kind: str, data: bytes) -> bytes:
        if kind in ("FlateDecode", "Fl"):
            return _inflate(data, min(self.budget.stream, self.budget.left))
        if kind in ("ASCII85Decode", "A85"):
            return ascii85decode(data)
        if kind in ("ASCIIHexDecode", "AHx"):
            return asciihexdecode(data)
        if kind in ("LZWDecode", "LZW", "RunLengthDecode", "RL"):
            if len(data) > 1_000_000:
                raise TooMuch
            return lzwdecode(data) if kind.startswith("L") else rldecode(data)
        return b""  # pictures: never looked at


def _inflate(data: bytes, limit: int) -> bytes:
    """Flate data, as much as is sound; more than ``limit`` bytes is refused before they are held in memory."""
    parts: list[bytes] = []
    size = 0
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(wbits)
        rest = data if wbits > 0 else data[2:]
        try:
            while rest and not inflater.eof:
                part = inflater.decompress(rest, 1 << 20)
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise TooMuch
                rest = inflater.unconsumed_tail
                if not part and not rest:
                    break
        except zlib.error:
            pass
        if parts and size:
            return b"".join(parts)
    return b""


def _predict(data: bytes, parameters: dict[str, Any]) -> bytes:
    predictor = int_value(parameters.get("Predictor", 1))
    if predictor == 1:
        return data
    colors, columns = int_value(parameters.get("Colors", 1)), int_value(parameters.get("Columns", 1))
    bits = int_value(parameters.get("BitsPerComponent", 8))
    if predictor == 2:
        return apply_tiff_predictor(colors, columns, bits, data)
    return apply_png_predictor(predictor, colors, columns, bits, data)


class Parser(PDFParser):
    """Hands out bounded streams."""

    def __init__(self, file: io.BytesIO, budget: Budget) -> None:
        self._budget = budget
        super().__init__(file)

    def push(self, *objs: Any) -> None:
        for _, value in objs:
            if value.__class__ is PDFStream:
                value.__class__ = _Stream
                value.budget = self._budget  # type: ignore[attr-defined]
        super().push(*objs)
