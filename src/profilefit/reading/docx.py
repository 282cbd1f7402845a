"""DOCX → lines, with zipfile and xml of the standard library: headers, text boxes, content controls, tables, notes.

Styles tell headings and lists; the marks of lists are attributes, not text. A table's row is a line whose cells are
parted by tabs, unless a cell holds several paragraphs: then the table only sets columns and its cells are read one
after the other.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from ..errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument
from .assemble import Draft, Reading
from .clean import clean
from .limits import Limits
from .text import strip_mark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"^(?:heading)\s?(\d)$", re.IGNORECASE)
_OUTLINE_DEEPEST = 6


@dataclass(slots=True)
class _Paragraph:
    cells: list[str]
    heading: int = 0
    bullet: bool = False
    bold: bool = False
    size: float = 0.0
    indent: float = 0.0
    colour: str = ""


@dataclass(frozen=True, slots=True)
class _StyleInfo:
    heading: int = 0
    bullet: bool = False
    bold: bool = False
    size: float = 0.0
    based_on: str = ""


def read_docx(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a Word document.

    Raises:
        UnreadableDocument: damaged, or XML with a document type definition (which Word never writes).
        DocumentTooLarge: it unpacks to more than ``limits.unpacked`` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, name, limits)
    except EncryptedDocument:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableDocument(name, "the Word document is damaged; save it again") from error
    try:
        styles = _styles(parts.get("word/styles.xml"))
        body = _xml(parts["word/document.xml"], name)
        trees = [_xml(parts[key], name) for key in sorted(parts) if re.fullmatch(r"word/header\d*\.xml", key)]
        trees += [body]
        trees += [_xml(parts[key], name) for key in sorted(parts) if re.fullmatch(r"word/footer\d*\.xml", key)]
        paragraphs = [p for tree in trees for p in _blocks(tree, styles)]
    except (ElementTree.ParseError, KeyError, RecursionError) as error:
        raise UnreadableDocument(name, "the Word document is damaged; save it again") from error
    return Reading(_drafts(paragraphs))


def _parts(archive: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, bytes]:
    wanted = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")
    total = 0
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if not wanted.fullmatch(member.filename):
            continue
        if member.flag_bits & 1:
            raise EncryptedDocument(name, "the file is protected by a password; save it without one")
        with archive.open(member) as stream:
            content = stream.read(limits.unpacked - total + 1)
        total += len(content)
        if total > limits.unpacked:
            raise DocumentTooLarge(name, f"it unpacks to over {limits.unpacked / 1e6:.0f} MB")
        parts[member.filename] = content
    if "word/document.xml" not in parts:
        raise UnreadableDocument(name, "the Word document has no text part; save it again")
    return parts


def _xml(data: bytes, name: str) -> ElementTree.Element:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableDocument(name, "its XML defines entities, which Word never does; save it again")
    return ElementTree.fromstring(data)


def _styles(data: bytes | None) -> dict[str, _StyleInfo]:
    if data is None:
        return {}
    found: dict[str, _StyleInfo] = {}
    for style in ElementTree.fromstring(data).iter(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        label = _value(style.find(f"{_W}name")) or key
        heading = _HEADING.match(label) or _HEADING.match(key)
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(heading[1]) if heading else (int(_value(outline) or 9) + 1 if outline is not None else 0)
        found[key] = _StyleInfo(
            heading=level if level <= _OUTLINE_DEEPEST else 0,
            bullet=style.find(f"{_W}pPr/{_W}numPr") is not None,
            bold=_on(style.find(f"{_W}rPr/{_W}b")),
            size=float(_value(style.find(f"{_W}rPr/{_W}sz")) or 0) / 2,
            based_on=_value(style.find(f"{_W}basedOn")),
        )
    return found


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _on(element: ElementTree.Element | None) -> bool:
    return element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "none")


def _blocks(tree: ElementTree.Element, styles: dict[str, _StyleInfo]) -> Iterator[_Paragraph]:
    """Paragraphs in document order; text boxes follow the paragraph they are anchored in."""
    for child in tree:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, styles)
            for box in _boxes(child):
                yield from _blocks(box, styles)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, styles)
        elif child.tag in (f"{_W}sectPr", f"{_W}del", f"{_W}moveFrom"):
            continue
        else:
            yield from _blocks(child, styles)


def _boxes(paragraph: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The text boxes anchored in a paragraph, each once: Word writes them twice, for old readers too."""

    def walk(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
        for child in element:
            if child.tag == f"{_W}txbxContent":
                yield child
            elif child.tag != f"{_MC}Fallback":
                yield from walk(child)

    yield from walk(paragraph)


def _paragraph(element: ElementTree.Element, styles: dict[str, _StyleInfo]) -> Iterator[_Paragraph]:
    style = _resolve(_value(element.find(f"{_W}pPr/{_W}pStyle")), styles)
    bold: Counter[bool] = Counter()
    sizes: Counter[float] = Counter()
    colours: Counter[str] = Counter()
    text = ""
    for run in _runs(element):
        properties = run.find(f"{_W}rPr")
        if properties is not None and _on(properties.find(f"{_W}vanish")):
            continue
        piece = _run_text(run)
        text += piece
        weight = len(piece.strip())
        marked = None if properties is None else properties.find(f"{_W}b")
        bold[_on(marked) if marked is not None else style.bold] += weight
        size = None if properties is None else properties.find(f"{_W}sz")
        sizes[float(_value(size) or 0) / 2 if size is not None else style.size] += weight
        colours["" if properties is None else _value(properties.find(f"{_W}color"))] += weight
    indent = element.find(f"{_W}pPr/{_W}ind")
    left = 0.0 if indent is None else float(indent.get(f"{_W}left", indent.get(f"{_W}start", "0")) or 0) / 20
    outline = element.find(f"{_W}pPr/{_W}outlineLvl")
    heading = style.heading or (int(_value(outline) or 9) + 1 if outline is not None else 0)
    numbered = element.find(f"{_W}pPr/{_W}numPr")
    listed = _value(numbered.find(f"{_W}numId")) != "0" if numbered is not None else style.bullet
    for number, line in enumerate(text.split("\n")):
        content, marked_bullet = strip_mark(line.strip(" "))
        cells = [cell for cell in (clean(cell) for cell in content.split("\t")) if cell]
        if cells:
            yield _Paragraph(
                cells,
                heading=heading if heading <= _OUTLINE_DEEPEST else 0,
                bullet=(listed and number == 0 and not heading) or marked_bullet,
                bold=bold[True] > bold[False],
                size=sizes.most_common(1)[0][0] if sizes else 0.0,
                indent=left,
                colour=colours.most_common(1)[0][0] if colours else "",
            )


def _resolve(key: str, styles: dict[str, _StyleInfo]) -> _StyleInfo:
    """A style with what it inherits."""
    heading, bullet, bold, size = 0, False, False, 0.0
    for _ in range(10):
        info = styles.get(key)
        if info is None:
            break
        heading, bullet, bold, size = (
            heading or info.heading,
            bullet or info.bullet,
            bold or info.bold,
            size or info.size,
        )
        key = info.based_on
    return _StyleInfo(heading, bullet, bold, size)


def _runs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The runs of a paragraph, through links, content controls and insertions, not into text boxes."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}txbxContent"):
            yield from _runs(child)


def _run_text(run: ElementTree.Element) -> str:
    text = ""
    for child in run:
        if child.tag == f"{_W}t":
            text += child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            text += "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            text += "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            text += "-"
    return text


def _table(table: ElementTree.Element, styles: dict[str, _StyleInfo]) -> Iterator[_Paragraph]:
    for row in table.findall(f"{_W}tr") + [r for s in table.findall(f"{_W}sdt") for r in s.iter(f"{_W}tr")]:
        cells = [list(_blocks(cell, styles)) for cell in _cells(row)]
        cells = [cell for cell in cells if cell]
        if not cells:
            continue
        short = all(len(cell) == 1 for cell in cells[:-1]) and len(cells) > 1
        if short or all(len(cell) == 1 for cell in cells):
            yield from _joined(cells)
        elif len(cells) > 1 and _labels(cells[0]):
            yield from _joined([cells[0][:1], *cells[1:]])
            yield from cells[0][1:]
        else:
            for cell in cells:
                yield from cell


def _labels(cell: list[_Paragraph]) -> bool:
    """Whether a cell of a row only labels the others: dates or a place in the margin."""
    return len(cell) <= 3 and all(len(" ".join(p.cells)) <= 30 for p in cell)


def _joined(cells: list[list[_Paragraph]]) -> Iterator[_Paragraph]:
    """A row as one line; what more the last cells hold follows."""
    first = cells[0][0]
    longest = max(cells, key=lambda cell: len(" ".join(cell[0].cells)))[0]
    text = [piece for cell in cells for piece in cell[0].cells]
    yield _Paragraph(text, first.heading, longest.bullet, longest.bold, longest.size, first.indent, longest.colour)
    for cell in cells:
        yield from cell[1:]


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from child.iter(f"{_W}tc")


def _drafts(paragraphs: list[_Paragraph]) -> list[Draft]:
    drafts = []
    for paragraph in paragraphs:
        style = f"{paragraph.size:.1f} {paragraph.colour}{' bold' if paragraph.bold else ''} h{paragraph.heading}"
        draft = Draft.of(
            "\t".join(paragraph.cells),
            heading=paragraph.heading,
            bullet=paragraph.bullet,
            bold=paragraph.bold,
            size=paragraph.size,
            indent=paragraph.indent,
            style=style,
        )
        drafts.append(draft)
    return drafts
