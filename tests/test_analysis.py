"""Properties of the whole walk, whatever the text: it parses and it quotes exactly."""

from __future__ import annotations

import io

from evidence_checks import check_quotes
from hypothesis import given, settings
from hypothesis import strategies as st

from profilefit import analyze
from profilefit.models import Report

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


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    if text.strip():
        check_quotes(analyse_text("CV\n" + text))
