"""Papers, theses and patents of the person: from lists of references, and from sentences that claim one.

A reference is read for its venue (the last one named after the title wins), its kind and its year. Outside such lists a
venue counts only where the sentence says that the paper is the person's own; a paper named in two places is one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from profilefit.library import Library
from profilefit.library.words import YEAR, plain
from profilefit.models import Document, Publication, Section
from profilefit.parsing.claims import find_claims
from profilefit.parsing.reference import BIBTEX, Item, read_item
from profilefit.parsing.reference_lists import find_items

#: Sections in whose sentences a paper may be claimed.
_PROSE = ("summary", "experience", "education", "projects", "awards", "thesis", "grants", "other", "volunteering")


def find_publications(document: Document, sections: Sequence[Section], library: Library) -> tuple[Publication, ...]:
    """Every paper, preprint, thesis and patent of the person, in reading order, each once."""
    listed: list[Publication] = []
    bare: list[Publication] = []
    for section in sections:
        for item in find_items(document, section, library):
            if listed and _is_rest(document, item, listed[-1]):
                listed[-1] = _completed(document, item, listed[-1])
                continue
            (bare if item.bare else listed).extend(read_item(document, item, library.venues))
    found = _merge_listed(listed)
    for section in sections:
        if section.kind in _PROSE:
            for claim in find_claims(document, section, library.venues):
                # A list tells the years: a venue named without one is a look back at the list.
                if listed and claim.year is None and claim.kind != "patent":
                    continue
                _merge_claim(found, claim)
    # A list of bare titles says that there are papers, not where they appeared: those that no claim accounts for stay.
    # The titles of LinkedIn's list cannot be told apart from the claims, so the claims take as many titles as they are.
    papers = sum(1 for record in found if record.kind not in ("patent", "thesis"))
    titles = [record for record in bare if record.kind == "other"]
    found += [record for record in bare if record.kind != "other"] + titles[papers:]
    return tuple(sorted(found, key=lambda record: record.evidence[0].start))


def _merge_listed(records: Iterable[Publication]) -> list[Publication]:
    """Each paper once: a title named in two places is one record; the published version wins over the earlier one."""
    found: list[Publication] = []
    places: dict[str, int] = {}
    for record in records:
        key = _key(record)
        at = places.get(key) if key else None
        if at is None or found[at].evidence[0].start == record.evidence[0].start:
            places.setdefault(key, len(found))
            found.append(record)
            continue
        other = found[at]
        better = record if other.kind == "preprint" or not other.accepted else other
        found[at] = replace(better, evidence=other.evidence + record.evidence)
    return found


def _key(record: Publication) -> str:
    """A title as it is compared: in whatever case and with whatever marks it is written; patents also by year."""
    title = re.sub(r"\W+", " ", plain(record.title or "").lower()).strip()
    return f"{title} {record.year}" if title and record.kind == "patent" else title


def _merge_claim(found: list[Publication], claim: Publication) -> None:
    for i, other in enumerate(found):
        same_venue = other.venue == claim.venue and (
            other.kind == claim.kind or (claim.venue is not None and claim.year == other.year)
        )
        # A workshop goes by its own name and by that of the conference around it; a venue no list knows by none.
        loose = other.kind == claim.kind and claim.year and (claim.kind == "workshop" or claim.venue is None)
        if (same_venue or loose) and claim.year in (None, other.year):
            found[i] = replace(other, evidence=other.evidence + claim.evidence)
            return
    if claim.year is not None or claim.kind == "patent" or not any(p.venue == claim.venue for p in found):
        found.append(claim)


def _is_rest(document: Document, item: Item, before: Publication) -> bool:
    """Whether an item is the end of a BibTeX entry that a page break cut."""
    text = document.text[item.start : item.end]
    field = re.match(r"\w+\s*=", text)
    return bool(field and BIBTEX.match(before.evidence[0].match) and not BIBTEX.search(text))


def _completed(document: Document, item: Item, before: Publication) -> Publication:
    year = re.search(YEAR, document.text[item.start : item.end])
    return replace(before, year=int(year[0])) if year and before.year is None else before
