"""Properties of the whole walk, whatever the text: it parses, it quotes exactly, it is repeatable and blind."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profilefit import analyze, render
from profilefit.models import Report

CASES = Path(__file__).parent / "cases"
#: Invented CVs of everyday kinds, each beside what a careful reader finds in it (NAME.truth.json).
CORPUS = Path(__file__).parent / "corpus"
WORDS = st.sampled_from(
    [
        "Experience", "Education", "Skills", "PhD", "MSc", "University of Leeds", "2019 – 2021", "Python", "C++", "R",
        "Deployed", "models", "to production", "with", "no experience with", "PyTorch", "NeurIPS 2021", "•", "\t", "\n",
        "\n\n", "ﬁ", "–", "Engineer", "## ", "- ", "機械", "12", "%", "(", ")", ",", ".",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300), st.lists(WORDS, max_size=80).map(" ".join)
)


def analyse_text(text: str) -> Report:
    return analyze(io.BytesIO(text.encode()), name="cv.txt")


def evidence_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence object anywhere in a report."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for part in value.values():
            yield from evidence_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from evidence_of(part)


def check_quotes(report: Report) -> None:
    text = report.profile.document.text
    for cited in evidence_of(json.loads(render(report, "json"))):
        assert cited["match"] == text[cited["start"] : cited["end"]]
        assert cited["match"].strip()
        assert " ".join(cited["match"].split()) in cited["quote"]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    if text.strip():
        check_quotes(analyse_text("CV\n" + text))


def all_cases() -> list[Path]:
    return sorted(path for path in CASES.glob("*/cv.*"))


def corpus() -> list[Path]:
    return sorted(path for path in CORPUS.iterdir() if not path.name.endswith(".truth.json"))


@pytest.mark.parametrize("path", [*all_cases(), *corpus()], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_quote_of_a_cv_is_in_it(path: Path) -> None:
    check_quotes(analyze(path))


def test_same_input_same_bytes() -> None:
    path = all_cases()[0]
    assert render(analyze(path), "json") == render(analyze(path), "json")


CV = """{name}
{title} · {mail} · {place}

Experience
Machine Learning Engineer, Acme Ltd, 2020 – present
- {pronoun} deployed a churn model to production on AWS.

Education
MSc Computer Science, University of Leeds, 2018 – 2019
"""


def test_who_you_are_makes_no_difference() -> None:
    def claims(**person: str) -> list[Any]:
        data = json.loads(render(analyse_text(CV.format(**person)), "json"))
        for cited in evidence_of(data):
            for place in ("start", "end", "box", "quote", "line"):
                del cited[place]
        return [data["profile"], data["roles"]]

    one = claims(name="Anna Berg", title="Ms", mail="anna@example.org", place="Oslo, born 1990", pronoun="She")
    other = claims(name="Stan Julia Go", title="Mr", mail="r@example.org", place="Java, Indonesia", pronoun="He")
    assert one == other
