"""PDF → glyphs: the one door of pdfminer.six.

A device of our own collects glyphs while the page is interpreted; the layout analysis of pdfminer never runs (it is
slow, and quadratic at that). Runs of touching glyphs go to ``layout`` as ``Chunk``; thin and filled rectangles too.
Guards against hostile files sit inside the parser, the stream decoder and the interpreter.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, int_value, resolve1, stream_value
from pdfminer.psparser import (
    KEYWORD_ARRAY_BEGIN,
    KEYWORD_ARRAY_END,
    KEYWORD_DICT_BEGIN,
    KEYWORD_DICT_END,
    KEYWORD_PROC_BEGIN,
    KEYWORD_PROC_END,
    PSEOF,
    PSKeyword,
    keyword_name,
    literal_name,
)
from pdfminer.runlength import rldecode
from pdfminer.utils import Matrix, apply_png_predictor, apply_tiff_predictor, mult_matrix

from ..errors import DocumentTooLarge, EncryptedDocument, NoTextLayer, UnreadableDocument
from ..models import Note, SourceKind
from .assemble import Reading
from .clean import BULLETS, OVERLAID, SPACES, compose
from .glyphs import Chunk, Fill, PageGlyphs, Rule, Style
from .limits import Limits
from .lines import lay_out

_BRACKETS = frozenset({KEYWORD_DICT_BEGIN, KEYWORD_DICT_END, KEYWORD_PROC_BEGIN, KEYWORD_PROC_END})
_STRUCTURAL = _BRACKETS | {PDFContentParser.KEYWORD_BI, PDFContentParser.KEYWORD_ID}
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

#: A gap of more than this share of the font size parts two words. 0.20 glues words that LaTeX has kerned.
WORD_GAP = 0.14
_SPACES = frozenset(SPACES + " \t\r\n\u200b")
_BOLD = re.compile(
    r"bold|black|heavy|demi(?!ng)|cmbx|cmssbx|[-,_ ]bd(?![a-z])|sfbx|ecbx|lmbx|extrab|medi(?=-|$)|-medium|W[6-9]$",
    re.I,
)
_ITALIC = re.compile(r"ital|obliq|cmti|cmsl|cmssi|sfti|ecti|slanted|[-,](?:it|sl)$|ri10|ri12", re.I)
_WEIGHT_WORDS = re.compile(
    r"[-,_ ]?(?:regular|roman|book|bold|black|heavy|semi|demi|extra|ultra|light|medium|thin|italic|oblique|ital|mt|ps)+"
    r"(?=[-,_ ]|$)",
    re.I,
)
_ICON_FONT = re.compile(
    r"awesome|icon|academicons|marvosym|fontello|icomoon|ionicons|glyphter|typicons|feather|bxs?$", re.I
)
#: Programs that break words over lines unless told not to.
_HYPHENATING = re.compile(r"tex\b|typst|indesign|xdvi|quark|scribus|framemaker|pages", re.I)
_MARK_FONT = re.compile(r"symbol|wingding|webding|dingbat", re.I)
_BULLET_CODES = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
#: Circles, squares, angles, arrows and ticks of Font Awesome: list marks where they open a line.
_ICON_MARKS = frozenset(
    "\uf111\uf10c\uf1db\uf192\uf0c8\uf096\uf105\uf054\uf0da\uf101\uf061\uf138\uf00c\uf058\uf0a9\uf04b"
)
#: Stands for a glyph of a symbol font whose character is unknown: a list mark where it opens a line, else dropped.
_UNKNOWN_MARK = "\uf0b7"


class _TooMuch(Exception):
    """A guard against hostile streams has tripped."""


class _Cut(Exception):
    """Enough has been drawn: the page, or the whole file, is read no further."""


# ── bounded decompression ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Budget:
    stream: int
    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if size > self.stream or self.left < 0:
            raise _TooMuch


class _Stream(PDFStream):
    """A stream that unpacks no more than its budget; every stream of the file is turned into one."""

    budget: _Budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for kind, parameters in self.get_filters():
            data = self._unpack(str(getattr(kind, "name", kind)), data)
            self.budget.spend(len(data))
            if parameters:
                data = _predict(data, parameters)
        self.data = data
        self.rawdata = None

    def _unpack(self, kind: str, data: bytes) -> bytes:
        if kind in ("FlateDecode", "Fl"):
            return _inflate(data, min(self.budget.stream, self.budget.left))
        if kind in ("ASCII85Decode", "A85"):
            return ascii85decode(data)
        if kind in ("ASCIIHexDecode", "AHx"):
            return asciihexdecode(data)
        if kind in ("LZWDecode", "LZW", "RunLengthDecode", "RL"):
            if len(data) > 1_000_000:
                raise _TooMuch
            return lzwdecode(data) if kind.startswith("L") else rldecode(data)
        return b""  # pictures: never looked at


def _inflate(data: bytes, limit: int) -> bytes:
    """Flate data, as much as is sound; more than ``limit`` bytes is refused before they are held in memory."""
    parts: list[bytes] = []
    size = 0
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(wbits)
        rest = data if wbits > 0 else data[2:]
        try:
            while rest and not inflater.eof:
                part = inflater.decompress(rest, 1 << 20)
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise _TooMuch
                rest = inflater.unconsumed_tail
                if not part and not rest:
                    break
        except zlib.error:
            pass
        if parts and size:
            return b"".join(parts)
    return b""


def _predict(data: bytes, parameters: dict[str, Any]) -> bytes:
    predictor = int_value(parameters.get("Predictor", 1))
    if predictor == 1:
        return data
    colors, columns = int_value(parameters.get("Colors", 1)), int_value(parameters.get("Columns", 1))
    bits = int_value(parameters.get("BitsPerComponent", 8))
    if predictor == 2:
        return apply_tiff_predictor(colors, columns, bits, data)
    return apply_png_predictor(predictor, colors, columns, bits, data)


class _Parser(PDFParser):
    """Hands out bounded streams."""

    def __init__(self, file: io.BytesIO, budget: _Budget) -> None:
        self._budget = budget
        super().__init__(file)

    def push(self, *objs: Any) -> None:
        for _, value in objs:
            if value.__class__ is PDFStream:
                value.__class__ = _Stream
                value.budget = self._budget  # type: ignore[attr-defined]
        super().push(*objs)


# ── glyphs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _hex(colour: object) -> str:
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


class _Typeface:
    """What is needed of a font, looked up once: name, weight, and text and width of its characters."""

    __slots__ = (
        "bold",
        "decode",
        "family",
        "font",
        "glyphs",
        "icons",
        "italic",
        "marks",
        "multibyte",
        "scale",
        "vertical",
    )

    def __init__(self, font: PDFFont) -> None:
        name = str(getattr(font, "fontname", "") or "")
        if name == "unknown":
            name = str(getattr(font, "basefont", "") or "")
        name = name.split("+", 1)[-1]
        self.font = font
        self.decode = font.decode
        self.family = _WEIGHT_WORDS.sub("", name) or name
        weight = resolve1(font.descriptor.get("FontWeight", 0)) if isinstance(font.descriptor, dict) else 0
        self.bold = (
            bool(_BOLD.search(name))
            or bool(font.flags & 1 << 18)
            or (isinstance(weight, (int, float)) and weight >= 600)
        )
        self.italic = bool(_ITALIC.search(name)) or bool(font.flags & 1 << 6)
        self.icons = bool(_ICON_FONT.search(name))
        self.marks = bool(_MARK_FONT.search(name))
        self.multibyte = font.is_multibyte()
        self.vertical = font.is_vertical()
        self.scale = 1.0
        if isinstance(font, PDFType3Font):
            height = abs(font.bbox[3] - font.bbox[1]) * font.vscale
            self.scale = height if 0 < height < 10 else 1.0
        self.glyphs: dict[int, tuple[str, float]] = {}

    def look_up(self, cid: int) -> tuple[str, float]:
        """Text and width (in units of the font size) of a character code."""
        try:
            text = self.font.to_unichr(cid)
        except Exception:  # pdfminer tells a missing mapping in several ways
            # the unused codes of WinAnsiEncoding show a bullet (PDF 32000-1, annex D.2)
            bullet = not self.multibyte and cid in _BULLET_CODES
            text = _UNKNOWN_MARK if self.marks else "•" if bullet else "\ufffd"
        if text.startswith("(cid:"):
            text = "\ufffd"
        if self.icons and text not in _SPACES and text not in BULLETS:
            text = _UNKNOWN_MARK if text in _ICON_MARKS else "\ue000"
        elif self.marks and len(text) == 1 and (text.isalnum() or ord(text) < 0x20):
            text = _UNKNOWN_MARK
        try:
            width = float(self.font.char_width(cid))
        except Exception:
            width = 0.5
        self.glyphs[cid] = (text, width)
        return text, width


class _Device(PDFDevice):
    """Collects what a page shows: runs of glyphs by direction, rules and fills."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self.limits = limits
        self.typefaces: dict[int, _Typeface] = {}
        self.styles: dict[tuple[int, float, object], Style] = {}
        self.unmapped = self.seen = self.glyphs = 0
        self.start(1.0, 1.0)

    def start(self, width: float, height: float) -> None:
        """Make ready for a page of this size (points)."""
        self.seen += self.glyphs
        self.width, self.height = width, height
        self.runs: dict[int, list[Chunk]] = {}
        self.hidden: list[Chunk] = []
        self.rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.dots: list[Fill] = []
        self.glyphs = 0
        self.image = 0.0
        self.shaded = False

    def _style(self, face: _Typeface, size: float, colour: object) -> Style:
        key = (id(face), round(size, 1), colour if not isinstance(colour, list) else tuple(colour))
        try:
            return self.styles[key]
        except KeyError:
            style = self.styles[key] = Style(face.family, round(size, 1), _hex(colour), face.bold, face.italic)
            return style
        except TypeError:
            return Style(face.family, round(size, 1), "", face.bold, face.italic)

    def show(self, state: PDFTextState, sequence: Sequence[object], colour: object) -> None:
        """Collect one text operator: its glyphs as runs without a gap of a word's width."""
        font = state.font
        if font is None or self.ctm is None:
            return
        face = self.typefaces.get(id(font))
        if face is None:
            face = self.typefaces[id(font)] = _Typeface(font)
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
        limit = WORD_GAP * size / (along or 1.0)
        overlap = -1.4 * limit
        text = ""
        begin = end = x
        spaced = False
        slim = 0.45 * limit
        loose: list[tuple[int, float, float]] = []
        pieces: list[tuple[float, float, str, bool]] = []
        for item in sequence:
            if isinstance(item, (int, float)):
                x -= item * kern
                continue
            if not isinstance(item, bytes):
                continue
            for cid in decode(item):
                glyph = glyphs.get(cid)
                if glyph is None:
                    glyph = look_up(cid)
                character, width = glyph
                if character in _SPACES:
                    if text:
                        _close(pieces, begin, end, text, spaced, loose)
                        text = ""
                    spaced = True
                else:
                    if text:
                        gap = x - end
                        if overlap <= gap <= limit:
                            if gap > slim:
                                loose.append((len(text), end, x))
                            text += character
                        elif (gap < 0 and text[-1] in OVERLAID and (whole := compose(text[-1], character))) or (
                            gap < 0 and character in OVERLAID and (whole := compose(character, text[-1]))
                        ):
                            text = text[:-1] + whole
                        else:
                            _close(pieces, begin, end, text, spaced, loose)
                            text, begin, spaced = character, x, False
                    else:
                        text, begin = character, x
                    if character == "\ufffd":
                        self.unmapped += 1
                    self.glyphs += 1
                x += width * em
                if character not in _SPACES:
                    end = max(end, x) if text and len(text) > 1 and x < end else x
                if cid == 32:
                    x += wordspace
                x += charspace
        if text:
            _close(pieces, begin, end, text, spaced, loose)
        state.linematrix = (x, y)
        if not pieces:
            return
        if self.glyphs > self.limits.glyphs or self.seen + self.glyphs > self.limits.glyphs_total:
            raise _Cut
        turn = _turn(a, b)
        if turn is None:
            turn = -1
        style = self._style(face, size, colour)
        target = self.hidden if state.render == 3 or size < 1.2 else self.runs.setdefault(turn, [])
        dx, dy = c * height + e, d * height + f
        for begin, end, text, spaced in pieces:
            x0, y0, x1, y1 = a * begin + dx, b * begin + dy, a * end + dx, b * end + dy
            if turn == 0:
                target.append(Chunk(x0, y0, x1, size, text, style, spaced))
            else:
                u0, v0 = _turned(turn, x0, y0, self.width, self.height)
                u1, _ = _turned(turn, x1, y1, self.width, self.height)
                target.append(Chunk(u0, v0, u1, size, text, style, spaced))

    def paint_path(
        self,
        graphicstate: Any,
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002
        path: Sequence[Any],
    ) -> None:
        """Keep rules (thin rectangles, lines) and fills (backgrounds); curves and small shapes are no text."""
        if self.ctm is None or not path or len(path) > 40 or len(self.rules) + len(self.fills) > 2_000:
            return
        a, b, c, d, e, f = self.ctm
        points = [(segment[-2], segment[-1]) for segment in path if len(segment) > 2]
        if len(points) < 2:
            return
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
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
        elif fill and 1.2 <= width <= 7 and abs(width - height) <= 0.15 * width + 0.1:
            if len(self.dots) < 2_000:
                self.dots.append(Fill(x0, y0, x1, y1, ""))
        elif fill and width >= 4 and height >= 4:
            self.fills.append(Fill(x0, y0, x1, y1, _hex(graphicstate.ncolor)))

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """Remember where pictures lie: text over one may be light, and a page that is one picture is a scan."""
        if self.ctm is None:
            return
        a, b, c, d, e, f = self.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        self.fills.append(Fill(min(xs), min(ys), max(xs), max(ys), ""))
        self.image += (max(xs) - min(xs)) * (max(ys) - min(ys)) / (self.width * self.height or 1.0)


def _close(
    pieces: list[tuple[float, float, str, bool]],
    begin: float,
    end: float,
    text: str,
    spaced: bool,
    loose: list[tuple[int, float, float]],
) -> None:
    """A run of glyphs is complete: a long one whose words are parted by thin gaps only is cut at those."""
    if loose:
        if len(text) > 24 and len(loose) * 16 >= len(text):
            at = 0
            for place, stop, go in loose:
                pieces.append((begin, stop, text[at:place], spaced))
                at, begin, spaced = place, go, True
            text = text[at:]
        loose.clear()
    pieces.append((begin, end, text, spaced))


def _turn(a: float, b: float) -> int | None:
    """The direction of a line of text in quarter turns; ``None`` where it is slanted."""
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= 0.05 * abs(b):
        return 1 if b > 0 else 3
    return None


def _turned(turn: int, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """A point of the page after the page is turned so that text of this direction runs to the right."""
    if turn == 1:
        return y, width - x
    if turn == 2:
        return width - x, height - y
    if turn == 3:
        return height - y, x
    return x, y


# ── the interpreter ──────────────────────────────────────────────────────────────────────────────────────────────


class _Content(PDFContentParser):
    """Objects of a content stream. The stock method queues each one and formats log records nobody reads, which is a
    tenth of the whole reading; what is rare (dictionaries, inline pictures) goes the stock way."""

    def nextobject(self) -> Any:
        while not self.results:
            entry: Any = self.nexttoken()
            token = entry[1]
            kind = token.__class__
            if kind is not PSKeyword:
                if not self.context:
                    return entry
                self.curstack.append(entry)
            elif token is KEYWORD_ARRAY_BEGIN:
                self.context.append((entry[0], self.curtype, self.curstack))
                self.curtype, self.curstack = "a", []
            elif token is KEYWORD_ARRAY_END:
                if self.curtype == "a":
                    done = self.end_type("a")
                    if not self.context:
                        return done
                    self.curstack.append(done)
            elif not self.context and token not in _STRUCTURAL:
                return entry
            else:
                self._structure(entry[0], token)
                if not self.context:
                    self.flush()
        return self.results.pop(0)

    def _structure(self, position: int, token: PSKeyword) -> None:
        """Dictionaries, procedures and inline pictures."""
        if token is KEYWORD_DICT_BEGIN:
            self.start_type(position, "d")
        elif token is KEYWORD_PROC_BEGIN:
            self.start_type(position, "p")
        elif token is KEYWORD_DICT_END and self.curtype == "d":
            start, items = self.end_type("d")
            pairs = zip(items[::2], items[1::2], strict=False)
            self.push((start, {literal_name(key): value for key, value in pairs if value is not None}))
        elif token is KEYWORD_PROC_END and self.curtype == "p":
            self.push(self.end_type("p"))
        elif token not in _BRACKETS:
            self.do_keyword(position, token)


@dataclass(slots=True)
class _Counter:
    operators: int = 0
    forms: int = 0


class _Interpreter(PDFPageInterpreter):
    """The stock interpreter with a table of operators, no copies of states that nobody keeps, and guards."""

    device: _Device

    def __init__(self, manager: PDFResourceManager, device: _Device, limits: Limits) -> None:
        super().__init__(manager, device)
        self.limits = limits
        self.counter = _Counter()
        self.depth = 0

    def dup(self) -> _Interpreter:
        other = _Interpreter(self.rsrcmgr, self.device, self.limits)
        other.counter = self.counter
        other.depth = self.depth + 1
        return other

    def execute(self, streams: Sequence[object]) -> None:
        self.stream_ids.clear()
        sound = []
        for item in streams:
            stream = stream_value(item)
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                sound.append(stream)
                self.stream_ids.add(stream.objid)
        parser = _Content(sound)
        counter, limit = self.counter, self.limits.operators
        handlers: dict[PSKeyword, tuple[Any, int] | None] = {}
        while True:
            try:
                _, item = parser.nextobject()
            except PSEOF:
                return
            if item.__class__ is not PSKeyword:
                self.argstack.append(item)
                if len(self.argstack) > 4_000:
                    raise _Cut
                continue
            counter.operators += 1
            if counter.operators > limit:
                raise _Cut
            try:
                handler = handlers[item]
            except KeyError:
                handler = handlers[item] = self._handler(item)
            if handler is None:
                continue
            function, count = handler
            if count == 0:
                function()
                continue
            arguments = self.argstack[-count:]
            del self.argstack[-count:]
            if len(arguments) == count:
                function(*arguments)

    def _handler(self, keyword: PSKeyword) -> tuple[Any, int] | None:
        name = str(keyword_name(keyword)).replace("*", "_a").replace('"', "_w").replace("'", "_q")
        function = getattr(self, f"do_{name}", None)
        return None if function is None else (function, function.__code__.co_argcount - 1)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        if isinstance(seq, list):
            self.device.show(self.textstate, seq, self.graphicstate.ncolor)

    def do_q(self) -> None:
        if len(self.gstack) < 2_000:
            super().do_q()

    def do_sh(self, name: object) -> None:  # noqa: ARG002
        self.device.shaded = True

    def do_F(self) -> None:  # noqa: N802
        self.do_f()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        self.counter.forms += 1
        if self.counter.forms > self.limits.form_calls or self.depth >= self.limits.form_depth:
            raise _Cut
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)


class _Manager(PDFResourceManager):
    """Spares the unpacking of embedded fonts whose characters are told by a ToUnicode map."""

    def get_font(self, objid: object, spec: Any) -> PDFFont:
        if objid is None and "ToUnicode" in spec and isinstance(resolve1(spec.get("ToUnicode")), PDFStream):
            descriptor = resolve1(spec.get("FontDescriptor"))
            if isinstance(descriptor, dict) and "FontFile2" in descriptor:
                spec = {**spec, "FontDescriptor": {k: v for k, v in descriptor.items() if k != "FontFile2"}}
        return super().get_font(objid, spec)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_pdf(data: bytes, name: str, limits: Limits) -> Reading:
    """The lines of a PDF in reading order.

    Raises:
        EncryptedDocument, NoTextLayer, DocumentTooLarge, UnreadableDocument.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(data, name, limits)
        except UnreadableDocument:
            raise
        except PDFEncryptionError as error:
            raise EncryptedDocument(name, "the file asks for a password; save a copy without one") from error
        except _TooMuch as error:
            raise DocumentTooLarge(name, "it unpacks to far more than a CV holds; print it to a new PDF") from error
        except Exception as error:  # pdfminer raises whatever broken bytes make it raise
            raise UnreadableDocument(name, "the PDF is damaged or cut short; export it again") from error


def _read(data: bytes, name: str, limits: Limits) -> Reading:
    budget = _Budget(limits.unpacked, limits.unpacked_total)
    document = PDFDocument(_Parser(io.BytesIO(data), budget))
    manager = _Manager()
    device = _Device(manager, limits)
    interpreter = _Interpreter(manager, device, limits)
    notes: dict[str, Note] = {}
    pages: list[PageGlyphs] = []
    hidden: list[tuple[PageGlyphs, list[Chunk]]] = []
    shown = images = 0
    total = 0
    for page in _pages(document):
        total += 1
        if total > limits.pages:
            break
        cut = _interpret(interpreter, device, page)
        glyphs, unseen = _collect(device, total)
        pages.append(glyphs)
        hidden.append((glyphs, unseen))
        shown += sum(len(chunk.text) for chunk in glyphs.chunks)
        images += device.image > 0.4
        if cut:
            notes["page-cut"] = Note(
                "page-cut", f"Page {total} draws more than a CV does; the rest of it was not read."
            )
            if interpreter.counter.operators > limits.operators or device.seen + device.glyphs > limits.glyphs_total:
                break
    if not pages:
        raise UnreadableDocument(name, "the PDF has no pages; export it again")
    count = max(total, _page_count(document))
    if count > limits.pages:
        message = f"The file has {count} pages; only the first {limits.pages} were read."
        notes["pages-left-out"] = Note("pages-left-out", message)
        count_read = limits.pages
    else:
        count_read = total
    unseen_size = sum(len(chunk.text) for _, chunks in hidden for chunk in chunks)
    if unseen_size > 200 and images and shown < 0.1 * unseen_size:
        for glyphs, chunks in hidden:
            glyphs.chunks += chunks
        message = "The pages are pictures with a text layer from character recognition; words may be misread."
        notes["recognised-text"] = Note("recognised-text", message)
    elif unseen_size:
        message = f"{unseen_size} characters that cannot be seen on the page were left out."
        notes["invisible-text"] = Note("invisible-text", message)
    if sum(len(glyphs.chunks) for glyphs in pages) == 0 or (images and shown + unseen_size < 25):
        raise NoTextLayer(name, "the pages are pictures (a scan); run text recognition (OCR) over it first")
    if device.unmapped > 0.5 * max(1, shown):
        raise NoTextLayer(name, "its letters carry no characters; export it again or run text recognition (OCR)")
    if device.unmapped > 0.03 * shown:
        message = "Some fonts do not say which characters they show; words may be missing."
        notes["unmapped-characters"] = Note("unmapped-characters", message)
    facts = _facts(document)
    kind = _kind(facts, pages)
    if kind == "linkedin-pdf":
        message = (
            "A LinkedIn PDF shows only a few top skills: what is absent is not shown in this export, not missing. "
            "Give a full CV beside it to have all of them assessed."
        )
        notes["linkedin-top-skills"] = Note("linkedin-top-skills", message)
    hyphenated = _HYPHENATING.search(f"{facts.get('Producer', '')} {facts.get('Creator', '')}") is not None
    drafts = lay_out(pages, count, hyphenated)
    return Reading(drafts, [notes[code] for code in sorted(notes)], count if count > limits.pages else count_read, kind)


def _pages(document: PDFDocument) -> Iterator[PDFPage]:
    yield from PDFPage.create_pages(document)


def _page_count(document: PDFDocument) -> int:
    tree = resolve1(document.catalog.get("Pages"))
    count = resolve1(tree.get("Count", 0)) if isinstance(tree, dict) else 0
    return count if isinstance(count, int) and 0 < count < 1_000_000 else 0


def _interpret(interpreter: _Interpreter, device: _Device, page: PDFPage) -> bool:
    """Draw a page into the device, in the coordinates of a viewer; true where a guard cut it."""
    mx0, my0, mx1, my1 = page.mediabox
    cx0, cy0, cx1, cy1 = page.cropbox
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    if x1 - x0 < 10 or y1 - y0 < 10:
        x0, y0, x1, y1 = page.mediabox
    ctm: Matrix = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(page.rotate, (1, 0, 0, 1, -x0, -y0))
    sideways = page.rotate in (90, 270)
    device.start(*((y1 - y0, x1 - x0) if sideways else (x1 - x0, y1 - y0)))
    try:
        interpreter.render_contents(page.resources or {}, page.contents, ctm=ctm)
    except _Cut:
        return True
    return False


def _collect(device: _Device, number: int) -> tuple[PageGlyphs, list[Chunk]]:
    """What the page shows, turned so that most of its text runs to the right; and the text that cannot be seen."""
    sizes = Counter({turn: sum(len(c.text) for c in chunks) for turn, chunks in device.runs.items() if turn >= 0})
    turn = max(sizes, key=lambda t: (sizes[t], -t)) if sizes else 0
    width, height = device.width, device.height
    rules, fills, dots = device.rules, device.fills, device.dots
    if turn:
        rules = [_turned_rule(rule, turn, width, height) for rule in rules]
        fills = [_turned_fill(fill, turn, width, height) for fill in fills]
        dots = [_turned_fill(dot, turn, width, height) for dot in dots]
        if turn != 2:
            width, height = height, width
    page = PageGlyphs(number, width, height, [], rules, fills, turn, dots)
    unseen = [chunk for chunk in device.hidden if chunk.style.size >= 1.2]
    for chunk in device.runs.get(turn, ()):
        if not (-2 <= chunk.x0 <= width + 2 and -2 <= chunk.y <= height + 2) or (
            not device.shaded and _blends(chunk, fills)
        ):
            unseen.append(chunk)
        else:
            page.chunks.append(chunk)
    return page, unseen


def _turned_rule(rule: Rule, turn: int, width: float, height: float) -> Rule:
    ends = (
        [(rule.at, rule.start), (rule.at, rule.end)] if rule.vertical else [(rule.start, rule.at), (rule.end, rule.at)]
    )
    (ax, ay), (bx, by) = (_turned(turn, x, y, width, height) for x, y in ends)
    vertical = abs(ax - bx) < abs(ay - by)
    return Rule(min(ay, by), max(ay, by), ax, True) if vertical else Rule(min(ax, bx), max(ax, bx), ay, False)


def _turned_fill(fill: Fill, turn: int, width: float, height: float) -> Fill:
    ax, ay = _turned(turn, fill.x0, fill.y0, width, height)
    bx, by = _turned(turn, fill.x1, fill.y1, width, height)
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


def _facts(document: PDFDocument) -> dict[str, str]:
    """The document information: Producer, Creator, Author …"""
    facts: dict[str, str] = {}
    for info in document.info:
        for key, value in info.items():
            value = resolve1(value)
            if isinstance(value, bytes):
                encoding = "utf-16-be" if value[:2] == b"\xfe\xff" else "latin-1"
                facts[key] = value.decode(encoding, errors="replace").strip("\ufeff\x00 ")
    return facts


def _kind(facts: dict[str, str], pages: Sequence[PageGlyphs]) -> SourceKind:
    """A LinkedIn export, told by producer, author and geometry; never by the file's name."""
    page = pages[0]
    fop = facts.get("Producer", "").startswith("Apache FOP")
    author = facts.get("Author", "") == "LinkedIn"
    letter = abs(page.width - 612) < 2 and abs(page.height - 792) < 2
    bar = any(f.x0 <= 3 and 190 <= f.x1 <= 215 and f.y1 - f.y0 > 0.9 * page.height for f in page.fills)
    edges = Counter(round(chunk.x0) for chunk in page.chunks)
    columns = edges[21] + edges[22] >= 2 and edges[223] + edges[224] >= 3
    if sum((fop, author, letter and bar, letter and columns)) >= 2:
        return "linkedin-pdf"
    old = facts.get("Producer", "").startswith("Apache FOP Version 1.") and letter
    return "linkedin-pdf" if old and any("Times" in chunk.style.family for chunk in page.chunks[:20]) else "cv"
