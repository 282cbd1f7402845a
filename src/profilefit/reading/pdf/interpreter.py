"""The content of a page interpreted by pdfminer, with guards against hostile streams."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import Matrix

from profilefit.reading.limits import Limits
from profilefit.reading.pdf.content import Content
from profilefit.reading.pdf.device import Device, Ink
from profilefit.reading.pdf.streams import Cut, TooMuch, is_tangled, weight

#: An inline picture takes as long as so many other operators.
_PICTURE_COST = 10


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
        counter, limit = self.counter, self.limits.operators
        handlers: dict[bytes, tuple[Any, int] | None] = {}
        for keyword, operands in Content(self._sound(streams)).operations():
            counter.operators += 1
            if counter.operators > limit:
                raise Cut
            if not counter.operators % 4_096 and time.monotonic() > counter.deadline:
                raise TooMuch
            try:
                handler = handlers[keyword]
            except KeyError:
                handler = handlers[keyword] = self._handler(keyword)
            if handler is None:
                continue
            function, count = handler
            if count == 0:
                self.argstack = operands  # from which the operators of colours take as many as they want
                function()
            elif len(operands) >= count:
                function(*operands[-count:])

    def _sound(self, streams: Sequence[object]) -> list[Any]:
        """The streams that do not hold themselves, each weighed before it is read."""
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
        return sound

    def _handler(self, keyword: bytes) -> tuple[Any, int] | None:
        name = keyword.decode("utf-8", "ignore").replace("*", "_a").replace('"', "_w").replace("'", "_q")
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
        ink = self.device.ink
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)
        self.device.ink = ink
