"""The operators of a content stream, by pdfminer's parser with a short way for what is plain."""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.psparser import (
    KEYWORD_ARRAY_BEGIN,
    KEYWORD_ARRAY_END,
    KEYWORD_DICT_BEGIN,
    KEYWORD_DICT_END,
    KEYWORD_PROC_BEGIN,
    KEYWORD_PROC_END,
    LIT,
    PSEOF,
    PSKeyword,
    literal_name,
)

from profilefit.reading.pdf.streams import Cut
from profilefit.reading.pdf.tokens import CONSTANTS, HEX, KEYWORD, NAME, NUMBER, STRING, PlainTokens, number, string

_BRACKETS = frozenset({KEYWORD_DICT_BEGIN, KEYWORD_DICT_END, KEYWORD_PROC_BEGIN, KEYWORD_PROC_END})
#: The end of an inline picture: what stands before it belongs to the picture, what stands behind it parts words.
_PICTURE_END = re.compile(rb"EI(?=[\s\x00])")
_STRUCTURAL = _BRACKETS | {PDFContentParser.KEYWORD_BI, PDFContentParser.KEYWORD_ID}


#: An operator of letters with its plain operands: a name, numbers, and a string or an array of strings and numbers.
_OPERATION = re.compile(
    rb"\s*+(?:/(%(name)b)\s*+)?((?:%(number)b\s*+){0,8}+)"
    rb"(?:\[((?:\s|%(number)b|\(%(string)b\)|<%(hex)b>)*+)\]\s*+|\((%(string)b)\)\s*+|<(%(hex)b)>\s*+)?(%(keyword)b)"
    % {b"name": NAME, b"number": NUMBER, b"string": STRING, b"hex": HEX, b"keyword": KEYWORD}
)
_ITEM = re.compile(rb"([-+.\d]+)|\((%b)\)|<(%b)>" % (STRING, HEX))
#: Keywords that are no operators, or begin what is not written as operands and an operator.
_OTHER = CONSTANTS | {b"BI", b"ID"}
#: No operator has more.
_MOST_OPERANDS = 4_000


class Content(PlainTokens, PDFContentParser):
    """Operators and objects of a content stream.

    Plain operations are taken whole. The stock methods queue every object and format log records nobody reads: half of
    the time of reading.
    """

    BUFSIZ = 1 << 16

    def operations(self) -> Iterator[tuple[bytes, list[Any]]]:
        """Each operator with what was written in front of it, to the end of the streams."""
        operands: list[Any] = []
        while True:
            found = None
            if not (self._tokens or self.results or self.context) and self._parse1 == self._parse_main:
                found = _OPERATION.match(self.buf, self.charpos)
            if found is not None and found[6] not in _OTHER:
                self.charpos = found.end()
                name, numbers, array, text, digits, keyword = found.groups()
                if name:
                    operands.append(LIT(name.decode("ascii")))
                if numbers:
                    operands += map(number, numbers.split())
                if array is not None:
                    operands.append(
                        [number(n) if n else unhexlify(h) if h else string(s) for n, s, h in _ITEM.findall(array)]
                    )
                elif text is not None:
                    operands.append(string(text))
                elif digits is not None:
                    operands.append(unhexlify(digits))
                yield keyword, operands
                operands = []
                continue
            try:
                _, item = self.nextobject()
            except PSEOF:
                return
            if item.__class__ is PSKeyword:
                yield item.name, operands
                operands = []
            else:
                operands.append(item)
                if len(operands) > _MOST_OPERANDS:
                    raise Cut

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
