"""Small numbers hidden so that no other number of the same table gives them away.

A count below ``k`` (and above 0) is hidden. Were it alone in its row, the row's total would tell it; so further counts
are hidden, the smallest that do. Totals count as cells, too: a table with its totals is one in which every row and
column adds up to zero, if totals count negative. A hidden cell can be computed if it is in no cycle of hidden cells,
going through rows and columns by turns; each is therefore given one, of counts above 0, so that one more here and one
less there fits everything that is shown.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

Counts = Sequence[Sequence[int]]
Shown = list[list[int | None]]

#: A row or a column of the table, as a place that cells connect.
_Place = tuple[str, int]


def hide_table(counts: Counts, k: int) -> Shown:
    """A table of counts with the total of each row at its end and the totals of the columns as its last row.

    Args:
        counts: rows of equally many counts, without totals.
        k: the smallest count above 0 that is shown; up to 1 hides nothing.
    Returns:
        The table with its totals, ``None`` where a number is hidden. The total of all is always shown; where it is
        below ``k``, nothing else is.

    >>> hide_table([[9, 1], [8, 7]], 5)
    [[None, None, 10], [None, None, 15], [17, 8, 25]]
    """
    table = [[*row, sum(row)] for row in counts]
    table.append([sum(column) for column in zip(*table, strict=True)] if table else [0])
    last = len(table) - 1, len(table[0]) - 1
    cells = {(r, c): value for r, row in enumerate(table) for c, value in enumerate(row)}
    hidden = set(cells) - {last} if 0 < cells[last] < k else set()
    small = {cell for cell, value in cells.items() if 0 < value < k} - hidden - {last}
    hidden |= small
    for cell in sorted(small):
        hidden |= _cheapest_circle(cell, cells, hidden, last)
    return [[None if (r, c) in hidden else value for c, value in enumerate(row)] for r, row in enumerate(table)]


def hide_row(counts: Sequence[int], k: int) -> list[int | None]:
    """Counts that add up to a number which is known.

    >>> hide_row([40, 0, 3, 9], 5)
    [40, 0, None, None]
    """
    if 0 < sum(counts) < k:
        return [None] * len(counts)
    hidden = {place for place, value in enumerate(counts) if 0 < value < k}
    if len(hidden) == 1:
        others = [(value, place) for place, value in enumerate(counts) if value and place not in hidden]
        hidden.add(min(others)[1])  # there is one: the counts add up to k or more
    return [None if place in hidden else value for place, value in enumerate(counts)]


def hide_share(count: int, total: int, k: int) -> int | None:
    """How many of a known number have something: hidden where few have it, or few have not."""
    return count if hide_row([count, total - count], k)[0] is not None else None


def _cheapest_circle(
    cell: tuple[int, int], cells: dict[tuple[int, int], int], hidden: set[tuple[int, int]], last: tuple[int, int]
) -> set[tuple[int, int]]:
    """The cells, above 0, that connect the row and the column of ``cell`` otherwise, at the least loss.

    There are some, through totals if need be, unless the cell holds all that is counted.
    """
    start, goal = ("row", cell[0]), ("column", cell[1])
    best: dict[_Place, float] = {start: 0.0}
    came: dict[_Place, tuple[_Place, tuple[int, int]]] = {}
    heap: list[tuple[float, _Place]] = [(0.0, start)]
    while heap:
        cost, place = heapq.heappop(heap)
        if place == goal:
            circle = set()
            while place != start:
                place, step = came[place]
                circle.add(step)
            return circle
        if cost > best[place]:
            continue
        for step, to in _steps(place, cells):
            if step in (cell, last) or not cells[step]:
                continue
            # One unit more than the count: of equal losses the one with fewer cells.
            further = cost + (0.0 if step in hidden else 1.0 + cells[step])
            if further < best.get(to, float("inf")):
                best[to] = further
                came[to] = place, step
                heapq.heappush(heap, (further, to))
    return set()


def _steps(place: _Place, cells: dict[tuple[int, int], int]) -> Iterator[tuple[tuple[int, int], _Place]]:
    kind, index = place
    for row, column in cells:
        if kind == "row" and row == index:
            yield (row, column), ("column", column)
        elif kind == "column" and column == index:
            yield (row, column), ("row", row)
