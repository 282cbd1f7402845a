"""Skills of the lexicon in a document: where each is shown, what was turned down, and why.

Surfaces come in three classes (``skills/lexicon/*.toml``): *aliases* in any case, *cased* in exactly their case, and
*doubtful* ones ("R", "Go", "Excel") that need support around them. Doubtful mentions collect points: 2 in a skills
section, 2 beside a known skill in a list (1 elsewhere on the line), 1 for a label such as "Languages:", 2 for a word
of the entry's ``needs``; from 2 points they count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

from profilefit.kept import Kept
from profilefit.library import REMEMBERED, Library
from profilefit.models import (
    SKILL_LEVELS,
    Document,
    Evidence,
    Guarded,
    Rejection,
    Skill,
    Statement,
    statement_at,
    worth,
)
from profilefit.phrases import ExactPhrases, Hit, LoosePhrases, tokenise

#: Points at which a doubtful mention counts.
_ENOUGH = 2
#: A paragraph of this many words at most may be nothing but the name of a skill.
_BARE = 3
#: A document that names fewer skills than this for certain is that of another trade; these categories do not count.
_TECHNICAL = 2
#: Office tools and web pages are of every trade.
COMMON = frozenset({"soft", "research-practice", "software-practice", "data-engineering", "web", "edge-mobile"})
#: Spreadsheets and dashboards are too, but in this category only those that a list of skills names.
_MIXED = frozenset({"data-engineering"})
_UNTECHNICAL = frozenset({"soft", "research-practice"})
#: Sections that list skills.
SKILL_SECTIONS = frozenset({"skills"})
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_LABEL = re.compile(r"^[^\t\n:.;,]{2,40}:")
_ASIDE = re.compile(r"\([^()]{0,25}\)")
_INITIAL = re.compile(r"^\. ?[A-Z]")
_SURNAME = re.compile(r" (?:[A-Z]\. )?(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]*[^\W\dA-Z_])")
_Found = TypeVar("_Found", Hit[str], "Mention")
_start = attrgetter("start")


@dataclass(frozen=True)
class _Tables:
    loose: LoosePhrases[tuple[str, str]]
    exact: ExactPhrases[tuple[str, str]]
    list_mark: re.Pattern[str]


@lru_cache(maxsize=REMEMBERED)
def _tables(library: Library) -> _Tables:
    entries = library.skills.values()
    joins = "|".join(map(re.escape, library.levels.clauses.joins))
    return _Tables(
        loose=LoosePhrases(
            ((kind, e.id), phrase)
            for e in entries
            for kind, phrases in (("alias", e.loose), ("unless", e.unless), ("needs", e.needs))
            for phrase in phrases
        ),
        exact=ExactPhrases(
            ((kind, e.id), surface)
            for e in entries
            for kind, surfaces in (("cased", e.cased), ("doubtful", e.doubtful))
            for surface in surfaces
        ),
        list_mark=re.compile(rf"^[\s)]*(?:[,;/|•·&+–—、，(\t]|(?<=\s)(?:{joins})(?=\s))[\s(]*$"),
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A surface found in the text; ``rejected`` tells why it does not count, ``doubt`` asks for support.

    ``cased`` is a name that is an ordinary word in another case.
    """

    skill: str
    start: int
    end: int
    doubt: bool = False
    rejected: str = ""
    cased: bool = False


#: Mentions that are vetoed, mentions that are left, and the phrases that support doubtful ones.
_Surfaces = tuple[Sequence[Mention], Sequence[Mention], Sequence[Hit[str]]]
_SURFACES = Kept[_Surfaces]()


def find_mentions(
    document: Document, statements: Sequence[Statement], library: Library, guarded: Sequence[Guarded] = ()
) -> tuple[Mention, ...]:
    """All mentions of skills, the rejected ones with their reason, in reading order; overlaps are resolved."""
    vetoed, kept, needs = _surfaces(document, library)
    settled = _at_leisure([m for m in kept if not m.doubt], document, statements, guarded, library)
    accepted = [m for m in settled if not m.rejected]
    doubtful = [m for m in kept if m.doubt]
    weighed = _weigh(doubtful, accepted, document, statements, needs, _tables(library).list_mark)
    mentions = {(m.skill, m.start): m for m in [*vetoed, *weighed, *settled]}
    return tuple(sorted(mentions.values(), key=lambda m: (m.start, -m.end, m.skill)))


def _surfaces(document: Document, library: Library) -> _Surfaces:
    """The mentions that a phrase beside them vetoes, those that are left, and the phrases that support doubtful ones.

    They are kept: the document is asked again once it is known which guards hold.
    """
    return _SURFACES.of(document, library, lambda: _find_surfaces(document, library))


def _find_surfaces(document: Document, library: Library) -> _Surfaces:
    text, tables = tokenise(document.flat), _tables(library)
    found: list[Mention] = []
    beside: dict[str, list[Hit[str]]] = {"unless": [], "needs": []}
    for (kind, skill), first, last, start, end in (*tables.loose.find(text), *tables.exact.find(text)):
        if kind in beside:
            beside[kind].append(Hit(skill, first, last, start, end))
        else:
            found.append(Mention(skill, start, end, doubt=kind == "doubtful", cased=kind == "cased"))
    checked = _veto(_unlike_people(found, document.flat, library), document, beside["unless"])
    kept = _longest([m for m in checked if not m.rejected], document.flat, library)
    return [m for m in checked if m.rejected], kept, beside["needs"]


def _at_leisure(
    mentions: Sequence[Mention],
    document: Document,
    statements: Sequence[Statement],
    guarded: Sequence[Guarded],
    library: Library,
) -> list[Mention]:
    """The mentions, those rejected that alone in a sentence about leisure name a skill: a trip to Java, a cat Pandas.

    The CV of somebody else's trade is read in the same way as a whole: a barista's Java, a deckhand at the Helm.
    """
    sections = library.levels.sections.leisure
    naught = [g for g in guarded if not g.level]
    sure = {
        m.skill
        for m in mentions
        if not m.cased
        and library.skills[m.skill].category not in _UNTECHNICAL
        and not any(g.start < m.end and m.start < g.end for g in naught)
    }
    weighed = []
    for mention in mentions:
        word = document.flat[mention.start : mention.end]
        statement = statement_at(statements, mention.start) if mention.cased and word.istitle() else None
        if statement is not None and (
            statement.section in sections or (len(sure) < _TECHNICAL and statement.section not in SKILL_SECTIONS)
        ):
            alone = all(
                m.skill == mention.skill or not statement.start <= m.start < statement.end
                for m in mentions
                if not m.cased
            )
            if alone and len(_WORD.findall(statement.text)) > _BARE:
                mention = replace(mention, rejected="an ordinary word in a sentence that names no other skill")
        weighed.append(mention)
    return weighed


def _unlike_people(mentions: Sequence[Mention], text: str, library: Library) -> list[Mention]:
    """The mentions, those rejected that are somebody's forename: a word with a capital behind them is no skill."""
    begun = {m.start for m in mentions}
    checked = []
    for mention in mentions:
        surname = _SURNAME.match(text, mention.end) if library.skills[mention.skill].forename else None
        if surname and surname.start("name") not in begun and not library.titles.noun.search(surname["name"]):
            mention = replace(mention, rejected="a person's name")
        checked.append(mention)
    return checked


def _veto(mentions: Iterable[Mention], document: Document, unless: Iterable[Hit[str]]) -> list[Mention]:
    by_skill: dict[str, list[Hit[str]]] = defaultdict(list)
    for hit in unless:
        by_skill[hit.label].append(hit)
    checked = []
    for mention in mentions:
        begin, stop = document.paragraph_span(mention.start)
        veto = next(
            (hit for hit in by_skill.get(mention.skill, ()) if _vetoes(hit, mention, begin, stop, document.text)), None
        )
        if veto is not None:
            reason = f'"{document.text[veto.start : veto.end]}" beside it'
            mention = replace(mention, rejected=reason)
        checked.append(mention)
    return checked


def _vetoes(hit: Hit[str], mention: Mention, begin: int, stop: int, text: str) -> bool:
    """Whether a veto phrase in the paragraph ``[begin, stop)`` speaks of this mention.

    One that touches the mention does; one that holds the same word elsewhere speaks of that place only.
    """
    if hit.start < mention.end and mention.start < hit.end:
        return True
    word = text[mention.start : mention.end].lower()
    return begin <= hit.start < stop and word not in text[hit.start : hit.end].lower()


def _longest(mentions: Iterable[Mention], text: str, library: Library) -> list[Mention]:
    """Mentions that no longer one holds; several skills may share one surface.

    A proper name inside an alias of another skill stands for itself all the same: "MLflow" in "MLflow registry".
    """
    kept: list[Mention] = []
    covering: dict[int, list[Mention]] = defaultdict(list)  # by each of their characters
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.doubt, m.start, m.skill)):
        holders = [
            other
            for other in covering[mention.start]
            if mention.end <= other.end and (other.start, other.end) != (mention.start, mention.end)
        ]
        if all(_named_inside(mention, holder, text, library) for holder in holders):
            kept.append(mention)
            for at in range(mention.start, mention.end):
                covering[at].append(mention)
    return kept


def _named_inside(mention: Mention, holder: Mention, text: str, library: Library) -> bool:
    surface, around = text[mention.start : mention.end], text[holder.start : holder.end]
    return (
        not mention.doubt
        and mention.skill != holder.skill
        and surface == library.skills[mention.skill].name
        and not surface.islower()
        and around.lower() != library.skills[holder.skill].name.lower()
        and mention.skill not in library.implied(holder.skill)
    )


def _weigh(
    doubtful: Iterable[Mention],
    accepted: Sequence[Mention],
    document: Document,
    statements: Sequence[Statement],
    needs: Sequence[Hit[str]],
    list_mark: re.Pattern[str],
) -> list[Mention]:
    """Doubtful mentions with the verdict: rejected where too little supports them.

    A name accepted in one place supports its neighbours, so the list is walked until nothing changes.
    """
    waiting = list(doubtful)
    settled = sorted(accepted, key=lambda m: m.start)
    while True:
        won: list[Mention] = []
        lost: list[Mention] = []
        for mention in waiting:
            enough = _points(mention, settled, document, statements, needs, list_mark) >= _ENOUGH
            (won if enough else lost).append(mention)
        if not won:
            break
        settled = sorted([*settled, *won], key=lambda m: m.start)
        waiting = lost
    refused = [
        Mention(m.skill, m.start, m.end, True, "an ordinary word here: nothing around it speaks for the skill")
        for m in waiting
    ]
    return [*(m for m in settled if m.doubt), *refused]


def _points(
    mention: Mention,
    accepted: Sequence[Mention],
    document: Document,
    statements: Sequence[Statement],
    needs: Sequence[Hit[str]],
    list_mark: re.Pattern[str],
) -> int:
    text = document.flat
    if mention.end - mention.start == 1 and _INITIAL.match(text[mention.end : mention.end + 3]):
        return 0
    begin, stop = document.paragraph_span(mention.start)
    points = 0
    statement = statement_at(statements, mention.start)
    if statement is not None and statement.section in SKILL_SECTIONS:
        points += 2
    if any(n.label == mention.skill and not _within(n, mention) for n in _starting(needs, begin, stop)):
        points += 2
    line = document.line_at(mention.start)
    near = [m for m in _starting(accepted, begin, stop) if (m.start, m.end) != (mention.start, mention.end)]
    if any(_beside(m, mention, text, list_mark) for m in near):
        points += 2
    elif any(line.start <= m.start < line.end for m in near):
        points += 1
    if near and not line.fields and _LABEL.match(text[line.start : mention.start]):
        points += 1
    return points


def _starting(found: Sequence[_Found], begin: int, stop: int) -> Sequence[_Found]:
    """Those of ``found``, which is in reading order, that start in ``[begin, stop)``."""
    first = bisect_left(found, begin, key=_start)
    return found[first : bisect_left(found, stop, first, key=_start)]


def _within(hit: Hit[str], mention: Mention) -> bool:
    return mention.start <= hit.start and hit.end <= mention.end


def _beside(one: Mention, other: Mention, text: str, list_mark: re.Pattern[str]) -> bool:
    """Whether only a list mark stands between two mentions: "Python, R", "R/Python", "C and C++"."""
    first, second = (one, other) if one.start < other.start else (other, one)
    between = _ASIDE.sub("", text[first.end : second.start])
    return len(between) <= 6 and bool(list_mark.match(between))


def find_skills(
    document: Document,
    statements: Sequence[Statement],
    guarded: Sequence[Guarded],
    library: Library,
    names: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[Skill, ...], tuple[Rejection, ...]]:
    """The skills a document shows, each with all its evidence best first, and the mentions that were turned down.

    Args:
        names: characters ``[start, end)`` of names of employers, schools, conferences and journals: a word inside
            one claims nothing.
    """
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    rejections: list[Rejection] = []
    general = [g for g in guarded if not g.outsider]  # the tools of every trade are its own
    for mention in find_mentions(document, statements, library, guarded):
        statement = statement_at(statements, mention.start)
        category = library.skills[mention.skill].category
        listed = statement is not None and statement.section in SKILL_SECTIONS
        common = category in COMMON and (listed or category not in _MIXED)
        level, reason = worth(statements, general if common else guarded, mention.start, mention.end)
        if mention.rejected:
            level, reason = 0, mention.rejected
        elif any(start <= mention.start and mention.end <= end for start, end in names):
            level, reason = 0, "part of the name of an organisation or a journal"
        cited = document.cite(mention.start, mention.end, statement.section if statement else None, level)
        if level:
            evidence[mention.skill].append(cited)
        else:
            rejections.append(Rejection(mention.skill, reason, cited))
    return _with_implied(evidence, library), tuple(rejections)


def _with_implied(evidence: dict[str, list[Evidence]], library: Library) -> tuple[Skill, ...]:
    """Skills from their evidence, and those they imply one level lower, never above "used"."""
    skills = []
    implied_by: dict[str, list[str]] = defaultdict(list)
    for skill in evidence:
        for implied in library.implied(skill):
            implied_by[implied].append(skill)
    for skill in sorted({*evidence, *implied_by}):
        entry = library.skills[skill]
        if skill in evidence:
            cited = sorted(evidence[skill], key=lambda e: (-e.level, e.start))
            sources: tuple[str, ...] = ()
        else:
            sources = tuple(sorted(implied_by[skill]))
            best = [max(evidence[source], key=lambda e: (e.level, -e.start)) for source in sources]
            cited = sorted(
                (_lowered(e) for e in best),
                key=lambda e: (-e.level, e.start),
            )
        level = SKILL_LEVELS[max(1, cited[0].level) - 1]
        skills.append(Skill(skill, entry.name, entry.category, level, sources, tuple(cited)))
    return tuple(skills)


def _lowered(evidence: Evidence) -> Evidence:
    return replace(evidence, level=max(1, min(2, evidence.level - 1)))
