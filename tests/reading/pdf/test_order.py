"""The order in which a person reads a page: columns, margins, asides, tables, headers and footers, pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from drawing import FLOW, canvas, draw, lines, shown
from reading_checks import paragraphs


def body(page: canvas.Canvas, x: float, y: float, rows: tuple[str, ...] = FLOW, step: float = 13) -> float:
    """Rows of running text from this baseline down; the next baseline."""
    page.setFont("Helvetica", 10)
    for words in rows:
        page.drawString(x, y, words)
        y -= step
    return y


def test_two_columns_never_mix() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 20)
        page.drawString(50, 790, "A name that crosses both of the columns, as names do")
        for column, x in enumerate((50, 330)):
            page.setFont("Helvetica", 9)
            for row in range(24):
                page.drawString(x, 750 - 13.0 * row - 4.7 * column, f"column {column} row {row} with words and words")

    text = lines(draw(paint))
    assert [line.split()[1] for line in text[1:]] == ["0"] * 24 + ["1"] * 24


def test_contact_rows_above_two_columns() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 22)
        page.drawString(50, 800, "Robin Roe")
        page.setFont("Helvetica", 9)
        for row, cells in enumerate(
            (("robin@example.org", "+47 555 01 234", "Oslo"), ("robin.example", "robin-roe", "@roe"))
        ):
            for cell, x in zip(cells, (50, 240, 430), strict=True):
                page.drawString(x, 780 - 13 * row, cell)
        for column, x in enumerate((50, 330)):
            page.setFont("Helvetica-Bold", 12)
            page.drawString(x, 735, ("Experience", "Skills")[column])
            page.setFont("Helvetica", 9)
            for row in range(20):
                words = f"column {column} row {row} with words" + " and words" * ((row + 2 * column) % 4 < 3)
                page.drawString(x, 718 - 12.5 * row - 2 * column, words)

    text = lines(draw(paint))
    assert text[0] == "Robin Roe"
    assert text[1:3] == ["robin@example.org\t+47 555 01 234\tOslo", "robin.example\trobin-roe\t@roe"]
    assert text[3] == "Experience"
    assert text[24] == "Skills"
    assert [line.split()[1] for line in text[4:24] + text[25:]] == ["0"] * 20 + ["1"] * 20


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("pages", [1, 2])
def test_a_sidebar_on_a_panel_of_colour(side: str, pages: int) -> None:
    """The sidebar is read as a whole, also where it goes on over the page."""
    panel, main = (0, 210) if side == "left" else (395, 40)

    def paint(page: canvas.Canvas) -> None:
        for sheet in range(pages):
            page.setFillColorRGB(0.16, 0.24, 0.28)
            page.rect(panel, 0, 200, 842, stroke=0, fill=1)
            page.setFillGray(1)
            for row in range(9):
                page.setFont("Helvetica-Bold" if row % 3 == 0 else "Helvetica", 11 if row % 3 == 0 else 9)
                page.drawString(panel + 20, 780 - 24 * row, f"side {sheet} item {row}")
            page.setFillGray(0)
            for entry in range(4):
                page.setFont("Helvetica-Bold", 10)
                page.drawString(main, 785 - 90 * entry, f"main {sheet} title {entry}")
                body(page, main, 770 - 90 * entry, tuple(f"main {sheet} words that fill a line of {n}" for n in "abc"))
            page.showPage()

    text = [line.split()[0] for line in lines(draw(paint))]
    runs = [word for word, before in zip(text, ["", *text], strict=False) if word != before]
    assert runs == (["side", "main"] if side == "left" else ["main", "side"])


def test_dates_in_the_margin_and_on_the_right_stay_with_their_entry() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for entry, y in enumerate((780, 700, 620)):
            page.drawRightString(130, y, f"201{entry} – 201{entry + 1}")
            page.drawString(140, y, f"Engineer number {entry}")
            page.drawRightString(545, y, "Oslo")
            body(page, 140, y - 14, FLOW[:3], 14)

    text = lines(draw(paint))
    assert [line for line in text if "\t" in line] == [
        f"201{n} – 201{n + 1}\tEngineer number {n}\tOslo" for n in range(3)
    ]
    assert text[1:4] == list(FLOW[:3])


def test_a_heading_in_the_margin_beside_its_first_date() -> None:
    def paint(page: canvas.Canvas) -> None:
        for block, (heading, y) in enumerate((("EXPERIENCE", 780), ("EDUCATION", 620))):
            page.setFont("Helvetica-Bold", 11)
            page.drawString(40, y, heading)
            for entry in range(2):
                top = y - 70 * entry
                page.setFont("Helvetica", 10)
                page.drawString(150, top, f"Title {block}{entry}, Fjord Credit")
                page.drawRightString(555, top, f"201{entry} – 201{entry + 1}")
                body(page, 150, top - 13)

    text = lines(draw(paint))
    assert text[0].split("\t")[0] == "EXPERIENCE"
    flat = "\n".join(text)
    for block, heading in enumerate(("EXPERIENCE", "EDUCATION")):
        for entry in range(2):
            assert f"Title {block}{entry}, Fjord Credit\t201{entry} – 201{entry + 1}\n{FLOW[0]}" in flat
        assert flat.index(heading) < flat.index(f"Title {block}0")
    assert flat.index("Title 01") < flat.index("EDUCATION")


def test_a_stack_of_place_and_dates_beside_bullets_goes_to_the_title() -> None:
    def paint(page: canvas.Canvas) -> None:
        for y in (780, 680, 580):
            page.setFont("Helvetica-Bold", 10)
            page.drawString(50, y, "Analyst, Fjord Credit")
            page.setFont("Helvetica", 10)
            for row, cell in enumerate(("Oslo", "May 2019 – June 2021", "2 years 2 months")):
                page.drawRightString(545, y - 13 * row, cell)
            for row in range(4):
                page.drawString(58, y - 13 * (row + 1), "•")
                page.drawString(68, y - 13 * (row + 1), f"Did a thing of some weight, in round {row}")

    text = lines(draw(paint))
    assert text[0] == "Analyst, Fjord Credit\tOslo\tMay 2019 – June 2021\t2 years 2 months"
    assert [line for line in text if line.startswith("Did")] == [
        f"Did a thing of some weight, in round {n}" for n in range(4)
    ] * 3


def test_a_timeline_with_dots_between_dates_and_text() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 12)
        page.drawString(50, 800, "Experience")
        page.line(140, 790, 140, 560)
        for entry, y in enumerate((780, 705, 630)):
            page.setFont("Helvetica", 10)
            page.drawString(50, y, f"201{entry} – 201{entry + 1}")
            page.circle(140, y + 3, 3, stroke=0, fill=1)
            page.setFont("Helvetica-Bold", 10)
            page.drawString(155, y, f"Engineer number {entry}")
            body(page, 155, y - 13)

    text = lines(draw(paint))
    assert [line for line in text if "\t" in line] == [f"201{n} – 201{n + 1}\tEngineer number {n}" for n in range(3)]
    assert text[2:6] == list(FLOW)


def test_a_table_of_skills_is_read_row_by_row() -> None:
    rows = (
        ("Languages", "Python, C++, Go"),
        ("Frameworks", "PyTorch, scikit-learn"),
        ("Cloud", "AWS, Terraform"),
        ("Tools", "Git, Docker"),
    )

    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for row, cells in enumerate(rows):
            for cell, x in zip(cells, (55, 185), strict=True):
                page.drawString(x, 780 - 20 * row, cell)
            page.rect(50, 774 - 20 * row, 130, 20)
            page.rect(180, 774 - 20 * row, 300, 20)

    assert lines(draw(paint)) == ["\t".join(cells) for cells in rows]


def test_cells_that_wrap_on_the_same_baselines_stay_whole() -> None:
    """A table whose rows are parted by rules and whose two cells both wrap."""
    left = ("Programming", "languages and", "their tools")
    right = (
        "Python for most things, with pytest and mypy, C++ where",
        "speed counts, Go for many services, some Rust, and",
        "Bash.",
    )

    def paint(page: canvas.Canvas) -> None:
        for block in range(3):
            y = 780 - 60 * block
            body(page, 55, y, left)
            body(page, 185, y, right)
            page.rect(50, y - 36, 130, 52)
            page.rect(180, y - 36, 340, 52)

    flat = " ".join(" ".join(lines(draw(paint))).split())
    assert flat.count("Programming languages and their tools") == 3
    assert flat.count(" ".join(right)) == 3


#: Left edges of the cells, and what they hold, line by line.
EDGES = (50, 165, 262, 325, 362)
TABLE = (
    (("B.Tech, Computer Science", "and AI"), ("Sagara Institute of", "Engineering"), ("JNTU",), ("2021 –", "2025")),
    (("Intermediate",), ("Sri Vagdevi College",), ("BIE, Andhra", "Pradesh"), ("2019 –", "2021")),
    (("SSC",), ("Z.P. High School",), ("State Board",), ("2019",)),
)  # fmt: skip


@pytest.mark.parametrize("place", ["top", "middle"])
def test_a_boxed_table_whose_cells_wrap(place: str) -> None:
    """Browsers set cells in the middle of their row, so that the lines of neighbours do not meet."""

    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 9)
        for number, row in enumerate(TABLE):
            top = 760 - 34 * number
            for (left, right), cell in zip(pairwise(EDGES), row, strict=True):
                page.rect(left, top - 34, right - left, 34, fill=0)
                first = top - 11 - (0 if place == "top" else 6 * (2 - len(cell)))
                for line, words in enumerate(cell):
                    page.drawString(left + 4, first - 12 * line, words)
        body(page, 50, 620)

    assert lines(draw(paint))[:3] == [
        "B.Tech, Computer Science and AI\tSagara Institute of Engineering\tJNTU\t2021 – 2025",
        "Intermediate\tSri Vagdevi College\tBIE, Andhra Pradesh\t2019 – 2021",
        "SSC\tZ.P. High School\tState Board\t2019",
    ]


def test_a_layout_made_of_a_table_keeps_its_lines() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 9)
        for number in range(3):
            top = 760 - 40 * number
            page.rect(50, top - 40, 100, 40, fill=0)
            page.rect(150, top - 40, 390, 40, fill=0)
            page.drawString(54, top - 12, f"201{number} – 201{number + 1}")
            page.drawString(54, top - 24, "Noida")
            page.drawString(154, top - 12, f"Analyst {number} – Oracle India")
            page.drawString(154, top - 24, "Reports for a bank; moved with the family.")

    assert "Analyst 0 – Oracle India Reports" not in "\n".join(lines(draw(paint)))


def test_bullets_and_wrapped_lines_make_paragraphs() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 14)
        page.drawString(50, 800, "Work")
        page.setFont("Helvetica", 10)
        for block, y in enumerate((780, 720)):
            page.drawString(50, y, "•" if block == 0 else "–")
            body(page, 60, y)

    document = shown(draw(paint))
    assert paragraphs(document) == ["Work", " ".join(FLOW), " ".join(FLOW)]
    assert [line.bullet for line in document.lines] == [False, True, False, False, False, True, False, False, False]


def test_broken_words_are_rejoined_and_real_hyphens_stay() -> None:
    rows = (
        "The lab studies reinforcement learning for robots and plans with rein-",
        "forcement of other kinds, and it trains its policies with the PPO-",
        "style objective which the group had tuned for a long time before that.",
    )

    def paint(page: canvas.Canvas) -> None:
        body(page, 50, 780, rows)

    text = lines(draw(paint))
    assert text[0].endswith("plans with reinforcement")
    assert text[1].startswith("of other kinds")
    assert text[1].endswith("the PPO-style")


def test_words_broken_over_pages_are_rejoined() -> None:
    def paint(page: canvas.Canvas) -> None:
        body(page, 50, 100, ("The lab studies reinforcement learning, and it plans for all sorts of rein-",))
        page.showPage()
        body(page, 50, 780, ("forcement of other kinds with robots that walk and with some that swim.",))

    document = shown(draw(paint))
    assert document.flat.replace("\n", " ").count("reinforcement") == 2
    assert [line.page for line in document.lines] == [1, 2]


def test_an_entry_split_over_two_pages_is_one_paragraph() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 12)
        page.drawString(50, 140, "Engineer, Fjord Credit")
        body(page, 50, 120, FLOW[:2])
        page.showPage()
        body(page, 50, 790, FLOW[2:])
        page.setFont("Helvetica-Bold", 12)
        page.drawString(50, 740, "Analyst, Fjord Credit")
        body(page, 50, 720, FLOW)

    assert paragraphs(shown(draw(paint))) == [
        "Engineer, Fjord Credit",
        " ".join(FLOW),
        "Analyst, Fjord Credit",
        " ".join(FLOW),
    ]


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        ("Robin Roe – Curriculum vitae", "Page {n} of 3"),
        ("", "Robin Roe – {n}/3"),
        ("Robin Roe · robin@example.org · {n}", ""),
        ("", "{n}"),
        ("Robin Roe", "Seite {n} von 3"),
        ("", "- {n} -"),
        ("", "Page {n} | 3"),
    ],
)
def test_headers_and_footers_that_repeat_are_left_out(header: str, footer: str) -> None:
    def paint(page: canvas.Canvas) -> None:
        for number in (1, 2, 3):
            page.setFont("Helvetica", 8)
            page.drawString(50, 815, header.format(n=number))
            page.drawCentredString(297, 20, footer.format(n=number))
            body(page, 50, 600, (f"Body of sheet {number}", f"with year 201{number}"), 30)
            page.showPage()

    assert lines(draw(paint)) == [row for n in (1, 2, 3) for row in (f"Body of sheet {n}", f"with year 201{n}")]


def test_text_near_the_edge_that_does_not_repeat_stays() -> None:
    def paint(page: canvas.Canvas) -> None:
        for number in (1, 2):
            body(page, 50, 815, (f"{('Python', 'Go')[number - 1]} at the top",))
            body(page, 50, 400)
            body(page, 50, 30, (f"Ends with {('Rust', 'Perl')[number - 1]}",))
            page.showPage()

    text = lines(draw(paint))
    assert [text[0], text[5], text[6], text[-1]] == [
        "Python at the top",
        "Ends with Rust",
        "Go at the top",
        "Ends with Perl",
    ]
