"""Points in a page's own coordinates, in those of a viewer, and on a page that is turned to be read."""

from __future__ import annotations

from collections.abc import Sequence

from profilefit.models import Box

Matrix = tuple[float, float, float, float, float, float]

#: A crop box narrower than this (points) is a mistake.
_SMALLEST_PAGE = 10
#: Width and height of a page that does not tell its own, in points.
_LETTER = (612.0, 792.0)


def as_viewed(mediabox: Sequence[float], cropbox: Sequence[float], rotate: int) -> tuple[Matrix, float, float]:
    """What turns a page's own coordinates into those of a viewer, and the width and height that a viewer shows.

    Args:
        mediabox, cropbox: two opposite corners, ``(x0, y0, x1, y1)``, in points.
        rotate: degrees clockwise, a multiple of 90.
    """
    mediabox, cropbox = _upright(mediabox), _upright(cropbox)
    x0, y0 = max(mediabox[0], cropbox[0]), max(mediabox[1], cropbox[1])
    x1, y1 = min(mediabox[2], cropbox[2]), min(mediabox[3], cropbox[3])
    if x1 - x0 < _SMALLEST_PAGE or y1 - y0 < _SMALLEST_PAGE:
        x0, y0, x1, y1 = mediabox
    if x1 - x0 < _SMALLEST_PAGE or y1 - y0 < _SMALLEST_PAGE:
        x1, y1 = x0 + _LETTER[0], y0 + _LETTER[1]  # as viewers do
    matrix: Matrix = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(rotate % 360, (1, 0, 0, 1, -x0, -y0))
    return (matrix, y1 - y0, x1 - x0) if rotate % 180 else (matrix, x1 - x0, y1 - y0)


def _upright(box: Sequence[float]) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def times(one: Matrix, two: Matrix) -> Matrix:
    """``one`` and then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """The point that a matrix makes of a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved_back(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """The point that a matrix which only turns and shifts has made into this one."""
    a, b, c, d, e, f = matrix
    return a * (x - e) + b * (y - f), c * (x - e) + d * (y - f)


def direction(a: float, b: float) -> int:
    """The direction of a line of text in quarter turns; -1 where it is slanted."""
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= 0.05 * abs(b):
        return 1 if b > 0 else 3
    return -1


def turned(turn: int, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """A point of the page after the page is turned so that text of this direction runs to the right."""
    if turn == 1:
        return y, width - x
    if turn == 2:
        return width - x, height - y
    if turn == 3:
        return height - y, x
    return x, y
