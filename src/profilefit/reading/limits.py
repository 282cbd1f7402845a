"""How much a file may ask of the reader before it is refused or cut. docs/limits.md tells what each limit does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no real CV reaches.

    Attributes:
        bytes: size of the file; more is refused.
        pages: pages read; the rest is left out, with a note.
        glyphs, glyphs_total: characters of a page and of all pages; reading is cut there, with a note.
        operators: drawing operators in the whole file; reading stops there, with a note.
        tokens: what parts the words of the pages' streams, of object streams and of character maps, and the words of
            the file outside of streams; reading of a page is cut there, with a note, and of anything else is refused.
        fonts: in the whole file; more is refused.
        form_calls, form_depth: drawings inside drawings (PDF form XObjects), in number and in depth.
        unpacked: bytes that one compressed stream (PDF) or one archive (DOCX, ODT) may unpack to; more is refused.
        unpacked_total: the same for all streams of a PDF together.
        lines: lines of a text file, paragraphs of a DOCX, ODT or HTML file; more is refused. Such files are refused,
            too, when they hold more than ``glyphs_total`` characters.
        elements: XML elements of one part; more is refused.
        tags: opening and closing tags of an HTML page; more is refused.
        depth: how deep XML elements may stand in one another; more is refused. HTML is read flat below it.
        characters: of the whole text; the rest is left out, with a note.
        line: characters of a line or paragraph; longer ones are broken between words, and nothing is lost.
        seconds: for drawing the pages of a PDF; more is refused. The other limits trip long before it does.
    """

    bytes: int = 25_000_000
    pages: int = 60
    glyphs: int = 12_000
    glyphs_total: int = 150_000
    operators: int = 250_000
    tokens: int = 600_000
    fonts: int = 2_000
    form_calls: int = 2_000
    form_depth: int = 12
    unpacked: int = 32_000_000
    unpacked_total: int = 128_000_000
    lines: int = 20_000
    elements: int = 200_000
    tags: int = 120_000
    depth: int = 200
    characters: int = 80_000
    line: int = 3_000
    seconds: float = 20.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
                raise ValueError(f"the limit {field.name} is {value!r}; give a number above 0")

    @classmethod
    def of(cls, settings: Iterable[str]) -> Self:
        """From settings as a command line has them.

        Examples:
            >>> Limits.of(["pages=200", "bytes=50_000_000"]).pages
            200

        Raises:
            ValueError: a setting is no ``name=number``, or names no limit; the message names the nearest one.
        """
        types = {field.name: float if field.type == "float" else int for field in fields(cls)}
        values: dict[str, float] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in types:
                near = get_close_matches(name, types, n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"known limits: {', '.join(types)}"
                raise ValueError(f'unknown limit "{name}"; {hint}')
            try:
                values[name] = types[name](value)
            except ValueError:
                raise ValueError(f'"{setting}" sets no limit; write {name}=NUMBER') from None
        return cls(**values)  # type: ignore[arg-type]
