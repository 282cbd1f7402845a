"""Clauses whose doer is somebody else: who, does, what.

A CV is written in an implied first person, so a clause that names its doer tells of another: "Our analysts forecast
demand with Prophet", "A partner from Nairobi did the deep learning", "two students, one of whom tried a CNN". Such a
clause is read as a subject (an article or number, words that tell it apart, a noun for people), at most a few words on
where they are, and a verb; what it claims goes to the end of the sentence or to the person's own word ("I", "my").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from profilefit.library.others import Doers
from profilefit.models import Guarded

#: What parts clauses, and what ends one.
_WORD = re.compile(r"\w+(?:['’.&+-]\w+)*[’']?")
#: A sentence: an initial and a full stop inside a word do not end one.
_SENTENCE = re.compile(r"(?:[^.!?。\n\t]|(?<=\W[A-Z])\.(?=\s[A-Z])|[.!?](?=\S))+")
_MARK = re.compile(r"[,;:()/—–•]")
_STOP = re.compile(r"[;—–]")
#: What may be a given name.
GIVEN_NAME = re.compile(r"[A-Z][a-zà-ÿ]{2,}")
_NUMBER = re.compile(r"\d{1,3}$")
#: Words that tell a doer apart, words on where it is, and words of an opening like "After my time", at most.
_APART, _PLACE, _OPENING = 4, 4, 7
#: Characters in front of "one of them" that name the people.
_NEAR = 160


def find_doers(flat: str, doers: Doers) -> Iterator[Guarded]:
    """The clauses in which somebody else acts.

    Args:
        flat: ``Document.flat``, or any text.
    """
    for sentence in _SENTENCE.finditer(flat):
        words = [_Word(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(flat, *sentence.span())]
        yield from _Clauses(flat, words, sentence.end(), doers).find()


class _Word(str):
    """A word in lower case that knows where it stands."""

    start: int
    end: int

    def __new__(cls, text: str, start: int, end: int) -> _Word:
        word = super().__new__(cls, text)
        word.start, word.end = start, end
        return word


class _Clauses:
    """The clauses of a sentence."""

    def __init__(self, flat: str, words: Sequence[_Word], end: int, doers: Doers) -> None:
        self.flat, self.words, self.stop, self.doers = flat, words, end, doers

    def find(self) -> Iterator[Guarded]:
        """The stretches that others answer for, in order, none inside another."""
        at = 0
        while at < len(self.words):
            verb = self._verb(at)
            if verb is None:
                at += 1
                continue
            end = self._end(verb)
            yield Guarded(self.words[at].start, end, 0, "another person's or team's work")
            while at < len(self.words) and self.words[at].start < end:
                at += 1

    def _verb(self, at: int) -> int | None:
        """The verb of the doer that begins with the word ``at``."""
        if self.words[at] in self.doers.whose:
            return self._verb_of_relative(at)
        opens = self._opens(at)
        if opens and self._is_name(at):
            return at + 1
        if opens and (verb := self._verb_of_pronoun(at)) is not None:
            return verb
        return self._verb_of_noun(at) if opens or self._opened(at) else None

    def _between(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.flat[self.words[at - 1].end : self.words[at].start] if at else ""

    def _opens(self, at: int) -> bool:
        """Whether a clause may begin here."""
        return at == 0 or bool(_MARK.search(self._between(at))) or self.words[at - 1] in self.doers.joins

    def _opened(self, at: int) -> bool:
        """Whether only words such as "After my time" stand before a clause that begins here."""
        words, doers = self.words, self.doers
        return at <= _OPENING and words[0] in doers.when and words[at - 1] not in doers.never

    def _verb_of_relative(self, at: int) -> int | None:
        """"students, one of whom tried", "colleagues who run": a noun for people stands before."""
        words, doers = self.words, self.doers
        back = at - 1
        while back >= 0 and at - back <= _APART and (words[back] in doers.openers or words[back] in doers.never or self._is_number(back)):
            back -= 1
        behind = self._behind_adverbs(at + 1)
        if back < 0 or not self._is_person(words[back]):
            return None
        if words[back] not in doers.many and not _MARK.search(self.flat, words[back].end, words[at].start):
            return None  # "a student who …" may be the person
        if words[back] in doers.teams or doers.teams.intersection(words[:back]):
            return None  # "a team of engineers who …" is the person's own
        return behind if self._is_verb(behind, many=True) else None

    def _verb_of_pronoun(self, at: int) -> int | None:
        """"one of them moved", "the other wrote"."""
        for length in (4, 3, 2, 1):
            pronoun = " ".join(self.words[at : at + length])
            if pronoun in self.doers.persons or (pronoun in self.doers.pronouns and self._follows_people(at)):
                behind = self._behind_adverbs(at + length)
                return behind if self._is_verb(behind, many=False) else None
        return None

    def _follows_people(self, at: int) -> bool:
        """Whether a noun for people stands not far in front."""
        start = self.words[at].start
        return any(self._is_person(m[0].lower()) for m in _WORD.finditer(self.flat, max(0, start - _NEAR), start))

    def _is_name(self, at: int) -> bool:
        """Whether a clause begins with a name, "Aoife built the": a capital, and a verb that only people do."""
        written = self.flat[self.words[at].start : self.words[at].end]
        word, doers = self.words[at], self.doers
        if not GIVEN_NAME.fullmatch(written) or at + 2 >= len(self.words) or word.endswith("ly"):
            return False
        known = (doers.never, doers.adverbs, doers.when, doers.joins, doers.openers, doers.teams)
        if any(word in words for words in known) or self._is_person(word):
            return False
        if _MARK.search(self._between(at + 1)):
            return False
        return self.words[at + 1] in doers.human and self.words[at + 2] not in doers.means

    def _verb_of_noun(self, at: int) -> int | None:
        words, doers = self.words, self.doers
        first = at
        while first < len(words) and (words[first] in doers.openers or self._is_number(first)):
            first += 1
        opened = first > at
        if at and not opened:
            return None
        apart = _APART if opened else 0
        for noun in range(first, min(first + apart + 1, len(words))):
            if noun > first and _MARK.search(self._between(noun)):
                return None
            verb = self._verb_of(noun, words[at] if opened else "", told_apart=noun > first or words[at] in doers.others)
            if verb is not None:
                return verb
            if words[noun] in doers.never or words[noun] in doers.own or words[noun] in doers.i:
                return None
        return None

    def _verb_of(self, noun: int, opener: str, *, told_apart: bool) -> int | None:
        """The verb of a noun for somebody else; "my team" and "the team" are the person's, "the team in Oslo" is not."""
        word, doers = self.words[noun], self.doers
        own = word in doers.teams
        if own and opener in doers.own:
            return None
        if not own and word not in doers.many and not (opener and self._is_person(word)):
            return None
        behind = self._behind_adverbs(noun + 1)
        if behind >= len(self.words) or _MARK.search(self._between(behind)):
            return None
        if self._is_verb(behind, many=word in doers.many or word in doers.alone):
            return behind if told_apart or not own else None
        return self._verb_behind_place(behind)

    def _verb_behind_place(self, at: int) -> int | None:
        """The verb behind words on where somebody is, which begin at ``at``: "in Oslo", but not "of four"."""
        words, doers = self.words, self.doers
        if words[at] not in doers.where:
            return None
        for place in range(at + 1, min(at + _PLACE + 2, len(words))):
            word = words[place]
            if _MARK.search(self._between(place)) or word in doers.whose:
                return None
            sure = word in doers.verbs or word in doers.human
            if place > at + 1 and sure and self._is_verb(place, many=False):
                return None if self._is_number(at + 1) else place
        return None

    def _is_person(self, word: str) -> bool:
        doers = self.doers
        return word in doers.many or word in doers.one or word in doers.alone or word.endswith(doers.suffixes)

    def _behind_adverbs(self, at: int) -> int:
        """The next word that is no adverb."""
        while at < len(self.words) and self.words[at] in self.doers.adverbs:
            at += 1
        return at

    def _is_number(self, at: int) -> bool:
        return self.words[at] in self.doers.numbers or bool(_NUMBER.match(self.words[at]))

    def _is_verb(self, at: int, *, many: bool) -> bool:
        """Whether a word is the finite verb of a doer. Behind a plural any word may be that is not known to be none;
        one in "-ed" may tell of what was done to them: "students trained in R"."""
        if at >= len(self.words):
            return False
        word, doers = self.words[at], self.doers
        next_ = self.words[at + 1] if at + 1 < len(self.words) else ""
        written = self.flat[word.start : word.end]
        no_verbs = (doers.never, doers.openers, doers.own, doers.uses)
        if any(word in words for words in no_verbs) or not written.islower():
            return False
        past = word.endswith("ed") or word in doers.participles
        if past and (not next_ or next_ in doers.means or _MARK.search(self._between(at + 1))):
            return False
        if next_ in doers.be:
            return False
        if word in doers.verbs or past or (many and not word.endswith(("ing", "ly"))):
            return True
        return word.endswith("s") and (next_ in doers.openers or next_ in doers.objects)  # "adapts our model"

    def _end(self, verb: int) -> int:
        """Where the clause ends: at the person's own word, with what opens its clause, or with the sentence."""
        words = self.words
        for at in range(verb + 1, len(words)):
            stop = _STOP.search(self.flat, words[at - 1].end, words[at].start)
            if stop:
                return stop.start()
            if words[at] in self.doers.i:
                back = at
                while back > verb + 1 and words[back - 1] in self.doers.never and not _MARK.search(self._between(back)):
                    back -= 1
                return words[back - 1].end
        return self.stop
