"""Which part of an entry is the school, and which the field of study.

The school is the piece that a school's word marks, else the piece that stands where the other entries have theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from profilefit.library.words import plain
from profilefit.parsing.education.mentions import Mention, Reader, Row
from profilefit.parsing.education.segments import heads_of

#: Characters of a school's name.
_LONGEST_NAME = 90


#: Between the pieces of a row. A hyphen counts only with space around it, a full stop only after a whole word.
_SEPARATOR = re.compile(
    r"\t|\s[–—-]\s|\s?[;|·•→]\s?|[,，；：:|｜、。()]\s?|(?:(?<=\w{5})|(?<=\)))\.\s+(?=[^\W\d_a-z])|\s//?\s"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a row between separators; ``place`` counts pieces from the row's beginning."""

    start: int
    end: int
    row: int
    place: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before schools are settled between neighbours."""

    rows: tuple[Row, ...]
    degree: Mention | None
    row: int
    school: tuple[int, int] | None
    slot: int | None
    named: Mention | None


def _pieces(row: Row, number: int, *, taken: Iterable[tuple[int, int]] = ()) -> list[Piece]:
    """The parts of a row between separators, dates and what is ``taken`` left out."""
    edges: list[tuple[int, int]] = [(m.start() + row.start, m.end() + row.start) for m in _SEPARATOR.finditer(row.text)]
    edges += [(date.start_char, date.end_char) for date in row.dates]
    edges += list(taken)
    pieces: list[Piece] = []
    at = row.start
    for start, end in [*sorted(edges), (row.end, row.end)]:
        if start > at:
            text = row.text[at - row.start : start - row.start]
            stripped = text.strip(" \n\t,.;:-–—\"'“”*")
            if stripped:
                begin = at + text.index(stripped)
                pieces.append(Piece(begin, begin + len(stripped), number, len(pieces)))
        at = max(at, end)
    return pieces


def school_name(row: Row, school: Mention, reader: Reader) -> tuple[int, int]:
    """The whole name of a school around its telling word."""
    taken = [(m.start, m.end) for m in row.degrees if not m.start <= school.start < m.end]
    pieces = _pieces(row, 0, taken=taken)
    piece = next((p for p in pieces if p.start <= school.start < p.end), None)
    if piece is None:
        return school.start, school.end
    start, end = piece.start, piece.end
    before = row.text[start - row.start : school.start - row.start]
    beside = any(start - 3 <= m.end <= start for m in row.degrees)
    if beside or len(before) > 40:
        run = reader.name_run.search(before)
        start = school.start - (len(run.group()) if run else 0)
        last = max((m.end() for m in reader.to_school.finditer(before)), default=0)
        start = max(start, piece.start + last if beside and last else start)
    while grade := reader.marks.grade.pattern.match(reader.text, start, school.start):
        start = _after_blanks(reader.text, grade.end(), school.start)
    joint = reader.marks.joint.pattern.match(reader.text, start, school.start)
    while joint and joint.end() > start and joint.end() <= school.start:
        start = _after_blanks(reader.text, joint.end(), school.start)
        joint = reader.marks.joint.pattern.match(reader.text, start, school.start)
    short = re.compile(r"\s?\(([^()\d]{2,14})\)").match(reader.text, end)
    if short and not any(w.islower() and len(w) > 3 for w in short[1].split()) and short.end() <= row.end:
        end = short.end()
    return start, min(end, start + _LONGEST_NAME)


def _after_blanks(text: str, at: int, end: int) -> int:
    """The first position from ``at`` on that holds neither space nor punctuation."""
    while at < end and text[at] in " \n-:.,'":
        at += 1
    return at


def unnamed_school(draft: Draft, usual: int | None, reader: Reader) -> tuple[int, int] | None:
    """The school where no word tells it: what stands where the other entries have theirs, or beside the degree."""
    if not draft.degree:
        return None
    field = _field_span(draft, None, reader)
    options: list[tuple[int, int, Piece]] = []
    heads = heads_of(draft.rows)
    for k, row in enumerate(draft.rows):
        if row not in heads:
            continue
        taken = [(m.start, m.end) for m in row.degrees] + ([field] if field else [])
        for piece in _pieces(row, k, taken=taken):
            text = reader.text[piece.start : piece.end]
            if not _is_name(text, reader) or _in_brackets(row, piece):
                continue
            offset = k - draft.row
            wanted = 0 if offset == usual else 1 if usual is not None else {-1: 0, 1: 1, 0: 2}.get(offset, 3)
            options.append((wanted, piece.place, piece))
    if not options:
        return None
    wanted, _, piece = min(options, key=lambda option: option[:2])
    return piece.start, piece.end


def _in_brackets(row: Row, piece: Piece) -> bool:
    before = row.text[: piece.start - row.start]
    return before.count("(") > before.count(")")


def _is_name(text: str, reader: Reader) -> bool:
    """Whether a piece could be the name of a school: a capital at the start, no grade, no remark."""
    if not 2 <= len(text) <= 60 or not (text[0].isupper() or ord(text[0]) > 0x2E80):
        return False
    marks = reader.marks
    never = (marks.grade, marks.detail, marks.open, marks.unfinished, marks.finished)
    return not any(words.pattern.match(text) for words in never)


def _field_span(draft: Draft, school: tuple[int, int] | None, reader: Reader) -> tuple[int, int] | None:
    """The field of study: what follows the degree, else what stands before it, else another piece of its row."""
    degree = draft.degree
    if degree is None:
        return None
    row = draft.rows[draft.row]
    taken = [(m.start, m.end) for m in row.degrees] + ([school] if school else [])
    named = [s.start for s in row.strong]
    pieces = [p for p in _pieces(row, 0, taken=taken) if not any(p.start <= at < p.end for at in named)]
    after = [p for p in pieces if p.start >= degree.end]
    before = [p for p in pieces if p.end <= degree.start and school is not None]
    for piece in (*after, *reversed(before)):
        start = piece.start
        joint = reader.marks.joint.pattern.match(reader.text, start, piece.end)
        while joint and joint.end() > start:
            start = _after_blanks(reader.text, joint.end(), piece.end)
            joint = reader.marks.joint.pattern.match(reader.text, start, piece.end)
        text = reader.text[start : piece.end]
        if len(text) < 2 or not any(c.isalpha() for c in text) or reader.marks.grade.pattern.match(text):
            continue
        if any(words.pattern.match(text) for words in (reader.marks.open, reader.marks.unfinished)):
            continue
        places = (place.start() for place in reader.marks.where.pattern.finditer(text))
        return start, start + next((place for place in places if place), len(text))
    return None


def field_of(draft: Draft, school: tuple[int, int] | None, reader: Reader) -> str | None:
    span = _field_span(draft, school, reader)
    own = _own_field(draft, reader)
    if own:
        return own
    if span:
        text = reader.document.text[slice(*span)]
        for words in (reader.marks.finished, reader.marks.open, reader.marks.unfinished):
            if found := words.pattern.search(plain(text)):
                text = text[: found.start()] if found.start() > 3 else text
        return " ".join(text.split()).strip(" ,.;-–") or None
    return None


def _own_field(draft: Draft, reader: Reader) -> str | None:
    """The field in a degree's own name: "Bachelor of Computer Science", but not "of Science"."""
    if not draft.degree:
        return None
    name = reader.document.text[draft.degree.start : draft.degree.end]
    own = reader.own_field.search(name)
    return " ".join(own[1].split()) if own and not reader.marks.generic.pattern.match(plain(own[1])) else None
