"""Headings by their words, and by the style that known headings teach."""

from __future__ import annotations

from collections.abc import Callable

from profilefit.library import Library
from profilefit.models import Document
from profilefit.parsing.sections import find_sections

Page = Callable[[str], Document]


def kinds(document: Document, library: Library) -> list[tuple[str, str]]:
    return [(section.kind, section.title) for section in find_sections(document, library)]


def test_the_style_of_known_headings_makes_unknown_ones(page: Page, library: Library) -> None:
    document = page("""
        Jane Roe
        # Experience
        * Acme Corp | 2019 – 2021
        - Skills: listed inline, no heading
        # Wild ideas
        A thing.
        # Education
        * Skills Academy
        BSc Physics | 2015
        # Skills
        Languages: Python, Java
    """)
    assert kinds(document, library) == [
        ("other", ""),
        ("experience", "Experience"),
        ("other", "Wild ideas"),
        ("education", "Education"),
        ("skills", "Skills"),
    ]


def test_sections_hold_every_line_but_headings(page: Page, library: Library) -> None:
    document = page("Jane\n# Experience\nA\nB\n# Education\nC\n# Skills\n# Languages\nD")
    held = [i for s in find_sections(document, library) for i in range(*s.lines)]
    assert [document.content(document.lines[i]) for i in held] == ["Jane", "A", "B", "C", "D"]


def test_bold_labels_and_companies_are_no_headings(page: Page, library: Library) -> None:
    document = page("""
        # SUMMARY
        Curious.
        # SKILLS
        * Languages
        Python, Java
        * Tools
        Docker
        # EXPERIENCE
        * Publications International Ltd
        Engineer
        * Research
        Sub-heading in bold
    """)
    assert [kind for kind, _ in kinds(document, library)] == ["summary", "skills", "experience"]


def test_plain_text_without_styles(library: Library, page: Page) -> None:
    document = page("Jane Roe\nEXPERIENCE\nEngineer at Acme, 2019\nEDUCATION\nBSc Physics\nLANGUAGES\nEnglish")
    assert [kind for kind, _ in kinds(document, library)] == ["other", "experience", "education", "languages"]


def test_a_name_that_depends_on_the_rest(library: Library, page: Page) -> None:
    with_work = page("# Work\nx\n# Selected work\ny\n# Education\nz")
    without = page("# Selected work\ny\n# Education\nz\n# Skills\nx")
    assert kinds(with_work, library)[1][0] == "projects"
    assert kinds(without, library)[0][0] == "experience"


def test_a_heading_over_two_lines(library: Library, page: Page) -> None:
    document = page("# EXPERIENCE\nx\n# EDUCATION AND\n# TRAINING\nBSc\n# SKILLS\ny")
    assert kinds(document, library)[1] == ("education", "EDUCATION AND TRAINING")
