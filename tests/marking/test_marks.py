"""What the notes say, in which colours, and where the legend finds a place."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pictures import sheet

from profilefit import Report, analyze
from profilefit.marking.legend import find_place, legend
from profilefit.marking.marks import PATHS, SEVERAL, Colour, find_marks


def citing(*cited: tuple[int, str, int]) -> Report:
    """A report of a small CV whose paths have one requirement each: path, words and level of each evidence."""
    report = analyze(io.BytesIO(sheet()))
    document = report.profile.document
    roles = []
    for path, role in enumerate(report.roles):
        spans = [(document.text.index(words), len(words), level) for index, words, level in cited if index == path]
        evidence = tuple(document.cite(start, start + length, None, level) for start, length, level in spans)
        roles.append(replace(role, requirements=(replace(role.requirements[0], evidence=evidence),)))
    return replace(report, roles=tuple(roles))


def marked_words(report: Report) -> list[tuple[str, Colour, str]]:
    """The words of each mark, its colour, and its note on one line."""
    document = report.profile.document
    return [
        (
            " ".join(
                document.text[word.start : word.end]
                for word in document.words
                if any(box[0] <= word.box[0] and word.box[2] <= box[2] and box[1] == word.box[1] for box in mark.boxes)
            ),
            mark.colour,
            mark.note.replace("\n", " / "),
        )
        for mark in find_marks(report)
    ]


ENGINEERING = "Machine learning engineer / E1 Cloud"
RESEARCH = "Machine learning researcher / R1 ML libraries"


def test_words_that_show_several_things_have_one_mark_that_names_all() -> None:
    report = citing((0, "Trained rankers in PyTorch", 3), (1, "PyTorch for", 2), (1, "PyTorch", 1), (1, "SQL", 1))
    assert marked_words(report) == [
        ("Trained rankers in", PATHS[0], f"{ENGINEERING}: demonstrated"),
        ("PyTorch", SEVERAL, f"{ENGINEERING}: demonstrated / {RESEARCH}: used"),
        ("for", PATHS[1], f"{RESEARCH}: used"),
        ("SQL.", PATHS[1], f"{RESEARCH}: listed"),
    ]


def test_evidence_side_by_side_keeps_its_own_marks() -> None:
    report = citing((0, "Python", 1), (0, "Kubernetes", 1))
    assert [words for words, _, _ in marked_words(report)] == ["Python,", "Kubernetes,"]


def test_evidence_over_lines_is_one_mark_with_a_box_for_each() -> None:
    (mark,) = find_marks(citing((0, "deployed them on AWS.\nMined ten", 2)))
    (x0, y0, x1, y1), below = mark.boxes
    assert below[3] < y0 < y1
    assert below[0] < x0
    assert below[2] < x1


def test_the_legend_counts_marks_and_names_what_has_none() -> None:
    report = citing((0, "Trained rankers in PyTorch", 3), (0, "SQL", 1))
    rows = legend(report, find_marks(report)).split("\n")
    assert [row.split(":")[0] for row in rows[1:4]] == ["Blue", "Yellow", "Pink"]
    assert [row.rsplit("; ")[1] for row in rows[1:4]] == ["2 marks", "0 marks", "0 marks"]
    assert rows[-1] == "Not found in this document: R1 ML libraries."


def test_one_path_alone_has_one_colour() -> None:
    report = analyze(io.BytesIO(sheet()), roles=["ml-researcher"])
    marks = find_marks(report)
    assert {mark.colour for mark in marks} == {PATHS[0]}
    assert SEVERAL.name not in legend(report, marks).lower()


#: How people without red, green or blue cones see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "all": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: Colour) -> np.ndarray:
    parts = np.array([int(colour.rgb[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(XYZ @ np.clip(light, 0, 1) / (0.9505, 1, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
def test_colours_look_apart_to_all_eyes_and_text_can_be_read_on_them(eyes: str) -> None:
    colours = [PATHS[0], PATHS[1], SEVERAL, Colour("white", "#ffffff")]
    seen = [lab(np.array(EYES[eyes]) @ linear(colour)) for colour in colours]
    assert min(np.linalg.norm(one - two) for one, two in itertools.combinations(seen, 2)) > 20
    for colour in (*PATHS, SEVERAL):
        assert (XYZ[1] @ linear(colour) + 0.05) / 0.05 > 10  # the contrast of black on it; 7 is asked of text


edges = st.floats(0, 800)
boxes = st.tuples(edges, edges, edges, edges).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@settings(max_examples=30, deadline=None)
@given(st.lists(boxes, max_size=12), st.sampled_from([(1, 1), (2, 1), (2, 2), (1, 2)]))
def test_the_legend_stands_where_nothing_is(
    taken: list[tuple[float, float, float, float]], swing: tuple[int, int]
) -> None:
    place = find_place(600, 800, taken, *swing)
    if place:
        x0, y0, x1, y1 = place
        size = x1 - x0
        x1, y0 = x0 + swing[0] * size, y1 - swing[1] * size
        assert min(x0, y0) > 0
        assert x1 < 600
        assert y1 < 800
        assert not any(b[0] < x1 and x0 < b[2] and b[1] < y1 and y0 < b[3] for b in taken)
    assert find_place(600, 800, [*taken, (0, 0, 600, 800)], *swing) is None
    assert find_place(600, 800, [], *swing) is not None
