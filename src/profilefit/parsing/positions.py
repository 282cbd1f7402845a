"""Jobs, internships and research posts: title, organisation and dates of each entry of an experience section.

A title is told by its head noun (engineer, Entwicklerin, 工程师 …). Where no word is known, the place that titles have
in the other headers of the section decides, and else the order in which headers are commonly written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from profilefit.library import Library
from profilefit.library.titles import Titles
from profilefit.library.words import plain
from profilefit.models import DateRange, Document, Position, Section
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
#: Behind a legal form that ends a name.
_FORM_ENDS = re.compile(r"\.?\s*(?:$|[,;|·•(\t–—-])")
#: A bracket behind a name, and where a name that goes on in the next line ends.
_BEHIND = re.compile(r"\s*\(([^()]*)\)$")
_NAME_ENDS = re.compile(r"\s*(?:[,;:|·•\t(]|\.\s|\.$|\s[–—-]\s|$)")
_GOES_ON = re.compile(r"\s*[)\]]?[.:]\s+\w")
#: Letters of legal forms that are provinces and countries behind a comma: "Calgary, AB".
_SHORT_FORM = 2
#: The rank of words for a part of a school.
_PART = 2
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
class _Place:
    """Where the titles of a section are wont to stand; ``last`` where all of them end their cell behind a name."""

    slot: tuple[int, int, int]
    last: bool


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


@dataclass
class _Above:
    """What the headers so far say of the posts below them.

    Attributes:
        employer: the last one named.
        framed: a company stands above several posts: what follows a post's date is a place then.
        shared: the employer stands above its post, so it may be that of the posts below, too.
        held: when the last post with a title's word was held.
    """

    employer: str | None = None
    framed: bool = False
    shared: bool = False
    held: DateRange | None = None

    def frame(self, header: _Header) -> None:
        """Take the company of a header that holds no post."""
        self.employer = _framing(header.parts) or self.employer
        self.framed = self.shared = self.employer is not None

    def take(self, named: _Part | None, title: _Part, header: _Header, document: Document, library: Library) -> None:
        """Take the employer that a header names, if it names one."""
        if named and library.titles.same.pattern.fullmatch(plain(named.text)):
            return  # the employer above is meant
        if named and not (self.framed and named.row > title.row and not named.organisation):
            self.employer = _full_name(named, header, document, library)
            lasting = any(row.duration for row in header.block.upper)
            self.framed = lasting or (self.framed and named.row > title.row)
            self.shared = self.framed or named.row < title.row
        elif not self.shared:
            self.employer = None


def _positions(
    document: Document, section: Section, headers: Sequence[_Header], library: Library
) -> Iterator[Position]:
    headers = [h for h in headers if not any(part.noun and _is_told(part, library) for part in h.parts)]
    usual, above = _usual_place(headers), _Above()
    for header in headers:
        block = header.block
        if block.upper[0].line.fields:
            if recorded := _recorded(document, section, block, library):
                yield recorded
            continue
        if block.group:
            above.frame(header)
            continue
        part = _title(header, section, usual, above, library)
        if part is None:
            continue
        start, end = _title_span(part, header.parts, library.titles)
        above.take(_organisation(part, end, header.parts, library), part, header, document, library)
        dates = _begun(block.dates, section, library) if header is headers[0] else block.dates
        for begin, stop in _sequence(document, start, end, library.titles):
            yield make_position(document, section, (begin, stop), above.employer, dates, library)


def _is_told(part: _Part, library: Library) -> bool:
    """Whether words tell of a title in a sentence, unlike "Senior Developer (joined as junior)"."""
    return library.titles.told.find(plain(_BRACKETS.sub(" ", part.text))) is not None


def _title(header: _Header, section: Section, usual: _Place | None, above: _Above, library: Library) -> _Part | None:
    """The title of a header: the part with a title's word, else what stands in a title's place and may be one."""
    part = _title_by_noun(header.parts)
    if part:
        above.held = header.block.dates
        return part
    if not (header.block.dates and (section.kind == "experience" or section.title)):
        return None
    part = _title_by_place(header.parts, usual)
    none = part is None or _is_no_post(part, header.parts, library) or _is_client(header, above.held)
    return None if none else part


def _begun(dates: DateRange | None, section: Section, library: Library) -> DateRange | None:
    """The time of a section's first post; a date alone is its beginning where the heading speaks of today."""
    if dates and dates.start == dates.end and library.titles.says_today(section.title):
        return replace(dates, end=None, current=True)
    return dates


def _is_no_post(part: _Part, parts: Sequence[_Part], library: Library) -> bool:
    """Whether what stands in a title's place is time away, a bootcamp, or a degree and its field."""
    if any(library.titles.leave.find(plain(other.text)) for other in parts):
        return True
    if library.degrees.marks.not_degree.pattern.search(plain(part.text)):
        return True
    return any(end < len(part.text) for _, end, _ in find_degrees(part.text, library))


def _is_client(header: _Header, held: DateRange | None) -> bool:
    """Whether a lone name with a date inside the time of the post above is a client: "Waterschap Vecht (2023)"."""
    dates = header.block.dates
    if held is None or dates is None or len(header.parts) > 1:
        return False
    begin, end = (dates.start or dates.end or "")[:4], (dates.end or "9")[:4]
    return (held.start or "9")[:4] <= begin and end <= (held.end or "9")[:4]


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
    spans = ((max(d.start_char, cell.start), min(d.end_char, cell.end)) for d in row.dates)
    holes = [(begin, stop) for begin, stop in spans if begin < stop]
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
        begin = _behind_bracket(row, begin, stop, titles)
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
        cuts = [m.span() for m in marks if not (_inside_brackets(text, m.start()) or _is_form(text, m, titles))]
        last, comma = 0, False
        for cut, resume in [*sorted(cuts), (len(text), len(text))]:
            if cut >= last:
                piece = _trim(text, last, cut)
                if piece:
                    yield begin + piece[0], begin + piece[1], comma
                comma = text[cut:resume].startswith((",", "，"))
                last = resume


def _behind_bracket(row: Row, begin: int, stop: int, titles: Titles) -> int:
    """Where a stretch behind a date begins without the rest of the date's bracket: "(ab 2017, 5 Personen), Acme"."""
    before, text = row.text[: begin - row.line.start], row.text[begin - row.line.start : stop - row.line.start]
    rest, closed, behind = text.partition(")")
    inside = before.count("(") > before.count(")") and closed and any(map(str.isalpha, behind))
    return begin + len(rest) + 1 if inside and not titles.noun.search(plain(rest)) else begin


def _is_form(text: str, mark: re.Match[str], titles: Titles) -> bool:
    """Whether a comma stands between a name and its legal form: "Abarrotes del Sureste, S.A. de C.V."."""
    form = titles.layout.form.match(text, mark.end()) if "," in mark[0] else None
    return form is not None and len(form[0]) > _SHORT_FORM and _FORM_ENDS.match(text, form.end()) is not None


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


def _usual_place(headers: Sequence[_Header]) -> _Place | None:
    """Where the titles that a word tells stand in a section."""
    titled = [(part, header.parts) for header in headers if (part := _title_by_noun(header.parts))]
    if not titled:
        return None
    slot = Counter(part.slot for part, _ in titled).most_common(1)[0][0]
    return _Place(slot, all(part.part > 0 and part is _last_beside(part, parts) for part, parts in titled))


def _last_beside(part: _Part, parts: Sequence[_Part]) -> _Part:
    return [p for p in parts if (p.row, p.cell) == (part.row, part.cell)][-1]


def _title_by_place(parts: Sequence[_Part], usual: _Place | None) -> _Part | None:
    if usual:
        elsewhere = any(p.organisation and p.slot != usual.slot for p in parts)
        at_place = [p for p in parts if p.slot == usual.slot and (elsewhere or not p.organisation)]
        if usual.last:  # "Company, Town — Title"
            at_place += [p for p in parts if p.part and not p.organisation and p is _last_beside(p, parts)]
        if at_place:
            return at_place[0]
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


def _organisation(title: _Part, end: int, parts: Sequence[_Part], library: Library) -> _Part | None:
    """The part of a header that names the employer; of a school and a part of it, the school."""
    rest = [p for p in parts if p.end <= title.start or p.start >= end]
    if labelled := next((p for p in rest if p.employer), None):
        return labelled
    same_cell = [p for p in rest if p.row == title.row and p.cell == title.cell]
    if same_cell:
        sure = (p for p in same_cell if _ends_in_form(p, library.titles) or _rank(p, library) > _PART + 1)
        return _school_of(next(sure, same_cell[0]), rest, library)
    ranked = [p for p in rest if p.organisation and p.row <= title.row + 1]
    near = [p for p in rest if p.row < title.row] or [p for p in rest if p.row > title.row and p.cell == 0]
    same_row = [p for p in rest if p.row == title.row and p.cell > title.cell]
    before = [p for p in rest if p.row == title.row and p.cell < title.cell]
    chosen = [p for p in ranked if p.row == title.row] or ranked or before or near or same_row
    return _school_of(chosen[0], rest, library) if chosen else None


def _ends_in_form(part: _Part, titles: Titles) -> bool:
    """Whether a legal form stands behind a name; "AB" alone is a province."""
    return any(form.start() for form in titles.layout.form.finditer(plain(part.text)))


def _rank(part: _Part, library: Library) -> int:
    """How much the words of a name are those of a whole school: ``_PART`` for a faculty, more for a university."""
    found = library.institutions.finder.find_overlapping(plain(part.text))
    return max((library.institutions.root[kind].rank for _, kind in found), default=0)


def _school_of(unit: _Part, parts: Sequence[_Part], library: Library) -> _Part:
    """The school behind a part of it: "School of Chemistry, University of Glasgow"."""
    if _rank(unit, library) != _PART:
        return unit
    behind = (p for p in parts if p.start > unit.start and p.row <= unit.row + 1 and _rank(p, library) > _PART)
    return next(behind, unit)


def _full_name(part: _Part, header: _Header, document: Document, library: Library) -> str:
    """An employer's name with what the next line adds to it, and without the place in a bracket behind it."""
    name = part.text
    row = next(row for row in (*header.block.upper, *header.block.lower) if row.line.start <= part.start < row.line.end)
    below = document.lines[row.index + 1] if row.index + 1 < len(document.lines) else None
    if below and below.continues and part.end >= row.line.end and _is_cut_short(name, library):
        text = document.content(below)
        ends = _NAME_ENDS.search(text)
        name = f"{name} {text[: ends.start()] if ends else text}"
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].rstrip()
    behind = _BEHIND.search(name)
    return name[: behind.start()] if behind and behind.start() and _is_place(behind[1], library) else name


def _is_cut_short(name: str, library: Library) -> bool:
    """Whether a name at the end of a line must go on: "University of Science and", "Universitaet"."""
    flat = plain(name)
    unended = library.degrees.marks.unended.pattern.fullmatch(flat.split()[-1])
    return unended is not None or any(
        len(match.group()) == len(flat) for match, _ in library.institutions.finder.find_overlapping(flat)
    )


def _is_place(text: str, library: Library) -> bool:
    """Whether a bracket holds a town and its country, or says that the work was done from afar."""
    pieces = [piece.strip() for piece in text.split(",")]
    if any(library.titles.arrangement.pattern.fullmatch(plain(piece)) for piece in pieces):
        return True
    return len(pieces) > 1 and all(piece[:1].isupper() for piece in pieces)


def _framing(parts: Sequence[_Part]) -> str | None:
    """The company that frames the posts below it: the part with a word of an organisation, else the first."""
    named = next((part for part in parts if part.employer or part.organisation), parts[0] if parts else None)
    return named.text if named else None


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
