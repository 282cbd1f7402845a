"""Which part of an entry is the school, and which the field of study.

The school is the piece that a school's word marks, else the piece that stands where the other entries have theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from profilefit.library.words import plain
from profilefit.parsing.education.mentions import Mention, Reader, Row
from profilefit.parsing.education.segments import heads_of

#: Characters of a school's name.
_LONGEST_NAME = 90


#: A subject with the mark it got: "Physics B", "Maths A*".
_MARKED = re.compile(r"\s[A-E]\*{0,2}$")
#: Between the pieces of a row, also a space in scripts that write none between words. A hyphen counts only with space
#: around it, a full stop only after a whole word.
_SEPARATOR = re.compile(
    r"\t|(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff])|\s[–—-]\s|\s?[;|·•→]\s?|[,，；：:|｜、。()]\s?"
    r"|(?:(?<=\w{5})|(?<=\)))\.\s+(?=[“„«\"]?[^\W\d_a-z])|\s//?\s|\s{4,}"
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
    if school.cell:
        return school.cell
    taken = [(m.start, m.end) for m in row.degrees if not m.start <= school.start < m.end]
    pieces = _pieces(row, 0, taken=taken)
    piece = next((p for p in pieces if p.start <= school.start < p.end), None)
    if piece is None:
        return school.start, school.end
    start, end = piece.start, piece.end
    before = row.text[start - row.start : school.start - row.start]
    beside = any(
        start - 3 <= m.end <= start and not re.search(r"[,;:|\t]", reader.text[m.end : start]) for m in row.degrees
    )
    if beside or len(before) > 40:
        run = reader.name_run.search(before)
        start = school.start - (len(run.group()) if run else 0)
        last = max((m.end() for m in reader.to_school.finditer(before)), default=0)
        start = max(start, piece.start + last if beside and last else start)
    leads = list(reader.to_place.finditer(reader.text, start, school.start))
    start = leads[-1].end() if leads and leads[-1].end() == school.start else start
    start += _capitals(row, start, school)
    while grade := reader.marks.grade.pattern.match(reader.text, start, school.start):
        start = _after_blanks(reader.text, grade.end(), school.start)
    joint = reader.marks.joint.pattern.match(reader.text, start, school.start)
    while joint and joint.end() > start and joint.end() <= school.start:
        start = _after_blanks(reader.text, joint.end(), school.start)
        joint = reader.marks.joint.pattern.match(reader.text, start, school.start)
    short = re.compile(r"\s?\(([^()\d]{2,14})\)").match(reader.text, end)
    if short and not any(w.islower() and len(w) > 3 for w in short[1].split()) and short.end() <= row.end:
        end = short.end()
    if trailing := reader.trailing.search(reader.text, start, end):
        end = max(trailing.start(), school.end)
    return start, min(end, start + _LONGEST_NAME)


def _capitals(row: Row, start: int, school: Mention) -> int:
    """Length of a field in capitals that leads up to a school: "MASTER IN DATA SCIENCE Universidade Nova"."""
    names = [row.text[m.start - row.start : m.end - row.start] for m in row.degrees if m.end <= start]
    shouted = any(name.isupper() and sum(map(str.isalpha, name)) > 5 for name in names)
    before = row.text[start - row.start : school.start - row.start]
    run = re.match(r"(?:[^\W\d_a-z][^\sa-z]*\s+)+", before) if shouted else None
    return len(run[0]) if run else 0


def _after_blanks(text: str, at: int, end: int) -> int:
    """The first position from ``at`` on that holds neither space nor punctuation."""
    while at < end and text[at] in " \n-:.,'":
        at += 1
    return at


def unnamed_school(draft: Draft, usual: int | None, reader: Reader, *, framed: bool = False) -> tuple[int, int] | None:
    """The school where no word tells it: what stands where the other entries have theirs, or beside the degree.

    Args:
        framed: the school of the entry before may be meant, so that what may be a field is none.
    """
    if not draft.degree or _is_told(draft, reader):
        return None
    field = _field_span(draft, None, reader)
    sure = field and (reader.is_subject(*field) or _joined(draft.degree, field[0], reader))
    options = _school_options(draft, usual, reader, field)
    beside = any(piece.row == draft.row for *_, piece in options) or not draft.rows[draft.row].dates
    if not (options and beside) and field and not sure and not framed:
        options = _school_options(draft, usual, reader, None)
    if framed:
        options = [option for option in options if not option[0]]
    if not options:
        return None
    *_, piece = min(options, key=lambda option: option[:3])
    return piece.start, piece.end


def _is_told(draft: Draft, reader: Reader) -> bool:
    """Whether a sentence tells of the degree, so that its words are no parts of a row."""
    row, degree = draft.rows[draft.row], draft.degree
    return degree is not None and reader.told(row.whole, degree.start - row.start) != "listed"


def _school_options(
    draft: Draft, usual: int | None, reader: Reader, field: tuple[int, int] | None
) -> list[tuple[bool, int, int, Piece]]:
    """Pieces that may be a school, with their order: no field of study first, then where schools are wont to stand."""
    options: list[tuple[bool, int, int, Piece]] = []
    heads = heads_of(draft.rows)
    # a degree's row that has its own date tells all; else the school stands above or below it
    order = {0: 0, -1: 1, 1: 2} if draft.rows[draft.row].dates else {-1: 0, 1: 1, 0: 2}
    for k, row in enumerate(draft.rows):
        if row not in heads:
            continue
        taken = [(m.start, m.end) for m in row.degrees] + ([field] if field else [])
        if draft.degree and draft.degree.between:
            taken.append(draft.degree.between)
        for piece in _pieces(row, k, taken=taken):
            text = reader.text[piece.start : piece.end]
            if not _is_name(text, reader) or _in_brackets(row, piece):
                continue
            offset = k - draft.row
            wanted = 0 if offset == usual else 1 if usual is not None else order.get(offset, 3)
            options.append((reader.is_subject(piece.start, piece.end), wanted, piece.place, piece))
    return options


def _joined(degree: Mention, at: int, reader: Reader) -> bool:
    """Whether a degree leads over to what stands at a place: "MSc in …"."""
    if at < degree.end:
        return False
    between = reader.text[degree.end : at].strip()
    name = reader.text[degree.start : degree.end].rstrip()
    words = reader.marks.joint.pattern
    return bool((between and words.fullmatch(between)) or (not between and words.fullmatch(name.split()[-1])))


def _in_brackets(row: Row, piece: Piece) -> bool:
    before = row.text[: piece.start - row.start]
    return before.count("(") > before.count(")")


def _is_name(text: str, reader: Reader) -> bool:
    """Whether a piece could be the name of a school: a capital at the start, no grade, no remark."""
    if not 2 <= len(text) <= 60 or not (text[0].isupper() or ord(text[0]) > 0x2E80):
        return False
    marks = reader.marks
    never = (marks.grade, marks.detail, marks.open, marks.unfinished, marks.finished)
    return not (_MARKED.search(text) or any(words.pattern.match(text) for words in never))


def _field_span(draft: Draft, school: tuple[int, int] | None, reader: Reader) -> tuple[int, int] | None:
    """The field of study: what the degree leads over to, else a piece with a word of a subject, else what follows."""
    degree = draft.degree
    if degree is None:
        return None
    row = draft.rows[draft.row]
    options = list(_field_options(row, draft, school, reader))
    generic = reader.marks.generic.pattern
    options = [s for s in options if not generic.fullmatch(reader.text[slice(*s)])] or options
    for span in options:
        if _joined(degree, span[0], reader) and span[0] - degree.end < 24:
            return span
    joint = reader.marks.joint.pattern
    near = [r for r in heads_of(draft.rows) if r is not row and not (r.degrees or r.strong or r.detail)]
    near += [r for r in draft.rows if r.detail and not r.degrees and joint.match(r.text)]
    others = [span for r in near for span in _field_options(r, draft, school, reader)]
    subjects = [span for span in (*options, *others) if reader.is_subject(*span)]
    if not subjects:  # "HTL Kapfenberg, Abteilung Elektronik" below the degree
        named = [r for r in heads_of(draft.rows) if r.strong and r is not row]
        beside = [span for r in named for span in _field_options(r, draft, school, reader)]
        subjects = [span for span in beside if reader.is_subject(*span)]
    for span in subjects:
        if not any(span[0] <= part.start < span[1] for r in draft.rows for part in r.schools):
            return span
    first = next(iter(options), None)
    if first and not (school and degree.end <= school[0] < first[0]):
        return first  # behind the school stands its place
    return subjects[0] if subjects else None


def _field_options(row: Row, draft: Draft, school: tuple[int, int] | None, reader: Reader) -> Iterator[tuple[int, int]]:
    """Pieces of a row that may be a field of study: those behind the degree, then those in front of it."""
    degree = draft.degree
    if degree is None:
        return
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
        if text[0].isdigit() and not reader.marks.subject.pattern.search(text):
            continue
        if reader.library.titles.same.pattern.fullmatch(text):
            continue
        places = (place.start() for place in reader.marks.where.pattern.finditer(text))
        yield start, start + next((place for place in places if place), len(text))


def field_of(draft: Draft, school: tuple[int, int] | None, reader: Reader) -> str | None:
    """The field of study of an entry; ``None`` where it names none."""
    own = _own_field(draft, reader)
    if own:
        return own
    span = _field_span(draft, school, reader)
    if span and _is_told(draft, reader) and not reader.is_subject(*span):
        return None
    if span is None:
        found = (reader.faculty.search(row.text) for row in draft.rows if draft.degree)
        return next((match["subject"] for match in found if match), None)
    text = reader.document.text[slice(*span)]
    for words in (reader.marks.finished, reader.marks.open, reader.marks.unfinished):
        if cut := words.pattern.search(plain(text)):
            text = text[: cut.start()] if cut.start() > 3 else text
    more = re.compile(r"\s?\([^()\n\t]{3,60}\)|:\s?[^\W\d_][^,;()\n\t]{2,40}").match(reader.text, span[1])
    if more and len(text) == span[1] - span[0] and _goes_on(more, draft, reader):
        text += reader.document.text[more.start() : more.end()]
    return " ".join(text.split()).strip(" ,.;-–") or None


def _goes_on(more: re.Match[str], draft: Draft, reader: Reader) -> bool:
    """Whether a bracket or what follows a colon tells more of the field: "MVA (Mathematics, Vision, Learning)"."""
    row = draft.rows[draft.row]
    if any(more.start() <= m.start < more.end() for m in (*row.degrees, *row.schools)) or more.end() > row.end:
        return False
    words = more[0].strip(" (:")
    grade = reader.marks.grade.pattern.match(words) or reader.marks.detail.pattern.match(words)
    return not grade and reader.is_subject(more.start(), more.end())


def _own_field(draft: Draft, reader: Reader) -> str | None:
    """The field in a degree's own name: "Bachelor of Computer Science", but not "of Science"."""
    if not draft.degree:
        return None
    if draft.degree.between:
        start, end = draft.degree.between
        joint = reader.marks.joint.pattern.match(reader.text, _after_blanks(reader.text, start, end), end)
        text = reader.document.text[_after_blanks(reader.text, joint.end() if joint else start, end) : end]
        rest = re.compile(r"\s?[^()\n\t]{3,60}(?=\))").match(reader.text, draft.degree.end)
        if rest and "(" in reader.text[end : draft.degree.end] and reader.is_subject(*rest.span()):
            text = f"{text.strip(' (')} ({reader.document.text[slice(*rest.span())].strip(' ,')})"
            return " ".join(text.split())
        return " ".join(text.split()).strip(" ,.;(-–") or None
    name = reader.document.text[draft.degree.start : draft.degree.end]
    own = reader.own_field.search(name)
    if not own or reader.marks.generic.pattern.match(plain(own[1])) or not reader.is_subject_text(own[1]):
        return None
    more = re.compile(r"\s?\([^()\n\t]{2,60}\)").match(reader.text, draft.degree.end)
    narrower = reader.document.text[more.start() : more.end()] if more and _goes_on(more, draft, reader) else ""
    return " ".join((own[1] + narrower).split())
