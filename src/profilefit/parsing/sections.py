"""Where the sections of a document begin, and what they are.

No single cue tells a heading: bold, large or capital lines are mostly companies and job titles. So the words decide
first: lines that are a known heading and nothing else vote for the way this document sets its headings, and other
short lines set the same way are headings too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from profilefit.kept import Kept
from profilefit.library.credentials import Headings, heading_key
from profilefit.library.words import plain
from profilefit.models import Document, Line, Section
from profilefit.parsing.dates import find_dates

if TYPE_CHECKING:
    from profilefit.library import Library

#: Sections that nearly every CV has: a heading of theirs counts even where it is set unlike the others.
_CORE = ("experience", "education", "skills", "publications", "projects")
#: What a heading has at most.
_LONGEST, _MOST_WORDS = 60, 8
_NO_HEADING = re.compile(r"[@|=:;].|\d{3}|https?:|www\.|[.,;]$|^\W*$|\.\s+[A-Z]")
#: The number of a heading in a cell of its own: "4<tab>Publications".
_NUMBER_CELL = re.compile(r"^\s*(?:\d{1,2}(?:\.\d)?|[IVX]{1,4}|[A-H])\.?\t(?=[^\W\d][^\t]*$)")
#: What a heading adds, in brackets or as a number: "Selected Publications (of 38)", "Total experience: 7 years".
_ADDED = re.compile(r"(?<=\w)\s*(?:[(\[][^()\[\]]*[)\]](?=\s*:?\s*$)|[:–-]\s*\d{1,2}(?:[.,]\d)?\+? \w+$)")
#: Around a heading that a date follows, and in front of its subtitle.
_AROUND = " \t,;:|·•()[]–—-"
_SUBTITLE = re.compile(r":\s|\s[–—-]\s")
#: Letters of a heading that may be misspelt and still be known.
_SPELT = 7
#: Times the size of the text, from which on a line is set larger.
_LARGER = 1.08
#: Share of the short lines of one style that must be known headings before unknown lines of it are headings too.
_TRUST, _TRUST_AT_BODY_SIZE = 0.5, 0.65


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is set, as far as headings of one document share it."""

    level: int
    font: str
    capitals: bool
    bold: bool
    flush: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Lines ``[first, last)`` that may be one heading; ``exact`` where the words alone say so.

    Attributes:
        margin: it stands beside its text.
        dated: a date or a subtitle follows the heading, so the line is the first of its section, too.
        weak: it looks like an item of a list or the end of a paragraph; a heading only where no other is.
    """

    first: int
    last: int
    title: str
    kind: str | None
    exact: bool
    style: _Style
    size: float
    margin: bool = False
    weak: bool = False
    dated: bool = False


def heading_kind(text: str, headings: Headings) -> str | None:
    """The kind of section that a heading announces; ``None`` where its words do not tell.

    >>> from profilefit.library import load_library
    >>> [heading_kind(t, load_library().headings) for t in ("Schooling", "Technical Skills & Interests", "Acme Ltd")]
    ['education', 'skills', None]
    """
    return _named(text, headings) or _by_words(text, headings)


@lru_cache(maxsize=4096)
def _squeezed(key: str) -> str:
    return re.sub(r"[\W_]", "", key)


def _known(headings: Headings) -> dict[str, str]:
    """Kind by whole heading without its spaces, which letter-spacing makes unreliable."""
    return _KNOWN.of(headings, "", lambda: {_squeezed(name): kind for name, kind in headings.names.items()})


_KNOWN = Kept[dict[str, str]]()


def _named(text: str, headings: Headings) -> str | None:
    """The kind of a heading known as a whole, or whose first part is: "Education" of "Education & Honours"."""
    key, known = heading_key(text), _known(headings)
    if found := known.get(_squeezed(key)):
        return found
    first, *rest = headings.part.split(key)
    if rest and len(key.split()) <= _MOST_WORDS:
        return known.get(_squeezed(first))
    return None


def _by_words(text: str, headings: Headings) -> str | None:
    """The kind whose key word stands first, or that a part of the heading names: "Diploma's en cursussen".

    Where two kinds have a word at one place, the one that is more than "experience" is meant: "Onderwijservaring".
    """
    key = heading_key(text)
    if len(key.split()) > _MOST_WORDS:
        return None
    words = headings.words.find_overlapping(key)
    found = [(match.start(), -len(match.group()), kind == "experience", kind) for match, kind in words]
    if found:
        return min(found)[3]
    parts, known = headings.part.split(key), _known(headings)
    return next((known[_squeezed(part)] for part in parts[1:] if _squeezed(part) in known), None)


def _misspelt(text: str, library: Library) -> str | None:
    """The kind of a known heading that is one slip of the keyboard away: "Eductaion", "Achievments".

    The first letter is taken to be right, and where slips lead to two kinds neither is meant.
    """
    headings = library.headings
    word = _squeezed(heading_key(text))
    if len(word) < _SPELT or word in headings.own_words or library.titles.noun.search(plain(text)):
        return None
    known = ((name, kind) for name, kind in _known(headings).items() if name[:1] == word[0])
    found = {kind for name, kind in known if len(name) >= _SPELT and _one_slip(name, word)}
    return found.pop() if len(found) == 1 else None


def _corrected(candidate: _Candidate, library: Library) -> _Candidate:
    """A heading whose words tell nothing, with the kind that they would tell if they were spelt right."""
    if candidate.kind or candidate.first == 0:
        return candidate
    return replace(candidate, kind=_misspelt(candidate.title, library))


def _one_slip(name: str, word: str) -> bool:
    """Whether one letter is left out, put in, changed, or two neighbours have changed places.

    >>> [_one_slip("education", word) for word in ("eductaion", "educaton", "edducation", "educotion", "educator")]
    [True, True, True, True, False]
    """
    if abs(len(name) - len(word)) > 1 or name == word:
        return False
    at = next((at for at, (one, two) in enumerate(zip(name, word, strict=False)) if one != two), len(min(name, word)))
    one, two = name[at:], word[at:]
    swapped = one[:2] == two[:2][::-1] and one[2:] == two[2:]
    return swapped or one[1:] == two[1:] or one[1:] == two or one == two[1:]


def find_sections(document: Document, library: Library) -> tuple[Section, ...]:
    """The sections of a document in reading order; together they hold every line that is no heading.

    What stands before the first heading is a section of kind ``other`` with an empty title. A section that goes on
    in another flow of text (a sidebar on the next page) comes in several pieces with one title. Where headings stand
    in the margin, beside the first line of the body, that line belongs to the section and begins with the title.
    """
    headings = library.headings
    candidates = list(_candidates(document, library))
    settled = _settle(_accept(document, candidates, library), headings)
    settled += list(_labels(candidates, settled))
    cut = _cut(document, sorted(settled, key=lambda pair: (pair[0].first, pair[0].last)))
    sections = tuple(_released(document, section, headings) for section in cut)
    if any(section.kind == "experience" for section in sections):
        return sections
    return tuple(part for section in sections for part in _posts_apart(document, section, library))


def _released(document: Document, section: Section, headings: Headings) -> Section:
    """A section, one called "Software" or the like by what stands in it: skills, or programs given to others."""
    kind, words = headings.releases.get(heading_key(section.title), ("other", None))
    text = " ".join(document.content(line) for line in document.lines[slice(*section.lines)])
    return replace(section, kind=kind) if words and words.search(plain(text)) else section


def _posts_apart(document: Document, section: Section, library: Library) -> Iterator[Section]:
    """A summary and the posts that follow it without a heading of their own: rows that begin with a cell of dates."""
    first, last = section.lines
    if section.kind == "summary":
        dated = [index for index in range(first, last) if _begins_with_period(document, index, library)]
        if len(dated) > 1 and any(library.titles.noun.search(document.content(document.lines[i])) for i in dated):
            if dated[0] > first:
                yield Section(section.kind, section.title, (first, dated[0]))
            yield Section("experience", "", (dated[0], last))
            return
    yield section


def _begins_with_period(document: Document, index: int, library: Library) -> bool:
    """Whether the first cell of a row is a period and nothing else, and another follows."""
    line = document.lines[index]
    cell, tab, rest = document.content(line).partition("\t")
    if not (tab and rest.strip()) or line.bullet:
        return False
    dates = find_dates(cell, library.calendar)
    return bool(dates) and dates[0].start != dates[0].end and dates[0].end_char - dates[0].start_char > len(cell) - 4


def _labels(
    candidates: Sequence[_Candidate], settled: Sequence[tuple[_Candidate, str]]
) -> Iterator[tuple[_Candidate, str]]:
    """Names of sections that stand beside their text under a heading that says nothing ("Additional information")."""
    taken = {candidate.first for candidate, _ in settled}
    for candidate in candidates:
        if candidate.margin and candidate.kind not in (None, "other") and candidate.first not in taken:
            above = [pair for pair in settled if pair[0].first <= candidate.first]
            if above and above[-1][1] == "other" and not above[-1][0].margin:
                yield candidate, candidate.kind or "other"


def _candidates(document: Document, library: Library) -> Iterator[_Candidate]:
    lines, body, headings = document.lines, _body_size(document), library.headings
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.fields:  # a record, whatever its words
            index += 1
            continue
        pair = _wrapped(document, index, headings, body)
        if pair:
            yield pair
            index = pair.last
            continue
        text = _NUMBER_CELL.sub("", document.content(line))
        first, *others = _ADDED.sub("", text).split("\t")
        alone = not others and not (_is_item(line, body) or line.continues)
        if _shaped(first, line, body) or (alone and _squeezed(heading_key(first)) in _known(headings)):
            kind = _named(first, headings)
            if not others:
                found = kind or _by_words(first, headings)
                yield _Candidate(index, index + 1, text.strip(), found, bool(kind), _style(document, line), line.size)
            elif kind and first.strip() and not _named(others[0], headings):
                style = _style(document, line)
                yield _Candidate(index, index, first.strip(), kind, True, style, line.size, margin=True)
        elif alone and (dated := _dated(document, index, library)):
            yield dated
        elif not others and len(text) < _LONGEST // 2 and (line.bullet or line.continues) and text[:1].isupper():
            kind = _known(headings).get(_squeezed(heading_key(text)))
            listed = line.bullet and index + 1 < len(lines) and lines[index + 1].bullet
            if kind and not listed and (line.bullet or _ended(document, index)):
                style = _style(document, line)
                yield _Candidate(index, index + 1, text.strip(), kind, True, style, line.size, weak=True)
        index += 1


def _dated(document: Document, index: int, library: Library) -> _Candidate | None:
    """A heading that is an entry as well: "Final-year thesis: which cow is lame? (Sept 2024 – Apr 2025)"."""
    line = document.lines[index]
    text = document.content(line)
    dates = find_dates(text, library.calendar)
    ends = bool(dates) and not text[dates[-1].end_char :].strip(_AROUND)
    title = text[: dates[-1].start_char] if ends else text
    if ends or line.heading:
        title = _SUBTITLE.split(title.strip(_AROUND), maxsplit=1)[0].strip(_AROUND)
    if title == text.strip() or not 0 < len(title) <= _LONGEST or _NO_HEADING.search(title):
        return None
    kind = heading_kind(title, library.headings)
    style = _style(document, line, title)
    return _Candidate(index, index, title, kind, False, style, line.size, dated=True) if kind else None


def _ended(document: Document, index: int) -> bool:
    """Whether a line that seems to go on with a paragraph begins anew: the one above is at an end or has room there."""
    line, above = document.lines[index], document.lines[index - 1]
    longest = max(other.end - other.start for other in document.lines if other.column == line.column)
    return above.end - above.start < 0.7 * longest or document.content(above).rstrip()[-1:] in ".)0123456789"


def _wrapped(document: Document, index: int, headings: Headings, body: float) -> _Candidate | None:
    """A known heading that is broken over two lines."""
    if index + 1 >= len(document.lines):
        return None
    one, two = document.lines[index], document.lines[index + 1]
    texts = document.content(one), document.content(two)
    if one.style != two.style or one.column != two.column or one.page != two.page or one.size != two.size:
        return None
    if "\t" in "".join(texts) or not (_shaped(texts[0], one, body) and not two.bullet) or len(texts[1].split()) > 3:
        return None
    joined = " ".join(texts)
    kind = _known(headings).get(_squeezed(heading_key(joined)))
    if kind is None or (_known(headings).get(_squeezed(heading_key(texts[1]))) and _named(texts[0], headings)):
        return None
    return _Candidate(index, index + 2, joined.strip(), kind, True, _style(document, one), one.size)


def _shaped(text: str, line: Line, body: float) -> bool:
    """Whether a line has the shape of a heading: short, no sentence, no date, no item of a list."""
    text = text.strip()
    framed = text[-1:] in "—–-" and line.bullet  # a rule of dashes
    if (_is_item(line, body) and not framed) or line.continues or not text or len(text) > _LONGEST or text[0] == "(":
        return False
    words = text.split()
    if len(words) > _MOST_WORDS and sum(len(word) == 1 for word in words) < len(words) / 2:
        return False
    return not _NO_HEADING.search(text.rstrip(":") if len(text) > 1 else text)


def _is_item(line: Line, body: float) -> bool:
    """Whether a line is an item of a list; what is bold or larger than the text may be a numbered heading."""
    return line.bullet and not (line.heading or line.bold or line.size > _LARGER * body > 0)


def _style(document: Document, line: Line, title: str = "") -> _Style:
    text = title or _ADDED.sub("", _NUMBER_CELL.sub("", document.content(line)).split("\t")[0])
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) > 1 and all(char.isupper() for char in letters)
    flush = line.indent < 1 and line.gap >= 0 if not line.style else True
    font = line.style or ("capitals" if title and capitals and not line.size else "")  # as plain text is read
    return _Style(line.heading, font, capitals, line.bold, flush, line.bullet and not line.heading)


def _body_size(document: Document) -> float:
    sizes: Counter[float] = Counter()
    for line in document.lines:
        sizes[line.size] += line.end - line.start
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _body_style(document: Document) -> str:
    styles: Counter[str] = Counter()
    for line in document.lines:
        styles[line.style] += line.end - line.start
    return styles.most_common(1)[0][0] if styles else ""


def _accept(document: Document, candidates: Sequence[_Candidate], library: Library) -> list[_Candidate]:
    """The candidates that are headings."""
    body, font = _body_size(document), _body_style(document)
    groups: dict[_Style, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        named = candidate.first == 0 and candidate.kind is None  # the person's name, whose capitals must not matter
        if not (candidate.margin or candidate.weak or candidate.dated or named):
            groups[candidate.style].append(candidate)
    strong = _strong_styles(groups, body, font)
    strong = {style: sure for style, sure in strong.items() if not _below(style, strong, groups, document)}
    most = max((sum(m.exact for m in groups[s]) for s in strong), default=0)
    covered = {m.kind for s in strong for m in groups[s] if m.exact}
    accepted: list[_Candidate] = []
    candidates = [_corrected(each, library) if each.style in strong else each for each in candidates]
    for candidate in candidates:
        listed = document.lines[candidate.first].bullet
        if candidate.margin or (candidate.weak and (listed or candidate.style not in strong)):
            continue
        if candidate.style in strong:
            if candidate.exact or strong[candidate.style] or candidate.kind:
                accepted.append(candidate)
        elif candidate.exact and (
            most < 2
            or (candidate.kind in _CORE and candidate.kind not in covered and _stands_out(document, candidate, font))
        ):
            accepted.append(candidate)
    accepted += _margin_headings(candidates, {c.kind for c in accepted})
    if not strong:
        weak = [candidate for candidate in candidates if candidate.weak]
        kinds = {candidate.kind for candidate in (*accepted, *weak)}
        if len(kinds.intersection(_CORE)) > 1:
            accepted += [c for c in weak if c.kind not in {a.kind for a in accepted}]
    return sorted(accepted, key=lambda c: (c.first, c.last))


def _strong_styles(groups: dict[_Style, list[_Candidate]], body: float, font: str) -> dict[_Style, bool]:
    """The styles that headings are set in, and whether even an unknown word in them is one."""
    strong: dict[_Style, bool] = {}
    for style, members in groups.items():
        exact = sum(member.exact for member in members)
        known = sum(member.kind is not None for member in members)
        share = known / len(members)
        plain = style.font == font and not (style.capitals or style.bold or style.level)
        if exact and share >= (_TRUST if exact > 1 else 0.75) and not plain:
            larger = members[0].size > _LARGER * body or style.level > 0
            strong[style] = larger or share >= _TRUST_AT_BODY_SIZE
        elif style.level and exact > 1:
            strong[style] = True
    return strong


def _below(
    style: _Style, strong: dict[_Style, bool], groups: dict[_Style, list[_Candidate]], document: Document
) -> bool:
    """Whether a style sets sub-headings: it stands in one flow with the style of the main headings and looks lesser."""

    def weight(other: _Style) -> tuple[int, float]:
        core = {m.kind for m in groups[other] if m.exact and m.kind in _CORE[:3]}
        return len(core), groups[other][0].size

    def flows(other: _Style) -> set[tuple[int | None, int]]:
        lines = [document.lines[member.first] for member in groups[other]]
        return {(line.page, line.column) for line in lines}

    main = max(strong, key=weight)
    if style == main or not flows(style) & flows(main):
        return False
    smaller = groups[style][0].size < groups[main][0].size * 0.97
    return smaller or style.level > main.level > 0 or (main.capitals and not style.capitals)


def _stands_out(document: Document, candidate: _Candidate, font: str) -> bool:
    style, line = candidate.style, document.lines[candidate.first]
    return style.capitals or style.bold or style.level > 0 or style.font != font or line.gap > 1.2


def _margin_headings(candidates: Sequence[_Candidate], covered: set[str | None]) -> list[_Candidate]:
    """Headings that stand beside their text: believed where work or education is announced so."""
    margin = [candidate for candidate in candidates if candidate.margin]
    kinds = {candidate.kind for candidate in margin}
    believed = kinds & {"experience", "education"} - covered
    return margin if believed and len(kinds) > 1 else []


def _settle(accepted: Sequence[_Candidate], headings: Headings) -> list[tuple[_Candidate, str]]:
    """Kinds for all headings; names that mean something only where nothing else does come last."""
    kinds = {candidate.kind for candidate in accepted}
    settled = []
    for candidate in accepted:
        kind = candidate.kind
        if kind in (None, "other"):
            key = heading_key(candidate.title)
            options = [k for k, heading in headings.kinds.items() if key in map(heading_key, heading.otherwise)]
            kind = next((option for option in options if option not in kinds), options[-1] if options else "other")
        settled.append((candidate, kind or "other"))
    return settled


def _cut(document: Document, settled: Sequence[tuple[_Candidate, str]]) -> Iterator[Section]:
    """The pieces between headings, and again where a flow of text goes on from an earlier page."""
    lines = document.lines
    starts = {candidate.first: (candidate, kind) for candidate, kind in settled}
    left = _flow_edges(document)
    largest = max((line.size for line in lines), default=0.0)
    open_: dict[float, tuple[str, str]] = {}
    kind, title, first, flow = "other", "", 0, None
    for index, line in enumerate(lines):
        here = (line.page, line.column)
        if here != flow and flow is not None and line.page != flow[0] and here in left and index not in starts:
            edge = min(open_, key=lambda e: abs(e - left[here]), default=None)
            if edge is not None and abs(edge - left[here]) < 60 and open_[edge] != (kind, title):
                if index > first:
                    yield Section(kind, title, (first, index))
                kind, title = open_[edge]
                first = index
        elif here != flow and flow is not None and line.size == largest > 0 and index not in starts and index > first:
            yield Section(kind, title, (first, index))  # the person's name heads the page beside a sidebar
            kind, title, first = "other", "", index
        flow = here
        if index in starts:
            candidate, new = starts[index]
            if index > first or title:
                yield Section(kind, title, (first, index))
            kind, title, first = new, candidate.title, candidate.last
        if here in left:
            open_[left[here]] = (kind, title)
    if len(lines) > first or title:
        yield Section(kind, title, (first, len(lines)))


def _flow_edges(document: Document) -> dict[tuple[int | None, int], float]:
    """The left edge of each flow of text on a page, in points."""
    edges: dict[tuple[int | None, int], float] = {}
    for line in document.lines:
        if line.box:
            here = (line.page, line.column)
            edges[here] = min(edges.get(here, line.box[0]), line.box[0])
    return edges
