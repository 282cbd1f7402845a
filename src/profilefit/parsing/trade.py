"""Whose trade a CV is of, and what counts in the CV of another one.

"Python-print leather", "the new Azure Wing" and "deep learning from incidents" are a marketer's, a logistician's and a
nurse's words. Where nobody of the trade would have written a CV, its words count only in sentences that speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from profilefit.library import Library
from profilefit.library.words import plain
from profilefit.models import Document, Education, Guarded, Position, Statement, statement_at, worth
from profilefit.parsing.skills import COMMON, SKILL_SECTIONS, Mention, find_mentions

#: A document that shows fewer skills outside its dealings with vendors, clients and the press is of another trade.
_OF_THE_TRADE = 3
#: Somebody of the trade lists one of these.
_CORE = frozenset({"language", "ml-library"})
_SENTENCE = re.compile(r"(?:[^.;!?。；\n\t]|[.;!?](?=\S))+")


def in_force(
    guarded: Sequence[Guarded],
    document: Document,
    statements: Sequence[Statement],
    positions: Sequence[Position],
    education: Sequence[Education],
    library: Library,
) -> tuple[Guarded, ...]:
    """The guards that hold in this document: those for other trades only in the CV of one, and there for all sentences
    that do not speak of programs or data."""
    another = _is_of_another(positions, education, library)
    if not another and not any(g.outsider for g in guarded):
        return tuple(guarded)
    mentions = [m for m in find_mentions(document, statements, library, guarded) if not m.rejected]
    counting = [m for m in mentions if worth(statements, guarded, m.start, m.end)[0]]
    if another and not _lists_the_core(counting, statements, library):
        silent = _silent(document, statements, library)
        return tuple(sorted((*guarded, *silent), key=lambda g: (g.start, g.end)))
    shown = {m.skill for m in counting if library.skills[m.skill].category not in COMMON}
    return tuple(g for g in guarded if not g.outsider or len(shown) < _OF_THE_TRADE)


def _lists_the_core(mentions: Iterable[Mention], statements: Sequence[Statement], library: Library) -> bool:
    """Whether a programming language or a library of machine learning stands in a list of skills."""
    everyday = library.levels.others.trade.everyday
    core = (m for m in mentions if library.skills[m.skill].category in _CORE and m.skill not in everyday)
    found = (statement_at(statements, m.start) for m in core)
    return any(statement is not None and statement.section in SKILL_SECTIONS for statement in found)


def _is_of_another(positions: Sequence[Position], education: Sequence[Education], library: Library) -> bool:
    """Whether there are posts, none of the trade, and no study of a subject of the trade."""
    subject = library.titles.subject
    studied = any(subject.search(plain(course.field or "")) for course in education if course.level)
    return bool(positions) and not studied and all(p.family is None and p.track == "other" for p in positions)


def _silent(document: Document, statements: Sequence[Statement], library: Library) -> Iterator[Guarded]:
    """The sentences that do not speak of programs or data, and lists of skills but those that the format calls so."""
    speaks = library.levels.others.trade.pattern
    for statement in statements:
        listed = statement.section in SKILL_SECTIONS
        if listed and document.source.kind == "json-resume":
            continue
        for sentence in _SENTENCE.finditer(document.flat, statement.start, statement.end):
            if listed or not speaks.search(plain(sentence[0])):
                yield Guarded(*sentence.span(), 0, "a word of another trade", outsider=True)
