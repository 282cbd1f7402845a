"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from profilefit.errors import EncryptedDocument, UnreadableDocument
from profilefit.reading.archive import member_names

Format = Literal["pdf", "docx", "odt", "html", "text", "markdown", "json", "csv"]

_SUPPORTED = "give a PDF, DOCX, ODT, HTML, Markdown or plain text file, a JSON Resume or a LinkedIn data export"
_JSON = re.compile(r"""\s*(?:\{\s*["}]|\[\s*[\[\]{"])""")
#: A table that tells a LinkedIn data export from other archives and folders.
EXPORT_TABLE = re.compile(r"(?:^|[/\\])(?:Positions|Education|Skills|Profile)\.csv$", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"(?m)^#{1,6} +\S|^(?:\*|-|\+) +\*\*|\*\*[^*\n]{1,300}\*\*|\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)"
    r"|^\|(?:[ :-]+\|){1,}|^```|^(?:=|-){4,}\n\n"
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)
_HTML_TAG = re.compile(
    r"</?(?:div|p|span|table|tr|td|ul|ol|li|h[1-6]|br|a|b|strong|body|section|font)[\s/>]", re.IGNORECASE
)
_XML = re.compile(r"\s*<(?:\?xml\s|!doctype\s|[a-z][\w.-]*:[a-z]|svg[\s>]|[a-z][\w:.-]*\s[^>]*xmlns)", re.IGNORECASE)
#: Archives that are no CV to be read, by a member or the start of one.
_OTHER_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("xl/", "a spreadsheet (XLSX); save the CV as DOCX or PDF"),
    ("ppt/", "a presentation (PPTX); save it as PDF"),
    ("META-INF/container.xml", "an e-book (EPUB); convert it to PDF"),
    ("Index/Document.iwa", "a Pages document; export it as DOCX or PDF"),
    ("Index.zip", "a Pages document; export it as DOCX or PDF"),
    ("index.xml", "a Pages document; export it as DOCX or PDF"),
    ("META-INF/MANIFEST.MF", "a Java program; give the CV"),
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
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedDocument(name, "the file is protected by a password; save it without one")
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise UnreadableDocument(name, f"this is {what}")
    if data.startswith(b"PK"):
        return _sniff_archive(data, name)
    return _sniff_text(data, name)


def _sniff_archive(data: bytes, name: str) -> Format:
    members = member_names(data, name)
    if any(member.startswith("word/") for member in members):
        return "docx"
    if "content.xml" in members or "encrypted-package" in members:
        return "odt"
    if any(map(EXPORT_TABLE.search, members)):
        return "csv"
    for start, what in _OTHER_ARCHIVES:
        if any(member.startswith(start) for member in members):
            raise UnreadableDocument(name, f"this is {what}")
    raise UnreadableDocument(name, f"this archive holds no document that can be read; {_SUPPORTED}")


def _sniff_text(data: bytes, name: str) -> Format:
    head = decode(data[:200_000])
    strange = sum(ord(c) < 32 and c not in "\t\n\r\f\x0b\x1b" for c in head)
    if strange > max(2, len(head) // 200):
        raise UnreadableDocument(name, f"this is no document that can be read; {_SUPPORTED}")
    if _JSON.match(head):
        return "json"
    marks = len(_MARKDOWN.findall(head))
    tags = len(_HTML_TAG.findall(head)) if marks < 2 else 0
    if _HTML.match(head) or tags >= (4 if head.lstrip().startswith("<") and not _XML.match(head) else 12):
        return "html"
    if _XML.match(head):
        raise UnreadableDocument(name, f"this is XML of a kind that is not read; {_SUPPORTED}")
    if re.match(r"(?:[\w-]+:.*\n)*?(?:mime-version|content-type): ?(?:1\.0|multipart/related)", head, re.IGNORECASE):
        raise UnreadableDocument(name, "this is a web archive or an e-mail; save it as HTML or PDF")
    return "markdown" if marks >= 2 else "text"


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
