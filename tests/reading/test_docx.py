"""Word documents: what stands where in the file, what nobody sees, and how people misuse the program."""

from __future__ import annotations

import pytest
from making import archive, docx, paragraph, table
from reading_checks import consistent, paragraphs

from profilefit.models import Document
from profilefit.reading import read_bytes


def read(body: str, **parts: str) -> Document:
    document = read_bytes(docx(body, **parts), "cv.docx")  # type: ignore[arg-type]
    consistent(document)
    return document


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_styles_and_tables() -> None:
    rows = table((paragraph("2019"), paragraph("Analyst")))
    document = read(paragraph("Work", "Heading1") + rows + paragraph("Scored loans", "ListBullet"))
    assert document.text == "Work\n2019\tAnalyst\nScored loans\n"
    assert document.lines[0].heading == 1
    assert document.lines[2].bullet


def test_every_place_that_holds_text_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Anchor</w:t><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Click here')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink>"
        '<w:r><w:instrText>HYPERLINK "https://x.example"</w:instrText></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
        + table((table((paragraph("In"), paragraph("two"))),))
        + f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{paragraph('Row')}{table((paragraph('within'),))}</w:tc></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>"
    )
    notes = (
        f'<w:footnote w:id="2">{paragraph("Below")}</w:footnote><w:footnote w:id="3">{paragraph("None")}</w:footnote>'
    )
    head = paragraph("Robin Roe")
    document = read(body, header1=head, header2=head, footer1=paragraph("Oslo"), footnotes=notes)
    assert document.text.split("\n") == [
        "Robin Roe", "Anchor", "In a box", "In a control", "A link", "Below", "In\ttwo", "Row", "within", "Oslo", "",
    ]  # fmt: skip
    assert not codes(document)


def test_what_nobody_sees_is_left_out_and_noted() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    seen = paragraph("On blue", run=f'{white}<w:shd w:val="clear" w:fill="1F3864"/>')
    cell = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="000000"/>'
        f"</w:tcPr>{paragraph('In a dark cell', run=white)}</w:tc></w:tr></w:tbl>"
    )
    unseen = (
        paragraph("Spark Kafka", run=white)
        + paragraph("Rust", run="<w:vanish/>")
        + paragraph("Go", run='<w:sz w:val="2"/>')
    )
    ghost = paragraph("Scala", run='<w:rStyle w:val="Ghost"/>')
    document = read(paragraph("Shown") + unseen + ghost + seen + cell)
    assert document.text == "Shown\nOn blue\nIn a dark cell\n"
    assert [note.message for note in document.notes] == ["22 characters that cannot be seen on the page were left out."]
    assert codes(document) == ["invisible-text"]


def test_strict_files_and_unusual_part_names() -> None:
    assert read(paragraph("Work", "Heading1"), strict=True).lines[0].heading == 1  # type: ignore[arg-type]
    relations = '<Relationships><Relationship Target="/word/document2.xml" Type="x/officeDocument"/></Relationships>'
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = archive(
        {"_rels/.rels": relations, "word/document2.xml": f"<w:document {name}>{paragraph('Hi')}</w:document>"}
    )
    assert read_bytes(data, "cv.docx").text == "Hi\n"


def test_poor_habits() -> None:
    bold = "<w:b/>"
    body = (
        paragraph("WORK EXPERIENCE", run=bold)
        + paragraph("")
        + paragraph("Analyst, Fjord Credit\t\t\t2019 – 2021")
        + paragraph("Clerk, Fjord Credit              2017 – 2019")
        + paragraph("- Scored loans")
        + paragraph("•\tWrote it down")
        + paragraph("o\tTold the branches")
        + paragraph("o Sorted the mail")
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Clerk</w:t><w:br/></w:r>"
        "<w:r><w:t>Kept the books of all the small ports along the northern coast</w:t>"
        "<w:br/><w:t>and told the bank why.</w:t><w:br/><w:t>• Filed</w:t></w:r></w:p>"
    )
    document = read(body)
    assert document.text.split("\n")[1:7] == [
        "Analyst, Fjord Credit\t2019 – 2021",
        "Clerk, Fjord Credit\t2017 – 2019",
        "Scored loans",
        "Wrote it down",
        "Told the branches",
        "Sorted the mail",
    ]
    assert [line.bullet for line in document.lines] == [False] * 3 + [True] * 4 + [False] * 3 + [True]
    assert [line.bold for line in document.lines] == [True] + [False] * 6 + [True] + [False] * 3
    assert document.lines[1].gap == 1.0
    assert paragraphs(document)[-2].endswith("northern coast and told the bank why.")


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        (["Jobs", "Bank"], ["Tools", "Rust"], "Jobs\nBank\nTools\nRust\n"),  # two columns of a page
        (["2019", "Oslo"], ["Analyst", "Scored"], "2019\tAnalyst\nScored\nOslo\n"),  # dates in the margin
        (["Analyst", "Scored"], ["2019"], "Analyst\t2019\nScored\n"),  # dates at the right
        (["Jane", "Roe"], ["Summary", "I score"], "Jane\nRoe\nSummary\nI score\n"),
    ],
)
def test_tables_that_set_columns(left: list[str], right: list[str], text: str) -> None:
    cells = tuple("".join(paragraph(line) for line in cell) for cell in (left, right))
    assert read(table(cells)).text == text
