"""How much a file may ask of the reader before it is refused or cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no real CV reaches.

    Attributes:
        bytes: size of the file; more is refused.
        pages: pages read; the rest is left out, with a note.
        glyphs, glyphs_total: characters of a page and of all pages; reading is cut there, with a note.
        operators: drawing operators in the whole file; reading stops there, with a note.
        form_calls, form_depth: drawings inside drawings (PDF form XObjects), in number and in depth.
        unpacked: bytes that one compressed stream (PDF) or one archive (DOCX, ODT) may unpack to; more is refused.
        unpacked_total: the same for all streams of a PDF together.
        lines: lines of a text file, paragraphs of a DOCX, ODT or HTML file; more is refused. Such files are refused,
            too, when they hold more than ``glyphs_total`` characters.
        elements: XML elements of one part; more is refused.
        tags: opening and closing tags of an HTML page; more is refused.
        depth: how deep XML elements may stand in one another; more is refused. HTML is read flat below it.
    """

    bytes: int = 25_000_000
    pages: int = 60
    glyphs: int = 25_000
    glyphs_total: int = 300_000
    operators: int = 1_000_000
    form_calls: int = 2_000
    form_depth: int = 12
    unpacked: int = 64_000_000
    unpacked_total: int = 256_000_000
    lines: int = 20_000
    elements: int = 200_000
    tags: int = 120_000
    depth: int = 200
