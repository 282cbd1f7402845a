"""Plain text and Markdown → lines: marks become attributes, soft wraps are told from deliberate line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from profilefit.errors import DocumentTooLarge
from profilefit.models import Note
from profilefit.reading.assemble import CUT, Draft, Reading
from profilefit.reading.clean import BULLETS, DASH_BULLETS, clean
from profilefit.reading.limits import Limits
from profilefit.reading.sniff import decode

_TAB = 4
#: A file may hold so many times the characters that are read from it: blanks, marks, addresses of links.
_MARKS = 3
_NUMBERED = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s+(?=\S)")
_CELLS = re.compile(r"(?<=\S)(?: {3,}|\t+ *| *\.{5,} *)(?=\S)")  # blanks, tabs, a leader of dots
_UNDERLINE = re.compile(r"^\s*(=|-|~|_|\*){3,}\s*$")
_BROKEN = re.compile(r"[^\W\d_]{2}-$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?=\S)(.*)$")
_CLOSING = re.compile(r"(?<![ \t])[ \t]+#+$")
_EMBEDDED = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,80};base64,[A-Za-z0-9+/=]*")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^)]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^)\s]{0,500}(?:\s+\"[^\"]{0,500}\")?\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s+\S+\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<(?=https?://)|(?<=\S)>(?=\s|$)(?<![-=]>)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|~~)(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"(?<!`)`{1,3}([^`]+)`{1,3}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_ALL_BOLD = re.compile(r"^\s*(\*\*|__)(?=\S)[^*_]+(?<=\S)\1[\s:]*$")


@dataclass(slots=True)
class _Row:
    """A line of the file: its text without marks, and what the marks said."""

    text: str
    indent: int = 0
    bullet: bool = False
    heading: int = 0
    bold: bool = False
    table: bool = False
    hard_break: bool = False
    length: int = 0


def read_text(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a text file.

    Raises:
        DocumentTooLarge: it has more lines than ``limits.lines``.
    """
    text, notes = _unbroken(data, name, limits)
    return Reading(_drafts(_plain_rows(text)), notes)


def read_markdown(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a Markdown file. Raises as ``read_text`` does."""
    text, notes = _unbroken(data, name, limits)
    return Reading(_drafts(_markdown_rows(text)), notes)


def _unbroken(data: bytes, name: str, limits: Limits) -> tuple[str, list[Note]]:
    """The text of a file with one kind of line break, without pictures, and a note where it is cut."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    if text.count("\n") > limits.lines:
        raise DocumentTooLarge(name, f"it has over {limits.lines:,} lines; give one person's CV")
    if "base64," in text:
        text = _EMBEDDED.sub("", text)
    most = _MARKS * limits.characters
    if len(text) <= most:
        return text, []
    return text[:most], [Note(CUT, f"The file is longer than {most:,} characters; the rest of it was not read.")]


def strip_mark(text: str) -> tuple[str, bool]:
    """The text without its list mark, and whether there was one."""
    if text[:1] in BULLETS:
        return text[1:].lstrip(), True
    if text[:1] in DASH_BULLETS and text[1:2] in (" ", "\t"):
        return text[1:].lstrip(), True
    numbered = _NUMBERED.match(text)
    return (text[numbered.end() :], True) if numbered else (text, False)


def _plain_rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    for raw in text.expandtabs(_TAB).split("\n") if "\t" not in text else _untabbed(text):
        stripped = raw.strip()
        if _UNDERLINE.match(raw):
            title = rows[-1].text if rows and not rows[-1].bullet else ""
            if title and len(title) <= 60 and (abs(len(stripped) - len(title)) <= 3 or title == title.upper()):
                rows[-1].heading = rows[-1].heading or 2
            else:
                rows.append(_Row(""))
            continue
        content, bullet = strip_mark(stripped)
        if not bullet and stripped[:1] in DASH_BULLETS and not content:
            content = ""
        indent = len(raw) - len(raw.lstrip())
        rows.append(_Row(_CELLS.sub("\t", content), indent, bullet, length=len(raw.rstrip())))
    return rows


def _untabbed(text: str) -> list[str]:
    """Lines whose inner tabs part cells, and whose leading tabs indent."""
    lines = []
    for raw in text.split("\n"):
        body = raw.lstrip("\t ")
        lead = raw[: len(raw) - len(body)].expandtabs(_TAB)
        lines.append(lead + body)
    return lines


def _markdown_rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    fenced = False
    for raw in _uncommented(text).split("\n"):
        if _FENCE.match(raw):
            fenced = not fenced
            rows.append(_Row(""))
            continue
        heading = _HEADING.match(raw)
        if heading and not fenced:
            rows.append(_Row(_inline(_CLOSING.sub("", heading[2].rstrip())), heading=len(heading[1])))
        elif _TABLE_RULE.fullmatch(raw.strip()) or _REFERENCE.match(raw):
            continue
        elif _UNDERLINE.match(raw):
            level = 1 if raw.strip()[0] == "=" else 2
            if rows and rows[-1].text and raw.strip()[0] in "=-" and not rows[-1].bullet and not rows[-1].table:
                rows[-1].heading = level
            else:
                rows.append(_Row(""))
        elif raw.strip().startswith("|") and raw.count("|") >= 2:
            cells = [_inline(cell) for cell in raw.strip().strip("|").split("|")]
            rows.append(_Row("\t".join(cell for cell in cells if cell), table=True))
        else:
            rows += [_markdown_row(part, raw) for part in _BREAK.split(raw)]
    return rows


def _uncommented(text: str) -> str:
    """Markdown without its comments; one that never ends is none."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


def _markdown_row(part: str, raw: str) -> _Row:
    stripped = part.strip()
    stripped = stripped.lstrip("> \t")
    content, bullet = ("", False) if _IMAGE.fullmatch(stripped) else strip_mark(stripped)
    if stripped.startswith(("**", "__")):
        content, bullet = stripped, False
    return _Row(
        _inline(content),
        len(part) - len(part.lstrip()),
        bullet,
        bold=bool(_ALL_BOLD.match(content)),
        hard_break=part is not raw or raw.endswith(("  ", "\\")),
        length=len(part.rstrip()),
    )


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _TAG.sub("", text)
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match[1])
        return f"\x00{len(code) - 1}\x00"

    text = _CODE.sub(keep, text)
    for _ in range(3):
        text, count = _EMPHASIS.subn(r"\2", text)
        if not count:
            break
    text = _ESCAPE.sub(r"\1", text).rstrip("\\")
    return re.sub(r"\x00(\d+)\x00", lambda match: code[int(match[1])], text)


def _drafts(rows: list[_Row]) -> list[Draft]:
    width = _wrap_width(rows)
    drafts: list[Draft] = []
    before: _Row | None = None
    blank = 0
    flow_indent = 0
    for row in rows:
        text = clean(row.text).strip()
        if not text:
            blank += 1
            continue
        continues = before is not None and not blank and _continues(before, row, flow_indent, width)
        if continues and drafts and _BROKEN.search(clean(before.text)) and text[:1].islower():  # type: ignore[union-attr]
            first, _, rest = text.partition(" ")
            word, _ = drafts[-1].cells[-1][-1]
            drafts[-1].cells[-1][-1] = (word[:-1] + first, None)
            text = rest
        if not continues:
            flow_indent = row.indent
        if text:
            drafts.append(
                Draft.of(
                    text,
                    bold=row.bold,
                    indent=float(row.indent),
                    gap=float(blank),
                    bullet=row.bullet,
                    heading=row.heading,
                    continues=continues,
                    style=_style(text, row),
                )
            )
        before, blank = row, 0
    return drafts


def _style(text: str, row: _Row) -> str:
    """What sets lines of a file without fonts apart: a heading mark, capitals throughout, bold."""
    if row.heading:
        return f"h{row.heading}"
    capitals = text == text.upper() and text != text.lower() and not row.bullet
    return "+".join(part for part, on in (("capitals", capitals), ("bold", row.bold)) if on)


def _wrap_width(rows: list[_Row]) -> int:
    """The column at which the file's lines are wrapped; 0 where they are not."""
    lengths = sorted(row.length for row in rows if row.text)
    if len(lengths) < 3:
        return 0
    width = lengths[int(0.97 * (len(lengths) - 1))]
    return width if 50 <= width <= 130 else 0


def _continues(before: _Row, row: _Row, flow_indent: int, width: int) -> bool:
    """Does a row go on with the one before? It is no item, heading or cell row, and its words had no room there."""
    if row.bullet or row.heading or row.table or before.heading or before.table or before.hard_break or row.bold:
        return False
    if "\t" in row.text or (before.bold and not row.text[:1].islower()):
        return False
    if before.bullet and row.indent <= flow_indent and not row.text[:1].islower():
        return False
    if not before.bullet and row.indent < before.indent:
        return False
    room = width - before.length - 1
    first = len(row.text.split(maxsplit=1)[0]) if row.text.split() else 0
    wrapped = bool(width) and first > room - 2
    if _BROKEN.search(before.text) and row.text[:1].islower():
        return True
    if before.bullet or row.indent > flow_indent:
        return wrapped or row.text[:1].islower()
    return wrapped and before.length > 0.6 * width
