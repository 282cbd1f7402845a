"""Papers and patents that a sentence claims as the person's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from profilefit.library.references import References
from profilefit.library.venues import Marker, VenueMention, Venues
from profilefit.library.words import YEAR, full_year, plain
from profilefit.models import Document, Publication, PublicationKind, Section
from profilefit.parsing.reference import PATENT_YEAR, PLAIN_YEAR, QUOTED, UNKNOWN_VENUE, find_markers, is_granted
from profilefit.parsing.statements import paragraphs

_YEAR_NEAR = re.compile(rf"[^.;,\n]{{0,40}}?\((?P<year>{YEAR})\)")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]|[)\]\"”])[.!?](?=\s+[A-Z\d(“\"]|\s*$)|(?<=\d)\.(?=\s+[A-Z(“\"]|\s*$)|[。！？\n\t]"
)
#: What a sentence without a year does not hold.
_TWO_DIGITS = re.compile(r"\d\d")
_NO_YEAR: list[int | None] = [None]
#: What a venue that no list knows is called, and the kind of its papers.
_NAMED: tuple[tuple[Marker, PublicationKind], ...] = (
    ("workshop", "workshop"), ("conference", "conference"), ("journal", "journal"),
)  # fmt: skip
_SHORTEST_NAME = 5
#: Characters between that word and the year.
_NEAR = 80
#: Characters behind a venue in which a word may say that the paper is another's.
_BEHIND = 30
_BRACKET = re.compile(r"[(（][^()（）]*$")


def find_claims(document: Document, section: Section, venues: Venues) -> Iterator[Publication]:
    lines = document.lines
    for first, last in paragraphs(lines, *section.lines):
        yield from _claims_in(document, lines[first].start, lines[last - 1].end, section.kind, venues)


def _claims_in(document: Document, start: int, end: int, kind: str, venues: Venues) -> Iterator[Publication]:
    flat = plain(document.text[start:end]).replace("\n", " ")
    titles = [title.span() for title in QUOTED.finditer(flat)]
    ends = (end.start() for end in _SENTENCE_END.finditer(flat))
    begin = 0
    for stop in [*(at for at in ends if not any(first <= at < last - 1 for first, last in titles)), len(flat)]:
        sentence = flat[begin:stop]
        if sentence.strip():
            yield from _claims_of_sentence(document, start + begin, sentence, kind, venues)
        begin = stop + 1


def _claims_of_sentence(
    document: Document, offset: int, sentence: str, kind: str, venues: Venues
) -> Iterator[Publication]:
    mentions, numbers = list(venues.find(sentence)), list(venues.patents.number.finditer(sentence))
    if not mentions and not numbers:
        yield from _unknown_claims(document, offset, sentence, kind, venues)
        return
    others = [m.start() for m in venues.markers["others"].find_all(sentence)]
    claims = [m.start() for m in venues.markers["claim"].find_all(sentence)]
    for mention in mentions:
        clause = sentence.rfind(";", 0, mention.start)
        if any(clause < at < mention.end + _BEHIND for at in others):
            continue
        years = _years_behind(sentence, mention, venues.references)
        bracket = _BRACKET.search(sentence, 0, mention.start)
        apart = bracket or sentence[: mention.start].rstrip().endswith((",", ";", "–", "—", ":"))
        told = apart and mention.year and kind != "awards" and not mention.venue.ambiguous
        if not claims and not told:
            continue
        published: PublicationKind = mention.venue.kind
        before = max((m.end for m in mentions if m.end <= mention.start), default=0)
        if published == "conference" and venues.markers["workshop"].find(_near(sentence, before, mention)):
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
            found = PLAIN_YEAR.search(rest) or PATENT_YEAR.search(number[0])
            year = int(found["year"]) if found else None
            cited = (document.cite(offset + number.start(), offset + number.end(), kind, 3),)
            accepted = is_granted(sentence, find_markers(sentence, venues), venues)
            yield Publication(None, None, "patent", year, cited, accepted)


def _near(sentence: str, before: int, mention: VenueMention) -> str:
    """The words that name a venue, behind the one before: "Workshop of First Works, SIBGRAPI 2018"."""
    parts = re.split(r"[;,]", sentence[before : mention.start])
    ahead = ",".join(parts[-2:]) if len(parts) > 1 and not re.search(YEAR, parts[-2]) else parts[-1]
    return ahead + re.split(r"[;,.)]", sentence[mention.start :])[0]


def _unknown_claims(document: Document, offset: int, sentence: str, kind: str, venues: Venues) -> Iterator[Publication]:
    """A paper at a venue that no list holds: the sentence says "paper", names a journal or conference, and a year."""
    if (
        not _TWO_DIGITS.search(sentence)
        or not venues.markers["paper"].find(sentence)
        or any(venues.markers["others"].find_all(sentence))
    ):
        return
    for marker, published in _NAMED:
        name = next((m for m in venues.markers[marker].find_all(sentence) if len(m[0]) >= _SHORTEST_NAME), None)
        year = PLAIN_YEAR.search(sentence, name.end()) if name else None
        if name and year and year.start() - name.end() < _NEAR and re.search(r"[A-Z]\w", sentence[name.start() :]):
            begin, stop = offset + name.start(), offset + year.end()
            yield Publication(None, None, published, int(year["year"]), (document.cite(begin, stop, kind, 3),))
            return
    short = UNKNOWN_VENUE.search(sentence)
    led = short and re.search(r"(?:\b[a-z]{1,3}\s|[@(]\s?)$", sentence[: short.start()])
    if short and (led or QUOTED.search(sentence)):
        digits = re.search(r"\d+$", short[0])
        if digits:
            evidence = (document.cite(offset + short.start(), offset + short.end(), kind, 3),)
            yield Publication(None, short["name"], "conference", full_year(digits[0]), evidence)


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
