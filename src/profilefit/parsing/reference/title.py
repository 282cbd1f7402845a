"""Where the title of a reference stands: in quotes, behind the authors or the venue, or at the beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from profilefit.library.references import References
from profilefit.library.venues import Marker, VenueMention, Venues
from profilefit.library.words import YEAR, plain
from profilefit.parsing.reference.authors import authors_end, count_names
from profilefit.parsing.reference.marks import HAN_NAME, PLAIN_YEAR, QUOTED, UNKNOWN_VENUE, WORD, find_markers

#: Year, journal, volume and page in front of a title: "2021, A&A, 649, A37: Relics".
_BEFORE_TITLE = re.compile(
    rf"^[^\w(]*(?:\({YEAR}[a-z]?(?:,[^()]{{3,14}})?\)|\([^()]{{3,30}}\)(?=[.:,])|{YEAR}[a-z]?)\W+(?:[^:\d]{{2,40}},\s*\d{{1,4}},\s*[A-Z]?\d+:\s*)?"
)
#: A title with its date at the end of the row.
_DATED_ROW = re.compile(rf"(?P<title>[^\t\n]{{8,}})\t[^\t\n]{{0,20}}{YEAR}\s*(?:\n|$)")
#: What a title may end with.
_STOP = re.compile(r"(?P<end>[.?!。])(?=\s|$)|(?P<part>[,;:\n]|\s[–—-]\s|\s\|)\s*|\s(?=[(\[])")
#: A capital that may begin the name of a venue behind the comma of a title that nothing follows.
_CAPITAL_BEHIND = re.compile(r"\S+ [^,]+(?=,\s+[A-Z])")
#: What a title may stand behind in a list of patents.
_LABEL = re.compile(r"[^:.\n“\"]{3,60}:\s+")
#: Quotes that are also apostrophes.
_OPENING, _CLOSING = ("'", "‘", "`"), "'’"
_COLON = re.compile(r"\s*:?\s*(?=[A-Z])")
#: The year of a venue in front of a title, and the mark behind it.
_BEHIND_VENUE = re.compile(rf"(?:[\s,(']*(?:{YEAR}|\d\d)\)?)?(?:\s*\([^()]{{2,30}}\))?(?:\s*[:–—|.]\s*|\s*,\s+)")
#: Words of one's own language that no name of a journal holds: lower-case and long.
_PROSE = re.compile(r"(?<!\w)[a-z]{4,}(?!\w)")
#: How the place of publication begins: a year, a number, a bracket.
_NUMBER = re.compile(rf"\W*(?:{YEAR}\b|\d+\s*[(,:;]|\d+$)")
#: Kinds of works and venues: told anywhere in a name in capitals before a year, at the beginning before one, or at the
#: beginning without.
_NAMED: tuple[Marker, ...] = ("conference", "journal", "workshop")
_DATED: tuple[Marker, ...] = (*_NAMED, "report", "volume")
_TOLD: tuple[Marker, ...] = ("preprint", "thesis", "unaccepted", "granted", "pending")
#: Characters before a venue's name, and words in which one names itself.
_LEAD, _LONGEST_NAME = 4, 10
#: Characters that are looked at behind a place where a title may end.
_AHEAD = 400


@dataclass(frozen=True, slots=True)
class Found:
    """A title: characters ``[start, end)`` of the text.

    Attributes:
        authored: authors stand in front of it.
        placed: where a venue in front of the title stands: "ICML 2020: Rivers under ice".
    """

    start: int
    end: int
    authored: bool = False
    placed: tuple[int, int] = (0, 0)


def find_title(text: str, venues: Venues) -> Found | None:
    """Where the title stands in a reference as the document writes it; ``None`` where the reference does not tell."""
    if quoted := QUOTED.search(text):
        return Found(*quoted.span("title"))
    if dated := _DATED_ROW.match(text):
        return Found(*dated.span("title"))
    begin, end = _cell(text, venues)
    return _Reader(text[begin:end], venues).find(begin)


def _cell(text: str, venues: Venues) -> tuple[int, int]:
    """The longest cell of a row, of those that do not begin with a venue."""
    cells = [m.span() for m in re.finditer(r"[^\t]+", text)]
    titles = [(a, b) for a, b in cells if not any(m.start < _LEAD for m in venues.find(text[a:b] + " 2000"))]
    return max(titles if len(cells) > 1 and titles else cells, key=lambda cell: cell[1] - cell[0], default=(0, 0))


class _Reader:
    """One cell, and what is found in it only once."""

    def __init__(self, raw: str, venues: Venues) -> None:
        self.raw = raw
        self.text = plain(raw)
        self.venues = venues
        self.references: References = venues.references

    @cached_property
    def mentions(self) -> list[VenueMention]:
        return list(self.venues.find(self.text))

    def find(self, offset: int) -> Found | None:
        start, authored, placed = self._begin()
        end = self._end(start)
        title = self.raw[start:end].strip(" .,;:\n–—")
        if title[:1] in _OPENING:
            title = title[1:].rstrip(_CLOSING)
        if len(title.split()) < 2 and not HAN_NAME.match(title):
            return None
        start += self.raw[start:end].index(title)
        return Found(offset + start, offset + start + len(title), authored, (offset + placed[0], offset + placed[1]))

    def _begin(self) -> tuple[int, bool, tuple[int, int]]:
        """Where authors, year and venue before the title end; whether there are authors; where the venue stands."""
        begin = self._behind_review(0)
        authors = self._authors_end(begin)
        label = self.references.label.match(self.text)
        at = self._behind_year(authors or begin or (label.end() if label else 0))
        at = self._behind_patent(self._behind_review(at))
        first = next((m for m in self.mentions if at <= m.start < at + _LEAD), None)
        behind = self._behind_venue(first) if first and not WORD.search(self.text[at : first.start]) else 0
        later = self._authors_end(behind) if behind else 0
        if not behind or not self._is_title(later or behind):
            return at, bool(authors), (at, at)
        return later or behind, bool(authors or later), (at, behind)

    def _authors_end(self, begin: int) -> int:
        """Where the authors end that begin at a place; 0 where none do."""
        end = authors_end(self.text[begin:], self.references, lambda at: self._is_titled(begin + at))
        return begin + end if end else 0

    def _behind_review(self, at: int) -> int:
        """Behind "Submitted:" or "Preprint:" in front of a title or of authors."""
        markers = (self.venues.markers[marker].pattern for marker in ("unaccepted", "preprint"))
        review = next((found for marker in markers if (found := marker.match(self.text, at))), None)
        if not review:
            return at
        colon = _COLON.match(self.text, review.end())
        told = colon and (":" in colon[0] or self.references.authors.match(self.text, colon.end()))
        return colon.end() if colon and told else at

    def _behind_patent(self, at: int) -> int:
        """Behind "US patent (granted 2022):" in front of a title."""
        label = _LABEL.match(self.text, at)
        told = label and find_markers(label[0], self.venues, ("patent", "granted", "pending"))
        return label.end() if label and told else at

    def _behind_year(self, at: int) -> int:
        year = _BEFORE_TITLE.match(self.text[at:])
        return at + year.end() if year else at

    def _behind_venue(self, mention: VenueMention) -> int:
        """Where the text goes on behind a venue, its year and a mark; 0 where no mark follows."""
        behind = _BEHIND_VENUE.match(self.text, mention.end)
        return behind.end() if behind else 0

    def _end(self, start: int) -> int:
        end = next(
            (stop.start() for stop in _STOP.finditer(self.text, start) if self._ends(start, stop)), len(self.text)
        )
        if WORD.search(self.text[end:]):
            return end
        # Nothing follows: what stands behind a comma in capitals is the venue.
        comma = _CAPITAL_BEHIND.match(self.text[start:end])
        return start + comma.end() if comma else end

    def _ends(self, start: int, stop: re.Match[str]) -> bool:
        head = self.text[start : stop.start()]
        if stop["end"] == ".":
            return not self.references.no_end.search(head)
        if stop["end"]:
            return not self._is_rest(stop.end())
        return len(head.split()) > 1 and self._is_place(stop.end(), stop["part"] or "")

    def _is_rest(self, at: int) -> bool:
        """Whether the sentence behind a question is still the title: in words alone, with something behind it."""
        ahead = self.text[at : at + _AHEAD].replace("\n", " ")
        behind = re.match(r"\s+([A-Z][^.?!\d]+)[.?!]\s(?=.*[^\W\d_]{3})", ahead)
        return bool(behind and _PROSE.search(behind[1]) and not self._is_place(at, ""))

    def _is_place(self, at: int, mark: str) -> bool:
        """Whether what begins here tells where the work appeared, or by whom it is."""
        ahead = self.text[at : at + _AHEAD]
        begin = at + len(ahead) - len(ahead.lstrip(" (["))
        rest = self.text[begin : begin + _AHEAD].replace("\n", " ")
        if mark == ":":
            return bool(self.venues.markers["unaccepted"].pattern.match(rest))
        named = (m for m in self.mentions if begin <= m.start < begin + _LEAD)
        if any(mark != "\n" or m.year or not m.venue.ambiguous for m in named) or self.references.authors_end(
            self.text[at:]
        ):
            return True
        if mark == "\n" or not rest:
            return False
        told = _NUMBER.match(rest) or UNKNOWN_VENUE.match(rest) or self.references.by_name.match(rest)
        return bool(told) or self._is_named(rest)

    def _is_named(self, rest: str) -> bool:
        """Whether words of a venue stand at the beginning: "In Proceedings of", "PhD thesis", "submitted to"."""
        inside = self.venues.markers["inside"].pattern.match(rest)
        if inside and re.match(r":?\s*[A-Z\"“«]", rest[inside.end() :]):
            return True
        lead = re.split(r"[,.;:?!]", rest)[0]
        words = " ".join(lead.split()[:_LONGEST_NAME])
        dated = bool(PLAIN_YEAR.search(rest))
        if dated and lead[:1].isupper() and find_markers(words, self.venues, _NAMED):
            return True
        kinds = (*_TOLD, *_DATED) if dated else _TOLD
        return any(self.venues.markers[kind].pattern.match(words) for kind in kinds)

    def _is_title(self, at: int) -> bool:
        """Whether a title may begin here: words that are no venue."""
        end = self._end(at)
        head = self.text[at:end].strip()
        if len(head.split()) < 2 or self._is_place(at, ""):
            return False
        names, _ = count_names(head, self.references)
        return bool(_PROSE.search(head) or (WORD.search(self.text[end:]) and not names))

    def _is_titled(self, at: int) -> bool:
        """The same behind authors without initials, and behind their year."""
        at = self._behind_year(at)
        return self._is_title(at)
