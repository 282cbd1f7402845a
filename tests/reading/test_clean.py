"""Characters are mended once, and mending them again changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profilefit.reading.clean import clean


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("e\ufb03cient \ufb01t", "efficient fit"),
        ("2019\u00a0\u2013\u00a02021", "2019 \u2013 2021"),
        ("end\u2011to\u2010end", "end-to-end"),
        ("soft\u00adware", "software"),
        ("2019 \u00ad 2021", "2019 - 2021"),
        ("pre-\u00ad\u2010trained", "pre-trained"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Universit\u00b4e", "Universit\u00e9"),
        ("\U0001d40c\U0001d40b engineer", "ML engineer"),
        ("\uf095 call (cid:12) me \ufffd", "call me"),
        ("Python ●●●●○", "Python"),
        ("E D U C AT I O N", "EDUCATION"),
        ("W O R K  H I S T O R Y", "WORK HISTORY"),
        ("a  b \t c", "a b\tc"),
        ("C++ and C# · R&D – 3×", "C++ and C# · R&D – 3×"),
    ],
)
def test_traps(raw: str, mended: str) -> None:
    assert clean(raw) == mended


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.sampled_from("aE -\u00ad\u2011\u00b4\u0131\u200d\ufb01●○\t\ue000(cid:1)")))
def test_idempotent_on_what_it_mends(text: str) -> None:
    assert clean(clean(text)) == clean(text)
