"""Posts told in sentences, in documents that have no entries of work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from profilefit.library import Library
from profilefit.library.words import plain
from profilefit.models import Document, Position, Section
from profilefit.parsing.dates import find_dates
from profilefit.parsing.titles import LONGEST_TITLE, LOOSE_EDGE, make_position

_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_a-z])|[。！？\n]")
_CLAUSE = re.compile(r"[,;:(]|[.!?]\s|[.!?]$")


def find_told(document: Document, sections: Sequence[Section], library: Library) -> Iterator[Position]:
    """Posts of running text: "From 2016 to 2019 I worked as a web developer at Moor & Vale."

    A sentence counts if it holds a date, one of the words that come before a title, and then a title.
    """
    for section in sections:
        first, last = section.lines
        if section.kind in ("experience", "summary", "other") and first < last:
            for begin, stop in _sentences(document, document.lines[first].start, document.lines[last - 1].end):
                if post := _post(document, section, begin, stop, library):
                    yield post


def _post(document: Document, section: Section, begin: int, stop: int, library: Library) -> Position | None:
    """The post that the sentence at ``[begin, stop)`` tells of."""
    titles, text = library.titles, document.flat[begin:stop]
    flat = plain(text)
    dates = find_dates(text, library.calendar)
    said = titles.told.find(flat) if dates else None
    if said is None:
        return None
    article = titles.told.article.match(flat, said.end())
    start = article.end() if article else said.end()
    marks = [*_CLAUSE.finditer(flat, start), *titles.layout.join.finditer(flat, start)]
    ends = sorted([*(mark.start() for mark in marks), *(date.start_char for date in dates), len(flat)])
    end = next(at for at in ends if at > start)
    title = flat[start:end].rstrip(LOOSE_EDGE + ".")
    if not titles.noun.search(title) or len(title.split()) > LONGEST_TITLE:
        return None
    joined = titles.layout.join.match(flat, end)
    employer = None
    if joined:
        until = next((at for at in ends if at > joined.end()), len(flat))
        employer = " ".join(text[joined.end() : until].split()).strip(LOOSE_EDGE + ".(") or None
    span = (begin + start, begin + start + len(title))
    return make_position(document, section, span, employer, dates[0], library)


def _sentences(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences between two offsets stand; paragraphs end them too."""
    at = start
    for match in _SENTENCE_END.finditer(document.flat, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end
