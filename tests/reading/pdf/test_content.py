"""The tokens of a content stream: the short way says what pdfminer's own parser says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import KWD, PSEOF

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
STREAMS = st.lists(
    st.tuples(PIECES, st.sampled_from((b" ", b"\n", b"\r\n", b"", b"  ", b" " * (Content.BUFSIZ - 6)))), max_size=30
)


class Stock(PDFContentParser):
    """pdfminer's own parser, whose buffers end where ours do: it misreads some tokens over their edges."""

    BUFSIZ = Content.BUFSIZ


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
    assert tokens(Content(one)) == tokens(Stock(two))


def written(parser: PDFContentParser) -> Iterator[Any]:
    """Operands and operators, one by one."""
    if isinstance(parser, Content):
        for keyword, operands in parser.operations():
            yield from (*operands, KWD(keyword))
    else:
        with suppress(PSEOF):
            while True:
                yield parser.nextobject()[1]


def objects(parser: PDFContentParser) -> list[str]:
    """Operators and what is written in front of them, and what the parser makes of broken bytes behind."""
    found: list[str] = []
    end = ""
    try:
        for item in written(parser):
            found.append(str(item.attrs if isinstance(item, PDFStream) else item))  # nobody looks at a picture
    except Exception as error:
        end = str(type(error))
    while found and not found[-1].startswith("/b"):
        found.pop()
    return [*found, end]


@given(STREAMS)
@example([(b"/F1 12 Tf 1 0 0 1 72 700.5 Tm [(a\\)b) -20 <4142>] TJ (x) Tj <43> Tj", b" ")])
@example([(b"/P <</MCID 0>> BDC 0.5 g [3 2] 0 d true /GS gs", b" ")])
@example([(b"BI /W 1 /H 1 ID xx EI Q", b"\n")])
def test_operations_are_what_the_stock_parser_reads(pieces: list[tuple[bytes, bytes]]) -> None:
    content = b"".join(piece + space for piece, space in pieces) + b"\n0 0 m ET "
    mine, stock = objects(Content([PDFStream({}, content)])), objects(Stock([PDFStream({}, content)]))
    *read, error = stock
    assert mine == stock or (
        error and mine[: len(read)] == read
    )  # ours reads on behind a dictionary with a key too many


@pytest.mark.parametrize("edge", range(Content.BUFSIZ - 16, Content.BUFSIZ + 4))
def test_tokens_over_the_edge_of_the_buffer(edge: int) -> None:
    content = b" " * edge + b"123.25 -7 (words and words) Tj <414243> Tj /Name gs "
    assert tokens(Content([PDFStream({}, content)])) == tokens(Stock([PDFStream({}, content)]))
