"""Words broken over lines, as the data says: real hyphens stay, those of the break go."""

from __future__ import annotations

from collections import Counter

import pytest

from profilefit.reading.pdf.hyphens import compounds, rejoin


def mended(word: str, hyphenated: bool = True) -> str:
    return rejoin(*word.split("/"), Counter(), hyphenated)


@pytest.mark.parametrize("word", compounds().yes)
def test_real_hyphens_stay(word: str) -> None:
    assert mended(word) == word.replace("/", "")


@pytest.mark.parametrize("word", compounds().no)
def test_hyphens_of_the_break_go(word: str) -> None:
    assert mended(word) == word.replace("-/", "")
    assert mended(word, hyphenated=False) == word.replace("/", "")


def test_what_the_document_writes_elsewhere_decides() -> None:
    assert rejoin("fine-", "tuned", Counter(["finetuned"]), True) == "finetuned"
    assert rejoin("seg-", "mentation", Counter(["seg-mentation"]), True) == "seg-mentation"
