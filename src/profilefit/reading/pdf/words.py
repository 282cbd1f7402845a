"""Glyph runs → words → fragments of lines: gaps, doubled and letter-spaced text, raised letters, list marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from profilefit.reading.clean import BULLETS, DASH_BULLETS, OVERLAID, compose
from profilefit.reading.pdf.glyphs import Chunk, Fill, Fragment, Piece, Rule
from profilefit.reading.pdf.runs import WORD_GAP

#: A wider gap than this share of the font size starts a new fragment: a cell, or another column.
CELL_GAP = 0.95
#: How far behind the beginning of its letter an accent may begin, in the same unit.
_ACCENT = 0.15

NUMBER_MARK = re.compile(r"\[[A-Z]{0,2}\d{1,3}\]|\(?\d{1,3}[.)]|\(\d{1,3}\)")


def find_fragments(
    chunks: Sequence[Chunk], vertical_rules: Sequence[Rule] = (), dots: Sequence[Fill] = ()
) -> list[Fragment]:
    """The fragments of a page, from the top down and from left to right."""
    fragments: list[Fragment] = []
    for line in _baselines(chunks):
        fragments += _cut(_words(line), vertical_rules)
    fragments = _merge_raised(fragments)
    fragments = _attach_marks(fragments)
    fragments = _cut_at_edges(fragments)
    _attach_dots(fragments, dots)
    fragments.sort(key=lambda f: (-f.y, f.x0))
    return fragments


def _baselines(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Chunks that stand on one baseline."""
    lines: list[list[Chunk]] = []
    anchor = float("inf")
    for chunk in sorted(chunks, key=lambda c: -c.y):
        if lines and anchor - chunk.y <= max(0.6, 0.1 * min(chunk.size, lines[-1][0].size)):
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
            anchor = chunk.y
    return lines


def _words(line: list[Chunk]) -> list[Piece]:
    """The words of a baseline: runs that touch are one word, whatever their colour or font."""
    line.sort(key=_place)
    line = _undouble(line)
    if len(line) >= 3:
        line = _close_letters(line)
    words: list[Piece] = []
    previous: Chunk | None = None
    for chunk in line:
        if words and previous is not None:
            gap = chunk.x0 - words[-1].x1
            size = min(previous.size, chunk.size)
            tight = 0.03 * size if chunk.spaced else WORD_GAP * size
            if gap <= tight and gap > -1.5 * size:
                word = words[-1]
                overlaid = gap < -0.15 * size and word.text[-1] in OVERLAID
                whole = compose(word.text[-1], chunk.text) if overlaid else None
                word.text = word.text[:-1] + whole if whole else word.text + chunk.text
                word.x1 = max(word.x1, chunk.x1)
                if chunk.size > word.size:
                    word.size = chunk.size
                if len(chunk.text) > len(word.text) / 2:
                    word.style = chunk.style
                previous = chunk
                continue
        words.append(Piece(chunk.x0, chunk.y, chunk.x1, chunk.size, chunk.text, chunk.style))
        previous = chunk
    return words


def _place(chunk: Chunk) -> float:
    """Where a run stands among those of its line: an accent drawn by itself before the letter that it stands over."""
    return chunk.x0 - _ACCENT * chunk.size if chunk.text in OVERLAID else chunk.x0


def _undouble(line: list[Chunk]) -> list[Chunk]:
    """Fake bold draws a run twice at a hair's distance: keep one."""
    kept: list[Chunk] = []
    for chunk in line:
        reach = 0.12 * chunk.size
        for other in kept[-4:]:
            if other.text == chunk.text and chunk.x0 - other.x0 <= reach and abs(chunk.x1 - other.x1) <= reach:
                break
        else:
            kept.append(chunk)
    return kept


#: Letters set apart are told from initials by their number.
_FEWEST_LETTERS = 3


def _close_letters(line: list[Chunk]) -> list[Chunk]:
    """Letters set apart ("E D U C AT I O N") are joined; a gap well over the usual one parts their words."""
    out: list[Chunk] = []
    start = 0
    while start < len(line):
        stop = start + 1
        while stop < len(line) and _set_apart(line[stop - 1], line[stop]):
            stop += 1
        run = line[start:stop]
        start = stop
        if len(run) < _FEWEST_LETTERS:
            out += run
            continue
        singles = sum(len(chunk.text) == 1 for chunk in run)
        letters = "".join(chunk.text for chunk in run)
        if (
            (len(run) >= 4 or _is_even(run))
            and singles >= 0.7 * len(run)
            and sum(map(str.isalpha, letters)) >= 0.7 * len(letters)
        ):
            out += _join_letters(run)
        else:
            out += run
    return out


def _set_apart(one: Chunk, two: Chunk) -> bool:
    gap = two.x0 - one.x1
    short = len(one.text) <= 2 and len(two.text) <= 2
    return short and abs(one.size - two.size) < 0.35 * one.size and 0.06 * one.size <= gap <= 1.6 * one.size


def _is_even(run: list[Chunk]) -> bool:
    """Three capitals at equal distances, drawn without spaces ("K I T")."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(run)]
    return (
        len(run) == 3
        and all(len(c.text) == 1 and c.text.isupper() and not c.spaced for c in run)
        and max(gaps) <= 1.35 * min(gaps)
    )


def _join_letters(run: list[Chunk]) -> list[Chunk]:
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(run))
    usual = median(gaps[: max(1, (2 * len(gaps) + 2) // 3)])
    limit = max(1.6 * usual, usual + 0.12 * run[0].size)
    joined: list[Chunk] = []
    for chunk in run:
        if joined and chunk.x0 - joined[-1].x1 <= limit:
            last = joined[-1]
            joined[-1] = Chunk(last.x0, last.y, chunk.x1, last.size, last.text + chunk.text, last.style, last.spaced)
        else:
            joined.append(Chunk(chunk.x0, chunk.y, chunk.x1, chunk.size, chunk.text, chunk.style, bool(joined)))
    return joined


def _cut(words: list[Piece], rules: Sequence[Rule]) -> list[Fragment]:
    """Words of a baseline parted where the gap is wide, or where a vertical rule of a table stands."""
    fragments: list[Fragment] = []
    current: list[Piece] = []
    for word in words:
        if current:
            last = current[-1]
            size = max(last.size, word.size)
            gap = word.x0 - last.x1
            if gap > CELL_GAP * size or (gap > 1.5 and _parted(rules, last.x1, word.x0, word.y + 0.3 * size)):
                fragments.append(_fragment(current))
                current = []
        current.append(word)
    if current:
        fragments.append(_fragment(current))
    return fragments


def _parted(rules: Sequence[Rule], x0: float, x1: float, y: float) -> bool:
    return any(x0 - 1 <= rule.at <= x1 + 1 and rule.start <= y <= rule.end for rule in rules)


def _fragment(words: list[Piece]) -> Fragment:
    size = max(words, key=lambda w: (len(w.text), w.size)).size
    return Fragment(words, words[0].x0, max(w.x1 for w in words), words[0].y, size)


def _merge_raised(fragments: list[Fragment]) -> list[Fragment]:
    """Raised and lowered letters ("1st", "H2O", accents, the E of TeX) go back into the line they belong to."""
    order = sorted(fragments, key=lambda f: -f.y)
    gone: set[int] = set()
    for at, small in enumerate(order):
        if len(small.text) > 14:
            continue
        for near in (*range(at - 1, max(-1, at - 9), -1), *range(at + 1, min(len(order), at + 9))):
            if near not in gone and _goes_into(small, order[near]):
                gone.add(at)
                _insert(order[near], small)
                break
    return [fragment for at, fragment in enumerate(order) if at not in gone]


def _goes_into(small: Fragment, big: Fragment) -> bool:
    rise = small.y - big.y
    if small.text in OVERLAID:
        return big is not small and abs(rise) < 0.6 * big.size and big.x0 - 1 <= small.x0 and small.x1 <= big.x1 + 1
    if not big.x0 < small.x0 <= big.x1 + 0.3 * big.size or abs(rise) <= 0.06 * big.size:
        return False
    if len(small.text) == 1 and small.text.isalpha() and 0.7 * big.size < small.size < 1.2 * big.size:
        return abs(rise) < 0.3 * big.size and len(big.words) + len(big.text) > 3 and small.x1 <= big.x1 + small.size
    return 1.18 * small.size <= big.size <= 2.6 * small.size and -0.35 * big.size < rise < 0.62 * big.size


def _insert(host: Fragment, small: Fragment) -> None:
    """Put the letters of ``small`` between those of ``host``, by where they stand."""
    for piece in small.words:
        middle = (piece.x0 + piece.x1) / 2
        for word in host.words:
            reach = WORD_GAP * min(word.size, piece.size)
            if word.x0 - reach <= middle <= word.x1 + reach or abs(piece.x0 - word.x1) <= reach:
                _splice(word, piece)
                break
        else:
            host.words.append(piece)
            host.words.sort(key=attrgetter("x0"))
    merged = host.words[:1]
    for word in host.words[1:]:
        last = merged[-1]
        if word.x0 - last.x1 <= WORD_GAP * min(word.size, last.size):
            last.text += word.text
            last.x1 = max(last.x1, word.x1)
        else:
            merged.append(word)
    host.words = merged
    host.x1 = max(host.x1, small.x1)


def _splice(word: Piece, piece: Piece) -> None:
    share = ((piece.x0 + piece.x1) / 2 - word.x0) / ((word.x1 - word.x0) or 1.0)
    at = max(0, min(len(word.text), round(share * len(word.text))))
    if piece.text in OVERLAID:
        centre = int(share * len(word.text))
        for near in (centre, centre - 1, centre + 1):
            whole = compose(piece.text, word.text[near]) if 0 <= near < len(word.text) else None
            if whole and (word.text[near].isupper() or near == centre):
                word.text = word.text[:near] + whole + word.text[near + 1 :]
                return
    word.text = word.text[:at] + piece.text + word.text[at:]
    word.x1 = max(word.x1, piece.x1)


def is_mark(text: str, alone: bool) -> bool:
    """A list mark; ``alone``: it is a word of its own with text after it."""
    return bool(text) and (
        all(c in BULLETS for c in text) or (alone and len(text) == 1 and (text in DASH_BULLETS or text == "\ufffd"))
    )


def _attach_marks(fragments: list[Fragment]) -> list[Fragment]:
    """List marks become a property of the text they stand before, also where they are set higher or far off."""
    for fragment in fragments:
        _strip_mark(fragment)
    order = sorted(fragments, key=lambda f: f.x0)
    by_height = sorted(fragments, key=lambda f: -f.y)
    place = {id(f): i for i, f in enumerate(by_height)}
    gone: set[int] = set()
    for lone in order:
        text = lone.text
        if len(lone.words) != 1 or len(text) > 6:
            continue
        if not (is_mark(text, True) or text == "o" or NUMBER_MARK.fullmatch(text)):
            continue
        best: Fragment | None = None
        at = place[id(lone)]
        for near in (*range(at - 1, max(-1, at - 12), -1), *range(at + 1, min(len(by_height), at + 12))):
            other = by_height[near]
            if other is lone or id(other) in gone or other.mark:
                continue
            gap = other.x0 - lone.x1
            size = max(other.size, lone.size)
            if 0 <= gap <= 3.2 * size and abs(other.y - lone.y) <= 0.45 * size and (best is None or other.x0 < best.x0):
                best = other
        if best is not None and not is_mark(best.text, True):
            best.mark, best.mark_x = text, lone.x0
            gone.add(id(lone))
    return [fragment for fragment in fragments if id(fragment) not in gone]


def _cut_at_edges(fragments: list[Fragment]) -> list[Fragment]:
    """A narrow gutter: a word that starts at an edge which other lines share, after more than a usual space, starts a
    cell of its own (the title beside a date in the margin)."""
    edges = Counter(round(fragment.x0 / 2) for fragment in fragments)
    wide: list[list[int]] = []
    for fragment in fragments:
        places = _wide_gaps(fragment)
        wide.append(places)
        edges.update(round(fragment.words[i].x0 / 2) for i in places)
    shared = {edge for edge in edges if edges[edge - 1] + edges[edge] + edges[edge + 1] >= 4}
    out: list[Fragment] = []
    for fragment, places in zip(fragments, wide, strict=True):
        cuts = [i for i in places if round(fragment.words[i].x0 / 2) in shared]
        bounds = [0, *cuts, len(fragment.words)]
        if not cuts:
            out.append(fragment)
            continue
        out += [_part(fragment, start, stop) for start, stop in pairwise(bounds)]
    return out


def _wide_gaps(fragment: Fragment) -> list[int]:
    """Places of the words that stand clearly further from the word before than words of this line do."""
    words = fragment.words
    gaps = [two.x0 - one.x1 for one, two in pairwise(words)]
    if not gaps or max(gaps) <= 0.45 * fragment.size:
        return []
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 2 else 0.42 * fragment.size
    return [i for i, gap in enumerate(gaps, 1) if gap > max(0.45 * fragment.size, 1.8 * usual)]


def _part(fragment: Fragment, start: int, stop: int) -> Fragment:
    part = _fragment(fragment.words[start:stop])
    if start == 0:
        part.mark, part.mark_x = fragment.mark, fragment.mark_x
    return part


def _attach_dots(fragments: list[Fragment], dots: Sequence[Fill]) -> None:
    """Small filled shapes before a line are its list mark, where nothing else stands before it."""
    order = sorted(fragments, key=lambda f: f.y)
    heights = [f.y for f in order]
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        near = order[bisect_left(heights, middle - 30) : bisect_right(heights, middle + 3)]
        near = [f for f in near if f.y <= middle <= f.y + 0.8 * f.size]
        right = [f for f in near if 0 <= f.x0 - dot.x1 <= 1.7 * f.size and dot.x1 - dot.x0 <= 0.42 * f.size]
        if len(right) == 1 and not right[0].mark and not any(0 <= dot.x0 - f.x1 < 2.5 * f.size for f in near):
            right[0].mark, right[0].mark_x = "•", dot.x0


def _strip_mark(fragment: Fragment) -> None:
    """Take a mark off the front of a fragment's words."""
    first = fragment.words[0]
    alone = len(fragment.words) > 1
    text = first.text
    if alone and text == fragment.words[-1].text and len(fragment.words) > 2 and is_mark(text, True):
        fragment.words = fragment.words[1:-1]  # a heading between dashes
        fragment.x1 = fragment.words[-1].x1
    elif alone and (is_mark(text, True) or (text == "o" and fragment.words[1].style.family != first.style.family)):
        fragment.mark, fragment.mark_x = text, first.x0
        del fragment.words[0]
    elif len(text) > 1 and text[0] in BULLETS and text[1] not in BULLETS:
        fragment.mark, fragment.mark_x = text[0], first.x0
        first.x0 += 0.5 * first.size
        first.text = text[1:]
    elif alone and NUMBER_MARK.fullmatch(text):
        fragment.mark, fragment.mark_x = text, first.x0
        del fragment.words[0]
    else:
        return
    fragment.x0 = fragment.words[0].x0


def numbered(fragments: Sequence[Fragment]) -> None:
    """Put a number back into the text where it opens no list: no neighbour of it stands in the document."""

    def value(fragment: Fragment) -> int:
        return int(re.sub(r"\D", "", fragment.mark))

    def shape(fragment: Fragment) -> str:
        return re.sub(r"\d", "", fragment.mark)

    marked = [f for f in fragments if f.mark and NUMBER_MARK.fullmatch(f.mark)]
    for _, group in groupby(sorted(marked, key=shape), shape):
        members = list(group)
        values = {value(f) for f in members}
        for fragment in members:
            if not {value(fragment) - 1, value(fragment) + 1} & values:
                first, left = fragment.words[0], fragment.mark_x
                right = max(left + 1, first.x0 - 2)
                fragment.words.insert(0, Piece(left, first.y, right, first.size, fragment.mark, first.style))
                fragment.x0, fragment.mark = left, ""
