"""spaCy's one door: text to tokens, and phrases found among them.

Two ways of comparing, both over the same tokens:

- *loose*, for ordinary aliases and for patterns: case, accents, hyphen or space, plural s, British or American
  endings and version digits make no difference; a word of a pattern may end or begin in ``*``;
- *exact*, for names that are ordinary words in another case ("Go", "Spark", "R"): the very characters.

Only phrases whose words occur in the text at all are handed to spaCy's ``PhraseMatcher``: tokenising thousands of
patterns would cost more than everything else in an analysis.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Label = TypeVar("Label", bound=Hashable)

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_OPEN = r"""[(\[{<"'“”„«‘’`´~$€£¥@•·●▪★☆*/|+=:;,…–—-]"""
_PREFIX = re.compile(rf"^(?:{_OPEN}(?!\d)|[(\[{{<\"'“„«‘`~$€£¥•·*/|≥≤≈]|#(?=\w))")
_SUFFIX = re.compile(
    r"""(?:['’]s|[)\]}>"'“”»’`´,;:!?…•·●▪★*/|=%–—-]|(?<![CFJQ])#|(?<!\.[A-Za-z])\.)$""",
)
_INFIX = re.compile(
    rf"[{_CJK}、，。；：（）《》“”]"
    r"|(?<=[\w+#)\]'’\".])[/|•·;(\[\])→⇒…—–~=]"
    r"|(?<=[^\W\d_])-(?=[^\W\d_])"
    r"|(?<=\d)-(?=[^\W\d_]{3})"
    r"|(?<=^[cdjlmnstCDJLMNST])['’](?=[^\W\d_]{2})"  # elision: l'équipe, d'apprentissage
    r"|(?<=[^\d\s])[,:](?=[^\W\d])"
    r"|(?<=[a-z])\.(?=[A-Z][a-z])"
)
_IDEOGRAPH = re.compile(f"[{_CJK}]")
_SPLIT = re.compile(r"[-‐‑/|(\[;,:]")
_URL = re.compile(r"^(?:(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?!js/)[a-z]{2,4}/\S*[\w/])$")
_VERSIONED = re.compile(r"^([a-z]{3,}?|c\+\+)[-.]?v?\d[\d.]*x?$")
_BRITISH = (
    (re.compile(r"is(ation|ing|ed|er|e|able)$"), r"iz\1"),
    (re.compile(r"lys(ing|ed|e)$"), r"lyz\1"),
    (re.compile(r"(?<=\w{3})our(?=$|al|able|ed|ing)"), "or"),
    (re.compile(r"(?<=[aeiou])ll(ing|ed|er)$"), r"l\1"),
)
#: How many spellings one pattern with ``*`` may stand for in one text.
_MOST_SPELLINGS = 200


def fold(word: str) -> str:
    """A word as it is compared loosely: lower case, no accents, American endings, singular.

    >>> [fold(w) for w in ("Optimisation", "models", "Naïve", "analysis", "APIs", "Behaviour", "libraries")]
    ['optimization', 'model', 'naive', 'analysis', 'api', 'behavior', 'library']
    """
    word = word.lower()
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).lower()
    if len(word) > 4:
        for ending, american in _BRITISH:
            word = ending.sub(american, word)
        if word.endswith("ies"):
            return word[:-3] + "y"
    if (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us"))
        and (len(word) < 5 or not word.endswith("is"))
    ):
        return word[:-1]
    return word


@cache
def _vocab() -> Vocab:
    from spacy.vocab import Vocab

    return Vocab()


@cache
def tokenizer() -> object:
    """The spaCy tokenizer for CVs: keeps ``C++`` and ``Node.js`` whole, parts ``AWS/GCP`` and ``Python(good)``."""
    from spacy.tokenizer import Tokenizer

    return Tokenizer(
        _vocab(),
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=_INFIX.finditer,
        url_match=_URL.match,
    )


@dataclass(frozen=True)
class Text:
    """A tokenised text: the tokens as written, and their folded forms without hyphens, with the way back."""

    doc: Doc
    folded: tuple[str, ...]
    origin: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters ``[start, end)`` of the tokens ``[first, last)``."""
        return self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])


def _stem(word: str) -> str:
    """At most four letters, none of them behind a hyphen: "gpt" of "gpt-4", as ``_first_letters`` has it.

    >>> _stem("gpt-4"), _stem("avx-512"), _stem("python")
    ('gpt', 'avx', 'pyth')
    """
    return (_SPLIT.split(word)[0] or word)[:4]


@lru_cache(maxsize=8)
def tokenise(text: str) -> Text:
    """The tokens of a text. Remembered for a few texts: parsing and matching both ask for the same one.

    >>> [t.text for t in tokenise("C/C++, C#/.NET and Node.js/React.js (Python3).").doc]
    ['C', '/', 'C++', ',', 'C#', '/', '.NET', 'and', 'Node.js', '/', 'React.js', '(', 'Python3', ')', '.']
    """
    doc = tokenizer()(text)  # type: ignore[operator]
    folded: list[str] = []
    origin: list[int] = []
    for token in doc:
        glued = not token.whitespace_ and token.i > 0 and not doc[token.i - 1].whitespace_
        if token.text not in "-‐‑" and not (token.text == "–" and glued):
            folded.append(fold(token.text))
            origin.append(token.i)
    return Text(doc, tuple(folded), tuple(origin))


@cache
def _phrase_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, stars kept in place."""
    words: list[str] = []
    for piece in phrase.split():
        head, tail = ("*" if piece.startswith("*") else ""), ("*" if piece.endswith("*") and len(piece) > 1 else "")
        inner = [t.text for t in tokenizer()(piece.strip("*")) if t.text not in "-‐‑"]  # type: ignore[operator]
        if head or tail:
            lowered = [w.lower() for w in inner]
            inner_folded = [*map(fold, lowered[:-1]), lowered[-1]] if tail else list(map(fold, lowered))
            inner_folded[0] = head + inner_folded[0]
            inner_folded[-1] += tail
            words += inner_folded
        else:
            words += map(fold, inner)
    return tuple(words)


@cache
def _first_letters(phrase: str) -> tuple[str, ...]:
    """A cheap necessary condition: the first letters of the first word of each piece."""
    firsts = (_SPLIT.split(piece)[0] for piece in phrase.split() if piece[0].isalnum() and "*" not in piece)
    return tuple(_stem(first[0] if _IDEOGRAPH.match(first) else fold(first)) for first in firsts)


class _Spellings:
    """The words of one text that the words of patterns stand for, each looked up once."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ordered = sorted(vocabulary)
        self._known: dict[str, list[str]] = {}

    def of(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The sequences of words of this text that a pattern may stand for."""
        choices = []
        for word in words:
            fits = self._known.get(word)
            if fits is None:
                fits = self._known[word] = list(self._fits(word))
            if not fits:
                return
            choices.append(fits)
        yield from islice(product(*choices), _MOST_SPELLINGS)

    def _fits(self, word: str) -> Iterator[str]:
        core = word.strip("*")
        if word.startswith("*"):
            inside = word.endswith("*")
            yield from (w for w in self._ordered if (core in w if inside else w.endswith(core)))
        else:
            at = bisect_left(self._ordered, core)
            while at < len(self._ordered) and self._ordered[at].startswith(core):
                if core == self._ordered[at] or word.endswith("*"):
                    yield self._ordered[at]
                elif not word.endswith("*"):
                    return
                at += 1


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """A phrase found: tokens ``[first, last)`` and characters ``[start, end)`` of the text."""

    label: Label
    first: int
    last: int
    start: int
    end: int


class LoosePhrases(Generic[Label]):
    """Labelled phrases compared loosely.

    >>> phrases = LoosePhrases([("serve", "model serv*"), ("ts", "time series")])
    >>> [(hit.label, hit.start, hit.end) for hit in phrases.find(tokenise("Time-series models; model serving"))]
    [('ts', 0, 11), ('serve', 20, 33)]
    """

    def __init__(self, phrases: Iterable[tuple[Label, str]]) -> None:
        self._labels: dict[str, list[Label]] = {}
        for label, phrase in phrases:
            self._labels.setdefault(phrase, []).append(label)
        self._by_stem: dict[str, list[str]] = {}
        for phrase in self._labels:
            self._by_stem.setdefault(next(iter(_first_letters(phrase)), ""), []).append(phrase)
        #: Words with digits that the data itself names ("GPT-4"): those keep their digits when compared.
        self._numbered = frozenset(
            fold(piece) for phrase in self._labels for piece in phrase.split() if any(map(str.isdigit, piece))
        )

    def _plain(self, word: str) -> str:
        versioned = _VERSIONED.match(word)
        return fold(versioned[1]) if versioned and word not in self._numbered else word

    def find(self, text: Text) -> list[Hit[Label]]:
        """Every phrase in the text, overlapping ones too, in reading order."""
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        words = [self._plain(word) for word in text.folded]
        if not words:
            return []
        vocabulary = frozenset(words)
        stems = frozenset(map(_stem, vocabulary))
        spellings = _Spellings(vocabulary)
        matcher: PhraseMatcher = PhraseMatcher(_vocab(), attr="ORTH")
        keys: dict[int, str] = {}
        for phrase in (p for stem in ("", *sorted(stems)) for p in self._by_stem.get(stem, ())):
            if not stems.issuperset(_first_letters(phrase)):
                continue
            variants = [Doc(_vocab(), words=list(s)) for s in spellings.of(_phrase_words(phrase))]
            if variants:
                keys[_vocab().strings.add(phrase)] = phrase
                matcher.add(phrase, variants)
        found = []
        if keys:
            for key, first, last in matcher(Doc(_vocab(), words=words)):
                begin, end = text.origin[first], text.origin[last - 1] + 1
                start, stop = text.span(begin, end)
                found += [Hit(label, begin, end, start, stop) for label in self._labels[keys[key]]]
        return sorted(found, key=lambda hit: (hit.start, -hit.end, str(hit.label)))


class ExactPhrases(Generic[Label]):
    """Labelled phrases compared character by character, at token boundaries."""

    def __init__(self, phrases: Iterable[tuple[Label, str]]) -> None:
        self._labels: dict[str, list[Label]] = {}
        for label, phrase in phrases:
            self._labels.setdefault(phrase, []).append(label)

    def find(self, text: Text) -> list[Hit[Label]]:
        """Every phrase in the text, overlapping ones too, in reading order."""
        from spacy.matcher import PhraseMatcher

        matcher: PhraseMatcher = PhraseMatcher(_vocab(), attr="ORTH")
        keys: dict[int, str] = {}
        whole = text.doc.text
        for phrase in self._labels:
            if phrase in whole:
                keys[_vocab().strings.add(phrase)] = phrase
                matcher.add(phrase, [tokenizer()(phrase)])  # type: ignore[operator]
        found = []
        if keys:
            for key, first, last in matcher(text.doc):
                start, stop = text.span(first, last)
                found += [Hit(label, first, last, start, stop) for label in self._labels[keys[key]]]
        return sorted(found, key=lambda hit: (hit.start, -hit.end, str(hit.label)))
