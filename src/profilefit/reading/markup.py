"""HTML → a tree of elements, however broken the page is, in time that grows with its length and no faster.

The standard library's ``html.parser`` is not used: on a page of unfinished tags its time grows with the square of the
length (in Python 3.11 a file of 60 kB keeps it busy for 20 seconds).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_TAG_END = re.compile(r"[\s/]*>")
#: The attributes that say how or whether text is shown.
_KEPT = frozenset(("class", "id", "style", "hidden", "aria-hidden", "align", "color", "size", "bgcolor", "type"))
#: Elements whose content is no markup; it ends at their end tag only.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
}
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: What an opening tag ends when its end tag was left out, up to the element that holds both.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
} | {name: (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))) for name in ("thead", "tbody", "tfoot")}
_WALLS = frozenset(("td", "th", "table"))
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_FAR = 200


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name in small letters, the attributes that matter, and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; ``raw`` is the content of elements that hold no markup."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    raw: str = ""


class TooLarge(Exception):
    """The page has more tags or text than any CV."""


def tokens(text: str, longest: int) -> Iterator[Tag | str]:
    """The tags of a page and the text between them, entities resolved; comments and declarations are left out.

    Raises:
        TooLarge: a text between two tags is longer than ``longest``.
    """
    at = 0
    while (less := text.find("<", at)) >= 0:
        if less - at > longest:
            raise TooLarge
        if less > at:
            yield unescape(text[at:less])
        named = _NAME.match(text, less)
        if named:
            attributes, at = _attributes(text, named.end())
            end = _TAG_END.match(text, at)
            if end is None:
                return  # the page breaks off within a tag
            at = end.end()
            name, closing = named[1].lower(), text[less + 1] == "/"
            raw = _RAW.get(name)
            if raw and not closing:
                close = raw.search(text, at)
                yield Tag(name, False, attributes, text[at : close.start() if close else len(text)])
                if close is None:
                    return
                at = close.start()
            else:
                yield Tag(name, closing, attributes)
        elif text.startswith(("<!", "<?", "</"), less):
            mark, skip = ("-->", 4) if text.startswith("<!--", less) else (">", 1)
            close_at = text.find(mark, less + (skip if text[less + skip : less + skip + 1] != ">" else 2))
            if close_at < 0:
                return
            at = close_at + len(mark)
        else:
            yield "<"
            at = less + 1
    if len(text) - at > longest:
        raise TooLarge
    if at < len(text):
        yield unescape(text[at:])


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    kept: dict[str, str] = {}
    while found := _ATTRIBUTE.match(text, at):
        name = found[1].lower()
        if name in _KEPT:
            kept.setdefault(name, unescape((found[2] or "").strip("\"'")))
        at = found.end()
    return kept, at


def parse_html(text: str, most: int, longest: int, depth: int) -> tuple[Node, list[str]]:
    """The tree of a page, and its style sheets.

    Args:
        most: tags that it may have, opening and closing ones.
        longest: characters of all its text.
        depth: how deep elements may stand in one another; what stands deeper is put beside each other.

    Raises:
        TooLarge: it has more of them.
    """
    tree = _Tree(depth)
    sheets: list[str] = []
    count = characters = 0
    for token in tokens(text, longest):
        count += 1 if isinstance(token, Tag) else token == "<"
        characters += 0 if isinstance(token, Tag) else len(token)
        if count > most or characters > longest:
            raise TooLarge
        if isinstance(token, str):
            tree.stack[-1].children.append(token)
        elif token.name == "style":
            sheets.append(token.raw)
        elif token.name in _RAW:
            continue
        elif token.closing:
            tree.close(token.name)
        else:
            tree.open(token)
    return tree.root, sheets


class _Tree:
    """The elements that are open while a page is read."""

    def __init__(self, depth: int) -> None:
        self.root = Node("html")
        self.stack = [self.root]
        self._names = ["html"]
        self._open: Counter[str] = Counter()
        self._depth = depth

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in ("html", "head", "body"):
            self.root.attributes |= tag.attributes
            return
        if name in BLOCKS:
            self._until({"p"}, _WALLS | {"button"})
            if name in ("p", "ul", "ol", "dl", "table", *HEADINGS):
                self._end_heading()
        if name in _ENDS:
            self._until(*_ENDS[name])
        node = Node(name, tag.attributes)
        if len(self.stack) > self._depth:  # past the bound it stands beside what it stood in, and looks like it
            node.attributes = self.stack[-1].attributes | tag.attributes
            self.stack[self._depth].children.append(node)
        else:
            self.stack[-1].children.append(node)
        if name in VOID:
            return
        self.stack.append(node)
        self._names.append(name)
        self._open[name] += 1

    def close(self, name: str) -> None:
        if name in HEADINGS:
            self._until(set(HEADINGS), _WALLS)  # any heading's end tag ends the heading that is open
        elif self._open[name]:
            self._until({name}, _WALLS if name not in _TABLE_PARTS else {"table"} - {name})
        elif name == "p":
            self.stack[-1].children.append(Node("p"))
        elif name == "br":
            self.stack[-1].children.append(Node("br"))

    def _end_heading(self) -> None:
        """A heading that was never closed ends where the text below it starts."""
        if any(self._open[name] for name in HEADINGS):
            node = self.stack[-1]
            if node.tag in HEADINGS and any(isinstance(c, Node) or c.strip() for c in node.children):
                self._until({node.tag}, frozenset())

    def _until(self, wanted: set[str] | frozenset[str], walls: set[str] | frozenset[str]) -> None:
        """End the innermost element named in ``wanted`` that no wall stands before, with all in it."""
        if not any(self._open[name] for name in wanted):
            return
        for at in range(len(self._names) - 1, max(0, len(self._names) - _FAR), -1):
            if self._names[at] in wanted:
                for name in self._names[at:]:
                    self._open[name] -= 1
                del self._names[at:], self.stack[at:]
                return
            if self._names[at] in walls:
                return
