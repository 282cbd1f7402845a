"""Where one reference of a list ends and the next begins, and what the headings above them say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from profilefit.library import Library
from profilefit.library.venues import Marker, Venues
from profilefit.library.words import YEAR, alternatives, plain
from profilefit.models import Document, Line, Section
from profilefit.parsing.dates import find_dates
from profilefit.parsing.records import record_dates
from profilefit.parsing.reference import BIBTEX, ITEM_MARKERS, PLAIN_YEAR, QUOTED, Item, find_markers

_LISTS = ("publications", "patents")
_NO_REFERENCES = frozenset({"contact", "languages", "interests", "references", "courses", "talks", "service"})
_HEADING_MARKERS: tuple[Marker, ...] = (
    "workshop",
    "preprint",
    "thesis",
    "patent",
    "unaccepted",
    "talk",
    "unwritten",
    "journal",
    "conference",
    "report",
)
_LABELLED = re.compile(r"(?P<head>[^\t:]{3,40})(?P<mark>[\t:])\s*(?P<rest>\S.*)", re.DOTALL)
#: The number of a heading: "A.", "2)", "4.1".
_LETTER = re.compile(r"^(?:(?:[A-Z]|[IVX]{1,4}|\d)[.)]|\d(?:\.\d{1,2})+\.?)\s+")
#: Sections in which a title in quotes with a venue may be somebody else's, a prize's or a thesis's.
_NO_TITLES = frozenset({"awards", "education", "teaching", "volunteering", "grants", "summary", "thesis"})
#: A volume with its pages, or the number of a preprint: a line that begins so goes on with a reference.
_REST = re.compile(rf"{YEAR};\s?\d|\d{{1,4}}\s?\(\d{{1,3}}\)\s?:\s?\d|{YEAR}\.\d\d\.\d\d\.\d{{5}}")
_NUMBERED = re.compile(r"\W{0,2}(?:[A-Z]{1,2})?(?P<number>\d{1,3})[\].)]\s")
#: Words of the shortest reference that begins without a mark, and of the longest heading in a list of them.
_SHORTEST_REFERENCE, _LONGEST_HEADING = 6, 8
#: A title in quotes at the beginning of a line; one word in quotes is the name of a thing.
_TITLE = re.compile(r"[“\"„«《][^”\"“»》]*[^”\"“»》\s]\s[^”\"“»》]+[”\"“»》]|《")
#: Words of a cell that may be a date.
_LONGEST_DATE = 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a list.

    ``labelled`` where its first words say that it tells of a talk, a service or a work under review.
    """

    lines: tuple[Line, ...]
    start: int
    end: int
    text: str
    year: int | None
    closed: bool
    named: bool
    labelled: bool = False

    @property
    def bullet(self) -> bool:
        return self.lines[0].bullet


def find_items(document: Document, section: Section, library: Library) -> Iterator[Item]:
    venues = library.venues
    records = [line for line in document.lines[slice(*section.lines)] if line.fields]
    if section.kind in _LISTS and records:
        yield from _recorded(document, section, records, library)
    elif section.kind in _LISTS:
        paragraphs = list(_paragraphs(document, section, library))
        yield from _grouped(document, section, paragraphs, venues)
    elif section.kind not in _NO_REFERENCES:
        paragraphs = list(_paragraphs(document, section, library))
        labelled = list(_labelled(paragraphs, library))
        yield from labelled
        for item in _scattered(section, paragraphs, library):
            if not any(other.start <= item.start < other.end for other in labelled):
                yield item


def _recorded(document: Document, section: Section, records: Iterable[Line], library: Library) -> Iterator[Item]:
    """One reference a record; the lines below it only tell of it. Its cell ``kind`` holds names of markers."""
    for line in records:
        dates = record_dates(document, line, library)
        date = dates and (dates.end or dates.start)
        kind, title = document.field(line, "kind"), document.field(line, "title")
        said = document.text[slice(*kind)].split() if kind else ["patent"] if section.kind == "patents" else []
        context = frozenset(marker for marker in ITEM_MARKERS if marker in said)
        year = int(date[:4]) if date else None
        yield Item(line.start, line.end, section.kind, year, context, record=True, title=title)


def _paragraphs(document: Document, section: Section, library: Library) -> Iterator[Paragraph]:
    group: list[Line] = []
    first, last = section.lines
    in_list = section.kind in _LISTS
    for line in document.lines[first:last]:
        goes_on = line.continues or (in_list and _REST.match(document.content(line)))
        if group and (not goes_on or _new_reference(document, group, line, library.venues, in_list=in_list)):
            yield _paragraph(document, group, library)
            group = []
        group.append(line)
    if group:
        yield _paragraph(document, group, library)


def _new_reference(document: Document, group: Sequence[Line], line: Line, venues: Venues, *, in_list: bool) -> bool:
    """Whether a line set as the rest of a paragraph begins another reference, or is a heading or follows one."""
    before = plain(document.text[group[0].start : group[-1].end])
    if not in_list and not (QUOTED.match(before) or venues.references.authors.match(before)):
        return False
    text = _behind_review(plain(document.content(line)), venues)
    heads = not (text[:1].islower() or text.rstrip().endswith("."))
    if (heads and _is_group(text, venues)) or _is_group(before, venues):
        return True
    head, number = _NUMBERED.match(before), _NUMBERED.match(text)
    if head and number:
        return abs(int(number["number"]) - int(head["number"])) == 1
    ended = re.search(r"[.)\]\d]$", before)
    authors = venues.references.authors
    if all(map(venues.references.dates_authors, (before, text))):
        return True
    if authors.match(before) and authors.match(text):
        listed = venues.references.authors_end(before)
        titled = listed and re.search(r"\w+ \w+", before[listed:])
        return bool((ended and titled) or (QUOTED.search(before) and QUOTED.search(text)))
    dated = PLAIN_YEAR.search(before)
    if dated and QUOTED.search(text) and ((authors.match(text) and ended) or _is_alike(before, text)):
        return True
    if not ended or head or len(text.split()) < _SHORTEST_REFERENCE or not re.match(r"[A-Z“\"„«]", text):
        return False
    if text[0] in '“"„«' and before[0] in '“"„«':
        return True
    lead = " ".join(text.split()[:3])
    told = any(venues.markers[marker].find(lead) for marker in ("conference", "journal", "claim", "volume", "talk"))
    return bool(
        PLAIN_YEAR.search(before) and PLAIN_YEAR.search(text) and not told and not next(venues.find(lead), None)
    )


def _behind_review(text: str, venues: Venues) -> str:
    """A line without the label of its margin: "submitted N. Roe, T. Poe. Irregular visits"."""
    label = venues.markers["unaccepted"].pattern.match(text)
    behind = text[label.end() :].lstrip(" :\t") if label else ""
    return behind if behind and venues.references.authors.match(behind) else text


def _is_alike(before: str, text: str) -> bool:
    """Whether both have a title in quotes and a year."""
    return bool(QUOTED.search(before) and PLAIN_YEAR.search(text) and len(text.split()) >= _SHORTEST_REFERENCE)


def _is_group(text: str, venues: Venues) -> bool:
    """Whether a line is a heading inside the list: "Journal papers (3)", "Submitted:", "Posters (not reviewed)"."""
    text = re.sub(r"\s*(?:[(\[][^()\[\]]*[)\]]|: ?\d+)\s*$", "", _LETTER.sub("", text.strip())).rstrip(".: ")
    words = text.split()
    if not 1 <= len(words) <= _LONGEST_HEADING or re.search(r"[.,;\d“\"„«\t]", text) or not text[0].isalpha():
        return False
    return venues.markers["group"].find(text) is not None and not any(venues.find(text))


def _heading_marks(text: str, venues: Venues) -> frozenset[Marker]:
    """What a heading says of the references below it: "talk" for all that is no work of the person's own.

    One that names several kinds ("Papers and patents") says nothing of the kind.
    """
    marks = find_markers(text, venues, _HEADING_MARKERS)
    if find_markers(text, venues, ("service", "informal")):
        return marks | {"talk"}
    kinds = marks - {"talk", "unaccepted", "unwritten"}
    joined = re.search(rf"[&,/+]|\b(?:{alternatives(venues.references.joins)})\b", text.lower())
    several = len(kinds) > 1 or (joined and find_markers(text, venues, ("paper",)))
    return marks - kinds if several else marks


def _paragraph(document: Document, lines: Sequence[Line], library: Library) -> Paragraph:
    start, end = lines[0].start, lines[-1].end
    text = document.text[start:end]
    flat = plain(text).replace("\n", " ")
    cells = [cell for line in text.split("\n") for cell in line.split("\t")]
    year = None
    for cell in cells:
        if len(cell.split()) > _LONGEST_DATE:
            continue
        dates = find_dates(cell, library.calendar)
        if dates and not (cell[: dates[0].start_char] + cell[dates[-1].end_char :]).strip(" ()[],.;:–—-·•|"):
            year = int((dates[-1].end or dates[-1].start or "0")[:4]) or None
    venues = library.venues
    dated = year or PLAIN_YEAR.search(flat) or venues.references.archive_year.search(flat)
    named = bool(dated or any(True for _ in venues.find(flat)))
    closed = bool(named or venues.markers["unaccepted"].find(flat) or venues.patents.number.search(flat))
    label = flat.partition("\t")[0] if "\t" in flat else ""
    labelled = any(venues.markers[marker].pattern.fullmatch(label) for marker in ("talk", "service"))
    labelled = labelled or _behind_review(flat, venues) != flat
    return Paragraph(tuple(lines), start, end, flat, year, closed, named, labelled)


def _grouped(document: Document, section: Section, paragraphs: Sequence[Paragraph], venues: Venues) -> Iterator[Item]:
    if any(BIBTEX.search(p.text) for p in paragraphs):
        yield from _bibtex_items(document, section, paragraphs)
        return
    bare = not any(p.named for p in paragraphs)
    if bare:
        paragraphs = list(_same_look(paragraphs))
    start_rule = _start_rule([p for p in paragraphs if not _is_group(p.text, venues)])
    always = _heading_marks(plain(section.title), venues) - {"talk"}
    if section.kind == "patents":
        always |= {"patent"}
    context, year = always, None
    groups: list[tuple[list[Paragraph], int | None, frozenset[Marker]]] = []
    fresh = True
    for p in paragraphs:
        ending = bool(groups) and not fresh and groups[-1][0][-1].text.rstrip().endswith(",")  # "…, arXiv preprint,"
        if p.year and len(p.text.split()) <= 2 and not (p.bullet or ending) and start_rule != "dated":
            year, fresh = p.year, True
        elif _is_subheading(p, venues, bare=bare):
            context, fresh = _heading_marks(p.text, venues), True
            if "patent" in always and not venues.markers["label"].find(p.text):
                context |= always
        elif fresh or (not (ending and p.year) and _starts_item(p, groups[-1][0], start_rule, bare=bare)):
            groups.append(([p], year, context))
            fresh = False
        else:
            groups[-1][0].append(p)
    for group, heading_year, marks in groups:
        if bare or start_rule != "closing" or "unaccepted" in marks or any(p.closed for p in group):
            date = next((p.year for p in group if p.year), None) or heading_year
            yield Item(group[0].start, group[-1].end, section.kind, date, marks, bare)


def _same_look(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs up to the first that is set in another size: a list in a margin ends where the page goes on."""
    for p in paragraphs:
        if abs(p.lines[0].size - paragraphs[0].lines[0].size) > 0.6:
            return
        yield p


def _scattered(section: Section, paragraphs: Sequence[Paragraph], library: Library) -> Iterator[Item]:
    """References in a section of another kind: paragraphs that begin with authors and name a venue with its year."""
    references = library.venues.references
    venues = library.venues
    at, context = 0, _heading_marks(plain(section.title), venues)
    while at < len(paragraphs):
        p, stop = paragraphs[at], at + 1
        if _is_group(p.text, venues):
            context = _heading_marks(p.text, venues)
        elif references.authors.match(p.text) and not _tells_of_others(p.text, venues):
            while stop < min(at + 3, len(paragraphs)) and not paragraphs[stop].bullet and not p.named:
                tail = paragraphs[stop]
                p = replace(p, end=tail.end, text=f"{p.text} {tail.text}", named=tail.named)
                stop += 1
            dated = PLAIN_YEAR.search(p.text) or references.archive_year.search(p.text)
            marked = find_markers(p.text, venues, ("thesis", "conference", "journal"))
            named = any(venues.find(p.text)) or (section.kind != "education" and references.dates_authors(p.text))
            told = named or (marked and section.kind != "education")
            if (dated and told) or (context and (dated or "unaccepted" in context)):
                yield Item(p.start, p.end, section.kind, None, context)
                at = stop - 1
        elif section.kind not in _NO_TITLES and (quoted := _TITLE.match(p.text)) and PLAIN_YEAR.search(p.text):
            behind = p.text[quoted.end() :]
            if any(venues.find(behind)) or find_markers(behind, venues, ("workshop", "conference", "journal")):
                yield Item(p.start, p.end, section.kind, None, context)
        at += 1


def _tells_of_others(text: str, venues: Venues) -> bool:
    """Whether a line begins with a deed that is no writing: "Reproduced CQL and IQL from the papers"."""
    found = venues.markers["others"].find(text)
    return bool(found) and not re.search(r"\w", text[: found.start()] if found else "")


def _start_rule(paragraphs: Sequence[Paragraph]) -> str:
    """How items begin: ``bullet``, ``dated`` row, every ``paragraph``, or after the ``closing`` line with the year."""
    if not paragraphs:
        return "paragraph"
    if any(p.year and len(p.text.split()) <= 2 for p in paragraphs) and not any(p.bullet for p in paragraphs):
        return "paragraph"
    dated = sum(1 for p in paragraphs if p.year and len(p.text.split()) > 3)
    closed = sum(1 for p in paragraphs if p.closed)
    if sum(1 for p in paragraphs if p.bullet) >= max(1, len(paragraphs) * 0.4):
        return "bullet"
    if dated >= 2 and dated >= closed * 0.4 and paragraphs[0].year:
        return "dated"
    return "paragraph" if closed >= len(paragraphs) * 0.75 else "closing"


def _starts_item(p: Paragraph, group: Sequence[Paragraph], rule: str, *, bare: bool) -> bool:
    if bare or rule == "paragraph" or p.labelled:
        return True
    if rule == "bullet":
        return (
            p.bullet
            or (p.closed and any(g.closed for g in group) and not group[0].bullet)
            or (p.closed and group[0].bullet and len(p.text.split()) > 5)
        )
    if rule == "dated":
        return bool(p.year)
    return any(g.closed for g in group)


def _is_subheading(p: Paragraph, venues: Venues, *, bare: bool) -> bool:
    if bare or p.bullet:
        return False
    if _is_group(p.text, venues):
        return True
    words = p.text.split()
    plain_words = not re.search(r"[.,\d“\"(]", p.text.rstrip(".:"))
    return not p.named and len(words) <= 2 and plain_words


def _bibtex_items(document: Document, section: Section, paragraphs: Sequence[Paragraph]) -> Iterator[Item]:
    start, end = paragraphs[0].start, paragraphs[-1].end
    heads = [start + m.start() for m in BIBTEX.finditer(document.text[start:end])]
    for begin, stop in zip(heads, [*heads[1:], end], strict=True):
        yield Item(begin, begin + len(document.text[begin:stop].rstrip()), section.kind, None, frozenset())


def _labelled(paragraphs: Sequence[Paragraph], library: Library) -> Iterator[Item]:
    """References behind a label: a table row "Publications ⇥ …", a line "Patents: …"."""
    label, authors = library.venues.markers["label"], library.venues.references.authors
    inside = False
    for p in paragraphs:
        row = _LABELLED.match(p.text)
        if row and label.pattern.fullmatch(row["head"].strip()):
            inside = row["mark"] == "\t"
            yield Item(p.start + row.start("rest"), p.end, "publications", None, frozenset())
        elif inside and "\t" not in p.text and p.closed and (QUOTED.search(p.text) or authors.match(p.text)):
            yield Item(p.start, p.end, "publications", None, frozenset())
        else:
            inside = False
