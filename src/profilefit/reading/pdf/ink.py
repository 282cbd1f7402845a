"""What the first page shows, as boxes: for who looks for a place where nothing stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from profilefit.models import Box
from profilefit.reading.limits import Limits
from profilefit.reading.pdf import PdfEngine, find_engine
from profilefit.reading.pdf.glyphs import PageGlyphs, Rule
from profilefit.reading.pdf.page import DrawnPage, box_of

#: A picture that covers more of the page than this is its background.
_BACKGROUND = 0.5


@dataclass(frozen=True, slots=True)
class Ink:
    """Width and height of a page as a viewer shows it, and the boxes of text, rules and pictures on it, all in units
    of the page."""

    width: float
    height: float
    boxes: tuple[Box, ...]


def first_page(data: bytes, name: str, engine: PdfEngine = "pdfminer", limits: Limits | None = None) -> Ink:
    """Raises as ``read_pdf`` does when it draws."""
    drawn = find_engine(engine)(data, name, replace(limits or Limits(), pages=1)).pages[0]
    texts = [box for turn in drawn.runs for box in _texts(drawn, turn)]
    least = _BACKGROUND * drawn.width * drawn.height
    pictures = [
        (fill.x0, fill.y0, fill.x1, fill.y1)
        for fill in drawn.fills
        if not fill.colour and (fill.x1 - fill.x0) * (fill.y1 - fill.y0) < least
    ]
    shapes = [tuple(edge / drawn.unit for edge in box) for box in (*map(_rule, drawn.rules), *pictures)]
    return Ink(drawn.width / drawn.unit, drawn.height / drawn.unit, (*texts, *shapes))  # type: ignore[arg-type]


def _texts(drawn: DrawnPage, turn: int) -> list[Box]:
    sideways = turn in (1, 3)
    width, height = (drawn.height, drawn.width) if sideways else (drawn.width, drawn.height)
    page = PageGlyphs(1, width, height, [], turn=max(0, turn), unit=drawn.unit)
    return [box_of(page, chunk) for chunk in drawn.runs[turn]]


def _rule(rule: Rule) -> Box:
    if rule.vertical:
        return rule.at, rule.start, rule.at, rule.end
    return rule.start, rule.at, rule.end, rule.at
