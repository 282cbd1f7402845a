"""Where a region of a page may be cut into two sides: at a left edge that nothing crosses for a run of rows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from profilefit.reading.pdf.glyphs import Fragment, Rule
from profilefit.reading.pdf.sides import kind_of

#: An address, a number or a link by which somebody can be reached.
CONTACT = re.compile(r"\S@\S|://|^\+?\d[\d ()-]{7,}|\w\.\w{2,}/")
#: A region where so many edges are shared is no text in columns, and each is looked at row by row.
_MOST_EDGES = 50


@dataclass(slots=True)
class Split:
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


def find_split(fragments: list[Fragment], rules: Sequence[Rule]) -> Split | None:
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


def _splits_at(x: float, order: list[Fragment], rules: Sequence[Rule]) -> list[Split]:
    """The runs of rows that nothing crosses at ``x``, as far as they are worth a cut."""
    splits: list[Split] = []
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


def _judge(x: float, order: list[Fragment], start: int, stop: int, rules: Sequence[Rule]) -> Split | None:
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
    kind, strength = kind_of(left, right, rules)
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
    return Split(x, left, right, above, below, kind, score)


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
