"""The content of a page interpreted by pdfminer, with guards against hostile streams."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
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
    PSEOF,
    PSKeyword,
    keyword_name,
    literal_name,
)

from ..limits import Limits
from .device import Cut, Device
from .streams import TooMuch, is_tangled, weight

_BRACKETS = frozenset({KEYWORD_DICT_BEGIN, KEYWORD_DICT_END, KEYWORD_PROC_BEGIN, KEYWORD_PROC_END})
#: The end of an inline picture: what stands before it belongs to the picture, what stands behind it parts words.
_PICTURE_END = re.compile(rb"EI(?=[\s\x00])")
#: An inline picture takes as long as so many other operators.
_PICTURE_COST = 10
_STRUCTURAL = _BRACKETS | {PDFContentParser.KEYWORD_BI, PDFContentParser.KEYWORD_ID}


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

    def get_inline_data(self, pos: int, target: bytes = b"EI") -> tuple[int, bytes]:
        """The data of an inline picture, which nobody looks at: where it ends is all that counts."""
        self.seek(pos)
        while True:
            self.fillbuf()
            end = _PICTURE_END.search(self.buf, self.charpos)
            if end:
                self.charpos = end.end()
                return pos, b""
            self.charpos = max(self.charpos + 1, len(self.buf) - len(target))
            if self.charpos >= len(self.buf):
                continue
            rest, at = self.buf[self.charpos :], self.bufpos + self.charpos
            self.charpos = len(self.buf)
            self.fillbuf()
            self.buf, self.bufpos, self.charpos = rest + self.buf, at, 0

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
    tokens: int = 0
    deadline: float = 0.0


class Interpreter(PDFPageInterpreter):
    """The stock interpreter with a table of operators, no copies of states that nobody keeps, and guards."""

    device: Device

    def __init__(self, manager: PDFResourceManager, device: Device, limits: Limits) -> None:
        super().__init__(manager, device)
        self.limits = limits
        self.counter = _Counter(deadline=time.monotonic() + limits.seconds)
        self.depth = 0

    def dup(self) -> Interpreter:
        other = Interpreter(self.rsrcmgr, self.device, self.limits)
        other.counter = self.counter
        other.depth = self.depth + 1
        return other

    def execute(self, streams: Sequence[object]) -> None:
        self.stream_ids.clear()
        sound = []
        for item in streams:
            if time.monotonic() > self.counter.deadline:
                raise TooMuch
            stream = stream_value(item)
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                sound.append(stream)
                self.stream_ids.add(stream.objid)
                self.counter.tokens += weight(stream.get_data())
                if self.counter.tokens > self.limits.tokens or is_tangled(stream.get_data()):
                    raise Cut
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
            if not counter.operators % 4_096 and time.monotonic() > counter.deadline:
                raise TooMuch
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

    def do_EI(self, obj: Any) -> None:  # noqa: N802
        self.counter.operators += _PICTURE_COST
        super().do_EI(obj)

    def do_sh(self, name: object) -> None:  # noqa: ARG002
        self.device.page.shaded = True

    def do_F(self) -> None:  # noqa: N802
        self.do_f()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        self.counter.forms += 1
        if self.counter.forms > self.limits.form_calls or self.depth >= self.limits.form_depth:
            raise Cut
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)


class FontManager(PDFResourceManager):
    """Spares the unpacking of embedded fonts whose characters are told by a ToUnicode map."""

    def get_font(self, objid: object, spec: Any) -> PDFFont:
        if objid is None and "ToUnicode" in spec and isinstance(resolve1(spec.get("ToUnicode")), PDFStream):
            descriptor = resolve1(spec.get("FontDescriptor"))
            if isinstance(descriptor, dict) and "FontFile2" in descriptor:
                spec = {**spec, "FontDescriptor": {k: v for k, v in descriptor.items() if k != "FontFile2"}}
        return super().get_font(objid, spec)
