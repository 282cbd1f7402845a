"""Text that nobody sees is left out, with a note, and claims nothing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from drawing import canvas, codes, draw, shown

from profilefit import analyze

Paint = Callable[[canvas.Canvas], None]
WORDS = "Kubernetes TensorFlow PyTorch"


def words(page: canvas.Canvas, y: float = 600, x: float = 50, size: float = 10) -> None:
    page.setFont("Helvetica", size)
    page.drawString(x, y, WORDS)


def mode(number: int) -> Paint:
    def paint(page: canvas.Canvas) -> None:
        hidden = page.beginText(50, 600)
        hidden.setTextRenderMode(number)
        hidden.textLine(WORDS)
        page.drawText(hidden)

    return paint


def grey(shade: float) -> Paint:
    def paint(page: canvas.Canvas) -> None:
        page.setFillGray(shade)
        words(page)

    return paint


def box_in(shade: float, page: canvas.Canvas, y: float = 585) -> None:
    page.setFillGray(shade)
    page.rect(40, y, 300, 40, stroke=0, fill=1)


def white_box_on_dark(page: canvas.Canvas) -> None:
    box_in(0.2, page, 580)
    page.setFillGray(1)
    page.rect(45, 590, 250, 25, stroke=0, fill=1)
    words(page)


def dark_on_dark(page: canvas.Canvas) -> None:
    box_in(0.2, page)
    page.setFillGray(0.205)
    words(page)


def black_on_black(page: canvas.Canvas) -> None:
    box_in(0, page)
    words(page)


def covered_by_a_box(page: canvas.Canvas) -> None:
    words(page)
    box_in(1, page)


def covered_on_a_panel(page: canvas.Canvas) -> None:
    box_in(0.9, page, 580)
    page.setFillGray(0)
    words(page)
    page.setFillGray(0.9)
    page.rect(45, 590, 250, 25, stroke=0, fill=1)


def picture(page: canvas.Canvas, mask: object = None) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    image = Image.new("RGBA" if mask else "RGB", (20, 20), mask or (90, 120, 150))
    page.drawImage(ImageReader(image), 40, 580, 300, 50, mask="auto" if mask else None)


def covered_by_a_picture(page: canvas.Canvas) -> None:
    words(page)
    picture(page)


def clear(page: canvas.Canvas) -> None:
    page.setFillAlpha(0)
    words(page)


HIDDEN: dict[str, Paint] = {
    "render mode 3": mode(3),
    "render mode 7": mode(7),
    "white on white": grey(1),
    "a hair off white": grey(0.985),
    "white on a white box over a dark one": white_box_on_dark,
    "a hair off a dark box": dark_on_dark,
    "black on black": black_on_black,
    "covered by a white box": covered_by_a_box,
    "covered by a box of the panel's colour": covered_on_a_panel,
    "covered by a picture": covered_by_a_picture,
    "above the page": lambda page: words(page, y=900),
    "left of the page": lambda page: words(page, x=-200),
    "below the page": lambda page: words(page, y=-15),
    "letters of one point": lambda page: words(page, size=1),
    "clear": clear,
}


def with_hidden(paint: Paint) -> bytes:
    def sheet(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        page.drawString(50, 780, "Skills")
        page.drawString(50, 765, "Python, Git")
        page.saveState()
        paint(page)
        page.restoreState()
        page.setFont("Helvetica", 10)
        page.drawString(50, 400, "Seen again")

    return draw(sheet, pageCompression=0)


@pytest.mark.parametrize("paint", HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_sees_is_left_out_with_a_note(paint: Paint) -> None:
    data = with_hidden(paint)
    document = shown(data)
    assert document.text.split() == ["Skills", "Python,", "Git", "Seen", "again"]
    (note,) = document.notes
    assert note.code == "invisible-text"
    assert str(len(WORDS.replace(" ", ""))) in note.message
    claimed = {skill.id for skill in analyze(io.BytesIO(data)).profile.skills if not skill.implied_by}
    assert claimed == {"python", "git"}


def white_on_dark(page: canvas.Canvas) -> None:
    box_in(0.2, page)
    page.setFillGray(1)
    words(page)


def white_on_a_picture(page: canvas.Canvas) -> None:
    picture(page)
    page.setFillGray(1)
    words(page)


def under_a_clear_picture(page: canvas.Canvas) -> None:
    words(page)
    picture(page, (90, 120, 150, 20))


def under_a_marker(page: canvas.Canvas) -> None:
    words(page)
    page.setFillAlpha(0.3)
    box_in(0.6, page)


def under_a_frame(page: canvas.Canvas) -> None:
    words(page)
    page.rect(40, 585, 300, 40, stroke=1, fill=0)


def beside_a_box(page: canvas.Canvas) -> None:
    words(page)
    page.setFillGray(0.5)
    page.rect(40, 560, 300, 30, stroke=0, fill=1)


def outlined(page: canvas.Canvas) -> None:
    page.setFillGray(1)
    mode(2)(page)


SEEN: dict[str, Paint] = {
    "white on dark": white_on_dark,
    "white on a picture": white_on_a_picture,
    "under a clear picture": under_a_clear_picture,
    "under a marker": under_a_marker,
    "inside a frame": under_a_frame,
    "beside a box": beside_a_box,
    "light grey": grey(0.7),
    "letters of five points": lambda page: words(page, size=5),
    "white with an outline": outlined,
    "only an outline": mode(1),
}


@pytest.mark.parametrize("paint", SEEN.values(), ids=SEEN)
def test_what_can_be_seen_stays(paint: Paint) -> None:
    document = shown(with_hidden(paint))
    assert WORDS in document.text
    assert codes(document) == []


@pytest.mark.parametrize("over", [False, True], ids=["text under the picture", "clear text over it"])
def test_the_text_layer_of_a_scan_is_read_with_a_note(over: bool) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def paint(page: canvas.Canvas) -> None:
        scan = ImageReader(Image.new("RGB", (60, 80), (240, 240, 235)))
        if over:
            page.drawImage(scan, 0, 0, 595, 842)
        text = page.beginText(50, 780)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(3 if over else 0)
        text.textLines([f"{number}. {WORDS}" for number in range(12)])
        page.drawText(text)
        page.setFont("Helvetica", 1)
        page.drawString(50, 50, "Hadoop")
        if not over:
            page.drawImage(scan, 0, 0, 595, 842)

    document = shown(draw(paint))
    assert document.text.count(WORDS) == 12
    assert "Hadoop" not in document.text
    assert codes(document) == ["recognised-text"]


def test_text_outside_the_crop_box_is_unseen() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setCropBox((40, 300, 595, 842))
        page.drawString(50, 700, "Inside of the box")
        page.drawString(50, 200, WORDS)

    document = shown(draw(paint))
    assert document.text == "Inside of the box\n"
    assert codes(document) == ["invisible-text"]
