"""Pages and texts that are turned: read as if upright, with boxes where a viewer shows the words."""

from __future__ import annotations

import pytest
from drawing import FLOW, canvas, codes, draw, sheets, shown

#: Text matrices by quarter turns, and where the text of such a matrix begins on a page of 600 × 800.
MATRICES = ((b"1 0 0 1", 60, 700), (b"0 1 -1 0", 100, 60), (b"-1 0 0 -1", 540, 100), (b"0 -1 1 0", 500, 740))


def running(turn: int) -> bytes:
    """The lines of FLOW, each set by a matrix of its own, turned by so many quarter turns."""
    matrix, x, y = MATRICES[turn]
    steps = ((0, -14), (14, 0), (0, 14), (-14, 0))[turn]
    rows = (
        b"%s %d %d Tm (%s) Tj\n" % (matrix, x + n * steps[0], y + n * steps[1], words.encode())
        for n, words in enumerate(FLOW)
    )
    return b"BT /F 10 Tf\n%sET" % b"".join(rows)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_pages_and_texts_turned_by_quarters_read_alike(rotate: int, turn: int) -> None:
    document = shown(sheets(running(turn), page=b"/Rotate %d" % rotate), upright=False)
    assert document.text.splitlines() == list(FLOW)
    assert codes(document) == []
    first, last = document.words[0].box, document.words[-1].box
    width, height = (800, 600) if rotate in (90, 270) else (600, 800)
    assert all(0 <= b[0] < b[2] <= width and 0 <= b[1] < b[3] <= height for b in (w.box for w in document.words))
    ahead = [(-first[1], 1), (first[0], 0), (first[1], 1), (-first[0], 0)][(turn - rotate // 90) % 4]
    sign = 1 if ahead[0] >= 0 else -1
    assert sign * first[ahead[1]] < sign * last[ahead[1]]  # lines follow each other down, right, up or left


def test_an_upright_page_and_a_turned_one() -> None:
    document = shown(sheets(running(0), running(1), running(0)), upright=False)
    assert document.text.splitlines() == list(FLOW) * 3
    assert [line.page for line in document.lines] == [1] * 4 + [2] * 4 + [3] * 4


def test_a_watermark_and_a_mark_in_the_margin_are_left_out_in_silence() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for row, words in enumerate(FLOW):
            page.drawString(100, 700 - 13 * row, words)
        page.saveState()
        page.translate(30, 300)
        page.rotate(90)
        page.drawString(0, 0, "Version 3 of 2024")
        page.restoreState()
        page.setFillGray(0.8)
        page.setFont("Helvetica", 80)
        page.translate(150, 300)
        page.rotate(45)
        page.drawString(0, 0, "DRAFT")

    document = shown(draw(paint))
    assert document.text.splitlines() == list(FLOW)
    assert codes(document) == []


def test_much_text_at_another_angle_is_left_out_with_a_note() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for row, words in enumerate(FLOW):
            page.drawString(100, 700 - 13 * row, words)
        page.translate(30, 100)
        page.rotate(90)
        page.drawString(0, 0, "Kubernetes, Terraform and twelve other words for machines")

    document = shown(draw(paint))
    assert document.text.splitlines() == list(FLOW)
    (note,) = document.notes
    assert note.code == "turned-text"
    assert note.message.startswith("50 characters")
