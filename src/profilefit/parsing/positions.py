"""Jobs, internships and research posts: title, organisation and dates of each entry of an experience section.

A title is told by its head noun (engineer, Entwicklerin, 工程师 …). Where no word is known, the place that titles have
in the other headers of the section decides, and else the order in which headers are commonly written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from profilefit.library import Library
from profilefit.library.words import plain
from profilefit.library.work import Titles
from profilefit.models import Document, Position, Section
from profilefit.parsing.education import find_degrees
from profilefit.parsing.entries import Block, find_blocks
from profilefit.parsing.rows import Cell, Row, is_prose
from profilefit.parsing.sections import heading_kind
from profilefit.parsing.titles import LONGEST_TITLE, LOOSE_EDGE, make_position
from profilefit.parsing.told import find_told

_SPLIT = re.compile(r"\s+[–—|·•]\s+|\s+-{1,2}\s+|\s*[|•·]\s*|,\s+|，|\s{3,}|:\s+|(?<=\w)[–—](?=\s)|、")
_STOP = re.compile(r"(?<=[a-z)\]]{3})\.\s+(?=[A-Z])|^\s*\.\s+")
#: A space between names in Chinese and Japanese, which need none.
_UNSPACED = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\s+(?=\S)|(?<=\S)\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
_GOES_ON = re.compile(r"\s*[)\]]?[.:]\s+\w")
#: Words of a title that follows its unit and dates.
_SHORT_TITLE = 4
_DOTTED = re.compile(r"\s*\.\s")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a header between separators: ``[start, end)`` of the document and where it stands in the header.

    Attributes:
        row: counted from the row with the date (negative above); ``cell`` and ``part`` count from the left.
        joined: the piece before it is parted from it by a comma only.
        employer: a label calls it so.
    """

    start: int
    end: int
    text: str
    row: int
    cell: int
    part: int
    joined: bool
    noun: bool
    organisation: bool
    employer: bool = False

    @property
    def slot(self) -> tuple[int, int, int]:
        return self.row, self.cell, self.part


@dataclass(frozen=True, slots=True)
class _Header:
    block: Block
    parts: tuple[_Part, ...]


# ── positions ────────────────────────────────────────────────────────────────────────────────────────────────────


def find_positions(document: Document, sections: Sequence[Section], library: Library) -> tuple[Position, ...]:
    """Every job, internship and research post, in reading order.

    Experience sections count. Where a document has none, dated entries with a title in sections of unknown kind do,
    and where it has none of those, posts told in sentences. Teaching and volunteering under headings of their own do
    not.
    """
    found: list[Position] = []
    for section in sections:
        if section.kind == "experience":
            found += _positions(document, section, _headers(document, section, library), library)
    if not found:
        for section in sections:
            if section.kind == "other" and not _known_as(section.title, library):
                headers = _headers(document, section, library)
                headers = [header for header in headers if header.block.dates]
                titled = [header for header in headers if any(part.noun for part in header.parts)]
                if len(titled) * 2 >= len(headers) > 0:
                    found += _positions(document, section, headers if section.title else titled, library)
    found = found or list(find_told(document, sections, library))
    dated = {position.title.casefold() for position in found if position.start or position.end}
    return tuple(p for p in found if p.start or p.end or p.title.casefold() not in dated)


def _headers(document: Document, section: Section, library: Library) -> list[_Header]:
    blocks = find_blocks(document, section, library)
    return [_Header(block, tuple(_parts(block, library.titles))) for block in blocks]


def _known_as(title: str, library: Library) -> bool:
    """Whether a heading is known to announce neither work nor anything else of weight ("Miscellaneous")."""
    return bool(title) and heading_kind(title, library.headings) is not None


def _positions(
    document: Document, section: Section, headers: Sequence[_Header], library: Library
) -> Iterator[Position]:
    headers = [h for h in headers if not any(p.noun and library.titles.told.find(plain(p.text)) for p in h.parts)]
    slots = Counter(part.slot for header in headers if (part := _title_by_noun(header.parts)))
    usual = slots.most_common(1)[0][0] if slots else None
    employer: str | None = None
    framed = False  # a company above several posts: what follows a post's date is a place then
    shared = False  # the employer stands above its post, so it may be that of the posts below, too
    for header in headers:
        block = header.block
        if block.upper[0].line.fields:
            if recorded := _recorded(document, section, block, library):
                yield recorded
            continue
        if block.group:
            employer = _first_organisation(header.parts) or employer
            framed = shared = employer is not None
            continue
        part = _title_by_noun(header.parts)
        if part is None and block.dates and (section.kind == "experience" or section.title):
            part = _unnamed_title(header, usual, library)
        if part is None:
            continue
        start, end = _title_span(part, header.parts, library.titles)
        employing = _organisation(part, end, header.parts)
        if employing and not (framed and employing.row > part.row and not employing.organisation):
            employer = employing.text
            framed = any(row.duration for row in block.upper) or (framed and employing.row > part.row)
            shared = framed or employing.row < part.row
        elif not shared:
            employer = None
        for begin, stop in _sequence(document, start, end, library.titles):
            yield make_position(document, section, (begin, stop), employer, block.dates, library)


def _unnamed_title(header: _Header, usual: tuple[int, int, int] | None, library: Library) -> _Part | None:
    """The title of a post by its place alone, unless it is no post: leave, or studies told among the jobs."""
    part = _title_by_place(header.parts, usual)
    if part is None or any(library.titles.leave.find(plain(other.text)) for other in header.parts):
        return None
    bootcamp = library.degrees.marks.not_degree.pattern.search(plain(part.text))
    course = any(end < len(part.text) for _, end, _ in find_degrees(part.text, library))  # a degree and its field
    return None if bootcamp or course else part


def _recorded(document: Document, section: Section, block: Block, library: Library) -> Position | None:
    """The post of a record whose cells the format names; ``None`` for one without a title."""
    line = block.upper[0].line
    title, employer = document.field(line, "title"), document.field(line, "organisation")
    if title is None:
        return None
    name = document.text[slice(*employer)] if employer else None
    return make_position(document, section, title, name, block.dates, library)


# ── the parts of a header ────────────────────────────────────────────────────────────────────────────────────────


def _parts(block: Block, titles: Titles) -> Iterator[_Part]:
    anchor = len(block.upper) - 1
    for number, row in enumerate((*block.upper, *block.lower)):
        if row.duration:
            continue
        yield from _row_parts(row, number - anchor, titles)


def _row_parts(row: Row, number: int, titles: Titles) -> Iterator[_Part]:
    named = False
    if row.label == "rest" or (number > 0 and row.text.rstrip().endswith((":", "："))):
        return
    for cell_number, cell in enumerate(row.cells):
        if named and is_prose(cell.text):
            continue  # a column that tells of the work
        count = 0
        for start, end, joined in _pieces(cell, row, titles):
            if start - row.line.start < row.told:
                continue
            text = row.text[start - row.line.start : end - row.line.start]
            flat = plain(text)
            if not any(c.isalpha() for c in flat) or titles.layout.duration.fullmatch(flat.strip("() ")):
                continue
            noun = titles.noun.search(_BRACKETS.sub(" ", flat))
            employer = row.label == "employer"
            named_so = employer or (not row.label and titles.layout.names_organisation(flat))
            post = row.label == "post" or (not row.label and noun)
            yield _Part(start, end, text, number, cell_number, count, joined, bool(post), bool(named_so), employer)
            count += 1
        named = named or count > 0


def _pieces(cell: Cell, row: Row, titles: Titles) -> Iterator[tuple[int, int, bool]]:
    """The pieces of a cell without its dates: start, end, whether a comma parts it from the piece before."""
    holes = [(d.start_char, d.end_char) for d in row.dates if cell.start <= d.start_char < cell.end]
    at, stretches = cell.start, []
    for begin, stop in holes:
        stretches.append((at, begin))
        at = stop
    stretches.append((at, cell.end))
    if row.body and holes:  # what follows the date in a long line is text about the job
        named = any(c.isalpha() for c in cell.text[: holes[0][0] - cell.start])
        behind = plain(row.text[stretches[1][0] - row.line.start : stretches[1][1] - row.line.start])
        stretches = stretches[:1] if named and not _post_behind(behind, titles) else stretches[:2]
    said = False
    for begin, stop in stretches:
        text = plain(row.text[begin - row.line.start : stop - row.line.start])
        if said and _GOES_ON.match(text):  # "Developer, Acme (2019 – 2021). Wrote the billing service."
            if not (post := _post_behind(text, titles)):
                continue
            begin, text = begin + post[0], text[slice(*post)]
        said = said or any(map(str.isalpha, text))
        dotted = _DOTTED.match(text) is not None  # "2019 – 2021. Developer. Acme Ltd, Leeds."
        text = text if dotted else _sentence(text)
        marks = [
            *_SPLIT.finditer(text),
            *_UNSPACED.finditer(text),
            *titles.layout.join.finditer(text),
            *(_STOP.finditer(text) if dotted else ()),
        ]
        cuts = [m.span() for m in marks if not _inside_brackets(text, m.start())]
        last, comma = 0, False
        for cut, resume in [*sorted(cuts), (len(text), len(text))]:
            if cut >= last:
                piece = _trim(text, last, cut)
                if piece:
                    yield begin + piece[0], begin + piece[1], comma
                comma = text[cut:resume].startswith((",", "，"))
                last = resume


def _post_behind(text: str, titles: Titles) -> tuple[int, int] | None:
    """Where a short title stands between a colon behind the date and the end of its sentence: ": signals analyst."."""
    told = re.match(r"\s*[)\]]?:\s+(\w[^.;:,]*)(?:[.;]|$)", text)
    if told and len(told[1].split()) <= _SHORT_TITLE and titles.noun.search(told[1]):
        return told.span(1)
    return None


def _sentence(text: str) -> str:
    """The text up to the end of its first sentence, if that is more than an abbreviation."""
    match = _STOP.search(text)
    return text[: match.start()] if match else text


def _inside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at) or text.count("[", 0, at) > text.count("]", 0, at)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in LOOSE_EDGE + ")]":
        start += 1
    while start < end and (text[end - 1] in LOOSE_EDGE + "([" or (text[end - 1] == "." and end - start > 4)):
        end -= 1
    if end > start and text[start] in "([" and text[end - 1] in ")]":
        start, end = start + 1, end - 1
    if end > start and text[start:end].count("(") < text[start:end].count(")") and text[end - 1] == ")":
        end -= 1
    return (start, end) if start < end else None


# ── which part is what ───────────────────────────────────────────────────────────────────────────────────────────


def _title_by_noun(parts: Sequence[_Part]) -> _Part | None:
    """The part with a head noun; parts without a word of an organisation, and parts above or beside the date, first."""
    candidates = [p for p in parts if p.noun and len(p.text.split()) <= LONGEST_TITLE]
    above = [p for p in candidates if p.row <= 0] or candidates
    clean = [p for p in above if not p.organisation] or [p for p in candidates if not p.organisation] or above
    return clean[0] if clean else None


def _title_by_place(parts: Sequence[_Part], usual: tuple[int, int, int] | None) -> _Part | None:
    if usual:
        elsewhere = any(p.organisation and p.slot != usual for p in parts)
        at_place = next((p for p in parts if p.slot == usual and (elsewhere or not p.organisation)), None)
        if at_place:
            return at_place
    plausible = [p for p in parts if p.row <= 0 and not p.organisation and len(p.text.split()) <= 6]
    return plausible[0] if plausible else None


def _title_span(part: _Part, parts: Sequence[_Part], titles: Titles) -> tuple[int, int]:
    """The title with what a comma joins to it and is about the work: "R&D Engineer, Machine Learning"."""
    end = part.end
    at = parts.index(part)
    alone = all(p.row == part.row and p.cell == part.cell for p in parts)
    for following in parts[at + 1 : at + 3]:
        subject = titles.subject.search(plain(following.text))
        if alone and subject and subject.start() and not following.noun:
            break  # "Data Engineer, Havn Data, Aarhus"
        same = following.row == part.row and following.cell == part.cell and following.joined
        if not same or following.organisation or not (subject or following.noun):
            break
        if not any(p for p in parts if p not in parts[at : parts.index(following) + 1]):
            break
        end = following.end
    return part.start, end


def _organisation(title: _Part, end: int, parts: Sequence[_Part]) -> _Part | None:
    rest = [p for p in parts if p.end <= title.start or p.start >= end]
    if labelled := next((p for p in rest if p.employer), None):
        return labelled
    same_cell = [p for p in rest if p.row == title.row and p.cell == title.cell]
    if same_cell:
        return same_cell[0]
    ranked = [p for p in rest if p.organisation and p.row <= title.row + 1]
    near = [p for p in rest if p.row < title.row] or [p for p in rest if p.row > title.row and p.cell == 0]
    same_row = [p for p in rest if p.row == title.row and p.cell > title.cell]
    before = [p for p in rest if p.row == title.row and p.cell < title.cell]
    chosen = [p for p in ranked if p.row == title.row] or ranked or before or near or same_row
    return chosen[0] if chosen else None


def _first_organisation(parts: Sequence[_Part]) -> str | None:
    return parts[0].text if parts else None


def _sequence(document: Document, start: int, end: int, titles: Titles) -> Iterator[tuple[int, int]]:
    """The posts of a title that names several in a row."""
    flat = plain(document.text[start:end])
    at = 0
    for match in titles.layout.sequence.finditer(flat):
        if _inside_brackets(flat, match.start()):
            continue
        yield start + at, start + match.start()
        at = match.end()
    yield start + at, end
