"""The shape of ``titles.toml``: the words that positions are found by, and what they tell.

Each list is compiled once and matched on ``plain`` text, which has the length of the text it comes from.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.worded import Worded
from profilefit.library.words import LabelledFinder, WordFinder, alternatives, phrase_pattern, plain
from profilefit.models import Track

Role = Literal["engineer", "scientist", "researcher", "academic", "intern", "analyst", "manager", "other"]


Seniority = Literal["intern", "junior", "mid", "senior", "staff", "principal", "manager"]


#: Titles in capitals shorter than this are found in exactly their case.
_SHORT = 5


class Layout(Data):
    """Words that tell the parts of an entry's header apart.

    Attributes:
        joins: stand between a title and its organisation.
        organisations: a part that holds one is the name of an organisation rather than a title.
        forms: legal forms at the end of the name of an organisation.
        of: before one of those, they make it a place of work inside a title.
        durations: units of a length of time, "4 years 2 months".
        sequences: join two posts held one after the other.
    """

    joins: tuple[Word, ...]
    organisations: tuple[Word, ...]
    forms: tuple[Word, ...]
    of: tuple[Word, ...]
    durations: tuple[Word, ...]
    sequences: tuple[Word, ...]

    @cached_property
    def organisation(self) -> WordFinder:
        """A word of an organisation: short forms in exactly their case, longer words in any."""
        short = [word for word in self.organisations if len(word) < 5]
        return WordFinder([word for word in self.organisations if len(word) >= 5], short)

    @cached_property
    def form(self) -> WordFinder:
        """A legal form, in exactly its case."""
        return WordFinder((), self.forms)

    def names_organisation(self, plain_text: str) -> bool:
        """Whether a part reads as the name of an organisation, unlike "Head of Lab"."""
        match = self.organisation.search(plain_text)
        return match is not None and not self._of.search(plain_text, 0, match.start())

    @cached_property
    def _of(self) -> re.Pattern[str]:
        return re.compile(rf"(?i)(?<=\w\s)(?:{alternatives(self.of)})\s*$")

    @cached_property
    def duration(self) -> re.Pattern[str]:
        """A length of time that stands alone."""
        unit = rf"(?:{phrase_pattern(self.durations)})"
        number = r"\d{1,2}(?:[.,]\d)?\+?"
        return re.compile(rf"(?i)(?:{number}\s*{unit}|{unit})(?:[\s,]+(?:{number}\s*{unit}))*")

    @cached_property
    def join(self) -> re.Pattern[str]:
        """The word between a title and an organisation, with the spaces around it."""
        return re.compile(rf"\s+(?i:{alternatives(self.joins)})\s+|\s*@\s*")

    @cached_property
    def sequence(self) -> re.Pattern[str]:
        """What stands between two posts of one line: "Associate, then Shift Lead"."""
        return re.compile(rf"\s*[,;]\s*(?:{phrase_pattern(self.sequences)})\s+", re.IGNORECASE)


class Label(Worded):
    """Words in front of a part of a header that say what it is."""

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """Nothing but such words, numbered perhaps, in ``plain`` text: "Dates", "Project 2"."""
        return re.compile(rf"(?i)\W*(?:{phrase_pattern(self.words)})(?:\W*\d{{1,2}})?\W*")


class Told(Worded):
    """Words before a title in a sentence, and ``articles`` between them and the title."""

    articles: tuple[Word, ...]

    @cached_property
    def article(self) -> re.Pattern[str]:
        """Articles where a title begins."""
        return re.compile(rf"(?i)\s*(?:(?:{phrase_pattern(self.articles)})\s+)?")


class HeadNoun(Data):
    """Nouns that make a phrase a title, and the track they lead to where no family says more."""

    track: Track
    nouns: tuple[Word, ...] = Field(min_length=1)
    cased: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> WordFinder:
        """Any of the nouns, singular or plural, in ``plain`` text."""
        return WordFinder(self.nouns, self.cased)


class Family(Data):
    """A family of titles.

    Attributes:
        titles: phrases that decide; the longest of all families wins.
        roles, subjects: a title with a head noun of one of the roles and one of the subjects belongs here too.
        plain: other families take its titles over by role and subject ("research scientist, vision").
        unless: phrases that hide the titles inside them.
    """

    track: Track
    plain: bool = False
    titles: tuple[Word, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    subjects: tuple[str, ...] = ()
    unless: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def veto(self) -> WordFinder:
        """Phrases that hide a title."""
        return WordFinder(self.unless)


class TitleGroup(Data):
    """Families that a study of many profiles counts together.

    Attributes:
        families: ids of families.
        specialties: subjects; a title without a family belongs here by its subject.
    """

    name: str
    families: tuple[str, ...] = Field(min_length=1)
    specialties: tuple[str, ...] = ()


class Subject(Worded):
    """What a title is about; ``general`` ones (machine learning) name no specialty."""

    general: bool = False


class Titles(Data):
    """The whole file."""

    layout: Layout
    labels: dict[Literal["post", "employer", "rest"], Label]
    told: Told
    schooling: Worded
    same: Worded
    present: Worded
    arrangement: Worded
    leave: Worded
    roles: dict[Role, HeadNoun]
    families: dict[str, Family]
    subjects: dict[str, Subject]
    seniority: dict[Seniority, Worded]
    groups: dict[str, TitleGroup] = Field(default_factory=dict)

    def group(self, family: str | None, specialty: str | None) -> str | None:
        """Id of the group that a title belongs to, by its family or else by its subject."""
        if family is not None:
            return next((id for id, group in self.groups.items() if family in group.families), None)
        return next((id for id, group in self.groups.items() if specialty in group.specialties), None)

    def says_today(self, heading: str) -> bool:
        """Whether a heading speaks of what is held today, however its letters are spaced."""
        letters = _letters(heading)
        hidden = any(_letters(phrase) in letters for phrase in self.present.unless)
        return not hidden and any(_letters(word) in letters for word in self.present.words)

    @cached_property
    def family(self) -> LabelledFinder[str]:
        """Any title of any family; the label is the family's id. Short forms in capitals in exactly their case."""
        return LabelledFinder(
            (name, title, title.isupper() and len(title) < _SHORT)
            for name, family in self.families.items()
            for title in family.titles
        )

    @cached_property
    def role(self) -> LabelledFinder[Role]:
        """Any head noun, singular or plural; the label is its role."""
        return LabelledFinder(
            (role, noun, exact)
            for role, nouns in self.roles.items()
            for exact, words in ((False, nouns.nouns), (True, nouns.cased))
            for noun in words
        )

    @cached_property
    def noun(self) -> WordFinder:
        """Any head noun of any role."""
        loose = [noun for role in self.roles.values() for noun in role.nouns]
        cased = [noun for role in self.roles.values() for noun in role.cased]
        return WordFinder(loose, cased)

    @cached_property
    def subject(self) -> WordFinder:
        """A word of any subject."""
        loose = [word for subject in self.subjects.values() for word in subject.words]
        return WordFinder(loose, [word for subject in self.subjects.values() for word in subject.cased])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", plain(text).lower())
