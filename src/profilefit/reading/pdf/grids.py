"""Boxed tables: the lines of a cell are one text, and all cells of a row stand at its top.

Rules say what geometry alone cannot: browsers set cells in the middle of their row, so that neither their first lines
nor their last ones meet, and a name broken over two lines looks like two rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from profilefit.reading.pdf.glyphs import Fragment, Rule

#: Rules that miss one another by this much, in points, meet.
_NEAR = 2.0
#: Lines of a cell at most: a layout made of a table has more.
_MOST_LINES = 4
#: Rules across times rules down of a page: more are a drawing.
_MOST_CROSSINGS = 200_000

#: Left, bottom, right and top.
_Cell = tuple[float, float, float, float]


def join_cells(fragments: Sequence[Fragment], rules: Sequence[Rule]) -> list[Fragment]:
    """The fragments of a page, those of each cell of a boxed table put together.

    Lines that end where they need not are left alone, and so are all cells beside them: the table is a layout.
    """
    falling = sorted(fragments, key=lambda f: (-f.y, f.x0))
    heights = [-f.y for f in falling]
    joined: list[Fragment] = []
    taken: set[int] = set()
    for cells in _rows(rules):
        _, low, _, high = cells[0]
        row = falling[bisect_right(heights, -high) : bisect_left(heights, _NEAR - low)]
        filled = [(cell, lines) for cell in cells if (lines := [f for f in row if _holds(cell, f)])]
        if len(filled) < 2 or all(len(lines) == 1 for _, lines in filled):
            continue
        if all(_is_text(lines, cell) for cell, lines in filled):
            top = max(lines[0].y for _, lines in filled)
            taken.update(id(line) for _, lines in filled for line in lines)
            joined += [_join(lines, top) for _, lines in filled]
    return [*(f for f in fragments if id(f) not in taken), *joined]


def _rows(rules: Sequence[Rule]) -> Iterator[list[_Cell]]:
    """The cells of each row that has two or more, from the top of the page down."""
    walls = sorted((rule for rule in rules if rule.vertical), key=attrgetter("at"))
    heights = _heights(rules)
    if len(walls) * len(heights) > _MOST_CROSSINGS:
        return
    for high, low in pairwise(heights):
        edges: list[float] = []
        for wall in walls:
            if wall.start <= low + _NEAR and wall.end >= high - _NEAR and (not edges or wall.at - edges[-1] > _NEAR):
                edges.append(wall.at)
        if len(edges) > 2:
            yield [(x0, low, x1, high) for x0, x1 in pairwise(edges)]


def _heights(rules: Sequence[Rule]) -> list[float]:
    """Where rules run across."""
    heights: list[float] = []
    for at in sorted((rule.at for rule in rules if not rule.vertical), reverse=True):
        if not heights or heights[-1] - at > _NEAR:
            heights.append(at)
    return heights


def _holds(cell: _Cell, fragment: Fragment) -> bool:
    return cell[0] - _NEAR <= fragment.x0 and fragment.x1 <= cell[2] + _NEAR


def _is_text(lines: Sequence[Fragment], cell: _Cell) -> bool:
    """Whether lines are the few lines of one text: no list, and each ends where the next word has no room."""
    size = lines[0].size
    if len(lines) > _MOST_LINES or any(line.mark for line in lines):
        return False
    edge = cell[2] - max(0.0, min(line.x0 for line in lines) - cell[0])  # as much is left free on the right
    for line, following in pairwise(lines):
        word = following.words[0]
        room = edge - line.x1 - 0.2 * size
        if line.y - following.y <= 0.5 * size or word.x1 - word.x0 < room or line.words[-1].text.endswith("-"):
            return False
    return True


def _join(lines: Sequence[Fragment], top: float) -> Fragment:
    words = [word for line in lines for word in line.words]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return Fragment(words, x0, x1, top, lines[0].size)
