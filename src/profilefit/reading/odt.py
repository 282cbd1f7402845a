"""ODT (OpenDocument text) → lines, with the standard library: headings, lists, tables, frames, headers, notes.

What a paragraph looks like stands in styles: automatic ones in each part, named ones and their parents in
``styles.xml``. Deleted text of tracked changes, hidden text, and white text on white are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from profilefit.errors import EncryptedDocument, UnreadableDocument
from profilefit.reading.archive import parse_xml, unpack
from profilefit.reading.assemble import Reading
from profilefit.reading.blocks import LEAST_SIZE, Look, Paragraph, Runs, once, reading, table_row
from profilefit.reading.limits import Limits

_ODF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_OFFICE, _TEXT, _TABLE, _DRAW, _STYLE = (_ODF.format(n) for n in ("office", "text", "table", "drawing", "style"))
_FO = _ODF.format("xsl-fo-compatible")
_PARTS = re.compile(r"content\.xml|styles\.xml|META-INF/manifest\.xml|encrypted-package")
_WHITE = re.compile("#" + r"[fF][4-9a-fA-F]" * 3)
_BLANKS = re.compile(r"[ \t\r\n]+")
_OUTLINE_DEEPEST = 6
_LIST_INDENT = 18.0
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
#: Removed, said again elsewhere, or no text of the page.
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}note-citation",
        f"{_TEXT}placeholder",
        f"{_TEXT}hidden-text",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}ruby-text",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_ODF.format('svg-compatible')}title",
        f"{_ODF.format('svg-compatible')}desc",
    )
)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says; ``None`` where it says nothing and its parent counts. ``scale``: size as a share of that."""

    bold: bool | None = None
    size: float | None = None
    scale: float | None = None
    colour: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    shaded: bool | None = None
    outline: int | None = None
    indent: float | None = None
    parent: str = ""

    def over(self, other: _Style) -> _Style:
        """This style, and where it says nothing the other."""
        traits = ("bold", "size", "colour", "capitals", "hidden", "shaded", "outline", "indent")
        merged = replace(self, **{t: getattr(other, t) for t in traits if getattr(self, t) is None})
        if self.size is None and self.scale and other.size:
            merged = replace(merged, size=round(other.size * self.scale, 1), scale=None)
        return merged


def read_odt(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of an OpenDocument text.

    Raises:
        EncryptedDocument: it asks for a password.
        UnreadableDocument: damaged, or XML with a document type definition.
        DocumentTooLarge: it unpacks to more than ``limits`` allow.
    """
    parts = unpack(data, name, limits, _PARTS)
    if "encrypted-package" in parts or b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise EncryptedDocument(name, "the file is protected by a password; save it without one")
    if "content.xml" not in parts:
        raise UnreadableDocument(name, "the OpenDocument file has no text part; save it again")
    content = parse_xml(parts["content.xml"], name, limits)
    styles = parse_xml(parts["styles.xml"], name, limits) if "styles.xml" in parts else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableDocument(name, "this OpenDocument file is no text document; save it as ODT or PDF")
    reader = _Reader(content, styles)
    return reading(reader.document(body, styles), reader.unseen, name, limits)


def _points(text: str | None) -> float | None:
    found = re.fullmatch(r"(-?\d{1,5}(?:\.\d{1,6})?)([a-z]{2})", text or "")
    return float(found[1]) * _POINTS[found[2]] if found and found[2] in _POINTS else None


def _read_style(element: Element) -> _Style:
    text = element.find(f"{_STYLE}text-properties")
    paragraph = element.find(f"{_STYLE}paragraph-properties")
    weight = size = colour = capitals = hidden = None
    if text is not None:
        weight, size, colour = (text.get(_FO + key) for key in ("font-weight", "font-size", "color"))
        capitals = text.get(f"{_FO}text-transform") or text.get(f"{_FO}font-variant")
        hidden = text.get(f"{_TEXT}display")
    percent = re.fullmatch(r"(\d{1,3})%", size or "")
    outline = element.get(f"{_STYLE}default-outline-level")
    return _Style(
        bold=None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600),
        size=_points(size),
        scale=int(percent[1]) / 100 if percent else None,
        colour=colour,
        capitals=None if capitals is None else capitals in ("uppercase", "small-caps"),
        hidden=None if hidden is None else hidden == "none",
        shaded=_shaded(element),
        outline=int(outline) if outline in tuple("123456789") else None,
        indent=None if paragraph is None else _points(paragraph.get(f"{_FO}margin-left")),
        parent=element.get(f"{_STYLE}parent-style-name", ""),
    )


def _shaded(style: Element) -> bool | None:
    """Whether a style of any family fills what stands behind its text with another colour than white."""
    said = None
    for properties in style:
        colour = properties.get(f"{_FO}background-color")
        if properties.get(f"{_DRAW}fill") in ("none", None) and properties.tag == f"{_STYLE}graphic-properties":
            colour = colour if properties.get(f"{_DRAW}fill") is None else None
        elif properties.get(f"{_DRAW}fill"):
            colour = properties.get(f"{_DRAW}fill-color", "dark")
        if colour:
            said = said or (colour != "transparent" and not _WHITE.fullmatch(colour))
    return said


class _Reader:
    """Walks one document. ``unseen`` counts the characters left out because nobody sees them."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self.unseen = 0
        self._styles: dict[tuple[str, str], _Style] = {}
        self._base: dict[str, _Style] = {}
        page = False
        for tree in (styles, content):
            for style in () if tree is None else tree.iter(f"{_STYLE}style"):
                key = style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")
                self._styles[key] = _read_style(style)
            for style in () if tree is None else tree.iter(f"{_STYLE}default-style"):
                self._base[style.get(f"{_STYLE}family", "")] = _read_style(style)
            for layout in () if tree is None else tree.iter(f"{_STYLE}page-layout"):
                page = page or bool(_shaded(layout))
        self._page = page

    def document(self, body: Element, styles: Element | None) -> list[Paragraph]:
        """All paragraphs: those of the headers, the body's, those of the footers."""
        masters = [] if styles is None else list(styles.iter(f"{_STYLE}master-page"))
        edges: dict[str, list[Paragraph]] = {"header": [], "footer": []}
        for edge, kept in edges.items():
            for tag in (edge, f"{edge}-first", f"{edge}-left"):
                for master in masters:
                    for part in master.findall(_STYLE + tag):
                        shown = part.get(f"{_STYLE}display", "true") != "false"
                        kept += self._blocks(part, self._page) if shown else []
        return [*once(edges["header"]), *self._blocks(body, self._page), *once(edges["footer"])]

    def _style(self, family: str, key: str | None) -> _Style:
        """A style with what it inherits."""
        style = _Style(parent=key or "")
        for _ in range(12):
            info = self._styles.get((family, style.parent))
            if info is None:
                break
            style = replace(style.over(info), scale=style.scale or info.scale, parent=info.parent)
        return style.over(self._base.get(family, _Style())) if family == "paragraph" else style

    def _blocks(self, tree: Element, shaded: bool, depth: int = 0, marked: bool = False) -> list[Paragraph]:
        """Paragraphs in document order, in a list at ``depth``; ``marked``: the first one opens a list item."""
        found: list[Paragraph] = []
        for child in tree:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                found += self._paragraph(child, shaded, depth, marked and not any(p.cells for p in found))
            elif child.tag == f"{_TEXT}list":
                for item in child:
                    found += self._blocks(item, shaded, depth + 1, item.tag == f"{_TEXT}list-item")
            elif child.tag == f"{_TABLE}table":
                found += self._table(child, shaded)
            elif child.tag.startswith(_DRAW):
                dark = shaded or bool(self._style("graphic", child.get(f"{_DRAW}style-name")).shaded)
                found += self._blocks(child, dark)
            elif child.tag == f"{_TEXT}section" and child.get(f"{_TEXT}display") == "none":
                self.unseen += len("".join(child.itertext()).strip())
            elif child.tag not in _SKIPPED:
                found += self._blocks(child, shaded, depth, marked)
        return found

    def _table(self, table: Element, shaded: bool) -> list[Paragraph]:
        found: list[Paragraph] = []
        dark = shaded or bool(self._style("table", table.get(f"{_TABLE}style-name")).shaded)
        for row in _rows(table):
            lit = dark or bool(self._style("table-row", row.get(f"{_TABLE}style-name")).shaded)
            cells = [
                self._blocks(cell, lit or bool(self._style("table-cell", cell.get(f"{_TABLE}style-name")).shaded))
                for cell in row.findall(f"{_TABLE}table-cell")
            ]
            found += table_row(cells)
        return found

    def _paragraph(self, element: Element, shaded: bool, depth: int, marked: bool) -> list[Paragraph]:
        style = self._style("paragraph", element.get(f"{_TEXT}style-name"))
        runs, anchored = Runs(), list[Element]()
        hidden = element.get(f"{_TEXT}is-hidden") == "true"
        self._inline(element, replace(style, hidden=style.hidden or hidden), shaded, runs, anchored)
        level = element.get(f"{_TEXT}outline-level", "") if element.tag == f"{_TEXT}h" else ""
        heading = int(level) if level in tuple("123456789") else style.outline or 0
        if element.tag == f"{_TEXT}h" and not heading:
            heading = 1
        heading = heading if heading <= _OUTLINE_DEEPEST else 0
        indent = (style.indent or 0.0) + _LIST_INDENT * max(0, depth - 1)
        found = runs.paragraphs(heading=heading, bullet=marked, indent=indent)
        if anchored and not any(p.cells for p in found):
            found = []
        for child in anchored:
            dark = shaded or bool(self._style("graphic", child.get(f"{_DRAW}style-name")).shaded)
            found += self._blocks(child, dark)
        return found

    def _inline(self, element: Element, style: _Style, shaded: bool, runs: Runs, anchored: list[Element]) -> None:
        """The text of a paragraph or span into ``runs``; frames and notes in it into ``anchored``."""
        self._add(element.text or "", style, shaded, runs)
        for child in element:
            tag = child.tag.removeprefix(_TEXT)
            if tag == "span":
                own = self._style("text", child.get(f"{_TEXT}style-name"))
                self._inline(child, own.over(style), shaded, runs, anchored)
            elif tag in ("tab", "line-break", "s"):
                count = child.get(f"{_TEXT}c", "1")
                blanks = " " * min(int(count), 100) if re.fullmatch("[0-9]{1,4}", count) else " "
                runs.add({"tab": "\t", "line-break": "\n", "s": blanks}[tag], _look(style))
            elif child.tag.startswith(_DRAW) and child.tag != f"{_DRAW}a":
                anchored.append(child)
            elif tag == "note":
                anchored += child.findall(f"{_TEXT}note-body")
            elif child.tag not in _SKIPPED:
                self._inline(child, style, shaded, runs, anchored)
            self._add(child.tail or "", style, shaded, runs)

    def _add(self, text: str, style: _Style, shaded: bool, runs: Runs) -> None:
        text = _BLANKS.sub(" ", text)
        white = bool(_WHITE.fullmatch(style.colour or "")) and not (shaded or style.shaded)
        if style.hidden or white or 0 < (style.size or 0.0) < LEAST_SIZE:
            self.unseen += len(text.strip())
        else:
            runs.add(text, _look(style))


def _look(style: _Style) -> Look:
    return Look(bool(style.bold), style.size or 0.0, style.colour or "", bool(style.capitals))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, through groups of rows, not those of tables within."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)
