"""The objects of a content stream, by pdfminer's parser with a short way for what is plain."""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.psparser import (
    KEYWORD_ARRAY_BEGIN,
    KEYWORD_ARRAY_END,
    KEYWORD_DICT_BEGIN,
    KEYWORD_DICT_END,
    KEYWORD_PROC_BEGIN,
    KEYWORD_PROC_END,
    KWD,
    LIT,
    PSKeyword,
    literal_name,
)

_BRACKETS = frozenset({KEYWORD_DICT_BEGIN, KEYWORD_DICT_END, KEYWORD_PROC_BEGIN, KEYWORD_PROC_END})
#: The end of an inline picture: what stands before it belongs to the picture, what stands behind it parts words.
_PICTURE_END = re.compile(rb"EI(?=[\s\x00])")
_STRUCTURAL = _BRACKETS | {PDFContentParser.KEYWORD_BI, PDFContentParser.KEYWORD_ID}


#: A token that stands whole in the buffer and can be nothing else: a number, a keyword, a string without brackets, a
#: string in hexadecimal digits, a bracket, a name without escapes.
_SIMPLE = re.compile(
    rb"\s*(?:([-+]?(?:\d+(?:\.\d*)?|\.\d+))(?=[\s\[\]<>()/])|([A-Za-z][^#/%\[\]()<>{}\s]*)(?=[\s\[\]<>()/])"
    rb"|\(((?:[^()\\]|\\(?:[0-3][0-7]{2}|[0-7]{1,2}(?![0-7])|[nrtbf()\\]))*)\)|<((?:[0-9A-Fa-f]{2})*)>(?=[^>])|([\[\]])"
    rb"|/([A-Za-z0-9_.,:;+*=@&!?|~^$'-]+)(?=[\s\[\]<>()/]))"
)
_NUMBER, _STRING, _HEX, _NAME = 1, 3, 4, 6  # groups; the others are keywords
_CONSTANTS = frozenset((b"true", b"false"))
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 8),)) if escape[1] else _ESCAPED.get(escape[2], escape[2])


class Content(PDFContentParser):
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
