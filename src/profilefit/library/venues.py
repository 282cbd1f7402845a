"""The shape of ``venues.toml``: conferences and journals, and the words around references.

All matching runs on ``plain`` text, which has the length of the text it comes from.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from profilefit.library.lexicon import Data, Word
from profilefit.library.references import Abbreviations, References
from profilefit.library.worded import Worded
from profilefit.library.words import YEAR, WordFinder, alternatives, full_year, phrase_pattern, plain
from profilefit.models import PublicationKind

Marker = Literal[
    "workshop", "preprint", "thesis", "patent", "pending", "granted", "unaccepted", "claim", "others", "talk",
    "journal", "conference", "label", "volume", "report", "unwritten", "service", "group", "paper", "informal",
    "inside", "besides", "application",
]  # fmt: skip


_TOKEN = re.compile(r"\w+")


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
    def _short(self) -> dict[str, list[tuple[str, Venue]]]:
        """Patterns of the short forms of journals by their first word, longer ones first."""
        found: dict[str, list[tuple[str, Venue]]] = {}
        names = ((name, venue) for venue in self.venues.values() if venue.kind == "journal" for name in venue.aliases)
        for name, venue in names:
            short = self.abbreviations.shorten(name)
            word = _TOKEN.match(short.lower()) if short else None
            if short and word:
                found.setdefault(word[0], []).append((short, venue))
        return {word: sorted(forms, key=lambda form: -len(form[0])) for word, forms in found.items()}

    @cached_property
    def _begun(self) -> frozenset[str]:
        """The words that a name begins with, in full or cut short."""
        return frozenset((*self._by_word, *self._short))

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

    def _named(self, flat: str, at: int, word: str) -> tuple[Venue, re.Match[str]] | None:
        """The venue whose name begins with the word (in lower case) at a place, in full or cut short."""
        for key in dict.fromkeys((word, word.rstrip(string.digits))):
            match = self._pattern(key).match(flat, at) if key in self._by_word else None
            venue = match and self._owner(match)
            if match and venue:
                return venue, match
        for short, venue in self._short.get(word, ()):
            pattern = self._compiled.get(short) or self._compiled.setdefault(short, re.compile(short))
            if (match := pattern.match(flat, at)) and not flat[match.end() : match.end() + 1].isalnum():
                return venue, match
        return None

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
        begun = self._begun
        for token in _TOKEN.finditer(flat):
            word = token[0].lower()
            if token.start() < at or not (
                word in begun or (word[-1].isdigit() and word.rstrip(string.digits) in begun)
            ):
                continue
            named = self._named(flat, token.start(), word)
            if named is None:
                continue
            venue, match = named
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
