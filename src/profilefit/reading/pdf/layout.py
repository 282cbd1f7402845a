"""Fragments → rows in reading order: columns, sidebars, margins with dates, tables. Pure geometry.

A page is cut where a person's eye cuts it. A left edge that several fragments share, with nothing crossing it for a
run of rows, parts two sides. They are *columns*, read one after the other, unless one side is *anchored* to the other:
its cells begin where entries of the other side begin (dates in a margin, labels of a table, places on the right).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from .glyphs import Fill, Fragment, Piece, Rule

_MAX_DEPTH = 12
#: An address, a number or a link by which somebody can be reached.
CONTACT = re.compile(r"\S@\S|://|^\+?\d[\d ()-]{7,}|\w\.\w{2,}/")
#: A region where so many edges are shared is no text in columns, and each is looked at row by row.
_MOST_EDGES = 50
_DATE_LIKE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[./]\d{2,4}\b|'\d\d\b")
#: A period from its first year to its last, or to a dash.
_PERIOD = re.compile(r"\D{0,12}(?:\d{1,2}[./-])?(?:19|20)\d\d\s?[–—-]")


@dataclass(slots=True)
class Row:
    """A line of a flow.

    Attributes:
        cells: words of each cell, from left to right.
        y, size: baseline and font size of its main cell.
        x0, x1: extent of the main cell's text.
        main: which cell holds the running text.
        mark: list mark in front, empty without one; ``mark_x`` where it stands.
        label: a label or date of the margin was put in front.
        start: something in the layout says that this row starts a paragraph.
    """

    cells: list[list[Piece]]
    y: float
    size: float
    x0: float
    x1: float
    main: int = 0
    mark: str = ""
    mark_x: float = 0.0
    label: bool = False
    start: bool = False

    @property
    def text(self) -> str:
        return "\t".join(" ".join(word.text for word in cell) for cell in self.cells)


@dataclass(slots=True)
class Flow:
    """Rows that a reader takes one after the other: a column, or the whole width."""

    rows: list[Row] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    side: bool = False


@dataclass(slots=True)
class _Split:
    x: float
    left: list[Fragment]
    right: list[Fragment]
    above: list[Fragment]
    below: list[Fragment]
    kind: str
    score: float

    @property
    def height(self) -> float:
        ys = [fragment.y for fragment in (*self.left, *self.right)]
        return max(ys) - min(ys)


def arrange(fragments: Sequence[Fragment], rules: Sequence[Rule], edges: Sequence[float] = ()) -> list[Flow]:
    """The flows of a page in reading order; ``edges`` are the inner edges of the page's coloured side panels."""
    lines = [rule for rule in rules if not rule.vertical]
    everything = list(fragments)
    for edge in edges:
        split = _panel_split(everything, edge)
        if split:
            return [flow for flow in _columns(split, lines, 0) if flow.rows]
    return [flow for flow in _arrange(everything, lines, 0) if flow.rows]


def panel_edges(fills: Sequence[Fill], width: float, height: float) -> list[float]:
    """Inner edges of the panels of colour that run down one side of a page, in points."""
    edges: list[float] = []
    for fill in fills:
        share = (fill.x1 - fill.x0) / width
        if not 0.15 <= share <= 0.48 or fill.y1 - fill.y0 < 0.6 * height or fill.colour in ("", "#ffffff"):
            continue
        if fill.x0 <= 0.05 * width:
            edges.append(fill.x1)
        elif fill.x1 >= 0.95 * width:
            edges.append(fill.x0)
    return edges


def _panel_split(fragments: list[Fragment], edge: float) -> _Split | None:
    """The columns beside the edge of a panel, below what crosses it; ``None`` where the panel is no column of its own:
    much of the text crosses its edge, or it holds a margin of dates and labels."""
    crossing = [f for f in fragments if f.left < edge - 1 and f.x1 > edge + 1]
    top = min((f.y - 0.4 * f.size for f in crossing), default=float("inf"))
    inner = [f for f in fragments if f.y < top]
    left, right = [f for f in inner if f.x1 <= edge + 1], [f for f in inner if f.left >= edge - 1]
    if min(len(left), len(right)) < 4 or len(inner) < 0.8 * len(fragments):
        return None
    small = min(left, right, key=len)
    labels = sum(bool(_DATE_LIKE.search(f.text)) or f.text == f.text.upper() for f in small)
    if labels > 0.5 * len(small):
        return None
    return _Split(edge, left, right, [f for f in fragments if f.y >= top], [], "columns", 1.0)


def _arrange(fragments: list[Fragment], rules: Sequence[Rule], depth: int) -> list[Flow]:
    if not fragments:
        return []
    split = _find_split(fragments, rules) if depth < _MAX_DEPTH and len(fragments) >= 4 else None
    if split is None:
        return [_flow(_rows(fragments))]
    if split.kind == "columns":
        return _columns(split, rules, depth)
    above = _arrange(split.above, rules, depth + 1)
    below = _arrange(split.below, rules, depth + 1)
    if split.kind in ("left", "margin"):
        middle = _anchor_left(split, rules, depth)
    else:
        middle = _anchor_right(split, rules, depth)
    return _joined(above, middle, below)


def _columns(split: _Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
    """The two sides of a cut one after the other, between what stands above and below them."""
    above, left, right, below = (
        _arrange(part, rules, depth + 1) for part in (split.above, split.left, split.right, split.below)
    )
    for flow in (*left, *right):
        flow.side = True
    return [*above, *left, *right, *below]


def _joined(*groups: list[Flow]) -> list[Flow]:
    """Neighbouring flows that are no columns are one flow."""
    out: list[Flow] = []
    for flow in (flow for group in groups for flow in group):
        if out and not out[-1].side and not flow.side:
            last = out[-1]
            last.rows += flow.rows
            last.left, last.right = min(last.left, flow.left), max(last.right, flow.right)
            last.bottom = min(last.bottom, flow.bottom)
        else:
            out.append(flow)
    return out


def _flow(rows: list[Row]) -> Flow:
    if not rows:
        return Flow()
    return Flow(
        rows,
        min(min(row.x0, row.mark_x) if row.mark else row.x0 for row in rows),
        max(max(word.x1 for word in row.cells[-1]) for row in rows),
        max(row.y for row in rows),
        min(row.y for row in rows),
    )


def _rows(fragments: Sequence[Fragment]) -> list[Row]:
    """Fragments of one height side by side make a row."""
    groups: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (-f.y, f.x0)):
        for group in groups[-2:][::-1]:
            head = max(group, key=attrgetter("size"))
            reach = 0.4 * min(head.size, fragment.size) + 0.1 * max(head.size, fragment.size)
            if abs(head.y - fragment.y) <= reach and all(
                fragment.x0 >= other.x1 - 1 or fragment.x1 <= other.left + 1 for other in group
            ):
                group.append(fragment)
                break
        else:
            groups.append([fragment])
    rows: list[Row] = []
    for group in groups:
        group.sort(key=attrgetter("x0"))
        if len(group) > 1 and _leads(group[0], group[1], group[-1].x1):
            rows.append(_row(group[:1]))
            group = group[1:]
        rows.append(_row(group))
    return rows


def _leads(head: Fragment, body: Fragment, right: float) -> bool:
    """A heading in the margin on the same row as the text it heads."""
    near = body.x0 - head.x0 < 0.45 * (right - head.x0) and body.x1 - body.x0 > head.x1 - head.x0
    return near and not head.mark and _is_heading([[head]], _row([body]))


def _row(group: list[Fragment]) -> Row:
    group.sort(key=attrgetter("x0"))
    head = group[0]
    return Row(
        [fragment.words for fragment in group],
        head.y if len(group) == 1 else max(group, key=lambda f: f.x1 - f.x0).y,
        head.size,
        head.x0,
        head.x1,
        0,
        head.mark,
        head.mark_x,
    )


# ── where to cut ─────────────────────────────────────────────────────────────────────────────────────────────────


def _find_split(fragments: list[Fragment], rules: Sequence[Rule]) -> _Split | None:
    """The best cut of a region into two sides; ``None`` where it is read straight down."""
    order = sorted(fragments, key=lambda f: -f.y)
    splits = [split for edge in _edges(order) for split in _splits_at(edge, order, rules)]
    if not splits:
        return None
    best = max(splits, key=lambda split: split.score)
    if best.kind == "columns":  # columns inside one entry of a margin: the margin comes first
        for split in splits:
            if split.kind in ("left", "margin") and split.x < best.x and best.height < 0.7 * split.height:
                return split
    return best


def _edges(fragments: Sequence[Fragment]) -> list[float]:
    """Left edges that three or more fragments share, and the left bounds of right-aligned groups."""
    edges: list[float] = []
    lefts = sorted(fragment.left for fragment in fragments)
    start = 0
    for i in range(1, len(lefts) + 1):
        if i == len(lefts) or lefts[i] - lefts[i - 1] > 1.6:
            if i - start >= 3:
                edges.append(lefts[start])
            start = i
    rights = sorted((fragment.x1, fragment.left) for fragment in fragments)
    start = 0
    for i in range(1, len(rights) + 1):
        if i == len(rights) or rights[i][0] - rights[i - 1][0] > 1.6:
            if i - start >= 3:
                widths = sorted(left for _, left in rights[start:i])
                edges.append(widths[0])
                if i - start >= 6:  # one odd long member must not spoil the edge
                    edges.append(widths[len(widths) // 5])
            start = i
    edges.sort()
    apart: list[float] = []
    for edge in edges:
        if edge > lefts[0] + 4 and (not apart or edge - apart[-1] > 1.0):
            apart.append(edge)
    return apart if len(apart) <= _MOST_EDGES else []


def _splits_at(x: float, order: list[Fragment], rules: Sequence[Rule]) -> list[_Split]:
    """The runs of rows that nothing crosses at ``x``, as far as they are worth a cut."""
    splits: list[_Split] = []
    start = 0
    for i in range(len(order) + 1):
        if i < len(order) and not (order[i].left < x - 1.7 and order[i].x1 > x + 0.5):
            continue
        if i - start >= 4:
            split = _judge(x, order, start, i, rules)
            if split is not None:
                splits.append(split)
        start = i + 1
    return splits


def _judge(x: float, order: list[Fragment], start: int, stop: int, rules: Sequence[Rule]) -> _Split | None:
    run = order[start:stop]
    left = [f for f in run if f.left < x - 1.7]
    right = [f for f in run if f.left >= x - 1.7]
    if len(left) < 2 or len(right) < 2:
        return None
    # the same baseline just before or after the run belongs to what crosses, not to the sides
    run, left, right = _trim(order, start, stop, left, right)
    if len(left) < 2 or len(right) < 2:
        return None
    gutter = x - sorted(f.x1 for f in left)[int(0.93 * (len(left) - 1))]  # a line or two may stick out
    size = sorted(f.size for f in run)[len(run) // 2]
    if gutter < 0.55 * size:
        return None
    kind, strength = _kind(left, right, rules)
    if kind == "rows":
        return None
    if kind == "columns" and (lead := _contact_rows(left, right)):
        left, right = [f for f in left if f.y < lead], [f for f in right if f.y < lead]
        if len(left) < 2 or len(right) < 2:
            return None
    inside = {id(f) for f in left} | {id(f) for f in right}
    top, bottom = max(f.y for f in (*left, *right)), min(f.y for f in (*left, *right))
    above = [f for f in order if id(f) not in inside and f.y >= bottom and f.y > top - 0.2 * f.size]
    taken = inside | {id(f) for f in above}
    below = [f for f in order if id(f) not in taken]
    height = len(left) + len(right)
    score = strength * height * (1.0 + min(gutter, 30.0) / 100.0)
    return _Split(x, left, right, above, below, kind, score)


def _contact_rows(left: list[Fragment], right: list[Fragment]) -> float:
    """Below which height columns begin, where rows of contact data stand above them that seem to be part of them: a
    side has several cells in those rows and in no other; 0.0 without such rows."""
    lead = 0.0
    for side, other in ((left, right), (right, left)):
        baselines = sorted(f.y for f in side)
        heights = sorted({round(y, 1) for y in baselines}, reverse=True)
        several = [y for y in heights if bisect_left(baselines, y + 1) - bisect_right(baselines, y - 1) > 1]
        if not several or several[-1] < heights[min(5, len(heights) - 1)]:
            continue
        rows = [f for f in (*side, *other) if any(abs(f.y - y) < 1 for y in several)]
        if all(any(abs(f.y - y) < 1 for f in other) for y in several) and any(CONTACT.search(f.text) for f in rows):
            lead = max(lead, several[-1] - 1)
    return lead


def _trim(
    order: list[Fragment], start: int, stop: int, left: list[Fragment], right: list[Fragment]
) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
    """Leave out what lies on the baseline of a crossing fragment, and what only happens to stand above or below."""
    bounds = [order[i].y for i in (start - 1, stop) if 0 <= i < len(order)]

    def clear(fragment: Fragment) -> bool:
        return all(abs(fragment.y - y) > 0.3 * fragment.size for y in bounds)

    left, right = [f for f in left if clear(f)], [f for f in right if clear(f)]
    if left and right:
        left, right = _without_strays(left, right), _without_strays(right, left)
    return sorted([*left, *right], key=lambda f: -f.y), left, right


def _without_strays(side: list[Fragment], other: list[Fragment]) -> list[Fragment]:
    """A side without its rows above and below the other, unless they too keep to the width of a real column."""
    top = max(f.y for f in other) + 0.4 * other[0].size
    bottom = min(f.y for f in other) - 0.4 * other[0].size
    inner = [f for f in side if bottom <= f.y <= top]
    if len(inner) >= 7 and len({round(f.y / 3) for f in other}) >= 7:
        return side
    left = min(f.left for f in side)
    right = max(f.x1 for f in side)
    kept = list(inner)
    below = [f for f in side if f.y < bottom]
    if left > min(f.left for f in other) and right - left > 2 * (max(f.x1 for f in other) - min(f.left for f in other)):
        kept += below  # the text beside the last label of a narrow margin goes on below it
        below = []
    for outer in ([f for f in side if f.y > top], below):
        full = sum(f.x1 > right - 0.2 * (right - left) for f in outer)
        if outer and full >= 3 and full >= 0.25 * len(outer):
            kept += outer
    return kept


# ── what a cut means ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Side:
    """One side of a cut: its baselines from the top down, with the fragments on each."""

    rows: list[list[Fragment]]
    ys: list[float]
    x0: float
    x1: float
    starts: list[bool]

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def _side(fragments: Sequence[Fragment], rules: Sequence[Rule]) -> _Side:
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
    return _Side(rows, [row[0].y for row in rows], x0, x1, starts)


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


def _paired(one: _Side, other: _Side) -> list[int]:
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


def _full_share(side: _Side) -> float:
    """The share of rows that are running text: they reach the right edge of their side."""
    full = sum(max(f.x1 for f in row) > side.x0 + 0.78 * side.width for row in side.rows)
    return full / len(side.rows)


def _kind(left: list[Fragment], right: list[Fragment], rules: Sequence[Rule]) -> tuple[str, float]:
    """``columns``; ``left`` or ``right``: that side is anchored to the other; ``margin``: the left one is, loosely; or
    ``rows``: no cut. With a strength."""
    one, two = _side(left, rules), _side(right, rules)
    left_small = len(one.rows) * one.width <= len(two.rows) * two.width
    small, large = (one, two) if left_small else (two, one)
    pairs = _paired(small, large)
    # rows beside nothing (headings of the whole width) speak neither for columns nor against
    bound = [i for i, pair in enumerate(pairs) if pair >= 0 or _meets(small.rows[i][0], large)]
    if not bound:
        return "rows", 0.0
    share = sum(pairs[i] >= 0 for i in bound) / len(bound)
    dense = len(bound) / len(large.rows)
    cells = [cell for cell in _cells(small, large, pairs) if cell[0] in set(bound)]
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
    dates = sum(bool(_DATE_LIKE.search(_cell_text(small, c))) for c in cells) / len(cells)
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
        if dense > 0.6 and not dates and _full_share(small) > 0.55 and _full_share(large) > 0.55:
            heads = {cell[0] for cell in cells}
            own = [i in heads for i, start in enumerate(small.starts) if start]
            if at_starts < 0.85 or sum(own) < 0.7 * len(own):  # its paragraphs begin where they like
                return "columns", 0.5
        if name == "right" and any(len(c) > 3 and all(pairs[i] >= 0 for i in c) for c in cells):
            return "rows", 0.0  # no aside of place and dates is that tall: labels and what they label
        return name, 0.3 if wraps or name == "left" else 0.2
    if dense <= 0.5 and narrow and anchored >= 0.8:
        return name, 0.2
    if len(small.rows) >= 4 and at_starts < 0.7 and (texty or dense < 0.85):
        return "columns", 0.5
    return "rows", 0.0


def _are_headings(rows: Sequence[list[Fragment]], usual: Fragment) -> bool:
    """Whether all rows are set larger or bolder than ``usual``."""
    size, bold = usual.size, usual.words[0].style.bold
    return all(row[0].size > 1.1 * size or (row[0].words[0].style.bold and not bold) for row in rows)


def _meets(fragment: Fragment, other: _Side) -> bool:
    """Does a row of the other side stand at the height of this fragment?"""
    low, high = fragment.y - 0.2 * fragment.size, fragment.y + 0.7 * fragment.size
    return any(row[0].y < high and row[0].y + 0.7 * row[0].size > low for row in other.rows)


def _cell_text(side: _Side, cell: Sequence[int]) -> str:
    return " ".join(fragment.text for i in cell for fragment in side.rows[i])


def _cells(small: _Side, large: _Side, pairs: Sequence[int]) -> list[list[int]]:
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


def _stands_beside(small: _Side, large: _Side) -> bool:
    """A sparse margin whose labels are set a little above or below the first row of what they belong to."""
    pairs = _near_starts(small, large)
    cells = _cells(small, large, pairs)
    if len(cells) < 2 or len(small.rows) > 0.5 * len(large.rows):
        return False
    if len(cells) < 3 or sum(large.starts) > 0.75 * len(large.starts):  # little to go by: only headings and dates tell
        texts = [_cell_text(small, cell) for cell in cells]
        if not all(text == text.upper() or _DATE_LIKE.search(text) for text in texts):
            return False
    return sum(pairs[cell[0]] >= 0 for cell in cells) >= 0.8 * len(cells)


def _near_starts(small: _Side, large: _Side) -> list[int]:
    """For each row of a margin the row beside it, or the next paragraph start within a line's height; or -1."""
    pairs = _paired(small, large)
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


def _is_fresh(small: _Side, large: _Side, pairs: Sequence[int], cell: Sequence[int], i: int) -> bool:
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
        return bool(_DATE_LIKE.search(row.text)) and bool(_DATE_LIKE.search(_cell_text(small, cell)))
    return True


# ── anchored sides ───────────────────────────────────────────────────────────────────────────────────────────────


def _slices(
    split: _Split, rules: Sequence[Rule], small_left: bool
) -> list[tuple[list[list[Fragment]], list[Fragment]]]:
    """Each cell of the anchored side with what stands beside it on the other side, from the top down."""
    small = _side(split.left if small_left else split.right, rules)
    body = split.right if small_left else split.left
    large = _side(body, rules)
    strict = _paired(small, large)
    loose = _near_starts(small, large) if split.kind == "margin" else strict
    cells = _cells(small, large, loose)
    tops = []
    for cell in cells:
        size, pair = small.rows[cell[0]][0].size, loose[cell[0]]
        tops.append(max(small.ys[cell[0]], large.ys[pair] if pair >= 0 else float("-inf")) + 0.45 * size)
    parts: list[tuple[list[list[Fragment]], list[Fragment]]] = []
    head = [f for f in body if f.y > tops[0]]
    if head:
        parts.append(([], head))
    for n, cell in enumerate(cells):
        floor = tops[n + 1] if n + 1 < len(cells) else float("-inf")
        parts.append(([small.rows[i] for i in cell], [f for f in body if floor < f.y <= tops[n]]))
    return parts


def _anchor_left(split: _Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
    """Labels and dates of a left margin, put in front of the first row of what stands beside them."""
    flows: list[Flow] = []
    width = max(f.x1 for f in split.left) - min(f.left for f in split.left)
    for cell, body in _slices(split, rules, True):
        beside = _arrange(body, rules, depth + 1)
        if not cell:
            flows = _joined(flows, beside)
            continue
        rich = _is_rich(cell)
        first = beside[0].rows[0] if beside and beside[0].rows else None
        if (
            rich
            or first is None
            or first.y < cell[0][0].y - 1.3 * max(cell[0][0].size, first.size)
            or _is_heading(cell, first)
        ):
            rows = _rows([f for row in cell for f in row])
            for row in rows:
                row.start = True
            if not rich:
                rows = [_merge_label(rows, width)]
            lead = _flow(rows)
            if first is not None:
                lead.left = beside[0].left
                first.start = True
            flows = _joined(flows, [lead], beside)
            continue
        if len(cell) > 1 and _heads_dates(cell):
            lead = _flow(_rows(cell[0]))
            lead.rows[0].start, lead.left = True, beside[0].left
            flows = _joined(flows, [lead])
            cell = cell[1:]
        label = _merge_label(_rows([f for row in cell for f in row]), width)
        first.cells = [*label.cells, *first.cells]
        first.main += len(label.cells)
        first.label = first.start = True
        flows = _joined(flows, beside)
    return flows


def _merge_label(rows: list[Row], width: float) -> Row:
    """Rows of a margin cell as one row: wrapped ones joined by a space, stacked ones kept apart as cells."""
    first = rows[0]
    for row in rows[1:]:
        last = first.cells[-1]
        dated = _DATE_LIKE.search(" ".join(w.text for w in last)) is not None
        extent = sum(w.x1 - w.x0 for w in last) + 0.25 * row.size * len(last)
        word = row.cells[0][0]
        dash = last[-1].text[-1:] in "-–—/&,"
        if dash or (extent + 0.25 * row.size + word.x1 - word.x0 > width - 1 and not dated):
            if last[-1].text.endswith("-") and (word.text[:1].isdigit() or word.text[:1].islower()):
                joined = last[-1].text + word.text if word.text[:1].isdigit() else last[-1].text[:-1] + word.text
                last[-1] = Piece(last[-1].x0, last[-1].y, last[-1].x1, last[-1].size, joined, last[-1].style)
                last += row.cells[0][1:]
            else:
                last += row.cells[0]
            first.cells += row.cells[1:]
        else:
            first.cells += row.cells
    return first


def _is_rich(cell: list[list[Fragment]]) -> bool:
    """A margin cell that is a block of its own (title, employer, dates), not a label."""
    if len(cell) < 3:
        return False
    styles = {(f.words[0].style.bold, f.words[0].style.size, f.words[0].style.colour) for row in cell for f in row}
    return len(styles) > 1 or len(cell) > 4


def _heads_dates(cell: list[list[Fragment]]) -> bool:
    """A section heading above the first date of a margin: in another style, and no date itself."""
    one, two = cell[0][0], cell[1][0]
    styles = [(f.words[0].style.family, f.words[0].style.size) for f in (one, two)]
    return styles[0] != styles[1] and not _DATE_LIKE.search(one.text) and bool(_DATE_LIKE.search(two.text))


def _is_heading(cell: list[list[Fragment]], first: Row) -> bool:
    """A section heading set in the margin: capitals without a digit, in a style of their own."""
    text = " ".join(f.text for row in cell for f in row)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 4 or text != text.upper() or text == text.lower() or any(map(str.isdigit, text)):
        return False
    one, two = cell[0][0].words[0].style, first.cells[0][0].style
    return (one.size, one.bold, one.colour) != (two.size, two.bold, two.colour)


def _anchor_right(split: _Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
    """Places and dates that stand on the right, put behind the first row of their entry."""
    flows: list[Flow] = []
    for cell, body in _slices(split, rules, False):
        beside = _arrange(body, rules, depth + 1)
        if cell:
            first = beside[0].rows[0] if beside and beside[0].rows else None
            own = _rows([f for row in cell for f in row])
            if first is None:
                flows = _joined(flows, [_flow(own)])
                continue
            plain = [row for row in beside[0].rows if not row.mark]
            for n, row in enumerate(own):
                host = next((r for r in plain[:3] if abs(r.y - row.y) < 0.4 * r.size), None)
                host = host if host is not None and len(own) <= len(plain) and _is_short(host, split.x) else first
                host = host if n else (next((r for r in beside[0].rows[:1] if abs(r.y - row.y) < 0.5 * r.size), first))
                host.cells += row.cells
                host.start = True
        flows = _joined(flows, beside)
    return flows


def _is_short(row: Row, x: float) -> bool:
    """A title row rather than running text: it ends well before the cut."""
    return row.x1 < row.x0 + 0.75 * (x - row.x0)
