"""Files made to harm: small on disk, endless to those who trust what they say of themselves."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

HELLO = b"BT /F1 12 Tf 72 700 Td (Robin Roe, engineer) Tj 0 -20 Td (Worked with Python at Fjord in 2019) Tj ET\n"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
#: Of this many bytes a bomb unpacks to.
HUGE = 500_000_000
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> %s >>"
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >>"
_CMAP = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n%s\nendcmap end end"

Objects = dict[int, bytes]


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A file of these objects; number 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size, at = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offsets.get(number, 0) for number in range(1, size))
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def packed(data: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + entries)


def page(content: bytes = HELLO, *, box: bytes = b"[0 0 612 792]", resources: bytes = b"", page: bytes = b"",
         font: bytes = FONT, objects: Objects | None = None, trailer: bytes = b"") -> bytes:  # fmt: skip
    """A file of one page; ``content`` may be a stream object already."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: _PAGE % (box, resources, page),
            4: content if content.startswith(b"<<") else stream(content),
            5: font,
            **(objects or {}),
        },
        trailer,
    )


@cache
def flate(size: int, unit: bytes = b"\0", times: int = 1) -> bytes:
    """Zlib data that unpacks to ``size`` bytes, packed ``times`` times over."""
    packer = zlib.compressobj(9)
    block = unit * ((1 << 20) // len(unit))
    data = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def lzw(size: int) -> bytes:
    """LZW data of one letter in ever longer runs."""
    bits = length = total = 0
    data = bytearray()

    def emit(code: int, width: int) -> None:
        nonlocal bits, length
        bits, length = bits << width | code, length + width
        while length >= 8:
            length -= 8
            data.append(bits >> length & 255)
            bits &= (1 << length) - 1

    while total < size:
        emit(256, 12 if total else 9)
        emit(65, 9)
        total += 1
        for code in range(258, 4094):
            emit(code, 9 + (code >= 511) + (code >= 1023) + (code >= 2047))
            total += code - 256
    emit(257, 12)
    return bytes(data)


def cid_font(*, widths: bytes = b"", tounicode: bytes = b"", program: bytes = b"") -> dict[str, object]:
    """Arguments of ``page`` for a font of two bytes a character."""
    told = b"/ToUnicode 7 0 R" if tounicode else b""
    embedded = b"/FontFile2 9 0 R" if program else b""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] %s >>" % told
    system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = {
        6: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo %s /FontDescriptor 8 0 R %s >>"
        % (system, widths),
        8: b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1 1] %s >>" % embedded,
    }
    if tounicode:
        objects[7] = tounicode
    if program:
        objects[9] = program
    return {"font": font, "objects": objects}


def _drawn(content: bytes) -> bytes:
    return page(packed(content))


def _xref_stream(rows: bytes, entries: bytes) -> bytes:
    head = b"%PDF-1.7\n"
    table = b"1 0 obj\n" + stream(rows, b"/Type /XRef /Root 2 0 R /Filter /FlateDecode " + entries) + b"\nendobj\n"
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head)


def _object_stream(content: bytes) -> bytes:
    """A file whose catalogue stands in an object stream."""
    head = b"%PDF-1.7\n"
    entries = b"/Type /ObjStm /N 1000000 /First 4 /Filter /FlateDecode"
    objects = b"9 0 obj\n" + stream(content, entries) + b"\nendobj\n"
    rows = bytes(6) + b"\2\0\0\0\x09\0" + bytes(42) + b"\1" + len(head).to_bytes(4, "big") + b"\0"
    entries = b"/Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode"
    table = b"10 0 obj\n" + stream(zlib.compress(rows), entries) + b"\nendobj\n"
    return head + objects + table + b"startxref\n%d\n%%%%EOF" % (len(head) + len(objects))


def _fan_out(levels: int, width: int) -> bytes:
    forms = {n: stream(b"/X Do\n" * width, _FORM % (n + 1)) for n in range(10, 10 + levels)}
    return page(b"/X Do\n" * width, resources=b"/XObject << /X 10 0 R >>", objects={**forms, 10 + levels: FONT})


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    tree = {2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)}
    sheet = _PAGE % (b"[0 0 612 792]", b"", b"")
    return page(objects={**tree, **dict.fromkeys(range(10, 10 + count), sheet)})


def _deep_pages(depth: int) -> bytes:
    tree = {n: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(10, 10 + depth)}
    sheet = {10 + depth: _PAGE % (b"[0 0 612 792]", b"", b"")}
    return page(objects={1: b"<< /Type /Catalog /Pages 10 0 R >>", **tree, **sheet})


def _encrypted(entries: bytes) -> bytes:
    key = b"(" + b"a" * 48 + b")"
    handler = b"<< /Filter /Standard /O %s /U %s /P -99999999999999 %s >>" % (key, key, entries)
    return page(objects={10: handler}, trailer=b"/Encrypt 10 0 R /ID [(a) (b)]")


def _true_type(maps: int) -> bytes:
    """A font whose many character maps are one and the same, of 65,536 characters."""
    head = b"\0\1\0\0" + struct.pack(">HHHH", 1, 0, 0, 0) + b"cmap" + struct.pack(">LLL", 0, 28, 1 << 20)
    table = struct.pack(">HH", 0, maps) + struct.pack(">HHL", 0, 3, 4 + 8 * maps) * maps
    return head + table + struct.pack(">HHHHHHH", 4, 32, 0, 2, 0, 0, 0) + struct.pack(">HHHHH", 65535, 0, 0, 0, 0)


def _scattered(count: int) -> bytes:
    chance = random.Random(1)
    places = ((chance.random() * 600, chance.random() * 780) for _ in range(count))
    return b"BT /F1 4 Tf " + b"".join(b"1 0 0 1 %.1f %.1f Tm (w) Tj " % place for place in places) + b"ET"


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": b"<Types/>", **members}.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def docx(body: bytes, prolog: bytes = b"") -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return archive(word__document_xml=prolog + b"<w:document %s><w:body>" % space + body + b"</w:body></w:document>")


def _laughs() -> bytes:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    return docx(b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % entities)


_SELF_FORM = {10: stream(b"/X Do /X Do\n", _FORM % 10)}
_TYPE3 = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 "
    b"/Widths [1] /Encoding << /Differences [65 /A] >> /CharProcs << /A 6 0 R >> "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)


def _prev_circle() -> bytes:
    whole = page()
    return page(trailer=b"/Prev %d" % int(whole.split()[-2]))


#: PDF files, each made when it is asked for.
PDFS: dict[str, Callable[[], bytes]] = {
    "flate": lambda: page(stream(flate(HUGE), b"/Filter /FlateDecode")),
    "flate of flate": lambda: page(stream(flate(HUGE, times=2), b"/Filter [/FlateDecode /FlateDecode]")),
    "flate of operators": lambda: page(stream(flate(HUGE, b"q "), b"/Filter /FlateDecode")),
    "object stream": lambda: _object_stream(flate(HUGE, b"1 0 ")),
    "object stream of brackets": lambda: _object_stream(flate(20_000_000, b"[")),
    "xref stream": lambda: _xref_stream(flate(HUGE), b"/Size 100000000 /W [1 2 2]"),
    "xref stream of two billion": lambda: _xref_stream(flate(50), b"/Size 9 /Index [0 2000000000] /W [0 0 0]"),
    "ToUnicode": lambda: page(**cid_font(tounicode=stream(flate(HUGE), b"/Filter /FlateDecode"))),  # type: ignore[arg-type]
    "font file": lambda: page(**cid_font(program=stream(flate(HUGE), b"/Filter /FlateDecode"))),  # type: ignore[arg-type]
    "lzw": lambda: page(stream(lzw(100_000_000), b"/Filter /LZWDecode")),
    "run length": lambda: page(stream(b"\x81A" * 2_000_000, b"/Filter /RunLengthDecode")),
    "flate of ascii 85": lambda: page(stream(flate(30_000_000, b"z"), b"/Filter [/FlateDecode /ASCII85Decode]")),
    "ten thousand filters": lambda: page(stream(b"", b"/Filter [" + b"/FlateDecode " * 10_000 + b"]")),
    "forms 10^9": lambda: _fan_out(9, 10),
    "form in itself": lambda: page(b"/X Do\n" + HELLO, resources=b"/XObject << /X 10 0 R >>", objects=_SELF_FORM),
    "type 3 in itself": lambda: page(
        b"BT /F1 9 Tf (AA) Tj ET", font=_TYPE3, objects={6: stream(b"BT /F1 9 Tf (AA) Tj ET")}
    ),
    "300,000 words": lambda: _drawn(b"BT /F1 9 Tf 72 700 Td " + b"(word) Tj 1 0 Td " * 300_000 + b"ET"),
    "3 million q": lambda: _drawn(HELLO + b"q " * 3_000_000),
    "scattered letters": lambda: _drawn(_scattered(24_000)),
    "20,000 pages": lambda: _pages(20_000),
    "page tree 3,000 deep": lambda: _deep_pages(3_000),
    "page tree in a circle": lambda: page(objects={2: b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R 2 0 R] >>"}),
    "a million kids": lambda: page(objects={2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] >>"}),
    "references in a circle": lambda: page(objects={4: b"10 0 R", 10: b"11 0 R", 11: b"10 0 R"}),
    "length in a circle": lambda: page(objects={4: b"<< /Length 4 0 R >>\nstream\n" + HELLO + b"endstream"}),
    "xref in a circle": _prev_circle,
    "no xref": lambda: b"%PDF-1.4\n" + b"1 0 obj\n<< >>\nendobj\n" * 900_000,
    "no xref, no line": lambda: b"%PDF-1.4\n" + b"x" * 20_000_000,
    "big array": lambda: page(resources=b"/X [" + b"1 " * 10_000_000 + b"]"),
    "big dictionary": lambda: page(resources=b"/X <<" + b"".join(b"/A%d 1 " % n for n in range(1_000_000)) + b">>"),
    "big string": lambda: page(resources=b"/X (" + b"\\(" * 10_000_000 + b")"),
    "big word": lambda: _drawn(b"a" * 20_000_000 + b" " + HELLO),
    "big comment": lambda: _drawn(b"%" + b"a" * 20_000_000 + b"\n" + HELLO),
    "big hexadecimal string": lambda: _drawn(b"BT /F1 9 Tf <" + b"41" * 10_000_000 + b"> Tj ET"),
    "brackets": lambda: _drawn(HELLO + b"[" * 100_000),
    "closed brackets": lambda: _drawn(b"[" * 100_000 + b"]" * 100_000 + b" TJ " + HELLO),
    "dictionaries": lambda: page(resources=b"/X " + b"<< /A " * 100_000 + b">>" * 100_000),
    "parentheses": lambda: _drawn(b"(" * 3_000_000 + b")" * 3_000_000 + b" Tj " + HELLO),
    "huge page": lambda: page(box=b"[0 0 1e308 1e308]"),
    "page of 400 digits": lambda: page(box=b"[0 0 %s 792]" % (b"9" * 400)),
    "page of no numbers": lambda: page(box=b"[nan inf (a) null]"),
    "huge letters": lambda: page(HELLO.replace(b"12 Tf", b"9" * 300 + b" Tf")),
    "huge matrix": lambda: page(b"9" * 300 + b" 0 0 " + b"9" * 300 + b" 0 0 cm " + HELLO),
    "huge spacing": lambda: page(b"BT " + b"9" * 300 + b" Tc " + b"-" + b"9" * 300 + b" TL ET " + HELLO),
    "inline picture without end": lambda: _drawn(HELLO + b"BI /W 1 /H 1 ID " + b"E" * 20_000_000),
    "inline pictures": lambda: _drawn(HELLO + b"BI /W 1 /H 1 ID x EI " * 300_000),
    "map of four billion": lambda: page(
        **cid_font(tounicode=stream(_CMAP % b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"))  # type: ignore[arg-type]
    ),
    "map to long texts": lambda: page(
        **cid_font(tounicode=packed(_CMAP % (b"1 beginbfrange <0000> <FFFF> <" + b"00" * 50_000 + b"> endbfrange")))  # type: ignore[arg-type]
    ),
    "widths of two billion": lambda: page(**cid_font(widths=b"/W [0 2000000000 500]")),  # type: ignore[arg-type]
    "widths again and again": lambda: page(**cid_font(widths=b"/W [" + b"0 65535 500 " * 3_000 + b"]")),  # type: ignore[arg-type]
    "font of 30,000 maps": lambda: page(**cid_font(program=packed(_true_type(30_000)))),  # type: ignore[arg-type]
    "60,000 fonts": lambda: page(
        resources=b"/Font << " + b"".join(b"/G%d %d 0 R " % (n, n) for n in range(100, 60_100)) + b">>",
        objects=dict.fromkeys(range(100, 60_100), FONT),
    ),
    "encryption of two billion bits": lambda: _encrypted(b"/V 2 /R 3 /Length 2000000000"),
    "encryption of version 99": lambda: _encrypted(b"/V 99 /R 99"),
    "encryption of nothing": lambda: _encrypted(b"/V 5 /R 6"),
}

#: DOCX files.
ARCHIVES: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: docx(bytes(HUGE)),
    "a million laughs": _laughs,
    "xml 100,000 deep": lambda: docx(b"<w:p>" * 100_000 + b"</w:p>" * 100_000),
    "many members": lambda: archive(**{f"word__{n}_xml": b"" for n in range(20_000)}),
}

#: What only a process of its own can tell: these took memory or hung inside C. The tests of the command read
#: them, those of a study the others.
IN_PROCESS_OF_ITS_OWN = (
    "flate", "flate of flate", "object stream", "xref stream", "ToUnicode", "font file", "lzw",
    "flate of ascii 85", "forms 10^9", "300,000 words", "3 million q", "scattered letters", "20,000 pages",
    "a million kids", "no xref", "big dictionary", "brackets", "inline picture without end",
    "map of four billion", "60,000 fonts",
)  # fmt: skip

#: Units of texts that were slow for regular expressions, each repeated until the text is long enough.
UNITS = (
    " ", "\t", "a", "a.a.a.", "[", "(", "[]", "7", "7 ", "-", "- ", "–", "*", "*a", "**a** ", " *a", "_a",
    "`a", "`", "<a", "<!--", "![a](", "[a](", "|--", "---|", "> ", "#", ".", ". ", "; ", ", ", "\u00ad",
    "-\u00ad", "e\u0301", "\u0300\u0316", "´", "● ", "E D ", "(cid:1", "A. ", "1. ", "機械",
    "Jan 2019 - Mar 2020 ", "2019 ", "2019-2020, ", "2019\n", "a\n", "- a\n", "  a\n   b\n", "Python ",
    "no Python ", "Python\n", "Machine Learning Engineer ", "Master of Science in ",
    "MSc in X, University of Y, 2019\n", "Engineer\nAcme, 2019 - 2020\n", "A. Roe. A paper. NeurIPS 2020. ",
    "Education\n", "# Education\n", "a\n---\n", "|a|b|\n|-|-|\n", "https://a.b/c/", "a@", "I did it. ",
    "e.g. ", "the word goes on until the line ends here and\n",
)  # fmt: skip


def _text(unit: str, length: int) -> str:
    """The unit so often that the text has so many characters, with a letter at either end."""
    return "x" + unit * (length // len(unit)) + "y"


#: Each unit as a text of a length, as plain text and as Markdown.
TEXTS: dict[str, Callable[[int], bytes]] = {
    unit: lambda length, unit=unit: _text(unit, length).encode()  # type: ignore[misc]
    for unit in UNITS
} | {
    f"# {unit}": lambda length, unit=unit: f"# a\n\n**b** [c](d)\n\n# x{_text(unit, length)}\n".encode()  # type: ignore[misc]
    for unit in UNITS
    if "\n" not in unit
}
