"""The lines of a section as rows: their cells and dates, and whether each may be part of a header or tells of work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property

from profilefit.library import Library
from profilefit.library.credentials import heading_key
from profilefit.library.words import plain
from profilefit.models import DateRange, Document, Line, Section
from profilefit.parsing.dates import find_dates
from profilefit.parsing.records import record_dates

#: What stands around a date or a name without belonging to it.
EDGE = " \t,;:|·•–—-~()[]/"
#: Kinds of section whose entries are posts.
WORKED = ("experience", "volunteering", "teaching", "other")
_SENTENCE = re.compile(r"[a-zà-ÿ)\d][.!?。]\s+\S")
_BRACKETS = re.compile(r"\([^()]*\)")
#: What a row begins with, up to a tab or a colon.
_LABELLED = re.compile(r"\s*([^\t:：]{2,70})\s*(?:[:：]\s*|\t\s*)(?=\S)")
#: Words of a title that stands alone.
_SHORT, _LONGEST = 8, 12
#: Words of the shortest sentence that is told by a date inside it.
_SENTENCE_WORDS = 7
#: Characters of a line that is nothing but a period.
_LONGEST_DATE = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a row between tabs: characters ``[start, end)`` of the document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Row:
    """A line of a section, with what its layout says.

    Attributes:
        index: into ``Document.lines``.
        dates: the periods in it, positions in the document.
        body: belongs to a bullet or to prose, so it is no part of a header.
        noun: a head noun of job titles stands in it.
        duration: nothing but a length of time.
        label: what the words at its beginning say of the rest ("Employer: …", "Dates …"): a key of
            ``Titles.labels``, or nothing.
        told: where the text behind the label begins, counted from the beginning of the row.
    """

    index: int
    line: Line
    text: str
    dates: tuple[DateRange, ...]
    _: KW_ONLY
    body: bool = False
    noun: bool = False
    duration: bool = False
    label: str = ""
    told: int = 0

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The parts between tabs."""
        found, at = [], self.line.start
        for part in self.text.split("\t"):
            found.append(Cell(at, at + len(part), part))
            at += len(part) + 1
        return tuple(found)

    @property
    def words(self) -> int:
        return len(self.text.split())


def section_rows(document: Document, section: Section, library: Library) -> list[Row]:
    """The lines of a section as rows; a wrapped line is body if what it goes on with is."""
    rows: list[Row] = []
    bulleted = form = False
    first, last = section.lines
    for index in range(first, last):
        line = document.lines[index]
        text = document.content(line)
        if not text.strip():
            continue
        if line.fields:
            rows.append(_record_row(document, index, library))
            bulleted = False
            continue
        if line.continues and rows and bulleted:
            if not _is_margin_date(document, index, last, library):
                rows.append(Row(index, line, text, (), body=True))
                continue
            line = replace(line, continues=False)
        bulleted = line.bullet
        if not rows and _is_table_head(document, index, last, library):
            continue
        dates = _dates(text, line, section, library)
        if rows and dates and (whole := _completed(rows[-1], dates[0]) or _broken(rows[-1], text, line, library)):
            rows[-1] = replace(rows[-1], dates=(*rows[-1].dates[:-1], whole))
            dates = dates[1:]
            if whole.end_char > line.start and not text[whole.end_char - line.start :].strip(EDGE + "."):
                rows.append(Row(index, line, text, (), body=rows[-1].body, duration=True))
                continue
        label, told = _label(plain(text), library)
        form = form or (label == "rest" and bool(dates) and dates[0].start_char - line.start == told)
        if form and label and line.bullet:
            line = replace(line, bullet=False)  # a form whose labels are items of a list
        row = Row(index, line, text, dates, label=label, told=told)
        rows.append(_judged(document, section, row, rows[-1] if rows else None, library))
    return rows


def _record_row(document: Document, index: int, library: Library) -> Row:
    """A line whose cells the format names."""
    line = document.lines[index]
    date = record_dates(document, line, library)
    return Row(index, line, document.content(line), (date,) if date else ())


def _dates(text: str, line: Line, section: Section, library: Library) -> tuple[DateRange, ...]:
    dates = find_dates(text, library.calendar, line.start)
    return tuple(_together(text, line.start, dates, library) if section.kind in WORKED else dates)


def _judged(document: Document, section: Section, row: Row, above: Row | None, library: Library) -> Row:
    """A row with what its words say: whether it holds a title, is a length of time or body, and goes on or not."""
    line, text, dates, last = row.line, row.text, row.dates, section.lines[1]
    flat = plain(text)
    noun = row.label == "post" or (not row.label and bool(library.titles.noun.search(_BRACKETS.sub("", flat))))
    undated = _undated_text(document, row.index, last, dates, library)
    alone = line.bullet or is_prose(undated) or _is_dated_inside(undated)
    if not alone and above and section.kind in WORKED and not (dates or noun or row.label):
        alone = _is_sentence(flat, library)
    if noun and line.continues and above and _parted(document, row.index, last, dates, above, alone, library):
        line = replace(line, continues=False)
    if alone and noun and above and _is_date(above) and not (line.bullet or line.continues):
        alone = len(flat.split()) > _LONGEST or is_prose(text)  # a title, though text runs on below it
    return replace(
        row,
        line=line,
        body=above.body if line.continues and above else alone,
        noun=noun,
        duration=bool(library.titles.layout.duration.fullmatch(flat.strip(EDGE))),
    )


def _label(flat: str, library: Library) -> tuple[str, int]:
    """The label at the beginning of a row, in a cell of its own or before a colon, and where what it labels begins."""
    match = _LABELLED.match(flat)
    if match is None:
        return "", 0
    found = (name for name, label in library.titles.labels.items() if label.whole.fullmatch(match[1]))
    name = next(found, "")
    heads = name or (":" in match[0] and heading_key(match[1]) in library.headings.names)
    return name, match.end() if heads else 0


def _together(text: str, offset: int, dates: Sequence[DateRange], library: Library) -> Iterator[DateRange]:
    """Periods that only a comma or "and" parts as one: "summers 2014 and 2015", "2015, 2017 – 2019"."""
    held: DateRange | None = None
    for date in dates:
        if held is not None and held.end is not None and (date.end or "9") >= held.end and not held.current:
            between = plain(text[held.end_char - offset : date.start_char - offset]).strip().lower()
            if between in ",;&+/" or between in library.headings.joins:
                held = replace(held, end=date.end, current=date.current, end_char=date.end_char)
                continue
        if held is not None:
            yield held
        held = date
    if held is not None:
        yield held


def _is_sentence(flat: str, library: Library) -> bool:
    """Whether a short row is a sentence rather than a name: "Moved the nightly jobs to Kubernetes."."""
    words = flat.split()
    plain_words = sum(word.isalpha() and word.islower() and len(word) > 3 for word in words[1:])
    ends = flat.rstrip()[-1:] in (".", "!", "?", "。") and len(words[-1]) > 4
    return ends and len(words) > 3 and plain_words > 0 and not library.titles.layout.organisation.search(flat)


def _is_date(row: Row) -> bool:
    """Whether a row is a period and nothing else."""
    spoken = sum(date.end_char - date.start_char for date in row.dates)
    return len(row.dates) == 1 and len(row.text.strip(EDGE)) - spoken < 3


def _is_margin_date(document: Document, index: int, last: int, library: Library) -> bool:
    """Whether a line that seems to go on with an item is a period alone, with a title right below it."""
    line = document.lines[index]
    text = document.content(line)
    if index + 1 >= last or len(text) > _LONGEST_DATE:
        return False
    dates = find_dates(text, library.calendar, line.start)
    below = document.lines[index + 1]
    alone = len(dates) == 1 and _opens(dates, line) and dates[0].end_char >= line.end - 1
    return alone and not below.bullet and bool(library.titles.noun.search(plain(document.content(below))))


def _parted(
    document: Document,
    index: int,
    last: int,
    dates: Sequence[DateRange],
    above: Row,
    alone: bool,
    library: Library,
) -> bool:
    """Whether a line with a title that seems to go on with the line above is a header of its own.

    It begins with a period; or the line above has ended, with a full stop or a date, and a period ends this one or
    stands below it.
    """
    line = document.lines[index]
    if _opens(dates, line):
        return True
    ended = above.text.rstrip().endswith((".", "。"))
    if not alone and ended and (dates or _heads(document, index, last, library)):
        return True
    dated = bool(above.dates) and not above.text[above.dates[-1].end_char - above.line.start :].strip(EDGE + ".")
    return (ended or dated) and _closes(document.content(line), dates, line)


def _closes(text: str, dates: Sequence[DateRange], line: Line) -> bool:
    """Whether a period stands at the very end of a line."""
    return (
        bool(dates)
        and dates[-1].start != dates[-1].end
        and not text[dates[-1].end_char - line.start :].strip(EDGE + ".")
    )


def _heads(document: Document, index: int, last: int, library: Library) -> bool:
    """Whether a short line without a full stop stands above a period: what goes before it has ended."""
    text = document.content(document.lines[index]).rstrip()
    if len(text.split()) > _SHORT or text[-1:] in ".,;:" or not text[:1].isupper():
        return False
    below = document.lines[index + 1 : min(index + 3, last)]
    return any(_opens(find_dates(document.content(line), library.calendar, line.start), line) for line in below)


def _broken(above: Row, text: str, line: Line, library: Library) -> DateRange | None:
    """The period that is broken over this row and the one above: "August 2014 – December" above "2018".

    Where both have a cell of dates in the margin, it is broken over these cells.
    """
    if not (above.dates and text[:1].isdigit()):
        return None
    upper, lower = above.text, text
    if "\t" in upper and "\t" in lower:
        upper, lower = upper.partition("\t")[0], lower.partition("\t")[0]
        if any(date.start != date.end for date in find_dates(lower, library.calendar)):
            return None
    elif not line.continues:
        return None
    border = above.line.start + len(upper)
    crossing = find_dates(f"{upper} {lower}", library.calendar, above.line.start)
    whole = next((date for date in crossing if date.start_char < border < date.end_char), None)
    if whole and whole.start == whole.end:
        return None  # "2017, summer" above "2016"
    # what stands in the margin below belongs to this row: its place is the end of the cell above
    return replace(whole, end_char=border) if whole and upper != above.text else whole


def _completed(above: Row, date: DateRange) -> DateRange | None:
    """The period that ends the row above with a dash and goes on with the date that begins this one."""
    if not above.dates or date.start_char != above.line.end + 1 or date.start != date.end:
        return None
    open_ = above.dates[-1]
    written = above.text.rstrip()
    dashed = written.endswith(("-", "–", "—")) and open_.end_char >= above.line.start + len(written)
    if not dashed or open_.start is None or (date.end or "") < open_.start[: len(date.end or "")]:
        return None
    return replace(open_, end=date.end, current=False, expected=date.expected, end_char=date.end_char)


def _is_table_head(document: Document, index: int, last: int, library: Library) -> bool:
    """Whether a row names the columns of the table below it: "Years · Role · Company"."""
    cells = document.content(document.lines[index]).split("\t")
    if len(cells) < 3 or index + 1 >= last or any(c.isdigit() for cell in cells for c in cell):
        return False
    below = document.content(document.lines[index + 1])
    same = len(below.split("\t")) == len(cells) and all(len(cell.split()) < 4 for cell in cells)
    return same and bool(find_dates(below, library.calendar))


def _opens(dates: Sequence[DateRange], line: Line) -> bool:
    """Whether a period stands at the very beginning of a line."""
    return bool(dates) and dates[0].start_char == line.start and dates[0].start != dates[0].end


def _undated_text(document: Document, index: int, last: int, dates: Sequence[DateRange], library: Library) -> str:
    """A paragraph from its first line on, without the dates of that line."""
    line = document.lines[index]
    text = document.content(line)
    for date in reversed(dates):
        text = text[: date.start_char - line.start] + "\t" + text[date.end_char - line.start :]
    for following in document.lines[index + 1 : last]:
        if not following.continues or line.continues:
            break
        content = document.content(following)
        dates = find_dates(content, library.calendar, following.start)
        if _opens(dates, following) or (
            _closes(content, dates, following) and library.titles.noun.search(plain(content))
        ):
            break
        text += " " + content
    return _without_stop(text, library)


def _is_dated_inside(undated: str) -> bool:
    """Whether a sentence goes on around its date, for which a tab stands: "Acme makes A and, since 2023, B"."""
    before, tab, behind = undated.partition("\t")
    inside = bool(tab) and before.rstrip().endswith(",") and behind.startswith(",") and "\t" not in behind
    return inside and behind.rstrip().endswith(".") and len(before.split()) + len(behind.split()) >= _SENTENCE_WORDS


def _without_stop(text: str, library: Library) -> str:
    """A header without the full stop of a legal form at its end, which ends no sentence: "Trainee, Sabores S.A."."""
    form = next((form for form in library.titles.layout.form.finditer(plain(text)) if form.end() > len(text) - 2), None)
    return text[: form.start()].rstrip(" ,") if form else text


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as running text rather than as a part of a header.

    >>> is_prose("Own the scoring service, which answers a million requests a month."), is_prose("IBM, Leeds")
    (True, False)
    """
    words = max((part.split() for part in text.split("\t")), key=len)
    if not words:
        return False
    longest = " ".join(words)
    if words[0].isalpha() and words[0].islower() and len(words) > 3:
        return True
    if longest[-1] in ".。!?" and (len(words) > 6 or longest[-1] == "。" or _SENTENCE.search(longest[:-1])):
        return True
    return len(words) > 16 or (len(words) > 12 and bool(_SENTENCE.search(longest)))
