"""Text, Markdown and Word read into the same kind of lines as a PDF."""

from __future__ import annotations

import io
import zipfile

import pytest
from reading_checks import consistent, paragraphs

from profilefit.errors import DocumentTooLarge, UnreadableDocument
from profilefit.reading import Limits, read_bytes

_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


_STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def docx(body: str, prolog: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", _STYLES)
        archive.writestr("word/document.xml", prolog + _WORD.format(body))
    return target.getvalue()


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_hard_wrapped_text_makes_paragraphs() -> None:
    text = (
        "WORK\n"
        "  2019-2021      Analyst, Fjord Credit, a lender that serves all\n"
        "                 of the small ports along the northern coast.\n"
        "   - Scored the loans of forty thousand fishing boats every\n"
        "     night and told the branches why.\n"
        "   - Wrote it down.\n"
    )
    document = read_bytes(text.encode(), "cv.txt")
    consistent(document)
    assert document.source.format == "text"
    assert paragraphs(document)[-2:] == [
        "Scored the loans of forty thousand fishing boats every night and told the branches why.",
        "Wrote it down.",
    ]
    assert [line.bullet for line in document.lines][-3:] == [True, False, True]


def test_markdown_marks_become_attributes() -> None:
    text = (
        "<!-- draft -->\n# Robin Roe\n\n## Tools\n\n- **Rust** and [a crate](https://x.example)\n\n"
        "| what | when |\n|---|---|\n| `bark` | 2023 |\n"
    )
    document = read_bytes(text.encode(), "cv.md")
    consistent(document)
    assert document.source.format == "markdown"
    assert document.text == "Robin Roe\nTools\nRust and a crate\nwhat\twhen\nbark\t2023\n"
    assert [line.heading for line in document.lines] == [1, 2, 0, 0, 0]


def test_word_styles_and_tables() -> None:
    table = (
        "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("2019", "Analyst")) + "</w:tr></w:tbl>"
    )
    document = read_bytes(
        docx(paragraph("Work", "Heading1") + table + paragraph("Scored loans", "ListBullet")), "cv.docx"
    )
    consistent(document)
    assert document.text == "Work\n2019\tAnalyst\nScored loans\n"
    assert document.lines[0].heading == 1
    assert document.lines[2].bullet


def test_word_bombs_are_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(UnreadableDocument):
        read_bytes(docx(paragraph("&a;"), entity), "cv.docx")
    with pytest.raises(DocumentTooLarge):
        read_bytes(docx(paragraph("x" * 500_000)), "cv.docx", Limits(unpacked=100_000))
    with pytest.raises(DocumentTooLarge):
        read_bytes(b"line\n" * 200, "cv.txt", Limits(lines=100))
