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
from profilefit.models import DateRange, Document, Position, Section, Track
from profilefit.parsing.dates import find_dates
from profilefit.parsing.entries import Block, Cell, Row, find_blocks, find_entries, is_prose
from profilefit.parsing.sections import heading_kind

__all__ = ["classify_title", "find_entries", "find_positions"]

_SPLIT = re.compile(r"\s+[–—|·•]\s+|\s+-{1,2}\s+|\s*[|•·]\s*|,\s+|，|\s{3,}|:\s+|(?<=\w)[–—](?=\s)|、")
_STOP = re.compile(r"(?<=[a-z)\]]{3})\.\s+(?=[A-Z])|^\s*\.\s+")
#: A space between names in Chinese and Japanese, which need none.
_UNSPACED = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\s+(?=\S)|(?<=\S)\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
_GOES_ON = re.compile(r"\s*[)\]]?[.:]\s+\w")
_DOTTED = re.compile(r"\s*\.\s")
_LOOSE_EDGE = " \t,;:|·•–—-~*_`"
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST_TITLE = 12
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_a-z])|[。！？\n]")
_CLAUSE = re.compile(r"[,;:(]|[.!?]\s|[.!?]$")


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


# ── titles ───────────────────────────────────────────────────────────────────────────────────────────────────────


def classify_title(title: str, library: Library) -> tuple[str | None, Track, str | None, str | None]:
    """Family, track, specialty and seniority of a title.

    >>> from profilefit.library import load_library
    >>> classify_title("Senior Perception Engineer", load_library())
    ('cv_engineer', 'engineer', 'vision', 'senior')
    """
    titles = library.titles
    flat = plain(title)
    family = _family(flat, titles)
    specialties = [
        (match.start(), name)
        for name, subject in titles.subjects.items()
        if not subject.general and (match := subject.find(flat))
    ]
    seniority = next((str(name) for name, worded in titles.seniority.items() if worded.find(flat)), None)
    track = titles.families[family].track if family else _role_track(flat, titles)
    return family, track, min(specialties)[1] if specialties else None, seniority


def _family(flat: str, titles: Titles) -> str | None:
    order = {name: place for place, name in enumerate(titles.families)}
    found = [(match.start() - match.end(), order[name], name) for match, name in titles.family.find_overlapping(flat)]
    hidden = {name for _, _, name in found if titles.families[name].veto.search(flat)}
    best = min((key for key in found if key[2] not in hidden), default=None)
    roles = {role for _, role in titles.role.find_all(flat)}
    subjects = {name for name, subject in titles.subjects.items() if subject.find(flat)} if roles else set()
    for name, family in titles.families.items():
        # A subject makes the plain families ("research scientist", "software engineer") more exact.
        plain_family = best is None or titles.families[best[2]].plain
        if plain_family and roles & set(family.roles) and subjects & set(family.subjects):
            return name
    return best[2] if best else None


def _role_track(flat: str, titles: Titles) -> Track:
    tracks = (titles.roles[role].track for _, role in titles.role.find_all(flat))
    return next((track for track in tracks if track != "other"), "other")


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
            part = _title_by_place(header.parts, usual)
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


def _recorded(document: Document, section: Section, block: Block, library: Library) -> Position | None:
    """The post of a record whose cells the format names; ``None`` for one without a title."""
    line = block.upper[0].line
    title, employer = document.field(line, "title"), document.field(line, "organisation")
    if title is None:
        return None
    name = document.text[slice(*employer)] if employer else None
    return make_position(document, section, title, name, block.dates, library)


def make_position(
    document: Document,
    section: Section,
    span: tuple[int, int],
    employer: str | None,
    dates: DateRange | None,
    library: Library,
) -> Position:
    """The post whose title stands at ``span``."""
    title = " ".join(document.text[slice(*span)].split())
    family, track, specialty, seniority = classify_title(title, library)
    if family is None and library.titles.schooling.find(plain(f"{title}, {employer or ''}")):
        track = "other"
    return Position(
        title=title,
        family=family,
        track=track,
        specialty=specialty,
        seniority=seniority,
        organisation=employer,
        start=dates.start if dates else None,
        end=None if not dates or dates.current else dates.end,
        current=bool(dates and dates.current),
        evidence=(document.cite(*span, section.kind, 2),),
    )


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
        stretches = stretches[:1] if any(c.isalpha() for c in cell.text[: holes[0][0] - cell.start]) else stretches[:2]
    said = False
    for begin, stop in stretches:
        text = plain(row.text[begin - row.line.start : stop - row.line.start])
        if said and _GOES_ON.match(text):  # "Developer, Acme (2019 – 2021). Wrote the billing service."
            continue
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


def _sentence(text: str) -> str:
    """The text up to the end of its first sentence, if that is more than an abbreviation."""
    match = _STOP.search(text)
    return text[: match.start()] if match else text


def _inside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at) or text.count("[", 0, at) > text.count("]", 0, at)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _LOOSE_EDGE + ")]":
        start += 1
    while start < end and (text[end - 1] in _LOOSE_EDGE + "([" or (text[end - 1] == "." and end - start > 4)):
        end -= 1
    if end > start and text[start] in "([" and text[end - 1] in ")]":
        start, end = start + 1, end - 1
    if end > start and text[start:end].count("(") < text[start:end].count(")") and text[end - 1] == ")":
        end -= 1
    return (start, end) if start < end else None


# ── which part is what ───────────────────────────────────────────────────────────────────────────────────────────


def _title_by_noun(parts: Sequence[_Part]) -> _Part | None:
    """The part with a head noun; parts without a word of an organisation, and parts above or beside the date, first."""
    candidates = [p for p in parts if p.noun and len(p.text.split()) <= _LONGEST_TITLE]
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
        yield start + at, start + match.start()
        at = match.end()
    yield start + at, end


# ── posts told in sentences ──────────────────────────────────────────────────────────────────────────────────────


def find_told(document: Document, sections: Sequence[Section], library: Library) -> Iterator[Position]:
    """Posts of running text: "From 2016 to 2019 I worked as a web developer at Moor & Vale."

    A sentence counts if it holds a date, one of the words that come before a title, and then a title.
    """
    titles = library.titles
    for section in sections:
        if section.kind not in ("experience", "summary", "other"):
            continue
        first, last = (document.lines[at] for at in (section.lines[0], section.lines[1] - 1))
        for begin, stop in _sentences(document, first.start, last.end):
            flat = plain(document.flat[begin:stop])
            dates = find_dates(flat, library.calendar, begin)
            said = titles.told.find(flat) if dates else None
            if said is None:
                continue
            opens = titles.told.article.match(flat, said.end())
            start = opens.end() if opens else said.end()
            ends = [m.start() for m in (*_CLAUSE.finditer(flat, start), *titles.layout.join.finditer(flat, start))]
            ends += [date.start_char - begin for date in dates if date.start_char - begin >= start]
            end = min((at for at in ends if at > start), default=len(flat))
            title = flat[start:end].rstrip(_LOOSE_EDGE + ".")
            if not titles.noun.search(title) or len(title.split()) > _LONGEST_TITLE:
                continue
            joined = titles.layout.join.match(flat, end)
            rest = _CLAUSE.split(document.flat[begin + joined.end() : stop])[0] if joined else ""
            until = min(
                (d.start_char - begin - joined.end() for d in dates if joined and d.start_char - begin >= joined.end()),
                default=len(rest),
            )
            employer = " ".join(rest[:until].split()).strip(_LOOSE_EDGE + ".(") or None
            yield make_position(
                document, section, (begin + start, begin + start + len(title)), employer, dates[0], library
            )


def _sentences(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences between two offsets stand; paragraphs end them too."""
    at = start
    for match in _SENTENCE_END.finditer(document.flat, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end
