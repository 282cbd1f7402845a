"""Every claim cites words that are there: in the text, on the line and page, and inside the box on the page."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from evidence_checks import Cv, check_quotes, evidence_of
from rendering import Sheets, letters

from profilefit import analyze, render
from profilefit.models import Box, Report

canvas = pytest.importorskip("reportlab.pdfgen.canvas")


def middle(box: Box, upright: bool = True) -> Box:
    """The heart of a word's box, into which no other line and no other word reaches."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if upright:
        reach = 0.1 * (box[3] - box[1])
        return box[0] + 0.6, y - reach, box[2] - 0.6, y + reach
    reach = 0.1 * (box[2] - box[0])
    return x - reach, box[1] + 0.6, x + reach, box[3] - 0.6


def is_without_raised(seen: str, text: str) -> bool:
    """Whether at most two letters are lacking, which are set above the middle of the word: "1st", "m²"."""
    rest = iter(text)
    return 0 < len(text) - len(seen) <= 2 and bool(seen) and all(letter in rest for letter in seen)


def check_boxes(report: Report, source: Path | bytes, upright: bool = True) -> None:
    """Every word of the document stands where its box says, and every evidence's box holds the boxes of its words."""
    document, sheets = report.profile.document, Sheets(source)
    for word in document.words:
        text = letters(document.text[word.start : word.end])
        seen = letters(sheets.words_in(word.page, middle(word.box, upright)))
        broken = document.text[word.end] in "\n\t"  # its other half was taken from the next line
        halved = broken and seen and text.startswith(seen)  # "rein-/forcement"
        assert text == seen or halved or is_without_raised(seen, text), (text, seen)
        assert sheets.has_ink(word.page, word.box)
    for cited in evidence_of(json.loads(render(report, "json"))):
        x0, y0, x1, y1 = cited["box"]
        words = [
            w for w in document.words if w.start < cited["end"] and cited["start"] < w.end and w.page == cited["page"]
        ]
        assert words
        assert all(x0 <= w.box[0] and y0 <= w.box[1] and w.box[2] <= x1 and w.box[3] <= y1 for w in words)


def test_every_claim_of_a_cv_is_in_it(cv: Cv) -> None:
    path, report = cv
    assert len(check_quotes(report)) > 0
    if path.suffix == ".pdf":
        check_boxes(report, path)


ROWS = (
    "Experience",
    "Machine Learning Engineer, Fjord Credit, 2019 - 2021",
    "• Trained rankers in PyTorch for 3M users.",
    "Education",
    "MSc Robotics, University of Oslo, 2017 - 2019",
    "Skills",
    "Python, Kubernetes, C++",
)


def sheet(turn: int, rotate: int, crop: bool) -> bytes:
    """A short CV whose text is turned against the paper, on a page that is turned against the viewer."""
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(595, 842), invariant=1, pageCompression=0)
    page.setPageRotation(rotate)
    if crop:
        page.setCropBox((20, 30, 580, 800))
    page.translate(297, 421)
    page.rotate(90 * turn)
    page.setFont("Helvetica", 10)
    for row, words in enumerate(ROWS):
        page.drawString(-200, 120 - 30 * row, words)
    page.save()
    return target.getvalue()


@pytest.mark.parametrize("crop", [False, True], ids=["whole", "cropped"])
@pytest.mark.parametrize(("turn", "rotate"), [(0, 0), (1, 0), (2, 0), (0, 90), (0, 180), (0, 270), (1, 90), (3, 270)])
def test_boxes_cover_their_words_on_turned_and_cropped_pages(turn: int, rotate: int, crop: bool) -> None:
    data = sheet(turn, rotate, crop)
    report = analyze(io.BytesIO(data))
    assert {skill.id for skill in report.profile.skills} >= {"pytorch", "python", "kubernetes"}
    assert len(check_quotes(report)) > 10
    check_boxes(report, data, upright=(turn + rotate // 90) % 2 == 0)


def test_there_is_ink_in_a_box_and_none_beside_it() -> None:
    data = sheet(0, 0, False)
    sheets, document = Sheets(data), analyze(io.BytesIO(data)).profile.document
    start = document.text.index("Kubernetes")
    box = document.box(start, start + len("Kubernetes"))
    assert box is not None
    assert sheets.has_ink(1, box)
    for across, up in ((0, 15), (0, -15), (300, 0)):  # between the lines, and to the right of them
        blank = box[0] + across, box[1] + up, box[2] + across, box[3] + up
        assert not sheets.has_ink(1, blank)
        assert sheets.words_in(1, middle(blank)) == ""
