"""A marked page looks as it did, but for a colour on each word that a verdict rests on, and one icon."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from drawing import sheets
from pictures import check_pictures, texts

from profilefit import analyze, annotate

pytest.importorskip("pypdf")

ROOT = Path(__file__).parents[2]
#: Two columns, a dark sidebar, tables, gradients, evidence over several lines and cells, three pages.
CVS = [ROOT / "examples/engineer.pdf", ROOT / "examples/linkedin.pdf"] + [
    ROOT / f"tests/corpus/{name}.pdf" for name in ("a09", "e14", "m16", "r05", "r10")
]
ROWS = (
    b"Experience",
    b"Machine Learning Engineer, Fjord Credit, 2019 - 2021",
    b"Trained rankers in PyTorch for 3M users and deployed them on AWS.",
    b"Mined ten terabytes of web pages with Airflow and SQL.",
    b"Publications",
    b"A. Berg. Ranking from few clicks. NeurIPS 2022.",
    b"Skills",
    b"Python, Kubernetes, SQL",
)


def sheet(turn: int = 0, page: bytes = b"", tree: bytes = b"/MediaBox[0 0 600 800]", scale: float = 1.0) -> bytes:
    """A short CV whose text is turned against the paper by so many quarter turns."""
    a, b = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    rows = b"".join(b"1 0 0 1 -170 %d Tm (%s) Tj\n" % (100 - 24 * n, row) for n, row in enumerate(ROWS))
    placed = b"%f %f %f %f %f %f cm " % tuple(scale * part for part in (a, b, -b, a, 300, 400))
    return sheets(placed + b"BT /F 11 Tf " + rows + b"ET", page=page, tree=tree)


@pytest.mark.parametrize("path", CVS, ids=lambda path: path.stem)
def test_the_words_of_evidence_are_coloured_and_nothing_else(path: Path) -> None:
    data, report = path.read_bytes(), analyze(path)
    marked = annotate(report, data)
    assert marked.notes == ()
    assert marked.data.startswith(data)
    assert texts(marked.data) == texts(data)
    again = analyze(io.BytesIO(marked.data)).profile.document
    assert (again.text, again.words) == (report.profile.document.text, report.profile.document.words)
    check_pictures(report, data, marked.data)


@pytest.mark.parametrize(
    "boxes",
    [b"/MediaBox[0 0 600 800]", b"/MediaBox[-20 -30 580 770]/CropBox[40 100 520 1000]", b"/MediaBox[600 810 0 10]"],
    ids=["whole", "cropped", "from-corner-to-corner"],
)
@pytest.mark.parametrize(
    ("turn", "rotate"), [(0, 0), (0, 90), (0, 180), (0, 270), (0, -90), (1, 0), (1, 90), (2, 0), (3, 270)]
)
def test_on_turned_and_cropped_pages(turn: int, rotate: int, boxes: bytes) -> None:
    data = sheet(turn, b"/Rotate %d" % rotate, boxes)
    report = analyze(io.BytesIO(data))
    assert {role.met + role.partial > 1 for role in report.roles} == {True}
    check_pictures(report, data, annotate(report, data).data)


@pytest.mark.parametrize("engine", ["pdfminer", "pdfium"])
def test_units_that_are_no_points(engine: str) -> None:
    data = sheet(0, b"/Rotate 90/UserUnit 4/CropBox[10 20 150 190]", b"/MediaBox[0 0 150 200]", 0.25)
    report = analyze(io.BytesIO(data), pdf_engine=engine)  # type: ignore[arg-type]
    marked = annotate(report, data, pdf_engine=engine)  # type: ignore[arg-type]
    assert len(marked.marks) > 5
    check_pictures(report, data, marked.data)
