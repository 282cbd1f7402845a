"""The entries of a section: which lines belong to one job, course of study, project or paper.

An entry is found by its date, the one thing that nearly every header has and that stands apart in every layout: alone
in a cell, in the margin, at the end of a line or in brackets. The lines around it that are no bullets and no prose
belong to its header; how many of them stand *above* the date is learned from the first entry of the section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from profilefit.kept import Kept
from profilefit.library import Library
from profilefit.library.words import plain
from profilefit.models import DateRange, Document, Entry, Section
from profilefit.parsing.rows import EDGE, WORKED, Row, section_rows

#: Kinds of section that hold dated items.
ENTRY_SECTIONS = frozenset(
    {"experience", "education", "projects", "publications", "teaching", "volunteering", "thesis", "patents", "talks",
     "grants", "awards", "other"}
)  # fmt: skip

_SEPARATED_BEFORE = re.compile(r"(?:^|[\t(|\[·•,;:/]|\s[–—-]|\s{2})\s*$")
_SEPARATED_AFTER = re.compile(r"^\s*(?:$|[\t)|\]·•,;:/]|\s*[–—-]\s|\s{2}|\()")
_SENTENCE_AFTER = re.compile(r"^\.\s+[A-Z]")
_SENTENCE_BEFORE = re.compile(r"\w{3}\.\s")
_TRAILING_LENGTH = re.compile(r"^\s*\(\s*\d{1,2}[^()\d]{2,20}(?:\d{1,2}[^()\d]{2,12})?\)")
#: Words in front of a date and a full stop, above which they are a sentence.
_NAMED = 5
_UPPER_ROWS = 4
_LOWER_ROWS = 3


@dataclass(frozen=True)
class Block:
    """An entry: ``rows`` of its header, its date, and its lines ``[first, last)``.

    Attributes:
        anchor: the row with the date; ``None`` for an entry without one.
        upper: rows of the header above and with the date; ``lower``: the rows right below it that may belong to it.
        group: only the frame of the entries that follow (a company above its posts).
    """

    upper: tuple[Row, ...]
    lower: tuple[Row, ...]
    anchor: Row | None
    dates: DateRange | None
    first: int
    last: int
    group: bool = False


_BLOCKS = Kept[tuple[Block, ...]]()


def find_entries(document: Document, sections: Sequence[Section], library: Library) -> tuple[Entry, ...]:
    """The dated items of every section, in reading order; projects and papers also without a date.

    An entry runs from the first line of its header to the line before the next header.
    """
    found = []
    for section in sections:
        if section.kind in ENTRY_SECTIONS:
            for block in find_blocks(document, section, library):
                if not block.group:
                    found.append(Entry(section.kind, (block.first, block.last), block.dates))
    return tuple(sorted(found, key=lambda entry: entry.lines))


def find_blocks(document: Document, section: Section, library: Library) -> tuple[Block, ...]:
    """The entries of one section with their headers, in reading order.

    They are kept: entries and positions are read from the same blocks.
    """
    return _BLOCKS.of(document, (section, library), lambda: _find_blocks(document, section, library))


def _find_blocks(document: Document, section: Section, library: Library) -> tuple[Block, ...]:
    rows = section_rows(document, section, library)
    if not rows:
        return ()
    if any(row.line.fields for row in rows):
        return tuple(_record_blocks(rows))
    if section.kind in ("publications", "patents"):
        return tuple(_paragraph_blocks(rows))
    anchors = _anchors(rows, jobs=section.kind in WORKED)
    starts = _header_starts(rows, anchors)
    if section.kind != "other":
        starts |= dict.fromkeys(_undated(rows, starts, anchors, jobs=section.kind == "experience"))
    return tuple(_blocks(rows, starts, library))


# ── anchors: the dates of headers ────────────────────────────────────────────────────────────────────────────────


def _anchors(rows: Sequence[Row], *, jobs: bool) -> dict[int, DateRange]:
    """Positions in ``rows`` that hold the date of a header."""
    found: dict[int, DateRange] = {}
    for at, row in enumerate(rows):
        below_title = at > 0 and at - 1 not in found and rows[at - 1].noun and not rows[at - 1].body
        if row.line.bullet or _in_open_bracket(rows, at):
            continue
        if date := _header_date(row, jobs=jobs, below_title=below_title):
            found[at] = date
    if found:
        return found
    # Entries that are bullets themselves.
    for at, row in enumerate(rows):
        if row.line.bullet and (row.noun or not jobs) and (date := _header_date(row, jobs=jobs, bullet=True)):
            found[at] = date
    return found


def _in_open_bracket(rows: Sequence[Row], at: int) -> bool:
    """Whether a row goes on with a bracket of the row above: "(parental leave," above "eight months, 2021)"."""
    above = rows[at - 1].text if at and rows[at].line.continues else ""
    return above.count("(") > above.count(")")


def _header_date(row: Row, *, jobs: bool, bullet: bool = False, below_title: bool = False) -> DateRange | None:
    """The date of a row that makes it a part of a header."""
    for date in row.dates:
        if _heads(row, date, jobs=jobs, bullet=bullet, below_title=below_title):
            return date
    return None


def _heads(row: Row, date: DateRange, *, jobs: bool, bullet: bool, below_title: bool) -> bool:
    """Whether a date is one of a header rather than of a sentence."""
    begin, end = date.start_char - row.line.start, date.end_char - row.line.start
    end -= row.text[end - 1 : end] == ")"
    before, after = row.text[:begin], _TRAILING_LENGTH.sub("", row.text[end:])
    period, goes_on = date.start != date.end, row.line.continues and row.body
    left, right = before.strip(EDGE), after.strip(EDGE + ".")
    if not left and not right:
        return period or not goes_on
    if goes_on and "\t" not in row.text:
        return False
    in_cell = not before.rpartition("\t")[2].strip(EDGE) and not after.partition("\t")[0].strip(EDGE)
    if in_cell and (period or not row.body or row.noun):
        return True
    opens = below_title and period and not left and re.match(r"\s*[|·•]", after)
    if row.body and not (bullet or opens or (row.noun and (period or not left))):
        return False
    if not left:  # the date in front
        apart = period or row.noun or "\t" in after or re.match(r"\s*(?:[:,|·–—]|\s{2})", after)
        named = below_title or not right[:1].islower() or re.match(r"\s*[|·•]", after)
        return bool(apart and named and not goes_on)
    if not right:
        sentence = after.strip() == "." and len(left.split()) > _NAMED and not row.noun  # "…, in use from 2015."
        return not sentence and bool(_SEPARATED_BEFORE.search(before) or period or row.noun)
    if _SEPARATED_BEFORE.search(before) and _SEPARATED_AFTER.search(after) and (period or row.noun or below_title):
        return len(left.split()) < 14
    told = _SENTENCE_AFTER.search(after) and not _SENTENCE_BEFORE.search(before)
    return period and jobs and row.noun and bool(told or _SEPARATED_AFTER.search(after))


# ── headers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _header_starts(rows: Sequence[Row], anchors: dict[int, DateRange]) -> dict[int, tuple[int, DateRange] | None]:
    """Where the header of each anchor starts: position of its first row → (position of the anchor, date)."""
    starts: dict[int, tuple[int, DateRange] | None] = {}
    order = sorted(anchors)
    model: tuple[Row, ...] = ()
    above = _looks_above(rows, order)
    free = 0  # the first row that no header before has taken
    for at in order:
        run = _run_above(rows, at, free)
        if at == order[0]:
            model = tuple(rows[i] for i in run)
            begin = run[0] if run else at
        else:
            begin = _matching(rows, run, at, model, above)
        starts[begin] = (at, anchors[at])
        free = at + 1
    return starts


def _looks_above(rows: Sequence[Row], order: Sequence[int]) -> frozenset[tuple[str, bool, bool]]:
    """Looks that rows right above a date have, unlike running text and unlike the rows right below a date."""
    body = {_look(row) for row in rows if row.body}
    above = Counter(_look(rows[at - 1]) for at in order if at > 0 and not rows[at - 1].body)
    below = Counter(_look(rows[at + 1]) for at in order if at + 1 < len(rows) and not rows[at + 1].body)
    return frozenset(look for look, n in above.items() if look[0] and look not in body and n > below[look] and n > 1)


def _run_above(rows: Sequence[Row], at: int, free: int) -> list[int]:
    """Positions right above an anchor that may belong to its header."""
    run: list[int] = []
    for i in range(at - 1, free - 1, -1):
        if rows[i].body or len(run) == _UPPER_ROWS:
            break
        run.insert(0, i)
    return run


def _matching(
    rows: Sequence[Row], run: Sequence[int], at: int, model: Sequence[Row], above: frozenset[tuple[str, bool, bool]]
) -> int:
    """Where a header starts whose run of rows above is compared with those of the section's first entry."""
    begin = at
    reach = len(model)
    for i in reversed(run):
        row = rows[i]
        if at - i > max(reach, 1) + 1:
            break
        if row.line.heading:
            return i
        if not row.noun and row.text.rstrip()[-1:] == "." and len(row.text.split()[-1]) > 4:
            break  # the end of what is told of the entry before
        if row.duration and i - 1 in run:
            continue
        titled = _needs_title(rows[at]) and at - i == 1 and row.noun
        if not (titled or _look(row) in above or any(_alike(row, other) for other in model)):
            break
        begin = i
    return begin


def _needs_title(row: Row) -> bool:
    """Whether a row is nothing but a date."""
    return not row.noun and row.words <= 6


def _alike(row: Row, other: Row) -> bool:
    """Whether two rows are set alike, so far as the format tells; else whether both are or are not titles."""
    if row.line.style or other.line.style:
        return row.line.style == other.line.style
    if row.line.bold != other.line.bold:
        return False
    return row.noun == other.noun or row.line.bold


def _undated(
    rows: Sequence[Row], starts: dict[int, tuple[int, DateRange] | None], anchors: dict[int, DateRange], *, jobs: bool
) -> Iterator[int]:
    """Headers without a date: rows set like the others, or, where no row has a date, rows that look like headers."""
    taken = {i for start, held in starts.items() if held for i in range(start, held[0] + 1)}
    styles = {_look(rows[start]) for start in starts} if starts else set()
    first_look = _look(rows[0])
    body_looks = {_look(row) for row in rows if row.body}
    for at, row in enumerate(rows):
        if at in taken or row.body or row.line.continues or row.duration or (row.label and starts):
            continue
        after_header = at > 0 and (at - 1 in taken)
        distinct = _look(row) not in body_looks and (row.line.style != "" or row.line.bold)
        if row.line.heading:
            yield at
        elif jobs:
            if row.noun and not after_header and ((distinct and _look(row) in styles) or not anchors):
                yield at
        elif after_header:
            continue
        elif starts:
            if distinct and _look(row) in styles:
                yield at
        elif (distinct and _look(row) == first_look) or (at + 1 < len(rows) and rows[at + 1].body) or row.line.bold:
            yield at


def _look(row: Row) -> tuple[str, bool, bool]:
    return row.line.style, row.line.bold, bool(row.line.heading)


def _blocks(rows: Sequence[Row], starts: dict[int, tuple[int, DateRange] | None], library: Library) -> Iterator[Block]:
    order = sorted(starts)
    if not order:
        return
    joined = [row for row in rows if not row.body and library.titles.layout.join.search(plain(row.text))]
    posts = {_look(row) for row in joined if row.noun}  # how rows such as "Title at Company" are set here
    for begin, stop in zip(order, [*order[1:], len(rows)][: len(order)], strict=True):
        held = starts[begin]
        anchor = held[0] if held else begin
        upper = tuple(rows[begin : anchor + 1])
        lower = _lower(rows[anchor + 1 : stop], labelled=any(row.label for row in upper))
        group = (
            held is not None
            and anchor + 1 + len(lower) == stop < len(rows)
            and starts[stop] is not None
            and not any(row.noun for row in (*upper, *lower))
            and not any(row in joined and _look(row) in posts for row in upper)
            and any(row.noun for row in rows[stop : stop + 3])
            and _holds(held[1], starts[stop])
        )
        last = rows[stop].index if stop < len(rows) else rows[-1].index + 1
        dates = held[1] if held else None
        yield Block(upper, tuple(lower), rows[anchor] if held else None, dates, rows[begin].index, last, group)


def _holds(frame: DateRange, next_: tuple[int, DateRange] | None) -> bool:
    """Whether a company's dates hold those of the post below it, to the year."""
    if next_ is None:
        return False
    begin, end = (frame.start or "")[:4], (frame.end or "9")[:4]
    return begin <= (next_[1].start or begin)[:4] and (next_[1].end or "9")[:4] <= end


def _lower(rows: Sequence[Row], *, labelled: bool) -> list[Row]:
    """The rows right below a date that may belong to its header; in a form all that are labelled."""
    lower: list[Row] = []
    for row in rows:
        labelled = labelled or bool(row.label)
        if labelled and row.label:
            lower.append(row)
        elif not labelled:
            if row.body or len(lower) == _LOWER_ROWS:
                break
            lower.append(row)
    return lower


def _record_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """One entry a record, with the lines below it."""
    heads = [at for at, row in enumerate(rows) if row.line.fields]
    for begin, stop in zip(heads, [*heads[1:], len(rows)], strict=True):
        row = rows[begin]
        dates = row.dates[0] if row.dates else None
        yield Block((row,), (), row if dates else None, dates, row.index, rows[stop - 1].index + 1)


def _paragraph_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """One entry a paragraph, for references."""
    heads = [at for at, row in enumerate(rows) if not row.line.continues or at == 0]
    for begin, stop in zip(heads, [*heads[1:], len(rows)], strict=True):
        dates = [date for row in rows[begin:stop] for date in row.dates]
        yield Block((rows[begin],), (), None, dates[-1] if dates else None, rows[begin].index, rows[stop - 1].index + 1)
