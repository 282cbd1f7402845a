"""The shape of ``references`` in ``venues.toml``: the little words of a list of references."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.words import YEAR, alternatives

#: A name with initials, before or behind.
_NAME = (
    r"(?:(?:[A-Z]\.[ -]?){1,3}(?:[a-z]{2,3} ){0,2}[A-Z][\w'-]+(?: [A-Z][\w'-]+(?=[,.]))?"
    r"|(?:[a-z]{2,3} ){0,2}[A-Z][\w'-]+,? (?:[A-Z]\.?[ -]?){1,3}(?!\w)"
    r"|[A-Z][\w'-]+ (?:[a-z]{2,3} ){0,2}[A-Z][\w'-]+, (?:[A-Z]\.[ -]?){1,3})"
)
#: A number, label or year in front: "[C3]", "12.", "2021 –".
_LEAD = rf"\W{{0,3}}(?:(?:[A-Z]{{0,3}}-?\d{{1,3}}\s?[\].):]|{YEAR}\b[\s:.–-]?)\W{{0,3}})?"


#: The year and more right behind the authors: "(2015). Registers and reminders", "2021, A&A, 649".
_DATED = re.compile(rf"\s*(?:\({YEAR}[a-z]?\)[.:,]?\s+[A-Z]\S*(?: \S+){{2}}|{YEAR}[a-z]?,\s+[A-Z])")


class References(Data):
    """What stands between the parts of a reference. All patterns are for ``plain`` text.

    Attributes:
        joins: between the names of authors, and between years.
        others: behind the names of authors that are not all named.
        volumes, pages: before the number of a volume and of a page; full stops may follow.
        numbers: short for "volume", right before its number only.
        archives: their numbers begin with year and month: "arXiv:2005.12345".
        before_years: what may stand between a venue and a year: "on bioRxiv in 2026".
        before_venues: what may stand right before a venue whose name is an ordinary word, other than a mark.
        yes, no: lines that begin with authors and tell a volume or the number of an archive, and lines that do not.
    """

    joins: tuple[Word, ...]
    others: tuple[Word, ...]
    volumes: tuple[Word, ...]
    pages: tuple[Word, ...]
    numbers: tuple[Word, ...]
    archives: tuple[Word, ...]
    before_venues: tuple[Word, ...]
    before_years: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def authors(self) -> re.Pattern[str]:
        """An author and what parts it from the next."""
        return re.compile(
            rf"{_LEAD}{_NAME}\*?\s*(?:[,;:&.]|\({YEAR}|(?:{alternatives(self.joins)})\b|{alternatives(self.others)})",
            re.ASCII,
        )

    @cached_property
    def full_names(self) -> re.Pattern[str]:
        """Two authors or more by their full names: "Ines Vale, Jo Roe and …"."""
        name = r"(?:[A-Z][\w'-]+|[A-Z]\.)(?: (?:[a-z]{2,3} )?(?:[A-Z][\w'-]+|[A-Z]\.)){1,3}"
        joins = alternatives(self.joins)
        return re.compile(rf"{_LEAD}{name}[*†]?(?:\s*[,;&]\s*(?:(?:{joins}) |& )?| (?:{joins}) ){name}")

    @cached_property
    def author_list(self) -> re.Pattern[str]:
        """All authors at the beginning of a reference."""
        joins, others = alternatives(self.joins), alternatives(self.others)
        one = rf"\W{{0,3}}{_NAME}[*†]?(?:,? (?:{others})\.?)?\s*(?:[,;&.:]|(?:{joins})\b|\s)*"
        return re.compile(rf"{_LEAD}(?:{one})+(?:(?:{others})\.?)?", re.ASCII)

    def dates_authors(self, text: str) -> bool:
        """Whether a text begins with authors, their year and more."""
        listed = self.author_list.match(text)
        return bool(listed and _DATED.match(text, listed.end()))

    @cached_property
    def years_behind(self) -> re.Pattern[str]:
        """``years``: one or more right behind a venue, "(2019, 2021 and 2022)", "in 2026"."""
        between = rf"(?:\s*[,(]?\s*\(?|\s+(?:{alternatives(self.before_years)})\s+)"
        return re.compile(rf"{between}(?P<years>{YEAR}(?:\s*(?:,|&|;|/|{alternatives(self.joins)})\s*{YEAR})*)\)?")

    @cached_property
    def volume(self) -> re.Pattern[str]:
        """The volume or pages of a journal: "12(3)", "12:34", "vol.", "649, A37"."""
        words, numbers = alternatives((*self.volumes, *self.pages)), alternatives(self.numbers)
        return re.compile(
            rf"\b\d{{1,4}}\s*(?:\(\d{{1,3}}\)|[:;]\s*\d|,\s*(?!{YEAR})[A-Z]?\d{{2,6}}\b)|\b(?:{words})\b"
            rf"|\b(?:{numbers})\. ?\d|;\s*\d+:",
            re.IGNORECASE,
        )

    @cached_property
    def placed(self) -> re.Pattern[str]:
        """A year, or a volume with its pages or year, right behind the name of a venue."""
        volume = rf"(?:(?:{alternatives(self.volumes)})\.?\s*|(?:{alternatives(self.numbers)})\.\s*)?"
        return re.compile(rf"(?:\s*\([\w&. -]{{2,16}}\))?[,.:]?\s*{volume}(?:\(?'?\d{{2,4}}\b|\d{{1,4}}\s*[(:,;])")

    @cached_property
    def set_off(self) -> re.Pattern[str]:
        """What the text before a venue whose name is an ordinary word ends with."""
        return re.compile(rf"(?:^|[^\w\s-]|\t|\b(?i:{alternatives(self.before_venues)}))\s*$")

    @cached_property
    def archive_year(self) -> re.Pattern[str]:
        """``yy`` and ``mm`` of the number that an archive gives."""
        return re.compile(
            rf"(?i:{alternatives(self.archives)})\D{{0,12}}?(?P<yy>[012]\d)(?P<mm>0[1-9]|1[0-2])\.[\dx]{{4,5}}"
        )
