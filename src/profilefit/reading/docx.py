"""DOCX → lines, with the standard library: headers, text boxes, content controls, tables, foot- and endnotes.

Styles tell headings and lists; the marks of lists are attributes, not text. A table's row is a line whose cells are
parted by tabs, unless a cell holds several paragraphs: then the table only sets columns and its cells are read one
after the other. Text that Word hides, and white text on white, is left out and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from profilefit.errors import UnreadableDocument
from profilefit.reading.archive import parse_xml, unpack
from profilefit.reading.assemble import Reading
from profilefit.reading.blocks import LEAST_SIZE, Look, Paragraph, Runs, once, reading, table_row
from profilefit.reading.limits import Limits

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_USUAL.decode()}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_PARTS = re.compile(r"_rels/\.rels|word/(?:document|styles|footnotes|endnotes|header|footer)\d*\.xml")
_MAIN = re.compile(r"/officeDocument\"[^>]*Target=\"/?(word/document\d*\.xml)\"")
_MAIN_TURNED = re.compile(r"Target=\"/?(word/document\d*\.xml)\"[^>]*/officeDocument\"")
_HEADING = re.compile(r"^(?:heading)\s?(\d)$", re.IGNORECASE)
_OUTLINE_DEEPEST = 6
_WHITE = re.compile(r"[fF][4-9a-fA-F]" * 3)
#: Removed by an edit that is not accepted yet, or no text at all.
_SKIPPED = frozenset(_W + tag for tag in ("del", "moveFrom", "sectPr", "pPr", "rPr", "tblPr", "sdtPr", "txbxContent"))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says; ``None`` where it says nothing and the style it is based on counts."""

    heading: int | None = None
    bullet: bool | None = None
    bold: bool | None = None
    size: float | None = None
    colour: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    shaded: bool | None = None
    based_on: str = ""

    def over(self, other: _Style) -> _Style:
        """This style, and where it says nothing the other."""
        traits = ("heading", "bullet", "bold", "size", "colour", "capitals", "hidden", "shaded")
        return replace(self, **{t: getattr(other, t) for t in traits if getattr(self, t) is None})


def read_docx(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a Word document.

    Raises:
        UnreadableDocument: damaged, or XML with a document type definition (which Word never writes).
        DocumentTooLarge: it unpacks to more than ``limits`` allow.
    """
    parts = unpack(data, name, limits, _PARTS)
    relations = parts.pop("_rels/.rels", b"").decode("utf-8", "replace")
    main = _MAIN.search(relations) or _MAIN_TURNED.search(relations)
    bodies = sorted(key for key in parts if key.startswith("word/document"))
    key = main[1] if main and main[1] in parts else next(iter(bodies), "")
    if not key:
        raise UnreadableDocument(name, "the Word document has no text part; save it again")
    trees = {
        part: parse_xml(content.replace(_STRICT, _USUAL), name, limits)
        for part, content in parts.items()
        if part == key or part not in bodies
    }
    reader = _Reader(trees, key)
    return reading(reader.document(), reader.unseen, name, limits)


def _value(element: Element | None, path: str) -> str:
    found = None if element is None else element.find(path)
    return "" if found is None else found.get(f"{_W}val", "")


def _on(element: Element | None, tag: str) -> bool | None:
    """A switch of a style or run; ``None`` where it is not set."""
    found = None if element is None else element.find(_W + tag)
    return None if found is None else found.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _number(text: str) -> float | None:
    found = re.match(r"-?\d{1,6}(?:\.\d{1,6})?", text)
    return float(found[0]) if found else None


def _points(element: Element | None) -> float | None:
    """The font size of run properties, written in half points or with a unit."""
    text = _value(element, f"{_W}sz")
    size = _number(text)
    return size if size is None or text.endswith("pt") else size / 2


def _shaded(properties: Element | None) -> bool | None:
    """Whether a run, paragraph or cell has a background of its own other than white."""
    if properties is None:
        return None
    if _value(properties, f"{_W}highlight") not in ("", "none", "white"):
        return True
    shade = properties.find(f"{_W}shd")
    if shade is None:
        return None
    fill = shade.get(f"{_W}fill", "auto")
    if shade.get(f"{_W}val") not in (None, "clear", "nil"):
        return True
    return fill.lower() not in ("auto", "") and not _WHITE.fullmatch(fill)


def _outline(properties: Element | None) -> int | None:
    level = _number(_value(properties, f"{_W}outlineLvl"))
    return None if level is None else int(level) + 1


def _listed(properties: Element | None) -> bool | None:
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    return None if numbered is None else _value(numbered, f"{_W}numId") != "0"


def _character_style(properties: Element | None) -> _Style:
    """What run properties say."""
    capitals = _on(properties, "caps")
    return _Style(
        bold=_on(properties, "b"),
        size=_points(properties),
        colour=_value(properties, f"{_W}color") or None,
        capitals=_on(properties, "smallCaps") if capitals is None else capitals,
        hidden=_on(properties, "vanish"),
        shaded=_shaded(properties),
    )


class _Reader:
    """Walks the parts of one document. ``unseen`` counts the characters left out because nobody sees them."""

    def __init__(self, trees: dict[str, Element], main: str) -> None:
        self.unseen = 0
        self._trees = trees
        self._main = trees[main]
        self._styles: dict[str, _Style] = {}
        self._base = _Style()
        self._default = ""
        if "word/styles.xml" in trees:
            self._read_styles(trees["word/styles.xml"])
        self._notes = {
            (kind, note.get(f"{_W}id", "")): note
            for kind in ("footnote", "endnote")
            if f"word/{kind}s.xml" in trees
            for note in trees[f"word/{kind}s.xml"].iter(_W + kind)
            if note.get(f"{_W}type", "normal") == "normal"
        }
        # A page colour, or a shape behind the text, may be what white letters stand on.
        background = self._main.find(f"{_W}background") is not None
        self._shaded = background or any(
            anchor.get("behindDoc") in ("1", "true") for tree in trees.values() for anchor in tree.iter(_ANCHOR)
        )

    def document(self) -> list[Paragraph]:
        """All paragraphs: those of the headers, the body's, those of the footers."""
        headers = [key for key in sorted(self._trees) if key.startswith("word/header")]
        footers = [key for key in sorted(self._trees) if key.startswith("word/footer")]
        above = once(p for key in headers for p in self._blocks(self._trees[key], self._shaded))
        body = self._blocks(self._main, self._shaded)
        return [*above, *body, *once(p for key in footers for p in self._blocks(self._trees[key], self._shaded))]

    def _read_styles(self, tree: Element) -> None:
        self._base = _character_style(tree.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in tree.iter(f"{_W}style"):
            key = style.get(f"{_W}styleId", "")
            properties = style.find(f"{_W}pPr")
            label = _HEADING.match(_value(style, f"{_W}name")) or _HEADING.match(key)
            character = _character_style(style.find(f"{_W}rPr"))
            # A table style may shade some rows or all; which ones does not matter here.
            table = style.get(f"{_W}type") == "table"
            cells = any(_shaded(cell) for cell in style.iter(f"{_W}tcPr")) if table else None
            self._styles[key] = replace(
                character,
                heading=int(label[1]) if label else _outline(properties),
                bullet=_listed(properties),
                shaded=character.shaded or _shaded(properties) or cells,
                based_on=_value(style, f"{_W}basedOn"),
            )
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on"):
                self._default = key

    def _style(self, key: str) -> _Style:
        """A style with what it inherits."""
        style = _Style()
        for _ in range(12):
            info = self._styles.get(key)
            if info is None:
                break
            style = style.over(info)
            key = info.based_on
        return style

    def _blocks(self, tree: Element, shaded: bool) -> list[Paragraph]:
        """Paragraphs in document order; text boxes and notes follow the paragraph they are anchored in."""
        found: list[Paragraph] = []
        for child in tree:
            if child.tag == f"{_W}p":
                found += self._paragraph(child, shaded)
                for box in _anchored(child):
                    if box.tag == f"{_W}txbxContent":
                        found += self._blocks(box, True)  # most boxes are filled; how is told in many ways
                    else:
                        kind: Literal["footnote", "endnote"] = "footnote" if "footnote" in box.tag else "endnote"
                        note = self._notes.pop((kind, box.get(f"{_W}id", "")), None)
                        found += [] if note is None else self._blocks(note, shaded)
            elif child.tag == f"{_W}tbl":
                style = self._style(_value(child, f"{_W}tblPr/{_W}tblStyle"))
                dark = shaded or bool(style.shaded or _shaded(child.find(f"{_W}tblPr")))
                for row in _inside(child, "tr"):
                    if row.find(f"{_W}trPr/{_W}del") is None:
                        cells = list(_inside(row, "tc"))
                        found += table_row([self._blocks(c, bool(dark or _shaded(c.find(f"{_W}tcPr")))) for c in cells])
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK and not _placeholder(child):
                found += self._blocks(child, shaded)
        return found

    def _paragraph(self, element: Element, shaded: bool) -> list[Paragraph]:
        properties = element.find(f"{_W}pPr")
        style = self._style(_value(properties, f"{_W}pStyle") or self._default).over(self._base)
        dark = shaded or bool(_shaded(properties) or style.shaded)
        runs = Runs()
        for run in _runs(element):
            marks = run.find(f"{_W}rPr")
            own = _character_style(marks).over(self._style(_value(marks, f"{_W}rStyle"))).over(style)
            text = _run_text(run)
            colour, size = own.colour or "", own.size or 0.0
            white = bool(_WHITE.fullmatch(colour)) and not (dark or own.shaded)
            if own.hidden or white or 0 < size < LEAST_SIZE:
                self.unseen += len(text.strip())
                text = "\n" if text == "\n" else ""
            runs.add(text, Look(bool(own.bold), size, colour, bool(own.capitals)))
        heading = _outline(properties) or style.heading or 0
        listed = _listed(properties)
        indent = None if properties is None else properties.find(f"{_W}ind")
        left = "" if indent is None else indent.get(f"{_W}left", indent.get(f"{_W}start", ""))
        return runs.paragraphs(
            heading=heading if heading <= _OUTLINE_DEEPEST else 0,
            bullet=bool(style.bullet if listed is None else listed),
            indent=(_number(left) or 0.0) / 20,
        )


def _anchored(element: Element) -> Iterator[Element]:
    """Text boxes and marks of notes in a paragraph, each once: Word writes boxes twice, for old readers too."""
    for child in element:
        if child.tag in (f"{_W}txbxContent", f"{_W}footnoteReference", f"{_W}endnoteReference"):
            yield child
        elif child.tag != _FALLBACK and child.tag not in _SKIPPED:
            yield from _anchored(child)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls and the like, not those of tables within."""
    for child in element:
        if child.tag == _W + tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag != f"{_W}tc":
            yield from _inside(child, tag)


def _placeholder(element: Element) -> bool:
    """Whether a content control still shows what to fill in ("Click to enter text")."""
    return element.tag == f"{_W}sdt" and bool(_on(element.find(f"{_W}sdtPr"), "showingPlcHdr"))


def _runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph, through links, content controls and insertions, not into text boxes."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in _SKIPPED and not _placeholder(child):
            yield from _runs(child)


def _run_text(run: Element) -> str:
    text = ""
    for child in run:
        tag = child.tag.removeprefix(_W)
        if tag == "t":
            text += (child.text or "").replace("\n", " ")
        elif tag in ("tab", "ptab"):
            text += "\t"
        elif tag in ("br", "cr"):
            text += "\n"
        elif tag == "noBreakHyphen":
            text += "-"
        elif tag == "sym":
            code = child.get(f"{_W}char", "")
            text += chr(int(code, 16)) if re.fullmatch(r"(?:[0-9A-Ca-cEeFf][0-9A-Fa-f]{3})", code) else ""
    return text
