"""Clauses whose doer is somebody else: who, does, what.

A CV is written in an implied first person, so a clause that names its doer tells of another: "Our analysts forecast
demand with Prophet", "A partner from Nairobi did the deep learning", "two students, one of whom tried a CNN". Such a
clause is read as a subject (an opener, words that tell it apart, a noun for people), at most a few words on where they
are, and a verb; what it claims goes to the end of the sentence or to the person's own word ("I", "my").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from profilefit.library.others import Doers
from profilefit.models import Guarded

#: The reason given for what others have done; guards of ``levels.toml`` give it, too.
ANOTHERS = "another person's or team's work"
#: What may be a given name.
GIVEN_NAME = re.compile(r"[A-Z][a-zà-ÿ]{2,}")
#: A sentence: an initial, a full stop inside a word and one before a small letter ("M.Sc. thesis") do not end one.
SENTENCE = re.compile(
    r"[^\s.!?。•·*–-](?:[^.!?。\n\t]|(?<=\W[A-Z])\.(?=\s[A-Z])|[.!?](?=\S)|\.(?=[^\S\n\t][a-zß-öø-ÿ]))*"
)
#: What parts clauses, and what ends one.
_MARK = re.compile(r"[,;:()/—–•]")
_STOP = re.compile(r"[;—–]")
_BRACKET = re.compile(r"\s?\([^()]*\)")
_NUMBER = re.compile(r"\d{1,3}$")
#: Words that tell a doer apart, words on where it is, and words of an opening like "After my time", at most.
_APART, _PLACE, _OPENING = 4, 4, 7
#: Words of a pronoun ("one of them") at most, and characters in front of it that name the people.
_PRONOUN, _NEAR = 4, 160
#: Words among which "their" at the start of a sentence must say what something of theirs is.
_THEIRS = 5
#: Words in front of a noun for people that make them the person's team.
_TEAM = 12


def find_doers(flat: str, doers: Doers) -> Iterator[Guarded]:
    """The clauses in which somebody else acts.

    Args:
        flat: ``Document.flat``, or any text.
    """
    # In a CV written in the third person "she" may be the person; "she", "he" and "they" are read alike.
    first_person = not doers.first.isdisjoint(flat.lower().split())
    for sentence in SENTENCE.finditer(flat):
        yield from _Sentence(flat, *sentence.span(), doers, first_person=first_person).find()


def spoken(written: str) -> str:
    """A word as the lists hold it: in small letters, unless it is "IT" or "HR"."""
    short = len(written) == 2 and written.isalpha() and written.isupper()
    return written if short else written.lower().replace("’", "'")


def _last(word: str) -> str:
    """The last part of a word with a hyphen: "hbo-stagiair"."""
    return word.rpartition("-")[2]


class _Sentence:
    """A sentence and its words; a word is told by its number."""

    def __init__(self, flat: str, start: int, stop: int, doers: Doers, *, first_person: bool) -> None:
        found = list(doers.word.finditer(flat, start, stop))
        self.flat, self.stop, self.doers = flat, stop, doers
        self.pronouns = doers.all_pronouns if first_person else doers.pronouns
        self.theirs: frozenset[str] = doers.theirs if first_person else frozenset()
        self.begins: list[int] = []
        self.spans = [match.span() for match in found]
        self.words = [spoken(match[0]) for match in found]

    def find(self) -> Iterator[Guarded]:
        """The stretches that others answer for, in order, none inside another."""
        signs, suffixes = self.doers.signs, self.doers.suffixes
        if not any(word.partition("'")[0] in signs or word.endswith(suffixes) for word in self.words):
            return
        self._find_clauses()
        end = 0
        for at, (start, _) in enumerate(self.spans):
            if start < end:
                continue
            verb = self._verb_of_clause(at)
            if verb is not None:
                end = self._end(verb)
            elif self._is_possessive(at):
                end = self._end_of_owned(at)
            elif self._is_inverted(at):
                start, end = self.spans[self.begins[at]][0], self._end(at)
            elif self._is_guided_topic(at):
                end = self._end_of_topic(at)
            elif (team := self._named_team(at)) is not None:
                end = self._end_with_bracket(team)
            else:
                continue
            yield Guarded(start, end, 0, ANOTHERS)

    def _find_clauses(self) -> None:
        """Note the word that begins each word's clause."""
        self.begins = [0] * len(self.words)
        for at in range(1, len(self.words)):
            self.begins[at] = at if self._parted(at) else self.begins[at - 1]

    # ── subjects ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _verb_of_clause(self, at: int) -> int | None:
        """The verb of the clause of somebody else that begins with a word."""
        if self.words[at] in self.doers.whose:
            return self._verb_of_relative(at)
        if self.words[at] in self.doers.relatives and self._is_relative(at):
            return at
        opens = at == self.begins[at] or self.words[at - 1] in self.doers.joins
        verb = self._verb_of_name(at) or self._verb_of_pronoun(at) if opens else None
        if verb is None and (opens or self.words[at - 1] in self.doers.whenever or self._is_opened(at)):
            return self._verb_of_noun(at)
        return verb

    def _is_opened(self, at: int) -> bool:
        """Whether only words such as "After my time" stand in front."""
        first = self.begins[at]
        near = at - first <= _OPENING and self.words[first] in self.doers.when
        return near and self.words[at - 1] not in self.doers.never

    def _is_relative(self, at: int) -> bool:
        """Whether "das", "que", "che" goes on about people in front of a comma: "dem Nachbarteam in Bonn, das …"; about
        people who were guided it needs none."""
        if at == 0:
            return False
        before = self.words[max(self.begins[at - 1], at - _APART) : at]
        if "," not in self.flat[self.spans[at - 1][1] : self.spans[at][0]]:
            return self._is_guided(at) and self.doers.is_person(self.words[at - 1])
        return any(map(self.doers.is_person, before)) and not self.doers.own.intersection(before)

    def _verb_of_relative(self, at: int) -> int | None:
        """Of "who" in "students, one of whom tried": a noun for people stands before. "A student who" may be the
        person, and "a team of engineers who" is the person's own."""
        words, doers = self.words, self.doers
        if words[at] in doers.owning and at + 2 < len(words) and doers.is_person(words[at + 1]):
            return at + 2 if self._is_verb(at + 2, many=True) else None
        noun = at - 1
        while noun >= 0 and at - noun <= _APART and (words[noun] in doers.small_words or self._counts(noun)):
            noun -= 1
        if noun > 0 and self._parted(at) and not doers.is_person(words[noun]):  # "candidates of TU Darmstadt, who"
            noun = next((k for k in range(noun, max(-1, noun - _APART), -1) if doers.is_person(words[k])), noun)
        if noun < 0 or not doers.is_person(words[noun]):
            return None
        if doers.teams.intersection(words[max(0, noun - _TEAM) : noun + 1]):
            return None
        guided = doers.guiding.intersection(words[max(0, noun - _APART) : noun])
        marked = guided or _MARK.search(self.flat, self.spans[noun][1], self.spans[at][0])
        if words[noun] not in doers.many and not marked:
            return None
        verb = self._behind_adverbs(at + 1)
        return verb if self._is_verb(verb, many=True) else None

    def _verb_of_pronoun(self, at: int) -> int | None:
        """Of "one of them moved", "the other wrote", where people have been named."""
        for length in range(_PRONOUN, 0, -1):
            pronoun = " ".join(self.words[at : at + length])
            if pronoun in self.pronouns and self._follows_people(at):
                verb = self._behind_adverbs(at + length)
                return verb if self._is_verb(verb, many=length > 1) or self._is_topic(at, verb) else None
        return None

    def _follows_people(self, at: int) -> bool:
        return any(self.doers.is_person(word) or word in self.doers.taught for word in self._before(at))

    def _is_topic(self, at: int, behind: int) -> bool:
        """Whether it goes on with what a student's work is on: "three theses, one of them on object detection"."""
        goes_on = behind < len(self.words) and self.words[behind] in self.doers.about
        return goes_on and any(word in self.doers.taught for word in self._before(at))

    def _before(self, at: int) -> Iterator[str]:
        """The words not far in front of a word."""
        start = self.spans[at][0]
        return (word[0].lower() for word in self.doers.word.finditer(self.flat, max(0, start - _NEAR), start))

    def _verb_of_name(self, at: int) -> int | None:
        """The verb of a clause that begins with a name, "Aoife built the", if it is one that only people do.

        A surname and a bracket may stand between: "Jae Park (summer 2024) built a planner".
        """
        verb = self._behind_full_name() if at == 0 else None
        if verb is None and at + 1 < len(self.words) and not self._parted(at + 1):
            verb = at + 1
        return verb if verb is not None and self._may_be_named(at) and self._does(verb) else None

    def _behind_full_name(self) -> int | None:
        """The word behind a name of two words and a bracket that begin the sentence."""
        if len(self.words) < 2 or self._parted(1) or not self._is_capital(1):
            return None
        bracket = _BRACKET.match(self.flat, self.spans[1][1], self.stop)
        behind = self.doers.word.match(self.flat, bracket.end() + 1, self.stop) if bracket else None
        return self.spans.index(behind.span()) if behind else None

    def _does(self, verb: int) -> bool:
        """Whether a word is a verb that only people do, with something behind it that it is done to."""
        doers, words = self.doers, self.words
        return verb + 1 < len(words) and words[verb] in doers.human and words[verb + 1] not in doers.means

    def _is_capital(self, at: int) -> bool:
        return self.flat[self.spans[at][0]].isupper()

    def _may_be_named(self, at: int) -> bool:
        """Whether somebody may be called so."""
        word, doers = self.words[at], self.doers
        return bool(GIVEN_NAME.fullmatch(self.flat[slice(*self.spans[at])])) and not (
            word.endswith(doers.adverb_ends)
            or doers.is_person(word)
            or word in doers.small_words
            or word in doers.teams
        )

    def _verb_of_noun(self, at: int) -> int | None:
        """Of "our analysts", "the risk team", "half of the clients"; a plural needs no opener."""
        words, doers = self.words, self.doers
        first = self._behind_openers(at)
        opener = words[at] if first > at else ""
        if (at and not opener and words[at - 1] not in doers.whenever) or (first > at + 1 and opener in doers.never):
            return None  # an article in one language, "as an intern" in another
        if not opener and words[at] in doers.bare and self._is_verb(self._behind_adverbs(at + 1), many=False):
            return self._behind_adverbs(at + 1)
        for noun in (first, first + 1):  # "IT replaced", "plant IT owns"
            if noun + 1 < len(words) and words[noun] in doers.departments and self._is_done_there(noun + 1):
                return noun + 1 if noun == first or words[noun].isupper() else None
        apart = opener in doers.never or (not opener and words[first : first + 1] != [] and words[first] in doers.kinds)
        reach = 1 if apart else _APART if opener else 0
        for noun in range(first, min(first + reach + 1, len(words))):
            if noun > first and self._parted(noun):
                return None
            verb = self._verb_of(noun, opener, told_apart=noun > first or opener in doers.others)
            if verb is not None:
                return verb
            if words[noun] in doers.never or words[noun] in doers.own or words[noun] in doers.i:
                return None
        return None

    def _verb_of(self, noun: int, opener: str, *, told_apart: bool) -> int | None:
        """Of a noun for somebody else. "My team", "the team" are the person's own, "the risk team" and "the team in
        Oslo" are not."""
        word, doers = self.words[noun], self.doers
        own = word in doers.teams
        if own and (opener in doers.mine or (opener in doers.own and not told_apart)):
            return None
        if not own and word not in doers.many and not (opener and doers.is_person(word)):
            return None
        named = noun + 1 < len(self.words) and not own and self._is_capital(noun + 1) and not self._parted(noun + 1)
        behind = self._behind_adverbs(noun + 1 + named)  # "our intern Callum had trained"
        if behind >= len(self.words) or self._parted(behind):
            return None
        if self._is_verb(behind, many=word in doers.many or word in doers.alone):
            return behind if told_apart or not own else None
        if own and opener not in doers.mine and self._is_adjective(behind) and self._is_verb(behind + 1, many=False):
            return behind + 1  # "l'équipe mobile intègre"
        return self._verb_behind_place(behind) if self.words[behind] in doers.where else None

    def _is_adjective(self, at: int) -> bool:
        """Whether a word may tell a team apart from behind."""
        words, doers = self.words, self.doers
        known = words[at] in doers.never or words[at] in doers.i or words[at] in doers.where
        return not known and at + 1 < len(words) and not self._parted(at + 1)

    def _verb_behind_place(self, at: int) -> int | None:
        """Behind words on where somebody is: "in Oslo", but not "of four"."""
        for verb in range(at + 1, min(at + _PLACE + 2, len(self.words))):
            word = self.words[verb]
            if self._parted(verb) or word in self.doers.whose:
                return None
            sure = word in self.doers.verbs or word in self.doers.human
            if sure and verb > at + 1 and self._is_verb(verb, many=False):
                return None if self._counts(at + 1) else verb
        return None

    def _behind_openers(self, at: int) -> int:
        while at < len(self.words) and (self.words[at] in self.doers.openers or self._counts(at)):
            at += 1
        return at

    def _is_done_there(self, at: int) -> bool:
        """Whether a word is the verb of a department: "Marketing uses", "IT replaced", but not "sales forecasts"."""
        word, doers = self.words[at], self.doers
        if word in doers.uses or at + 1 >= len(self.words):
            return word in doers.uses
        object_ = self.words[at + 1] in doers.openers or self.flat[self.spans[at + 1][0]].isupper()
        known = word.endswith(doers.past_ends) or (
            word in doers.verbs and word.endswith(doers.present_ends) and object_
        )
        return known and self._is_verb(at, many=True)

    def _is_inverted(self, at: int) -> bool:
        """Whether a verb stands in front of its doer: "lo mantiene otro equipo", "den Teil hat eine Agentur gebaut"."""
        words, doers = self.words, self.doers
        if at == 0 or words[at] not in doers.verbs or self._parted(at):
            return False
        first = self._behind_openers(at + 1)
        if first == at + 1 or doers.own.intersection(words[at + 1 : first]):
            return False
        told_apart = not doers.others.isdisjoint(words[at + 1 : first])
        turned = words[at - 1] in doers.clitics or words[at] in doers.auxiliaries
        for noun in range(first, min(first + _APART, len(words))):
            if self._parted(noun):
                return False
            if words[noun] in doers.departments and words[noun].isupper():
                return True  # "das System betreut die zentrale IT"
            apart = words[noun] in doers.teams and (told_apart or noun > first)
            if turned and (doers.is_person(words[noun]) or apart):
                return True
        return False

    def _is_guided_topic(self, at: int) -> bool:
        """Whether it goes on with what a guided student works on.

        "supervised a thesis on", "two interns (topics: …)", "internship of Jo Roe (bandits)", "six theses, among them".
        """
        words, doers = self.words, self.doers
        if at == 0 or not self._is_guided(at):
            return False
        between = self.flat[self.spans[at - 1][1] : self.spans[at][0]]
        if words[at] in doers.about:
            behind = at - 1
            while behind > 0 and ")" in between and self._bracketed(behind):
                behind -= 1
            between = between.replace(")", "").replace(",", "")  # "two doctoral students, on …"
            return _last(words[behind]) in doers.taught and not _MARK.search(between)
        if "(" in between:
            return words[at] in doers.topics or self._bracket_names_no_more(at)
        told = ":" in between and words[at] in doers.openers
        return told or words[at] in doers.topics or words[at - 1] in doers.among

    def _is_guided(self, at: int) -> bool:
        """Whether a word not far in front says that students were guided, in the same part of the sentence."""
        first = max(0, at - _TEAM)
        parted = (k for k in range(at, first, -1) if ";" in self.flat[self.spans[k - 1][1] : self.spans[k][0]])
        near = self.words[next(parted, first) : at]
        return not (self.doers.taught.isdisjoint(map(_last, near)) or self.doers.guiding.isdisjoint(near))

    def _bracketed(self, at: int) -> bool:
        """Whether a word stands in a bracket that ends behind it or further on in the sentence."""
        begin = self.flat.rfind("(", self.spans[0][0], self.spans[at][0])
        return begin >= 0 and ")" not in self.flat[begin : self.spans[at][0]]

    def _bracket_names_no_more(self, at: int) -> bool:
        """Whether the bracket that begins in front of a word holds a topic: words, not only a year or a place."""
        bracket = _BRACKET.match(self.flat, self.spans[at - 1][1], self.stop)
        return bool(bracket) and self.words[at].isalpha() and self.flat[self.spans[at][0]].islower()

    def _named_team(self, at: int) -> int | None:
        """The team behind a word such as "with" that is called by what it uses: "the Node.js backend team"."""
        words, doers = self.words, self.doers
        if words[at] not in doers.beside:
            return None
        first = self._behind_openers(at + 1)
        if doers.own.intersection(words[at + 1 : first]):
            return None
        for noun in range(first, min(first + _APART, len(words))):
            if self._parted(noun) or words[noun] in doers.never:
                return None
            if words[noun] in doers.crews or (words[noun] in doers.teams and noun > first):
                return noun
            if "-" in words[noun] and words[noun].endswith(doers.suffixes):
                return noun  # "mit dem SAP-Team"
            if words[noun] in doers.teams and noun == first > at + 1 and self._is_called(noun + 1):
                return noun + 1  # "par l'équipe Android"
        return None

    def _is_called(self, at: int) -> bool:
        """Whether a word with a capital stands right behind a team."""
        return at < len(self.words) and not self._parted(at) and self._is_capital(at)

    def _end_with_bracket(self, at: int) -> int:
        """Where a word ends, with the bracket right behind it."""
        bracket = _BRACKET.match(self.flat, self.spans[at][1], self.stop)
        return bracket.end() if bracket else self.spans[at][1]

    def _end_of_topic(self, at: int) -> int:
        """Where a topic ends: where the person goes on with a verb behind a comma, or with the clause."""
        for behind in range(at + 1, len(self.words)):
            if self._parted(behind) and (
                self.words[behind].endswith(self.doers.past_ends) or self.words[behind] in self.doers.human
            ):
                return self.spans[behind - 1][1]
        return self._end(at)

    # ── what is theirs ───────────────────────────────────────────────────────────────────────────────────────────────

    def _is_possessive(self, at: int) -> bool:
        """Whether the words behind are said to be somebody else's: "a vendor's", and "their" that begins a clause."""
        if self.words[at] in self.theirs and self.begins[at] == at:
            return at > 0 or self._says(at)
        owner = self.doers.owner(self.words[at])
        if owner is None:
            return False
        return owner in self.doers.owners or (self.begins[at] == at and self.doers.is_person(owner) and self._says(at))

    def _opens(self, at: int) -> bool:
        """Whether a word begins its clause, but for an article."""
        return self.doers.openers.issuperset(self.words[self.begins[at] : at])

    def _says(self, at: int) -> bool:
        """Whether the clause that begins there says within a few words what something is or was."""
        return not self.doers.is_or_was.isdisjoint(self.words[at : at + _THEIRS])

    def _end_of_owned(self, at: int) -> int:
        """Where the words end that a possessive makes somebody else's.

        They go to the next small word or mark; over a clause that begins so and says what it is ("Customers' portals
        were written in"), and over a participle behind a comma ("their model, hosted on").
        """
        words, last, opens = self.words, at, self.begins[at] == at
        ends = self.doers.never | self.doers.i
        while last + 1 < len(words) and not self._parted(last + 1) and words[last + 1] not in ends:
            last += 1
        following = last + 1
        if following >= len(words):
            return self.spans[last][1]
        of_topic = words[last] in self.doers.taught and words[following] in self.doers.about
        if of_topic or (opens and words[following] in self.doers.is_or_was):
            return self._end(following)
        if last > at + 1 and words[last] in self.doers.verbs and self._opens(at):
            return self._end(last)  # "my predecessor's forecast lived in"
        behind_comma = self.flat[self.spans[last][1] : self.spans[following][0]].strip() == ","
        if behind_comma and self._is_participle(following):
            return self._end(following)
        return self.spans[last][1]

    def _is_participle(self, at: int) -> bool:
        """Whether a word tells what was done to the one in front: "hosted on", "built with"."""
        word = self.words[at]
        means = at + 1 < len(self.words) and self.words[at + 1] in self.doers.means
        return means and (word.endswith(self.doers.past_ends) or word in self.doers.participles)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is_verb(self, at: int, *, many: bool) -> bool:
        """Whether a word is the finite verb of a doer.

        Behind a plural any word may be that is not known to be none. A past form may tell of what was done to them
        ("students trained in R"), one in "-s" may be a plural ("customer records"): the next word decides.
        """
        if at >= len(self.words) or not self.flat[slice(*self.spans[at])].islower():
            return False
        word, doers = self.words[at], self.doers
        following = self.words[at + 1] if at + 1 < len(self.words) else ""
        if word in doers.is_or_was:
            going = self._behind_adverbs(at + 1)
            return (
                going < len(self.words)
                and self.words[going].endswith(doers.progressive_ends)
                and not self._parted(going)
            )
        if word in doers.uses and following:
            return not self._parted(at + 1) and self.flat[self.spans[at + 1][0]].isupper()
        if word in doers.no_verbs or following in doers.be:
            return False
        if word in doers.moves and following in doers.means and not self._parted(at + 1):
            return True
        if word.endswith(doers.past_ends) or word in doers.participles:
            return bool(following) and following not in doers.means and not self._parted(at + 1)
        if word in doers.verbs or (many and not word.endswith(doers.progressive_ends + doers.adverb_ends)):
            return True
        return word.endswith(doers.present_ends) and (following in doers.openers or following in doers.objects)

    def _end(self, verb: int) -> int:
        """Where a clause ends: at the person's own word, with what opens its clause, or with the sentence."""
        for at in range(verb + 1, len(self.words)):
            stop = _STOP.search(self.flat, self.spans[at - 1][1], self.spans[at][0])
            if stop:
                return stop.start()
            if self.words[at] in self.doers.i:
                while at > verb + 1 and self.words[at - 1] in self.doers.never and not self._parted(at):
                    at -= 1
                return self.spans[at - 1][1]
        return self.stop

    def _parted(self, at: int) -> bool:
        """Whether a mark stands between a word and the one before it."""
        return bool(_MARK.search(self.flat, self.spans[at - 1][1], self.spans[at][0]))

    def _behind_adverbs(self, at: int) -> int:
        while at < len(self.words) and self.words[at] in self.doers.adverbs:
            at += 1
        return at

    def _counts(self, at: int) -> bool:
        return self.words[at] in self.doers.numbers or bool(_NUMBER.match(self.words[at]))
