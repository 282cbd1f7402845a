"""PDF objects read within bounds: no stream unpacks to more than it may."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfparser import PDFParser, PDFStreamParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, int_value
from pdfminer.psparser import PSEOF
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from profilefit.reading.pdf.tokens import PlainTokens

#: What parts the words of PDF syntax (PDF 32000-1, 7.2.2).
_SEPARATORS = b"\x00\t\n\f\r ()<>[]{}/%"
#: Words so long are put together chunk by chunk, in time that grows with the square of their length.
_LONGEST_TOKEN = 1 << 17
_WORD = re.compile(rb"%[^\r\n]*|<[0-9A-Fa-f\s]*|[^\x00\t\n\f\r ()<>\[\]{}/%]+")
#: Packed text longer than this in an encoding of ASCII is a picture, or made to harm: it unpacks at a hundred times
#: the memory.
_LONGEST_ASCII = 1 << 20
#: What a word of the file outside of streams counts for: it costs more than one inside.
_TOKEN = 2
#: A line, in chunks of pdfminer's buffer (4,096 bytes). Lines count where the table of objects is missing.
_LONGEST_LINE = 256
#: Bytes at the end of a file among which the place of its table of objects is told.
_TAIL = 1 << 16
#: References that only refer to another one.
_LONGEST_WAY = 32
#: Rows of a table or picture that was made easier to pack; each is put together by itself.
_MOST_ROWS = 500_000
#: Filters of one stream, one behind the other; two are usual.
_MOST_FILTERS = 8
#: The most that a byte of run-length encoded data unpacks to.
_LONGEST_RUN = 64


class TooMuch(Exception):
    """A guard against hostile streams has tripped."""


class Cut(Exception):
    """Enough has been drawn: the page, or the whole file, is read no further."""


@dataclass(slots=True)
class Budget:
    """What the streams of one file may still unpack to: each of them, all together, and in words of PDF syntax."""

    stream: int
    left: int
    tokens: int

    def count(self, data: bytes) -> None:
        """Spend the words of data that is about to be parsed."""
        self.tokens -= weight(data)
        if self.tokens < 0 or is_tangled(data):
            raise TooMuch

    def spend(self, size: int) -> None:
        self.left -= size
        if size > self.stream or self.left < 0:
            raise TooMuch


def weight(data: bytes) -> int:
    """About how many words of PDF syntax the data holds: what parts them is counted.

    >>> weight(b"[(a) -20] TJ")
    6
    """
    return len(data) - len(data.translate(None, _SEPARATORS))


def is_tangled(data: bytes) -> bool:
    """Whether data holds a word so long that parsing it would take all day."""
    return len(data) > _LONGEST_TOKEN and any(len(word[0]) > _LONGEST_TOKEN for word in _WORD.finditer(data))


class _Stream(PDFStream):
    """A stream that unpacks no more than its budget; every stream of the file is turned into one."""

    budget: Budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        filters = self.get_filters()
        if len(filters) > _MOST_FILTERS:
            raise TooMuch
        for kind, parameters in filters:
            data = self._unpack(str(getattr(kind, "name", kind)), data)
            self.budget.spend(len(data))
            if parameters:
                data = _predict(data, parameters)
        if getattr(self.get("Type"), "name", None) == "ObjStm":
            self.budget.count(data)
        self.data = data
        self.rawdata = None

    def _unpack(self, kind: str, data: bytes) -> bytes:
        if kind in ("FlateDecode", "Fl"):
            return _inflate(data, min(self.budget.stream, self.budget.left))
        if kind in ("ASCII85Decode", "A85", "ASCIIHexDecode", "AHx"):
            if len(data) > _LONGEST_ASCII:
                raise TooMuch
            return ascii85decode(data) if kind in ("ASCII85Decode", "A85") else asciihexdecode(data)
        if kind in ("LZWDecode", "LZW"):
            return _unpack_lzw(data, min(self.budget.stream, self.budget.left))
        if kind in ("RunLengthDecode", "RL"):
            if len(data) * _LONGEST_RUN > self.budget.stream:
                raise TooMuch
            return rldecode(data)
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


def _unpack_lzw(data: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in LZWDecoder(io.BytesIO(data)).run():
        parts.append(part)
        size += len(part)
        if size > limit or len(parts) > _LONGEST_ASCII:
            raise TooMuch
    return b"".join(parts)


def _predict(data: bytes, parameters: dict[str, Any]) -> bytes:
    predictor = int_value(parameters.get("Predictor", 1))
    if predictor == 1:
        return data
    colors, columns = int_value(parameters.get("Colors", 1)), int_value(parameters.get("Columns", 1))
    bits = int_value(parameters.get("BitsPerComponent", 8))
    if len(data) > _MOST_ROWS * max(1, colors * columns * bits // 8):
        raise TooMuch
    if predictor == 2:
        return apply_tiff_predictor(colors, columns, bits, data)
    return apply_png_predictor(predictor, colors, columns, bits, data)


class Parser(PlainTokens, PDFParser):
    """Hands out bounded streams, and stops at more or longer words than a file needs outside of them."""

    def __init__(self, file: io.BytesIO, budget: Budget) -> None:
        self._budget = budget
        self._chunks: int | None = None
        super().__init__(file)

    def push(self, *objs: Any) -> None:
        for _, value in objs:
            if value.__class__ is PDFStream:
                value.__class__ = _Stream
                value.budget = self._budget  # type: ignore[attr-defined]
        super().push(*objs)

    def nexttoken(self) -> Any:
        self._spend()
        return super().nexttoken()

    def _spend(self) -> None:
        self._budget.tokens -= _TOKEN
        if self._budget.tokens < 0:
            raise TooMuch

    def nextline(self) -> tuple[int, bytes]:
        self._spend()
        self._chunks = 0
        try:
            return super().nextline()
        finally:
            self._chunks = None

    def revreadlines(self) -> Iterator[bytes]:
        """Lines from the end of the file backwards, as far as the place of its table of objects may be told."""
        size = self.fp.seek(0, io.SEEK_END)
        self.fp.seek(max(0, size - _TAIL))
        yield from reversed(re.split(rb"[\r\n]", self.fp.read(_TAIL)))

    def fillbuf(self) -> bool:
        if self._chunks is not None and self.charpos >= len(self.buf):
            self._chunks += 1
        if len(self._curtoken) > _LONGEST_TOKEN or (self._chunks or 0) > _LONGEST_LINE:
            raise TooMuch
        return bool(super().fillbuf())


class _PackedObjects(PlainTokens, PDFStreamParser):
    """The stock parser of objects that are packed into a stream, with a short way for plain tokens."""


class File(PDFDocument):
    """A document whose references do not lead in circles."""

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        """The objects in a stream, their numbers and places in front of them, and how many there are."""
        parser = _PackedObjects(stream.get_data())
        parser.set_document(self)
        found: list[object] = []
        with suppress(PSEOF):
            while True:
                found.append(parser.nextobject()[1])
        return found, stream.get("N", 0)

    def getobj(self, objid: int) -> object:
        found = super().getobj(objid)
        for _ in range(_LONGEST_WAY):
            if not isinstance(found, PDFObjRef):
                return found
            found = super().getobj(found.objid)
        raise PDFObjectNotFound(objid)
