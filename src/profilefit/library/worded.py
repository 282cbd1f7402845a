"""Words that mean one thing, with the lines that try them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.words import WordFinder


class Worded(Data):
    """Words that mean one thing, with lines in which they must (``yes``) and must not (``no``) be found.

    Attributes:
        words: found in any case.
        cased: found in exactly this case.
        unless: phrases that hide the words inside them.
    """

    words: tuple[Word, ...] = ()
    cased: tuple[Word, ...] = ()
    unless: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> WordFinder:
        """Any of the words, in ``plain`` text."""
        return WordFinder(self.words, self.cased)

    @cached_property
    def veto(self) -> WordFinder:
        """Any of the phrases that hide a word."""
        return WordFinder(self.unless)

    def find(self, plain_text: str) -> re.Match[str] | None:
        """The first mention outside the phrases that hide it."""
        return next(self.find_all(plain_text), None)

    def find_all(self, plain_text: str) -> Iterator[re.Match[str]]:
        """Every mention outside the phrases that hide it."""
        hidden = [m.span() for m in self.veto.finditer(plain_text)] if self.unless else []
        for match in self.pattern.finditer(plain_text):
            if not any(start < match.end() and match.start() < end for start, end in hidden):
                yield match
