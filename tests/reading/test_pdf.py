"""Small PDFs drawn for one trap each, read back as a person would read them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_checks import consistent, paragraphs

from profilefit.errors import DocumentTooLarge, EncryptedDocument, NoTextLayer, UnreadableDocument
from profilefit.reading import Limits, read, read_bytes

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

FLOW = (
    "Built the ranking service that answers forty million queries a day and",
    "cut its latency by a third with quantised models on cheap processors",
    "while the error budget stayed where it was, to the relief of everyone",
    "who carries the pager. Wrote the guide that new colleagues read first.",
)


def draw(paint: Callable[[canvas.Canvas], None], **options: object) -> bytes:
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(595, 842), invariant=1, **options)
    paint(page)
    page.save()
    return target.getvalue()


def lines(data: bytes) -> list[str]:
    document = read_bytes(data, "cv.pdf")
    consistent(document)
    return [document.content(line) for line in document.lines]


def test_two_columns_never_mix() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 20)
        page.drawString(50, 790, "A name that crosses both of the columns, as names do")
        for column, x in enumerate((50, 330)):
            page.setFont("Helvetica", 9)
            for row in range(24):
                page.drawString(x, 750 - 13.0 * row - 4.7 * column, f"column {column} row {row} with words and words")

    text = lines(draw(paint))
    assert [line.split()[1] for line in text[1:]] == ["0"] * 24 + ["1"] * 24


def test_dates_in_the_margin_and_on_the_right_stay_with_their_entry() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for entry, y in enumerate((780, 700, 620)):
            page.drawRightString(130, y, f"201{entry} – 201{entry + 1}")
            page.drawString(140, y, f"Engineer number {entry}")
            page.drawRightString(545, y, "Oslo")
            for row, words in enumerate(FLOW[:3]):
                page.drawString(140, y - 14 * (row + 1), words)

    text = lines(draw(paint))
    assert [line for line in text if "\t" in line] == [
        f"201{n} – 201{n + 1}\tEngineer number {n}\tOslo" for n in range(3)
    ]
    assert text[1:4] == list(FLOW[:3])


def test_a_stack_of_place_and_dates_beside_bullets_goes_to_the_title() -> None:
    def paint(page: canvas.Canvas) -> None:
        for y in (780, 680, 580):
            page.setFont("Helvetica-Bold", 10)
            page.drawString(50, y, "Analyst, Fjord Credit")
            page.setFont("Helvetica", 10)
            for row, cell in enumerate(("Oslo", "May 2019 – June 2021", "2 years 2 months")):
                page.drawRightString(545, y - 13 * row, cell)
            for row in range(4):
                page.drawString(58, y - 13 * (row + 1), "•")
                page.drawString(68, y - 13 * (row + 1), f"Did a thing of some weight, in round {row}")

    text = lines(draw(paint))
    assert text[0] == "Analyst, Fjord Credit\tOslo\tMay 2019 – June 2021\t2 years 2 months"
    assert [line for line in text if line.startswith("Did")] == [
        f"Did a thing of some weight, in round {n}" for n in range(4)
    ] * 3


def test_bullets_and_wrapped_lines_make_paragraphs() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 14)
        page.drawString(50, 800, "Work")
        page.setFont("Helvetica", 10)
        for block, y in enumerate((780, 720)):
            page.drawString(50, y, "•" if block == 0 else "–")
            for row, words in enumerate(FLOW):
                page.drawString(60, y - 13 * row, words)

    document = read_bytes(draw(paint), "cv.pdf")
    assert paragraphs(document) == ["Work", " ".join(FLOW), " ".join(FLOW)]
    assert [line.bullet for line in document.lines] == [False, True, False, False, False, True, False, False, False]


def test_broken_words_are_rejoined_and_real_hyphens_stay() -> None:
    rows = (
        "The lab studies reinforcement learning for robots and plans with rein-",
        "forcement of other kinds, and it trains its policies with the PPO-",
        "style objective which the group had tuned for a long time before that.",
    )

    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for row, words in enumerate(rows):
            page.drawString(50, 780 - 13 * row, words)

    text = lines(draw(paint))
    assert text[0].endswith("plans with reinforcement")
    assert text[1].startswith("of other kinds")
    assert text[1].endswith("the PPO-style")


def test_letters_colours_and_fake_bold() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        x = 50.0
        for letter in "EDUCATION":
            page.drawString(x, 780, letter)
            x += page.stringWidth(letter, "Helvetica", 10) + 3
        page.setFillColorRGB(0.8, 0, 0)
        page.drawString(50, 760, "S")
        page.setFillColorRGB(0, 0, 0)
        page.drawString(50 + page.stringWidth("S", "Helvetica", 10), 760, "ummary of work")
        for shift in (0, 0.3):
            page.drawString(50 + shift, 740, "Doubled")
        page.drawString(50, 720, "e\ufb03cient work\u00a0flow and 10\u20112 icons \ue123")

    assert lines(draw(paint))[:3] == ["EDUCATION", "Summary of work", "Doubled"]


def test_text_that_nobody_sees_is_left_out_with_a_note() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        page.drawString(50, 780, "Seen by everybody")
        page.saveState()
        hidden = page.beginText(50, 760)
        hidden.setTextRenderMode(3)
        hidden.textLine("python pytorch kubernetes")
        page.drawText(hidden)
        page.restoreState()
        page.setFillColorRGB(1, 1, 1)
        page.drawString(50, 740, "tensorflow in white on white")
        page.setFillColorRGB(0.1, 0.2, 0.4)
        page.rect(40, 690, 300, 30, stroke=0, fill=1)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(50, 700, "White on blue")
        page.setFillColorRGB(0, 0, 0)
        page.drawString(50, 640, "Seen again")

    document = read_bytes(draw(paint), "cv.pdf")
    assert [document.content(line) for line in document.lines] == ["Seen by everybody", "White on blue", "Seen again"]
    assert [note.code for note in document.notes] == ["invisible-text"]


def test_a_turned_page_reads_as_an_upright_one() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        page.translate(595, 0)
        page.rotate(90)
        for row, words in enumerate(FLOW):
            page.drawString(100, 500 - 13 * row, words)

    document = read_bytes(draw(paint), "cv.pdf")
    assert [document.content(line) for line in document.lines] == list(FLOW)
    first, last = document.words[0].box, document.words[-1].box
    assert first[0] < last[0]  # the text runs up the page, its lines from left to right
    assert all(box[2] <= 595 and box[3] <= 842 for box in (word.box for word in document.words))


def test_headers_and_footers_that_repeat_are_left_out() -> None:
    def paint(page: canvas.Canvas) -> None:
        for number in (1, 2, 3):
            page.setFont("Helvetica", 8)
            page.drawString(50, 815, "Robin Roe – Curriculum vitae")
            page.drawString(280, 20, f"Page {number} of 3")
            page.setFont("Helvetica", 10)
            page.drawString(50, 600, f"Body of sheet {number}")
            page.showPage()

    assert lines(draw(paint)) == [f"Body of sheet {number}" for number in (1, 2, 3)]


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
