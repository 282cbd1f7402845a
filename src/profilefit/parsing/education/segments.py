"""An education section cut into its rows, and the rows into entries.

Which rows make one entry is decided for the whole section at once: of all ways to cut it, the one wins in which most
entries have one degree, one school and one date and begin where the page shows a beginning (white space, the style of
the first row, a date in the margin). So a school that no list knows, or a degree without a school, shifts nothing
after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from profilefit.library.words import plain
from profilefit.models import Level
from profilefit.parsing.education.mentions import SENTENCE_END, Mention, Reader, Row

#: Rows that one entry has at most, and lines of a section that are looked at.
_MOST_ROWS, _MOST_LINES = 14, 160


#: A bracket with figures and a dash, and nothing else in the line.
_DATED_BRACKET = re.compile(r"\([^()]*\d\s?[–—-][^()]*\)[.,]?\s*")


def find_rows(title: str, indices: Sequence[int], reader: Reader) -> list[Row]:
    """The rows of a section of that heading; a line that goes on with the one before is part of its row."""
    lines = reader.document.lines
    groups: list[list[int]] = []
    for index in indices[:_MOST_LINES]:
        if groups and _runs_on(groups[-1], index, reader):
            groups[-1].append(index)
        elif reader.document.content(lines[index]).strip():
            groups.append([index])
    rows: list[Row] = []
    column: int | None = None
    for group in groups:
        start, end = lines[group[0]].start, lines[group[-1]].end
        if group[0] == indices[0]:
            start += len(_margin_title(reader, group[0], title))
        row = reader.row(start, end, index=group[0])
        if _is_table_head(row) and not rows:
            column = _school_column(row, reader)
        elif column is not None and (cell := _cell(row, column)):
            rows.append(_with_school(row, cell))
        else:
            rows += _split(row, reader)
    return _margin_dates(list(_told_apart(_in_column(rows) if column is None else rows, reader)))


def _told_apart(rows: Iterable[Row], reader: Reader) -> Iterator[Row]:
    """The rows; one that says how a degree named above ended is a remark: "Magíster sin titulación"."""
    levels: list[Level | None] = []
    for row in rows:
        marks, degree = reader.marks, row.degrees[0] if row.begins_with_degree else None
        after = reader.text[degree.end : row.end].lstrip(" ,:(-–") if degree else ""
        ended = marks.unfinished.pattern.match(after) or marks.finished.pattern.match(after)
        if degree and ended and degree.level in levels and not (row.strong or row.dates):
            yield replace(row, degrees=(), detail=True)
        else:
            levels += [found.level for found in row.degrees]
            yield row


def _in_column(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; where all known schools stand in one column behind the degrees, it names the others too."""
    known = Counter(row.cell_of(school) for row in rows if row.degrees for school in row.strong)
    column = next(iter(known), 0)
    sure = len(known) == 1 and column > 0 and known[column] > 1
    for row in rows:
        cell = _cell(row, column) if sure and row.degrees and not row.strong else None
        free = cell and not any(cell[0] <= found.start < cell[1] for found in row.degrees)
        yield _with_school(row, cell) if cell and free else row


def _margin_dates(rows: list[Row]) -> list[Row]:
    """The rows, a period that is broken over two of them put together: in the margin ("Oct. 2018 –", "Aug. 2021"), or
    at their ends, where the column of dates is narrow."""
    for k, (row, below) in enumerate(pairwise(rows)):
        if not (row.dates and below.dates):
            continue
        if row.dated_first and below.dated_first:
            one, two, cells = 0, 0, (row.whole.split("\t")[0], below.whole.split("\t")[0])
        else:
            one, two, cells = -1, -1, (row.whole, below.whole.rpartition("\t")[2])
        begun, ended = row.dates[one], below.dates[two]
        alone = ended.start == ended.end and len(cells[1].strip()) <= ended.end_char - ended.start_char + 2
        broken = begun.current and cells[0].rstrip()[-1:] in "-–—" and (ended.end or "") >= (begun.start or "")
        if alone and broken:
            whole = replace(begun, end=ended.end, current=False)
            rows[k] = replace(row, dates=tuple(whole if date is begun else date for date in row.dates))
            rows[k + 1] = replace(below, dates=tuple(date for date in below.dates if date is not ended))
    return rows


def _is_table_head(row: Row) -> bool:
    """Whether a row names the columns of a table: "Degree · Institute · Year"."""
    cells = row.whole.split("\t")
    return len(cells) > 2 and not any(c.isdigit() for c in row.whole) and all(len(cell.split()) < 6 for cell in cells)


def _school_column(head: Row, reader: Reader) -> int | None:
    """The number of the column of a table that names the school: "Institute" before "Board/University"."""
    cells = [cell.strip() for cell in head.whole.split("\t")]
    for words in (reader.marks.school_column, reader.marks.board_column):
        for number, cell in enumerate(cells):
            if words.pattern.match(cell):
                return number
    return None


def _cell(row: Row, number: int) -> tuple[int, int] | None:
    """Where the cell of that number stands, without spaces; ``None`` where it is empty or no name."""
    at = row.start
    for k, cell in enumerate(row.whole.split("\t")):
        text = cell.strip()
        if k == number:
            start = at + len(cell) - len(cell.lstrip())
            return (start, start + len(text)) if text[:1].isalpha() else None
        at += len(cell) + 1
    return None


def _with_school(row: Row, cell: tuple[int, int]) -> Row:
    """A row of a table, its school what stands in the column of schools."""
    inside = [s for s in row.schools if cell[0] <= s.start < cell[1]]
    unknown = Mention(*cell, None, rank=3, cell=cell)
    best = max(inside, key=lambda s: s.rank, default=unknown)
    school = best if best.rank > 2 else unknown
    degrees = tuple(d for d in row.degrees if not cell[0] <= d.start < cell[1]) or row.degrees
    return replace(row, schools=(school,), degrees=degrees)


def _margin_title(reader: Reader, index: int, title: str) -> str:
    """A heading in the margin that stands in the section's first line, or other capitals before the first tab."""
    line = reader.document.lines[index]
    text = reader.document.content(line)
    if "\t" not in text:
        return ""
    cell = text.split("\t")[0]
    if cell.strip() == title:
        return cell + "\t"
    if reader.row(line.start, line.start + len(cell), index=index).strong:
        return ""
    return cell + "\t" if cell.isupper() and len(cell) > 5 and not any(c.isdigit() for c in cell) else ""


def _runs_on(group: Sequence[int], index: int, reader: Reader) -> bool:
    document = reader.document
    last, line = document.lines[group[-1]], document.lines[index]
    if index != group[-1] + 1 or line.bullet:
        return False
    begins = reader.row(line.start, line.end, index=index)
    if begins.begins_with_degree and begins.strong and begins.dates:
        return False  # an entry of its own
    before, text = document.content(last), document.content(line)
    together = reader.text[document.lines[group[0]].start : last.end]
    open_bracket = together.count("(") > together.count(")") and ")" in text
    connected = bool(re.search(r"[-–,(&/]\s*$", before) or reader.unfinished_row.search(plain(before)))
    if line.continues:
        fresh = begins.degrees or begins.strong
        at_start = any(m.start < line.start + 25 for m in (*begins.degrees, *begins.strong))
        return not (fresh and at_start and line.style != last.style and not connected and not open_bracket)
    if line.column != last.column or len(group) > 3:
        return False
    if text.startswith("(") and (begins.begins_with_degree or _DATED_BRACKET.fullmatch(text)):
        return True  # a gloss on the degree above, "(M.Sc. Engineering Physics)", or its years
    if line.style != last.style and begins.begins_with_degree:
        return open_bracket  # "magister studies in …" below the school of another degree
    return (
        open_bracket
        or (connected and "\t" not in text and not re.search(r"\d\s*[-–]\s*$", before))
        or (text[:1].islower() and len(before) > 25 and "\t" not in text)
    )


def _split(row: Row, reader: Reader) -> list[Row]:
    """A row that holds several entries side by side or one after another, taken apart."""
    if row.detail:
        return [row]
    cuts = [row.start]
    for tab in re.finditer(r"\t", row.text):
        cell = row.start + tab.end()
        if all(
            any(a <= d.start_char < b for d in row.dates) and any(a <= m.start < b for m in (*row.degrees, *row.strong))
            for a, b in ((cuts[-1], cell), (cell, row.end))
        ):
            cuts.append(cell)
    if len(cuts) > 1:
        return [reader.row(a, b, row) for a, b in zip(cuts, [*cuts[1:], row.end], strict=True)]
    for one, two in zip(row.degrees, row.degrees[1:], strict=False):
        between = reader.text[one.end : two.start]
        parted = any(one.end <= d.start_char < two.start for d in row.dates) and any(
            d.start_char > two.start for d in row.dates
        )
        cell_end = between.rfind("\t")
        sentence = [*SENTENCE_END.finditer(between)]
        if sentence:
            cuts.append(one.end + sentence[-1].end())
        elif cell_end >= 0 and (parted or any(two.start < s.start for s in row.strong)):
            cuts.append(one.end + cell_end + 1)
        elif parted:
            separators = list(re.finditer(r"[;.|\n]\s*|[,)]\s+", between))
            cuts.append(one.end + separators[-1].end() if separators else two.start)
    if len(cuts) == 1:
        return [row]
    ends = [*cuts[1:], row.end]
    return [reader.row(start, end, row) for start, end in zip(cuts, ends, strict=True)]


def cut(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The best way to cut rows into entries, as ``[first, last)`` pairs."""
    best: tuple[float, list[tuple[int, int]]] | None = None
    usual = _usual_gap(rows)
    for lead in ("degree", "school", "date", ""):
        scores = [0.0] + [-1e9] * len(rows)
        back = [0] * (len(rows) + 1)
        for end in range(1, len(rows) + 1):
            for start in range(max(0, end - _MOST_ROWS), end):
                score = scores[start] + _score(rows, start, end, lead, usual)
                if score > scores[end]:
                    scores[end], back[end] = score, start
        cuts: list[tuple[int, int]] = []
        at = len(rows)
        while at:
            cuts.insert(0, (back[at], at))
            at = back[at]
        total = scores[-1] + (0.3 if lead and lead == _lead(rows[0]) else 0.0)
        if best is None or total > best[0]:
            best = (total, cuts)
    return best[1] if best else []


def _usual_gap(rows: Sequence[Row]) -> float:
    gaps = sorted(row.gap for row in rows[1:] if row.gap > 0)
    return gaps[len(gaps) // 3] if gaps else 0.0


def _score(rows: Sequence[Row], start: int, end: int, lead: str, usual: float) -> float:
    """How much rows ``[start, end)`` look like one entry."""
    first = rows[start]
    facts = heads_of(rows[start:end])
    degrees = sum(len({degree.level for degree in row.degrees}) for row in facts)
    schools = sum(bool(row.strong) for row in facts)
    dates = sum(bool(row.dates) for row in facts)
    usual_without = any(school.level or school.provider for row in facts for school in row.schools)
    score = 3.0 if degrees == 1 else -4.0 * (degrees - 1) if degrees else (-0.5 if usual_without else -2.0)
    score += 2.0 - 1.5 * (schools - 1) if schools else 0.0
    score += 1.5 - 1.4 * (dates - 1) if dates else 0.0
    score -= 2.0 * any(_begins_alike(row, rows[0]) for row in facts[1:])
    if lead and (degrees or schools):
        score += 0.6 * (_lead(first) == lead)
    return score + (_beginning(rows, start, usual) if start else 0.0)


def _begins_alike(row: Row, top: Row) -> bool:
    """Whether a row names something with its dates at the end of the row, as the first row of the section does."""
    alike = row.dated_last and top.dated_last and row.style == top.style
    return alike and not (row.degrees or row.strong or row.detail)


def _lead(row: Row) -> str:
    """What a row names first."""
    found = [(row.degrees[0].start, "degree")] if row.degrees else []
    found += [(row.strong[0].start, "school")] if row.strong else []
    found += [(row.dates[0].start_char, "date")] if row.dates and row.dated_first else []
    return min(found)[1] if found else ""


def _beginning(rows: Sequence[Row], at: int, usual: float) -> float:
    """How much a row looks like the beginning of an entry, beside the first row of the section."""
    row, before, top = rows[at], rows[at - 1], rows[0]
    score = -0.4
    styled = len({r.style for r in rows}) > 1
    if row.detail:
        score -= 4.0
    whole = row.begins_with_degree and row.strong and row.dates
    if row.bullet and not top.bullet and not whole:
        score -= 4.0
    elif top.bullet and not row.bullet:
        score -= 1.5
    elif row.bullet:
        score += 1.0
    if usual and row.gap > usual * 1.2:
        score += 0.9
    if styled and not row.bullet:
        if row.style == top.style:
            score += 1.0 if before.style != row.style else 0.3
        else:
            score -= 0.7
    if top.dated_first:
        score += 1.0 if row.dated_first else -1.2
    if row.indent > top.indent + 8:
        score -= 1.0
    if not (row.degrees or row.strong or row.dates):
        short = len(row.text) <= 60 and not row.text.rstrip().endswith(".") and (not styled or row.style == top.style)
        score -= 0.5 if short and not row.detail else 3.0
    return score


def heads_of(rows: Sequence[Row]) -> list[Row]:
    """The rows that state the facts of an entry, without lines about it."""
    return [
        row
        for k, row in enumerate(rows)
        if k == 0 or not (row.detail or (row.bullet and not rows[0].bullet and not row.begins_with_degree))
    ]
