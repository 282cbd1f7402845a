"""What a page shows, collected while pdfminer interprets it: runs of glyphs, rules, fills.

The layout analysis of pdfminer never runs: it is slow, and quadratic at that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import mult_matrix

from profilefit.models import Box
from profilefit.reading.limits import Limits
from profilefit.reading.pdf.geometry import direction
from profilefit.reading.pdf.glyphs import Style
from profilefit.reading.pdf.page import MOST_POINTS, DrawnPage, Span, hex_colour
from profilefit.reading.pdf.runs import WORD_GAP, find_runs
from profilefit.reading.pdf.streams import Cut
from profilefit.reading.pdf.typefaces import BULLET_CODES, UNKNOWN_MARK, FontTraits

#: Text rendering modes (PDF 32000-1, table 106) that paint the outline of letters, and those that paint nothing.
_OUTLINED, _UNPAINTED = frozenset((1, 2, 5, 6)), frozenset((3, 7))
#: Width of a bullet in Helvetica and Times, and of most characters, in units of the font size.
_BULLET_WIDTH, _USUAL_WIDTH = 0.35, 0.5
#: What is less opaque than this does not show.
_CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class Ink:
    """How things are painted just now: how opaque (0-1), and inside which box of the page; ``None`` everywhere."""

    opacity: float = 1.0
    clip: Box | None = None

    @property
    def solid(self) -> bool:
        return self.opacity >= 1.0


class Device(PDFDevice):
    """Collects what a page shows: runs of glyphs by direction, rules and fills."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self.limits = limits
        self.typefaces: dict[int, Typeface] = {}
        self.styles: dict[tuple[int, float, object], Style] = {}
        self.unmapped = self.seen = self.glyphs = 0
        self.page = DrawnPage(1.0, 1.0)
        self.ink = Ink()

    def start(self, width: float, height: float) -> DrawnPage:
        """The page of this size (points) that is drawn from now on."""
        self.glyphs = 0
        self.ink = Ink()
        self.page = DrawnPage(width, height)
        return self.page

    def _style(self, face: Typeface, size: float, colour: object) -> Style:
        key = (id(face), round(size, 1), colour if not isinstance(colour, list) else tuple(colour))
        try:
            return self.styles[key]
        except KeyError:
            style = self.styles[key] = face.traits.style(size, hex_colour(colour))
            return style
        except TypeError:
            return face.traits.style(size, "")

    def show(self, state: PDFTextState, sequence: Sequence[object], graphics: PDFGraphicState) -> None:
        """Collect one text operator: its glyphs as runs without a gap of a word's width."""
        font = state.font
        if font is None or self.ctm is None:
            return
        face = self.typefaces.get(id(font))
        if face is None:
            face = self.typefaces[id(font)] = Typeface(font)
        a, b, c, d, e, f = mult_matrix(state.matrix, self.ctm)
        fontsize = state.fontsize
        stretch = state.scaling * 0.01
        charspace = state.charspace * stretch
        wordspace = 0.0 if face.multibyte else state.wordspace * stretch
        kern = 0.001 * fontsize * stretch
        em = fontsize * stretch
        glyphs, decode, look_up = face.glyphs, face.decode, face.look_up
        along = (a * a + b * b) ** 0.5
        size = abs(fontsize) * (c * c + d * d) ** 0.5 * face.scale
        x, y = state.linematrix
        height = y + state.rise
        shown: list[tuple[str, float, float]] = []
        for item in sequence:
            if isinstance(item, (int, float)):
                x -= item * kern
            elif isinstance(item, bytes):
                for cid in decode(item):
                    character, width = glyphs.get(cid) or look_up(cid)
                    advance = width * em
                    shown.append((character, x, x + advance))
                    if cid == 32:
                        x += wordspace
                    x += advance + charspace
        state.linematrix = (x, y)
        runs = find_runs(shown, WORD_GAP * size / (along or 1.0))
        if not runs:
            return
        count = sum(len(text) for _, _, text, _ in runs)
        self.unmapped += sum(text.count("\ufffd") for _, _, text, _ in runs)
        self.glyphs += count
        self.seen += count
        if self.glyphs > self.limits.glyphs or self.seen > self.limits.glyphs_total:
            raise Cut
        dx, dy = c * height + e, d * height + f
        spans = [
            (a * begin + dx, b * begin + dy, a * end + dx, b * end + dy, text, spaced)
            for begin, end, text, spaced in runs
        ]
        colour = graphics.scolor if state.render in _OUTLINED else graphics.ncolor
        hidden = state.render in _UNPAINTED or self.ink.opacity < _CLEAR or _outside(spans, size, self.ink.clip)
        self.page.add_text(spans, direction(a, b), self._style(face, size, colour), size, hidden=hidden)

    def paint_path(
        self,
        graphicstate: Any,
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002
        path: Sequence[Any],
    ) -> None:
        """Keep rules (thin rectangles, lines) and fills (backgrounds); curves and small shapes are no text."""
        if self.ctm is None or not path or len(path) > MOST_POINTS:
            return
        a, b, c, d, e, f = self.ctm
        points = [
            (a * x + c * y + e, b * x + d * y + f)
            for x, y in ((segment[-2], segment[-1]) for segment in path if len(segment) > 2)
        ]
        ink = self.ink
        shade = hex_colour(graphicstate.ncolor)
        self.page.add_path(points, stroke=stroke, fill=fill, colour=shade, solid=ink.solid, clip=ink.clip)

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """Remember where pictures lie, and whether something shows through them."""
        if self.ctm is None:
            return
        a, b, c, d, e, f = self.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        upright = abs(b) + abs(c) < 0.01 * (abs(a) + abs(d)) or abs(a) + abs(d) < 0.01 * (abs(b) + abs(c))
        solid = self.ink.solid and upright and stream.get_any(("SMask", "Mask", "ImageMask", "IM")) is None
        self.page.add_image(min(xs), min(ys), max(xs), max(ys), solid=solid, clip=self.ink.clip)


class Typeface:
    """A font looked up once: its traits, and text and width of its characters."""

    __slots__ = ("decode", "font", "glyphs", "multibyte", "pictures", "scale", "traits")

    def __init__(self, font: PDFFont) -> None:
        name = str(getattr(font, "fontname", "") or "")
        if name == "unknown":
            name = str(getattr(font, "basefont", "") or "")
        weight = resolve1(font.descriptor.get("FontWeight", 0)) if isinstance(font.descriptor, dict) else 0
        self.font = font
        self.decode = font.decode
        self.traits = FontTraits.of(name, font.flags, weight if isinstance(weight, (int, float)) else 0)
        self.multibyte = font.is_multibyte()
        self.pictures: frozenset[int] = getattr(font, "pictures", frozenset())
        self.scale = 1.0
        if isinstance(font, PDFType3Font):
            height = abs(font.bbox[3] - font.bbox[1]) * font.vscale
            self.scale = height if 0 < height < 10 else 1.0
        self.glyphs: dict[int, tuple[str, float]] = {}

    def _tells_width(self, cid: int, text: str) -> bool:
        """Whether a font knows how wide a character is; the metrics of the standard fonts lack the euro sign."""
        widths = getattr(self.font, "widths", {})
        return cid in widths or text in widths or not text.strip()

    def look_up(self, cid: int) -> tuple[str, float]:
        """Text and width (in units of the font size) of a character code."""
        try:
            text = UNKNOWN_MARK if cid in self.pictures else self.font.to_unichr(cid)
        except Exception:  # pdfminer tells a missing mapping in several ways
            bullet = not self.multibyte and cid in BULLET_CODES
            text = UNKNOWN_MARK if self.traits.marks else "•" if bullet else "\ufffd"
        text = self.traits.shown("\ufffd" if text.startswith("(cid:") else text)
        try:
            width = float(self.font.char_width(cid))
        except Exception:
            width = _USUAL_WIDTH
        if not width and text == "•" and cid in BULLET_CODES:  # an unused code, of which the font tells no width
            width = _BULLET_WIDTH
        elif not width and not self.multibyte and not self._tells_width(cid, text):
            width = _USUAL_WIDTH
        self.glyphs[cid] = (text, width)
        return text, width


def _outside(spans: Sequence[Span], size: float, clip: Box | None) -> bool:
    """Whether text lies wholly outside of the box that is painted in."""
    if clip is None:
        return False
    xs, ys = [x for s in spans for x in (s[0], s[2])], [y for s in spans for y in (s[1], s[3])]
    across, up = max(xs) < clip[0] or min(xs) > clip[2], max(ys) + size < clip[1] or min(ys) - size > clip[3]
    return across or up
