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
    ],
)  # fmt: skip
def test_reference_styles(
    page: Page, library: Library, reference: str, expected: tuple[str | None, str | None, str, int]
) -> None:
    [record] = _found(page, library, "- " + reference)
    title = record.title if len((expected[0] or "").split()) > 1 else expected[0]
    assert (title, record.venue, record.kind, record.year) == expected
    assert record.accepted


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
