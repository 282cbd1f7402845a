"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from ..errors import UnreadableDocument

Format = Literal["pdf", "docx", "text", "markdown"]

_SUPPORTED = "give a PDF, DOCX, Markdown or plain text file"
_MARKDOWN = re.compile(
    r"(?m)^#{1,6} +\S|^(?:\*|-|\+) +\*\*|\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\([^()\s]+\)"
    r"|^\|(?:[ :-]+\|){1,}|^```|^(?:=|-){4,}\n\n"
)
_KNOWN_BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file; save it as DOCX or PDF"),
    (b"{\\rtf", "a rich text file; save it as DOCX or PDF"),
    (b"\x89PNG", "a picture; give the PDF or text it was made from"),
    (b"\xff\xd8\xff", "a picture; give the PDF or text it was made from"),
    (b"GIF8", "a picture; give the PDF or text it was made from"),
    (b"II*\x00", "a picture; give the PDF or text it was made from"),
    (b"MM\x00*", "a picture; give the PDF or text it was made from"),
    (b"%!PS", "a PostScript file; convert it to PDF"),
    (b"\x1f\x8b", "a compressed archive; unpack it first"),
    (b"7z\xbc\xaf", "a compressed archive; unpack it first"),
    (b"Rar!", "a compressed archive; unpack it first"),
)


def sniff(data: bytes, name: str) -> Format:
    """The format of ``data``.

    Raises:
        UnreadableDocument: it is empty or of no kind that can be read; the message says what it is.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocument(name, "the file is empty; give a file that holds a CV")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise UnreadableDocument(name, f"this is {what}")
    if data.startswith(b"PK"):
        return _sniff_archive(data, name)
    return _sniff_text(data, name)


def _sniff_archive(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(name, "the archive is damaged or cut short; save the file again") from error
    if any(member.startswith("word/") for member in members):
        return "docx"
    raise UnreadableDocument(name, f"this archive holds no Word document; {_SUPPORTED}")


def _sniff_text(data: bytes, name: str) -> Format:
    head = decode(data[:200_000])
    strange = sum(ord(c) < 32 and c not in "\t\n\r\f\x0b\x1b" for c in head)
    if strange > max(2, len(head) // 200):
        raise UnreadableDocument(name, f"this is no document that can be read; {_SUPPORTED}")
    if re.match(r"\s*(?:<!doctype html|<html|<\?xml)", head, re.IGNORECASE):
        raise UnreadableDocument(name, "this is a web page or XML; print it to PDF and give that")
    return "markdown" if len(_MARKDOWN.findall(head)) >= 2 else "text"


def decode(data: bytes) -> str:
    """Bytes as text: the encoding that a byte order mark tells, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data[:200:2].count(0) > 80 or data[1:200:2].count(0) > 80:
        return data.decode("utf-16-le" if data[1:200:2].count(0) > 80 else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig")
        return data.decode("cp1252", errors="replace")
