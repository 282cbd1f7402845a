"""The tokens of a content stream: the short way says what pdfminer's own parser says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF

from profilefit.reading.pdf.content import Content

PIECES = st.sampled_from(
    [
        *rb"""1 -2 .5 -.5 3. +4 1-2 12abc 1.5.2 - . 00 7/F1 BT ET Tj T* ' " true false truely (plain) (a(b)c)
    (e\)f) (\101) () <41> <4> <4_1> <> << >> [ ] [1(a)-2] {x} %c /Na#20me q Q re f* 1e5 0.0001 <zz> (un
    (\1\08\377) (\400) (\x) (\\)
    (\n\() /A+B.c /a|b /"n" /""".split(),
        b"\x00",
        "/é".encode(),
        b"(\\\r\n)",
        b"(\r\n)",
        b"%c\n",
    ]
)
STREAMS = st.lists(st.tuples(PIECES, st.sampled_from((b" ", b"\n", b"\r\n", b"", b"  ", b" " * 4_090))), max_size=30)


def tokens(parser: PDFContentParser) -> list[Any]:
    found = []
    try:
        while len(found) < 10_000:
            found.append(parser.nexttoken())
    except PSEOF:
        return found
    except Exception as error:  # whatever the stock parser makes of broken bytes
        return [*found, type(error)]
    return found


@given(STREAMS)
@example([(b"1", b" "), (b"<41>", b""), (b">>", b" ")])  # the stock parser reads the end of a dictionary
def test_tokens_are_those_of_the_stock_parser(pieces: list[tuple[bytes, bytes]]) -> None:
    content = b"".join(piece + space for piece, space in pieces)
    one, two = ([PDFStream({}, part) for part in (content, b"0 0 m ET")] for _ in range(2))
    assert tokens(Content(one)) == tokens(PDFContentParser(two))


@pytest.mark.parametrize("edge", range(4_080, 4_100))
def test_tokens_over_the_edge_of_the_buffer(edge: int) -> None:
    content = b" " * edge + b"123.25 -7 (words and words) Tj <414243> Tj /Name gs "
    assert tokens(Content([PDFStream({}, content)])) == tokens(PDFContentParser([PDFStream({}, content)]))
