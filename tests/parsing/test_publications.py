"""Publications: references in many styles, and claims in sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profilefit.library import Library
from profilefit.models import Document, Publication, Section
from profilefit.parsing.publications import find_publications

Page = Callable[[str], Document]


def _found(page: Page, library: Library, text: str, kind: str = "publications") -> tuple[Publication, ...]:
    document = page(text)
    return find_publications(document, (Section(kind, "", (0, len(document.lines))),), library)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("Roe, J., & Poe, A. (2021). Grasping in clutter. In Proceedings of ICRA, pp. 12-19.",
         ("Grasping in clutter", "ICRA", "conference", 2021)),
        ('J. Roe, A. Poe, "Learning to rank with noise," in Proc. SIGIR, 2020, pp. 10-18.',
         ("Learning to rank with noise", "SIGIR", "conference", 2020)),
        ("Roe J, Poe A, et al. Rare cells. Bioinformatics 2021; 37: 834–42.",
         ("Rare cells", "Bioinformatics", "journal", 2021)),
        ("Roe J. Kernels at rest. J. Mach. Learn. Res. 22(45), 2021.", ("Kernels at rest", "JMLR", "journal", 2021)),
        ("J. Roe. Late but right. CVPR’22", ("Late but right", "CVPR", "conference", 2022)),
        ("J. Roe, A. Poe. Small maps. Workshop on Maps, NeurIPS 2019.", ("Small maps", "NeurIPS", "workshop", 2019)),
        ("J. Roe. Fog without tears. arXiv:2106.01234.", ("Fog without tears", "arXiv", "preprint", 2021)),
        ("J. Roe. Options that stay. PhD thesis, Univ. Oslo, 2020.", ("Options that stay", None, "thesis", 2020)),
        ("J. Roe. Leaf wax. Journal of Plant Pictures 12(3), 2018.", ("Leaf wax", None, "journal", 2018)),
        ("J. Roe. Kites. KITECON 2017.", ("Kites", "KITECON", "conference", 2017)),
        ('"Method for fog removal", US Patent 11,000,558, granted 2023',
         ("Method for fog removal", None, "patent", 2023)),
        ("Roe J., Poe A., 2021, A&A, 649, A37: Relics at rest",
         ("Relics at rest", "Astronomy & Astrophysics", "journal", 2021)),
        ("Roe J., 2024, JOPP, 136, 074501: A broker for leaves", ("A broker for leaves", None, "journal", 2024)),
    ],
)  # fmt: skip
def test_reference_styles(
    page: Page, library: Library, reference: str, expected: tuple[str | None, str | None, str, int]
) -> None:
    [record] = _found(page, library, "- " + reference)
    title = record.title if len((expected[0] or "").split()) > 1 else expected[0]
    assert (title, record.venue, record.kind, record.year) == expected
    assert record.accepted


@pytest.mark.parametrize(
    "line",
    [
        "Student volunteer at ICML 2024, Vienna",
        "I review for ICASSP, late but in full.",
        "Staffed the stand at NeurIPS 2019.",
    ],
)
def test_service_among_the_papers_is_no_paper(page: Page, library: Library, line: str) -> None:
    [record] = _found(page, library, f"- J. Roe, A. Poe. Tides in the bay. ICML 2021.\n- {line}")
    assert record.title == "Tides in the bay"


@pytest.mark.parametrize(
    "line",
    [
        "In the queue: a long version, sent to TMLR in June, no decision yet.",
        "A further manuscript on rain gauges was submitted to JASA in October 2025.",
        "Un lavoro è in revisione presso Water Resources Research.",
        "Eingereicht, noch ohne Entscheidung: eine längere Fassung beim JMLR.",
        "Under review at ICLR 2027: an extended version of the second paper.",
    ],
)
def test_what_is_under_review_without_a_title_is_no_publication(page: Page, library: Library, line: str) -> None:
    [record] = _found(page, library, f"- J. Roe. Tides in the bay. ICML 2021.\n- {line}")
    assert record.accepted


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Submitted: Rivers under a sheet of ice, TMLR.", "Rivers under a sheet of ice"),
        ("Cloth and water: revise and resubmit at Autonomous Robots, 2024.", "Cloth and water"),
        ("Roe, J. Rivers under ice. Submitted to TMLR.", "Rivers under ice"),
    ],
)
def test_what_is_under_review_keeps_its_title(page: Page, library: Library, line: str, title: str) -> None:
    [_, record] = _found(page, library, f"- J. Roe. Tides in the bay. ICML 2021.\n- {line}")
    assert (record.title, record.accepted) == (title, False)


def test_a_further_application_is_a_patent_of_its_own(page: Page, library: Library) -> None:
    text = "US Patent 11,000,559, “Rows of fog”, granted Apr 2024. Second application (2025) pending."
    found = [(p.title, p.kind, p.year, p.accepted) for p in _found(page, library, "- " + text)]
    assert found == [("Rows of fog", "patent", 2024, True), (None, "patent", 2025, False)]


def test_references_that_open_with_authors_and_year_are_told_apart_without_full_stops(
    page: Page, library: Library
) -> None:
    text = (
        "Roe J., Poe A., 2021, A&A, 649, A37: Relics at rest\n+ and in motion\n"
        "Roe J., 2019, MNRAS, 487, 2210: Shock finding\nPoe A., Roe J., 2017, MNRAS, 480, 12: Dust"
    )
    assert [(record.venue, record.year) for record in _found(page, library, text)] == [
        ("Astronomy & Astrophysics", 2021), ("MNRAS", 2019), ("MNRAS", 2017),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["“Your test set is a product”, PyData London, June 2024 (talk)",
     "Roe, J. (2025, May 3). Your hospital sends you a bill. Opinion, Northern Tribune."],
)  # fmt: skip
def test_talks_and_opinions_are_no_papers(page: Page, library: Library, line: str) -> None:
    paper = "Roe, J. (2021). Grasping in clutter. In Proceedings of ICRA."
    assert [record.title for record in _found(page, library, f"- {paper}\n- {line}")] == ["Grasping in clutter"]


def test_unaccepted_papers_are_told_apart(page: Page, library: Library) -> None:
    found = _found(page, library, "- J. Roe. Patience. Submitted to TMLR.\n- J. Roe. Fog. Under review at KDD 2024.")
    assert [(p.venue, p.kind, p.accepted) for p in found] == [("TMLR", "other", False), ("KDD", "other", False)]


def test_years_and_kinds_in_headings(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        2021
        Roe J. Copulas for floods. Journal of Wet Places 57(3): 1-20.
        2019
        Roe J, Poe A. Rain gauges. Journal of Wet Places 55, 12-30.
        """,
    )
    assert [(p.kind, p.year) for p in found] == [("journal", 2021), ("journal", 2019)]


def test_rows_with_a_date_begin_a_reference(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        Ask before you rank | July 2024
        J. Roe, A. Poe
        (SIGIR 2024)
        Scores that age | Mar 2023
        A. Poe, J. Roe
        (WSDM 2023)
        """,
    )
    assert [(p.title, p.venue, p.year) for p in found] == [
        ("Ask before you rank", "SIGIR", 2024),
        ("Scores that age", "WSDM", 2023),
    ]


def test_bibtex(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        @inproceedings{roe2021fog,
        author = {Roe, Jo}, title = {Fog without tears},
        booktitle = {NeurIPS Workshop on Weather}, year = {2021} }
        @article{roe2022rain,
        title = {Rain}, journal = {Journal of Wet Places}, year = {2022} }
        """,
    )
    assert [(p.title, p.venue, p.kind, p.year) for p in found] == [
        ("Fog without tears", "NeurIPS", "workshop", 2021),
        ("Rain", "Journal of Wet Places", "journal", 2022),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("First-author paper at ICLR 2022 (oral).", [("ICLR", "conference", 2022)]),
        ("Agents that trade, published at AAMAS 2021.", [("AAMAS", "conference", 2021)]),
        ("Small speech models (Interspeech 2020, oral).", [("INTERSPEECH", "conference", 2020)]),
        ("Papers at NeurIPS (2020, 2022) and TMLR (2023).",
         [("NeurIPS", "conference", 2020), ("NeurIPS", "conference", 2022), ("TMLR", "journal", 2023)]),
        ("ICRA workshop paper (2016), second author.", [("ICRA", "workshop", 2016)]),
        ("Invented a rule learner (US patent 11,000,558, granted 2023).", [(None, "patent", 2023)]),
        ("Patent application SG 10202250xxxV (2022) for calibration, pending.", [(None, "patent", 2022)]),
        ("Short paper in the Workshop of First Works, ICML 2018 (first author).", [("ICML", "workshop", 2018)]),
        ("After reading three ICLR papers; short paper at ICML 2019.", [("ICML", "conference", 2019)]),
        ("Every week I boil one ICLR 2021 paper down to a page.", []),
        ("Literature review on tides (41 papers); MinT adopted in 2023.", []),
        ("Attended NeurIPS 2023.", []),
        ("Reviewer for ICML 2022 and ICLR 2023.", []),
        ("Re-implemented an ICLR 2021 paper.", []),
        ("Supervised two interns, one of whom published at CoG 2021.", []),
        ("Read papers of ACL 2022 in the reading group.", []),
        ("Back on skis after an ACL tear in 2019.", []),
    ],
)  # fmt: skip
def test_claims(page: Page, library: Library, line: str, expected: list[tuple[str | None, str, int]]) -> None:
    found = _found(page, library, "- " + line, "experience")
    assert sorted(((p.venue, p.kind, p.year) for p in found), key=str) == sorted(expected, key=str)


def test_a_paper_named_twice_is_one_record(page: Page, library: Library) -> None:
    document = page("- Fog remover, published at ICML 2021.\nJ. Roe. Fog without tears. ICML 2021.")
    sections = (Section("experience", "", (0, 1)), Section("publications", "", (1, 2)))
    [record] = find_publications(document, sections, library)
    assert record.title == "Fog without tears"
    assert len(record.evidence) == 2


def test_bare_titles_count_beyond_the_claims(page: Page, library: Library) -> None:
    document = page("Papers at ICML 2021.\nFog without tears\nRain with reason")
    sections = (Section("summary", "", (0, 1)), Section("publications", "", (1, 3)))
    found = find_publications(document, sections, library)
    assert [(p.venue, p.kind, p.year) for p in found] == [("ICML", "conference", 2021), (None, "other", None)]


def test_talks_are_no_publications(page: Page, library: Library) -> None:
    assert _found(page, library, "- J. Roe. Fog. ICML 2021.\n- Invited talk, Fog Day, 2022.")[0].venue == "ICML"
    assert len(_found(page, library, "- J. Roe. Fog. ICML 2021.\n- Invited talk, Fog Day, 2022.")) == 1


def _kinds(found: tuple[Publication, ...]) -> list[tuple[str, int | None]]:
    return [(record.kind, record.year) for record in found]


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        # venues that no list knows, told by their words in several languages, by a volume, or by their shape
        ("Moe, Q., & Roe, J. (2020). Drift. In Proceedings of the 11th Workshop on Tides (pp. 4–9). Hov.", "workshop"),
        ("Moe Q.: Wärmepumpen lernen. In: Tagungsband der 12. Fachtagung Gebäude, Aachen, 2020, S. 44.", "conference"),
        ("Moe Q. « Prévoir sans jauge », Actes des Journées de statistique, Nice, 2020.", "conference"),
        ("MOE, Q. Fraude e grafos. In: Simpósio de Dados, 36., 2020, Natal. Anais [...].", "conference"),
        ('Moe Q., "Reti e isole", Atti del Convegno Energia, Cagliari, 2020.', "conference"),
        ("Moe, Q. y Roe, J. (2020). Plagas. Revista de Agricultura Digital, 9(1), 23-41.", "journal"),
        ("De Moe, S. (2020). Dijken. Tijdschrift voor Waterbouw, jaargang 14, nr. 2.", "journal"),
        ('Moe Q., "Queues and justice," AI & Shore, 2020', "journal"),
        ("Q. Moe and J. Roe, Gates for traffic, Roads and Rivers Part C, 2020.", "journal"),
        ("摩书敏。基于图的预测。《水岸学报》，2020，47(3)：512-523。", "journal"),
        ("[L1] Q. Moe. Alberi e righe. Capitolo 7 in: Manuale di righe, Edizioni Torre, 2020.", "other"),
        ('"Notes on triage", Q. Moe, Technical Report TR-04, Univ. of Hov, 2020', "other"),
        ('"When to defer", Q. Moe, working paper, 2020', "preprint"),
        ("Q. Moe. Maps. NeurIPS Workshop on Tackling Rain with Machine Learning, 2020.", "workshop"),
        ("Brevetto italiano n. 102019000012345, “Dispositivo per righe”, concesso nel 2020.", "patent"),
    ],
)
def test_venues_that_no_list_knows(page: Page, library: Library, reference: str, kind: str) -> None:
    assert _kinds(_found(page, library, "- " + reference)) == [(kind, 2020)]


def test_headings_tell_the_kind_and_lines_run_on(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        Articles dans des revues à comité de lecture
        Moe Q., Roe J. "Graph kernels for metro flows." 2021.
        Roe J. "Delays as diffusion." Urban Rail Notes, 2019.
        Peer-reviewed conference papers (2)
        Moe Q. "Metro flows on a budget." Rail Data Days, 2020.
        Workshop papers
        Moe Q. "Timetables are graphs." 2018.
        Under review
        Moe Q. "Open doors." Rail Letters.
        Betreute Abschlussarbeiten
        S. Poe: Doors. Masterarbeit, 2022.
        """,
    )
    expected = [("journal", 2021), ("journal", 2019), ("conference", 2020), ("workshop", 2018), ("other", None)]
    assert _kinds(found) == expected


def test_lines_that_are_no_publications_of_the_person(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        - Q. Moe. Slow doors. ICRA 2021.
        - Q. Moe. Soft doors. In preparation.
        - Reviewer voor AISTATS, ICML en TMLR 2024
        - Bezoeker van NeurIPS 2022 in New Orleans
        - Medium: "How we scaled doors", 2021
        - Séminaire invité, Institut des Portes, 2022
        - Google Scholar: 230 citations, h-index 9
        """,
    )
    assert _kinds(found) == [("conference", 2021)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Journal paper in the Review of Winds (2020).", [("journal", 2020)]),
        ("AGRONEX 2021, ponencia: «Camiones que no llegan».", [("conference", 2021)]),
        ("Sonar denoising, patented (US 11,456,789).", [("patent", None)]),
        ("Mentored a student whose work was accepted at ECIR 2023.", []),
        ("Dagelijks begeleider; één van hen publiceerde op ECML PKDD 2024.", []),
        ("Veille : une note par mois sur les articles de CVPR 2021.", []),
        ("Higher Secondary, Science, 2006", []),
        ("Modelo em produção no banco desde 2022, artigo interno.", []),
    ],
)
def test_claims_at_venues_and_in_languages(
    page: Page, library: Library, line: str, expected: list[tuple[str, int | None]]
) -> None:
    assert _kinds(_found(page, library, "- " + line, "experience")) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Reproduced CQL and IQL from the papers; deviations documented (arXiv, 2024).",
        '"Graft", my method for giving a model new words: 38% fewer tokens (COLING 2024).',
        "M.Tech. | Computer Science | Hov Institute of Information Sciences, Hov | 2013",
    ],
)
def test_lines_of_other_sections_that_only_look_like_references(page: Page, library: Library, line: str) -> None:
    assert all(record.title is None for record in _found(page, library, "- " + line, "other"))


def test_a_reference_behind_a_label_in_the_margin(page: Page, library: Library) -> None:
    text = """
    2025 | N. Roe, T. Poe. Kernels for survival in the wild. AISTATS 2025.
    2024 | N. Roe, A. Poe. Safe doses of many things.
    NeurIPS Workshop on Uncertainty.
    submitted N. Roe, T. Poe. Irregular visits: a review.
    medRxiv, 2026.
    """
    assert _kinds(_found(page, library, text)) == [("conference", 2025), ("workshop", 2024), ("preprint", 2026)]


def test_references_in_a_section_of_another_kind(page: Page, library: Library) -> None:
    found = _found(
        page,
        library,
        """
        - Moe S., Roe A. (2015). Registers and reminders. Shore Open 5.
        - "Doors on cheap phones" (with A. Roe), Indaba workshop, 2022
        """,
        "other",
    )
    assert _kinds(found) == [("journal", 2015), ("workshop", 2022)]
