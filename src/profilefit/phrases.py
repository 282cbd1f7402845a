"""spaCy's one door: text to tokens, and phrases found among them.

Two ways of comparing, both over the same tokens:

- *loose*, for ordinary aliases and for patterns: case, accents, hyphen or space, plural s, British or American
  endings and version digits make no difference; a word of a pattern may end or begin in ``*``;
- *exact*, for names that are ordinary words in another case ("Go", "Spark", "R"): the very characters.

Phrases stand in a trie of words that is walked from each word of the text. Only those whose first word has occurred in
some text are tokenised and put there: spaCy's own ``PhraseMatcher`` wants a document of each of twenty thousand
phrases, which costs more than everything else in an analysis, and knows no ``*``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
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
    r"|(?:(?<=^[dnsDNS][eu]ll)|(?<=^[aA]ll)|(?<=^[qQ]u))['’](?=[^\W\d_]{2})"  # sull'apprendimento, qu'un
    r"|(?<=[^\d\s])[,:](?=[^\W\d])"
    r"|(?<=[a-z])\.(?=[A-Z][a-z])"
)
_IDEOGRAPH = re.compile(f"[{_CJK}]")
_SPLIT = re.compile(r"[-‐‑/|(\[;,:]")
_DIGIT = re.compile(r"\d")
_URL = re.compile(r"^(?:(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?!js/)[a-z]{2,4}/\S*[\w/])$")
_VERSIONED = re.compile(r"^([a-z]{3,}?|c\+\+)[-.]?v?\d[\d.]*x?$")
_BRITISH = (
    (re.compile(r"is(ation|ing|ed|er|e|able)$"), r"iz\1"),
    (re.compile(r"lys(ing|ed|e)$"), r"lyz\1"),
    (re.compile(r"(?<=\w{3})our(?=$|al|able|ed|ing)"), "or"),
    (re.compile(r"(?<=[aeiou])ll(ing|ed|er)$"), r"l\1"),
)
#: Words whose comparison is remembered; texts and their words, from one document to the next.
_WORDS, _TEXTS = 50_000, 8
#: Letters of the stem that a word is looked up by; longer words than this keep them when they are folded.
_STEM, _UNCHANGED = 4, 9
_HYPHENS = frozenset("-‐‑")


@lru_cache(maxsize=_WORDS)
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
    """A tokenised text.

    Attributes:
        doc: the text as spaCy sees it; ``text`` as it was.
        tokens, starts: the tokens as written, and the offset of each.
        folded: the tokens without hyphens as they are compared loosely; ``origin`` is the way back to ``tokens``.
    """

    text: str
    doc: Doc
    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    folded: tuple[str, ...]
    origin: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters ``[start, end)`` of the tokens ``[first, last)``."""
        return self.starts[first], self.starts[last - 1] + len(self.tokens[last - 1])


@lru_cache(maxsize=_TEXTS)
def tokenise(text: str) -> Text:
    """The tokens of a text. Remembered for a few texts: parsing and matching both ask for the same one.

    >>> tokenise("C/C++, C#/.NET and Node.js/React.js (Python3).").tokens
    ('C', '/', 'C++', ',', 'C#', '/', '.NET', 'and', 'Node.js', '/', 'React.js', '(', 'Python3', ')', '.')
    """
    doc = tokenizer()(text)  # type: ignore[operator]
    tokens: list[str] = []
    starts: list[int] = []
    folded: list[str] = []
    origin: list[int] = []
    at, glued = 0, False
    for place, token in enumerate(doc):
        word = token.text
        spaced = token.whitespace_
        tokens.append(word)
        starts.append(at)
        if word not in _HYPHENS and not (word == "–" and glued and not spaced):
            folded.append(fold(word))
            origin.append(place)
        at += len(word) + len(spaced)
        glued = not spaced
    return Text(text, doc, tuple(tokens), tuple(starts), tuple(folded), tuple(origin))


def _pieces(text: str) -> list[str]:
    """The tokens of a piece without spaces, hyphens left out."""
    if text.isascii() and text.isalnum():  # most are; the tokenizer would say the same
        return [text]
    return [token.text for token in tokenizer()(text) if token.text not in _HYPHENS]  # type: ignore[operator]


@cache
def _phrase_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, stars kept in place."""
    words: list[str] = []
    for piece in phrase.split():
        head, tail = ("*" if piece.startswith("*") else ""), ("*" if piece.endswith("*") and len(piece) > 1 else "")
        inner = _pieces(piece.strip("*"))
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
def _loose_lead(first: str) -> str:
    """What a phrase is looked up by whose first word is ``first``; many phrases of the data begin alike."""
    lowered = first.lower()
    if first.isascii() and first.isalpha() and (len(first) > _UNCHANGED or not ("s" in lowered or "ll" in lowered)):
        return lowered[:_STEM]  # comparing loosely changes only the ends of such a word
    if "*" in first or not first[0].isalnum():
        return ""
    return _stem(fold(_SPLIT.split(first)[0]))


def _stem(word: str) -> str:
    """The letters by which a word that a phrase may begin with is looked up: four at most, none behind a hyphen.

    >>> _stem("gpt-4"), _stem("avx-512"), _stem("python"), _stem("学习")
    ('gpt', 'avx', 'pyth', '学')
    """
    if _IDEOGRAPH.match(word):
        return word[0]
    return (_SPLIT.split(word)[0] or word)[:_STEM]


class Hit(NamedTuple, Generic[Label]):
    """A phrase found: tokens ``[first, last)`` and characters ``[start, end)`` of the text."""

    label: Label
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A place in the trie: the words that may follow, and the phrases that end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()


class _Phrases(Generic[Label]):
    """Labelled phrases in a trie that grows as texts ask for them."""

    def __init__(self, phrases: Iterable[tuple[Label, str]]) -> None:
        self._labels: dict[str, tuple[Label, ...]] = {}
        for label, phrase in phrases:
            self._labels[phrase] = (*self._labels.get(phrase, ()), label)
        self._waiting: dict[str, list[str]] = defaultdict(list)
        for phrase in self._labels:
            self._waiting[self._lead(phrase)].append(phrase)
        self._root = _Node()
        #: The words of the trie that a word of a text stands for; phrases that may begin with it have been admitted.
        self._known: dict[str, tuple[str, ...]] = {}
        #: Where in the trie a phrase goes on that begins with a word of a text.
        self._begun: dict[str, tuple[_Node, ...]] = {}
        self._admit("")

    @staticmethod
    def _lead(phrase: str) -> str:
        """What the first word of a phrase is looked up by; empty where any word may begin it."""
        raise NotImplementedError

    def _leads(self, word: str) -> Iterable[str]:
        """What a word of a text may be looked up by."""
        raise NotImplementedError

    def _split(self, phrase: str) -> Sequence[str]:
        """The words of a phrase as they stand in the trie."""
        raise NotImplementedError

    def _meant(self, word: str) -> tuple[str, ...]:
        """The words of the trie that a word of a text stands for."""
        return (word,)

    def _admit(self, lead: str) -> None:
        """Put the phrases that wait for a word with this lead into the trie."""
        for phrase in self._waiting.pop(lead, ()):
            node = self._root
            words = self._split(phrase)
            for word in words:
                following = node.following.get(word)
                if following is None:
                    following = node.following[word] = _Node()
                node = following
            if words:
                node.phrases = (*node.phrases, phrase)

    def _learn(self, words: set[str]) -> None:
        if len(self._known) > _WORDS:
            self._known.clear()
            self._begun.clear()
        for word in words.difference(self._known):
            for lead in self._leads(word):
                self._admit(lead)
            self._known[word] = meant = self._meant(word)
            nodes = map(self._root.following.get, meant)
            self._begun[word] = tuple(node for node in nodes if node)

    def _walk(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Every phrase among the words, with the words ``[first, last)`` it stands at."""
        self._learn(set(words))
        known, begun, stop = self._known, self._begun, len(words)
        for first, word in enumerate(words):
            for node in begun[word]:
                open_ = [(node, first + 1)]
                while open_:
                    node, at = open_.pop()
                    for phrase in node.phrases:
                        yield phrase, first, at
                    if at < stop and node.following:
                        open_ += [(node.following[w], at + 1) for w in known[words[at]] if w in node.following]


class LoosePhrases(_Phrases[Label]):
    """Labelled phrases compared loosely.

    >>> phrases = LoosePhrases([("serve", "model serv*"), ("ts", "time series")])
    >>> [(hit.label, hit.start, hit.end) for hit in phrases.find(tokenise("Time-series models; model serving"))]
    [('ts', 0, 11), ('serve', 20, 33)]
    """

    def __init__(self, phrases: Iterable[tuple[Label, str]]) -> None:
        super().__init__(phrases)
        #: Beginnings, ends and insides of words that patterns ask for, the beginnings and ends by their length.
        self._beginnings: dict[int, set[str]] = {}
        self._ends: dict[int, set[str]] = {}
        self._insides: dict[str, None] = {}
        for phrase in self._labels:
            if "*" in phrase:
                self._note_stars(_phrase_words(phrase))
        #: Words with digits that the data itself names ("GPT-4"): those keep their digits when compared.
        named = [piece for phrase in self._labels if _DIGIT.search(phrase) for piece in phrase.split()]
        self._numbered = frozenset(fold(piece) for piece in named if _DIGIT.search(piece))

    def _note_stars(self, words: Iterable[str]) -> None:
        for word in words:
            core = word.strip("*")
            if word.startswith("*") and word.endswith("*"):
                self._insides[core] = None
            elif word.startswith("*"):
                self._ends.setdefault(len(core), set()).add(core)
            elif word.endswith("*"):
                self._beginnings.setdefault(len(core), set()).add(core)

    @staticmethod
    def _lead(phrase: str) -> str:
        return _loose_lead(phrase.partition(" ")[0])

    def _leads(self, word: str) -> Iterable[str]:
        return (_stem(word), _stem(self._plain(word)))

    def _split(self, phrase: str) -> Sequence[str]:
        return _phrase_words(phrase)

    def _meant(self, word: str) -> tuple[str, ...]:
        word = self._plain(word)
        meant = [word]
        meant += [f"{word[:n]}*" for n, known in self._beginnings.items() if word[:n] in known]
        meant += [f"*{word[-n:]}" for n, known in self._ends.items() if word[-n:] in known]
        meant += [f"*{core}*" for core in self._insides if core in word]
        return tuple(meant)

    def _plain(self, word: str) -> str:
        versioned = _VERSIONED.match(word)
        return fold(versioned[1]) if versioned and word not in self._numbered else word

    def find(self, text: Text) -> list[Hit[Label]]:
        """Every phrase in the text, overlapping ones too, in reading order."""
        found = []
        for phrase, first, last in self._walk(text.folded):
            begin, end = text.origin[first], text.origin[last - 1] + 1
            start, stop = text.span(begin, end)
            found += [Hit(label, begin, end, start, stop) for label in self._labels[phrase]]
        return sorted(found, key=lambda hit: (hit.start, -hit.end, str(hit.label)))


class ExactPhrases(_Phrases[Label]):
    """Labelled phrases compared character by character, at token boundaries."""

    @staticmethod
    def _lead(phrase: str) -> str:
        return phrase[0]

    def _leads(self, word: str) -> Iterable[str]:
        return (word[0],)

    def _split(self, phrase: str) -> Sequence[str]:
        return [token.text for token in tokenizer()(phrase)]  # type: ignore[operator]

    def find(self, text: Text) -> list[Hit[Label]]:
        """Every phrase in the text, overlapping ones too, in reading order."""
        found = []
        for phrase, first, last in self._walk(text.tokens):
            start, stop = text.span(first, last)
            if text.text[start:stop] == phrase:
                found += [Hit(label, first, last, start, stop) for label in self._labels[phrase]]
        return sorted(found, key=lambda hit: (hit.start, -hit.end, str(hit.label)))
