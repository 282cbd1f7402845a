"""One entry of an education section as a course of study: its degree, years and status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from profilefit.models import DateRange, Document, Education, Level, Section, Status
from profilefit.parsing.dates import find_dates
from profilefit.parsing.education.mentions import Mention, Reader, Row, order
from profilefit.parsing.education.pieces import Draft, field_of, school_name
from profilefit.parsing.education.segments import heads_of

#: "(3 years 9 months)" behind a date, in any language.
_DURATION = re.compile(r"\s*\((\d{1,2})\s?[^\W\d]+\s(?:[^\W\d]+\s)?(\d{1,2})\s?[^\W\d]+\)")

#: In front of and behind a remark among the words of a title; a label alone in front of one: "Thesis not submitted".
_OPENS_CLAUSE = re.compile(r"[:;.(–—]\s*$")
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[.,;)])")
_LABEL_ALONE = re.compile(r"[\s•*-]*(?:\w+[ ]){1,2}")


def make_draft(rows: Sequence[Row], reader: Reader) -> Draft:
    heads = heads_of(rows)
    named = [(row.degrees, k) for k, row in enumerate(rows) if row in heads and row.degrees]
    degree, at = None, 0
    if named:
        degree = min(named[0][0], key=lambda m: (order(m.level), m.start))
        at = named[0][1]
    schools = [(school, k) for k, row in enumerate(rows) if row in heads for school in row.schools]
    if degree:
        text = "\n".join(row.whole for row in rows)
        end = max((date.end or "" for row in heads for date in row.dates), default="")
        degree = replace(degree, level=reader.level(degree, text, end))
    schools = schools or _schools_named_like_degrees(rows, reader)
    if not schools:
        return Draft(tuple(rows), degree, at, None, None, None)
    school, place = min(schools, key=lambda s: (-s[0].rank, _is_bare(rows[s[1]], s[0], reader), s[1], s[0].start))
    slot = place - at if degree and school.rank > 2 else None
    return Draft(tuple(rows), degree, at, school_name(rows[place], school, reader), slot, school)


def _schools_named_like_degrees(rows: Sequence[Row], reader: Reader) -> list[tuple[Mention, int]]:
    """Schools whose name begins with words that are a degree elsewhere: "École d'ingénieurs du Forez"."""
    found = []
    for k, row in enumerate(rows):
        for named in row.degrees if row in heads_of(rows) else ():
            school = replace(named, level=None, rank=3)
            kinds = reader.schools(reader.text[named.start : named.end], named.start)
            goes_on = school_name(row, school, reader)[1] > named.end + 3
            if goes_on and any(kind.rank > 2 and not kind.level for kind in kinds):
                found.append((school, k))
    return found


def _is_bare(row: Row, school: Mention, reader: Reader) -> bool:
    """Whether nothing but the word for a kind of school is named: "Lise" in "Lise, İzmir Fen Lisesi"."""
    if not school.level:
        return False
    start, end = school_name(row, school, reader)
    return start == school.start and not reader.text[school.end : end].split("(")[0].strip()


def read_entry(
    draft: Draft, school: tuple[int, int] | None, reader: Reader, now: Now, section: str = "education"
) -> Education | None:
    heads = heads_of(draft.rows)
    document, degree = reader.document, draft.degree
    if degree and _not_begun(draft.rows[draft.row], degree, reader):
        return None
    level = degree.level if degree else None
    other = _no_degree(heads, degree, reader)
    if other:
        level = None
    dates = _dates(draft, heads)
    expected = next((d for row in draft.rows for d in row.dates if d.expected and d.end), None)
    start, end = years(dates, expected, reader)
    start, end = _entered(start, end, dates, heads, reader)
    if degree is None and not other and dates:
        level = _school_level(draft, school, reader)
    status = _status(draft, heads, dates, expected, reader, now)
    if (
        dates
        and start
        and end is None
        and not dates.current
        and status == "completed"
        and not _is_finished(draft, reader)
    ):
        status = "in-progress"
    if status == "unknown" and level and start is None:
        start = end
    if degree is None and (school is None or (level is None and not other and not dates)):
        return None
    cited = (degree.start, degree.end) if degree else school
    if cited is None:
        return None
    institution = " ".join(document.text[slice(*school)].split()) if school else None
    if not degree and level is None and status == "completed":
        status = "unknown"
    weight = 2 if dates else 1
    evidence = [document.cite(*cited, section, weight)]
    if school and school != cited:
        evidence.append(document.cite(*school, section, weight))
    return Education(
        level=level,
        degree=_written(draft, reader) or other or "",
        field=field_of(draft, school, reader),
        institution=institution,
        start=start,
        end=end,
        status=status,
        evidence=tuple(evidence),
    )


def _school_level(draft: Draft, school: tuple[int, int] | None, reader: Reader) -> Level | None:
    """The level of what a school leads to where no degree is named: a school for children, a doctoral school."""
    named = draft.named
    if named is None or named.provider:
        return None
    parts = (part.level for row in heads_of(draft.rows) for part in row.schools if part.rank < named.rank)
    if "doctorate" in parts:
        return "doctorate"
    alone = " " not in reader.text[named.start : named.end].strip()
    taught = alone and school is not None and reader.is_subject(*school)
    return None if taught else named.level  # "Machine Learning School" is no school for children


def _not_begun(row: Row, degree: Mention, reader: Reader) -> bool:
    """Whether a row says at the end of a clause that a degree was never studied for: "admitted …, and declined"."""
    if any(date.start != date.end for date in row.dates):
        return False
    for match in reader.marks.not_begun.pattern.finditer(row.whole):
        at, after = row.start + match.start(), row.whole[match.end() :]
        alone = re.match(r"\s*(?:$|[.,;:)|\t–—-])", after) or reader.marks.joint.pattern.match(after.lstrip())
        others = any(degree.end <= other.start for other in row.degrees)
        told = reader.told(row.whole, match.start()) != "listed"
        if (alone or told) and at >= degree.end and not others:
            return True
    return False


def _written(draft: Draft, reader: Reader) -> str:
    """The degree as written, a bracket that opens in it closed."""
    if not draft.degree:
        return ""
    text = " ".join(reader.document.text[draft.degree.start : draft.degree.end].split())
    return text + ")" if text.count("(") > text.count(")") else text


def _no_degree(heads: Sequence[Row], degree: Mention | None, reader: Reader) -> str | None:
    """The words that say that an entry leads to no degree; ``None`` where it may."""
    for row in heads:
        for match in reader.marks.not_degree.pattern.finditer(row.text):
            start, end = row.start + match.start(), row.start + match.end()
            if degree is None:
                return " ".join(reader.document.text[start:end].split())
            if degree.start <= start and end <= degree.end and end - start < 0.6 * (degree.end - degree.start):
                continue  # "Erasmus Mundus Master"
            if row.start <= degree.start < row.end:
                low, high = sorted(((start, end), (degree.start, degree.end)))
                between = reader.text[low[1] : high[0]]
                glossed = start < degree.start and re.fullmatch(r"\s?\(", between)  # "Habilitation (DSc)"
                noted = reader.text[start - 1 : start] + reader.text[end : end + 1] == "()"  # "MBA … (lato sensu)"
                if glossed or noted or (len(between) < 24 and not re.search(r"[,;|·\t.:()–—]", between)):
                    return " ".join(reader.document.text[start:end].split())
    return None


def _dates(draft: Draft, heads: Sequence[Row]) -> DateRange | None:
    """The dates of an entry: those of the degree's row, else the first."""
    rows = [draft.rows[draft.row], *heads]
    every = [d for row in rows for d in row.dates]
    ranges = [d for d in every if d.start != d.end]
    own = draft.rows[draft.row].dates
    if own and any(d in ranges for d in own):
        return next(d for d in own if d in ranges)
    if ranges and not (own and not own[0].expected):
        return ranges[0]
    if len(ranges) == 1 and len(own) == 1 and (ranges[0].end or "")[:4] == (own[0].end or "")[:4]:
        return ranges[0]  # "2022 PhD, University of Patras" above "(2018 – 2022)"
    return own[0] if own else every[0] if every else None


def years(dates: DateRange | None, expected: DateRange | None, reader: Reader) -> tuple[str | None, str | None]:
    """Start and end; a point in time is an end, an expected end completes a range that runs on."""
    if dates is None:
        return None, expected.end if expected else None
    start, end = dates.start, dates.end
    if start == end and sum(c.isdigit() for c in reader.text[dates.start_char : dates.end_char]) < 8:
        start = None
    if expected and (dates.current or end is None):
        end = expected.end
    return start, end


def _entered(
    start: str | None, end: str | None, dates: DateRange | None, heads: Sequence[Row], reader: Reader
) -> tuple[str | None, str | None]:
    """Start and end where a date is told to be the beginning: "awarded Nov. 2019 (regn. July 2013)"."""
    points = [date for row in heads for date in row.dates if date.start == date.end]
    begun = next((date for date in points if reader.begins(date)), None)
    if begun is None or (start and end):
        return start, end
    if dates is None or begun.start_char != dates.start_char:
        return start or begun.start, end
    return begun.start, next((d.end for d in points if d is not begun and (d.end or "") >= (begun.start or "")), None)


def _is_finished(draft: Draft, reader: Reader) -> bool:
    return any(reader.marks.finished.pattern.search(row.whole) for row in draft.rows)


def _status(
    draft: Draft,
    heads: Sequence[Row],
    dates: DateRange | None,
    expected: DateRange | None,
    reader: Reader,
    now: Now,
) -> Status:
    marks = reader.marks
    if expected:
        return "in-progress"
    if any(_is_left(row, reader) for row in draft.rows):
        return "unknown"
    row, degree = draft.rows[draft.row], draft.degree
    if degree and reader.told(row.whole, degree.start - row.start) == "begun":
        return "unknown"
    if dates and dates.current:
        return "in-progress"
    near = [row for row in heads if row is draft.rows[draft.row] or abs(draft.rows.index(row) - draft.row) <= 1]
    if not _is_finished(draft, reader):
        ended = bool(dates and dates.start and dates.end and dates.end[:4] < now.date[:4])
        for row in near:
            if ended and row is not draft.rows[draft.row]:
                continue  # "First year of the training centre." below years that are over
            if any(not _in_dates(row, match.start()) for match in marks.open.pattern.finditer(row.text)):
                return "in-progress"
    if dates and dates.end and now.before(dates.start, dates.end):
        return "in-progress"
    return "completed"


def _is_left(row: Row, reader: Reader) -> bool:
    """Whether a row says that the course was left; the words of a title do not: "Thesis: Dropout in deep nets"."""
    for match in reader.marks.unfinished.pattern.finditer(row.whole):
        before, after = row.whole[: match.start()], row.whole[match.end() :]
        if before.endswith("-"):
            continue
        by_itself = _OPENS_CLAUSE.search(before) or (before.rstrip().endswith(",") and _ENDS_CLAUSE.match(after))
        if not row.detail or by_itself or _LABEL_ALONE.fullmatch(before):
            return True
    return False


def _in_dates(row: Row, at: int) -> bool:
    return any(d.start_char <= row.start + at < d.end_char for d in row.dates)


@dataclass(frozen=True, slots=True)
class Now:
    """The newest date that the document shows outside education.

    Attributes:
        date: ``YYYY`` or ``YYYY-MM``; empty where it shows none.
        exact: it is the day of writing itself, worked out from "since March 2021 (3 years 9 months)".
        graduate: the person says to have graduated.
    """

    date: str
    exact: bool
    graduate: bool = False

    def before(self, start: str | None, end: str) -> bool:
        """Whether a course that ends then was still going on: its end lies after, its beginning before this date."""
        if not self.date:
            return False
        if self.exact:
            return end > self.date[: len(end)]
        if self.graduate:
            return False
        return end[:4] > self.date[:4] and start is not None and start[:4] < self.date[:4]


def newest_date(document: Document, own: Sequence[Section], reader: Reader) -> Now:
    """The date up to which the document tells of its person, outside of the education sections."""
    indices = {index for section in own for index in range(*section.lines)}
    newest, exact, graduate = "", "", False
    for index, line in enumerate(document.lines):
        if index in indices:
            continue
        graduate = graduate or reader.marks.graduate.pattern.search(reader.text[line.start : line.end]) is not None
        for date in find_dates(reader.text[line.start : line.end], reader.library.calendar, line.start):
            if not date.expected:
                newest = max(newest, date.end or date.start or "")
            if date.current and date.start:
                lasted = _DURATION.match(reader.text, date.end_char, line.end)
                if lasted and len(date.start) == 7:
                    months = int(date.start[:4]) * 12 + int(date.start[5:]) - 1 + int(lasted[1]) * 12 + int(lasted[2])
                    exact = max(exact, f"{months // 12}-{months % 12 + 1:02}")
    return Now(exact or newest, bool(exact), graduate)
