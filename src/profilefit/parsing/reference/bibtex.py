"""An entry of BibTeX as it stands in a file of references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from profilefit.library.venues import Venues
from profilefit.library.words import YEAR
from profilefit.models import Document, Publication, PublicationKind
from profilefit.parsing.reference.marks import Item

_FIELD = re.compile(r"(\w+)\s*=\s*(\{[^}]*\}|\"[^\"]*\"|\w+)")


def read_bibtex(document: Document, item: Item, text: str, entry_type: str, venues: Venues) -> Publication | None:
    """The publication of an entry; none for a type that stands for no work."""
    kind = venues.bibtex.kind(entry_type)
    if kind is None:
        return None
    fields = {m[1].lower(): m[2].strip(' {}"') for m in _FIELD.finditer(" ".join(text.split()))}
    place = _first_field(fields, venues.bibtex.venue)
    digits = re.search(YEAR, _first_field(fields, venues.bibtex.year) or "")
    name, kind = _placed(place, kind, venues)
    evidence = (document.cite(item.start, item.end, item.kind, 3),)
    title = _first_field(fields, venues.bibtex.title)
    return Publication(title, name, kind, int(digits[0]) if digits else None, evidence)


def _placed(place: str | None, kind: PublicationKind, venues: Venues) -> tuple[str | None, PublicationKind]:
    """The venue's name, and the kind as the venue corrects the type of the entry."""
    mention = next(venues.find((place or "") + " 2000"), None)
    if mention and mention.venue.kind in ("preprint", "journal"):
        kind = mention.venue.kind
    if kind == "conference" and place and venues.markers["workshop"].find(place):
        kind = "workshop"
    return (mention.venue.name if mention else place), kind


def _first_field(fields: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((fields[name] for name in names if name in fields), None)
