"""HTML → lines: CVs kept as web pages, saved pages, what word processors export.

A page is read as it looks: text that its style hides is left out and noted, tables and rows of boxes become lines
whose cells are parted by tabs, unless a cell holds several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from profilefit.errors import DocumentTooLarge
from profilefit.reading.assemble import Reading
from profilefit.reading.blocks import LEAST_SIZE, Look, Paragraph, Runs, reading, table_row
from profilefit.reading.limits import Limits
from profilefit.reading.markup import BLOCKS, HEADINGS, Node, TooLarge, parse_html
from profilefit.reading.sheets import TAG_SCALES, Sheets, alike, colour_of, font_size, is_clear, is_far
from profilefit.reading.sniff import decode

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,30})", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"iso-8859-([2-9]|1\d)|windows-125\d|cp125\d|gb2312|gbk|gb18030|big5|euc-jp|euc-kr|shift_jis|iso-2022-jp|koi8-[ru]"
)
_SKIPPED = frozenset(
    re.findall(
        r"\S+",
        "noscript template svg math select option datalist button object audio video canvas map nav dialog input",
    )
)
#: Class names that pages share, for saved pages whose style sheets are not in the file.
_SPOKEN = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader"))
_ROWS = frozenset(("row", "d-flex", "flex", "justify-content-between", "justify-between"))
_COLUMNS = frozenset(("flex-column", "flex-col"))
_FLOATS = {"pull-right": "right", "float-right": "right", "float-end": "right", "ms-auto": "right", "ml-auto": "right"}
_FLOATS |= {"pull-left": "left", "float-left": "left", "float-start": "left"}
_ICON = re.compile(r"(?:^|[\s_-])(?:fa[bsrl]?|icons?|glyphicon|material|bi)(?:$|[\s_-])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TAGS_WITH_A_LOOK = frozenset((*HEADINGS, *TAG_SCALES, "b", "strong", "th", "pre"))
_INDENT = 18.0


_PLAIN = Look(size=12.0)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an element hands on to what it holds. ``ground``: the background's colour, ``None`` where unknown."""

    look: Look = _PLAIN
    ground: tuple[int, ...] | None = (255, 255, 255)
    heading: int = 0
    kept_blanks: bool = False
    indent: float = 0.0
    scope: frozenset[str] = frozenset()


def read_html(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a web page; broken markup is read as well as it can be.

    Raises:
        DocumentTooLarge: more tags or text than ``limits`` allow.
    """
    try:
        # The walk takes several calls an element, so it goes half as deep as that of XML.
        root, sheets = parse_html(_decoded(data), limits.tags, 10 * limits.glyphs_total, limits.depth // 2)
    except TooLarge as error:
        message = "the page has more tags or text than any CV; print the CV to PDF and give that"
        raise DocumentTooLarge(name, message) from error
    walker = _Walker(Sheets(sheets))
    return reading(walker.page(root), walker.unseen, name, limits)


def _decoded(data: bytes) -> str:
    """The page as text: as its byte order mark says, else UTF-8 where it is valid, else as the page says."""
    found = _META.search(data[:4096])
    encoding = found[1].decode("ascii", "replace").lower() if found else ""
    if _ENCODINGS.fullmatch(encoding) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("gb18030" if encoding.startswith("gb") else encoding, errors="replace")
    return decode(data)


class _Walker:
    """Walks the tree of a page. ``unseen`` counts the characters left out because nobody sees them."""

    def __init__(self, sheets: Sheets) -> None:
        self.unseen = 0
        self._sheets = sheets
        self._styles: dict[Node, dict[str, str]] = {}
        self._scopes: dict[Node, frozenset[str]] = {}
        self._out: list[Paragraph] = []
        self._runs = Runs()
        self._block = _Shown()
        self._bullet = False

    def page(self, root: Node) -> list[Paragraph]:
        shown = self._inner(root, _Shown())
        return self._apart(root.children, shown)

    # ── what is set, and how ─────────────────────────────────────────────────────────────────────────────────────

    def _style(self, node: Node, shown: _Shown) -> dict[str, str]:
        if node not in self._styles:
            self._styles[node], self._scopes[node] = self._sheets.style(node, shown.scope)
        return self._styles[node]

    def _inner(self, node: Node, shown: _Shown) -> _Shown:
        """How the content of an element is shown."""
        style, tag = self._style(node, shown), node.tag
        scope = self._scopes[node]
        if scope is shown.scope and not (style or node.attributes or tag in _TAGS_WITH_A_LOOK):
            return shown  # most elements say nothing
        weight = style.get("font-weight", "bold" if tag in ("b", "strong", "th", *HEADINGS) else "inherit")
        bold = shown.look.bold if weight == "inherit" else weight in ("bold", "bolder", "600", "700", "800", "900")
        capitals = style.get("text-transform", style.get("font-variant", ""))
        colour = style.get("color", node.attributes.get("color", "").lower() or "inherit")
        look = Look(
            bold,
            round(font_size(style, node, shown.look.size), 1),
            shown.look.colour if colour == "inherit" else colour,
            shown.look.capitals if not capitals else capitals in ("uppercase", "small-caps"),
        )
        ground = shown.ground
        for value in (node.attributes.get("bgcolor", "").lower(), *(v for k, v in style.items() if k[:4] == "back")):
            if value and value not in ("none", "inherit", "initial") and not is_clear(value):
                ground = colour_of(value)
        return replace(
            shown,
            look=look,
            ground=ground,
            heading=int(tag[1]) if tag in HEADINGS else shown.heading,
            kept_blanks=shown.kept_blanks or tag == "pre" or style.get("white-space", "")[:4] == "pre-",
            scope=scope,
        )

    def _hidden(self, node: Node, shown: _Shown) -> bool:
        """Whether an element and all in it is there for machines alone."""
        style = self._style(node, shown)
        if not (style or node.attributes):
            return False
        names = set(node.attributes.get("class", "").split())
        if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
            return True
        if "hidden" in node.attributes and "display" not in style:
            return True
        if names & _SPOKEN or re.fullmatch(r"0?\.?0+%?", style.get("opacity", "")):
            return True
        if style.get("position") in ("absolute", "fixed"):
            clipped = style.get("clip", "").startswith("rect(") or style.get("clip-path", "").startswith("inset(")
            return clipped or any(is_far(style.get(side, "")) for side in ("left", "top"))
        return is_far(style.get("text-indent", ""))

    def _float(self, node: Node, shown: _Shown) -> str:
        """``left``, ``right`` or, for what stands in the flow, nothing."""
        side = self._style(node, shown).get("float", "")
        if side in ("left", "right"):
            return side
        return next((_FLOATS[n] for n in node.attributes.get("class", "").split() if n in _FLOATS), "")

    def _is_block(self, node: Node, shown: _Shown) -> bool:
        display = self._style(node, shown).get("display", "")
        if display in ("block", "flex", "grid", "table", "list-item"):
            return True
        return node.tag in BLOCKS and not (display == "inline" and node.tag not in ("table", "tr", "td", "th"))

    # ── the walk ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _apart(self, nodes: Iterable[Node | str], shown: _Shown) -> list[Paragraph]:
        """The paragraphs of nodes by themselves, such as a cell."""
        with self._aside() as found:
            before, self._block = self._block, shown
            self._children(nodes, shown)
            self._flush()
            self._block = before
        return found

    @contextmanager
    def _aside(self) -> Iterator[list[Paragraph]]:
        """What is read inside goes into a list of its own."""
        self._flush()
        outer, self._out = self._out, []
        bullet, self._bullet = self._bullet, False
        yield self._out
        self._flush()
        self._out, self._bullet = outer, bullet

    def _flush(self) -> None:
        """End the paragraph."""
        if self._runs.runs:
            made = self._runs.paragraphs(heading=self._block.heading, bullet=self._bullet, indent=self._block.indent)
            self._runs = Runs()
            if any(paragraph.cells for paragraph in made):
                self._out += made
                self._bullet = False

    def _row(self, cells: Iterable[list[Paragraph]]) -> None:
        made = table_row(cells)
        if made and self._bullet and not made[0].heading:
            made[0], self._bullet = replace(made[0], bullet=True), False
        self._out += made

    def _children(self, nodes: Iterable[Node | str], shown: _Shown) -> None:
        waiting: list[tuple[str, Node]] = []  # boxes that float beside what comes next
        for node in nodes:
            if isinstance(node, str):
                if waiting and node.strip():
                    self._beside(waiting, node, shown)
                    waiting = []
                else:
                    self._text(node, shown)
                continue
            if self._is_block(node, shown) and node.tag not in _SKIPPED and not self._hidden(node, shown):
                side = self._float(node, shown)
                boxed = self._style(node, shown).get("display") in ("inline-block", "table-cell")
                if side or boxed:
                    self._flush()
                    waiting.append((side or "box", node))
                    continue
                if waiting:
                    self._beside(waiting, node, shown)
                    waiting = []
                    continue
            self._element(node, shown)
        if waiting:
            self._beside(waiting, None, shown)

    def _beside(self, waiting: list[tuple[str, Node]], node: Node | str | None, shown: _Shown) -> None:
        """Floating boxes and what stands beside them, from left to right."""
        if all(side == "box" for side, _ in waiting):
            self._row([self._one(box, shown) for _, box in waiting])
            if node is not None:
                self._children([node], shown)
            return
        cells = [self._one(box, shown) for side, box in waiting if side != "right"]
        cells += [] if node is None else [self._apart([node], shown)]
        self._row([*cells, *(self._one(box, shown) for side, box in waiting if side == "right")])

    def _one(self, node: Node, shown: _Shown) -> list[Paragraph]:
        """The paragraphs of one element by itself, whatever it floats beside."""
        with self._aside() as found:
            self._element(node, shown)
        return found

    def _element(self, node: Node, shown: _Shown) -> None:
        if node.tag in _SKIPPED:
            return
        if self._hidden(node, shown):
            self.unseen += sum(len(text.strip()) for text in _texts(node))
            return
        if _is_icon(node):
            return
        style = self._style(node, shown)
        inner = self._inner(node, shown)
        if node.tag == "br":
            self._runs.add("\n", inner.look)
        elif not self._is_block(node, shown):
            tab = "\t" if self._float(node, shown) else ""
            self._runs.add(tab, inner.look)
            self._children(node.children, inner)
            self._runs.add(tab, inner.look)
        else:
            self._flush()
            outer, self._block = self._block, inner
            self._contents(node, style, inner)
            self._flush()
            self._block = outer

    def _contents(self, node: Node, style: dict[str, str], inner: _Shown) -> None:
        """What a block holds."""
        names = set(node.attributes.get("class", "").split())
        display = style.get("display", "")
        flex = display == "flex" or (not display and names & _ROWS and not names & _COLUMNS)
        if node.tag == "table":
            for caption in [c for c in node.children if isinstance(c, Node) and c.tag == "caption"]:
                self._element(caption, inner)
            for row, shown in self._table_rows(node, inner):
                cells = [c for c in row.children if isinstance(c, Node) and c.tag in ("td", "th")]
                self._row([self._one(cell, shown) for cell in cells])
        elif node.tag == "dl":
            self._terms(node, inner)
        elif node.tag == "li":
            self._block = inner = replace(inner, indent=inner.indent + _INDENT)
            self._bullet = not _structural(node)
            self._children(node.children, inner)
            self._flush()
            self._bullet = False
        elif node.tag not in ("ul", "ol", "p") and flex and not style.get("flex-direction", "").startswith("column"):
            self._row([self._apart([item], inner) for item in _items(node)])
        elif display == "grid" and (columns := _columns(style.get("grid-template-columns", ""))) > 1:
            items = [self._apart([item], inner) for item in _items(node)]
            for at in range(0, len(items), columns):
                self._row(items[at : at + columns])
        elif node.tag in ("div", "header", "section", "article") and _parted(node):
            self._row([self._apart([item], inner) for item in _items(node)])
        else:
            self._children(node.children, inner)

    def _table_rows(self, table: Node, shown: _Shown) -> Iterator[tuple[Node, _Shown]]:
        for child in table.children:
            if isinstance(child, Node) and child.tag in ("tr", "thead", "tbody", "tfoot"):
                if self._hidden(child, shown):
                    self.unseen += sum(len(text.strip()) for text in _texts(child))
                elif child.tag == "tr":
                    yield child, self._inner(child, shown)
                else:
                    yield from self._table_rows(child, self._inner(child, shown))

    def _terms(self, node: Node, shown: _Shown) -> None:
        """A list of terms, each a row: the term and what is said of it."""
        pending: list[list[Paragraph]] = []
        parts: list[Node] = []
        for child in node.children:
            if isinstance(child, Node):
                parts += [c for c in child.children if isinstance(c, Node)] if child.tag == "div" else [child]
        for part in [*parts, None]:
            if part is None or (part.tag == "dt" and len(pending) > 1):
                self._row([pending[0], [p for cell in pending[1:] for p in cell]] if pending else [])
                pending = []
            if part is not None:
                pending.append(self._one(part, shown))

    def _text(self, text: str, shown: _Shown) -> None:
        if not shown.kept_blanks:
            text = _BLANKS.sub(" ", text)
            last = self._runs.runs[-1][0] if self._runs.runs else " "
            text = text.lstrip(" ") if last[-1:] in " \n\t" else text
        colour = colour_of(shown.look.colour)
        white = colour is not None and shown.ground is not None and alike(colour, shown.ground)
        if white or is_clear(shown.look.colour) or shown.look.size < LEAST_SIZE:
            self.unseen += len(text.strip())
        else:
            self._runs.add(text.replace("\r", ""), shown.look)


def _is_icon(node: Node) -> bool:
    """Whether an element only draws a picture: by a font whose letters or words are pictures."""
    names = node.attributes.get("class", "").lower()
    hidden = node.attributes.get("aria-hidden", "").lower() == "true"
    return (hidden and node.tag == "i") or (bool(_ICON.search(names)) and (hidden or node.tag == "i"))


def _texts(node: Node) -> Iterator[str]:
    """All text of an element."""
    waiting: list[Node | str] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        else:
            waiting += reversed(part.children)


def _items(node: Node) -> list[Node | str]:
    return [child for child in node.children if isinstance(child, Node) or child.strip()]


def _structural(node: Node) -> bool:
    """Whether a list's item is no bullet but a whole entry: with headings or several boxes in it."""
    blocks = [c.tag for c in node.children if isinstance(c, Node) and c.tag in BLOCKS - {"ul", "ol", "dl", "table"}]
    return any(tag in HEADINGS for tag in blocks) or (len(blocks) > 1 and set(blocks) != {"p"})


def _parted(node: Node) -> bool:
    """Whether a block is nothing but spans that stand apart, such as a title and its dates."""
    items = _items(node)
    if len(items) < 2 or not all(isinstance(item, Node) and item.tag in ("span", "time") for item in items):
        return False
    for item in items:
        text = "".join(_texts(item)) if isinstance(item, Node) else item
        stripped = text.strip()
        glued = text != stripped and "\n" not in text
        if not stripped or glued or stripped[0].islower() or stripped[0] in ",.;:!?)/":
            return False
    return True


def _columns(template: str) -> int:
    """How many columns a grid has; 0 where that is not told."""
    repeated = re.fullmatch(r"repeat\(\s*(\d{1,2})\s*,.*\)", template)
    if repeated:
        return int(repeated[1])
    return 0 if "(" in template or "[" in template else len(template.split())
