"""From what an engine has drawn to what a person sees: which way is up, and which text is visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from profilefit.models import Box
from profilefit.reading.pdf.geometry import turned
from profilefit.reading.pdf.glyphs import Chunk, Fill, PageGlyphs, Piece, Rule, Style, colour_distance

#: Where a run begins and ends (x0, y0, x1, y1), its text, and whether a space was drawn before it.
Span = tuple[float, float, float, float, str, bool]

#: Smaller letters (points) cannot be read.
SMALLEST = 1.2
#: Shapes with more corners are pictures; more rules and fills than this are a drawing.
MOST_POINTS = 40
_MOST_SHAPES = 2_000
#: Colours that differ by no more than this, of 255, in each part look the same.
_SAME_COLOUR = 6
#: Fills are looked up by bands of the page of this height, in points.
_BAND = 40.0
#: Turned text is worth a note from this many characters on: a watermark or a mark in the margin is not.
_MUCH_TURNED = 20


@dataclass(slots=True)
class DrawnPage:
    """A page as an engine drew it, in points, origin at the lower left of what a viewer shows.

    Attributes:
        unit: points in a unit of the page's own coordinates, in which boxes are given.
        runs: text by direction in quarter turns (-1 slanted), each turned so that it runs to the right.
        hidden: text that no viewer shows (render mode 3, tiny, clear, clipped).
        image: share of the page that pictures cover.
        shaded: colours run into each other somewhere, so that what lies under text is unknown.
        cut: a guard stopped the drawing.
    """

    width: float
    height: float
    unit: float = 1.0
    runs: dict[int, list[Chunk]] = field(default_factory=dict)
    hidden: list[Chunk] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    dots: list[Fill] = field(default_factory=list)
    image: float = 0.0
    shaded: bool = False
    cut: bool = False

    def add_text(self, spans: Sequence[Span], turn: int, style: Style, size: float, *, hidden: bool) -> None:
        """Runs of glyphs of one direction and style, drawn over the fills that are there by now.

        Args:
            spans: on one baseline.
            turn: quarter turns, -1 for slanted.
        """
        if turn > 0:
            width, height = self.width, self.height
            spans = [
                (*turned(turn, x0, y0, width, height), *turned(turn, x1, y1, width, height), text, spaced)
                for x0, y0, x1, y1, text, spaced in spans
            ]
        self.add_turned(spans, turn, style, size, hidden=hidden, over=len(self.fills))

    def add_turned(
        self, spans: Sequence[Span], turn: int, style: Style, size: float, *, hidden: bool, over: int
    ) -> None:
        """As ``add_text``, for spans that are turned to run to the right already, drawn over so many fills."""
        target = self.hidden if hidden or size < SMALLEST else self.runs.setdefault(turn, [])
        target += [Chunk(x0, y0, x1, size, text, style, spaced, over) for x0, y0, x1, _, text, spaced in spans]

    def add_path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        stroke: bool,
        fill: bool,
        colour: str,
        solid: bool = False,
        clip: Box | None = None,
    ) -> None:
        """Keep rules (thin rectangles, lines), fills (backgrounds) and dots; other shapes tell nothing of the text.

        Args:
            points: corners of the path.
            stroke, fill: how it is painted.
            colour: of the fill, ``#rrggbb``; empty for patterns.
            solid: nothing shows through the fill.
            clip: what is painted outside of this box does not show.
        """
        if not 2 <= len(points) <= MOST_POINTS or len(self.rules) + len(self.fills) > _MOST_SHAPES:
            return
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        width, height = x1 - x0, y1 - y0
        if height <= 3 and width >= 12:
            self.rules.append(Rule(x0, x1, (y0 + y1) / 2, False))
        elif width <= 3 and height >= 12:
            self.rules.append(Rule(y0, y1, (x0 + x1) / 2, True))
        elif stroke and not fill and len(points) in (4, 5) and width >= 12 and height >= 6:
            self.rules += [
                Rule(x0, x1, y0, False),
                Rule(x0, x1, y1, False),
                Rule(y0, y1, x0, True),
                Rule(y0, y1, x1, True),
            ]
        elif fill and SMALLEST <= width <= 7 and abs(width - height) <= 0.15 * width + 0.1:
            if len(self.dots) < _MOST_SHAPES:
                self.dots.append(Fill(x0, y0, x1, y1, ""))
        elif fill and width >= 4 and height >= 4:
            solid = solid and bool(colour) and _is_box(points, x0, y0, x1, y1)
            self.fills.append(_clipped(Fill(x0, y0, x1, y1, colour, solid), clip))

    def add_image(
        self, x0: float, y0: float, x1: float, y1: float, *, solid: bool = False, clip: Box | None = None
    ) -> None:
        """Remember where pictures lie: text over one may be light, text under a solid one is not seen, and a page that
        is one picture is a scan."""
        self.fills.append(_clipped(Fill(x0, y0, x1, y1, "", solid), clip))
        self.image += (x1 - x0) * (y1 - y0) / (self.width * self.height or 1.0)


@dataclass(slots=True)
class Drawing:
    """A document as an engine drew it.

    Attributes:
        pages: as many as the limits allow.
        count: pages that the document says it has.
        facts: its information dictionary: Producer, Creator, Author …
        unmapped: glyphs that stand for no known character.
    """

    pages: list[DrawnPage]
    count: int
    facts: dict[str, str]
    unmapped: int


def hex_colour(colour: object) -> str:
    """``#rrggbb`` of a grey, RGB or CMYK colour; empty for patterns."""
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    return _hex(parts) if all(isinstance(part, (int, float)) for part in parts) else ""


@lru_cache(maxsize=1_000)
def _hex(parts: tuple[float, ...]) -> str:
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        parts = tuple((1 - part) * (1 - parts[3]) for part in parts[:3])
    elif len(parts) != 3:
        return ""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in parts)


def _is_box(points: Sequence[tuple[float, float]], x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether a shape fills the box around it, but for corners that are cut or rounded a little."""
    reach = 0.25 * min(x1 - x0, y1 - y0)
    return all(
        any(abs(x - cx) <= reach and abs(y - cy) <= reach for x, y in points) for cx in (x0, x1) for cy in (y0, y1)
    )


def _clipped(fill: Fill, clip: Box | None) -> Fill:
    """What of a solid fill shows; where nothing does, it hides nothing."""
    if clip is None or not fill.solid:
        return fill
    x0, y0, x1, y1 = max(fill.x0, clip[0]), max(fill.y0, clip[1]), min(fill.x1, clip[2]), min(fill.y1, clip[3])
    return replace(fill, x0=x0, y0=y0, x1=x1, y1=y1) if x0 < x1 and y0 < y1 else replace(fill, solid=False)


def box_of(page: PageGlyphs, word: Piece | Chunk) -> Box:
    """The word's box as a viewer shows the page, in units of the page (points, but for rare files)."""
    x0, y0, x1, y1 = word.x0, word.y - 0.22 * word.size, word.x1, word.y + 0.78 * word.size
    if page.turn:
        back = 4 - page.turn
        (x0, y0), (x1, y1) = (turned(back, x, y, page.width, page.height) for x, y in ((x0, y0), (x1, y1)))
    if x0 > x1:
        x0, x1 = x1, x0
    if y0 > y1:
        y0, y1 = y1, y0
    unit = page.unit
    return round(x0 / unit, 1), round(y0 / unit, 1), round(x1 / unit, 1), round(y1 / unit, 1)


def collect(drawn: DrawnPage, number: int) -> tuple[PageGlyphs, list[Chunk]]:
    """What the page shows, turned so that most of its text runs to the right; and the text that cannot be seen."""
    sizes = {turn: sum(len(c.text) for c in chunks) for turn, chunks in drawn.runs.items()}
    turn = max((turn for turn in sizes if turn >= 0), key=lambda t: (sizes[t], -t), default=0)
    width, height = drawn.width, drawn.height
    rules, fills, dots = drawn.rules, drawn.fills, drawn.dots
    if turn:
        rules = [_turned_rule(rule, turn, width, height) for rule in rules]
        fills = [_turned_fill(fill, turn, width, height) for fill in fills]
        dots = [_turned_fill(dot, turn, width, height) for dot in dots]
        if turn != 2:
            width, height = height, width
    aside = sum(sizes.values()) - sizes.get(turn, 0)
    page = PageGlyphs(number, width, height, [], rules, fills, turn, dots, drawn.unit)
    page.aside = aside if aside > _MUCH_TURNED else 0
    unseen = list(drawn.hidden)
    bands = _banded(fills)
    for chunk in drawn.runs.get(turn, ()):
        outside = not (-2 <= chunk.x0 <= width + 2 and -2 <= chunk.y <= height + 2)
        hidden = outside or _is_hidden(chunk, bands.get(int((chunk.y + 0.3 * chunk.size) // _BAND), ()), drawn.shaded)
        (unseen if hidden else page.chunks).append(chunk)
    return page, unseen


def _turned_rule(rule: Rule, turn: int, width: float, height: float) -> Rule:
    ends = (
        [(rule.at, rule.start), (rule.at, rule.end)] if rule.vertical else [(rule.start, rule.at), (rule.end, rule.at)]
    )
    (ax, ay), (bx, by) = (turned(turn, x, y, width, height) for x, y in ends)
    vertical = abs(ax - bx) < abs(ay - by)
    return Rule(min(ay, by), max(ay, by), ax, True) if vertical else Rule(min(ax, bx), max(ax, bx), ay, False)


def _turned_fill(fill: Fill, turn: int, width: float, height: float) -> Fill:
    ax, ay = turned(turn, fill.x0, fill.y0, width, height)
    bx, by = turned(turn, fill.x1, fill.y1, width, height)
    return replace(fill, x0=min(ax, bx), y0=min(ay, by), x1=max(ax, bx), y1=max(ay, by))


def _banded(fills: Sequence[Fill]) -> dict[int, list[tuple[int, Fill]]]:
    """The fills, with their place in the order of drawing, by the bands of the page that they reach into."""
    bands: dict[int, list[tuple[int, Fill]]] = {}
    for order, fill in enumerate(fills):
        for band in range(max(0, int(fill.y0 // _BAND)), min(500, int(fill.y1 // _BAND)) + 1):
            bands.setdefault(band, []).append((order, fill))
    return bands


def _is_hidden(chunk: Chunk, fills: Sequence[tuple[int, Fill]], shaded: bool) -> bool:
    """Whether text has the colour of what lies under it, or something solid was drawn over it later. What is under a
    text on pictures and patterns, or on a page where colours run into each other, is not known."""
    x, y = (chunk.x0 + chunk.x1) / 2, chunk.y + 0.3 * chunk.size
    under = "#ffffff"
    for order, fill in fills:
        if not (fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1):
            continue
        if order < chunk.over:
            under = fill.colour
        elif fill.solid and _covers(fill, chunk):
            return True
    return not shaded and _look_alike(chunk.style.colour, under)


def _covers(fill: Fill, chunk: Chunk) -> bool:
    across = min(fill.x1, chunk.x1) - max(fill.x0, chunk.x0) >= 0.9 * (chunk.x1 - chunk.x0)
    return across and fill.y0 <= chunk.y + 0.1 * chunk.size and fill.y1 >= chunk.y + 0.5 * chunk.size


@lru_cache(maxsize=1_000)
def _look_alike(one: str, two: str) -> bool:
    return bool(one and two) and colour_distance(one, two) <= _SAME_COLOUR
