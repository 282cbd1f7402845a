"""The reports for people: nothing is wider than the page, nothing in a CV breaks out of its quote."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from profilefit.models import Report
from profilefit.reporting import render


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_terminal(report: Report, bare_report: Report, width: int, verbose: bool) -> None:
    for each in (report, bare_report):
        for color in (False, True):
            text = render(each, "text", width=width, color=color, verbose=verbose, explain=True)
            plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
            assert max(map(cell_len, plain.splitlines())) <= width
            assert ("\x1b[" in text) == color


def test_the_text_report_tells_what_matters(report: Report) -> None:
    text = render(report, "text", width=120)
    for part in (
        "cv.pdf · CV · 2 pages",
        "master's degree: MSc Robotics, Universitas Borealis, 2018 to 2020; doctorate in progress: PhD",
        "Machine Learning Engineer, Fjordlys Analytics, since Mar 2021",
        "68%  met 5 of 7, 1 partial, 1 missing",
        "75 / 25, from 14 pieces of evidence",
        "✓ E1 Cloud services  met, demonstrated",
        "page 1, experience: “Served the ranking model",
        "Would show it: TensorFlow Lite, Core ML",
        "TensorFlow, which this document shows",
        "Every path                        JAX",
        "a master's degree is usual on this path",
        "c Data lakes and databases",
        "! Text that no reader of the page can see",
    ):
        assert part in text
    assert "lack" not in text.replace("not the same as lacking", "")
    assert "part of another word" not in text
    assert "R: part of another word" in render(report, "text", explain=True)


def test_all_evidence_is_shown_with_its_place_when_asked_for(report: Report) -> None:
    asked = [each for role in report.roles for each in (*role.requirements, *role.scope)]
    best, every = (render(report, "text", width=200, verbose=verbose) for verbose in (False, True))
    assert best.count(": “") == sum(bool(each.evidence) for each in asked)
    assert every.count(": “") == sum(len(each.evidence) for each in asked) > best.count(": “")
    assert "Universitas Borealis, 2018 to 2020 (page 1, education)" in every


def test_two_paths_stand_side_by_side_on_a_wide_terminal(report: Report) -> None:
    text = render(report, "text", width=200)
    assert re.search("E1 Cloud services .* R1 ML libraries", text)


def test_plain_characters_for_terminals_that_know_no_others(bare_report: Report) -> None:
    assert render(bare_report, "text", ascii_only=True, explain=True, verbose=True).isascii()


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_control_characters_of_a_cv_are_not_passed_on(report: Report, format: str) -> None:
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", render(report, format, verbose=True, explain=True)
    )


def test_markdown_tables_have_equal_rows_and_no_foreign_markup(report: Report) -> None:
    text = render(report, "markdown", verbose=True, explain=True)
    tables = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    assert len(tables) >= 5
    for table in tables:
        head, rule, *rows = table.splitlines()
        assert rows
        assert set(rule) <= set("|-: ")
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in (head, rule, *rows)}) == 1
    assert "<b>" not in text
    assert re.findall(r"(?<!\\)<(?!br>)", text) == []


def test_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="known formats: text, markdown, json"):
        render(report, "yaml")
