"""The few rules of style sheets that say whether and how the text of a web page is shown.

Selectors of tags, classes and ids are understood, alone, joined or below one another; the last rule wins. What needs a
pointer, a printer or a small screen is left aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .markup import Node

_PROPERTIES = frozenset(
    re.findall(
        r"\S+",
        "display visibility opacity float font-weight font-size color background background-color background-image "
        "flex-direction grid-template-columns position left top text-indent clip clip-path text-transform font-variant "
        "white-space list-style list-style-type",
    )
)
_COMPOUND = re.compile(r"[a-zA-Z][\w-]*|[.#]-?[a-zA-Z_][\w-]*")
_PLAIN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.IGNORECASE)
_MOST_RULES, _MOST_A_KEY = 3_000, 40


@dataclass(frozen=True, slots=True)
class _Rule:
    number: int
    own: frozenset[str]
    above: frozenset[str]
    declarations: dict[str, str]


def declarations(text: str) -> dict[str, str]:
    """The declarations that matter in a rule or a ``style`` attribute.

    >>> declarations("Display: none !important; margin: 0")
    {'display': 'none'}
    """
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _PROPERTIES:
            found[name] = value.replace("!important", "").strip().lower()
    return found


class Sheets:
    """The style sheets of a page."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        #: Names that matter for the elements below the one that bears them.
        self._above: set[str] = set()
        count = 0
        for sheet in sheets:
            for selectors, body in _rules(_without_comments(sheet)):
                found = declarations(body) if count < _MOST_RULES else {}
                for selector in selectors.split(",") if found else ():
                    count += 1
                    self._add(selector, found, count)

    def _add(self, selector: str, found: dict[str, str], number: int) -> None:
        compounds = [part for part in re.split(r"[\s>]+", selector.strip()) if part]
        names = [_COMPOUND.findall(part) for part in compounds]
        if not names or any("".join(found_) != part for found_, part in zip(names, compounds, strict=True)):
            return  # states, attributes, siblings
        names = [[name if name[0] in ".#" else name.lower() for name in part] for part in names]
        key = max(names[-1], key=lambda name: (name[0] == "#", name[0] == "."))
        above = frozenset(name for part in names[:-1] for name in part) - {"html", "body"}
        if len(self._rules[key]) < _MOST_A_KEY:
            self._above |= above
            self._rules[key].append(_Rule(number, frozenset(names[-1]), above, found))

    def style(self, node: Node, scope: frozenset[str]) -> tuple[dict[str, str], frozenset[str]]:
        """The declarations for an element, and the scope for what it holds; ``scope`` names what holds it."""
        attributes = node.attributes
        own = {node.tag, *(f".{name}" for name in attributes.get("class", "").split()[:30])}
        if "id" in attributes:
            own.add(f"#{attributes['id'].strip()}")
        rules = [rule for name in own for rule in self._rules.get(name, ()) if rule.own <= own and rule.above <= scope]
        found: dict[str, str] = {}
        for rule in sorted(rules, key=lambda rule: rule.number):
            found |= rule.declarations
        if "style" in attributes:
            found |= declarations(attributes["style"])
        inner = own & self._above
        return found, scope if inner <= scope else scope | inner


def _without_comments(sheet: str) -> str:
    kept: list[str] = []
    at = 0
    while (begin := sheet.find("/*", at)) >= 0:
        kept.append(sheet[at:begin])
        end = sheet.find("*/", begin + 2)
        if end < 0:
            return " ".join(kept)
        at = end + 2
    return " ".join([*kept, sheet[at:]]).replace("<!--", " ").replace("-->", " ")


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule, also of those for screens of any size."""
    at, end = 0, len(sheet)
    while at < end:
        brace = sheet.find("{", at)
        if brace < 0:
            return
        head = sheet[at:brace].rpartition(";")[2].strip().lstrip("}").strip()
        if _PLAIN_MEDIA.match(head):
            at = brace + 1
            continue
        close = _close(sheet, brace) if head.startswith("@") else sheet.find("}", brace)
        close = end if close < 0 else close
        if not head.startswith("@"):
            yield head, sheet[brace + 1 : close]
        at = close + 1


def _close(sheet: str, brace: int) -> int:
    """Where the block that opens at ``brace`` ends."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(sheet, brace):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return -1
