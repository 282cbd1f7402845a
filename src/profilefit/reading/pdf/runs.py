"""Glyphs of one text operator → runs without a gap of a word's width."""

from __future__ import annotations

from collections.abc import Iterable

from profilefit.reading.clean import OVERLAID, compose
from profilefit.reading.pdf.typefaces import SPACE_GLYPHS

#: A wider gap than this share of the font size starts a new word. 0.20 glues words that LaTeX has kerned.
WORD_GAP = 0.14
#: Shares of that gap: a thin gap, and how far back a glyph may step into the one before.
_THIN, _BACK = 0.45, 1.4
#: A run longer than this, with a thin gap for every so many letters, is words parted by thin gaps only.
_LONG, _LETTERS_A_WORD = 24, 16

#: Where a run begins and ends, its text, and whether a space was drawn before it.
Run = tuple[float, float, str, bool]


def find_runs(glyphs: Iterable[tuple[str, float, float]], gap: float) -> list[Run]:
    """The runs of a line of glyphs.

    Args:
        glyphs: each with its text, and where it begins and its advance ends.
        gap: the least distance between two words.
    """
    runs: list[Run] = []
    thin, back = _THIN * gap, -_BACK * gap
    loose: list[tuple[int, float, float]] = []
    text = ""
    begin = end = 0.0
    spaced = False
    for character, x0, x1 in glyphs:
        if character in SPACE_GLYPHS:
            if text:
                _close(runs, begin, end, text, spaced, loose)
                text = ""
            spaced = True
            continue
        if text:
            distance = x0 - end
            if back <= distance <= gap:
                if distance > thin:
                    loose.append((len(text), end, x0))
                text += character
            elif distance < 0 and (whole := _composed(text[-1], character)):
                text = text[:-1] + whole
            else:
                _close(runs, begin, end, text, spaced, loose)
                text, begin, spaced = character, x0, False
        else:
            text, begin = character, x0
        end = max(end, x1) if len(text) > 1 else x1
    if text:
        _close(runs, begin, end, text, spaced, loose)
    return runs


def _composed(one: str, two: str) -> str | None:
    """The letter that an accent and a letter drawn over each other make."""
    return (one in OVERLAID and compose(one, two)) or (two in OVERLAID and compose(two, one)) or None


def _close(
    runs: list[Run],
    begin: float,
    end: float,
    text: str,
    spaced: bool,
    loose: list[tuple[int, float, float]],
) -> None:
    """A run is complete: a long one whose words are parted by thin gaps only is cut at those."""
    if loose:
        if len(text) > _LONG and len(loose) * _LETTERS_A_WORD >= len(text):
            at = 0
            for place, stop, go in loose:
                runs.append((begin, stop, text[at:place], spaced))
                at, begin, spaced = place, go, True
            text = text[at:]
        loose.clear()
    runs.append((begin, end, text, spaced))
