"""Courses of study and the degrees they led to, entry by entry.

An education section is a run of rows. Which rows make one entry is decided for the whole section at once: of all ways
to cut it, the one wins in which most entries have one degree, one school and one date and begin where the page shows
a beginning (white space, the style of the first row, a date in the margin). So a school that no list knows, or a
degree without a school, shifts nothing after it. Inside an entry the school is the piece that a school's word marks,
else the piece that stands where the other entries have theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from profilefit.library.words import phrase_pattern, plain
from profilefit.models import LEVELS, DateRange, Document, Education, Level, Section, Status
from profilefit.parsing.dates import find_dates
from profilefit.parsing.records import record_dates

if TYPE_CHECKING:
    from profilefit.library import Library

#: Rows that one entry has at most, lines of a section that are looked at, and characters of a school's name.
_MOST_ROWS, _MOST_LINES, _LONGEST_NAME = 14, 160, 90
#: Entries of a section, or outside of any: nobody has more, and each may cost a look at all of a long row.
_MOST_ENTRIES = 40
#: Between the pieces of a row. A hyphen counts only with space around it, a full stop only after a whole word.
_SEPARATOR = re.compile(
    r"\t|\s[–—-]\s|\s?[;|·•→]\s?|[,，；：:|｜、。()]\s?|(?:(?<=\w{5})|(?<=\)))\.\s+(?=[^\W\d_a-z])|\s//?\s"
)
#: "(3 years 9 months)" behind a date, in any language.
_DURATION = re.compile(r"\s*\((\d{1,2})\s?[^\W\d]+\s(?:[^\W\d]+\s)?(\d{1,2})\s?[^\W\d]+\)")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A degree or a school named at ``[start, end)`` of the document."""

    start: int
    end: int
    level: Level | None
    rank: int = 0
    provider: bool = False


@dataclass(frozen=True)
class _Row:
    """A row of a section: one line with its wrapped lines, or a cell that is an entry by itself.

    ``text`` holds its facts, remarks blanked out; ``whole`` is all of it.
    """

    start: int
    end: int
    text: str
    whole: str
    degrees: tuple[_Mention, ...]
    schools: tuple[_Mention, ...]
    dates: tuple[DateRange, ...]
    bullet: bool
    detail: bool
    style: str
    indent: float
    gap: float

    @cached_property
    def strong(self) -> tuple[_Mention, ...]:
        """Schools that can name an institution by themselves."""
        return tuple(school for school in self.schools if school.rank > 2)

    @property
    def begins_with_degree(self) -> bool:
        return bool(self.degrees) and self.degrees[0].start - self.start < 3

    @property
    def dated_first(self) -> bool:
        """The row begins with its date (a date in the margin, or a table by years)."""
        return bool(self.dates) and not self.text[: self.dates[0].start_char - self.start].strip(" (\t")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a row between separators; ``place`` counts pieces from the row's beginning."""

    start: int
    end: int
    row: int
    place: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before schools are settled between neighbours."""

    rows: tuple[_Row, ...]
    degree: _Mention | None
    row: int
    school: tuple[int, int] | None
    slot: int | None
    named: _Mention | None


class _Finder:
    """Finds degrees, schools and dates in plain text."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.marks = library.degrees.marks

    def degrees(self, text: str, start: int, *, inside: bool) -> tuple[_Mention, ...]:
        """Degrees named in a text that are the person's own, spellings of one degree as one mention."""
        degrees = self.library.degrees
        vetoes = [match.span() for match in self.marks.veto.pattern.finditer(text)]
        found: list[_Mention] = []
        for match, name in (degrees.inside if inside else degrees.outside).find_all(text):
            if _is_word(match.group(), text, match.start()) or _vetoed(match.span(), vetoes, text):
                continue
            if self._in_a_name(text, *match.span()):
                continue
            level = degrees.degree[name].level
            mention = _Mention(start + match.start(), start + match.end(), level)
            if found and _same(found[-1], mention, text[found[-1].end - start : match.start()]):
                highest = min((found[-1].level, level), key=_order)
                found[-1] = replace(found[-1], end=mention.end, level=highest)
            else:
                found.append(mention)
        return tuple(found)

    def _in_a_name(self, text: str, start: int, end: int) -> bool:
        """Whether a kind of school that also names its diploma is part of a longer name: "Durban High School"."""
        schools = self.library.institutions.root.values()
        if not any(words.level and words.pattern.fullmatch(text[start:end]) for words in schools):
            return False
        before, after = text[:start], text[end:]
        begins = re.search(r"(?:^|[,;:|·(\t\n])\s*$", before)
        ends = re.match(r"\s*(?:$|[,;:|·)(\t\n]|[–—-]\s|\d)", after)
        return not (begins and ends)

    def schools(self, text: str, start: int) -> tuple[_Mention, ...]:
        """Words for schools in a text, the longest where they overlap."""
        kinds = self.library.institutions.root
        found = [
            _Mention(
                start + match.start(), start + match.end(), kinds[kind].level, kinds[kind].rank, kinds[kind].provider
            )
            for match, kind in self.library.institutions.finder.find_overlapping(text)
        ]
        longest = [s for s in found if not any(_inside(s, other) for other in found)]
        return tuple(sorted(longest, key=lambda school: (school.start, -school.rank)))

    def dates(self, text: str, start: int) -> tuple[DateRange, ...]:
        return tuple(find_dates(text.replace("\n", " "), self.library.calendar, start))

    def facts(self, whole: str) -> str:
        """A row with the remark behind its facts blanked out, up to the next cell: "…, 2016. Thesis: …"."""
        for match in self.marks.detail.pattern.finditer(whole):
            at = match.start()
            behind = at > 12 and re.search(r"(?:[.;)]|\d,?)\s+$", whole[:at])
            if behind and not self.marks.open.pattern.match(whole, at):
                tab = whole.find("\t", at)
                end = tab if tab >= 0 else len(whole)
                return whole[:at] + " " * (end - at) + whole[end:]
        return whole


class _Reader(_Finder):
    """A finder at work in one document."""

    def __init__(self, document: Document, library: Library) -> None:
        super().__init__(library)
        self.document = document
        self.text = plain(document.text)

    @cached_property
    def name_run(self) -> re.Pattern[str]:
        """The part of a name in front of its telling word: capitalised words, particles between them."""
        particles = phrase_pattern(self.marks.particle.words)
        return re.compile(rf"(?:(?:[^\W\d_a-z]|\d)[\w.'&-]*\s+(?:(?:{particles})\s+)*)*(?:[^\W\d_a-z][\w.'-]*-)?$")

    @cached_property
    def unfinished_row(self) -> re.Pattern[str]:
        """A word at the end of a line that goes on in the next."""
        return re.compile(rf"\s(?:{phrase_pattern(self.marks.unended.words)})$")

    @cached_property
    def to_school(self) -> re.Pattern[str]:
        """A word in front of a school, with the spaces around it."""
        return re.compile(rf"\s(?:{phrase_pattern(self.marks.to_school.words)})\s")

    @cached_property
    def own_field(self) -> re.Pattern[str]:
        """The field at the end of a degree's own name."""
        return re.compile(rf"(?:{phrase_pattern(self.marks.to_field.words)})\s+(\w[^()]+?)[)\s]*$")

    def row(self, start: int, end: int, like: _Row | None = None, *, index: int = 0, inside: bool = True) -> _Row:
        """The row of the characters ``[start, end)``; ``like`` gives its looks where it is part of another row."""
        line = self.document.lines[index]
        whole = self.text[start:end]
        text = self.facts(whole)
        degrees = self.degrees(text, start, inside=inside)
        schools = tuple(s for s in self.schools(text, start) if not any(d.start <= s.start < d.end for d in degrees))
        dates = self.dates(text, start)
        known = {date.start_char for date in dates}
        dates += tuple(date for date in self.dates(whole, start) if date.expected and date.start_char not in known)
        lead = re.match(r"[\s(\[\"“*•-]*", text)
        at = lead.end() if lead else 0
        detail = self.marks.detail.pattern.match(text, at)
        is_detail = bool(detail) and not any(m.start <= start + at + 1 for m in (*degrees, *schools))
        if not is_detail and text.startswith("(") and not degrees and not dates:
            is_detail = not any(s.rank > 2 for s in schools)
        if like:
            return replace(like, start=start, end=end, text=text, degrees=degrees, schools=schools, dates=dates,
                           detail=is_detail, whole=whole)  # fmt: skip
        return _Row(start, end, text, whole, degrees, schools, dates, line.bullet, is_detail, line.style, line.indent,
                    line.gap)  # fmt: skip


def _same(one: _Mention, two: _Mention, between: str) -> bool:
    """Whether two mentions are one degree in two spellings: "Master of Science (M.Sc.)", "BS/MS"."""
    if re.fullmatch(r"[-–—/(,，+&\s]*", between) and "\t" not in between:
        return True
    return one.level == two.level and len(between) < 60 and bool(re.fullmatch(r"[^\t;()\d]*\(\s*", between))


def _inside(one: _Mention, two: _Mention) -> bool:
    """Whether a mention is part of a longer one."""
    return two.start <= one.start and one.end <= two.end and two.end - two.start > one.end - one.start


def _is_word(surface: str, text: str, at: int) -> bool:
    """Whether a short spelling is more likely an ordinary word: "me", "be", "as"."""
    letters = re.sub(r"[^\w]", "", surface)
    if len(letters) > 3 or not letters.isascii() or "." in surface:
        return False
    if len(letters) < 3:
        return not letters.isupper()
    return letters.islower() and bool(text[:at].strip())


def _vetoed(span: tuple[int, int], vetoes: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a veto holds a mention, leads up to it, or follows it at once."""
    for start, end in vetoes:
        if start < span[1] and end > span[0]:
            return True
        between = text[end : span[0]] if end <= span[0] else text[span[1] : start]
        reach = 26 if end <= span[0] else 2
        if len(between) <= reach and not re.search(r"[.;,:()|\t\n·]", between):
            return True
    return False


def _order(level: Level | None) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def find_education(document: Document, sections: Sequence[Section], library: Library) -> tuple[Education, ...]:
    """Courses of study in the order of the document.

    Education sections are read; only where they name no degree at all, the summary and the lines under the name are.
    Studies that lead to no degree (an exchange, a certificate) have ``level=None``.
    """
    reader = _Reader(document, library)
    own = [section for section in sections if section.kind == "education"]
    now = _now(document, own, reader)
    found: list[Education] = []
    for part in _joined(own):
        records = any(document.lines[index].fields for index in part)
        found += (_recorded if records else _entries)(part, reader, now)
    if not any(entry.level for entry in found):
        found += _mentions(document, sections, reader, now)
    return tuple(_distinct(found))


def find_degrees(text: str, library: Library, *, inside: bool = True) -> list[tuple[int, int, Level]]:
    """Degrees of the person's own that a line names: where they stand and their levels.

    Args:
        inside: the line stands in an education section, where any case and every spelling counts.

    >>> from profilefit.library import load_library
    >>> find_degrees("Mentored 3 PhD students; MSc Statistics", load_library())
    [(25, 28, 'master')]
    """
    finder = _Finder(library)
    found = finder.degrees(finder.facts(plain(text)), 0, inside=inside)
    return [(mention.start, mention.end, mention.level) for mention in found if mention.level]


def _joined(sections: Sequence[Section]) -> Iterator[list[int]]:
    """Line numbers of each education section, its pieces put together."""
    pieces: dict[str, list[int]] = {}
    for section in sections:
        pieces.setdefault(section.title, []).extend(range(*section.lines))
    yield from pieces.values()


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(indices: Sequence[int], reader: _Reader) -> list[_Row]:
    """The rows of a section; a line that goes on with the one before is part of its row."""
    lines = reader.document.lines
    groups: list[list[int]] = []
    for index in indices[:_MOST_LINES]:
        if groups and _runs_on(groups[-1], index, reader):
            groups[-1].append(index)
        elif reader.document.content(lines[index]).strip():
            groups.append([index])
    rows: list[_Row] = []
    for group in groups:
        start, end = lines[group[0]].start, lines[group[-1]].end
        start += len(_margin_title(reader.document, group[0], indices))
        row = reader.row(start, end, index=group[0])
        if rows or not _is_table_head(row):
            rows += _split(row, reader)
    return rows


def _is_table_head(row: _Row) -> bool:
    """Whether a row names the columns of a table: "Degree · Institute · Year"."""
    cells = row.whole.split("\t")
    return len(cells) > 2 and not any(c.isdigit() for c in row.whole) and all(len(cell.split()) < 4 for cell in cells)


def _margin_title(document: Document, index: int, indices: Sequence[int]) -> str:
    """A heading in the margin that stands in the section's first line: letters in capitals before the first tab."""
    text = document.content(document.lines[index])
    if index != indices[0] or "\t" not in text:
        return ""
    cell = text.split("\t")[0]
    return cell + "\t" if cell.isupper() and len(cell) > 5 and not any(c.isdigit() for c in cell) else ""


def _runs_on(group: Sequence[int], index: int, reader: _Reader) -> bool:
    document = reader.document
    last, line = document.lines[group[-1]], document.lines[index]
    if index != group[-1] + 1 or line.bullet:
        return False
    before, text = document.content(last), document.content(line)
    together = reader.text[document.lines[group[0]].start : last.end]
    open_bracket = together.count("(") > together.count(")") and ")" in text
    connected = bool(re.search(r"[-–,(&/]\s*$", before) or reader.unfinished_row.search(plain(before)))
    if line.continues:
        begins = reader.row(line.start, line.end, index=index)
        fresh = begins.degrees or begins.strong
        at_start = any(m.start < line.start + 25 for m in (*begins.degrees, *begins.strong))
        return not (fresh and at_start and line.style != last.style and not connected and not open_bracket)
    if line.column != last.column or len(group) > 3:
        return False
    if text.startswith("(") and reader.row(line.start, line.end, index=index).begins_with_degree:
        return True  # a gloss on the degree above: "(M.Sc. Engineering Physics)"
    return (
        open_bracket
        or (connected and "\t" not in text and not re.search(r"\d\s*[-–]\s*$", before))
        or (text[:1].islower() and len(before) > 25 and "\t" not in text)
    )


def _split(row: _Row, reader: _Reader) -> list[_Row]:
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
        if cell_end >= 0 and (parted or any(two.start < s.start for s in row.strong)):
            cuts.append(one.end + cell_end + 1)
        elif parted:
            separators = list(re.finditer(r"[;.|\n]\s*|[,)]\s+", between))
            cuts.append(one.end + separators[-1].end() if separators else two.start)
    if len(cuts) == 1:
        return [row]
    ends = [*cuts[1:], row.end]
    return [reader.row(start, end, row) for start, end in zip(cuts, ends, strict=True)]


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _entries(indices: Sequence[int], reader: _Reader, now: _Now) -> Iterator[Education]:
    rows = _rows(indices, reader)
    if not rows:
        return
    drafts = [_draft(rows[i:j], reader) for i, j in _cut(rows)]
    slots = Counter(draft.slot for draft in drafts if draft.slot is not None and draft.degree)
    usual = slots.most_common(1)[0][0] if slots else None
    held: tuple[int, int] | None = None
    for draft in drafts[:_MOST_ENTRIES]:
        school = draft.school or _unnamed_school(draft, usual, reader)
        if school is None and draft.degree and draft.row == 0 and held:
            school = held
        if draft.school and draft.degree and draft.school[0] < draft.degree.start:
            held = draft.school
        elif draft.school:
            held = None
        made = _education(draft, school, reader, now)
        if made:
            yield made


def _recorded(indices: Sequence[int], reader: _Reader, now: _Now) -> Iterator[Education]:
    """The courses of study of records whose cells the format itself names, with the remarks below each."""
    document = reader.document
    heads = [at for at, index in enumerate(indices) if document.lines[index].fields]
    for begin, stop in zip(heads, [*heads[1:], len(indices)], strict=True):
        line = document.lines[indices[begin]]
        named, field, school, status = (
            document.field(line, name) for name in ("degree", "field", "institution", "status")
        )
        cited = named or field or school
        if cited is None:
            continue
        dates = record_dates(document, line, reader.library)
        row = reader.row(line.start, status[0] - 1 if status else line.end, index=indices[begin])
        row = replace(row, dates=(dates,) if dates else ())
        below = [document.lines[index] for index in indices[begin + 1 : stop]]
        remarks = [reader.row(each.start, each.end, index=each.number - 1) for each in below]
        draft = _draft([row, *(replace(remark, detail=True, dates=()) for remark in remarks)], reader)
        mentions = [m for span in (named, field) if span for m in row.degrees if span[0] <= m.start < span[1]]
        degree = min(mentions, key=lambda m: (_order(m.level), m.start)) if mentions else None
        draft = replace(draft, degree=degree, row=0, school=school, slot=None)
        start, end = _years(dates, None, reader)
        bare = Education(None, "", None, None, start, end, "unknown", (document.cite(*cited, "education", 1),))
        made = _education(draft, school, reader, now) or bare
        yield replace(
            made,
            status=cast(Status, document.text[slice(*status)]) if status else made.status,
            degree=document.text[slice(*named)] if named and degree is None else made.degree,
            field=document.text[slice(*field)] if field and (named or degree is None) else made.field,
            institution=document.text[slice(*school)] if school else None,
        )


def _cut(rows: Sequence[_Row]) -> list[tuple[int, int]]:
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
        if best is None or scores[-1] > best[0]:
            best = (scores[-1], cuts)
    return best[1] if best else []


def _usual_gap(rows: Sequence[_Row]) -> float:
    gaps = sorted(row.gap for row in rows[1:] if row.gap > 0)
    return gaps[len(gaps) // 3] if gaps else 0.0


def _score(rows: Sequence[_Row], start: int, end: int, lead: str, usual: float) -> float:
    """How much rows ``[start, end)`` look like one entry."""
    first = rows[start]
    facts = _heads(rows[start:end])
    degrees = sum(len(row.degrees) for row in facts)
    schools = sum(bool(row.strong) for row in facts)
    dates = sum(bool(row.dates) for row in facts)
    usual_without = any(school.level or school.provider for row in facts for school in row.schools)
    score = 3.0 if degrees == 1 else -4.0 * (degrees - 1) if degrees else (-0.5 if usual_without else -2.0)
    score += 2.0 - 1.5 * (schools - 1) if schools else 0.0
    score += 1.5 - 1.0 * (dates - 1) if dates else 0.0
    if lead and (degrees or schools):
        score += 0.6 * (_lead(first) == lead)
    return score + (_beginning(rows, start, usual) if start else 0.0)


def _lead(row: _Row) -> str:
    """What a row names first."""
    found = [(row.degrees[0].start, "degree")] if row.degrees else []
    found += [(row.strong[0].start, "school")] if row.strong else []
    found += [(row.dates[0].start_char, "date")] if row.dates and row.dated_first else []
    return min(found)[1] if found else ""


def _beginning(rows: Sequence[_Row], at: int, usual: float) -> float:
    """How much a row looks like the beginning of an entry, beside the first row of the section."""
    row, before, top = rows[at], rows[at - 1], rows[0]
    score = -0.4
    styled = len({r.style for r in rows}) > 1
    if row.detail:
        score -= 4.0
    if row.bullet and not top.bullet:
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


def _draft(rows: Sequence[_Row], reader: _Reader) -> _Draft:
    heads = _heads(rows)
    named = [(row.degrees, k) for k, row in enumerate(rows) if row in heads and row.degrees]
    degree, at = None, 0
    if named:
        degree = min(named[0][0], key=lambda m: (_order(m.level), m.start))
        at = named[0][1]
    schools = [(school, k) for k, row in enumerate(rows) if row in heads for school in row.schools]
    if not schools:
        return _Draft(tuple(rows), degree, at, None, None, None)
    school, place = min(schools, key=lambda s: (-s[0].rank, s[1], s[0].start))
    slot = place - at if degree and school.rank > 2 else None
    return _Draft(tuple(rows), degree, at, _name(rows[place], school, reader), slot, school)


def _heads(rows: Sequence[_Row]) -> list[_Row]:
    """The rows that state the facts of an entry, without lines about it."""
    return [
        row
        for k, row in enumerate(rows)
        if k == 0 or not (row.detail or (row.bullet and not rows[0].bullet and not row.begins_with_degree))
    ]


# ── pieces of a row ──────────────────────────────────────────────────────────────────────────────────────────────


def _pieces(row: _Row, number: int, *, taken: Iterable[tuple[int, int]] = ()) -> list[_Piece]:
    """The parts of a row between separators, dates and what is ``taken`` left out."""
    edges: list[tuple[int, int]] = [(m.start() + row.start, m.end() + row.start) for m in _SEPARATOR.finditer(row.text)]
    edges += [(date.start_char, date.end_char) for date in row.dates]
    edges += list(taken)
    pieces: list[_Piece] = []
    at = row.start
    for start, end in [*sorted(edges), (row.end, row.end)]:
        if start > at:
            text = row.text[at - row.start : start - row.start]
            stripped = text.strip(" \n\t,.;:-–—\"'“”*")
            if stripped:
                begin = at + text.index(stripped)
                pieces.append(_Piece(begin, begin + len(stripped), number, len(pieces)))
        at = max(at, end)
    return pieces


def _name(row: _Row, school: _Mention, reader: _Reader) -> tuple[int, int]:
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


def _unnamed_school(draft: _Draft, usual: int | None, reader: _Reader) -> tuple[int, int] | None:
    """The school where no word tells it: what stands where the other entries have theirs, or beside the degree."""
    if not draft.degree:
        return None
    field = _field_span(draft, None, reader)
    options: list[tuple[int, int, _Piece]] = []
    heads = _heads(draft.rows)
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


def _in_brackets(row: _Row, piece: _Piece) -> bool:
    before = row.text[: piece.start - row.start]
    return before.count("(") > before.count(")")


def _is_name(text: str, reader: _Reader) -> bool:
    """Whether a piece could be the name of a school: a capital at the start, no grade, no remark."""
    if not 2 <= len(text) <= 60 or not (text[0].isupper() or ord(text[0]) > 0x2E80):
        return False
    marks = reader.marks
    never = (marks.grade, marks.detail, marks.open, marks.unfinished, marks.finished)
    return not any(words.pattern.match(text) for words in never)


def _field_span(draft: _Draft, school: tuple[int, int] | None, reader: _Reader) -> tuple[int, int] | None:
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


def _field(draft: _Draft, school: tuple[int, int] | None, reader: _Reader) -> str | None:
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


def _own_field(draft: _Draft, reader: _Reader) -> str | None:
    """The field in a degree's own name: "Bachelor of Computer Science", but not "of Science"."""
    if not draft.degree:
        return None
    name = reader.document.text[draft.degree.start : draft.degree.end]
    own = reader.own_field.search(name)
    return " ".join(own[1].split()) if own and not reader.marks.generic.pattern.match(plain(own[1])) else None


# ── from an entry to a course of study ───────────────────────────────────────────────────────────────────────────


def _education(
    draft: _Draft, school: tuple[int, int] | None, reader: _Reader, now: _Now, section: str = "education"
) -> Education | None:
    heads = _heads(draft.rows)
    document, degree = reader.document, draft.degree
    level = degree.level if degree else None
    other = _no_degree(heads, degree, reader)
    if other:
        level = None
    dates = _dates(draft, heads)
    expected = next((d for row in draft.rows for d in row.dates if d.expected and d.end), None)
    start, end = _years(dates, expected, reader)
    if degree is None and not other and draft.named and not draft.named.provider:
        level = draft.named.level if dates else None
    status = _status(draft, heads, dates, expected, reader, now)
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
        field=_field(draft, school, reader),
        institution=institution,
        start=start,
        end=end,
        status=status,
        evidence=tuple(evidence),
    )


def _written(draft: _Draft, reader: _Reader) -> str:
    """The degree as written, a bracket that opens in it closed."""
    if not draft.degree:
        return ""
    text = " ".join(reader.document.text[draft.degree.start : draft.degree.end].split())
    return text + ")" if text.count("(") > text.count(")") else text


def _no_degree(heads: Sequence[_Row], degree: _Mention | None, reader: _Reader) -> str | None:
    """The words that say that an entry leads to no degree; ``None`` where it may."""
    for row in heads:
        for match in reader.marks.not_degree.pattern.finditer(row.text):
            start, end = row.start + match.start(), row.start + match.end()
            if degree is None:
                return reader.document.text[start:end]
            if degree.start <= start and end <= degree.end:
                continue
            if row.start <= degree.start < row.end:
                low, high = sorted(((start, end), (degree.start, degree.end)))
                between = reader.text[low[1] : high[0]]
                if len(between) < 24 and not re.search(r"[,;|·\t.:()–—]", between):
                    return reader.document.text[start:end]
    return None


def _dates(draft: _Draft, heads: Sequence[_Row]) -> DateRange | None:
    """The dates of an entry: those of the degree's row, else the first."""
    rows = [draft.rows[draft.row], *heads]
    every = [d for row in rows for d in row.dates]
    ranges = [d for d in every if d.start != d.end]
    own = draft.rows[draft.row].dates
    if own and any(d in ranges for d in own):
        return next(d for d in own if d in ranges)
    if ranges and not (own and not own[0].expected):
        return ranges[0]
    return own[0] if own else every[0] if every else None


def _years(dates: DateRange | None, expected: DateRange | None, reader: _Reader) -> tuple[str | None, str | None]:
    """Start and end; a point in time is an end, an expected end completes a range that runs on."""
    if dates is None:
        return None, expected.end if expected else None
    start, end = dates.start, dates.end
    if start == end and sum(c.isdigit() for c in reader.text[dates.start_char : dates.end_char]) < 8:
        start = None
    if expected and (dates.current or end is None):
        end = expected.end
    return start, end


def _status(
    draft: _Draft,
    heads: Sequence[_Row],
    dates: DateRange | None,
    expected: DateRange | None,
    reader: _Reader,
    now: _Now,
) -> Status:
    marks = reader.marks
    if any(marks.unfinished.pattern.search(row.whole) for row in draft.rows):
        return "unknown"
    if expected or (dates and dates.current):
        return "in-progress"
    near = [row for row in heads if row is draft.rows[draft.row] or abs(draft.rows.index(row) - draft.row) <= 1]
    if not any(marks.finished.pattern.search(row.whole) for row in draft.rows):
        for row in near:
            if any(not _in_dates(row, match.start()) for match in marks.open.pattern.finditer(row.text)):
                return "in-progress"
    if dates and dates.end and now.before(dates.start, dates.end):
        return "in-progress"
    return "completed"


def _in_dates(row: _Row, at: int) -> bool:
    return any(d.start_char <= row.start + at < d.end_char for d in row.dates)


@dataclass(frozen=True, slots=True)
class _Now:
    """The newest date that the document shows outside education.

    Attributes:
        date: ``YYYY`` or ``YYYY-MM``; empty where it shows none.
        exact: it is the day of writing itself, worked out from "since March 2021 (3 years 9 months)".
    """

    date: str
    exact: bool

    def before(self, start: str | None, end: str) -> bool:
        """Whether a course that ends then was still going on: its end lies after, its beginning before this date."""
        if not self.date:
            return False
        if self.exact:
            return end > self.date[: len(end)]
        return end[:4] > self.date[:4] and start is not None and start[:4] < self.date[:4]


def _now(document: Document, own: Sequence[Section], reader: _Reader) -> _Now:
    indices = {index for section in own for index in range(*section.lines)}
    newest, exact = "", ""
    for index, line in enumerate(document.lines):
        if index in indices:
            continue
        for date in find_dates(reader.text[line.start : line.end], reader.library.calendar, line.start):
            if not date.expected:
                newest = max(newest, date.end or date.start or "")
            if date.current and date.start:
                lasted = _DURATION.match(reader.text, date.end_char, line.end)
                if lasted and len(date.start) == 7:
                    months = int(date.start[:4]) * 12 + int(date.start[5:]) - 1 + int(lasted[1]) * 12 + int(lasted[2])
                    exact = max(exact, f"{months // 12}-{months % 12 + 1:02}")
    return _Now(exact or newest, bool(exact))


# ── degrees named outside any education section ──────────────────────────────────────────────────────────────────


def _mentions(document: Document, sections: Sequence[Section], reader: _Reader, now: _Now) -> Iterator[Education]:
    """Degrees that the summary or the lines under the name speak of."""
    found: list[Education] = []
    for section in sections:
        if section.kind not in ("other", "summary", "contact"):
            continue
        for index in range(*section.lines):
            line = document.lines[index]
            row = reader.row(line.start, line.end, index=index, inside=False)
            for degree in row.degrees[: _MOST_ENTRIES - len(found)]:
                alone = replace(row, degrees=(degree,), detail=False)
                draft = _draft([alone], reader)
                made = _education(draft, draft.school, reader, now, section.kind)
                if made and made.level:
                    found.append(made)
    for entry in found:
        same = [other for other in found if other.level == entry.level and other is not entry]
        if entry.institution or not any(other.institution for other in same):
            yield entry


def _distinct(found: Iterable[Education]) -> Iterator[Education]:
    """One of each: the same degree of the same school named twice is one."""
    seen: list[tuple[Level | None, str, str | None]] = []
    for entry in found:
        key = (entry.level, (entry.institution or "").lower(), entry.end)
        if entry.level and any(key[0] == k[0] and key[1] == k[1] and (key[2] == k[2]) for k in seen):
            continue
        seen.append(key)
        yield entry
