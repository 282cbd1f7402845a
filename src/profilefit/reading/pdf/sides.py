"""What two sides of a cut are to each other: columns, or one anchored to the other, as labels and dates of a margin."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from profilefit.reading.pdf.glyphs import Fragment, Rule

DATE_LIKE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[./]\d{2,4}\b|'\d\d\b")
#: A period from its first year to its last, or to a dash.
_PERIOD = re.compile(r"\D{0,12}(?:\d{1,2}[./-])?(?:19|20)\d\d\s?[–—-]")


@dataclass(slots=True)
class Side:
    """One side of a cut: its baselines from the top down, with the fragments on each."""

    rows: list[list[Fragment]]
    ys: list[float]
    x0: float
    x1: float
    starts: list[bool]

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def side_of(fragments: Sequence[Fragment], rules: Sequence[Rule]) -> Side:
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: -f.y):
        if rows and rows[-1][0].y - fragment.y <= 0.35 * min(fragment.size, rows[-1][0].size):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    for row in rows:
        row.sort(key=attrgetter("x0"))
    x0, x1 = min(f.left for f in fragments), max(f.x1 for f in fragments)
    steps = sorted(a[0].y - b[0].y for a, b in itertools.pairwise(rows))
    usual = steps[len(steps) // 4] if steps else 0.0
    if len(rows) >= 12:  # a wide row or two above a column (contact data) must not make its rows look short
        x1 = sorted(max(f.x1 for f in row) for row in rows)[int(0.9 * (len(rows) - 1))]
    starts = [True]
    for above, row in itertools.pairwise(rows):
        starts.append(_starts(above, row, usual, x1, rules))
    return Side(rows, [row[0].y for row in rows], x0, x1, starts)


def _starts(above: list[Fragment], row: list[Fragment], usual: float, right: float, rules: Sequence[Rule]) -> bool:
    """Does a row begin something new: after white space or a rule, with a mark, in another style, or although its
    first word had room on the row above?"""
    first, last = row[0], above[-1]
    distance = last.y - first.y
    size = max(first.size, last.size)
    if first.mark or distance > max(1.25 * usual, 1.6 * size) or distance > 1.3 * usual > 0:
        return True
    one, two = above[0].words[0].style, first.words[0].style
    tail = last.words[-1].style
    if (
        abs(two.size - tail.size) > 0.3
        or two.colour != tail.colour
        or (two.bold and not tail.bold)
        or (one.bold and tail.bold and not two.bold)
    ):
        return True
    if any(first.y < rule.at < last.y and rule.start <= first.x0 + 2 and rule.end >= first.x1 - 2 for rule in rules):
        return True
    word = first.words[0]
    room = right - max(f.x1 for f in above)
    return room > (word.x1 - word.x0) + 0.6 * size and not last.text.endswith(("-", "–", "—", ",", "/"))


def paired(one: Side, other: Side) -> list[int]:
    """For each row of ``one`` the row of ``other`` on the same baseline, or -1."""
    heights = [-y for y in other.ys]
    out: list[int] = []
    for row in one.rows:
        head = row[0]
        at = bisect_left(heights, -head.y)
        near = [i for i in (at - 2, at - 1, at, at + 1) if 0 <= i < len(heights) and _level(head, other.rows[i][0])]
        out.append(min(near, key=lambda i: abs(other.ys[i] - head.y)) if near else -1)
    return out


def _level(one: Fragment, two: Fragment) -> bool:
    """Two fragments of one row: the same baseline, or the smaller one set within the height of the larger."""
    low, high = max(one.y - 0.2 * one.size, two.y - 0.2 * two.size), min(one.y + 0.7 * one.size, two.y + 0.7 * two.size)
    return high - low >= 0.6 * min(one.size, two.size)


def _full_share(side: Side) -> float:
    """The share of rows that are running text: they reach the right edge of their side."""
    full = sum(max(f.x1 for f in row) > side.x0 + 0.78 * side.width for row in side.rows)
    return full / len(side.rows)


def kind_of(left: list[Fragment], right: list[Fragment], rules: Sequence[Rule]) -> tuple[str, float]:
    """``columns``; ``left`` or ``right``: that side is anchored to the other; ``margin``: the left one is, loosely; or
    ``rows``: no cut. With a strength."""
    one, two = side_of(left, rules), side_of(right, rules)
    left_small = len(one.rows) * one.width <= len(two.rows) * two.width
    small, large = (one, two) if left_small else (two, one)
    pairs = paired(small, large)
    # rows beside nothing (headings of the whole width) speak neither for columns nor against
    bound = [i for i, pair in enumerate(pairs) if pair >= 0 or _meets(small.rows[i][0], large)]
    if not bound:
        return "rows", 0.0
    share = sum(pairs[i] >= 0 for i in bound) / len(bound)
    dense = len(bound) / len(large.rows)
    cells = [cell for cell in cells_of(small, large, pairs) if cell[0] in set(bound)]
    if not cells:
        return "rows", 0.0
    at_starts = sum(pairs[c[0]] >= 0 and large.starts[pairs[c[0]]] for c in cells) / len(cells)
    anchored = sum(pairs[c[0]] >= 0 for c in cells) / len(cells)
    narrow = small.width < 0.45 * large.width
    texty = _full_share(small) > 0.45 and _full_share(large) > 0.45
    lone = [row for row, pair in zip(small.rows, pairs, strict=True) if pair < 0]
    lone += [row for n, row in enumerate(large.rows) if n not in set(pairs)]
    if share == 1.0 and _are_headings(lone, small.rows[bound[0]][0]) and (narrow or not texty):
        # a plain table, perhaps with headings between its rows; where both sides begin something in the same rows and
        # go on in the others, its cells wrap
        wrapped = left_small and small.starts == large.starts and 1 < sum(small.starts) < len(small.starts)
        return ("left", 0.3) if wrapped else ("rows", 0.0)
    dates = sum(bool(DATE_LIKE.search(_cell_text(small, c))) for c in cells) / len(cells)
    name = "left" if left_small else "right"
    wraps = any(len(c) > 1 for c in cells)
    if share < 0.72 and not (narrow and anchored >= 0.75 and dates >= 0.5):
        if len(bound) < 3 and not (len(bound) == 2 and len(large.rows) >= 8):
            return "rows", 0.0
        if narrow and left_small and _stands_beside(small, large):
            return "margin", 0.3
        return "columns", 1.0 - 0.6 * share
    if anchored >= 0.75 and (
        (dates >= 0.5 and narrow) or (at_starts >= 0.7 and (dense <= 0.6 or (wraps and len(cells) >= 2)))
    ):
        if dense > 0.6 and not dates and _flows_by_itself(small, large, cells, at_starts):
            return "columns", 0.5
        if name == "right" and any(len(c) > 3 and all(pairs[i] >= 0 for i in c) for c in cells):
            return "rows", 0.0  # no aside of place and dates is that tall: labels and what they label
        return name, 0.3 if wraps or name == "left" else 0.2
    if dense <= 0.5 and narrow and anchored >= 0.8:
        return name, 0.2
    if len(small.rows) >= 4 and at_starts < 0.7 and (texty or dense < 0.85):
        return "columns", 0.5
    return "rows", 0.0


def _flows_by_itself(small: Side, large: Side, cells: Sequence[Sequence[int]], at_starts: float) -> bool:
    """Whether two sides are running text and the paragraphs of the small one begin where they like."""
    if _full_share(small) <= 0.55 or _full_share(large) <= 0.55:
        return False
    heads = {cell[0] for cell in cells}
    own = [i in heads for i, start in enumerate(small.starts) if start]
    return at_starts < 0.85 or sum(own) < 0.7 * len(own)


def _are_headings(rows: Sequence[list[Fragment]], usual: Fragment) -> bool:
    """Whether all rows are set larger or bolder than ``usual``."""
    size, bold = usual.size, usual.words[0].style.bold
    return all(row[0].size > 1.1 * size or (row[0].words[0].style.bold and not bold) for row in rows)


def _meets(fragment: Fragment, other: Side) -> bool:
    """Does a row of the other side stand at the height of this fragment?"""
    low, high = fragment.y - 0.2 * fragment.size, fragment.y + 0.7 * fragment.size
    return any(row[0].y < high and row[0].y + 0.7 * row[0].size > low for row in other.rows)


def _cell_text(side: Side, cell: Sequence[int]) -> str:
    return " ".join(fragment.text for i in cell for fragment in side.rows[i])


def cells_of(small: Side, large: Side, pairs: Sequence[int]) -> list[list[int]]:
    """Rows of the anchored side that form one cell: a label or date that wraps, a stack of date and place."""
    cells: list[list[int]] = []
    for i, row in enumerate(small.rows):
        if cells:
            above = small.rows[i - 1]
            distance = above[0].y - row[0].y
            tight = distance <= 1.75 * max(row[0].size, above[0].size)
            wrapped = above[-1].text.endswith(("-", "–", "—", "/", "&", ","))
            if pairs[i] >= 0 and pairs[i] != pairs[i - 1] and _PERIOD.match(row[0].text):
                if _PERIOD.match(_cell_text(small, cells[-1])):  # "2020 –" above "2014 – 2020"
                    cells.append([i])
                    continue
                wrapped = False
            if tight and (wrapped or not _is_fresh(small, large, pairs, cells[-1], i)):
                cells[-1].append(i)
                continue
        cells.append([i])
    return cells


def _stands_beside(small: Side, large: Side) -> bool:
    """A sparse margin whose labels are set a little above or below the first row of what they belong to."""
    pairs = near_starts(small, large)
    cells = cells_of(small, large, pairs)
    if len(cells) < 2 or len(small.rows) > 0.5 * len(large.rows):
        return False
    if len(cells) < 3 or sum(large.starts) > 0.75 * len(large.starts):  # little to go by: only headings and dates tell
        texts = [_cell_text(small, cell) for cell in cells]
        if not all(text == text.upper() or DATE_LIKE.search(text) for text in texts):
            return False
    return sum(pairs[cell[0]] >= 0 for cell in cells) >= 0.8 * len(cells)


def near_starts(small: Side, large: Side) -> list[int]:
    """For each row of a margin the row beside it, or the next paragraph start within a line's height; or -1."""
    pairs = paired(small, large)
    heights = [-y for y in large.ys]
    for i, row in enumerate(small.rows):
        if pairs[i] >= 0 and large.starts[pairs[i]]:
            continue
        y, reach = row[0].y, 1.15 * max(row[0].size, large.rows[0][0].size)
        at = bisect_left(heights, -y)
        near = [
            n
            for n in (at - 1, at, at + 1)
            if 0 <= n < len(heights) and large.starts[n] and -0.5 * row[0].size <= y - large.ys[n] <= reach
        ]
        if near:
            pairs[i] = min(near, key=lambda n: abs(large.ys[n] - y))
    return pairs


def _is_fresh(small: Side, large: Side, pairs: Sequence[int], cell: Sequence[int], i: int) -> bool:
    """Does row ``i`` of the anchored side start a cell, although it follows close on ``cell``?"""
    row, above = small.rows[i][0], small.rows[cell[-1]][0]
    if row.mark or (pairs[i] >= 0 > pairs[cell[-1]] and _are_headings([small.rows[cell[-1]]], row)):
        return True
    if pairs[i] < 0:  # beside nothing: a heading in another style, or the rest of the cell
        one, two = above.words[0].style, row.words[0].style
        return (two.bold, round(two.size)) > (one.bold, round(one.size)) and not _meets(row, large)
    if not large.starts[pairs[i]] or pairs[i] == pairs[cell[-1]]:
        return False
    if large.rows[pairs[i]][0].mark:  # a place and a date stacked beside the bullets of one entry
        return bool(DATE_LIKE.search(row.text)) and bool(DATE_LIKE.search(_cell_text(small, cell)))
    return True
