"""One reference: its title, its venue (the last one named after the title wins), its kind and its year.

``title`` finds the title, with ``authors`` for what stands before it; ``venue`` tells where the work appeared and so
its kind, ``years`` when; ``patents`` and ``bibtex`` read what is written in ways of its own. All build on ``marks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from profilefit.library.venues import Marker, VenueMention, Venues
from profilefit.library.words import plain
from profilefit.models import Document, Evidence, Publication, PublicationKind
from profilefit.parsing.reference.bibtex import read_bibtex
from profilefit.parsing.reference.marks import (
    BIBTEX,
    HAN_AUTHOR,
    ITEM_MARKERS,
    PATENT_YEAR,
    PLAIN_YEAR,
    QUOTED,
    UNKNOWN_VENUE,
    WORD,
    Item,
    find_markers,
)  # fmt: skip
from profilefit.parsing.reference.patents import is_granted, is_patent, patent_years, split_applications
from profilefit.parsing.reference.title import Found, find_title
from profilefit.parsing.reference.venue import find_mention, find_place
from profilefit.parsing.reference.years import archive_year, find_year

__all__ = [
    "BIBTEX", "ITEM_MARKERS", "PATENT_YEAR", "PLAIN_YEAR", "QUOTED", "UNKNOWN_VENUE",
    "Item", "find_markers", "is_granted", "read_item",
]  # fmt: skip

#: A remark at the end of a line: "(talk)".
_REMARK = re.compile(r"\((?P<remark>[^()]{3,30})\)\W*$")
#: Characters of a number or date before the word that tells what a line is about.
_LONGEST_LEAD = 16
#: Words that a work under review takes to be told without authors.
_SHORTEST_WORK = 8
#: What sets a title off from the words that tell of its review.
_SET_OFF = re.compile(r"[^\W\d_]+\W+\w+.*[.,;:!?)\t–—|-]\W*$")
_NOTHING = Found(0, 0)


@dataclass(frozen=True, slots=True)
class _Reference:
    """What is found in a reference before its kind is known.

    Attributes:
        found: where the title stands in ``flat``; all zero where nothing tells.
        rest: what stands outside of the title, or everything where nothing follows it.
        marks: markers of the whole and of the heading above.
    """

    item: Item
    flat: str
    title: str | None
    found: Found
    rest: str
    marks: frozenset[Marker]
    mention: VenueMention | None
    mentions: list[VenueMention]
    evidence: tuple[Evidence, ...]


def read_item(document: Document, item: Item, venues: Venues) -> Iterator[Publication]:
    """The publication that a reference names; none for a talk, a service or a line that names no work."""
    text = plain(document.text[item.start : item.end])
    if bibtex := BIBTEX.match(text):
        entry = read_bibtex(document, item, text, bibtex["type"], venues)
        yield from [entry] if entry else []
        return
    if "talk" in item.context or _is_other(text.replace("\n", " "), venues):
        return
    if item.bare:
        yield from _read_bare(document, item, text.replace("\n", " "), venues)
        return
    reference = _take_apart(document, item, text.replace("\n", " "), venues)
    if is_patent(reference.flat, reference.rest, reference.marks, reference.mention, venues):
        yield from _read_patent(document, reference, venues)
    elif paper := _read_paper(reference, venues):
        yield paper


def _read_bare(document: Document, item: Item, flat: str, venues: Venues) -> Iterator[Publication]:
    marks = find_markers(flat, venues) | item.context
    if "patent" in marks and "pending" in marks and not venues.patents.number.search(flat):
        return
    kind: PublicationKind = "patent" if "patent" in marks else "other"
    title = " ".join(document.text[item.start : item.end].split())
    yield Publication(title, None, kind, None, (document.cite(item.start, item.end, item.kind, 3),))


def _take_apart(document: Document, item: Item, flat: str, venues: Venues) -> _Reference:
    if item.record:
        start, end = item.title or (item.start, item.start)
        found = Found(start - item.start, end - item.start)
    else:
        found = find_title(document.text[item.start : _title_end(document, item, venues)], venues) or _NOTHING
    title = " ".join(document.text[item.start + found.start : item.start + found.end].split()).strip(" .,")
    placed = slice(*found.placed)
    follows = item.record or WORD.search(flat[found.end :])
    beyond = found.end if follows else 0
    rest = flat[placed] + flat[found.end :] if flat[placed] else flat[beyond:]
    mention, mentions = find_mention(flat, (found.start, beyond), found.placed, venues)
    marks = find_markers(flat, venues) | item.context
    evidence = (document.cite(item.start, item.end, item.kind, 3),)
    return _Reference(item, flat, title or None, found, rest, marks, mention, mentions, evidence)


def _read_patent(document: Document, reference: _Reference, venues: Venues) -> Iterator[Publication]:
    """A patent, and the applications named behind it; an application that tells neither number nor year is none."""
    item, (flat, further) = reference.item, split_applications(reference.flat, venues)
    title = reference.title
    number = venues.patents.number.search(flat)
    if number and not item.record and not re.search(r"[^\W\d_]{2}", flat[: number.start()]):
        behind = document.text[item.start + number.end() : item.start + len(flat)].lstrip(" .,:;–—-\n")
        found = find_title(behind, venues)
        title = " ".join(behind[found.start : found.end].split()) if found else None
    year = find_year(flat, reference.mention, item.date, venues.references)
    marks = find_markers(flat, venues) | item.context
    if "pending" not in marks or year is not None or number:
        accepted = is_granted(flat, marks, venues)
        for each in patent_years(flat, year, venues):
            yield Publication(title, None, "patent", each, reference.evidence, accepted)
    for each in further:
        yield Publication(None, None, "patent", each, reference.evidence, accepted=False)


def _is_talk(rest: str, venues: Venues) -> bool:
    """Whether a talk is named right behind a title: "“Deleting features”, talk, PyData Dublin"."""
    behind = rest.lstrip(" ,.;”\"’'")
    talk = venues.markers["talk"].pattern.match(behind)
    return talk is not None and behind[talk.end() : talk.end() + 1] in ("", ",", ".", ";")


def _read_paper(reference: _Reference, venues: Venues) -> Publication | None:
    """A paper, preprint or thesis; one not accepted yet is a preprint where it names an archive, "other" elsewhere."""
    item, flat = reference.item, reference.flat
    if reference.mention is None and _is_talk(reference.rest, venues):
        return None
    said = find_markers(reference.rest, venues) | (find_markers(flat, venues) & {"thesis", "report"})
    said |= find_markers(flat[: reference.found.start], venues, ("unaccepted", "preprint"))
    if _is_named_workshop(reference, venues):
        said |= {"workshop"}
    accepted = "unaccepted" not in said | item.context
    place = find_place(reference.rest, reference.mention, said, item.context, venues)
    name, kind = place.name, place.kind
    year = find_year(flat, reference.mention, item.date, venues.references)
    if not accepted and kind != "preprint":
        archive = next((m for m in reference.mentions if m.venue.kind == "preprint"), None)
        if archive is None and "unwritten" in said | item.context:
            return None
        name, kind = (archive.venue.name, "preprint") if archive else (name, "other")
        if archive:  # the year is not that of the venue it was submitted to
            year = archive_year(flat, venues.references) or find_year(flat, archive, item.date, venues.references)
    sure = place.sure and kind != "other"
    about = flat[:_LONGEST_LEAD] + reference.rest
    if find_markers(about, venues, ("informal",)):
        if not sure:
            return None
        kind = kind if reference.mention else "other"
    if not (item.title or _is_work(reference, year, venues, sure=sure, accepted=accepted)):
        return None
    return Publication(reference.title, name, kind, year, reference.evidence, accepted)


def _is_named_workshop(reference: _Reference, venues: Venues) -> bool:
    """Whether the quotes hold the name of a workshop: "Poster at the workshop “Optimal Transport”"."""
    return any(
        not WORD.search(reference.flat[found.end() : reference.found.start])
        for found in venues.markers["workshop"].find_all(reference.flat[: reference.found.start])
    )


def _is_other(flat: str, venues: Venues) -> bool:
    """Whether a line among the publications tells of a talk or a service, or is the header of a table of them."""
    for cell in flat.split("\t"):
        for marker in ("talk", "service"):
            found = venues.markers[marker].find(cell)
            if found and found.start() < _LONGEST_LEAD and not re.search(r"[^\W\d_]{2}", cell[: found.start()]):
                return True
    remark = _REMARK.search(flat)
    return bool(remark and venues.markers["talk"].pattern.fullmatch(remark["remark"]))


def _is_work(reference: _Reference, year: int | None, venues: Venues, *, sure: bool, accepted: bool) -> bool:
    """Whether a line names a work at all; what has neither authors nor a title in quotes must name venue and year."""
    flat, references = reference.flat, venues.references
    names = (references.authors, references.full_names, HAN_AUTHOR)
    attributed = bool(QUOTED.search(flat)) or reference.found.authored or any(name.match(flat) for name in names)
    if not accepted:
        return attributed or _is_set_off(reference, venues)
    return (
        (sure and bool(reference.mention)) or (attributed and (sure or year is not None)) or (sure and year is not None)
    )


def _is_set_off(reference: _Reference, venues: Venues) -> bool:
    """Whether a work under review has a title: "A further manuscript was submitted" only says that it exists."""
    flat = reference.flat
    if not reference.mention and len(flat.split()) <= _SHORTEST_WORK:
        return False
    review = venues.markers["unaccepted"].find(flat)
    if review is None:
        return True
    if WORD.search(flat[: review.start()]):
        return bool(_SET_OFF.search(flat[: review.start()]))
    return bool(re.match(r"\s*:\s*[A-Z]", flat[review.end() :]))


def _title_end(document: Document, item: Item, venues: Venues) -> int:
    """Where a title ends that fills the first line by itself, the lines below it being set in another way."""
    first, second = document.line_at(item.start), document.line_at(item.end - 1)
    text = plain(document.content(first))
    alone = item.start == first.start and first is not second and first.style != second.style
    if not alone or venues.references.authors.match(text) or PLAIN_YEAR.search(text):
        return item.end
    return first.end
