"""What a font tells by its name, whichever engine reads the file: weight, slant, and whether it draws pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdfminer.glyphlist import glyphname2unicode

from profilefit.reading.clean import BULLETS, SPACES
from profilefit.reading.pdf.glyphs import Style

_BOLD = re.compile(
    r"bold|black|heavy|demi(?!ng)|cmbx|cmssbx|[-,_ ]bd(?![a-z])|sfbx|ecbx|lmbx|extrab|medi(?=-|$)|-medium|W[6-9]$",
    re.I,
)
_ITALIC = re.compile(r"ital|obliq|cmti|cmsl|cmssi|sfti|ecti|slanted|[-,](?:it|sl)$|ri10|ri12", re.I)
_WEIGHT_WORDS = re.compile(
    r"[-,_ ]?(?:regular|roman|book|bold|black|heavy|semi|demi|extra|ultra|light|medium|thin|italic|oblique|ital|mt|ps)+"
    r"(?=[-,_ ]|$)",
    re.I,
)
_ICON_FONT = re.compile(
    r"awesome|icon|academicons|marvosym|fontello|icomoon|ionicons|glyphter|typicons|feather|bxs?$", re.I
)
_MARK_FONT = re.compile(r"symbol|wingding|webding|dingbat", re.I)
#: Codes that WinAnsiEncoding leaves unused show a bullet (PDF 32000-1, annex D.2).
BULLET_CODES = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
#: Circles, squares, angles, arrows and ticks of Font Awesome: list marks where they open a line.
_ICON_MARKS = frozenset(
    "\uf111\uf10c\uf1db\uf192\uf0c8\uf096\uf105\uf054\uf0da\uf101\uf061\uf138\uf00c\uf058\uf0a9\uf04b"
)
#: Stands for a glyph of a symbol font whose character is unknown: a list mark where it opens a line, else dropped.
UNKNOWN_MARK = "\uf0b7"
#: One glyph that stands for as many letters is a picture with its name ("envelope"); ligatures have fewer.
_LEAST_PICTURE = 5
#: Stands for a picture that a font draws.
_ICON = "\ue000"
SPACE_GLYPHS = frozenset(SPACES + " \t\r\n\u200b")

#: Names of glyphs that are a word ("envelope", "HOUSE-CHIMNEY"), not a code ("g12", "uni0041") or a short form.
_WORDLIKE = re.compile(r"[A-Za-z]{4,}(?:[-_][A-Za-z]+)*")
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_BOLD_WEIGHT = 600


def is_picture(name: str) -> bool:
    """Whether a glyph of this name shows something that is no character: no list of character names has it.

    >>> [is_picture(name) for name in ("envelope", "HOUSE-CHIMNEY", "germandbls", "g12", "ffi", "dotlessj")]
    [True, True, False, False, False, False]
    """
    return _WORDLIKE.fullmatch(name) is not None and name not in glyphname2unicode and "dotless" not in name


@dataclass(frozen=True, slots=True)
class FontTraits:
    """What a font's name and descriptor tell.

    Attributes:
        family: the name without its subset tag and weight.
        icons, marks: its glyphs are pictures, or the list marks of a symbol font.
    """

    family: str
    bold: bool
    italic: bool
    icons: bool
    marks: bool

    @classmethod
    def of(cls, name: str, flags: int = 0, weight: float = 0.0) -> FontTraits:
        """From the PostScript name, the flags of the descriptor (PDF 32000-1, table 123) and a weight of 100-900."""
        name = name.split("+", 1)[-1]
        return cls(
            family=_WEIGHT_WORDS.sub("", name) or name,
            bold=bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD) or weight >= _BOLD_WEIGHT,
            italic=bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG),
            icons=bool(_ICON_FONT.search(name)),
            marks=bool(_MARK_FONT.search(name)),
        )

    def style(self, size: float, colour: str) -> Style:
        """How text of this font is set: its size in points, its colour as ``#rrggbb``, empty for patterns."""
        return Style(self.family, round(size, 1), colour, self.bold, self.italic)

    def shown(self, text: str) -> str:
        """What a glyph of this font stands for, where its character is no letter but a picture."""
        if self.icons and text not in SPACE_GLYPHS and text not in BULLETS:
            return UNKNOWN_MARK if text in _ICON_MARKS else _ICON
        if len(text) >= _LEAST_PICTURE and text.isascii():
            return _ICON
        if self.marks and len(text) == 1 and (text.isalnum() or ord(text) < 0x20):
            return UNKNOWN_MARK
        return text
