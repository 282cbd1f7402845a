"""The shape of ``references`` in ``venues.toml``: the little words of a list of references."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.words import YEAR, alternatives, plain

#: "M.Tech.", "B.Sc." in front of what is no name.
_NO_DEGREE = r"(?![A-Z]\.[A-Z][a-z]{1,4}\.)"
_SURNAME = r"[A-ZÆÞ](?:[^\W\d_]|['-])+"
#: Marks behind a name: of equal authors, of affiliations.
_MARKS = r"(?:(?<=[\w.])\d(?:,\d)*)?(?:\s?[*†‡§¶#_]+)?"
#: A number, label or year in front: "[C3]", "12.", "2021 –".
_LEAD = rf"\W{{0,3}}(?:(?:[A-Z]{{0,3}}-?\d{{1,3}}\s?[\].):]|\d{{1,2}}\s|{YEAR}\b[\s:.–-]?)\W{{0,3}})?"


#: Words of the shortest name of a journal that is cut short.
_SHORTEST_NAME = 2
#: The year and more right behind the authors: "(2015). Registers and reminders", "2021, A&A, 649".
_DATED = re.compile(rf"\s*(?:\({YEAR}[a-z]?\)[.:,]?\s+[A-Z]\S*(?: \S+){{2}}|{YEAR}[a-z]?,\s+[A-Z])")


class Abbreviations(Data):
    """How names of journals are cut short.

    Attributes:
        dropped: words that are left out.
        words: what is left of the others; a full stop may follow it.
        yes, no: lines that name a journal in its short form, and lines that do not.
    """

    dropped: tuple[str, ...]
    words: dict[str, str]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    def shorten(self, name: str) -> str | None:
        """A pattern of the short form of a name, with full stops or without; ``None`` where a name has none."""
        long = [word for word in plain(name).split() if word.lower() not in self.dropped]
        short = [self.words.get(word.lower().strip(",:"), word) for word in long]
        if len(short) < _SHORTEST_NAME or short == long or not all(word[0].isalnum() for word in short):
            return None
        parts = [re.escape(word) + (r"(?:\.[ \n]?|[ \n])" if word not in long else r"[ \n]") for word in short[:-1]]
        return "".join(parts) + re.escape(short[-1]) + (r"\.?" if short[-1] not in long else "")


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
        particles: in front of a surname, in capitals or not: "Van Hecke P.".
        labels: may stand before the authors, a colon behind them.
        including: before one of the authors that are not all named.
        teams: end the name of many authors.
        before_names: a name with initials behind one of these is part of a sentence: "with A. Roe".
        abbreviations: their full stop ends no sentence.
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
    particles: tuple[Word, ...]
    labels: tuple[Word, ...]
    including: tuple[Word, ...]
    teams: tuple[Word, ...]
    before_names: tuple[Word, ...]
    abbreviations: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def _particles(self) -> str:
        return rf"(?:(?:[a-z]{{2,3}}|(?i:{alternatives(self.particles)})) ){{0,3}}"

    @cached_property
    def _ends(self) -> str:
        """What follows a name: a mark, a word that joins names, a bracket, or nothing."""
        return rf"{_MARKS}(?:[,;:&.]|\s?[&(]|\s(?:{alternatives((*self.joins, *self.others))})\b|\s*$)"

    @cached_property
    def name(self) -> str:
        """A name with initials: in front, behind, or behind a surname of several words and a comma.

        Initials have full stops or, close together, none: "A sketch" behind "Roe J. " is no initial.
        """
        some, dotted = self._particles, r"(?:[A-Z]\.[ -]?){1,4}"
        second = rf"(?: {some}{_SURNAME})"
        return (
            rf"(?:{_NO_DEGREE}{dotted}{some}{_SURNAME}(?:{second}(?={self._ends}))?"
            rf"|{some}{_SURNAME},? (?:{dotted}(?!\w)|[A-Z](?:[ -]?[A-Z]){{0,2}}(?={self._ends}))"
            rf"|{some}{_SURNAME}{second}{{1,2}}, {dotted}(?![\w'-]+(?:[,.]| and | & )))"
        )

    @cached_property
    def full_name(self) -> re.Pattern[str]:
        """A name without initials, alone: "Ines Vale", "Kim T. van der Roe", "Okonkwo-Reyes", "5 others"."""
        part = rf"(?:{_SURNAME}|[A-Z]\.?(?!\w))"
        some = rf"(?:(?i:{alternatives(self.particles)}) ){{0,3}}"
        others = rf"(?:\d+ )?(?:{alternatives(self.others)})\.?|\+ ?\d{{1,3}}"
        name = rf"{some}{part}(?: {some}{part}){{0,3}}|{self.name}|{others}"
        return re.compile(rf"(?:\W|_){{0,3}}(?:{name}){_MARKS}(?:\s(?:{others}))?[.)]?")

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What parts a name from the next: a mark, a word ("and"), or both; group ``join`` holds the word."""
        joins = rf"(?!(?:{alternatives(self.others)})\b)(?:{alternatives(self.joins)}|&)"
        return re.compile(rf"\s*[,;]\s*(?P<also>{joins}\s)?|\s+(?P<join>{joins})\s+")

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A number, and a word that says that authors follow."""
        return re.compile(rf"{_LEAD}(?:(?i:{alternatives(self.labels)}):\s*|{self._team})?")

    @property
    def _team(self) -> str:
        """The name of many authors, before those that are named: "Euclid Collaboration: Roe J., et al."."""
        return rf"[A-Z][\w&–-]*(?: [A-Z][\w&–-]*){{0,3}} (?:{alternatives(self.teams)})\s*[:,]\s*"

    @cached_property
    def by_name(self) -> re.Pattern[str]:
        """A co-author behind the title: "with A. Poe"."""
        return re.compile(rf"(?:{alternatives(self.before_names)})\s{self.name}")

    @cached_property
    def goes_on(self) -> re.Pattern[str]:
        """What a list of authors ends with that more names follow."""
        return re.compile(rf"(?:[,;&]|\b(?:{alternatives(self.joins)}))\s*$")

    @cached_property
    def others_end(self) -> re.Pattern[str]:
        """The end of a list whose authors are not all named."""
        return re.compile(rf"(?:(?:{alternatives(self.others)})\W*|\+ ?\d+)$")

    @cached_property
    def abbreviated(self) -> re.Pattern[str]:
        """The name of a journal in its short form, at least two words of it cut: "J. Chem. Inf. Model."."""
        some, cut = r"(?:[A-Z][\w-]*\.?[ \n]){0,4}", r"[A-Z][a-z]{1,9}\."
        return re.compile(rf"(?<![\w.]){some}{cut}[ \n]{some}{cut}(?!\w)")

    @cached_property
    def no_end(self) -> re.Pattern[str]:
        """What a full stop that ends no sentence stands behind."""
        before = alternatives(self.before_names)
        return re.compile(rf"(?:\b(?:{before})(?: [A-Z]\.?)* [A-Z]|\b(?:{alternatives(self.abbreviations)}))$")

    @cached_property
    def authors(self) -> re.Pattern[str]:
        """An author and what parts it from the next."""
        return re.compile(
            rf"{_LEAD}(?:{self._team})?{self.name}\*?\s*(?:[,;:&.]|\({YEAR}|(?:{alternatives(self.joins)})\b|{alternatives(self.others)})",
            re.ASCII,
        )

    @cached_property
    def full_names(self) -> re.Pattern[str]:
        """Two authors or more by their full names: "Ines Vale, Jo Roe and …"."""
        name = r"(?:[A-Z][\w'-]+|[A-Z]\.)(?: (?:[a-z]{2,3} )?(?:[A-Z][\w'-]+|[A-Z]\.)){1,3}"
        joins = alternatives(self.joins)
        return re.compile(rf"{_LEAD}{name}[*†]?(?:\s*[,;&]\s*(?:(?:{joins}) |& )?| (?:{joins}) ){name}")

    def authors_end(self, text: str) -> int:
        """Where the authors at the beginning of a reference end, as far as they are named with initials; else 0."""
        lead = self.label.match(text)
        at, end = lead.end() if lead else 0, 0
        while name := self._one_author.match(text, at):
            behind = self._behind_author.match(text, name.end())
            if not behind and not self._closed.search(name[0]) and text[name.end() :].lstrip()[:1] not in ("", "("):
                break
            at = end = behind.end() if behind else name.end()
        return end

    @cached_property
    def _one_author(self) -> re.Pattern[str]:
        return re.compile(rf"(?:[^\w\n]|_){{0,3}}{self.name}{_MARKS}")

    @cached_property
    def _closed(self) -> re.Pattern[str]:
        """Initials behind a surname, which nothing else needs to part from what follows."""
        return re.compile(rf"\.{_MARKS}\s*$")

    @cached_property
    def _behind_author(self) -> re.Pattern[str]:
        joins, others = alternatives(self.joins), alternatives(self.others)
        mark = rf"\s*(?:[,;&.:]|(?:{joins})\b)"
        among = rf"(?:\s*\(?(?:{alternatives(self.including)})\.? {self.name}\)?)?"
        some = rf"(?:{mark})*\s*(?:\(?(?:\d+ )?(?:{others})\b[.)]*{among}|\+ ?\d{{1,3}}\b)"
        return re.compile(rf"(?:{some}(?:{mark})*|(?:{mark})+)\s*")

    def dates_authors(self, text: str) -> bool:
        """Whether a text begins with authors, their year and more."""
        end = self.authors_end(text)
        return bool(end and _DATED.match(text, end))

    @cached_property
    def years_behind(self) -> re.Pattern[str]:
        """``years``: one or more right behind a venue, "(2019, 2021 and 2022)", "in 2026"."""
        between = rf"(?:\s*[,(]?\s*\(?|\s+(?:{alternatives(self.before_years)})\s+)"
        return re.compile(rf"{between}(?P<years>{YEAR}(?:\s*(?:,|&|;|/|{alternatives(self.joins)})\s*{YEAR})*)\)?")

    @cached_property
    def volume(self) -> re.Pattern[str]:
        """The volume or pages of a journal: "12(3)", "12:34", "87 (2020)", "5.3, p. 61", "vol.", "649, A37"."""
        words, numbers = alternatives(self.volumes), alternatives(self.numbers)
        return re.compile(
            rf"\b\d{{1,4}}\s*(?:\(\d{{1,3}}\)|[:;]\s*\d|,\s*(?!{YEAR})[A-Z]?\d{{2,6}}\b)|\b(?:{words})\b"
            rf"|\b(?:{numbers})\. ?\d|;\s*\d+:|\b(?!{YEAR})\d{{1,4}}(?:\.\d{{1,3}})?\s*\({YEAR}\)|{self.page}",
            re.IGNORECASE,
        )

    @property
    def page(self) -> str:
        """Pages behind the word for them: "pp. 12–19"; a conference has them, too."""
        return rf"\b(?:{alternatives(self.pages)})\s?\d[\d–-]*"

    def numbers_volume(self, text: str) -> bool:
        """Whether a text tells a volume, rather than pages alone."""
        return bool(self.volume.search(re.sub(self.page, "", text, flags=re.IGNORECASE)))

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
    def inside(self) -> re.Pattern[str]:
        """What stands before the volume that holds a work: "In: "."""
        return re.compile(r"\b[Ii]n\s?:\s*$")

    @cached_property
    def archive_year(self) -> re.Pattern[str]:
        """``yy`` and ``mm`` of the number that an archive gives."""
        return re.compile(
            rf"(?i:{alternatives(self.archives)})\D{{0,12}}?(?P<yy>[012]\d)(?P<mm>0[1-9]|1[0-2])\.[\dx]{{4,5}}"
        )
