"""The second engine that draws PDF pages; that it tells the same of every CV is in tests/trust/test_engines.py."""

from __future__ import annotations

import sys

import pytest
from drawing import draw

from profilefit import MissingExtra
from profilefit.errors import EncryptedDocument, NoTextLayer, UnreadableDocument
from profilefit.reading import read_bytes


def test_pdfium_drops_what_nobody_sees_and_turns_pages_upright() -> None:
    pytest.importorskip("pypdfium2")

    def paint(page) -> None:  # type: ignore[no-untyped-def]
        page.setFont("Helvetica", 10)
        page.translate(595, 0)
        page.rotate(90)
        page.drawString(100, 500, "Seen by everybody")
        hidden = page.beginText(100, 480)
        hidden.setTextRenderMode(3)
        hidden.textLine("pytorch kubernetes")
        page.drawText(hidden)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(100, 460, "tensorflow in white on white")

    document = read_bytes(draw(paint), "cv.pdf", pdf_engine="pdfium")
    assert document.text == "Seen by everybody\n"
    assert [note.code for note in document.notes] == ["invisible-text"]


def test_errors_of_pdfium_are_typed() -> None:
    pytest.importorskip("pypdfium2")
    sound = draw(lambda page: page.drawString(50, 780, "Words"))
    for data, kind in (
        (sound[: len(sound) // 3], UnreadableDocument),
        (draw(lambda page: page.drawString(50, 780, "Words"), encrypt="secret"), EncryptedDocument),
        (draw(lambda page: page.rect(0, 0, 500, 800, fill=1)), NoTextLayer),
    ):
        with pytest.raises(kind, match=r"; "):
            read_bytes(data, "cv.pdf", pdf_engine="pdfium")


def test_a_missing_engine_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.delitem(sys.modules, "profilefit.reading.pdf.pdfium", raising=False)
    monkeypatch.delitem(sys.modules, "profilefit.reading.pdf.pdfium_calls", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'profilefit\[pdfium\]'"):
        read_bytes(draw(lambda page: page.drawString(50, 780, "Words")), "cv.pdf", pdf_engine="pdfium")
