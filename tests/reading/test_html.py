"""Web pages: read as they look, however broken they are and however much they hide."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from growth import grows_evenly
from reading_checks import consistent

from profilefit.errors import UnreadableDocument
from profilefit.models import Document
from profilefit.reading import read_bytes


def read(body: str, head: str = "") -> Document:
    document = read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "cv.html")
    consistent(document)
    assert document.source.format == "html"
    return document


def test_headings_lists_and_inline_marks() -> None:
    body = (
        "<h1>Robin\n Roe</h1><h2>Work</h2><p><strong>Analyst</strong><br>Fjord <b>Credit</b> &amp; Co&nbsp;Ltd</p>"
        "<ul><li>Scored loans<ul><li><p>Wrote it down</p></li></ul><li>Told the <i>branch</i>es</ul>"
        "<ol><li><h3>Clerk</h3><p>Bank</p></li></ol><hr><pre>one   two\nthree</pre>"
    )
    document = read(body)
    assert document.text.split("\n") == [
        "Robin Roe", "Work", "Analyst", "Fjord Credit & Co Ltd", "Scored loans", "Wrote it down", "Told the branches",
        "Clerk", "Bank", "one\ttwo", "three", "",
    ]  # fmt: skip
    assert [line.heading for line in document.lines] == [1, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0]
    assert [line.bullet for line in document.lines] == [False] * 4 + [True] * 3 + [False] * 4
    assert [line.bold for line in document.lines[:5]] == [True, True, True, False, False]
    assert document.lines[5].indent > document.lines[4].indent > document.lines[3].indent


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><th>when<th>what<tr><td>2019<td>Analyst</table>", "when\twhat\n2019\tAnalyst\n"),
        ("<table><tr><td><p>Jobs<p>Bank</td><td><p>Tools</p><p>Rust</table>", "Jobs\nBank\nTools\nRust\n"),
        ("<table><tr><td><table><tr><td>a<td>b</table></td></tr></table>", "a\tb\n"),
        ("<dl><dt>2019<dd>Analyst<dt>Tools<dd>Rust<dd>Lua</dl>", "2019\tAnalyst\nTools\tRust\nLua\n"),
        ('<div class="row"><span>Analyst</span><span>2019 – 2021</span></div>', "Analyst\t2019 – 2021\n"),
        ("<div><span>Analyst</span> <span>2019</span></div>", "Analyst\t2019\n"),
        ("<div><span>Built </span><span>Rust</span><span> crates</span></div>", "Built Rust crates\n"),
        ("<p><span>Machine L</span><span>earning</span></p>", "Machine Learning\n"),
        ('<h3>Analyst <span class="when">2019</span></h3>', "Analyst\t2019\n"),
        ('<div class="when">2019</div><h3>Analyst</h3><p>Bank</p>', "Analyst\t2019\nBank\n"),
        ('<div class="bar"><div>Analyst</div><div>2019</div></div>', "Analyst\t2019\n"),
        ('<div class="page"><div><p>Jobs<p>Bank</div><div><p>Tools<p>Rust</div></div>', "Jobs\nBank\nTools\nRust\n"),
        (
            '<div class="grid"><b>2019</b><div>Analyst</div><b>2017</b><div>Clerk</div></div>',
            "2019\tAnalyst\n2017\tClerk\n",
        ),
        ('<div class="tall"><div>Analyst</div><div>2019</div></div>', "Analyst\n2019\n"),
        ("<p>· &nbsp; &nbsp; &nbsp;Scored loans</p>", "Scored loans\n"),
        ("<article><span>2019</span> Analyst</article>", "2019\tAnalyst\n"),
        ("<div>Python</div>SQL<p>Rust", "Python\nSQL\nRust\n"),
    ],
)
def test_what_stands_side_by_side(body: str, text: str) -> None:
    sheet = (
        "<style>/* a comment */ @media print { .bar { display: none } } .when { float: right; color: gray }"
        "article > span { float: left } body .bar, #none, .page { display: flex;"
        " justify-content: space-between } .tall{display:flex;flex-direction:column}"
        "@media screen { .grid { display: grid; grid-template-columns: 1fr 3fr } }</style>"
    )
    assert read(body, sheet).text == text


HIDDEN = [
    '<p style="display:none">Rust</p>',
    '<p style="visibility: hidden">Rust</p>',
    "<p hidden>Rust</p>",
    '<p class="gone">Rust</p>',
    '<div id="keys"><ul><li>Rust</ul></div>',
    '<div class="box"><em>Rust</em></div>',
    '<span style="color:#fff">Rust</span>',
    '<p><font color="white">Rust</font></p>',
    '<p style="color: rgb(254, 255, 255)">Rust</p>',
    '<p style="color:#000;background:black">Rust</p>',
    '<p style="color:rgba(0,0,0,0)">Rust</p>',
    '<p style="font-size:0">Rust</p>',
    '<p style="font-size:1px">Rust</p>',
    '<p style="opacity:0">Rust</p>',
    '<p style="position:absolute;left:-9999px">Rust</p>',
    '<p style="text-indent:-9999px">Rust</p>',
    '<span class="sr-only">Rust</span>',
    f"{'<div>' * 300}<div hidden>{'<div>' * 50}Rust{'</div>' * 351}",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_nobody_sees_does_not_count(hidden: str) -> None:
    sheet = (
        "<style>.gone, p.never { display: none !important } #keys{visibility:hidden} .box em { display:none }</style>"
    )
    document = read(f"<p>Shown</p>{hidden}<p>Also <em>shown</em></p>", sheet)
    assert document.text == "Shown\nAlso shown\n"
    assert [note.message for note in document.notes] == ["4 characters that cannot be seen on the page were left out."]


def test_what_is_no_part_of_the_cv_leaves_no_note() -> None:
    body = (
        "<script>if (a < b) { document.write('<p>Rust</p>') }</script><noscript>Rust</noscript>"
        "<template>Rust</template>"
        '<svg><text>Rust</text></svg><!-- Rust --><nav>Publications</nav><i class="fa fa-mail"'
        ' aria-hidden="true">mail</i>'
        '<header style="background:#123"><h1 style="color:#fff">Robin Roe</h1></header><span'
        ' aria-hidden="true">Oslo</span>'
    )
    document = read(body, "<title>Rust</title><style>p { color: red }</style>")
    assert document.text == "Robin Roe\nOslo\n"
    assert not document.notes


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<html><meta charset="utf-8"><p>Müller'.encode(), "Müller\n"),
        (
            '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Ирина'.encode("cp1251"),
            "Ирина\n",
        ),
        ("<html><meta charset=gb2312><p>王小明".encode("gbk"), "王小明\n"),
        ("<html><p>Müller".encode("cp1252"), "Müller\n"),
        ("<html><p>Müller".encode("utf-16"), "Müller\n"),
        ('<html><meta charset="zip"><p>Müller'.encode(), "Müller\n"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="y"><p>Roe</html>', "Roe\n"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html><p>Roe", "Roe\n"),
        (b"<div><p>Roe</p><ul><li>Rust</li></ul></div>", "Roe\nRust\n"),
    ],
)
def test_characters_and_beginnings(data: bytes, text: str) -> None:
    document = read_bytes(data, "cv")
    assert (document.source.format, document.text) == ("html", text)


def test_markdown_with_some_html_in_it_stays_markdown() -> None:
    text = '<div align="center">\n\n# Robin Roe\n\n</div>\n\n## Tools\n\n<br/>\n\n- **Rust**\n<p>a</p><p>b</p>\n'
    assert read_bytes(text.encode(), "cv.md").source.format == "markdown"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One</div></td></b>two<p>Three", "Onetwo\nThree\n"),
        ("<h2>Work<p>Analyst<h2>Tools</h3>Rust", "Work\nAnalyst\nTools\nRust\n"),
        ("<b>Bold<p>one</b></p>two", "Bold\none\ntwo\n"),
        ("a < b & c &nosuch; &#x110000; <3 <p", "a < b & c &nosuch; <3\n"),
        ("<table><tr><td>a</div><td>b</table>c", "a\tb\nc\n"),
        ("<li>One<li>Two</ul></ul>three", "One\nTwothree\n"),
        ("<!-- never closed <p>x", ""),
    ],
)
def test_broken_markup(body: str, text: str) -> None:
    found = read_bytes(f"<!doctype html><p>Top</p>{body}".encode(), "cv.html")
    consistent(found)
    assert found.text == "Top\n" + text


UNITS = [
    "<", "<!--", "<!", "<b>", "<div>", "<a ", "<a b='", "&", "&#", "<script>", "</", "<?", "<![CDATA[", "<!-- --",
    "</a ", "<table><td>", "<li>", "<h1>", "<p></div>", "<style>/*", "<style>a{", "<dl><dt>", "<ul><li><div class=row>",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_pages_made_to_be_slow(unit: str) -> None:
    def read_both(count: int) -> None:
        for more in ("", "</i></div></x></td>" * count):
            with suppress(UnreadableDocument):
                read_bytes(b"<html><p>Robin</p>" + (unit * count + more).encode(), "cv.html")

    assert grows_evenly(read_both, 10_000)


def test_a_sheet_made_to_be_slow() -> None:
    def read_styled(count: int) -> None:
        rules = "".join(f".a{n % 50} .b {{ color: red }} " for n in range(count)) + "/*" * (5 * count)
        read(
            f'<div class="{" ".join(f"a{n}" for n in range(50))}">' + '<i class="b">x</i>' * count,
            f"<style>{rules}</style>",
        )

    assert grows_evenly(read_styled, 4_000)


def test_no_mutation_of_a_page_fails() -> None:
    page = (
        "".join(HIDDEN) + "<table><tr><td>a<td>b</table><dl><dt>x<dd>y</dl><ul><li>z</ul><style>.a{float:left}</style>"
    )
    chance = random.Random(5)
    pieces = [
        "<",
        ">",
        '"',
        "'",
        "</",
        "<!--",
        "-->",
        "&",
        "=",
        "<table>",
        "</div>",
        "<td>",
        "<style>",
        "{",
        "\x00",
        "é",
    ]
    for _ in range(300):
        text = page
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(pieces) + text[at + chance.randrange(4) :]
        consistent(read_bytes(f"<html><p>Robin</p>{text}".encode(), "cv.html"))
