"""Papers and patents that a sentence claims as the person's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from profilefit.library.references import References
from profilefit.library.words import plain
from profilefit.library.work import VenueMention, Venues
from profilefit.models import Document, Line, Publication, PublicationKind, Section
from profilefit.parsing.reference import PATENT_YEAR, PLAIN_YEAR, YEAR

_YEAR_NEAR = re.compile(rf"[^.;,\n]{{0,40}}?\((?P<year>{YEAR})\)")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]|[)\]\"”])[.!?](?=\s+[A-Z\d(“\"]|\s*$)|(?<=\d)\.(?=\s+[A-Z(“\"]|\s*$)|[。！？\n\t]"
)
_NO_YEAR: list[int | None] = [None]
_BRACKET = re.compile(r"[(（][^()（）]*$")


def find_claims(document: Document, section: Section, venues: Venues) -> Iterator[Publication]:
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
            found = PLAIN_YEAR.search(rest[:40]) or PATENT_YEAR.search(sentence)
            begin, stop = offset + number.start(), offset + number.end()
            yield Publication(
                None, None, "patent", int(found["year"]) if found else None, (document.cite(begin, stop, kind, 3),)
            )


def _years_behind(sentence: str, mention: VenueMention, references: References) -> list[int | None]:
    if match := references.years_behind.match(sentence, mention.end):
        return [int(year) for year in re.findall(YEAR, match["years"])]
    if mention.year:
        return [mention.year]
    near = _YEAR_NEAR.match(sentence, mention.end)
    if near:
        return [int(near["year"])]
    archived = references.archive_year.match(sentence, mention.start)
    return [2000 + int(archived["yy"])] if archived else []
