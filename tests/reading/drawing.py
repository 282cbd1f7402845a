"""Small PDFs made for one trap each: drawn with reportlab, or written object by object."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping, Sequence

import pytest
from reading_checks import consistent

from profilefit.models import Document
from profilefit.reading import read_bytes

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

#: Running text that wraps where a column of some 330 points of 10-point letters does.
FLOW = (
    "Built the ranking service that answers forty million queries a day and",
    "cut its latency by a third with quantised models on cheap processors",
    "while the error budget stayed where it was, to the relief of everyone",
    "who carries the pager. Wrote the guide that new colleagues read first.",
)
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
ZERO_WIDTH = frozenset("\u200b\ufeff\u2060")
HELLO = b"BT /F 12 Tf 50 700 Td (A line that is read) Tj ET\n"


def draw(paint: Callable[[canvas.Canvas], None], **options: object) -> bytes:
    """A file of A4 pages."""
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(595, 842), invariant=1, **options)
    paint(page)
    page.save()
    return target.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """The body of a Flate stream object."""
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A whole file with its cross-reference table; object 1 is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"%010d 65535 f \n" % 0 for n in range(size)]
    out += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def sheets(
    *contents: bytes,
    page: bytes = b"",
    tree: bytes = b"/MediaBox[0 0 600 800]",
    fonts: Mapping[bytes, bytes] | None = None,
    resources: bytes = b"",
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """A file with a page for each content stream; size and resources are inherited from the page tree.

    Args:
        page, tree: entries of every page, and of the page tree.
        fonts: font dictionaries beside ``/F``, which is Helvetica.
        resources: further entries of the resources.
        more: further objects, numbered from 100 on.
    """
    named = b"".join(b"/%s %s" % pair for pair in {b"F": HELVETICA, **(fonts or {})}.items())
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(contents)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d%s/Resources<</Font<<%s>>%s>>>>"
        % (kids, len(contents), tree, named, resources),
    }
    for number, content in enumerate(contents):
        objects[10 + 2 * number] = b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s>>" % (11 + 2 * number, page)
        objects[11 + 2 * number] = stream(content)
    return written({**objects, **(more or {})})


def to_unicode(characters: Mapping[int, str]) -> bytes:
    """The stream of a ToUnicode map for one-byte codes."""
    rows = b"".join(b"<%02x> <%s>\n" % (code, t.encode("utf-16-be").hex().encode()) for code, t in characters.items())
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(characters), rows)
    )


def mapped(pieces: Sequence[Sequence[str]], *, name: bytes = b"Body", width: int = 500) -> bytes:
    """Lines of glyphs of one width each, where every glyph stands for the given text (one letter, several, an icon)."""
    codes = {text: code for code, text in enumerate(dict.fromkeys(t for line in pieces for t in line), 33)}
    widths = b" ".join(b"%d" % (0 if text in ZERO_WIDTH else width) for text in codes)
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+%s/FirstChar 33/LastChar %d" % (name, 32 + len(codes))
    font += b"/Widths[%s]/ToUnicode 100 0 R>>" % widths
    rows = b"".join(
        b"1 0 0 1 50 %d Tm <%s> Tj\n" % (700 - 40 * row, bytes(codes[t] for t in line).hex().encode())
        for row, line in enumerate(pieces)
    )
    content = b"BT /F 12 Tf 50 740 Td (Plain words open the page) Tj /G 12 Tf\n%sET" % rows
    return sheets(content, fonts={b"G": font}, more={100: to_unicode({code: text for text, code in codes.items()})})


def shown(data: bytes, *, upright: bool = True) -> Document:
    """The document that a file is read as, checked for consistency (of lines along x, if they are ``upright``)."""
    document = read_bytes(data, "cv.pdf")
    if upright:
        consistent(document)
    return document


def lines(data: bytes) -> list[str]:
    document = shown(data)
    return [document.content(line) for line in document.lines]


def codes(document: Document) -> list[str]:
    """What the document's notes are about."""
    return [note.code for note in document.notes]
