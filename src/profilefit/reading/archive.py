"""ZIP archives and the XML in them, opened within bounds: what Word and OpenDocument files are made of.

Nothing that an archive says of itself is trusted: unpacked bytes are counted as they come, members are counted before
the list of them is read, and XML is refused as soon as it defines entities, nests too deep or grows too large.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from profilefit.errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument
from profilefit.reading.limits import Limits

#: Members of an archive; a document with hundreds of pictures has hundreds.
_MOST_MEMBERS = 5_000
_ENTRY = b"PK\x01\x02"  # opens each entry of an archive's list of members
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
_DAMAGED = "the archive is damaged or cut short; save the file again"


def _open(data: bytes, name: str) -> zipfile.ZipFile:
    if data.count(_ENTRY) > _MOST_MEMBERS:
        raise DocumentTooLarge(name, f"the archive holds over {_MOST_MEMBERS:,} files; give the CV alone")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableDocument(name, _DAMAGED) from error


def member_names(data: bytes, name: str) -> frozenset[str]:
    """The names of the members of an archive.

    Raises:
        UnreadableDocument: damaged; ``DocumentTooLarge`` where there are too many.
    """
    with _open(data, name) as archive:
        return frozenset(archive.namelist())


def unpack(data: bytes, name: str, limits: Limits, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The members of an archive whose whole name matches ``wanted``, by name.

    Raises:
        EncryptedDocument: one of them is locked.
        DocumentTooLarge: together they unpack to more than ``limits.unpacked`` bytes, or there are too many members.
        UnreadableDocument: the archive is damaged, or holds two members of one name.
    """
    parts: dict[str, bytes] = {}
    total = 0
    with _open(data, name) as archive:
        for member in archive.infolist():
            if not wanted.fullmatch(member.filename):
                continue
            if member.flag_bits & 1:
                raise EncryptedDocument(name, "the file is protected by a password; save it without one")
            if member.filename in parts:
                raise UnreadableDocument(name, "two parts of the document have one name; save it again")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # Other methods unpack without a bound, and no word processor uses them.
                raise UnreadableDocument(name, "it is compressed in an unusual way; save it again")
            try:
                with archive.open(member) as stream:
                    content = stream.read(limits.unpacked - total + 1)
            except _BROKEN as error:
                raise UnreadableDocument(name, _DAMAGED) from error
            total += len(content)
            if total > limits.unpacked:
                raise DocumentTooLarge(name, f"it unpacks to over {limits.unpacked / 1e6:.0f} MB; give a smaller file")
            parts[member.filename] = content
    return parts


def parse_xml(data: bytes, name: str, limits: Limits) -> ElementTree.Element:
    """The tree of an XML part, no deeper than ``limits.depth``, so that its readers may recurse.

    Raises:
        DocumentTooLarge: more than ``limits.elements`` elements, or text that no CV holds.
        UnreadableDocument: not well-formed, nested too deep, or with a document type definition.
    """
    if _has_giant(data, 4 * limits.glyphs_total):
        raise DocumentTooLarge(name, "it holds more text than any CV; give one person's CV")
    parser = ElementTree.XMLParser(target=_Builder(name, limits))
    try:
        parser.feed(data)
        tree = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableDocument(name, "its XML is damaged; save the document again") from error
    if not isinstance(tree, ElementTree.Element):
        raise UnreadableDocument(name, "its XML is damaged; save the document again")
    return tree


def _has_giant(data: bytes, most: int) -> bool:
    """Whether a tag or a text of the XML is longer than ``most`` bytes; the parser would build it before it asks."""
    at = 0
    while at + most < len(data):
        following = data.rfind(b"<", at + 1, at + 1 + most)
        if following < 0:
            return True
        at = following
    return False


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree and stops at the first sign of a bomb."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self._name = name
        self._limits = limits
        self._depth = self._elements = self._characters = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        self._elements += 1 + len(attrs) // 4
        if self._depth > self._limits.depth:
            raise UnreadableDocument(self._name, "its XML is nested too deep; save the document again or as PDF")
        if self._elements > self._limits.elements:
            message = f"it has over {self._limits.elements:,} elements; give one person's CV"
            raise DocumentTooLarge(self._name, message)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)

    def data(self, data: str, /) -> None:
        self._characters += len(data)
        if self._characters > 10 * self._limits.glyphs_total:  # blanks between elements count here too
            raise DocumentTooLarge(self._name, "it holds more text than any CV; give one person's CV")
        super().data(data)

    def doctype(self, *_: object) -> None:
        raise UnreadableDocument(
            self._name, "its XML has a document type, which no word processor writes; save it again"
        )
