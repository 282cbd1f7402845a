"""Positions and entries: titles, and headers in many layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from profilefit.library import Library
from profilefit.models import Document, Section
from profilefit.parsing.entries import find_entries
from profilefit.parsing.positions import find_positions
from profilefit.parsing.titles import classify_title

Page = Callable[[str], Document]


def _section(document: Document, kind: str = "experience") -> tuple[Section, ...]:
    return (Section(kind, "", (0, len(document.lines))),)


def _held(page: Page, library: Library, text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    document = page(text)
    found = find_positions(document, _section(document), library)
    for position in found:
        [evidence] = position.evidence
        assert document.text[evidence.start : evidence.end] == evidence.match
    return [(p.title, p.organisation, p.start, p.end) for p in found]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Research Scientist, Robot Learning", ("robotics_engineer", "both", "robotics", None)),
        ("Wissenschaftliche Mitarbeiterin", ("academic_researcher", "researcher", None, None)),
        ("Head Baker", (None, "other", None, "manager")),
        ("Director of Data Science", ("manager", "other", "data", "manager")),
    ],
)
def test_classify_title(library: Library, title: str, expected: tuple[str | None, ...]) -> None:
    assert classify_title(title, library) == expected


LAYOUTS = {
    "title and dates in one row": """
        * Data Engineer, Tailspin Toys – Bergen | June 2021 – present
        - Moved 40 jobs to Spark.
        * Analyst, Contoso | 2018 – 2021
        - Wrote reports.
        """,
    "company first": """
        * Tailspin Toys | Bergen
        Data Engineer | June 2021 – present
        - Moved 40 jobs to Spark.
        * Contoso | Oslo
        Analyst | 2018 – 2021
        - Wrote reports.
        """,
    "dates in the margin": """
        June 2021 – present | Data Engineer, Tailspin Toys, Bergen
        Owner of the warehouse; moved 40 jobs to Spark, one by one, without a night of downtime for anybody.
        2018 – 2021 | Analyst, Contoso, Oslo
        """,
    "three rows": """
        * Data Engineer
        Tailspin Toys
        June 2021 – present
        - Moved 40 jobs to Spark.
        * Analyst
        Contoso
        2018 – 2021
        - Wrote reports.
        """,
    "date above": """
        June 2021 – present
        * Data Engineer
        Tailspin Toys, Bergen
        - Moved 40 jobs to Spark.
        2018 – 2021
        * Analyst
        Contoso, Oslo
        - Wrote reports.
        """,
    "brackets in a bullet": """
        - Data Engineer – Tailspin Toys, Bergen (June 2021 – present)
        - Analyst – Contoso, Oslo (2018 – 2021): reports on sales
        """,
    "place and dates below": """
        * Data Engineer, Tailspin Toys
        Bergen · June 2021 – present · toys for grown-ups
        - Moved 40 jobs to Spark.
        * Analyst, Contoso
        Oslo · 2018 – 2021
        - Wrote reports.
        """,
    "title at company": """
        Data Engineer at Tailspin Toys
        June 2021 to present
        - Moved 40 jobs to Spark.
        Analyst at Contoso
        2018 to 2021
        """,
    "a sentence": """
        Data Engineer, Tailspin Toys, Bergen (since June 2021). Reports to the head of sales.
        Analyst, Contoso, Oslo (2018 – 2021).
        """,
    "a company whose legal form ends in a full stop": """
        * Data Engineer, Tailspin Toys
        Bergen, NO | June 2021 – present
        - Moved 40 jobs to Spark.
        * Analyst, Contoso
        Oslo | 2018 – 2021, part time
        - Wrote reports.
        """,
    "a table": """
        2021-06 – now | Data Engineer | Tailspin Toys
        2018 – 2021 | Analyst | Contoso
        """,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(page: Page, library: Library, layout: str) -> None:
    assert _held(page, library, LAYOUTS[layout]) == [
        ("Data Engineer", "Tailspin Toys", "2021-06", None),
        ("Analyst", "Contoso", "2018", "2021"),
    ]


def test_stacked_roles_share_their_company(page: Page, library: Library) -> None:
    found = _held(
        page,
        library,
        """
        # Tailspin Toys
        4 years 2 months
        * Senior Data Engineer
        March 2023 - Present (2 years)
        Bergen
        - Moved 40 jobs to Spark.
        * Data Engineer
        January 2021 - February 2023 (2 years 2 months)
        - Wrote the first job.
        # Contoso
        * Barista
        2018 - 2020 (2 years)
        """,
    )
    assert [(title, start) for title, _, start, _ in found] == [
        ("Senior Data Engineer", "2023-03"),
        ("Data Engineer", "2021-01"),
        ("Barista", "2018"),
    ]


def test_a_company_with_dates_above_its_posts_is_no_post(page: Page, library: Library) -> None:
    found = _held(
        page,
        library,
        """
        * Contoso | 2015 – 2022
        * Lead Analyst | 2018 – 2022
        - Wrote reports.
        * Analyst | 2015 – 2018
        - Wrote reports.
        """,
    )
    assert found == [("Lead Analyst", "Contoso", "2018", "2022"), ("Analyst", "Contoso", "2015", "2018")]


def test_titles_that_no_word_tells_stand_where_titles_stand(page: Page, library: Library) -> None:
    found = _held(
        page,
        library,
        """
        * Data Engineer, Tailspin Toys | 2020 – 2022
        - Moved 40 jobs to Spark.
        * Wizard of Oz, Contoso | 2018 – 2020
        - Hid behind a curtain.
        """,
    )
    assert [title for title, *_ in found] == ["Data Engineer", "Wizard of Oz"]


def test_bullets_and_teaching_make_no_position(page: Page, library: Library) -> None:
    document = page(
        "* Data Engineer, Contoso | 2020 – 2022\n- Engineer of the year, 2021\n- Led an analyst, 2020 – 2021"
    )
    assert len(find_positions(document, _section(document), library)) == 1
    assert find_positions(document, _section(document, "teaching"), library) == ()


def test_entries_run_from_header_to_header(page: Page, library: Library) -> None:
    document = page("* Kite finder\n- Trained a detector.\n- Put it on a phone.\n* Bus clock\n- Scraped arrivals.")
    entries = find_entries(document, _section(document, "projects"), library)
    assert [entry.lines for entry in entries] == [(0, 3), (3, 5)]
    assert [entry.dates for entry in entries] == [None, None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Intelligence Corps, 2008–2011: signals analyst. Deployed with field units.", ["signals analyst"]),
        ("Royal Engineers, 2004–2007: bridge engineer.", ["bridge engineer"]),
        ("Marine, 2010–2011: Funktechniker. Danach Studium.", ["Funktechniker"]),
        ("Data Engineer, Havn (2019 – 2021): wrote the billing service.", ["Data Engineer"]),
    ],
)
def test_a_title_behind_its_unit_and_dates(page: Page, library: Library, line: str, expected: list[str]) -> None:
    assert [title for title, *_ in _held(page, library, line)] == expected


@pytest.mark.parametrize(
    ("text", "employers"),
    [
        ("* Senior Machine Learning Engineer, Brinewell Cold Storage Inc.\nHalifax, NS | 2019 – 2021",
         ["Brinewell Cold Storage Inc"]),
        ("* Postdoctoral Research Associate, School of Chemistry,\nUniversity of Glasgow | 2019 – 2021",
         ["University of Glasgow"]),
        ("* Analista de datos, Abarrotes del Sureste, S.A. de C.V. | 2019 – 2021",
         ["Abarrotes del Sureste, S.A. de C.V"]),
        ("2014 – 2019 | Full Professor, University of Diamantina\n2008 – 2014 | Associate Professor, same university.",
         ["University of Diamantina", "University of Diamantina"]),
        ("* Software Engineer – Tecnomira Sistemas (Uberlândia, MG)\n2019 – 2021", ["Tecnomira Sistemas"]),
        ("* Trainee – Pielisen Puu (sawmill)\n2019 – 2021", ["Pielisen Puu (sawmill)"]),
        ("2004 – 2006 | Senior Engineer - GenAI, Quillstone Pvt Ltd, Pune", ["Quillstone Pvt Ltd"]),
        ("2004 – 2006 | Senior Engineer, Foothills Energy, Calgary, AB", ["Foothills Energy"]),
    ],
)  # fmt: skip
def test_employers(page: Page, library: Library, text: str, employers: list[str]) -> None:
    assert [employer for _, employer, *_ in _held(page, library, text)] == employers


def test_a_name_that_a_line_break_cuts(page: Page, library: Library) -> None:
    document = page("2019 – 2021 | Research Assistant, Wrocław University of Science and\nTechnology (grant GridSense)")
    lines = (document.lines[0], replace(document.lines[1], continues=True))
    [post] = find_positions(replace(document, lines=lines), _section(document), library)
    assert post.organisation == "Wrocław University of Science and Technology"


def test_clients_of_a_post_are_no_posts(page: Page, library: Library) -> None:
    text = """
        * Consultant, Waterkant Advies
        2019 – 2023
        * Waterschap Vecht (2021)
        - Moved 40 jobs to Spark.
        * Analyst, Contoso
        2017 – 2019
        """
    assert [title for title, *_ in _held(page, library, text)] == ["Consultant", "Analyst"]


def test_a_post_held_today_has_a_beginning_only(page: Page, library: Library) -> None:
    document = page("novembre 2022 | Dottoranda di ricerca, Università di Bari\n2019 – 2021 | Analista, Moor Ltd")
    sections = (Section("experience", "Posizione attuale", (0, 2)),)
    found = [(post.start, post.end, post.current) for post in find_positions(document, sections, library)]
    assert found == [("2022-11", None, True), ("2019", "2021", False)]


def test_a_bracket_that_holds_a_date_names_no_employer(page: Page, library: Library) -> None:
    text = "2014 – 2020 | Teamleiterin Analytik (ab 2017, 5 Personen), Concordia"
    assert [employer for _, employer, *_ in _held(page, library, text)] == ["Concordia"]


def test_titles_behind_the_company_and_its_town(page: Page, library: Library) -> None:
    text = "Coopvida, Caruaru — Data scientist — 2019 – 2022\nFeira do Monte — Vendas na barraca — 2009 – 2011"
    assert [title for title, *_ in _held(page, library, text)] == ["Data scientist", "Vendas na barraca"]


def test_a_bracket_of_the_line_above_heads_nothing(page: Page, library: Library) -> None:
    document = page("2018 – 2022 | Doctoral Researcher, Leiden Medical Center (parental leave,\neight months, 2021)")
    lines = (document.lines[0], replace(document.lines[1], continues=True))
    [post] = find_positions(replace(document, lines=lines), _section(document), library)
    assert (post.title, post.organisation) == ("Doctoral Researcher", "Leiden Medical Center")


@pytest.mark.parametrize("leave", ["Elternzeit", "Parental leave", "Congé parental", "Career break", "Excedencia"])
def test_time_away_is_no_post(page: Page, library: Library, leave: str) -> None:
    text = f"2015 – 2019 | Software developer, Havn Data\n2013 – 2015 | {leave}\n2010 – 2013 | Tester, Moor Ltd"
    assert [title for title, *_ in _held(page, library, text)] == ["Software developer", "Tester"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018 – 2022\tEngineer (senior since 2021)\tHavn Data", ["Engineer"]),
        ("2018 – 2022\t(NLP Engineer\tHavn Data, Aarhus", ["NLP Engineer"]),
    ],
)
def test_a_bracket_left_open_leaves_a_title(page: Page, library: Library, text: str, expected: list[str]) -> None:
    assert [title for title, *_ in _held(page, library, text)] == expected


def test_a_sentence_with_a_date_inside_is_no_post(page: Page, library: Library) -> None:
    text = """
        ML Engineer, Acme Ltd, Leeds, 2022 – 2024
        Acme builds packing machines and, since 2023, robots for pallets.
        Trained a detector.
    """
    assert [title for title, *_ in _held(page, library, text)] == ["ML Engineer"]


def test_a_bracket_may_tell_how_it_began(page: Page, library: Library) -> None:
    text = "Acme Bookings: Senior Developer (joined as junior), 2018 – 2022"
    assert [title for title, *_ in _held(page, library, text)] == ["Senior Developer (joined as junior)"]
