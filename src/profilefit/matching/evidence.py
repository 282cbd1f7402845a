"""Patterns of ``skills/roles/*.toml`` found in a profile's sentences.

All words of all patterns stand in one table, built once per library, and are looked for in one pass over the
document; a pattern is then a question about which of its slots (action, object, context, unless) a sentence holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from profilefit.library.roles import Pattern, Role, Words, group_of
from profilefit.models import Profile, Statement
from profilefit.phrases import LoosePhrases, tokenise

#: Farthest that action and object of one pattern may stand apart, in characters.
_FARTHEST = 240
#: Action and object are quoted together when the stretch is not longer than this, in characters.
_LONGEST_MATCH = 70

_SENTENCE = re.compile(r"(?<=[.!?;。；！？])(?:\s+(?=[\W\d_]*[^\W\d_a-zß-öø-ÿ])|(?<=[。；！？]))|\t|\n")
#: The word before a full stop, dots inside it kept.
_LAST_WORD = re.compile(r"([^\W\d_](?:[\w.]*\w)?)\.$")

#: The group of ``groups.toml`` whose words do not end a sentence.
_ABBREVIATIONS = "abbreviation"

Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A pattern, fact or mention that shows something, with the characters ``[start, end)`` it rests on.

    Attributes:
        by: id of the pattern, fact, area or skill.
        level: 1-3.
        part: of a requirement with parts, the one it shows.
        entry: index into ``Profile.entries`` of where it stands, ``None`` outside any.
        indirect: the words name something that implies what is shown, not the thing itself.
        named: a skill is named; what was done with it is not looked at.
    """

    by: str
    level: int
    start: int
    end: int
    part: str | None = None
    entry: int | None = None
    indirect: bool = False
    named: bool = False


@dataclass
class Sentence:
    """A sentence of a statement and the slots that have words in it."""

    start: int
    end: int
    statement: int
    slots: dict[int, list[Span]] = field(default_factory=dict)


class _Asked(NamedTuple):
    """The slots of a pattern by number; ``never`` are those that deny it."""

    object: int | None
    action: int | None
    context: int | None
    never: tuple[int, ...]


@dataclass(frozen=True)
class Slots:
    """Word lists by number, and which of them a phrase or a mention of a skill fills."""

    numbers: Mapping[Words, int]
    phrases: LoosePhrases[str]
    by_phrase: Mapping[str, tuple[int, ...]]
    by_mention: Mapping[str, tuple[int, ...]]
    abbreviations: frozenset[str]


def expand(words: Iterable[str], groups: Mapping[str, Words]) -> Iterator[str]:
    """The phrases and mentions that a word list stands for, groups opened.

    >>> list(expand(["<ship>", "launch*"], {"ship": ("ship*", "<go>"), "go": ("go live",)}))
    ['ship*', 'go live', 'launch*']
    """
    for word in words:
        group = group_of(word)
        if group is None:
            yield word
        else:
            yield from expand(groups[group], groups)


def build_slots(lists: Iterable[Words], groups: Mapping[str, Words]) -> Slots:
    """One table for many word lists; equal lists share a slot."""
    numbers: dict[Words, int] = {}
    phrases: dict[str, list[int]] = {}
    mentions: dict[str, list[int]] = {}
    for words in lists:
        if not words or words in numbers:
            continue
        numbers[words] = number = len(numbers)
        for word in dict.fromkeys(expand(words, groups)):
            (mentions if word[0] in "@#" else phrases).setdefault(word, []).append(number)
    return Slots(
        numbers,
        LoosePhrases((phrase, phrase) for phrase in phrases),
        {phrase: tuple(slots) for phrase, slots in phrases.items()},
        {mention: tuple(slots) for mention, slots in mentions.items()},
        frozenset(word.lower().rstrip(".") for word in groups.get(_ABBREVIATIONS, ())),
    )


def pattern_lists(patterns: Iterable[Pattern]) -> Iterator[Words]:
    """All word lists of some patterns."""
    for pattern in patterns:
        yield from (pattern.action, pattern.object, pattern.context, pattern.unless)


def split_sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> list[Span]:
    """Characters ``[start, end)`` of the sentences of a paragraph.

    Args:
        abbreviations: in lower case, without their last full stop; single letters need not be listed.

    >>> text = "Led a team, e.g. Four people. Cut costs by 2.5%; Won a prize."
    >>> [text[a:b].strip() for a, b in split_sentences(text, frozenset({"e.g"}))]
    ['Led a team, e.g. Four people.', 'Cut costs by 2.5%;', 'Won a prize.']
    """
    ends = [
        m.end()
        for m in _SENTENCE.finditer(text)
        if not _is_abbreviation(text[max(0, m.start() - 20) : m.start()], abbreviations)
    ]
    ends.append(len(text))
    return [(a, b) for a, b in zip([0, *ends], ends, strict=False) if text[a:b].strip()]


def _is_abbreviation(before: str, abbreviations: frozenset[str]) -> bool:
    word = _LAST_WORD.search(before)
    return word is not None and (len(word[1]) == 1 or word[1].lower() in abbreviations)


class Reading:
    """A profile's sentences with everything the patterns ask about."""

    def __init__(self, profile: Profile, slots: Slots) -> None:
        self.profile = profile
        self.slots = slots
        self.sentences: list[Sentence] = []
        self.by_statement: dict[int, list[Sentence]] = {}
        self.by_entry: dict[int, list[Sentence]] = {}
        for at, statement in enumerate(profile.statements):
            for first, last in split_sentences(statement.text, slots.abbreviations):
                sentence = Sentence(statement.start + first, statement.start + last, at)
                self.sentences.append(sentence)
                self.by_statement.setdefault(at, []).append(sentence)
                if statement.entry is not None:
                    self.by_entry.setdefault(statement.entry, []).append(sentence)
        self._starts = [sentence.start for sentence in self.sentences]
        #: The sentences that hold a word of each list.
        self._holding: dict[int, list[Sentence]] = defaultdict(list)
        for hit in slots.phrases.find(tokenise(profile.document.flat)):
            self._fill(slots.by_phrase[hit.label], hit.start, hit.end)
        for skill in profile.skills:
            numbers = slots.by_mention.get(f"#{skill.id}", ()) + slots.by_mention.get(f"@{skill.category}", ())
            if numbers and not skill.implied_by:
                for evidence in skill.evidence:
                    self._fill(numbers, evidence.start, evidence.end)
        for held in self._holding.values():
            held.sort(key=attrgetter("start"))

    def _fill(self, numbers: Iterable[int], start: int, end: int) -> None:
        at = bisect_right(self._starts, start) - 1
        sentence = self.sentences[at] if at >= 0 else None
        if sentence is None or end > sentence.end:
            return
        slots, span = sentence.slots, (start, end)
        for number in numbers:
            spans = slots.get(number)
            if spans is None:
                slots[number] = [span]
                self._holding[number].append(sentence)
            else:
                spans.append(span)

    def holding(self, *lists: Words) -> list[Sentence]:
        """The sentences that hold a word of one of the lists, in reading order."""
        numbers = (self.slots.numbers.get(words) for words in lists)
        found = {s.start: s for number in numbers if number is not None for s in self._holding.get(number, ())}
        return [found[start] for start in sorted(found)]

    def statement(self, sentence: Sentence) -> Statement:
        """The statement that holds a sentence."""
        return self.profile.statements[sentence.statement]

    def _around(self, sentence: Sentence, reach: str) -> Sequence[Sentence]:
        entry = self.statement(sentence).entry
        if reach == "entry" and entry is not None:
            return self.by_entry[entry]
        if reach == "sentence":
            return (sentence,)
        return self.by_statement[sentence.statement]

    def spans(self, words: Words, sentence: Sentence) -> Sequence[Span]:
        """Where the words of a list stand in a sentence."""
        return self._spans(self.slots.numbers.get(words), sentence)

    def _spans(self, number: int | None, sentence: Sentence) -> Sequence[Span]:
        return () if number is None else sentence.slots.get(number, ())

    def says(self, words: Words, offset: int) -> bool:
        """Whether the clause at a character holds one of the words."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self.sentences[at].end:
            return False
        sentence = self.sentences[at]
        clauses = (self._clause(span, sentence) for span in self.spans(words, sentence))
        return any(begin <= offset < end for begin, end in clauses)

    def search(self, pattern: Pattern, never: Words = ()) -> Iterator[Found]:
        """Every sentence that says what the pattern says, at the level it may count for."""
        number = self.slots.numbers.get
        asked = _Asked(
            number(pattern.object),
            number(pattern.action),
            number(pattern.context),
            tuple(at for at in (number(pattern.unless), number(never)) if at is not None),
        )
        for sentence in self._holding.get(asked.object, ()) if asked.object is not None else ():
            found = self._match(pattern, asked, sentence)
            if found:
                yield found

    def _match(self, pattern: Pattern, asked: _Asked, sentence: Sentence) -> Found | None:
        statement = self.statement(sentence)
        if pattern.sections and statement.section not in pattern.sections:
            return None
        pair = self._pair(pattern, asked, sentence)
        if pair is None:
            return None
        action, target = pair
        if pattern.context:
            near = self._counting(asked.context, self._around(sentence, pattern.context_within), asked.never)
            if not any(_apart(span, target) and (action is None or _apart(span, action)) for span in near):
                return None
        worth = [self.profile.worth(*span)[0] for span in (target, *((action,) if action else ()))]
        level = min(pattern.level, *worth)
        if level < 1:
            return None
        start, end = target
        if action and max(end, action[1]) - min(start, action[0]) <= _LONGEST_MATCH:
            start, end = min(start, action[0]), max(end, action[1])
        return Found(pattern.id, level, start, end, pattern.part, statement.entry)

    def _pair(self, pattern: Pattern, asked: _Asked, sentence: Sentence) -> tuple[Span | None, Span] | None:
        """The object with the action nearest to it."""
        if not pattern.action:
            targets = self._counting(asked.object, (sentence,), asked.never)
            return (None, max(targets, key=lambda s: (s[1] - s[0], -s[0]))) if targets else None
        around = self._around(sentence, pattern.within)
        actions = self._counting(asked.action, around, asked.never)
        targets = self._counting(asked.object, (sentence,), asked.never) if actions else []
        pairs = [(max(a[0], t[0]) - min(a[1], t[1]), t[0], a, t) for a in actions for t in targets if _apart(a, t)]
        farthest = _FARTHEST if pattern.within == "sentence" else 10 * _FARTHEST
        near = min(pairs, default=None)
        return (near[2], near[3]) if near and near[0] <= farthest else None

    def _counting(self, number: int | None, sentences: Sequence[Sentence], never: Sequence[int]) -> list[Span]:
        """Where words of a list stand that count for something, in clauses that say nothing else.

        A clause goes from semicolon to semicolon: "Retrained it, F1 0.78 offline; not deployed yet".
        """
        found = []
        for sentence in sentences:
            spans = self._spans(number, sentence)
            if not spans:
                continue
            denied = [span for other in never for span in sentence.slots.get(other, ())]
            clauses = [self._clause(span, sentence) for span in denied]
            found += [
                span
                for span in spans
                if not any(begin <= span[0] < end for begin, end in clauses) and self.profile.worth(*span)[0]
            ]
        return found

    def _clause(self, span: Span, sentence: Sentence) -> Span:
        """The clause of a sentence that holds some characters."""
        flat = self.profile.document.flat
        begin = flat.rfind("; ", sentence.start, span[0])
        end = flat.find("; ", span[1], sentence.end)
        return (begin if begin >= 0 else sentence.start), (end if end >= 0 else sentence.end)


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def role_lists(role: Role) -> Iterator[Words]:
    """All word lists of a role."""
    yield role.unless
    for requirement in role.requirements:
        yield requirement.unless
        yield from pattern_lists(requirement.patterns)
    for item in role.scope:
        yield from pattern_lists(item.patterns)
    yield from pattern_lists(role.work)
    yield from pattern_lists(role.deliverables)
