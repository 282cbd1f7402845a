"""Marked pages as pictures: which pixels changed, and which words should have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from profilefit.marking.marks import PATHS, SEVERAL
from profilefit.models import Box, Report

pdfium = pytest.importorskip("pypdfium2")

#: Pixels a point, and pixels by which a colour may reach over the edge of its box.
SCALE, EDGE = 2, 2

Picture = npt.NDArray[np.uint8]


def pictures(data: bytes) -> list[Picture]:
    """The pages as rows of pixels of blue, green and red."""
    return [page.render(scale=SCALE).to_numpy()[:, :, :3] for page in pdfium.PdfDocument(data)]


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)]


def region(picture: Picture, box: Box, grown: int) -> tuple[slice, slice]:
    """The pixels of a box, and so many around it."""
    height = len(picture)
    x0, y0, x1, y1 = (SCALE * edge for edge in box)
    rows = slice(max(0, round(height - y1) - grown), max(0, round(height - y0) + grown))
    return rows, slice(max(0, round(x0) - grown), round(x1) + grown)


@dataclass(frozen=True)
class Cited:
    """A word that is evidence, with the indices of the paths that it serves."""

    page: int
    box: Box
    paths: frozenset[int]

    @property
    def rgb(self) -> str:
        return PATHS[min(self.paths)].rgb if len(self.paths) == 1 else SEVERAL.rgb


def cited_words(report: Report) -> list[Cited]:
    document, paths = report.profile.document, {}
    for path, role in enumerate(report.roles):
        for evidence in (e for requirement in role.requirements for e in requirement.evidence):
            for word in document.words:
                if word.start < evidence.end and evidence.start < word.end:
                    paths.setdefault(word, set()).add(path)
    return [Cited(word.page, word.box, frozenset(found)) for word, found in paths.items()]


def between(one: Box, two: Box) -> Box:
    """What lies between neighbours on a line, as high as both are."""
    (x0, x1), (y0, y1) = (sorted((max(one[at], two[at]), min(one[at + 2], two[at + 2]))) for at in (0, 1))
    return x0, y0, x1, y1


def cited_boxes(report: Report) -> Iterator[tuple[int, Box]]:
    """Page and box of each word that is evidence, and of the blanks between those of one line and cell."""
    document = report.profile.document
    for evidence in (e for role in report.roles for requirement in role.requirements for e in requirement.evidence):
        words = [w for w in document.words if w.start < evidence.end and evidence.start < w.end]
        yield from ((word.page, word.box) for word in words)
        for one, two in pairwise(words):
            if document.text[one.end : two.start] == " ":
                yield one.page, between(one.box, two.box)


def check_pictures(report: Report, before: bytes, after: bytes) -> None:
    """Every word that is evidence has its colour, nothing else has changed but an empty place on the first page."""
    plain, marked = pictures(before), pictures(after)
    assert len(plain) == len(marked)
    changed = [(one != two).any(axis=2) for one, two in zip(plain, marked, strict=True)]
    for word in cited_words(report):
        here = region(plain[word.page - 1], word.box, -1)
        tint = np.array([int(word.rgb[at : at + 2], 16) / 255 for at in (5, 3, 1)])
        wanted = plain[word.page - 1][here] * tint
        right = np.abs(marked[word.page - 1][here] - wanted).max(axis=2) <= 3
        assert right.mean() > 0.95  # all but where the box of the next line begins
    for page, box in cited_boxes(report):
        changed[page - 1][region(plain[page - 1], box, EDGE)] = False
    assert not any(page.any() for page in changed[1:])
    rows, columns = np.nonzero(changed[0])
    there = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    assert max(np.ptp(rows), np.ptp(columns)) <= 0.03 * min(changed[0].shape) + EDGE
    assert np.ptp(plain[0][there].reshape(-1, 3), axis=0).max() == 0  # nothing stood where the legend is


def annotations(data: bytes) -> list[list[dict[str, object]]]:
    """What each page is annotated with, without the windows of notes."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    found = [[each.get_object() for each in page.get("/Annots", [])] for page in pages]
    return [[each for each in page if each["/Subtype"] != "/Popup"] for page in found]
