"""The shape of the words that sections, dates and education are found by.

``headings.toml``, ``dates.toml``, ``degrees.toml`` and ``institutions.toml`` hold words; this module checks them and
compiles each list once. All matching runs on ``plain`` text, which has the same length as the text it comes from, so
every position found is a position in the document.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field, RootModel, model_validator

from profilefit.library.lexicon import Data, Word
from profilefit.library.words import LabelledFinder, WordFinder, Words, alternatives, plain
from profilefit.models import Level

Kind = Literal[
    "summary", "experience", "education", "skills", "projects", "publications", "talks", "teaching", "service",
    "awards", "certifications", "courses", "patents", "languages", "interests", "volunteering", "references",
    "contact", "grants", "thesis", "other",
]  # fmt: skip

# ── headings.toml ────────────────────────────────────────────────────────────────────────────────────────────────


class Heading(Data):
    """How headings of one kind of section read.

    Attributes:
        names: whole headings.
        words: key words that tell the kind of a short heading; ``*`` at an end stands for the rest of a word.
        otherwise: whole headings that mean this kind only where nothing else in the document is of it.
        releases: whole headings of another kind that mean this one where one of the words ``released`` stands below:
            "Software" is mostly a list of skills, in science often one of programs given to others.
    """

    names: tuple[Word, ...] = Field(min_length=1)
    words: tuple[Word, ...] = ()
    otherwise: tuple[Word, ...] = ()
    releases: tuple[Word, ...] = ()
    released: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()


class Headings(Data):
    """The whole file.

    Attributes:
        joins: words between the two parts of a heading such as "Praktika und Nebenjobs".
        spelt: words one slip away from a heading that mean what they say.
        kinds: the tables, by kind of section.
    """

    joins: tuple[Word, ...] = Field(min_length=1)
    spelt: tuple[Word, ...] = ()
    kinds: dict[Kind, Heading]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: dict[str, object]) -> dict[str, object]:
        """The tables of the file, which stand beside the lists of words, under a name of their own."""
        lists = {name: data.get(name, ()) for name in ("joins", "spelt")}
        return {**lists, "kinds": {name: table for name, table in data.items() if name not in lists}}

    @cached_property
    def part(self) -> re.Pattern[str]:
        """What parts two things that one heading names, in ``heading_key``."""
        spaced = alternatives(self.joins)
        unspaced = alternatives(word for word in self.joins if ord(word[0]) > 0x2E80)
        return re.compile(rf"\s+(?:{spaced})\s+|(?:{unspaced})|\s*[/,–—-]\s+|\s*/\s*|\s*\(")

    @cached_property
    def names(self) -> dict[str, Kind]:
        """Kind by whole heading, as ``heading_key`` writes it."""
        return {heading_key(name): kind for kind, heading in self.kinds.items() for name in heading.names}

    @cached_property
    def releases(self) -> dict[str, tuple[Kind, WordFinder]]:
        """Headings of lists of what was given to others, their kind, and the words that tell such a list."""
        return {
            heading_key(name): (kind, WordFinder(heading.released))
            for kind, heading in self.kinds.items()
            for name in heading.releases
        }

    @cached_property
    def own_words(self) -> frozenset[str]:
        """What is never taken for another heading misspelt, as letters alone."""
        otherwise = (name for heading in self.kinds.values() for name in heading.otherwise)
        return frozenset(re.sub(r"[\W_]", "", heading_key(name)) for name in (*self.spelt, *otherwise))

    @cached_property
    def words(self) -> LabelledFinder[Kind]:
        """The key words of all kinds, to be looked for in ``heading_key``; the label is the kind."""
        return LabelledFinder((kind, word, False) for kind, heading in self.kinds.items() for word in heading.words)


def heading_key(text: str) -> str:
    """A heading as it is compared: lower case, no accents, no numbering, no ornaments, letter-spacing closed.

    >>> heads = ("— Éducation —", "3. Work & Projects:", "4.1 Theses", "E D U C A T I O N", "WHERE I’VE WORKED")
    >>> [heading_key(text) for text in heads]
    ['education', 'work and projects', 'theses', 'education', "where i've worked"]
    """
    key = re.sub(r"^\s*(?:[#>*•–—-]+|\(?(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]|\d(?:\.\d{1,2})*\.?)\s+", "", plain(text))
    key = re.sub(r"[&+,，、]|(?<=\s)/(?=\s)", " and ", key.lower())
    key = re.sub(r"[^\w\s'/-]|_", " ", key)
    if len(key) > 5 and re.fullmatch(r"\s*(?:\w ){3,}\w\s*", key):
        key = key.replace(" ", "")
    return " ".join(key.strip(" \t'-/").split())


# ── dates.toml ───────────────────────────────────────────────────────────────────────────────────────────────────


class DateMarks(Data):
    """Characters after the figures of a date, in languages that write them."""

    year: tuple[Word, ...]
    month: tuple[Word, ...]
    day: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()


class DateParts(Data):
    """Little words inside a date; each ``yes`` line is one date from end to end.

    Attributes:
        ordinals: endings of the number of a day.
        of: between day, month and year.
        terms: behind a season.
        articles: between a word such as "since" and the date.
    """

    ordinals: tuple[Word, ...]
    of: tuple[Word, ...]
    terms: tuple[Word, ...]
    articles: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()


class NotYears(Data):
    """Words beside which a number is no year; ``yes`` lines hold such a number."""

    before: tuple[Word, ...]
    after: tuple[Word, ...]
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()


class Calendar(Data):
    """The whole file. The attributes stand for the tables of the same name."""

    month: dict[str, Words]
    season: Words
    now: Words
    now_behind_dash: Words
    since: Words
    until: Words
    lead: Words
    to: Words
    expected: Words
    parts: DateParts
    marks: DateMarks
    not_years: NotYears

    @cached_property
    def month_numbers(self) -> dict[str, str]:
        """``"01"`` to ``"12"`` by name, plain and in lower case, without a full stop."""
        return {plain(word).lower().strip("."): number for number, month in self.month.items() for word in month.words}


# ── degrees.toml ─────────────────────────────────────────────────────────────────────────────────────────────────


class Beside(Data):
    """What else in an entry gives a degree another level: "Laurea (vecchio ordinamento)".

    Attributes:
        words: any of them in the entry.
        before: or an end before this year.
    """

    level: Level
    words: tuple[Word, ...] = Field(min_length=1)
    before: str = ""
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> WordFinder:
        """Any of the words, in any case, in ``plain`` text."""
        return WordFinder(self.words)


class Degree(Data):
    """One degree in all its spellings.

    Attributes:
        level: what it counts as.
        surfaces: spellings found in any case in an education section and in exactly this case elsewhere.
        inside: spellings too ordinary to be found outside an education section.
        beside: what in the same entry gives it another level.
    """

    level: Level
    surfaces: tuple[Word, ...] = ()
    inside: tuple[Word, ...] = ()
    beside: tuple[Beside, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()


class Marks(Data):
    """Words around degrees.

    Attributes:
        veto: a degree name inside one of these phrases, or right before or after one, is nobody's degree here.
        not_degree: courses of study that lead to no degree (exchange, postdoc, certificate).
        open: the person is still studying.
        unfinished: the person left without the degree.
        finished: the degree is held, whatever else is said.
        graduate: outside of Education: the studies are over.
        detail: begins a line about an entry rather than an entry (thesis, grade, courses).
        grade: marks and honours, not a field or a school.
        joint: between a degree and its field.
        where: between a field and the school.
        generic: what "Master of" goes on with where it names no field.
        to_field: before the field in a degree's own name.
        to_school: before the name of a school.
        particle: inside the name of a school, in small letters.
        unended: a line that ends with one goes on.
        entered: before or after the date at which a course began.
        label: names of the lines of a form.
        state: provinces written like degrees ("Lewiston, ME").
        subject: words of fields of study.
        school_column, board_column: heads of the columns of a table in which the school stands.
        to_date: between a word of ``entered`` and its date.
        university: in front of such a part of a school, and no subject.
        faculty: behind a subject in languages that write no space.
        aside: in brackets beside a date that is none of the course.
        not_begun: said at the end of a clause about a degree that was never studied for.
        spoken: a sentence with one of these tells rather than lists; a degree in it counts only beside a word of
            ``held``, ``begun`` or ``open``.
        article: in front of the degree it shows the same.
        held: a degree beside one in a sentence that tells is held.
        begun: a degree beside one in a sentence that tells was begun.
    """

    veto: Words
    not_degree: Words
    open: Words
    unfinished: Words
    finished: Words
    graduate: Words
    detail: Words
    grade: Words
    joint: Words
    where: Words
    generic: Words
    to_field: Words
    to_school: Words
    particle: Words
    unended: Words
    entered: Words
    label: Words
    state: Words
    subject: Words
    school_column: Words
    board_column: Words
    to_date: Words
    university: Words
    faculty: Words
    aside: Words
    not_begun: Words
    spoken: Words
    article: Words
    held: Words
    begun: Words


class Degrees(Data):
    """The whole file."""

    degree: dict[str, Degree]
    marks: Marks

    @cached_property
    def inside(self) -> LabelledFinder[str]:
        """Every spelling in any case; the label is the degree's id."""
        return LabelledFinder(
            (name, spelling, False)
            for name, degree in self.degree.items()
            for spelling in (*degree.surfaces, *degree.inside)
        )

    @cached_property
    def outside(self) -> LabelledFinder[str]:
        """The spellings that count outside an education section, in exactly their case."""
        return LabelledFinder(
            (name, spelling, True) for name, degree in self.degree.items() for spelling in degree.surfaces
        )


# ── institutions.toml ────────────────────────────────────────────────────────────────────────────────────────────


class InstitutionWords(Words):
    """Words that make a name the name of a school.

    Attributes:
        rank: where several stand in one entry the highest names the institution (university before faculty).
        level: the level that a degree from such a school has where none is named (``secondary`` for a lycée).
        cased: found only in exactly this case (acronyms).
    """

    rank: int
    level: Level | None = None
    cased: bool = False
    provider: bool = False

    @cached_property
    def pattern(self) -> WordFinder:
        """Any of the words in ``plain`` text."""
        return WordFinder((), self.words) if self.cased else WordFinder(self.words)


class Institutions(RootModel[dict[str, InstitutionWords]]):
    """The whole file, by kind of school."""

    model_config = {"frozen": True}

    @cached_property
    def finder(self) -> LabelledFinder[str]:
        """Any word of any kind; the label is the kind."""
        return LabelledFinder((kind, word, words.cased) for kind, words in self.root.items() for word in words.words)
