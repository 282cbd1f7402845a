"""Words and phrases of the data files, and how they are found in ``plain`` text.

``plain`` text has the same length as the text it comes from, so every position found is a position in the document.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Generic, TypeVar

from pydantic import Field

from profilefit.library.lexicon import Data, Word

Label = TypeVar("Label", bound=str)

#: A year that a career may name.
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_TOKEN = re.compile(r"\w+")
#: Letters that Unicode does not take apart, and marks that writers use for one another.
_ALIKE = {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"} | dict.fromkeys("’‘ʼ`´‛′", "'")
#: Scripts that write words without spaces between them.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Plain(dict[int, str]):
    """Table for ``str.translate`` that works out each character once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = _ALIKE.get(char)
        if found is None:
            found = char
            if unicodedata.category(char) == "Zs":
                found = " "
            elif code > 127:
                compatible = unicodedata.normalize("NFKC", char)
                letters = unicodedata.normalize("NFD", compatible)
                if all(unicodedata.combining(mark) for mark in letters[1:]):
                    found = letters[0]
        self[code] = found
        return found


_PLAIN = _Plain()


def full_year(digits: str) -> int:
    """The year that four or two digits name; two stand for a year that ``YEAR`` matches.

    >>> full_year("2022"), full_year("'22"), full_year("98")
    (2022, 2022, 1998)
    """
    digits = digits.strip("'")
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 50 else 1900)


def plain(text: str) -> str:
    """The text without accents and typographic variants, character for character: the length stays the same.

    >>> plain("Université – Máster’s（硕士）")
    "Universite – Master's(硕士)"
    """
    return text.replace("`", "'") if text.isascii() else text.translate(_PLAIN)


def phrase_pattern(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases in ``plain`` text, the longest first, as whole words.

    A full stop in a phrase may be left out or followed by a space, a hyphen may be a space or nothing, a space may be
    a line break or a hyphen, an apostrophe may be left out, and ``*`` at an end stands for the rest of a word.

    >>> bool(re.search(phrase_pattern(["Ph.D.", "Universit*"]), "a PhD"))
    True
    """
    ordered = sorted({plain(phrase) for phrase in phrases}, key=lambda p: (-len(p), p))
    parted = groupby(map(_parted, ordered), key=lambda parts: (parts[0], parts[2]))
    return "|".join(_between(ends, (body for _, body, _ in alike)) for ends, alike in parted) or r"(?!)"


def _between(ends: tuple[str, str], bodies: Iterable[str]) -> str:
    """A pattern of alternatives with the same in front of each and behind each: that is compiled and tried once."""
    head, tail = ends
    return f"{head}(?:{'|'.join(bodies)}){tail}"


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words in ``plain`` text, the longest first, wherever they stand."""
    return "|".join(re.escape(plain(word)) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _one_phrase(phrase: str) -> str:
    return "".join(_parted(phrase))


def _parted(phrase: str) -> tuple[str, str, str]:
    """The pattern of a phrase: what it asks of the words before it, the phrase, and what it asks of those behind it."""
    head, tail = phrase.startswith("*"), phrase.endswith("*")
    body = phrase.strip("*")
    parts: list[str] = []
    for part in re.findall(r"\.\s+|[.\s'-]|[^.\s'-]+", body):
        if part[0] == ".":
            parts.append(r"\.?[ \n]*" if len(part) > 1 else r"\.? ?")
        elif part.isspace():
            parts.append(r"[ \n-]+")
        elif part == "-":
            parts.append(r"[ \n-]?")
        elif part == "'":
            parts.append("'?")
        else:
            parts.append(re.escape(part))
    if parts and parts[-1] == r"\.? ?":
        parts[-1] = r"\.?"
    begins = r"\w*" if head else r"(?<!\w)" if body[0].isalnum() and not _UNSPACED.match(body[0]) else ""
    ends = r"\w*" if tail else "" if _UNSPACED.match(body[-1]) else r"(?!\w)"
    return begins, "".join(parts), ends


@lru_cache(maxsize=1_000)
def _words(text: str) -> frozenset[str]:
    """The words of a text; many finders ask for those of the same line."""
    return frozenset(_TOKEN.findall(text))


class LabelledFinder(Generic[Label]):
    """Finds any of many labelled phrases in ``plain`` text, looking up each word instead of trying each phrase.

    Phrases are read as ``phrase_pattern`` reads them; where several begin at the same word, the longest is found.

    Args:
        phrases: label, phrase, and whether it is found in exactly its case.

    >>> finder = LabelledFinder([("m", "Master of Science", False), ("m", "M.Sc.", False), ("b", "B.Sc.", True)])
    >>> [(match.group(), label) for match, label in finder.find_all("BSc and MSC, master of  science")]
    [('BSc', 'b'), ('MSC', 'm'), ('master of  science', 'm')]
    """

    def __init__(self, phrases: Iterable[tuple[Label, str, bool]]) -> None:
        self._phrases: dict[_Key, list[tuple[Label, str, bool]]] = {}
        for entry in phrases:
            self._phrases.setdefault(_key(entry[1]), []).append(entry)
        self._suffixes = tuple(key for kind, key in self._phrases if kind == "suffix")
        self._prefix_lengths = sorted({len(key) for kind, key in self._phrases if kind == "prefix"})
        #: The characters that a phrase begins with which no word begins.
        self._gate = frozenset(plain(phrase)[0] for _, phrase, _ in self._phrases.get(_ANYWHERE, ()))
        self._compiled: dict[_Key, _Alternatives[Label]] = {}
        #: The patterns of the phrases that may begin with a word, by the word as the text writes it.
        self._known: dict[str, tuple[_Alternatives[Label], ...]] = {}
        #: Those words that no phrase begins with.
        self._silent: set[str] = set()

    def find_all(self, text: str) -> Iterator[tuple[re.Match[str], Label]]:
        """Every phrase in ``text`` with its label, in order, none inside another."""
        if not self._gate.isdisjoint(text):
            found = [*self._spaced(text), *self._compile(_ANYWHERE).find_all(text)]
            return iter(sorted(found, key=lambda match: match[0].start()))
        return self._spaced(text)

    def may_find(self, text: str) -> bool:
        """Whether ``text`` holds a word that a phrase begins with."""
        return not self._gate.isdisjoint(text) or bool(self._begun(text))

    def find_overlapping(self, text: str) -> Iterator[tuple[re.Match[str], Label]]:
        """At each word the longest phrase of each label that begins there."""
        for start, known in self._begun(text):
            for each in known:
                if match := each.pattern.match(text, start):
                    yield match, each.label(match)
        if not self._gate.isdisjoint(text):
            yield from self._compile(_ANYWHERE).find_all(text)

    def find_starts(self, text: str) -> Iterator[int]:
        """Offsets of the words that a phrase may begin with, in order: a superset of where phrases begin."""
        if not self._gate.isdisjoint(text):
            return iter(range(len(text)))
        return (start for start, _ in self._begun(text))

    def _spaced(self, text: str) -> Iterator[tuple[re.Match[str], Label]]:
        at = 0
        for start, known in self._begun(text):
            if start >= at and (found := _longest(known, text, start)):
                at = found[0].end()
                yield found

    def _begun(self, text: str) -> Sequence[tuple[int, tuple[_Alternatives[Label], ...]]]:
        """Where a word stands that phrases may begin with, and those phrases. Most texts have none."""
        silent, known = self._silent, self._known
        if silent.issuperset(_words(text)):
            return ()
        found = []
        for token in _TOKEN.finditer(text):
            word = token[0]
            if word not in silent:
                phrases = known[word] if word in known else self._look_up(word)
                if phrases:
                    found.append((token.start(), phrases))
        return found

    def _look_up(self, word: str) -> tuple[_Alternatives[Label], ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
                self._silent.clear()
            known = self._known[word] = tuple(map(self._compile, self._keys(word.lower())))
            if not known:
                self._silent.add(word)
        return known

    def _keys(self, word: str) -> Iterator[_Key]:
        if ("word", word) in self._phrases:
            yield "word", word
        for length in self._prefix_lengths:
            if ("prefix", word[:length]) in self._phrases and len(word) >= length:
                yield "prefix", word[:length]
        if word.endswith(self._suffixes):
            yield from (("suffix", end) for end in self._suffixes if word.endswith(end))

    def _compile(self, key: _Key) -> _Alternatives[Label]:
        if key not in self._compiled:
            entries = sorted(self._phrases[key], key=lambda entry: (entry[2], -len(entry[1]), entry[1]))
            parts = [
                f"({_one_phrase(plain(phrase))})" if exact else f"((?i:{_one_phrase(plain(phrase))}))"
                for _, phrase, exact in entries
            ]
            self._compiled[key] = _Alternatives(re.compile("|".join(parts)), [label for label, _, _ in entries])
        return self._compiled[key]


class WordFinder(LabelledFinder[str]):
    """A ``LabelledFinder`` whose phrases all mean the same, asked like a ``re.Pattern``.

    Args:
        loose: found in any case.
        cased: found in exactly their case.
    """

    def __init__(self, loose: Iterable[str] = (), cased: Iterable[str] = ()) -> None:
        super().__init__([*(("", phrase, False) for phrase in loose), *(("", phrase, True) for phrase in cased)])

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in ``text``."""
        found = next(self.find_all(text), None)
        return found[0] if found else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every phrase in ``text``, in order, none inside another."""
        return (match for match, _ in self.find_all(text))

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The longest phrase that begins at ``start`` and ends before ``end``."""
        token = _TOKEN.match(text, start)
        known = self._look_up(token[0]) if token else ()
        if text[start : start + 1] in self._gate:
            known += (self._compile(_ANYWHERE),)
        found = _longest(known, text, start, end)
        return found[0] if found else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The phrase that is all of ``text``."""
        found = self.match(text)
        return found if found and found.end() == len(text) else None


_Key = tuple[str, str]
_ANYWHERE: _Key = ("anywhere", "")
#: Words whose phrases are remembered.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Alternatives(Generic[Label]):
    """The phrases that begin alike: one pattern, and the labels of its groups."""

    pattern: re.Pattern[str]
    labels: Sequence[Label]

    def find_all(self, text: str) -> Iterator[tuple[re.Match[str], Label]]:
        return ((match, self.label(match)) for match in self.pattern.finditer(text))

    def label(self, match: re.Match[str]) -> Label:
        return self.labels[(match.lastindex or 0) - 1]


def _longest(
    phrases: Iterable[_Alternatives[Label]], text: str, start: int, end: int = sys.maxsize
) -> tuple[re.Match[str], Label] | None:
    best: tuple[re.Match[str], Label] | None = None
    for each in phrases:
        match = each.pattern.match(text, start, end)
        if match and (best is None or match.end() > best[0].end()):
            best = match, each.label(match)
    return best


def _key(phrase: str) -> _Key:
    """How a phrase is looked up: by its first word, by what that begins or ends with, or not by words at all."""
    flat = plain(phrase).lower()
    if flat.startswith("*"):
        return "suffix", flat.strip("*")
    word = _TOKEN.match(flat)
    if word is None or _UNSPACED.match(flat):
        return _ANYWHERE
    # A full stop, a hyphen or an apostrophe may be left out, so the word may go on: "post-doc", "postdoc".
    return "prefix" if flat[word.end() : word.end() + 1] in (".", "-", "'", "*") and flat[
        word.end() :
    ] else "word", word[0]


class Words(Data):
    """Words that mean one thing, with lines in which they must (``yes``) and must not (``no``) be understood so."""

    words: tuple[Word, ...] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> WordFinder:
        """Any of the words, in any case, in ``plain`` text."""
        return WordFinder(self.words)
