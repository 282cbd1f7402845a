"""What a mention counts for: every paragraph with its level, and what is an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from profilefit.library import REMEMBERED, Library
from profilefit.library.words import YEAR
from profilefit.models import Document, Entry, Line, Publication, Section, Source, Statement
from profilefit.phrases import LoosePhrases, tokenise

_NUMBER = re.compile(r"^[~≈<>≤≥+−-]?\d[\d.,' ]*(?:[eE]\d+)?(?P<unit>[a-zA-Z%×★+/]*)$")
#: Levels of a statement that tells of work, and of work with an outcome.
_USED, _SHOWN = 2, 3
#: Kinds of publications that are an outcome once they are out.
_OUT = frozenset({"conference", "journal", "workshop", "patent"})
_YEAR = re.compile(rf"^{YEAR}$")
_THOUSANDS = re.compile(r"^[~≈<>≤≥+]?\d{1,3}(?:[,.'’]\d{3})+[a-zA-Z+]*$")


@dataclass(frozen=True)
class _Tables:
    work: LoosePhrases[str]
    achieved: LoosePhrases[str]
    units: frozenset[str]
    moves: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=REMEMBERED)
def _tables(library: Library) -> _Tables:
    levels = library.levels
    outcomes = levels.outcomes
    return _Tables(
        work=LoosePhrases(("work", phrase) for phrase in levels.sections.work),
        achieved=LoosePhrases(
            [("phrase", phrase) for phrase in outcomes.phrases]
            + [("metric", metric) for metric in outcomes.metrics]
            + [("unit", unit) for unit in (*outcomes.units, *outcomes.currencies)]
        ),
        units=frozenset(unit.lower() for unit in outcomes.units),
        moves=frozenset(outcomes.moves),
        openers=frozenset(outcomes.openers),
    )


def outcome_offsets(flat: str, library: Library) -> list[int]:
    """Where outcomes stand: a figure with its unit, metric or currency, one that moved, a phrase, a link.

    Args:
        flat: ``Document.flat``, or any text.
    Returns:
        Offsets in reading order.
    """
    tables = _tables(library)
    text = tokenise(flat)
    tokens, starts = text.tokens, text.starts
    links = library.levels.outcomes.links
    found = [start for token, start in zip(tokens, starts, strict=True) if token.lower().startswith(links)]
    numbers: set[int] = set()
    for at, token in enumerate(tokens):
        number = _NUMBER.match(token)
        if number and not _YEAR.match(token):
            numbers.add(at)
            if number["unit"].lower() in tables.units or _THOUSANDS.match(token):
                found.append(starts[at])
            elif at - 2 in numbers and tokens[at - 1].lower() in tables.moves:
                found.append(starts[at - 2])
            elif (began := _moved(at, tokens, numbers, tables)) is not None:
                found.append(starts[began])
    for hit in tables.achieved.find(text):
        if hit.label == "phrase":
            found.append(hit.start)
        elif hit.label == "unit":
            if _counted(hit.first, tokens, numbers) or (hit.last in numbers and tokens[hit.first] not in tables.units):
                found.append(hit.start)
        elif any(at in numbers for at in (*range(hit.first - 3, hit.first), *range(hit.last, hit.last + 4))):
            found.append(hit.start)
    return sorted(set(found))


def _moved(last: int, tokens: Sequence[str], numbers: set[int], tables: _Tables) -> int | None:
    """The figure that became the one at ``last``, units between: "from 2 weeks to 2 days"; ``None`` where none did."""
    move = next((at for at in range(last - 1, max(0, last - 4), -1) if tokens[at].lower() in tables.moves), None)
    if move is None:
        return None
    for first in range(move - 1, max(0, move - 5), -1):
        if first in numbers:
            opened = any(tokens[at].lower() in tables.openers for at in range(max(0, first - 2), first))
            return first if opened else None
    return None


def _counted(unit: int, tokens: Sequence[str], numbers: set[int]) -> bool:
    """Whether a number stands before the unit, at most two plain words between: "300 GitHub stars"."""
    for at in range(unit - 1, max(-1, unit - 4), -1):
        if at in numbers:
            return True
        if not tokens[at].isalpha():
            return False
    return False


def find_statements(
    document: Document, sections: Iterable[Section], entries: Sequence[Entry], library: Library
) -> tuple[Statement, ...]:
    """Every paragraph below or before the headings, with what a plain mention in it counts for."""
    levels = library.levels.sections
    text = tokenise(document.flat)
    outcomes = outcome_offsets(document.flat, library)
    work = [hit.start for hit in _tables(library).work.find(text)]
    entry_of = {line: at for at, entry in enumerate(entries) for line in range(*entry.lines)}
    found: list[Statement] = []
    for section in sections:
        for first, last in paragraphs(document.lines, *section.lines):
            start, end = document.lines[first].start, document.lines[last - 1].end
            entry = entry_of.get(first)
            dated = entry is not None and entries[entry].dates is not None
            worked = (
                section.kind in levels.used
                or (section.kind not in levels.listed and dated)
                or any(start <= at < end for at in work)
            )
            if section.kind in levels.nothing:
                level, why = 0, f"{section.kind} section"
            elif not worked:
                level, why = 1, f"{section.kind} section"
            elif any(start <= at < end for at in outcomes):
                level, why = 3, "work with an outcome"
            else:
                level, why = 2, "work"
            found.append(Statement(start, end, document.flat[start:end], section.kind, entry, level, why))
    return tuple(sorted(found, key=lambda s: s.start))


def raise_shown(
    statements: Iterable[Statement], entries: Sequence[Entry], publications: Iterable[Publication], document: Document
) -> tuple[Statement, ...]:
    """Statements whose outcome stands beside them: a paper that came out, and the headline of work that had one.

    A headline ("Salmon counter | PyTorch, OpenCV | 2020") is the paragraph of an entry's first line, where it names no
    more than what was used; the outcome stands in the entry's bullets.
    """
    out = [e.start for p in publications if p.accepted and p.kind in _OUT and p.year for e in p.evidence]
    rows = list(statements)
    shown = {s.entry for s in rows if s.level == _SHOWN and s.entry is not None}
    raised = []
    for statement in rows:
        if statement.level == _USED:
            heads = (
                statement.entry is not None
                and statement.start <= _first(document, entries[statement.entry]) < statement.end
            )
            if any(statement.start <= at < statement.end for at in out):
                statement = replace(statement, level=_SHOWN, why="published work")
            elif heads and statement.entry in shown:
                statement = replace(statement, level=_SHOWN, why="headline of work with an outcome")
        raised.append(statement)
    return tuple(raised)


def _first(document: Document, entry: Entry) -> int:
    return document.lines[entry.lines[0]].start


def paragraphs(lines: Sequence[Line], first: int, last: int) -> Iterable[tuple[int, int]]:
    """Index ranges ``[first, last)`` of the paragraphs among ``lines[first:last]``."""
    begin = first
    for at in range(first + 1, last + 1):
        if at == last or not lines[at].continues:
            if begin < at:
                yield begin, at
            begin = at


def sentences_document(sentences: Iterable[str], section: str = "experience") -> tuple[Document, tuple[Statement, ...]]:
    """Sentences of the data to be tried out: a document with a line each, and each as a bullet of an entry of its own,
    which is a job or stands in another ``section``."""
    rows = list(sentences)
    document = lines_document(rows, bullet=True)
    statements = (
        Statement(line.start, line.end, row, section, at, 2)
        for at, (line, row) in enumerate(zip(document.lines, rows, strict=True))
    )
    return document, tuple(statements)


def lines_document(rows: Sequence[str], *, bullet: bool = False) -> Document:
    """A document of plain lines, or of bullets."""
    lines: list[Line] = []
    start = 0
    for number, row in enumerate(rows, 1):
        lines.append(Line(start, start + len(row), number, bullet=bullet))
        start += len(row) + 1
    return Document(Source("-", "text", "cv", "", None, None), "\n".join(rows), tuple(lines))
