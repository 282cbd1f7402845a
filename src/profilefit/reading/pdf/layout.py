"""Fragments → rows in reading order: columns, sidebars, margins with dates, tables. Pure geometry.

A page is cut where a person's eye cuts it. A left edge that several fragments share, with nothing crossing it for a
run of rows, parts two sides. They are *columns*, read one after the other, unless one side is *anchored* to the other:
its cells begin where entries of the other side begin (dates in a margin, labels of a table, places on the right).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from profilefit.reading.pdf.cuts import Split, find_split
from profilefit.reading.pdf.glyphs import Fill, Fragment, Piece, Rule
from profilefit.reading.pdf.sides import DATE_LIKE, cells_of, near_starts, paired, side_of

_MAX_DEPTH = 12


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


def _panel_split(fragments: list[Fragment], edge: float) -> Split | None:
    """The columns beside the edge of a panel, below what crosses it; ``None`` where the panel is no column of its own:
    much of the text crosses its edge, or it holds a margin of dates and labels."""
    crossing = [f for f in fragments if f.left < edge - 1 and f.x1 > edge + 1]
    top = min((f.y - 0.4 * f.size for f in crossing), default=float("inf"))
    inner = [f for f in fragments if f.y < top]
    left, right = [f for f in inner if f.x1 <= edge + 1], [f for f in inner if f.left >= edge - 1]
    if min(len(left), len(right)) < 4 or len(inner) < 0.8 * len(fragments):
        return None
    small = min(left, right, key=len)
    labels = sum(bool(DATE_LIKE.search(f.text)) or f.text == f.text.upper() for f in small)
    if labels > 0.5 * len(small):
        return None
    return Split(edge, left, right, [f for f in fragments if f.y >= top], [], "columns", 1.0)


def _arrange(fragments: list[Fragment], rules: Sequence[Rule], depth: int) -> list[Flow]:
    if not fragments:
        return []
    split = find_split(fragments, rules) if depth < _MAX_DEPTH and len(fragments) >= 4 else None
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


def _columns(split: Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
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


# ── anchored sides ───────────────────────────────────────────────────────────────────────────────────────────────


def _slices(split: Split, rules: Sequence[Rule], small_left: bool) -> list[tuple[list[list[Fragment]], list[Fragment]]]:
    """Each cell of the anchored side with what stands beside it on the other side, from the top down."""
    small = side_of(split.left if small_left else split.right, rules)
    body = split.right if small_left else split.left
    large = side_of(body, rules)
    strict = paired(small, large)
    loose = near_starts(small, large) if split.kind == "margin" else strict
    cells = cells_of(small, large, loose)
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


def _anchor_left(split: Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
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
        dated = DATE_LIKE.search(" ".join(w.text for w in last)) is not None
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
    return styles[0] != styles[1] and not DATE_LIKE.search(one.text) and bool(DATE_LIKE.search(two.text))


def _is_heading(cell: list[list[Fragment]], first: Row) -> bool:
    """A section heading set in the margin: capitals without a digit, in a style of their own."""
    text = " ".join(f.text for row in cell for f in row)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 4 or text != text.upper() or text == text.lower() or any(map(str.isdigit, text)):
        return False
    one, two = cell[0][0].words[0].style, first.cells[0][0].style
    return (one.size, one.bold, one.colour) != (two.size, two.bold, two.colour)


def _anchor_right(split: Split, rules: Sequence[Rule], depth: int) -> list[Flow]:
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
