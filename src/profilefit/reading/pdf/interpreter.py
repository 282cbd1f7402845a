"""The content of a page interpreted by pdfminer, with guards against hostile streams."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1, stream_value
from pdfminer.psparser import (
    KEYWORD_ARRAY_BEGIN,
    KEYWORD_ARRAY_END,
    KEYWORD_DICT_BEGIN,
    KEYWORD_DICT_END,
    KEYWORD_PROC_BEGIN,
    KEYWORD_PROC_END,
    KWD,
    LIT,
    PSEOF,
    PSKeyword,
    PSLiteral,
    keyword_name,
    literal_name,
)
from pdfminer.utils import Matrix

from ..limits import Limits
from .device import Cut, Device, Ink
from .typefaces import is_picture

_BRACKETS = frozenset({KEYWORD_DICT_BEGIN, KEYWORD_DICT_END, KEYWORD_PROC_BEGIN, KEYWORD_PROC_END})
_STRUCTURAL = _BRACKETS | {PDFContentParser.KEYWORD_BI, PDFContentParser.KEYWORD_ID}


#: A token that stands whole in the buffer and can be nothing else: a number, a keyword, a string without brackets, a
#: string in hexadecimal digits, a bracket, a name without escapes.
_SIMPLE = re.compile(
    rb"\s*(?:([-+]?(?:\d+(?:\.\d*)?|\.\d+))(?=[\s\[\]<>()/])|([A-Za-z][^#/%\[\]()<>{}\s]*)(?=[\s\[\]<>()/])"
    rb"|\(((?:[^()\\]|\\(?:[0-3][0-7]{2}|[0-7]{1,2}(?![0-7])|[nrtbf()\\]))*)\)|<((?:[0-9A-Fa-f]{2})*)>|([\[\]])"
    rb"|/([A-Za-z0-9_.,:;+*=@&!?|~^$'-]+)(?=[\s\[\]<>()/]))"
)
_NUMBER, _STRING, _HEX, _NAME = 1, 3, 4, 6  # groups; the others are keywords
_CONSTANTS = frozenset((b"true", b"false"))
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 8),)) if escape[1] else _ESCAPED.get(escape[2], escape[2])


class _Content(PDFContentParser):
    """Objects of a content stream.

    The stock methods walk from state to state within a token, queue every object and format log records nobody reads:
    half of the time of reading. Here what is plain is taken at once, and what is not (names, escapes, comments, tokens
    over the edge of the buffer, dictionaries, inline pictures) goes the stock way.
    """

    def nexttoken(self) -> Any:
        if self._tokens or self._parse1 != self._parse_main:
            return super().nexttoken()
        found = _SIMPLE.match(self.buf, self.charpos)
        if found is None:
            return super().nexttoken()
        kind = found.lastindex or 0
        text = found[kind]
        token: Any = text
        if kind == _NUMBER:
            token = float(text) if b"." in text else int(text)
        elif kind == _STRING:
            token = _ESCAPE.sub(_unescaped, text) if b"\\" in text else text
        elif kind == _HEX:
            token = bytes.fromhex(text.decode("ascii"))
        elif kind == _NAME:
            token = LIT(text.decode("ascii"))
        else:
            if text in _CONSTANTS:
                return super().nexttoken()
            token = KWD(text)
        start = found.start(kind) - (kind in (_STRING, _HEX, _NAME))
        self._curtokenpos = self.bufpos + start
        self.charpos = found.end()
        return self._curtokenpos, token

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


class Interpreter(PDFPageInterpreter):
    """The stock interpreter with a table of operators, no copies of states that nobody keeps, and guards."""

    device: Device

    def __init__(self, manager: PDFResourceManager, device: Device, limits: Limits) -> None:
        super().__init__(manager, device)
        self.limits = limits
        self.counter = _Counter()
        self.depth = 0
        self.inks: list[Ink] = []

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.inks = []

    def dup(self) -> Interpreter:
        other = Interpreter(self.rsrcmgr, self.device, self.limits)
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
                    raise Cut
                continue
            counter.operators += 1
            if counter.operators > limit:
                raise Cut
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
            self.device.show(self.textstate, seq, self.graphicstate)

    def do_q(self) -> None:
        if len(self.gstack) < 2_000:
            super().do_q()
            self.inks.append(self.device.ink)

    def do_Q(self) -> None:  # noqa: N802
        if self.gstack:
            super().do_Q()
            self.device.ink = self.inks.pop()

    def do_gs(self, name: object) -> None:
        """Opacity; blending and masks let something through too."""
        states = resolve1(self.resources.get("ExtGState"))
        state = resolve1(states.get(literal_name(name))) if isinstance(states, dict) else None
        if not isinstance(state, dict):
            return
        opacity = resolve1(state.get("ca", self.device.ink.opacity))
        opacity = float(opacity) if isinstance(opacity, (int, float)) else 1.0
        blend, mask = (resolve1(state.get(key)) for key in ("BM", "SMask"))
        if isinstance(mask, dict) or not (blend is None or literal_name(blend) in ("Normal", "Compatible")):
            opacity = min(opacity, 0.99)
        self.device.ink = replace(self.device.ink, opacity=opacity)

    def do_W(self) -> None:  # noqa: N802
        """Clip to the path, as far as the box around it tells."""
        a, b, c, d, e, f = self.ctm
        corners = [(s[-2], s[-1]) for s in self.curpath if len(s) > 2]
        if not corners:
            return
        xs, ys = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
        old = self.device.ink.clip or (min(xs), min(ys), max(xs), max(ys))
        clip = max(old[0], min(xs)), max(old[1], min(ys)), min(old[2], max(xs)), min(old[3], max(ys))
        self.device.ink = replace(self.device.ink, clip=clip)

    do_W_a = do_W  # noqa: N815

    def do_sh(self, name: object) -> None:  # noqa: ARG002
        self.device.page.shaded = True

    def do_F(self) -> None:  # noqa: N802
        self.do_f()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        self.counter.forms += 1
        if self.counter.forms > self.limits.form_calls or self.depth >= self.limits.form_depth:
            raise Cut
        ink = self.device.ink
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)
        self.device.ink = ink


class FontManager(PDFResourceManager):
    """Spares the unpacking of embedded fonts whose characters are told by a ToUnicode map."""

    def get_font(self, objid: object, spec: Any) -> PDFFont:
        if objid is None and "ToUnicode" in spec and isinstance(resolve1(spec.get("ToUnicode")), PDFStream):
            descriptor = resolve1(spec.get("FontDescriptor"))
            if isinstance(descriptor, dict) and "FontFile2" in descriptor:
                spec = {**spec, "FontDescriptor": {k: v for k, v in descriptor.items() if k != "FontFile2"}}
        font = super().get_font(objid, spec)
        if "ToUnicode" not in spec and not hasattr(font, "pictures"):
            font.pictures = _pictures(spec.get("Encoding"))  # type: ignore[attr-defined]
        return font


def _pictures(encoding: object) -> frozenset[int]:
    """The character codes whose glyphs have a word for a name that no letter has: "envelope", "squaresolid"."""
    encoding = resolve1(encoding)
    differences = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    found: set[int] = set()
    code = 0
    for item in map(resolve1, differences if isinstance(differences, list) else ()):
        if isinstance(item, int):
            code = item
        elif isinstance(item, PSLiteral):
            if is_picture(str(literal_name(item))):
                found.add(code)
            code += 1
    return frozenset(found)
