"""Whether a skills directory holds together: its shape, its references, and every yes and no sentence in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from profilefit.claims import Sentences, find_claims
from profilefit.errors import InvalidSkills, Problem
from profilefit.library import Library, load_library
from profilefit.matching import find_sentence_problems
from profilefit.models import Guarded
from profilefit.parsing.doers import find_doers
from profilefit.parsing.guards import find_guarded
from profilefit.parsing.others import find_agents, find_employers
from profilefit.parsing.skills import find_skills
from profilefit.parsing.statements import lines_document, sentences_document

_BRACKETED = re.compile(r"\[([^\]]+)\]")


def check(directory: str | Path | None = None) -> list[Problem]:
    """All problems of the shipped data with ``directory`` laid over it; empty when there is none.

    >>> check()
    []
    """
    try:
        library = load_library(directory)
    except InvalidSkills as error:
        return list(error.problems)
    return list(check_sentences(library))


def check_sentences(library: Library) -> Iterator[Problem]:
    """A problem for each sentence of the data that does not do what it says."""
    yield from _skills(library)
    yield from _guards(library)
    for claim in find_claims(library):
        for yes, rows in ((True, claim.sentences.yes), (False, claim.sentences.no)):
            for row in rows:
                if claim.holds(row) != yes:
                    yield Problem(claim.file, claim.entry, _complaint(yes, row))
    yield from find_sentence_problems(library)


def _complaint(yes: bool, row: str) -> str:
    return f'not found in its yes sentence "{row}"' if yes else f'found in its no sentence "{row}"'


def _skills(library: Library) -> Iterator[Problem]:
    """The lexicon's sentences, all of them lines of one document: one search instead of thousands."""
    wanted = [(entry, True, row) for entry in library.skills.values() for row in entry.yes]
    wanted += [(entry, False, row) for entry in library.skills.values() for row in entry.no]
    document, statements = sentences_document(row for _, _, row in wanted)
    skills, _ = find_skills(document, statements, (), library)
    found = {(skill.id, e.line) for skill in skills if not skill.implied_by for e in skill.evidence}
    for line, (entry, yes, row) in enumerate(wanted, 1):
        if ((entry.id, line) in found) != yes:
            yield Problem(f"lexicon ({entry.category})", entry.id, _complaint(yes, row))


def _guards(library: Library) -> Iterator[Problem]:
    def by_reason(reason: str) -> Callable[[str], Iterable[Guarded]]:
        return lambda row: (found for found in find_guarded(row, library) if found.reason == reason)

    for guard in library.levels.guard:
        yield from _lowered(f"guard {guard.id}", guard, by_reason(guard.reason))
    others = library.levels.others
    yield from _lowered("others agents", others.agents, lambda row: find_agents(row, others.agents, others.doers))
    yield from _lowered("others doers", others.doers, lambda row: find_doers(row, others.doers))
    yield from _lowered(
        "others employers",
        others.employers,
        lambda row: find_employers(lines_document(row.replace(" / ", " \n ").split("\n")), library),
    )


def _lowered(entry: str, rows: Sentences, find: Callable[[str], Iterable[Guarded]]) -> Iterator[Problem]:
    """A problem for each sentence whose [bracketed] word is not lowered as it should be."""
    for yes, sentences in ((True, rows.yes), (False, rows.no)):
        for row in sentences:
            word = _BRACKETED.search(row)
            if word is None:
                yield Problem("levels.toml", entry, f'no [bracketed] word in "{row}"')
                continue
            start, end = word.start(), word.end() - 2
            found = find(row.replace("[", "").replace("]", ""))
            if any(guarded.start < end and start < guarded.end for guarded in found) != yes:
                yield Problem("levels.toml", entry, _complaint(yes, row))
