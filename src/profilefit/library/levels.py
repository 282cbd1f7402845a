"""The shape of ``skills/levels.toml``: what a mention counts for."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from profilefit.library.credentials import Kind
from profilefit.library.lexicon import Data, Word
from profilefit.library.others import Others
from profilefit.library.words import alternatives


class SectionLevels(Data):
    """Which kinds of section show work, which only list, and which count for nothing.

    Attributes:
        used, listed, nothing: kinds of ``headings.toml``.
        leisure: kinds in which a name that is an ordinary word too ("Java", "Spark") needs a known skill beside it.
        lasting: kinds whose dates tell how long a skill was used.
        work: words that tell of work done inside a section that only lists (a thesis under Education).
        work_yes, work_no: lines that must and must not hold such a word; they run as tests.
    """

    used: tuple[Kind, ...]
    listed: tuple[Kind, ...]
    nothing: tuple[Kind, ...]
    leisure: tuple[Kind, ...] = ()
    lasting: tuple[Kind, ...] = ()
    work: tuple[Word, ...]
    work_yes: tuple[str, ...] = Field(min_length=1)
    work_no: tuple[str, ...] = Field(min_length=1)


class Outcomes(Data):
    """What turns "used" into "demonstrated".

    Attributes:
        units, currencies, metrics: a figure beside one of them is an outcome.
        moves: words between two figures of which one became the other ("0.71 to 0.84").
        openers: words before such a pair that has words between its figures ("from 2 weeks to 2 days").
        phrases, links: outcomes without a figure.
    """

    units: tuple[Word, ...]
    currencies: tuple[Word, ...]
    metrics: tuple[Word, ...]
    moves: tuple[Word, ...]
    openers: tuple[Word, ...] = ()
    phrases: tuple[Word, ...]
    links: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)


class Personal(Data):
    """Words in front of what a person is, not of what they can do; such a line at the head counts for nothing.

    Attributes:
        labels: they count at the start of a line, before a colon or beside another cell.
    """

    labels: tuple[Word, ...] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)


class Clauses(Data):
    """Words that end the reach of a guard, and words that join the items of a list.

    Attributes:
        letters: single capitals that are words of their own; a full stop behind any other is that of an initial.
    """

    ends: tuple[Word, ...]
    joins: tuple[Word, ...]
    letters: tuple[Word, ...] = Field(min_length=1)

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """What ends a sentence, cell or line."""
        initial = rf"(?<!\W(?!{alternatives(self.letters)})[A-Z])"
        return re.compile(initial + r"\.(?=\s|$)|[;!?。；！？](?=\s|$)|[\n\t]|[。；！？]")


class Guard(Data):
    """Phrases that cap what mentions within their reach count for.

    Attributes:
        reach: ``after`` to the end of the clause, ``next`` to the end of the list item, ``before`` back over the
            list item in front, ``back`` over its sentence, and the one in front where it only takes that up
            ("Tested a Java portal. Did not code."), ``sentence`` or ``paragraph``; ``label`` what the phrase labels, a
            single word if it is all of the label ("Planned: Rust"); ``name`` the capitalised words in front of it.
        first: the phrase counts only at the start of a sentence or of a list item.
        openers: first words of the sentence, close before the phrase, without which the guard says nothing.
        needs: phrases of which one must stand in the same sentence.
        until: words that end the reach of ``next``: "replaced the macros with".
        outsiders: the guard counts only in the CV of somebody else's trade.
        level: the cap, 0 or 1.
        exceptions: (key ``except``) phrases in the same sentence that call the guard off.
        yes, no: lines whose ``[bracketed]`` word must and must not be lowered; they run as tests.
    """

    id: str
    reason: str
    reach: Literal["after", "next", "before", "back", "sentence", "paragraph", "label", "name"]
    first: bool = False
    openers: tuple[Word, ...] = ()
    needs: tuple[Word, ...] = ()
    until: frozenset[Word] = frozenset()
    outsiders: bool = False
    level: Literal[0, 1]
    phrases: tuple[Word, ...]
    exceptions: tuple[Word, ...] = Field(default=(), alias="except")
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)


class Levels(Data):
    """The whole file."""

    sections: SectionLevels
    outcomes: Outcomes
    personal: Personal
    clauses: Clauses
    others: Others
    guard: tuple[Guard, ...]
