"""The shape of the words that positions and publications are found by: ``titles.toml`` and ``venues.toml``.

Each list is compiled once and matched on ``plain`` text, which has the length of the text it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.references import Abbreviations, References
from profilefit.library.words import YEAR, LabelledFinder, WordFinder, alternatives, full_year, phrase_pattern, plain
from profilefit.models import PublicationKind, Track

Role = Literal["engineer", "scientist", "researcher", "academic", "intern", "analyst", "manager", "other"]
Seniority = Literal["intern", "junior", "mid", "senior", "staff", "principal", "manager"]
Marker = Literal[
    "workshop", "preprint", "thesis", "patent", "pending", "granted", "unaccepted", "claim", "others", "talk",
    "journal", "conference", "label", "volume", "report", "unwritten", "service", "group", "paper", "informal",
    "inside", "besides", "application",
]  # fmt: skip

_TOKEN = re.compile(r"\w+")
#: Titles in capitals shorter than this are found in exactly their case.
_SHORT = 5


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


# ── titles.toml ──────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── venues.toml ──────────────────────────────────────────────────────────────────────────────────────────────────


class Venue(Data):
    """A conference, journal or archive.

    Attributes:
        name: as the report calls it.
        main: a main track whose papers are reviewed in full.
        cased: names found in exactly this case, also with a year glued on ("CVPR22").
        aliases: names found in any case.
        ambiguous: the name is an ordinary word: it counts before a year or volume, or beside a word of ``needs``.
        unless: phrases that hide a name inside them.
    """

    name: str
    kind: PublicationKind
    main: bool = False
    ambiguous: bool = False
    cased: tuple[Word, ...] = ()
    aliases: tuple[Word, ...] = ()
    needs: tuple[Word, ...] = ()
    unless: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def need(self) -> WordFinder:
        """Words that support an ambiguous name."""
        return WordFinder(self.needs)

    @cached_property
    def veto(self) -> WordFinder:
        """Phrases that hide a name."""
        return WordFinder(self.unless)


class Patents(Data):
    """How the number of a patent is written.

    Attributes:
        offices: letters before it.
        words: what may stand between them and the number.
        names, numbers: "Brevetto … n.": before a number without an office.
    """

    offices: tuple[Word, ...]
    words: tuple[Word, ...]
    names: tuple[Word, ...]
    numbers: tuple[Word, ...]

    @cached_property
    def number(self) -> re.Pattern[str]:
        """The number of a patent or application, its office in front."""
        offices, words = alternatives(self.offices), alternatives(self.words)
        digits = r"(?=(?:[\s,./-]?[\dXx]){6})(?:\d{4}/)?\d[\dXx]*(?:[\s,./]?[\dXx]{3,})+(?:\s?[ABCU]\d?|[A-Z])?(?!\w)"
        names, numbers = phrase_pattern(self.names), phrase_pattern(self.numbers)
        said = rf"(?i:{names})(?: [a-z]+)?(?: (?i:{names}))?\s(?i:{numbers})\.?:?\s?\d[\d ./-]{{5,}}\d"
        return re.compile(rf"(?<!\w)(?:{offices})[\s-]?(?:(?:{words})\s+)?{digits}|{said}")


class Bibtex(Data):
    """Types and fields of BibTeX, by what they stand for."""

    journal: tuple[Word, ...]
    conference: tuple[Word, ...]
    thesis: tuple[Word, ...]
    patent: tuple[Word, ...]
    preprint: tuple[Word, ...]
    other: tuple[Word, ...]
    title: tuple[Word, ...]
    venue: tuple[Word, ...]
    year: tuple[Word, ...]

    def kind(self, entry_type: str) -> PublicationKind | None:
        """What an entry of this type is; ``None`` for an unknown one."""
        kinds: tuple[PublicationKind, ...] = ("journal", "conference", "thesis", "patent", "preprint", "other")
        return next((kind for kind in kinds if entry_type.lower() in getattr(self, kind)), None)


class VenueMention(NamedTuple):
    """A venue at ``[start, end)``; ``year`` is the year glued to or written right behind it."""

    venue: Venue
    start: int
    end: int
    year: int | None


class Venues(Data):
    """The whole file."""

    markers: dict[Marker, Worded]
    references: References
    abbreviations: Abbreviations
    patents: Patents
    bibtex: Bibtex
    venues: dict[str, Venue]

    @cached_property
    def _owners(self) -> dict[str, Venue]:
        return {name: self.venues[id] for name, id in self.names()}

    def names(self) -> Iterator[tuple[str, str]]:
        """Every name as it is looked up, with the id of the venue that claims it."""
        for id, venue in self.venues.items():
            yield from ((plain(name), id) for name in venue.cased)
            yield from ((plain(name).lower(), id) for name in venue.aliases)

    @cached_property
    def _by_word(self) -> dict[str, tuple[list[str], list[str]]]:
        """Names by their first word: those in any case, those in exactly their case."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        for venue in self.venues.values():
            for exact, names in ((False, venue.aliases), (True, venue.cased)):
                for name in names:
                    word = _TOKEN.match(plain(name).lower())
                    if word:
                        found.setdefault(word[0], ([], []))[exact].append(plain(name))
        return found

    @cached_property
    def _short(self) -> dict[str, list[tuple[re.Pattern[str], Venue]]]:
        """Short forms of journals by their first word, longer ones first."""
        found: dict[str, list[tuple[re.Pattern[str], Venue]]] = {}
        names = ((name, venue) for venue in self.venues.values() if venue.kind == "journal" for name in venue.aliases)
        for name, venue in names:
            short = self.abbreviations.shorten(name)
            word = _TOKEN.match(short.pattern.lower()) if short else None
            if short and word:
                found.setdefault(word[0], []).append((short, venue))
        return {word: sorted(forms, key=lambda form: -len(form[0].pattern)) for word, forms in found.items()}

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {}

    def _pattern(self, word: str) -> re.Pattern[str]:
        if word not in self._compiled:
            loose, cased = (sorted(names, key=len, reverse=True) for names in self._by_word[word])
            long = "|".join(re.escape(name).replace(r"\ ", r"[ \n-]+") for name in loose) or "(?!)"
            short = "|".join(re.escape(name) for name in cased) or "(?!)"
            glued = rf"(?:(?:-|'|\s')?(?P<glued>\d{{2}}|{YEAR}))?(?![\w*])"
            self._compiled[word] = re.compile(rf"(?<![\w/])(?:(?P<loose>(?i:{long}))|(?P<cased>{short})){glued}")
        return self._compiled[word]

    def _named(self, flat: str, token: re.Match[str]) -> Iterator[tuple[Venue, re.Match[str]]]:
        """The venue whose name begins with a word, in full or cut short."""
        word = token[0].lower()
        for key in dict.fromkeys((word, word.rstrip("0123456789"))):
            match = self._pattern(key).match(flat, token.start()) if key in self._by_word else None
            venue = match and self._owner(match)
            if match and venue:
                yield venue, match
                return
        for pattern, venue in self._short.get(word, ()):
            if (match := pattern.match(flat, token.start())) and not flat[match.end() : match.end() + 1].isalnum():
                yield venue, match
                return

    def _owner(self, match: re.Match[str]) -> Venue | None:
        loose: str | None = match["loose"]
        if loose is None:
            return self._owners.get(match["cased"])
        return self._owners.get(" ".join(re.split(r"[ \n-]+", loose.lower()))) or self._owners.get(loose.lower())

    def find(self, text: str) -> Iterator[VenueMention]:
        """Every venue that the text names, in order, with the year behind it."""
        flat = plain(text)
        at = 0
        vetoes: dict[str, list[tuple[int, int]]] = {}
        for token in _TOKEN.finditer(flat):
            if token.start() < at:
                continue
            for venue, match in self._named(flat, token):
                if venue.name not in vetoes:
                    vetoes[venue.name] = [veto.span() for veto in venue.veto.finditer(flat)]
                if not self._hidden(venue, flat, match, vetoes[venue.name]):
                    at = match.end()
                    yield VenueMention(venue, match.start(), match.end(), self._year(flat, match))

    def _hidden(self, venue: Venue, flat: str, match: re.Match[str], vetoes: Sequence[tuple[int, int]]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in vetoes):
            return True
        if not venue.ambiguous:
            return False
        before, short = flat[max(0, match.start() - 24) : match.start()], (_group(match, "cased") or "").isupper()
        if not short and not self.references.set_off.search(before):
            return True
        placed = _group(match, "glued") or self.references.placed.match(flat, match.end())
        inside = self.references.inside.search(before) and re.match(r"\s*(?:[.,;(]|$)", flat[match.end() :])
        return not (placed or inside) and not (venue.needs and venue.need.search(flat))

    @staticmethod
    def _year(flat: str, match: re.Match[str]) -> int | None:
        if glued := _group(match, "glued"):
            return full_year(glued)
        behind = _YEAR_BEHIND.match(flat, match.end())
        return full_year(behind["year"]) if behind else None


def _group(match: re.Match[str], name: str) -> str | None:
    """A group of a match; ``None`` where it has none of that name."""
    return match.groupdict().get(name)


_YEAR_BEHIND = re.compile(rf"(?:\s*\([A-Z][\w&./ -]{{1,14}}\))?\s*[,:(]?\s*(?P<year>{YEAR}|'\d\d)(?![\d-]|[/.]\d)")
