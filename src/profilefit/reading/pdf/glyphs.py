"""What a page shows, as plain geometry in points, origin at the lower left, text running to the right."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of glyphs is set. ``colour`` is ``#rrggbb``, empty for patterns."""

    family: str
    size: float
    colour: str
    bold: bool
    italic: bool

    @property
    def key(self) -> str:
        """Equal for text set alike."""
        return f"{self.family}|{self.size:g}|{self.colour}|{'b' * self.bold}{'i' * self.italic}"


def colour_distance(one: str, two: str) -> int:
    """By how much, of 255, two colours (``#rrggbb``) differ in the part in which they differ most."""
    return max(abs(int(one[i : i + 2], 16) - int(two[i : i + 2], 16)) for i in (1, 3, 5))


@dataclass(slots=True)
class Chunk:
    """Glyphs that touch, drawn by one operator: from ``x0`` to ``x1`` on the baseline ``y``; ``spaced`` tells that a
    space character was drawn before it, ``over`` how many of the page's fills were."""

    x0: float
    y: float
    x1: float
    size: float
    text: str
    style: Style
    spaced: bool = False
    over: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line: from ``start`` to ``end`` at height (or, if vertical, at distance) ``at``."""

    start: float
    end: float
    at: float
    vertical: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area; ``colour`` is empty for pictures and patterns, ``solid`` where nothing shows through it."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    solid: bool = False


@dataclass(slots=True)
class PageGlyphs:
    """A page: its runs of glyphs, rules, fills and dots (small filled shapes).

    ``turn`` tells by how many quarter turns it was turned, ``unit`` how many points make one of its own units, and
    ``aside`` how many characters in other directions were left out, where that is worth a note.
    """

    number: int
    width: float
    height: float
    chunks: list[Chunk]
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    turn: int = 0
    dots: list[Fill] = field(default_factory=list)
    unit: float = 1.0
    aside: int = 0


@dataclass(slots=True)
class Piece:
    """A word on the page."""

    x0: float
    y: float
    x1: float
    size: float
    text: str
    style: Style


@dataclass(slots=True)
class Fragment:
    """Words of one baseline without a gap wide enough to part columns.

    ``mark`` is the list mark that stood in front (removed from ``words``), ``mark_x`` where it stood.
    """

    words: list[Piece]
    x0: float
    x1: float
    y: float
    size: float
    mark: str = ""
    mark_x: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """The left edge with the list mark."""
        return min(self.x0, self.mark_x) if self.mark else self.x0
