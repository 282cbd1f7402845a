"""Tokens of PDF syntax: a short way for what is plain, in front of any of pdfminer's parsers."""

from __future__ import annotations

import re
from binascii import unhexlify
from typing import Any

from pdfminer.psparser import KWD, LIT, PSBaseParser

#: What must follow a number, keyword or name for it to stand whole in the buffer.
END = rb"(?=[\s\[\]<>()/])"
NUMBER = rb"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)" + END
KEYWORD = rb"[A-Za-z][^#/%\[\]()<>{}\s]*+" + END
STRING = rb"(?:[^()\\]|\\(?:[0-3][0-7]{2}|[0-7]{1,2}(?![0-7])|[nrtbf()\\]))*+"
HEX = rb"(?:[0-9A-Fa-f]{2})*+"
NAME = rb"[A-Za-z0-9_.,:;+*=@&!?|~^$'-]++" + END

#: A token that stands whole in the buffer and can be nothing else: a number, a keyword, a string without brackets, a
#: string in hexadecimal digits, a bracket, a name without escapes.
_PLAIN = re.compile(
    rb"\s*+(?:(%b)|(%b)|\((%b)\)|<(%b)>(?=[^>])|([\[\]]|<<|>>)|/(%b))" % (NUMBER, KEYWORD, STRING, HEX, NAME)
)
_NUMBER, _STRING, _HEX, _NAME = 1, 3, 4, 6  # groups; the others are keywords
CONSTANTS = frozenset((b"true", b"false"))
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 8),)) if escape[1] else _ESCAPED.get(escape[2], escape[2])


def string(text: bytes) -> bytes:
    """What is written between the brackets of a plain string."""
    return _ESCAPE.sub(_unescaped, text) if b"\\" in text else text


def number(text: bytes) -> float:
    return float(text) if b"." in text else int(text)


class PlainTokens(PSBaseParser):
    """A parser that takes plain tokens at once.

    The stock method walks from state to state within a token and formats log records nobody reads. What is not plain
    (escapes in names, comments, tokens over the edge of the buffer, dictionaries) goes the stock way.
    """

    def nexttoken(self) -> Any:
        if self._tokens or self._parse1 != self._parse_main:
            return super().nexttoken()
        found = _PLAIN.match(self.buf, self.charpos)
        if found is None:
            return super().nexttoken()
        kind = found.lastindex or 0
        text = found[kind]
        token: Any
        if kind == _NUMBER:
            token = number(text)
        elif kind == _STRING:
            token = string(text)
        elif kind == _HEX:
            token = unhexlify(text)
        elif kind == _NAME:
            token = LIT(text.decode("ascii"))
        elif text in CONSTANTS:
            return super().nexttoken()
        else:
            token = KWD(text)
        self._curtokenpos = self.bufpos + found.start(kind) - (kind in (_STRING, _HEX, _NAME))
        self.charpos = found.end()
        return self._curtokenpos, token
