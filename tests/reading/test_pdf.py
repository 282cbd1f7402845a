"""What no reader of PDFs may do: hang, swell, guess or answer differently the next time. The traps are in ``pdf/``."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from drawing import canvas, draw, lines

from profilefit.errors import DocumentTooLarge, EncryptedDocument, NoTextLayer, UnreadableDocument
from profilefit.reading import Limits, read, read_bytes


def test_reading_is_the_same_every_time() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        page.drawString(50, 780, "Once and again")

    data = draw(paint)
    assert read_bytes(data, "cv.pdf") == read_bytes(data, "cv.pdf")


def test_errors_are_typed_and_name_the_fix(tmp_path: Path) -> None:
    def paint(page: canvas.Canvas) -> None:
        page.drawString(50, 780, "Words")

    sound = draw(paint)
    cases: list[tuple[bytes, type[UnreadableDocument]]] = [
        (b"", UnreadableDocument),
        (b"   \n", UnreadableDocument),
        (b"\x89PNG\r\n\x1a\n" + bytes(80), UnreadableDocument),
        (b"PK\x03\x04 cut short", UnreadableDocument),
        (sound[: len(sound) // 3], UnreadableDocument),
        (b"%PDF-1.7 and nothing more", UnreadableDocument),
        (draw(paint, encrypt="secret"), EncryptedDocument),
        (draw(lambda page: page.rect(0, 0, 500, 800, fill=1)), NoTextLayer),
    ]
    for data, kind in cases:
        with pytest.raises(kind, match=r"; "):
            read_bytes(data, "cv.pdf")
    for path in (tmp_path / "missing.pdf", tmp_path):
        with pytest.raises(UnreadableDocument, match=r"; "):
            read(path)
    with pytest.raises(DocumentTooLarge, match="MB"):
        read_bytes(sound, "cv.pdf", Limits(bytes=100))


def pdf_of(content: bytes, extra: bytes = b"", resources: bytes = b"") -> bytes:
    """A one-page file around a Flate stream, with more objects from number 5 on."""
    packed = zlib.compress(content)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
        b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>" + resources + b">>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n"
        % len(packed)
        + packed
        + b"\nendstream endobj\n"
        + extra
        + b"trailer<</Root 1 0 R>>\n"
    )


HELLO = b"BT /F 12 Tf 50 700 Td (A line that is read) Tj ET\n"


def test_bombs_are_refused_or_cut() -> None:
    assert lines(pdf_of(HELLO)) == ["A line that is read"]
    with pytest.raises(DocumentTooLarge):
        read_bytes(pdf_of(HELLO + b" " * 3_000_000), "cv.pdf", Limits(unpacked=1_000_000))
    small = Limits(operators=2_000, form_calls=50, form_depth=5)
    for hostile in (HELLO + b"q " * 9_000, HELLO + b"BT (x) Tj ET " * 2_000, HELLO + b"1 " * 90_000):
        document = read_bytes(pdf_of(hostile), "cv.pdf", small)
        assert document.text.startswith("A line that is read")
        assert "page-cut" in [note.code for note in document.notes]
    forms = b"".join(
        b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>/Length 12>>stream\n"
        b"/A Do /A Do \nendstream endobj\n" % (n, n + 1)
        for n in range(5, 45)
    )
    document = read_bytes(pdf_of(HELLO + b"/A Do ", forms, b"/XObject<</A 5 0 R>>"), "cv.pdf", small)
    assert "page-cut" in [note.code for note in document.notes]


def test_only_so_many_pages_are_read() -> None:
    def paint(page: canvas.Canvas) -> None:
        for number in range(5):
            page.drawString(50, 500, f"Sheet {number}")
            page.showPage()

    document = read_bytes(draw(paint), "cv.pdf", Limits(pages=2))
    assert document.text == "Sheet 0\nSheet 1\n"
    assert document.source.pages == 5
    assert [note.code for note in document.notes] == ["pages-left-out"]
