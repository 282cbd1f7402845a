"""One reference: its title, its venue (the last one named after the title wins), its kind and its year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from profilefit.library.references import References
from profilefit.library.words import plain
from profilefit.library.work import Marker, VenueMention, Venues
from profilefit.models import Document, Publication, PublicationKind

ITEM_MARKERS: tuple[Marker, ...] = (
    "workshop", "preprint", "thesis", "patent", "pending", "unaccepted", "journal", "conference", "volume",
)  # fmt: skip

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
PLAIN_YEAR = re.compile(rf"(?<![\w.:/–-])(?P<year>{YEAR})(?![\w:/]|\.\d|[–-]\d)")
PATENT_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})/\d{{6,}}")
QUOTED = re.compile(r"[“\"„«《](?P<title>[^”\"“»》]{3,}?)[”\"“»》]")
BIBTEX = re.compile(r"@(?P<type>\w+)\s*\{")
_UNKNOWN_VENUE = re.compile(rf"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:\s|['-]|\s')(?:{YEAR}|\d\d(?!\d))")
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


def read_item(document: Document, item: Item, venues: Venues) -> Iterator[Publication]:
    text = plain(document.text[item.start : item.end])
    if bibtex := BIBTEX.match(text):
        yield from _read_bibtex(document, item, text, bibtex["type"], venues)
        return
    flat = text.replace("\n", " ")
    marks = find_markers(flat, venues) | item.context
    if _is_talk(flat, venues) or ("talk" in item.context):
        return
    quoted = QUOTED.search(flat)
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
    if "workshop" in find_markers(rest, venues, ("workshop",)):
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
    published = PATENT_YEAR.search(flat)
    return int(published["year"]) if published else None


def _is_patent(flat: str, marks: frozenset[Marker], mention: VenueMention | None, venues: Venues) -> bool:
    said = venues.patents.number.search(flat) or venues.markers["patent"].find(flat)
    return ("patent" in marks or bool(said)) and (mention is None or bool(said))


def _patent_years(flat: str, year: int | None) -> list[int | None]:
    listed = re.search(rf"\((?P<years>{YEAR}(?:\s*[,;&]\s*{YEAR})+)\)", flat)
    return [int(y) for y in re.findall(YEAR, listed["years"])] if listed else [year]


def _is_talk(flat: str, venues: Venues) -> bool:
    talk = venues.markers["talk"].find(flat)
    return talk is not None and talk.start() < 3


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
    authors = references.author_list.match(plain(cell))
    rest = cell[authors.end() :] if authors else cell
    rest = re.sub(rf"^\W*{YEAR}\W+", "", rest).strip()
    title = re.split(r"[.?!](?=\s|$)", rest)[0].strip(" .,;:")
    return " ".join(title.split()) if len(title.split()) >= 2 else None


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
