"""What a reference is, and the marks that several of its parts are told by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from profilefit.library.venues import Marker, Venues
from profilefit.library.words import YEAR

ITEM_MARKERS: tuple[Marker, ...] = (
    "workshop", "preprint", "thesis", "patent", "pending", "unaccepted", "journal", "conference", "volume",
    "report", "unwritten",
)  # fmt: skip

PLAIN_YEAR = re.compile(rf"(?<![\w.:/–-])(?P<year>{YEAR})(?![\w/]|:\S|\.\d|[–-]\d)")
PATENT_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})[/-][\dXx]{{5,}}")
QUOTED = re.compile(r"[“\"„«《](?P<title>[^”\"“»》]{3,}?)[”\"“»》]")
BIBTEX = re.compile(r"@(?P<type>\w+)\s*\{")
UNKNOWN_VENUE = re.compile(rf"(?<![\w-])(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:\s|['-]|\s')(?:{YEAR}|\d\d(?!\d))")
#: Something that may be a word, in any script.
WORD = re.compile(r"[^\W\d_]{3}")
#: A title or name of Chinese, which has no spaces.
HAN_NAME = re.compile(r"[\u3400-\u9fff]{4}")
#: The first author where names are written without spaces.
HAN_AUTHOR = re.compile(r"\W*(?:\d+\W+)?[\u4e00-\u9fff]{2,4}\s?[,.、;:。]")


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


def find_markers(flat: str, venues: Venues, only: Iterable[Marker] | None = None) -> frozenset[Marker]:
    """Names of the markers that a text holds."""
    return frozenset(name for name in only or ITEM_MARKERS if venues.markers[name].find(flat))
