"""Courses of study and the degrees they led to, entry by entry.

``segments`` cuts a section into entries, ``entry`` reads one of them, with ``pieces`` for its school and field of
study; all of them build on what ``mentions`` finds in a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from profilefit.library.words import plain
from profilefit.models import LEVELS, Document, Education, Guarded, Level, Position, Section, Status
from profilefit.parsing.education.entry import Now, make_draft, newest_date, read_entry, years
from profilefit.parsing.education.mentions import SENTENCE_END, Finder, Reader, Row, order
from profilefit.parsing.education.pieces import Draft, unnamed_school
from profilefit.parsing.education.segments import cut, find_rows, heads_of
from profilefit.parsing.records import record_dates

if TYPE_CHECKING:
    from profilefit.library import Library

#: Entries of a section, or outside of any: nobody has more, and each may cost a look at all of a long row.
_MOST_ENTRIES = 40
#: What stands between a name and the degree behind it: "Jane Roe, PhD".
_BEHIND_A_NAME = re.compile(r"[,(]\s*$")


def find_education(
    document: Document, sections: Sequence[Section], others: Sequence[Guarded], library: Library
) -> tuple[Education, ...]:
    """Courses of study in the order of the document.

    Args:
        others: what is said of others: "My brother is halfway through a PhD".

    Education sections are read; only where they name no degree at all, sections of courses ("Training") are, and then
    the summary and the lines under the name.
    Studies that lead to no degree (an exchange, a certificate) have ``level=None``.
    """
    reader = Reader(document, library)
    own = [section for section in sections if section.kind == "education"]
    now = newest_date(document, own, reader)
    found: list[Education] = []
    for title, part in _joined(own):
        records = any(document.lines[index].fields for index in part)
        found += _recorded(part, reader, now) if records else _one_course(_entries(title, part, reader, now))
    if not any(entry.level for entry in found):
        courses = [section for section in sections if section.kind == "courses"]
        taken = (entry for title, part in _joined(courses) for entry in _entries(title, part, reader, now))
        found += [entry for entry in taken if entry.level and entry.institution]
    if not any(entry.level for entry in found):
        found += _mentions(document, sections, reader, now)
    return tuple(course for course in _distinct(found) if not _is_among(course.evidence[0].start, others))


def _is_among(at: int, others: Iterable[Guarded]) -> bool:
    return any(told.start <= at < told.end for told in others)


def add_posts(education: Sequence[Education], positions: Sequence[Position], library: Library) -> tuple[Education, ...]:
    """The courses of study, and a doctorate that only a post of today tells: "Doctoral researcher, since 2022"."""
    if any(course.level == "doctorate" for course in education):
        return tuple(education)
    for post in positions:
        if post.current and any(level == "doctorate" for *_, level in find_degrees(post.title, library)):
            cited = tuple(replace(evidence, level=1) for evidence in post.evidence)
            studied = Education(
                "doctorate", post.title, None, post.organisation, post.start, None, "in-progress", cited
            )
            return (studied, *education)
    return tuple(education)


def find_degrees(text: str, library: Library, *, inside: bool = True) -> list[tuple[int, int, Level]]:
    """Degrees of the person's own that a line names: where they stand and their levels.

    Args:
        inside: the line stands in an education section, where any case and every spelling counts.

    >>> from profilefit.library import load_library
    >>> find_degrees("Mentored 3 PhD students; MSc Statistics", load_library())
    [(25, 28, 'master')]
    """
    finder = Finder(library)
    found = finder.degrees(finder.facts(plain(text)), 0, inside=inside)
    return [(mention.start, mention.end, mention.level) for mention in found if mention.level]


def _joined(sections: Sequence[Section]) -> Iterator[tuple[str, list[int]]]:
    """Heading and line numbers of each education section, its pieces put together."""
    pieces: dict[str, list[int]] = {}
    for section in sections:
        pieces.setdefault(section.title, []).extend(range(*section.lines))
    yield from pieces.items()


def _entries(title: str, indices: Sequence[int], reader: Reader, now: Now) -> Iterator[Education]:
    rows = find_rows(title, indices, reader)
    if not rows:
        return
    drafts = [make_draft(rows[i:j], reader) for i, j in cut(rows)]
    slots = Counter(draft.slot for draft in drafts if draft.slot is not None and draft.degree)
    usual = slots.most_common(1)[0][0] if slots else None
    held: tuple[int, int] | None = None
    above: tuple[int, int] | None = None
    for draft in drafts[:_MOST_ENTRIES]:
        school = draft.school or unnamed_school(draft, usual, reader, framed=held is not None)
        school = above = above if above and _is_same_school(draft, reader) else school
        if school is None and draft.degree and draft.row == 0 and held:
            school = held
        if draft.school and draft.degree and draft.school[0] < draft.degree.start:
            held = draft.school
        elif draft.school:
            held = None
        made = read_entry(draft, school, reader, now)
        if made:
            yield made


def _is_same_school(draft: Draft, reader: Reader) -> bool:
    """Whether an entry says that its school is the one of the entry above: "mesma universidade"."""
    return any(reader.library.titles.same.find(row.text) for row in heads_of(draft.rows))


def _recorded(indices: Sequence[int], reader: Reader, now: Now) -> Iterator[Education]:
    """The courses of study of records whose cells the format itself names, with the remarks below each."""
    document = reader.document
    heads = [at for at, index in enumerate(indices) if document.lines[index].fields]
    for begin, stop in zip(heads, [*heads[1:], len(indices)], strict=True):
        line = document.lines[indices[begin]]
        named, field, school, status, level = (
            document.field(line, name) for name in ("degree", "field", "institution", "status", "level")
        )
        cited = named or field or school
        if cited is None:
            continue
        dates = record_dates(document, line, reader.library)
        told = min((span[0] - 1 for span in (status, level) if span), default=line.end)
        row = reader.row(line.start, told, index=indices[begin])
        row = replace(row, dates=(dates,) if dates else ())
        below = [document.lines[index] for index in indices[begin + 1 : stop]]
        remarks = [reader.row(each.start, each.end, index=each.number - 1) for each in below]
        draft = make_draft([row, *(replace(remark, detail=True, dates=()) for remark in remarks)], reader)
        mentions = [m for span in (named, field) if span for m in row.degrees if span[0] <= m.start < span[1]]
        degree = min(mentions, key=lambda m: (order(m.level), m.start)) if mentions else None
        draft = replace(draft, degree=degree, row=0, school=school, slot=None)
        start, end = years(dates, None, reader)
        bare = Education(None, "", None, None, start, end, "unknown", (document.cite(*cited, "education", 1),))
        made = bare if named and degree is None else read_entry(draft, school, reader, now) or bare
        noted = document.text[slice(*level)] if level else ""  # as we wrote it ourselves: nothing is to be read anew
        yield replace(
            made,
            level=noted if noted in LEVELS else None if noted else made.level,
            status=cast(Status, document.text[slice(*status)]) if status else made.status,
            degree=document.text[slice(*named)] if named and (noted or degree is None) else made.degree,
            field=document.text[slice(*field)]
            if field and (named or degree is None)
            else None
            if noted
            else made.field,
            institution=document.text[slice(*school)] if school else None,
        )


def _one_course(entries: Iterable[Education]) -> Iterator[Education]:
    """Entries, the line of an entrance and the line of a leaving taken together: "入学", "修了"."""
    held: Education | None = None
    for entry in entries:
        if held and _continues(held, entry):
            held = replace(entry, start=held.start, evidence=(*entry.evidence, *held.evidence))
        else:
            if held:
                yield held
            held = entry
    if held:
        yield held


def _continues(one: Education, two: Education) -> bool:
    same = one.level and one.level == two.level and one.institution == two.institution
    return bool(same and one.start and not one.end and two.end and not two.start and one.start <= two.end)


def _mentions(document: Document, sections: Sequence[Section], reader: Reader, now: Now) -> Iterator[Education]:
    """Degrees that the summary or the lines under the name speak of."""
    found: list[Education] = []
    for section in sections:
        if section.kind not in ("other", "summary", "contact"):
            continue
        for index in range(*section.lines):
            line = document.lines[index]
            row = reader.row(line.start, line.end, index=index, inside=False)
            for clause in islice(_clauses(row, reader), _MOST_ENTRIES - len(found)):
                before = reader.text[row.start : clause.degrees[0].start]
                if section.kind == "contact" and not _BEHIND_A_NAME.search(before):
                    continue  # a name that reads like a degree
                draft = make_draft([clause], reader)
                made = read_entry(draft, draft.school, reader, now, section.kind)
                if made and made.level:
                    found.append(_spoken(made, before, reader))
    told: set[Level | None] = set()
    for entry in found:
        same = [other for other in found if other.level == entry.level and other is not entry]
        if entry.institution or not (entry.level in told or any(other.institution for other in same)):
            told.add(entry.level)
            yield entry


def _spoken(entry: Education, before: str, reader: Reader) -> Education:
    """A degree of a sentence: still open if the words that lead up to it say so, its field only if it is one."""
    clause = re.split(r"[.;!?]\s", before)[-1]
    studying = entry.status == "completed" and reader.marks.open.pattern.search(clause.rsplit(",", 1)[-1])
    subject = entry.field if entry.field and reader.is_subject_text(entry.field) else None
    return replace(entry, status="in-progress" if studying else entry.status, field=subject)


def _clauses(row: Row, reader: Reader) -> Iterator[Row]:
    """What a sentence says of each of its degrees: from the degree on, or all of it if its school stands before."""
    stops = [match.end() + row.start for match in SENTENCE_END.finditer(row.whole)]
    for degree, following in zip(row.degrees, [*row.degrees[1:], None], strict=False):
        begin = max((stop for stop in stops if stop <= degree.start), default=row.start)
        end = min([stop for stop in stops if stop > degree.start] + [following.start if following else row.end])
        earlier = [other.end for other in row.degrees if other.end <= degree.start]
        begin = max([begin, *earlier])
        if any(degree.end <= school.start < end for school in row.strong):
            begin = degree.start
        yield replace(reader.row(begin, end, row, inside=False), degrees=(degree,), detail=False)


def _distinct(found: Iterable[Education]) -> Iterator[Education]:
    """One of each: the same degree of the same school named twice is one."""
    seen: list[Education] = []
    for entry in found:
        if not (entry.level and any(_is_same(entry, other) for other in seen)):
            seen.append(entry)
            yield entry


def _is_same(one: Education, two: Education) -> bool:
    keys = [(e.level, (e.institution or "").lower(), e.end) for e in (one, two)]
    fields = {(e.field or "").lower() for e in (one, two)} - {""}
    return keys[0] == keys[1] and len(fields) < 2
