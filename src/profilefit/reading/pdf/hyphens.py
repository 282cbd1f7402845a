"""Words broken over lines: whether the hyphen between their halves is real.

The reading room stands below the library, so its few words have a data file of their own: ``hyphens.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Compounds:
    """First and last parts of compounds that keep their hyphen at the end of a line.

    Attributes:
        yes, no: words with a slash at the turn of the line that must and must not keep the hyphen before it; they run
            as tests.
    """

    heads: frozenset[str]
    tails: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def compounds() -> Compounds:
    """The words of ``hyphens.toml``."""
    table = tomllib.loads((files("profilefit.reading.pdf") / "hyphens.toml").read_text(encoding="utf-8"))
    return Compounds(frozenset(table["heads"]), frozenset(table["tails"]), tuple(table["yes"]), tuple(table["no"]))


def joint(head: str, rest: str) -> tuple[str, str]:
    """The word that the two halves make without a hyphen, and with one; both in lower case."""
    stem, tail = _halves(head, rest)
    return (stem + tail).lower(), f"{stem}-{tail}".lower()


def _halves(head: str, rest: str) -> tuple[str, str]:
    """The halves without what else stands before and behind them."""
    follow = re.match(r"\w+", rest)
    return re.split(r"[^\w-]", head[:-1])[-1], follow[0] if follow else ""


def rejoin(head: str, rest: str, known: Counter[str], hyphenated: bool) -> str:
    """The two halves as one word, its hyphen kept where it is real.

    Args:
        head, rest: the last word of a line with its hyphen, and the first of the next.
        known: how often each word stands in the document, in lower case.
        hyphenated: the document breaks words over lines.
    """
    stem, tail = _halves(head, rest)
    if head[-1] == "\u00ad" and tail[:1].islower():
        return head[:-1] + rest
    joined, kept = joint(head, rest)
    keep = head[:-1] + "-" + rest
    if not tail[:1].islower() or not stem or not stem[-1:].islower():
        return keep
    if known[joined] and not known[kept]:
        return head[:-1] + rest
    if not hyphenated or known[kept] or "-" in stem or stem.lower() in compounds().heads or tail in compounds().tails:
        return keep
    if len(stem) >= 4 and len(tail) >= 4 and known[stem.lower()] and known[tail.lower()]:
        return keep
    return head[:-1] + rest
