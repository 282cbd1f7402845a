"""The few rules of style sheets that say whether and how the text of a web page is shown.

Selectors of tags, classes and ids are understood, alone, joined or below one another; the last rule wins. What needs a
pointer, a printer or a small screen is left aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from profilefit.reading.markup import Node

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
_LENGTH = re.compile(r"(-?\d{0,5}\.?\d{1,6})\s*(px|pt|em|rem|%|cm|mm|in|pc)?")
_UNITS = {"px": 0.75, "pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, "rem": 12.0, None: 0.75}
_SIZES = {"xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0}
_SIZES |= {"xx-large": 24.0}
TAG_SCALES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83, "sup": 0.83}
_TRANSPARENT = re.compile(r"rgba\([^()]*[,/]\s*0?\.?0+%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00")
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


def colour_of(text: str) -> tuple[int, ...] | None:
    """Red, green and blue; ``None`` for what is no plain colour."""
    text = {"white": "#fff", "black": "#000", "snow": "#fffafa", "whitesmoke": "#f5f5f5"}.get(text, text)
    if found := re.fullmatch(r"#([0-9a-f]{3})[0-9a-f]?|#([0-9a-f]{6})(?:[0-9a-f]{2})?", text):
        digits = found[2] or "".join(char * 2 for char in found[1])
        return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))
    if found := re.match(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", text):
        return tuple(map(int, found.groups()))
    return None


def is_clear(text: str) -> bool:
    """Whether a colour is fully transparent."""
    return text == "transparent" or bool(_TRANSPARENT.fullmatch(text))


def font_size(style: dict[str, str], node: Node, above: float) -> float:
    """The font size in points."""
    value = style.get("font-size", "")
    found = _LENGTH.fullmatch(value)
    if found and found[2] in ("em", "%"):
        return round(above * float(found[1]) * (0.01 if found[2] == "%" else 1), 1)
    if found:
        return float(found[1]) * _UNITS[found[2]]
    return _SIZES.get(value, above * TAG_SCALES.get(node.tag, 1.0))


def alike(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether nobody can tell two colours apart."""
    return all(abs(a - b) < 12 for a, b in zip(one, two, strict=True))


def is_far(value: str) -> bool:
    """Whether a distance puts text off the page."""
    found = _LENGTH.fullmatch(value)
    return found is not None and float(found[1]) * {"em": 12, "rem": 12}.get(found[2] or "", 1) <= -500
