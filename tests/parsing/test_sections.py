"""Headings by their words, and by the style that known headings teach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from profilefit.library import Library
from profilefit.models import Document
from profilefit.parsing.positions import find_positions
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


def test_headings_numbered_like_a_list(page: Page, library: Library) -> None:
    document = page("""
        Jane Roe
        # Experience
        2019 – 2021 | Engineer, Acme Corp
        - Python
        - Skills
        # Wild ideas
        Sawmill.
        # Education
        2015 | BSc Physics, University of Leeds
    """)
    lines = tuple(replace(line, bullet=line.bullet or line.style == "head") for line in document.lines)
    assert kinds(replace(document, lines=lines), library) == [
        ("other", ""),
        ("experience", "Experience"),
        ("other", "Wild ideas"),
        ("education", "Education"),
    ]


def test_a_heading_with_a_slip_of_the_keyboard(page: Page, library: Library) -> None:
    headings = ["Experience", "Eductaion", "Achievments", "Skills", "Projects", "Languages", "Technologes", "Interests"]
    slips = kinds(page("\n".join(f"# {heading}\nText." for heading in headings)), library)
    wanted = ["experience", "education", "awards", "skills", "projects", "languages", "skills", "interests"]
    assert [kind for kind, _ in slips] == wanted
    # Two slips are one too many, a title is a title, and words that mean something else mean it.
    headings = ["Experience", "Education", "Skills", "Projects", "Edcutaion", "Software Developer", "Patients"]
    text = "\n".join(f"# {heading}\n{'A line of text. ' * 3}" for heading in headings)
    assert [kind for kind, _ in kinds(page(text), library)][4:] == ["other", "other", "other"]


def test_a_heading_that_is_an_entry_too(page: Page, library: Library) -> None:
    document = page("""
        # Education
        2015 | BSc Physics, University of Leeds
        # Final-year thesis: which cow is lame? (Sept 2014 – Apr 2015)
        I filmed 64 cows walking home.
        # Skills
        Python
        # Other
    """)
    sections = find_sections(document, library)
    assert [(s.kind, s.title) for s in sections][1] == ("thesis", "Final-year thesis")
    first, last = sections[1].lines
    assert document.content(document.lines[first]).endswith("(Sept 2014 – Apr 2015)")
    assert last - first == 2


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


def test_a_heading_that_adds_a_number(library: Library, page: Page) -> None:
    document = page("Jane Roe\nOBJECTIVE\nTo learn\nTOTAL EXPERIENCE: 7 YEARS\nEngineer at Acme, 2019\nEDUCATION\nBSc")
    assert [kind for kind, _ in kinds(document, library)] == ["other", "summary", "experience", "education"]


#: Contact, top skills, summary, experience and education as LinkedIn's PDF calls them in each language of its pages.
LINKEDIN = {
    "en": ("Contact", "Top Skills", "Summary", "Experience", "Education"),
    "de": ("Kontakt", "Top-Kenntnisse", "Zusammenfassung", "Berufserfahrung", "Ausbildung"),
    "fr": ("Coordonnées", "Principales compétences", "Résumé", "Expérience", "Formation"),
    "es": ("Contactar", "Aptitudes principales", "Extracto", "Experiencia", "Educación"),
    "pt": ("Contato", "Principais competências", "Resumo", "Experiência", "Formação acadêmica"),
    "nl": ("Contactgegevens", "Belangrijkste vaardigheden", "Samenvatting", "Ervaring", "Opleiding"),
    "sv": ("Kontakta", "Främsta kompetenser", "Sammanfattning", "Erfarenhet", "Utbildning"),
    "it": ("Contatti", "Competenze principali", "Riepilogo", "Esperienza", "Formazione"),
    "tr": ("İletişim Bilgileri", "", "", "", "Eğitim"),
    "ko": ("연락처", "대표 보유기술", "", "경력", "학력"),
}


@pytest.mark.parametrize("language", LINKEDIN)
def test_linkedin_headings_are_known_in_the_languages_of_its_pages(language: str, page: Page, library: Library) -> None:
    wanted = ("contact", "skills", "summary", "experience", "education")
    told = [(kind, title) for kind, title in zip(wanted, LINKEDIN[language], strict=True) if title]
    told += [(kind, title) for title, kind in (("Certifications", "certifications"), ("Honors-Awards", "awards"))]
    document = page("\n".join(f"# {title}\nWords below it" for _, title in told))
    assert kinds(document, library) == told


@pytest.mark.parametrize(
    ("dates", "start"),
    [("dezembro de 2024 - Present (9 meses)", "2024-12"), ("2022년 8월 - Present (3년 5개월)", "2022-08")],
)
def test_linkedin_dates_in_the_languages_of_its_pages(dates: str, start: str, page: Page, library: Library) -> None:
    document = page(f"""
        # Experience
        * Fjord Credit
        Machine Learning Engineer
        {dates}
        - Counted herring
        # Education
        * University of Nordkap
    """)
    [position] = find_positions(document, find_sections(document, library), library)
    assert (position.title, position.organisation) == ("Machine Learning Engineer", "Fjord Credit")
    assert (position.start, position.end, position.current) == (start, None, True)


def test_numbered_headings(page: Page, library: Library) -> None:
    document = page("""
        Jane Roe
        # 1 Appointments
        2019 | Lecturer
        # 2 Degrees
        2012 | PhD in Statistics
        # 3 Service to the field
        Area chair.
        # 4 Publications
        Roe, J. (2014). Look-ahead filters.
    """)
    assert [kind for kind, _ in kinds(document, library)] == [
        "other",
        "experience",
        "education",
        "other",
        "publications",
    ]


def test_posts_follow_a_summary_without_a_heading(page: Page, library: Library) -> None:
    document = page("""
        Jane Roe
        # Career summary
        Eight years in iron ore and gold.
        Mar 2022 to present | Principal Data Scientist, Yilgarn Downs
        Jan 2018 – Feb 2022 | Geostatistician, Tanami Gold
        # Qualifications
        BSc Physics, University of Leeds, 2015
    """)
    assert [kind for kind, _ in kinds(document, library)] == ["other", "summary", "experience", "education"]
    titles = [p.title for p in find_positions(document, find_sections(document, library), library)]
    assert titles == ["Principal Data Scientist", "Geostatistician"]


@pytest.mark.parametrize(
    ("below", "kind"),
    [("curvefit (R, on CRAN, 4,000 downloads).", "projects"), ("R, Stan, a little Python.", "skills")],
)
def test_software_is_what_was_given_to_others_or_skills(below: str, kind: str, page: Page, library: Library) -> None:
    document = page(f"""
        # Experience
        Researcher, University of Leeds, 2019 – 2023
        # Software
        {below}
    """)
    assert (kind, "Software") in kinds(document, library)
