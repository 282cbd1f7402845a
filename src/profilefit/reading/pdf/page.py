"""From what an engine has drawn to what a person sees: which way is up, and which text is visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .glyphs import Chunk, Fill, PageGlyphs, Rule, Style

Matrix = tuple[float, float, float, float, float, float]
#: Where a run begins and ends (x0, y0, x1, y1), its text, and whether a space was drawn before it.
Span = tuple[float, float, float, float, str, bool]

#: Smaller letters (points) cannot be read.
SMALLEST = 1.2
#: A crop box narrower than this (points) is a mistake.
_SMALLEST_PAGE = 10
#: Shapes with more corners are pictures; more rules and fills than this are a drawing.
MOST_POINTS = 40
_MOST_SHAPES = 2_000


@dataclass(slots=True)
class DrawnPage:
    """A page as an engine drew it, in points, origin at the lower left of what a viewer shows.

    Attributes:
        runs: text by direction in quarter turns (-1 slanted), each turned so that it runs to the right.
        hidden: text that no viewer shows (render mode 3, tiny).
        image: share of the page that pictures cover.
        shaded: colours run into each other somewhere, so that what lies under text is unknown.
        cut: a guard stopped the drawing.
    """

    width: float
    height: float
    runs: dict[int, list[Chunk]] = field(default_factory=dict)
    hidden: list[Chunk] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    dots: list[Fill] = field(default_factory=list)
    image: float = 0.0
    shaded: bool = False
    cut: bool = False

    def add_text(self, spans: Sequence[Span], turn: int, style: Style, size: float, *, hidden: bool) -> None:
        """Runs of glyphs of one direction and style.

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
        self.add_turned(spans, turn, style, size, hidden=hidden)

    def add_turned(self, spans: Sequence[Span], turn: int, style: Style, size: float, *, hidden: bool) -> None:
        """As ``add_text``, for spans that are turned already so that they run to the right."""
        target = self.hidden if hidden or size < SMALLEST else self.runs.setdefault(turn, [])
        target += [Chunk(x0, y0, x1, size, text, style, spaced) for x0, y0, x1, _, text, spaced in spans]

    def add_path(self, points: Sequence[tuple[float, float]], *, stroke: bool, fill: bool, colour: str) -> None:
        """Keep rules (thin rectangles, lines), fills (backgrounds) and dots; other shapes tell nothing of the text."""
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
            self.fills.append(Fill(x0, y0, x1, y1, colour))

    def add_image(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Remember where pictures lie: text over one may be light, and a page that is one picture is a scan."""
        self.fills.append(Fill(x0, y0, x1, y1, ""))
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


def as_viewed(mediabox: Sequence[float], cropbox: Sequence[float], rotate: int) -> tuple[Matrix, float, float]:
    """What turns a page's own coordinates into those of a viewer, and the width and height that a viewer shows.

    Args:
        mediabox, cropbox: ``(x0, y0, x1, y1)`` in points.
        rotate: degrees clockwise, a multiple of 90.
    """
    x0, y0 = max(mediabox[0], cropbox[0]), max(mediabox[1], cropbox[1])
    x1, y1 = min(mediabox[2], cropbox[2]), min(mediabox[3], cropbox[3])
    if x1 - x0 < _SMALLEST_PAGE or y1 - y0 < _SMALLEST_PAGE:
        x0, y0, x1, y1 = mediabox
    matrix: Matrix = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(rotate % 360, (1, 0, 0, 1, -x0, -y0))
    return (matrix, y1 - y0, x1 - x0) if rotate % 180 else (matrix, x1 - x0, y1 - y0)


def hex_colour(colour: object) -> str:
    """``#rrggbb`` of a grey, RGB or CMYK colour; empty for patterns."""
    if isinstance(colour, (int, float)):
        parts: Sequence[float] = (colour, colour, colour)
    elif isinstance(colour, (tuple, list)) and all(isinstance(part, (int, float)) for part in colour):
        parts = colour
        if len(parts) == 1:
            parts = (parts[0],) * 3
        elif len(parts) == 4:
            parts = tuple((1 - part) * (1 - colour[3]) for part in colour[:3])
        elif len(parts) != 3:
            return ""
    else:
        return ""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in parts)


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


def collect(drawn: DrawnPage, number: int) -> tuple[PageGlyphs, list[Chunk]]:
    """What the page shows, turned so that most of its text runs to the right; and the text that cannot be seen."""
    sizes = Counter({turn: sum(len(c.text) for c in chunks) for turn, chunks in drawn.runs.items() if turn >= 0})
    turn = max(sizes, key=lambda t: (sizes[t], -t)) if sizes else 0
    width, height = drawn.width, drawn.height
    rules, fills, dots = drawn.rules, drawn.fills, drawn.dots
    if turn:
        rules = [_turned_rule(rule, turn, width, height) for rule in rules]
        fills = [_turned_fill(fill, turn, width, height) for fill in fills]
        dots = [_turned_fill(dot, turn, width, height) for dot in dots]
        if turn != 2:
            width, height = height, width
    page = PageGlyphs(number, width, height, [], rules, fills, turn, dots)
    unseen = [chunk for chunk in drawn.hidden if chunk.style.size >= SMALLEST]
    for chunk in drawn.runs.get(turn, ()):
        if not (-2 <= chunk.x0 <= width + 2 and -2 <= chunk.y <= height + 2) or (
            not drawn.shaded and _blends(chunk, fills)
        ):
            unseen.append(chunk)
        else:
            page.chunks.append(chunk)
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
    return Fill(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), fill.colour)


def _blends(chunk: Chunk, fills: Sequence[Fill]) -> bool:
    """White on white: the colour of the text is that of what lies under it. Pictures and patterns count as dark."""
    colour = chunk.style.colour
    if not colour or (colour < "#f8" and not any(fill.colour == colour for fill in fills)):
        return False
    x, y = (chunk.x0 + chunk.x1) / 2, chunk.y + 0.3 * chunk.size
    under = "#ffffff"
    for fill in fills:
        if fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1:
            under = fill.colour
    if not under:
        return False
    return all(abs(int(colour[i : i + 2], 16) - int(under[i : i + 2], 16)) <= 6 for i in (1, 3, 5))
