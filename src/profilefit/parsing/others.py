"""Sentences in which somebody else acts: the employer of itself, a vendor or another team, a student.

"Orrin is a leader in edge analytics." below the name of Orrin claims nothing for the person who works there, nor does
"the port to STM32 was done by another unit".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from profilefit.library import Library
from profilefit.library.others import Agents, Doers, Others
from profilefit.library.titles import Titles
from profilefit.library.words import plain
from profilefit.models import Document, Guarded, Section
from profilefit.parsing.doers import ANOTHERS, GIVEN_NAME, SENTENCE, find_doers, spoken
from profilefit.parsing.statements import paragraphs

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_OPENS = re.compile(r"[(;:]\s*$")
_SENTENCE_START = re.compile(r"[.;!?]\s|[\n\t]")
_CLAUSE = re.compile(r"[,;:(—\n\t]|\.\s|\s[–-]\s")
_CLAUSE_OVER = re.compile(r"\s*(?:[,.;:()\n]|$)")
_CLAUSE_END = re.compile(r"[;)\n\t]|\.(?=\s|$)")
#: The beginning of a name: "to A. Mehra".
_INITIALS = re.compile(r" (?:[A-Z]\. ?)+[A-Z][a-z]")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_STUDENTS = "a student's work"
#: Words of a header line at most, and words between "by" and who it was.
_HEADER_WORDS, _BETWEEN = 14, 6
#: Words in front of a bracket that it tells of, and characters of a sentence at most.
_TOLD_OF, _FAR = 4, 600


def find_others(document: Document, sections: Sequence[Section], library: Library) -> Iterator[Guarded]:
    """The stretches of text that tell what others did."""
    others = library.levels.others
    for section in sections:
        first, last = section.lines
        if first < last and others.students.head(section.title):
            yield Guarded(document.lines[first].start, document.lines[last - 1].end, 0, _STUDENTS)
        elif section.kind != "education":
            yield from _find_student_rows(document, section, others)
    yield from find_deeds(document.flat, others)
    personal = {index for section in sections if section.kind == "contact" for index in range(*section.lines)}
    yield from find_employers(document, library, personal)


def _find_student_rows(document: Document, section: Section, others: Others) -> Iterator[Guarded]:
    """Rows whose first cell is a heading of what students did."""
    for first, last in paragraphs(document.lines, *section.lines):
        cell, tab, _ = document.content(document.lines[first]).partition("\t")
        if tab and others.students.head(cell):
            yield Guarded(document.lines[first].start + len(cell), document.lines[last - 1].end, 0, _STUDENTS)


def find_deeds(flat: str, others: Others) -> Iterator[Guarded]:
    """What a text says others have done, in either order: "done by the vendor", "the vendor did"."""
    yield from find_agents(flat, others.agents, others.doers)
    yield from find_doers(flat, others.doers)


def find_agents(flat: str, agents: Agents, doers: Doers) -> Iterator[Guarded]:
    """What is said to be done by others, or to be theirs: the sentence, or the words around the verb."""
    words = list(doers.word.finditer(flat))
    said = [spoken(word[0]).rstrip("'") for word in words]
    for at, by in enumerate(words):
        if at == 0:
            continue
        holds = said[at] in agents.at and said[at - 1] in agents.held
        holds = holds or (said[at] in agents.origin and said[at - 1] in agents.be)
        if not (holds or said[at] in agents.by):
            continue
        ahead = range(at + 1, min(at + 2 + _BETWEEN, len(words)))
        behind = [said[k] for k in ahead if not _CLAUSE_END.search(flat, by.end(), words[k].start())]
        if behind and flat.startswith(",", words[at + 1].end()):
            behind = behind[:1]  # "by me, hardware by the partner"
        named = behind and said[at - 1] in agents.authored and GIVEN_NAME.fullmatch(words[at + 1][0])
        named = named or (holds and _INITIALS.match(flat, by.end()))
        sentence = _behind_last(_SENTENCE_START, flat, by.start())
        front = [k for k in range(max(0, at - _BETWEEN), at) if words[k].start() >= sentence]
        made_there = agents.made.intersection((*behind, *(said[k] for k in front)))
        department = made_there and doers.departments.intersection(behind)
        if not (named or department or _are_others(behind, agents, doers)):
            continue
        finite = holds or any(said[k] in agents.be or said[k] in agents.held for k in front)
        aside = finite and flat[words[at - 1].end() : by.start()].strip() == ","  # "is Tableau, by our analysts"
        made = aside or _is_made(said, front, finite, agents) or _is_product(flat[sentence : by.start()], agents)
        if holds or made or (finite and agents.made.intersection(behind)):
            end = _CLAUSE_END.search(flat, by.end())
            start = sentence if finite else _told_of(flat, words[at - 1].start())
            yield Guarded(start, end.start() if end else len(flat), 0, ANOTHERS)
    yield from _possessions(flat, words, agents, doers)


def _possessions(flat: str, words: Sequence[re.Match[str]], agents: Agents, doers: Doers) -> Iterator[Guarded]:
    """Sentences that say whose something is: "the app around it was the mobile team's, in Kotlin"."""
    for at, word in enumerate(words):
        owner = doers.owner(word[0].lower())
        last = words[at + 1] if at + 1 < len(words) and words[at + 1][0].lower() in agents.held else word
        if owner is None or not _CLAUSE_OVER.match(flat, last.end()):
            continue
        behind = [w[0].lower() for w in words[max(0, at - _BETWEEN) : at]]
        be = max((k for k, said in enumerate(behind) if said in agents.be), default=None)
        if be is None:
            continue
        end = _CLAUSE_END.search(flat, word.end())
        goes_on = (w[0].lower() for w in doers.word.finditer(flat, word.end(), end.start() if end else len(flat)))
        named = all(w[0][0].isupper() for w in words[at - len(behind) + be + 1 : at + 1])
        if (named and doers.i.isdisjoint(goes_on)) or _are_others([*behind[be + 1 :], owner], agents, doers):
            start = _behind_last(_SENTENCE_START, flat, word.start())
            yield Guarded(start, end.start() if end else len(flat), 0, ANOTHERS)


def _is_made(said: Sequence[str], front: Sequence[int], finite: bool, agents: Agents) -> bool:
    """Whether a verb of making ends the words in front of "by", or words on its means do: "scored with a CNN by"."""
    verb = next((k for k in reversed(front) if said[k] in agents.made or said[k].endswith(agents.past_ends)), None)
    if verb is None or said[verb] in agents.served:
        return False
    known = said[verb] in agents.made or (finite and any(said[k] in agents.be for k in front if k < verb))
    between = {said[k] for k in front if k > verb}  # "looked after by", "run for us by"
    last = between <= agents.particles | agents.own
    return known and (last or (finite and said[verb + 1] in agents.means))


def _is_product(before: str, agents: Agents) -> bool:
    """Whether the words before "by" end in a thing that is made, and what it is made with: "design (Altium) by"."""
    thing = [word.lower() for word in _BRACKET.sub("", before).split()]
    made_with = thing[-2:-1] and thing[-2] in agents.means
    return bool(agents.products.intersection(thing[-3:-2] if made_with else thing[-1:]))


def _are_others(behind: Sequence[str], agents: Agents, doers: Doers) -> bool:
    """Whether the words behind "by" name somebody else; "my team" does not."""
    first, second = (*behind, "", "")[:2]
    own = first in doers.mine or (first in agents.own and (second in agents.people or not second))
    others = agents.doers.intersection(behind) or any(map(doers.is_person, behind))
    return bool(others or (not own and agents.people.intersection(behind)))


def _behind_last(mark: re.Pattern[str], flat: str, at: int) -> int:
    """The end of the last of the marks before a place, not further back than a sentence may reach."""
    far = max(0, at - _FAR)
    return max((match.end() for match in mark.finditer(flat, far, at)), default=far)


def _told_of(flat: str, at: int) -> int:
    """Where the words begin that a participle tells of: those of its clause, or those in front of its bracket."""
    begin = _behind_last(_CLAUSE, flat, at)
    if flat[begin - 1 : begin] == "(":
        before = [m.start() for m in _WORD.finditer(flat, max(0, begin - _FAR), begin)]
        return before[-_TOLD_OF] if len(before) >= _TOLD_OF else begin
    return begin


def find_employers(document: Document, library: Library, personal: Collection[int] = ()) -> Iterator[Guarded]:
    """Sentences that begin with a name from a header line above them and go on with a verb of employers.

    The first sentence below a header may name the employer's business instead: "Operator of charging points".

    Args:
        personal: indices of lines that name nobody's employer: the person's own name may be Jenkins.
    """
    employers = library.levels.others.employers
    flat = plain(document.flat)
    named: set[str] = set()
    headed = False
    for first, last in paragraphs(document.lines, 0, len(document.lines)):
        line = document.lines[first]
        for sentence in SENTENCE.finditer(flat, line.start, document.lines[last - 1].end):
            said = sentence[0]
            name = employers.name.match(said)
            told = 0 if name and name["name"] in named and employers.verb.match(said, name.end()) else None
            for subject in employers.subject.finditer(said) if told is None else ():
                opens = not said[: subject.start()].strip() or _OPENS.search(said, 0, subject.start())
                if opens and employers.verb.match(said, subject.end() + 1):
                    told = subject.start()
                    break
            opening = headed and not flat[line.start : sentence.start()].strip()
            if told is None and opening and employers.business.match(said.lower().lstrip()):
                told = 0
            if told is None:
                continue
            clause = said if not employers.person.search(said) else said.partition(";")[0]
            if told < len(clause) and not employers.person.search(clause):
                yield Guarded(sentence.start() + told, sentence.start() + len(clause), 0, "what the employer does")
        text = plain(document.content(line))
        labelled = ":" in text and library.titles.labels["employer"].whole.fullmatch(text.partition(":")[0])
        if first in personal:
            headed = False
            continue
        headed = bool(line.fields or labelled or (not line.bullet and len(text.split()) <= _HEADER_WORDS))
        if headed:
            named |= {word[0] for word in _WORD.finditer(text) if _is_name(word[0], library.titles)}


def _is_name(word: str, titles: Titles) -> bool:
    """Whether a word of a header may be an employer's name, unlike "Data" and "Engineer"."""
    return word[0].isupper() and not titles.noun.search(word) and not titles.subject.search(word)
