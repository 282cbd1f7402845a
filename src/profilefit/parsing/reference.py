"""One reference: its title, its venue (the last one named after the title wins), its kind and its year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from profilefit.library.references import References
from profilefit.library.words import YEAR, plain
from profilefit.library.work import Marker, VenueMention, Venues
from profilefit.models import Document, Evidence, Publication, PublicationKind

ITEM_MARKERS: tuple[Marker, ...] = (
    "workshop", "preprint", "thesis", "patent", "pending", "unaccepted", "journal", "conference", "volume",
    "report", "unwritten",
)  # fmt: skip

PLAIN_YEAR = re.compile(rf"(?<![\w.:/–-])(?P<year>{YEAR})(?![\w/]|:\S|\.\d|[–-]\d)")
PATENT_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})[/-][\dXx]{{5,}}")
#: The kind code of a published application behind a patent's number, unlike that of a patent: "A1", "B2".
_APPLICATION = re.compile(r"\dA\d?$|\sA\d?$")
#: The number that bioRxiv and its like give: "2026.03.14.987654".
_ARCHIVED = re.compile(rf"(?<![\w.])(?P<year>{YEAR})\.\d\d\.\d\d\.")
QUOTED = re.compile(r"[“\"„«《](?P<title>[^”\"“»》]{3,}?)[”\"“»》]")
BIBTEX = re.compile(r"@(?P<type>\w+)\s*\{")
UNKNOWN_VENUE = re.compile(rf"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:\s|['-]|\s')(?:{YEAR}|\d\d(?!\d))")
_ANY_YEAR = re.compile(rf"\(?{YEAR}\)?")
#: A venue called by its first letters, and how many words there may be around it.
_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z]{2}[A-Za-z]*(?!\w)|(?<![\w-])[A-Z]{3,}(?!\w)")
_SHORT_VENUE = 5
#: Year, journal, volume and page in front of a title: "2021, A&A, 649, A37: Relics".
_BEFORE_TITLE = re.compile(
    rf"^\W*(?:\({YEAR}(?:,[^()]{{3,14}})?\)|{YEAR})\W+(?:[^:\d]{{2,40}},\s*\d{{1,4}},\s*[A-Z]?\d+:\s*)?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
#: A remark at the end of a line: "(talk)".
_REMARK = re.compile(r"\((?P<remark>[^()]{3,30})\)\W*$")
#: The first author where names are written without spaces.
#: A title or name of Chinese, which has no spaces.
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{4}")
_HAN_AUTHORS = re.compile(r"(?:[\u4e00-\u9fff]{2,4}[,;、] ?)*[\u4e00-\u9fff]{2,4}\. ")
_HAN_AUTHOR = re.compile(r"\W*(?:\d+\W+)?[\u4e00-\u9fff]{2,4}\s?[,.、;:。]")
#: Kinds that a heading above may tell, where nothing else does.
_HEADED: tuple[Literal["workshop", "preprint", "journal", "conference"], ...] = (
    "workshop", "preprint", "journal", "conference",
)  # fmt: skip
#: A year behind a venue's name, for names that count only before one.
_ANY = " 2000"
#: Characters of a number or date before the word that tells what a line is about.
_LONGEST_LEAD = 16
#: Words that a work under review takes to be told without authors.
_SHORTEST_WORK = 8
#: A title with its date at the end of the row.
_DATED_ROW = re.compile(rf"(?P<title>[^\t\n]{{8,}})\t[^\t\n]{{0,20}}{YEAR}\s*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Item:
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
class _Found:
    """What stands in a reference.

    Attributes:
        flat: its text in one row.
        beyond: where in it the title has ended, or 0.
        mention: the venue that counts, of all ``mentions``.
    """

    flat: str
    marks: frozenset[Marker]
    title: str | None
    beyond: int
    mention: VenueMention | None
    mentions: Sequence[VenueMention]
    year: int | None


def read_item(document: Document, item: Item, venues: Venues) -> Iterator[Publication]:
    """The publication that a reference names; none for a talk, a service or a line that names no work."""
    text = plain(document.text[item.start : item.end])
    if bibtex := BIBTEX.match(text):
        yield from _read_bibtex(document, item, text, bibtex["type"], venues)
        return
    flat = text.replace("\n", " ")
    if "talk" in item.context or _is_other(flat, venues):
        return
    title = _title(document.text[item.start : _title_end(document, item, venues)], venues.references)
    if item.record:
        title = document.text[slice(*item.title)] if item.title else None
    marks = find_markers(flat, venues)
    if item.bare:
        yield from _read_bare(document, item, flat, marks, venues)
        return
    beyond = _beyond_title(flat, title, item)
    mention, mentions = _mention(flat, beyond, venues)
    found = _Found(flat, marks, title, beyond, mention, mentions, _item_year(flat, mention, item, venues.references))
    if _is_patent(flat, flat[beyond:], marks | item.context, mention, venues):
        yield from _read_patent(document, item, found, venues)
    else:
        yield from _read_paper(document, item, found, venues)


def _evidence(document: Document, item: Item) -> tuple[Evidence, ...]:
    return (document.cite(item.start, item.end, item.kind, 3),)


def _read_bare(
    document: Document, item: Item, flat: str, marks: frozenset[Marker], venues: Venues
) -> Iterator[Publication]:
    """A title alone; a patent that is pending needs a number."""
    patent = "patent" in marks | item.context
    if patent and "pending" in marks and not venues.patents.number.search(flat):
        return
    title = " ".join(document.text[item.start : item.end].split())
    yield Publication(title, None, "patent" if patent else "other", None, _evidence(document, item))


def _read_patent(document: Document, item: Item, found: _Found, venues: Venues) -> Iterator[Publication]:
    """A patent for each year of a grant; one that is pending needs a year or a number."""
    flat, title, marked = found.flat, found.title, found.marks | item.context
    text = plain(document.text[item.start : item.end])
    number = venues.patents.number.search(text)
    if number and not re.search(r"[^\W\d_]{2}", text[: number.start()]):
        behind = document.text[item.start + number.end() : item.end].lstrip(" .,:;–—-\n")
        title = _title(behind, venues.references)
    told = venues.patents.number.search(flat)
    if "pending" in found.marks and found.year is None and not told:
        return
    granted = _grant_year(flat, venues)
    applied = told and _APPLICATION.search(told[0])
    accepted = bool(granted) or not (applied or marked & {"pending", "unaccepted"})
    for each in _patent_years(flat, granted or found.year):
        yield Publication(title, None, "patent", each, _evidence(document, item), accepted)


def _read_paper(document: Document, item: Item, found: _Found, venues: Venues) -> Iterator[Publication]:
    """Anything else that was written; what stands behind its title says what it is."""
    flat, mention, year = found.flat, found.mention, found.year
    rest = flat[found.beyond :]
    said = find_markers(rest, venues) | (found.marks & {"thesis", "report"})
    accepted = "unaccepted" not in said | item.context
    name, kind, sure = _venue_and_kind(rest, mention, said, item.context, venues)
    if not accepted and kind != "preprint":
        preprint = next((m for m in found.mentions if m.venue.kind == "preprint"), None)
        if preprint is None and "unwritten" in said | item.context:
            return
        name, kind = (preprint.venue.name, "preprint") if preprint else (name, "other")
        if preprint and (archived := venues.references.archive_year.search(flat)):
            year = 2000 + int(archived["yy"])  # not that of the venue it was submitted to
    about = flat[:_LONGEST_LEAD] + rest if found.beyond else flat
    if (kind == "other" or not sure) and find_markers(about, venues, ("informal",)):
        return
    if item.title or _is_work(flat, year, mention, venues, sure=sure and kind != "other", accepted=accepted):
        yield Publication(found.title, name, kind, year, _evidence(document, item), accepted)


def _is_other(flat: str, venues: Venues) -> bool:
    """Whether a line among the publications tells of a talk or a service, or is the header of a table of them."""
    for cell in flat.split("\t"):
        for marker in ("talk", "service"):
            found = venues.markers[marker].find(cell)
            if found and found.start() < _LONGEST_LEAD and not re.search(r"[^\W\d_]{2}", cell[: found.start()]):
                return True
    remark = _REMARK.search(flat)
    return bool(remark and venues.markers["talk"].pattern.fullmatch(remark["remark"]))


def _is_work(
    flat: str, year: int | None, mention: VenueMention | None, venues: Venues, *, sure: bool, accepted: bool
) -> bool:
    """Whether a line names a work at all; what has neither authors nor a title in quotes must name venue and year."""
    references = venues.references
    names = (references.authors, references.full_names, _HAN_AUTHOR)
    attributed = bool(QUOTED.search(flat)) or any(name.match(flat) for name in names)
    if not accepted:
        return attributed or len(flat.split()) > _SHORTEST_WORK
    return (sure and bool(mention)) or (attributed and (sure or year is not None)) or (sure and year is not None)


def _beyond_title(flat: str, title: str | None, item: Item) -> int:
    """Where the title ends, if something that may be a venue follows it; the start of the reference otherwise."""
    if item.record:
        return item.title[1] - item.start if item.title else 0
    quoted = QUOTED.search(flat)
    if quoted:
        return quoted.end() if re.search(r"[^\W\d_]{3}", flat[quoted.end() :]) else 0
    at = " ".join(flat.split()).find(plain(title)) if title else -1
    if at < 0 or title is None:
        return 0
    spaces = len(flat) - len(" ".join(flat.split()))
    end = at + len(title)
    if spaces:
        return 0
    if re.search(r"[^\W\d_]{3}", flat[end:]):
        return end
    comma = re.match(r"\S+ [^,]+(?=,\s+[A-Z])", title)
    return at + comma.end() if comma else 0


def _mention(flat: str, beyond: int, venues: Venues) -> tuple[VenueMention | None, list[VenueMention]]:
    """The venue that counts: the last one behind the title that reviews papers; and all that may."""
    every = list(venues.find(flat))
    if not every:
        every = [m._replace(year=None) for m in venues.find(flat.rstrip(" .,;") + _ANY)]
    mentions = [m for m in every if m.start >= beyond] or every
    mentions = [m for m in mentions if not _in_title(m, flat)] or mentions
    besides = venues.markers["besides"].find(flat)
    mentions = [m for m in mentions if not besides or m.start < besides.start()] or mentions
    reviewed = [m for m in mentions if m.venue.kind != "preprint"]
    return next(reversed(reviewed or mentions), None), mentions


#: A venue's name, the kind, and whether something says so.
_Told = tuple[str | None, PublicationKind, bool]


def _venue_and_kind(
    rest: str,
    mention: VenueMention | None,
    said: frozenset[Marker],
    context: frozenset[Marker],
    venues: Venues,
) -> _Told:
    """The venue's name, the kind, and whether something says so: the last guess is from the shape alone."""
    known = mention if mention and mention.venue.kind != "preprint" else None
    if "thesis" in said | context and known is None and "workshop" not in said:
        return None, "thesis", True
    if known:
        workshop = known.venue.kind == "conference" and ("workshop" in said or "workshop" in context)
        return known.venue.name, "workshop" if workshop else known.venue.kind, True
    unknown = next(reversed(list(UNKNOWN_VENUE.finditer(rest))), None)
    told = _kind_by_words(rest, mention, unknown, said) or _kind_by_place(rest, unknown, said, context, venues)
    return told or (None, _guess(rest, venues), False)


def _kind_by_words(
    rest: str, mention: VenueMention | None, unknown: re.Match[str] | None, said: frozenset[Marker]
) -> _Told | None:
    """What a word says outright: workshop, preprint, report, conference."""
    named = unknown["name"] if unknown else None
    if "workshop" in said:
        return named, "workshop", True
    if mention or "preprint" in said:
        return (mention.venue.name if mention else None), "preprint", True
    if "report" in said and not said & {"conference", "journal", "volume"}:
        return None, "other", True
    if "conference" in said and ("report" not in said or unknown):
        acronym = re.search(r"\(([A-Z][A-Za-z]*[A-Z][\w'-]*)\s*(?:\d{2,4})?\)", rest)
        return (acronym[1] if acronym else named), "conference", True
    return (None, "other", True) if "report" in said else None


def _kind_by_place(
    rest: str, unknown: re.Match[str] | None, said: frozenset[Marker], context: frozenset[Marker], venues: Venues
) -> _Told | None:
    """What the place of a name says: before a volume, behind "in", below a heading."""
    named = unknown["name"] if unknown else None
    if unknown and not venues.references.volume.search(rest[unknown.end() :]):
        return named, "conference", True
    if said & {"journal", "volume"} or venues.references.volume.search(rest):
        return None, "journal", True
    if any(rest.startswith(": ", inside.end()) for inside in venues.markers["inside"].find_all(rest)):
        return named, "conference", True
    for kind in _HEADED:
        if kind in context:
            return named, kind, True
    if len(_BRACKETS.sub("", rest).split()) <= _SHORT_VENUE and (acronym := _ACRONYM.search(rest)):
        return acronym[0], "conference", True
    return None


def _guess(rest: str, venues: Venues) -> PublicationKind:
    """What a venue that nobody knows is by its shape: a name alone is a journal's, one with a place a conference's."""
    if not re.search(r"[^\W\d_]{2}", rest):
        return "other"
    parts = re.split(r"[.,;:]\s", _ANY_YEAR.sub("", rest))
    names = [part for part in parts if _begins_a_name(re.sub(r"^\W+", "", part), venues)]
    if not names:
        return "other"
    return "journal" if len(names) == 1 else "conference"


def _begins_a_name(part: str, venues: Venues) -> bool:
    inside = venues.markers["inside"].pattern.match(part)
    return bool(
        re.match(r"[A-Z]\w", part) or _HAN_NAME.match(part) or (inside and re.match(r" [A-Z]\w", part[inside.end() :]))
    )


def _item_year(flat: str, mention: VenueMention | None, item: Item, references: References) -> int | None:
    if mention and mention.year:
        return mention.year
    years = list(PLAIN_YEAR.finditer(flat))
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
    if numbered := _ARCHIVED.search(flat):
        return int(numbered["year"])
    published = PATENT_YEAR.search(flat)
    return int(published["year"]) if published else None


def _is_patent(flat: str, rest: str, marks: frozenset[Marker], mention: VenueMention | None, venues: Venues) -> bool:
    said = venues.patents.number.search(flat) or venues.markers["patent"].find(rest)
    return ("patent" in marks or bool(said)) and (mention is None or bool(said))


def _grant_year(flat: str, venues: Venues) -> int | None:
    """The year that stands behind "granted", in the same clause."""
    granted = venues.markers["granted"].find(flat)
    year = granted and PLAIN_YEAR.search(re.split(r"[.;]\s", flat[granted.end() :])[0])
    return int(year["year"]) if year else None


def _patent_years(flat: str, year: int | None) -> list[int | None]:
    listed = re.search(rf"\((?P<years>{YEAR}(?:\s*[,;&]\s*{YEAR})+)\)", flat)
    return [int(y) for y in re.findall(YEAR, listed["years"])] if listed else [year]


def _in_title(mention: VenueMention, flat: str) -> bool:
    """Whether a name of ordinary words stands in a title: nothing but further words around it."""
    return mention.year is None and mention.venue.ambiguous and mention.start < len(flat) / 3


def _title(text: str, references: References) -> str | None:
    """The quoted part, or the sentence after the authors; ``None`` where the reference does not tell."""
    if quoted := QUOTED.search(text):
        return " ".join(quoted["title"].strip(" .,").split())
    if dated := _DATED_ROW.match(text):
        return " ".join(dated["title"].split())
    cell = max(text.replace("\n", " ").split("\t"), key=len)
    authors = references.author_list.match(plain(cell)) or _HAN_AUTHORS.match(plain(cell))
    rest = cell[authors.end() :] if authors else cell
    rest = _BEFORE_TITLE.sub("", rest).strip()
    title = re.split(r"[.?!](?=\s|$)", rest)[0].strip(" .,;:")
    return " ".join(title.split()) if len(title.split()) >= 2 or _HAN_NAME.match(title) else None


def _title_end(document: Document, item: Item, venues: Venues) -> int:
    """Where a title ends that fills the first line by itself, the lines below it being set in another way."""
    first, second = document.line_at(item.start), document.line_at(item.end - 1)
    text = plain(document.content(first))
    alone = item.start == first.start and first is not second and first.style != second.style
    if not alone or venues.references.authors.match(text) or PLAIN_YEAR.search(text):
        return item.end
    return first.end


def _read_bibtex(document: Document, item: Item, text: str, entry_type: str, venues: Venues) -> Iterator[Publication]:
    flat = " ".join(text.split())
    fields = {m[1].lower(): m[2].strip(' {}"') for m in re.finditer(r"(\w+)\s*=\s*(\{[^}]*\}|\"[^\"]*\"|\w+)", flat)}
    kind = venues.bibtex.kind(entry_type)
    if kind is None:
        return
    place = _first_field(fields, venues.bibtex.venue)
    digits = re.search(YEAR, _first_field(fields, venues.bibtex.year) or "")
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


def find_markers(flat: str, venues: Venues, only: Iterable[Marker] | None = None) -> frozenset[Marker]:
    return frozenset(name for name in only or ITEM_MARKERS if venues.markers[name].find(flat))
