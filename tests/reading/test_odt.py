"""OpenDocument texts: styles and what they inherit, lists, tables, frames, and what is no text of the page."""

from __future__ import annotations

import pytest
from making import odt
from reading_checks import consistent

from profilefit.errors import EncryptedDocument, UnreadableDocument
from profilefit.models import Document
from profilefit.reading import read_bytes


def read(body: str, **parts: str) -> Document:
    document = read_bytes(odt(body, **parts), "cv.odt")
    consistent(document)
    assert document.source.format == "odt"
    return document


def style(name: str, properties: str, parent: str = "", family: str = "paragraph") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"{properties}</style:style>"
    )


def test_styles_are_inherited() -> None:
    named = (
        '<style:default-style style:family="paragraph"><style:text-properties'
        ' fo:font-size="10pt"/></style:default-style>'
        + style("Title", '<style:text-properties fo:font-size="140%" fo:font-weight="bold"/>')
        + style("Sub", "", "Title")
    )
    automatic = style("P1", '<style:text-properties fo:font-weight="normal"/>', "Sub") + style(
        "T1", '<style:text-properties fo:font-weight="700"/>', family="text"
    )
    body = (
        '<text:h text:outline-level="2">Work</text:h><text:p text:style-name="Sub">Robin</text:p>'
        '<text:p text:style-name="P1">Roe</text:p><text:p>a <text:span'
        ' text:style-name="T1">bold word</text:span></text:p>'
    )
    lines = read(body, named=named, automatic=automatic).lines
    assert [line.heading for line in lines] == [2, 0, 0, 0]
    assert [(line.size, line.bold) for line in lines[1:]] == [(14.0, True), (14.0, False), (10.0, True)]


def test_lists_tables_frames_and_notes() -> None:
    def item(text: str, more: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{more}</text:list-item>"

    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    nested = f"<text:list>{item('Two')}</text:list><text:p>still one</text:p>"
    body = (
        f"<text:list>{item('One', nested)}</text:list>"
        f"<table:table><table:table-header-rows><table:table-row>{cell('when')}{cell('what')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell('2019')}<table:covered-table-cell/>{cell('Analyst')}"
        "</table:table-row></table:table>"
        "<text:p>Anchor<draw:frame><draw:text-box><text:p>In a frame</text:p></draw:text-box>"
        '</draw:frame>, <text:s text:c="2"/>'
        "on<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Below"
        "</text:p></text:note-body></text:note>"
        "</text:p><text:section><text:p>Title<text:tab/>2019<text:line-break/>Clerk<text:s"
        ' text:c="9"/>2018</text:p></text:section>'
    )
    head = (
        "<style:header><text:p>Robin Roe</text:p></style:header><style:header-first>"
        "<text:p>Robin Roe</text:p></style:header-first>"
    )
    document = read(body, master=head + "<style:footer><text:p>Oslo</text:p></style:footer>")
    assert document.text.split("\n") == [
        "Robin Roe", "One", "Two", "still one", "when\twhat", "2019\tAnalyst", "Anchor,\ton", "In a frame", "Below",
        "Title\t2019", "Clerk\t2018", "Oslo", "",
    ]  # fmt: skip
    assert [line.bullet for line in document.lines[:5]] == [False, True, True, False, False]
    assert document.lines[2].indent > document.lines[1].indent


def test_what_is_no_text_of_the_page() -> None:
    automatic = (
        style("Hidden", '<style:text-properties text:display="none"/>')
        + style("White", '<style:text-properties fo:color="#ffffff"/>')
        + style("OnBlue", '<style:paragraph-properties fo:background-color="#000080"/>', "White")
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p>"
        "</text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>Shown<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
        '<text:p text:style-name="Hidden">Rust</text:p><text:p text:style-name="White">Spark</text:p>'
        '<text:section text:display="none"><text:p>Go</text:p></text:section><text:p'
        ' text:style-name="OnBlue">Blue</text:p>'
    )
    document = read(body, automatic=automatic)
    assert document.text == "Shown\nBlue\n"
    assert [note.message for note in document.notes] == ["11 characters that cannot be seen on the page were left out."]


def test_locked_and_foreign_files() -> None:
    locked = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(EncryptedDocument):
        read_bytes(odt("", **{"META-INF/manifest.xml": locked}), "cv.odt")
    with pytest.raises(UnreadableDocument, match="no text in it"):
        read_bytes(odt(""), "cv.odt")
    sheet = (
        '<x xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>'
        "<office:spreadsheet/></office:body></x>"
    )
    with pytest.raises(UnreadableDocument, match="no text document"):
        read_bytes(odt("", **{"content.xml": sheet}), "cv.odt")
