"""Flows of rows → lines: what continues what, words broken over lines, repeated headers and footers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from profilefit.models import Box
from profilefit.reading.assemble import Draft
from profilefit.reading.clean import clean, is_icon
from profilefit.reading.pdf.cuts import CONTACT
from profilefit.reading.pdf.glyphs import Fragment, PageGlyphs, Piece, Rule, Style, colour_distance
from profilefit.reading.pdf.grids import join_cells
from profilefit.reading.pdf.hyphens import joint, rejoin
from profilefit.reading.pdf.layout import Flow, Row, arrange, panel_edges
from profilefit.reading.pdf.page import box_of
from profilefit.reading.pdf.words import find_fragments, is_mark, numbered

_FOLIO = re.compile(r"(?<!\d)(\d{1,3})(?:\s*[/|]\s*|\s+\w{1,4}\s+)(\d{1,3})\s*\W*$")
_SENTENCE_END = re.compile(r"[.!?:;。！？][\"'”’)\]]*$")
_LABEL = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ &/+-]{1,3}[^\W\d_]+){0,3}\s?[:：](?:\s|$)")
#: A soft hyphen that is drawn is a hyphen; some programs draw three characters for one.
_SOFT_HYPHENS = re.compile("[-\u2010\u2011]*\u00ad[-\u00ad\u2010\u2011]*")
#: Colours that differ by less than this, of 255, in each part may stand in one paragraph.
_NEAR_COLOUR = 24


@dataclass(slots=True)
class _PageFlow:
    """A flow with the page it stands on."""

    page: PageGlyphs
    flow: Flow
    rules: list[Rule]


@dataclass(slots=True)
class _Item:
    """A row on its way to a line."""

    row: Row
    page: PageGlyphs
    column: int
    left: float
    right: float
    gap: float = 0.0
    step: float = 12.0
    continues: bool = False
    ruled: bool = False
    listed: bool = False


def lay_out(pages: Sequence[PageGlyphs], count: int, hyphenated: bool = False) -> list[Draft]:
    """The lines of a document in reading order.

    Args:
        pages: what each page shows.
        count: the number of the document's pages.
        hyphenated: the program that set it breaks words over lines by itself.
    """
    found: list[list[Fragment]] = []
    for page in pages:
        walls = [rule for rule in page.rules if rule.vertical and rule.end - rule.start >= 6]
        walls += [Rule(0.0, page.height, edge, True) for edge in panel_edges(page.fills, page.width, page.height)]
        found.append(find_fragments(page.chunks, walls, page.dots))
    found = _without_furniture(pages, found, count)
    everything = [fragment for fragments in found for fragment in fragments]
    _settle_marks(everything)
    numbered(everything)
    found = [join_cells(fragments, page.rules) for page, fragments in zip(pages, found, strict=True)]
    chained: list[list[_PageFlow]] = []
    for page, fragments in zip(pages, found, strict=True):
        rules = [rule for rule in page.rules if not rule.vertical and rule.end - rule.start >= 24]
        edges = panel_edges(page.fills, page.width, page.height)
        flows = [_PageFlow(page, flow, rules) for flow in arrange(fragments, rules, edges)]
        chained = _chain(chained, flows)
    items = [item for number, parts in enumerate(chained) for item in _items(number, parts)]
    _mend_hyphens(items, hyphenated)
    return [_draft(item) for item in items]


# ── headers, footers, icons ──────────────────────────────────────────────────────────────────────────────────────


def _without_furniture(pages: Sequence[PageGlyphs], found: list[list[Fragment]], count: int) -> list[list[Fragment]]:
    """Leave out headers and footers: rows near the edge that repeat from page to page, and page numbers."""
    seen: Counter[tuple[str, int, int]] = Counter()
    for page, fragments in zip(pages, found, strict=True):
        seen.update({key for f in fragments if (key := _edge_key(page, f)) is not None})
    kept = []
    for page, fragments in zip(pages, found, strict=True):
        lowest = min((f.y for f in fragments), default=0.0)
        gone = {id(f) for f in fragments if _is_furniture(page, f, seen, count, lowest)}
        feet = [f.y for f in fragments if id(f) in gone and f.y < 0.09 * page.height]
        for f in fragments:
            if f.y < 0.09 * page.height and f.size < 11 and any(abs(f.y - y) < 1 for y in feet):
                gone.add(id(f))  # what stands beside a page number goes with it
        kept.append([f for f in fragments if id(f) not in gone])
    return kept


def _edge_key(page: PageGlyphs, fragment: Fragment) -> tuple[str, int, int] | None:
    if 0.09 * page.height < fragment.y < 0.91 * page.height:
        return None
    return re.sub(r"\d+", "#", fragment.text), round(fragment.y / 4), round(fragment.x0 / 24)


def _is_furniture(
    page: PageGlyphs, fragment: Fragment, seen: Counter[tuple[str, int, int]], count: int, low: float
) -> bool:
    key = _edge_key(page, fragment)
    if key is None:
        return False
    if seen[key] > 1 and fragment.size < 14 and (seen[key] >= 0.5 * count or seen[key] > 2):
        return True
    if fragment.y > low + 3 and fragment.y < 0.9 * page.height:
        return False
    text = fragment.text.strip(" -–—|·")
    folio = _FOLIO.search(text)
    if folio and int(folio[1]) == page.number and int(folio[2]) == count and len(text) < 60:
        return True
    return text == str(page.number) and fragment.y < 0.09 * page.height


def _settle_marks(fragments: Sequence[Fragment]) -> None:
    """Private-use glyphs that open three or more lines at one place are list marks, others are icons."""
    openers: Counter[str] = Counter()
    for fragment in fragments:
        text = fragment.words[0].text
        if len(fragment.words) > 1 and len(text) == 1 and is_icon(text) and not fragment.mark:
            openers[text] += 1
    for fragment in fragments:
        first = fragment.words[0]
        if len(fragment.words) > 1 and openers[first.text] >= 3 and first.text != "\ue000" and not fragment.mark:
            fragment.mark, fragment.mark_x = first.text, first.x0
            del fragment.words[0]
            fragment.x0 = fragment.words[0].x0
    for fragment in fragments:
        words = [word for word in fragment.words if clean(word.text) or is_mark(word.text, False)]
        if words and len(words) < len(fragment.words):
            fragment.words = words
            fragment.x0 = words[0].x0


# ── flows over pages ─────────────────────────────────────────────────────────────────────────────────────────────


def _chain(chained: list[list[_PageFlow]], flows: list[_PageFlow]) -> list[list[_PageFlow]]:
    """Append a page's flows; columns that go on from the page before are read on before the next column starts."""
    if not chained or not flows:
        return chained + [[flow] for flow in flows]
    last_page = chained[-1][-1].page.number
    tail = [part for part in chained if part[-1].page.number == last_page]
    columns = [part for part in tail if part[-1].flow.side]
    if len(columns) < 2 or not tail[-1][-1].flow.side:
        if len(tail) >= 1 and not tail[-1][-1].flow.side and not flows[0].flow.side:
            return [*chained[:-1], [*chained[-1], flows[0]], *([flow] for flow in flows[1:])]
        return chained + [[flow] for flow in flows]
    pairs: dict[int, _PageFlow] = {}
    rest: list[_PageFlow] = []
    for flow in flows:
        home = next(
            (n for n, part in enumerate(columns) if n not in pairs and _same_column(part[-1].flow, flow.flow)), None
        )
        if home is None or rest:
            rest.append(flow)
        else:
            pairs[home] = flow
    if not pairs:
        return chained + [[flow] for flow in flows]
    for n, flow in pairs.items():
        columns[n].append(flow)
    return chained + [[flow] for flow in rest]


def _same_column(one: Flow, two: Flow) -> bool:
    return abs(one.left - two.left) <= 3 and (two.right <= one.right + 12 or abs(two.right - one.right) <= 12)


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def _items(number: int, parts: Sequence[_PageFlow]) -> Iterator[_Item]:
    """The rows of a flow, each told whether it goes on with the row before."""
    items: list[_Item] = []
    edges: list[dict[int, float]] = []
    for part in parts:
        left, right = part.flow.left, part.flow.right
        items += [_Item(row, part.page, number, left, right) for row in part.flow.rows]
        least = 0.0 if part.flow.side else left + 0.6 * (part.page.width - 2 * min(left, 0.2 * part.page.width))
        edges += [_right_edges(part.flow.rows, least)] * len(part.flow.rows)
        for above, below in zip(items[-len(part.flow.rows) :], items[1 - len(part.flow.rows) :], strict=False):
            below.ruled = (
                any(
                    below.row.y + 0.6 * below.row.size < rule.at < above.row.y - 0.02 * above.row.size
                    and rule.end - rule.start > 0.4 * (right - left)
                    and rule.start < below.row.x1
                    and rule.end > below.row.x0
                    for rule in part.rules
                )
                and len(part.flow.rows) > 1
            )
    usual = _leading(items)
    _mark_lists(items)
    paragraph: list[_Item] = []
    for at, item in enumerate(items):
        if at:
            above = items[at - 1]
            if above.page is item.page:
                item.step = usual.get(round(item.row.size, 1), 1.2 * item.row.size)
                item.gap = (above.row.y - item.row.y) / item.step
            _settle_separator(above.row, item.row)
            item.continues = _continues(paragraph, above, item, edges[at - 1])
        if not item.continues:
            paragraph = []
        paragraph.append(item)
    yield from items


def _mark_lists(items: Sequence[_Item]) -> None:
    """Mark the rows of lists of names that are set row by row ("PyTorch, Keras" over "OpenCV").

    A list that wraps breaks after a comma most of the time, and only its last row ends early.
    """
    block: list[_Item] = []
    for item in [*items, None]:
        if item and block and _same_block(block[-1], item):
            block.append(item)
            continue
        if len(block) > 2 and any(len(i.row.text.split(",")) > 1 for i in block):
            parted = not any(i.row.text.rstrip().endswith((",", "-", "–", "&", "/", "(")) for i in block[:-1])
            right = max(i.row.x1 for i in block)
            early = any(
                right - above.row.x1 > _width(below.row.cells[0][0]) + 0.3 * below.row.size
                for above, below in itertools.pairwise(block)
            )
            for i in block if parted and early else ():
                i.listed = True
        block = [item] if item and _is_list_row(item.row) else []


def _same_block(above: _Item, item: _Item) -> bool:
    one, two = above.row, item.row
    alike = one.cells[0][0].style == two.cells[0][0].style and abs(one.x0 - two.x0) <= 2
    near = above.page is item.page and 0 < one.y - two.y <= 2.2 * two.size
    return alike and near and _is_list_row(two)


def _is_list_row(row: Row) -> bool:
    """Whether a row holds only names: one unmarked cell, a capital or digit first, no longer word in small letters."""
    if row.mark or row.label or len(row.cells) != 1 or not row.cells[0][0].text[:1].strip("([").isalnum():
        return False
    words = [word.text.strip("(),.;") for word in row.cells[0]]
    small = [word for word in words if word.islower() and len(word) > 3 and word.isalpha()]
    return not words[0][:1].islower() and not small and not _SENTENCE_END.search(row.text)


def _width(word: Piece) -> float:
    return word.x1 - word.x0


def _leading(items: Sequence[_Item]) -> dict[float, float]:
    """The usual distance between lines of each font size."""
    steps: dict[float, list[float]] = {}
    for above, below in itertools.pairwise(items):
        step = above.row.y - below.row.y
        size = below.row.size
        if above.page is below.page and abs(above.row.size - size) < 0.3 and 0.85 * size <= step <= 2.3 * size:
            steps.setdefault(round(size, 1), []).append(step)
    return {size: sorted(found)[len(found) // 3] for size, found in steps.items()}


def _right_edges(rows: Sequence[Row], least: float) -> dict[int, float]:
    """For each indentation of the flow the right edge that its lines wrap at, no further left than ``least``."""
    edges: dict[int, list[float]] = {}
    for row in rows:
        if len(row.cells) == 1 or row.main == len(row.cells) - 1:
            edges.setdefault(round(row.x0 / 4), []).append(row.x1)
    everything = [x1 for found in edges.values() for x1 in found]
    widest = max(everything, default=0.0)
    widest = max(widest, least)
    out: dict[int, float] = {}
    for key in edges:
        near = [x1 for k in (key - 1, key, key + 1) for x1 in edges.get(k, ())]
        out[key] = max(near) if len(near) >= 4 else widest
    return out


def _settle_separator(above: Row, row: Row) -> None:
    """The separator of a running list that has slipped to the start of a row is no mark of a list item."""
    if row.mark and row.mark in "·•|" and (f" {row.mark} " in f" {row.text} " or f" {row.mark} " in f" {above.text} "):
        row.mark = ""
        row.start = False


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where a row meets the paragraph above it.

    Attributes:
        head: the paragraph's first row.
        alone: it is the only one so far.
        tail, word: the last word above, and the first one below.
        hyphen: the word above may be broken.
        runs_on: the words say that they go on.
        hangs: the row is set below the text of a list item.
        span: the width that lines may take.
        fill: the share of it that the row above takes.
        room: what would be left of it behind the row above if the first word below stood there.
        shift: how much further in the row begins.
    """

    above: _Item
    item: _Item
    head: Row
    alone: bool
    tail: Piece
    word: Piece
    hyphen: bool
    runs_on: bool
    hangs: bool
    span: float
    fill: float
    room: float
    shift: float

    @classmethod
    def of(cls, paragraph: Sequence[_Item], above: _Item, item: _Item, edges: dict[int, float]) -> _Seam:
        row, last, head = item.row, above.row, paragraph[0].row
        tail, word = last.cells[-1][-1], row.cells[0][0]
        hyphen = tail.text.endswith(("-", "\u00ad", "‐")) and len(tail.text) > 1
        edge = max(edges.get(round(last.x0 / 4), above.right), last.x1)
        span = max(1.0, edge - last.x0)
        return cls(
            above,
            item,
            head,
            len(paragraph) == 1,
            tail,
            word,
            hyphen,
            runs_on=word.text[:1].islower()
            or (hyphen and word.text[:1].isalnum())
            or tail.text.endswith((",", "–", "/", "(", "&")),
            hangs=bool(head.mark) and abs(row.x0 - head.x0) <= 2.5 and head.x0 - head.mark_x > 2.5,
            span=span,
            fill=(last.x1 - last.x0) / span,
            room=edge - last.x1 - (word.x1 - word.x0) - 0.22 * max(row.size, last.size),
            shift=row.x0 - last.x0,
        )

    @property
    def overleaf(self) -> bool:
        return self.above.page is not self.item.page


def _continues(paragraph: Sequence[_Item], above: _Item, item: _Item, edges: dict[int, float]) -> bool:
    """Does a row go on with the paragraph above it?"""
    row, last = item.row, above.row
    if row.mark or row.label or row.start or item.ruled or len(row.cells) > 1:
        return False
    if last.main != len(last.cells) - 1:  # a date or place closes the row
        return False
    seam = _Seam.of(paragraph, above, item, edges)
    if _is_another_matter(seam) or _stands_off(seam):
        return False
    if seam.overleaf:
        return _goes_on_overleaf(seam)
    return _goes_on_with_item(seam) if seam.head.mark else _goes_on_with_text(seam)


def _is_another_matter(seam: _Seam) -> bool:
    """Whether the row is set or begins like something new: an item of a list, a label, contact data."""
    row, last = seam.item.row, seam.above.row
    if (seam.item.listed and seam.above.listed) or (not seam.hangs and not seam.runs_on and _LABEL.match(row.text)):
        return True
    if abs(seam.tail.style.size - seam.word.style.size) > 0.3 and abs(row.size - last.size) > 0.3:
        return True
    if not _alike(last, row, seam.hangs):
        return True
    ended = not seam.hyphen and not seam.runs_on
    return bool(CONTACT.search(seam.word.text) or (CONTACT.search(seam.tail.text) and ended))


def _stands_off(seam: _Seam) -> bool:
    """Whether the row is further below the other than lines of one paragraph are, or above it."""
    if seam.overleaf:
        return False
    widest = 1.3 if seam.runs_on or seam.hangs else 1.07 + 0.3 / max(1.0, seam.item.step)
    return seam.above.row.y - seam.item.row.y <= 0 or seam.item.gap > widest


def _goes_on_overleaf(seam: _Seam) -> bool:
    """The last row of a page is full, and the first of the next stands as far in."""
    return (
        seam.room < 0.04 * seam.span
        and abs(seam.shift - (seam.above.left - seam.item.left) * -1) < 30
        and (seam.runs_on or not _SENTENCE_END.search(seam.tail.text))
    )


def _goes_on_with_item(seam: _Seam) -> bool:
    """Below a list item: neither left of its mark nor far right of its text."""
    row, head = seam.item.row, seam.head
    if row.x0 < head.mark_x - 1.5 or row.x0 > head.x0 + 14:
        return False
    if seam.hangs:
        return seam.fill > 0.5 or seam.hyphen or seam.runs_on
    return seam.room < 0.06 * seam.span and (seam.runs_on or seam.fill > 0.75)


def _goes_on_with_text(seam: _Seam) -> bool:
    """Below a paragraph: the row above is as full as its place and its words ask for."""
    begins_small = seam.word.text[:1].islower()
    if seam.hyphen and begins_small and seam.fill > 0.4:
        return True
    if _centred(seam.above, seam.item):
        return seam.runs_on and seam.fill > 0.6
    if seam.item.gap < 0.9 and abs(seam.shift) <= 3 and seam.fill > 0.55 and len(seam.above.row.cells[-1]) > 2:
        return True  # set closer than the lines around: one item that wraps
    if seam.shift > 3:  # further in: a hanging indent below the first row, else a new first line
        return seam.alone and seam.shift < 40 and seam.room < 0.06 * seam.span
    if seam.shift < -3:
        return seam.alone and seam.shift > -40 and seam.room < 0.04 * seam.span
    if begins_small and not _SENTENCE_END.search(seam.tail.text):
        return seam.room < 0.25 * seam.span and seam.fill > 0.5
    return seam.room < (0.12 if seam.runs_on else 0.03) * seam.span and seam.fill > 0.55


def _centred(above: _Item, item: _Item) -> bool:
    """Both rows stand in the middle of the flow, clear of its edges."""
    middle = (item.left + item.right) / 2
    return all(abs((row.x0 + row.x1) / 2 - middle) < 4 and row.x0 > item.left + 8 for row in (above.row, item.row))


def _alike(last: Row, row: Row, hangs: bool) -> bool:
    """The end of one row and the start of the next are set alike; italics do not matter. In a list item that hangs
    from its mark an emphasised word may stand at the turn of the line, and so it may between two rows of plain text;
    but bold after plain starts something new: a label, a name, a title."""
    one, two = last.cells[-1][-1].style, row.cells[0][0].style
    if hangs:
        return True
    if one.bold == two.bold and _near(one.colour, two.colour):
        return True
    body, rest = _dominant(last.cells[-1]), _dominant(row.cells[0])
    if two.bold and not one.bold:
        return False
    return body.bold == rest.bold and _near(body.colour, rest.colour) and not body.bold


def _near(one: str, two: str) -> bool:
    return one == two or not one or not two or colour_distance(one, two) < _NEAR_COLOUR


# ── broken words ─────────────────────────────────────────────────────────────────────────────────────────────────


def _mend_hyphens(items: Sequence[_Item], hyphenated: bool) -> None:
    """Rejoin words broken over lines ("rein-/forcement"); real hyphens ("PPO-/style") stay.

    Word processors and browsers seldom break words: without a sign that this document does, a hyphen is real.
    """
    known = Counter(
        part.lower()
        for item in items
        for cell in item.row.cells
        for w in cell
        for part in re.findall(r"[\w-]+", w.text)
    )
    broken: list[tuple[_Item, Piece, Piece]] = []
    for above, item in itertools.pairwise(items):
        if item.continues:
            tail, word = above.row.cells[-1][-1], item.row.cells[0][0]
            if len(tail.text) > 1 and tail.text[-1] in "-\u00ad\u2010\u2011" and word.text[:1].isalnum():
                broken.append((item, tail, word))
    plain = [(tail.text, word.text) for _, tail, word in broken if tail.text[-2].islower() and word.text[0].islower()]
    wraps = sum(item.continues for item in items)
    hyphenated = hyphenated or len(plain) > max(3, 0.08 * wraps)
    hyphenated = hyphenated or any(joint(head, rest)[0] in known for head, rest in plain)
    for item, tail, word in broken:
        tail.text = rejoin(tail.text, word.text, known, hyphenated)
        del item.row.cells[0][0]


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────────────────────


#: Capitals are at most so much larger than small capitals.
_SMALL_CAPITALS = 1.6


def _draft(item: _Item) -> Draft:
    row, page = item.row, item.page
    cells: list[list[tuple[str, Box | None]]] = []
    for cell in row.cells:
        words = [(text, box_of(page, word)) for word in cell if (text := _cleaned(word.text))]
        if words:
            cells.append([pair for text, box in words for pair in ((part, box) for part in text.split())])
    body = (
        row.cells[row.main]
        if row.main < len(row.cells) and row.cells[row.main]
        else next((c for c in row.cells if c), [])
    )
    style = _dominant(body) if body else None
    return Draft(
        cells,
        page=page.number,
        size=style.size if style else row.size,
        style=style.key if style else "",
        bold=bool(body) and _bold_share(body) > 0.5,
        column=item.column,
        indent=max(0.0, (row.mark_x if row.mark else row.x0) - item.left),
        gap=max(0.0, item.gap),
        bullet=bool(row.mark),
        continues=item.continues,
    )


def _cleaned(text: str) -> str:
    return clean(_SOFT_HYPHENS.sub("-", text) if "\u00ad" in text else text)


def _dominant(words: Sequence[Piece]) -> Style:
    """The style of most characters; small capitals, drawn as capitals of two sizes, in the larger one."""
    style = words[0].style
    if any(word.style is not style for word in words):
        sizes: Counter[Style] = Counter()
        for word in words:
            sizes[word.style] += len(word.text)
        style = max(sizes, key=lambda style: sizes[style])
    largest = max(word.size for word in words)
    if style.size < largest <= _SMALL_CAPITALS * style.size and (
        all(word.text.isupper() for word in words)
        or all(word.size > style.size for word in words if word.text[0].isupper())  # told as small letters
    ):
        return replace(style, size=round(largest, 1))
    return style


def _bold_share(words: Sequence[Piece]) -> float:
    total = sum(len(word.text) for word in words)
    return sum(len(word.text) for word in words if word.style.bold) / (total or 1)
