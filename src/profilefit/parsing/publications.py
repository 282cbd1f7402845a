"""Papers, theses and patents of the person: from lists of references, and from sentences that claim one.

A reference is read for its venue (the last one named after the title wins), its kind and its year. Outside such lists a
venue counts only where the sentence says that the paper is the person's own; a paper named in two places is one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from profilefit.library import Library
from profilefit.library.references import References
from profilefit.library.words import plain
from profilefit.library.work import Marker, VenueMention, Venues
from profilefit.models import Document, Line, Publication, PublicationKind, Section
from profilefit.parsing.dates import find_dates
from profilefit.parsing.records import record_dates

#: Sections of references, and those in whose sentences a paper may be claimed.
_LISTS = ("publications", "patents")
_PROSE = ("summary", "experience", "education", "projects", "awards", "thesis", "grants", "other", "volunteering")

_ITEM_MARKERS: tuple[Marker, ...] = (
    "workshop", "preprint", "thesis", "patent", "pending", "unaccepted", "journal", "conference", "volume",
)  # fmt: skip
_HEADING_MARKERS: tuple[Marker, ...] = ("workshop", "preprint", "thesis", "patent", "unaccepted", "talk")
_NO_REFERENCES = frozenset({"contact", "languages", "interests", "references", "courses", "talks", "service"})

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_PLAIN_YEAR = re.compile(rf"(?<![\w.:/–-])(?P<year>{_YEAR})(?![\w:/]|\.\d|[–-]\d)")
_PATENT_YEAR = re.compile(rf"(?<!\d)(?P<year>{_YEAR})/\d{{6,}}")
_YEAR_NEAR = re.compile(rf"[^.;,\n]{{0,40}}?\((?P<year>{_YEAR})\)")
_QUOTED = re.compile(r"[“\"„«《](?P<title>[^”\"“»》]{3,}?)[”\"“»》]")
_UNKNOWN_VENUE = re.compile(rf"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:\s|['-]|\s')(?:{_YEAR}|\d\d(?!\d))")
_BIBTEX = re.compile(r"@(?P<type>\w+)\s*\{")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]|[)\]\"”])[.!?](?=\s+[A-Z\d(“\"]|\s*$)|(?<=\d)\.(?=\s+[A-Z(“\"]|\s*$)|[。！？\n\t]"
)
_LABELLED = re.compile(r"(?P<head>[^\t:]{3,40})(?P<mark>[\t:])\s*(?P<rest>\S.*)", re.DOTALL)
#: A title with its date at the end of the row.
_DATED_ROW = re.compile(rf"(?P<title>[^\t\n]{{8,}})\t[^\t\n]{{0,20}}{_YEAR}\s*(?:\n|$)")
#: Words of a cell that may be a date.
_LONGEST_DATE = 6
_NO_YEAR: list[int | None] = [None]
_BRACKET = re.compile(r"[(（][^()（）]*$")


@dataclass(frozen=True, slots=True)
class _Item:
    """A reference: characters ``[start, end)``, the section's kind, and what a heading or date beside it says.

    Attributes:
        date: year in a cell of its own or in a heading above.
        context: markers of the sub-heading above ("Submitted", "Workshops").
        bare: only a title, as LinkedIn lists them.
        record: the format itself names the cells; ``title`` is the one with the title.
    """

    start: int
    end: int
    kind: str
    date: int | None
    context: frozenset[Marker]
    bare: bool = False
    record: bool = False
    title: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[Line, ...]
    start: int
    end: int
    text: str
    year: int | None
    closed: bool
    named: bool

    @property
    def bullet(self) -> bool:
        return self.lines[0].bullet


def find_publications(document: Document, sections: Sequence[Section], library: Library) -> tuple[Publication, ...]:
    """Every paper, preprint, thesis and patent of the person, in reading order, each once."""
    listed: list[Publication] = []
    bare: list[Publication] = []
    for section in sections:
        for item in _items(document, section, library):
            if listed and _is_rest(document, item, listed[-1]):
                listed[-1] = _completed(document, item, listed[-1])
                continue
            (bare if item.bare else listed).extend(_read(document, item, library.venues))
    found = _merge_listed(listed)
    for section in sections:
        if section.kind in _PROSE:
            for claim in _claims(document, section, library.venues):
                _merge_claim(found, claim)
    # A list of bare titles says that there are papers, not where they appeared: those that no claim accounts for stay.
    # The titles of LinkedIn's list cannot be told apart from the claims, so the claims take as many titles as they are.
    papers = sum(1 for record in found if record.kind not in ("patent", "thesis"))
    titles = [record for record in bare if record.kind == "other"]
    found += [record for record in bare if record.kind != "other"] + titles[papers:]
    return tuple(sorted(found, key=lambda record: record.evidence[0].start))


# ── lists of references ──────────────────────────────────────────────────────────────────────────────────────────


def _items(document: Document, section: Section, library: Library) -> Iterator[_Item]:
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


def _recorded(document: Document, section: Section, records: Iterable[Line], library: Library) -> Iterator[_Item]:
    """One reference a record; the lines below it only tell of it. Its cell ``kind`` holds names of markers."""
    for line in records:
        dates = record_dates(document, line, library)
        date = dates and (dates.end or dates.start)
        kind, title = document.field(line, "kind"), document.field(line, "title")
        said = document.text[slice(*kind)].split() if kind else ["patent"] if section.kind == "patents" else []
        context = frozenset(marker for marker in _ITEM_MARKERS if marker in said)
        year = int(date[:4]) if date else None
        yield _Item(line.start, line.end, section.kind, year, context, record=True, title=title)


def _paragraphs(document: Document, section: Section, library: Library) -> Iterator[_Paragraph]:
    group: list[Line] = []
    first, last = section.lines
    for line in document.lines[first:last]:
        if group and (not line.continues or _new_reference(document, group, line, library.venues.references.authors)):
            yield _paragraph(document, group, library)
            group = []
        group.append(line)
    if group:
        yield _paragraph(document, group, library)


def _new_reference(document: Document, group: Sequence[Line], line: Line, authors: re.Pattern[str]) -> bool:
    """Whether a line set as the rest of a paragraph begins with authors, after a reference that is complete."""
    before = plain(document.text[group[0].start : group[-1].end])
    complete = authors.match(before) and re.search(r"[.)\d]$", before) and re.search(r"\d", before)
    return bool(complete and authors.match(plain(document.content(line))))


def _paragraph(document: Document, lines: Sequence[Line], library: Library) -> _Paragraph:
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
    dated = year or _PLAIN_YEAR.search(flat) or venues.references.archive_year.search(flat)
    named = bool(dated or any(True for _ in venues.find(flat)))
    closed = bool(named or venues.markers["unaccepted"].find(flat) or venues.patents.number.search(flat))
    return _Paragraph(tuple(lines), start, end, flat, year, closed, named)


def _grouped(document: Document, section: Section, paragraphs: Sequence[_Paragraph], venues: Venues) -> Iterator[_Item]:
    if any(_BIBTEX.search(p.text) for p in paragraphs):
        yield from _bibtex_items(document, section, paragraphs)
        return
    bare = not any(p.named for p in paragraphs)
    if bare:
        paragraphs = list(_same_look(paragraphs))
    start_rule = _start_rule(paragraphs)
    always = _markers(plain(section.title), venues, _HEADING_MARKERS) - {"talk"}
    if section.kind == "patents":
        always |= {"patent"}
    context, year = always, None
    groups: list[tuple[list[_Paragraph], int | None, frozenset[Marker]]] = []
    fresh = True
    for p in paragraphs:
        if p.year and len(p.text.split()) <= 2 and not p.bullet and start_rule != "dated":
            year, fresh = p.year, True
        elif _is_subheading(p, bare=bare):
            context, fresh = _markers(p.text, venues, _HEADING_MARKERS), True
            if "patent" in always and not venues.markers["label"].find(p.text):
                context |= always
        elif fresh or _starts_item(p, groups[-1][0], start_rule, bare=bare):
            groups.append(([p], year, context))
            fresh = False
        else:
            groups[-1][0].append(p)
    for group, heading_year, marks in groups:
        if bare or start_rule != "closing" or any(p.closed for p in group):
            date = next((p.year for p in group if p.year), None) or heading_year
            yield _Item(group[0].start, group[-1].end, section.kind, date, marks, bare)


def _same_look(paragraphs: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """The paragraphs up to the first that is set in another size: a list in a margin ends where the page goes on."""
    for p in paragraphs:
        if abs(p.lines[0].size - paragraphs[0].lines[0].size) > 0.6:
            return
        yield p


def _scattered(section: Section, paragraphs: Sequence[_Paragraph], library: Library) -> Iterator[_Item]:
    """References in a section of another kind: paragraphs that begin with authors and name a venue with its year."""
    references = library.venues.references
    at = 0
    while at < len(paragraphs):
        p, stop = paragraphs[at], at + 1
        if references.authors.match(p.text):
            while stop < min(at + 3, len(paragraphs)) and not paragraphs[stop].bullet and not p.named:
                tail = paragraphs[stop]
                p = replace(p, end=tail.end, text=f"{p.text} {tail.text}", named=tail.named)
                stop += 1
            dated = _PLAIN_YEAR.search(p.text) or references.archive_year.search(p.text)
            named = any(True for _ in library.venues.find(p.text)) or library.venues.markers["thesis"].find(p.text)
            if dated and named:
                yield _Item(p.start, p.end, section.kind, None, frozenset())
                at = stop - 1
        at += 1


def _start_rule(paragraphs: Sequence[_Paragraph]) -> str:
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


def _starts_item(p: _Paragraph, group: Sequence[_Paragraph], rule: str, *, bare: bool) -> bool:
    if bare or rule == "paragraph":
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


def _is_subheading(p: _Paragraph, *, bare: bool) -> bool:
    words = p.text.split()
    plain_words = not re.search(r"[.,\d“\"(]", p.text.rstrip(".:"))
    return not bare and not p.bullet and not p.named and len(words) <= 4 and plain_words


def _bibtex_items(document: Document, section: Section, paragraphs: Sequence[_Paragraph]) -> Iterator[_Item]:
    start, end = paragraphs[0].start, paragraphs[-1].end
    heads = [start + m.start() for m in _BIBTEX.finditer(document.text[start:end])]
    for begin, stop in zip(heads, [*heads[1:], end], strict=True):
        yield _Item(begin, begin + len(document.text[begin:stop].rstrip()), section.kind, None, frozenset())


def _labelled(paragraphs: Sequence[_Paragraph], library: Library) -> Iterator[_Item]:
    """References behind a label: a table row "Publications ⇥ …", a line "Patents: …"."""
    label, authors = library.venues.markers["label"], library.venues.references.authors
    inside = False
    for p in paragraphs:
        row = _LABELLED.match(p.text)
        if row and label.pattern.fullmatch(row["head"].strip()):
            inside = row["mark"] == "\t"
            yield _Item(p.start + row.start("rest"), p.end, "publications", None, frozenset())
        elif inside and "\t" not in p.text and p.closed and (_QUOTED.search(p.text) or authors.match(p.text)):
            yield _Item(p.start, p.end, "publications", None, frozenset())
        else:
            inside = False


# ── one reference ────────────────────────────────────────────────────────────────────────────────────────────────


def _read(document: Document, item: _Item, venues: Venues) -> Iterator[Publication]:
    text = plain(document.text[item.start : item.end])
    if bibtex := _BIBTEX.match(text):
        yield from _read_bibtex(document, item, text, bibtex["type"], venues)
        return
    flat = text.replace("\n", " ")
    marks = _markers(flat, venues) | item.context
    if _is_talk(flat, venues) or ("talk" in item.context):
        return
    quoted = _QUOTED.search(flat)
    beyond = quoted.end() if quoted else 0
    title = _title(document.text[item.start : _title_end(document, item, venues)], venues.references)
    if item.record:
        title, beyond = (document.text[slice(*item.title)], item.title[1] - item.start) if item.title else (None, 0)
    evidence = (document.cite(item.start, item.end, item.kind, 3),)
    if item.bare:
        if "patent" in marks and "pending" in marks and not venues.patents.number.search(flat):
            return
        kind: PublicationKind = "patent" if "patent" in marks else "other"
        yield Publication(" ".join(document.text[item.start : item.end].split()), None, kind, None, evidence)
        return
    mentions = [m for m in venues.find(flat) if m.start >= beyond] or list(venues.find(flat))
    mentions = [m for m in mentions if not _in_title(m, flat)] or mentions
    reviewed = [m for m in mentions if m.venue.kind != "preprint"]
    mention = reviewed[-1] if reviewed else (mentions[-1] if mentions else None)
    year = _item_year(flat, mention, item, venues.references)
    if _is_patent(flat, marks, mention, venues):
        if "pending" in marks and year is None and not venues.patents.number.search(flat):
            return
        for each in _patent_years(flat, year):
            yield Publication(title, None, "patent", each, evidence, not marks & {"pending", "unaccepted"})
        return
    accepted = "unaccepted" not in marks
    name, kind = _venue_and_kind(flat, beyond, mention, marks, venues)
    if not accepted and kind != "preprint":
        preprint = next((m for m in mentions if m.venue.kind == "preprint"), None)
        name, kind = (preprint.venue.name, "preprint") if preprint else (name, "other")
    if (
        kind == "other"
        and accepted
        and not item.title
        and (year is None or not (quoted or venues.references.authors.match(flat)))
    ):
        return
    yield Publication(title, name, kind, year, evidence, accepted)


def _venue_and_kind(
    flat: str, beyond: int, mention: VenueMention | None, marks: frozenset[Marker], venues: Venues
) -> tuple[str | None, PublicationKind]:
    rest = flat[beyond:]
    if "thesis" in marks and (mention is None or mention.venue.kind == "preprint") and "workshop" not in marks:
        return None, "thesis"
    if mention and mention.venue.kind != "preprint":
        kind = mention.venue.kind
        if "workshop" in marks and kind == "conference":
            kind = "workshop"
        return mention.venue.name, kind
    if "workshop" in _markers(rest, venues, ("workshop",)):
        unknown = _UNKNOWN_VENUE.search(rest)
        return (unknown["name"] if unknown else None), "workshop"
    if mention or "preprint" in marks:
        return (mention.venue.name if mention else None), "preprint"
    unknown = next(reversed(list(_UNKNOWN_VENUE.finditer(rest))), None)
    if "conference" in marks:
        acronym = re.search(r"\(([A-Z][A-Za-z]*[A-Z][\w'-]*)\s*(?:\d{2,4})?\)", rest)
        return (acronym[1] if acronym else unknown["name"] if unknown else None), "conference"
    if unknown and not venues.references.volume.search(rest[unknown.end() :]):
        return unknown["name"], "conference"
    if "journal" in marks or "volume" in marks or venues.references.volume.search(rest):
        return None, "journal"
    return None, "other"


def _item_year(flat: str, mention: VenueMention | None, item: _Item, references: References) -> int | None:
    if mention and mention.year:
        return mention.year
    years = list(_PLAIN_YEAR.finditer(flat))
    if mention:
        behind = [m for m in years if m.start() >= mention.end]
        if behind:
            return int(behind[0]["year"])
    if years and not item.date:
        bracketed = [m for m in years if flat[m.start() - 1 : m.start()] == "("]
        return int((bracketed or years)[-1]["year"])
    if item.date:
        return item.date
    if years:
        return int(years[-1]["year"])
    if archived := references.archive_year.search(flat):
        return 2000 + int(archived["yy"])
    published = _PATENT_YEAR.search(flat)
    return int(published["year"]) if published else None


def _is_patent(flat: str, marks: frozenset[Marker], mention: VenueMention | None, venues: Venues) -> bool:
    said = venues.patents.number.search(flat) or venues.markers["patent"].find(flat)
    return ("patent" in marks or bool(said)) and (mention is None or bool(said))


def _patent_years(flat: str, year: int | None) -> list[int | None]:
    listed = re.search(rf"\((?P<years>{_YEAR}(?:\s*[,;&]\s*{_YEAR})+)\)", flat)
    return [int(y) for y in re.findall(_YEAR, listed["years"])] if listed else [year]


def _is_talk(flat: str, venues: Venues) -> bool:
    talk = venues.markers["talk"].find(flat)
    return talk is not None and talk.start() < 3


def _in_title(mention: VenueMention, flat: str) -> bool:
    """Whether a name of ordinary words stands in a title: nothing but further words around it."""
    return mention.year is None and mention.venue.ambiguous and mention.start < len(flat) / 3


def _title(text: str, references: References) -> str | None:
    """The quoted part, or the sentence after the authors; ``None`` where the reference does not tell."""
    if quoted := _QUOTED.search(text):
        return " ".join(quoted["title"].strip(" .,").split())
    if dated := _DATED_ROW.match(text):
        return " ".join(dated["title"].split())
    cell = max(text.replace("\n", " ").split("\t"), key=len)
    authors = references.author_list.match(plain(cell))
    rest = cell[authors.end() :] if authors else cell
    rest = re.sub(rf"^\W*{_YEAR}\W+", "", rest).strip()
    title = re.split(r"[.?!](?=\s|$)", rest)[0].strip(" .,;:")
    return " ".join(title.split()) if len(title.split()) >= 2 else None


def _title_end(document: Document, item: _Item, venues: Venues) -> int:
    """Where a title ends that fills the first line by itself, the lines below it being set in another way."""
    first, second = document.line_at(item.start), document.line_at(item.end - 1)
    text = plain(document.content(first))
    alone = item.start == first.start and first is not second and first.style != second.style
    if not alone or venues.references.authors.match(text) or _PLAIN_YEAR.search(text):
        return item.end
    return first.end


def _read_bibtex(document: Document, item: _Item, text: str, entry_type: str, venues: Venues) -> Iterator[Publication]:
    flat = " ".join(text.split())
    fields = {m[1].lower(): m[2].strip(' {}"') for m in re.finditer(r"(\w+)\s*=\s*(\{[^}]*\}|\"[^\"]*\"|\w+)", flat)}
    kind = venues.bibtex.kind(entry_type)
    if kind is None:
        return
    place = _first_field(fields, venues.bibtex.venue)
    digits = re.search(_YEAR, _first_field(fields, venues.bibtex.year) or "")
    title = _first_field(fields, venues.bibtex.title)
    mention = next(venues.find((place or "") + " 2000"), None)
    name = mention.venue.name if mention else place
    if mention and mention.venue.kind in ("preprint", "journal"):
        kind = mention.venue.kind
    if kind == "conference" and place and venues.markers["workshop"].find(place):
        kind = "workshop"
    evidence = (document.cite(item.start, item.end, item.kind, 3),)
    yield Publication(title, name, kind, int(digits[0]) if digits else None, evidence)


def _first_field(fields: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((fields[name] for name in names if name in fields), None)


def _is_rest(document: Document, item: _Item, before: Publication) -> bool:
    """Whether an item is the end of a BibTeX entry that a page break cut."""
    text = document.text[item.start : item.end]
    field = re.match(r"\w+\s*=", text)
    return bool(field and _BIBTEX.match(before.evidence[0].match) and not _BIBTEX.search(text))


def _completed(document: Document, item: _Item, before: Publication) -> Publication:
    year = re.search(_YEAR, document.text[item.start : item.end])
    return replace(before, year=int(year[0])) if year and before.year is None else before


def _markers(flat: str, venues: Venues, only: Iterable[Marker] | None = None) -> frozenset[Marker]:
    return frozenset(name for name in only or _ITEM_MARKERS if venues.markers[name].find(flat))


# ── claims in sentences ──────────────────────────────────────────────────────────────────────────────────────────


def _claims(document: Document, section: Section, venues: Venues) -> Iterator[Publication]:
    first, last = section.lines
    group: list[Line] = []
    for line in (*document.lines[first:last], None):
        if group and (line is None or not line.continues):
            yield from _claims_in(document, group[0].start, group[-1].end, section.kind, venues)
            group = []
        if line is not None:
            group.append(line)


def _claims_in(document: Document, start: int, end: int, kind: str, venues: Venues) -> Iterator[Publication]:
    flat = plain(document.text[start:end]).replace("\n", " ")
    begin = 0
    for stop in [*(m.start() for m in _SENTENCE_END.finditer(flat)), len(flat)]:
        sentence = flat[begin:stop]
        if sentence.strip():
            yield from _claims_of_sentence(document, start + begin, sentence, kind, venues)
        begin = stop + 1


def _claims_of_sentence(
    document: Document, offset: int, sentence: str, kind: str, venues: Venues
) -> Iterator[Publication]:
    mentions, numbers = list(venues.find(sentence)), list(venues.patents.number.finditer(sentence))
    if not mentions and not numbers:
        return
    others = [m.start() for m in venues.markers["others"].find_all(sentence)]
    claims = [m.start() for m in venues.markers["claim"].find_all(sentence)]
    for mention in mentions:
        if any(at < mention.start or at - mention.end < 30 for at in others):
            continue
        years = _years_behind(sentence, mention, venues.references)
        bracket = _BRACKET.search(sentence, 0, mention.start)
        apart = bracket or sentence[: mention.start].rstrip().endswith((",", ";", "–", "—", ":"))
        if not claims and not (apart and mention.year and kind != "awards"):
            continue
        published: PublicationKind = mention.venue.kind
        near = re.split(r"[;,]", sentence[: mention.start])[-1] + re.split(r"[;,.)]", sentence[mention.start :])[0]
        if published == "conference" and venues.markers["workshop"].find(near):
            published = "workshop"
        begin, stop = offset + mention.start, offset + mention.end
        for year in years or _NO_YEAR:
            if year is None and published == "preprint":
                continue
            yield Publication(None, mention.venue.name, published, year, (document.cite(begin, stop, kind, 3),))
    for number in numbers:
        rest = sentence[number.end() :]
        patent = venues.markers["patent"].find(sentence) or venues.markers["granted"].find(sentence)
        if patent and not others:
            found = _PLAIN_YEAR.search(rest[:40]) or _PATENT_YEAR.search(sentence)
            begin, stop = offset + number.start(), offset + number.end()
            yield Publication(
                None, None, "patent", int(found["year"]) if found else None, (document.cite(begin, stop, kind, 3),)
            )


def _years_behind(sentence: str, mention: VenueMention, references: References) -> list[int | None]:
    if match := references.years_behind.match(sentence, mention.end):
        return [int(year) for year in re.findall(_YEAR, match["years"])]
    if mention.year:
        return [mention.year]
    near = _YEAR_NEAR.match(sentence, mention.end)
    if near:
        return [int(near["year"])]
    archived = references.archive_year.match(sentence, mention.start)
    return [2000 + int(archived["yy"])] if archived else []


# ── one record a paper ───────────────────────────────────────────────────────────────────────────────────────────


def _merge_listed(records: Iterable[Publication]) -> list[Publication]:
    found: list[Publication] = []
    for record in records:
        twin = next((i for i, other in enumerate(found) if record.title and other.title and _same(record, other)), None)
        if twin is None:
            found.append(record)
        elif found[twin].kind == "preprint" or not found[twin].accepted:
            found[twin] = replace(record, evidence=found[twin].evidence + record.evidence)
        else:
            found[twin] = replace(found[twin], evidence=found[twin].evidence + record.evidence)
    return found


def _same(one: Publication, other: Publication) -> bool:
    keys = [re.sub(r"\W+", " ", plain(record.title or "").lower()).strip() for record in (one, other)]
    return keys[0] == keys[1] and one.evidence[0].start != other.evidence[0].start


def _merge_claim(found: list[Publication], claim: Publication) -> None:
    for i, other in enumerate(found):
        same_venue = other.venue == claim.venue and (other.kind == claim.kind or claim.year == other.year)
        if same_venue and claim.year in (None, other.year):
            found[i] = replace(other, evidence=other.evidence + claim.evidence)
            return
    if claim.year is not None or claim.kind == "patent" or not any(p.venue == claim.venue for p in found):
        found.append(claim)
