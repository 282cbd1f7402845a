"""Repair of characters, done once, before any offset into the text exists.

``clean`` is idempotent: ``clean(clean(text)) == clean(text)``. It never looks at more than one line; what needs
geometry (words broken over lines, letters set apart) is mended in ``layout``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Characters that stand for a space: no-break, en, em, thin, hair, figure, ideographic …
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
#: Marks that open a list item wherever they stand alone at the start of a line.
BULLETS = frozenset("•●○◦∙·・▪▫■□◾◽▸▹►▻▶▷‣⁃⦁⦾⦿◆◇❖✦✧✓✔✗✘➢➤➔➜➣❯❱★☆⋄⬥⬦⚫⚪∘◘◙⁌⁍✱✶✸✳⭑■\uf0b7\uf0a7\uf0d8\uf076\uf0fc")
#: Marks that open a list item only when a space follows: they are ordinary punctuation elsewhere.
DASH_BULLETS = frozenset("-–—*∗+>»›→⇒−‐‑~°")

_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d\u02d7"
_DROPPED = (
    "\ufffd\ufeff\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ACCENTS = {
    "\u00b4": "\u0301", "\u02ca": "\u0301", "\u02cb": "\u0300", "\u00a8": "\u0308", "\u02c6": "\u0302",
    "\u02dc": "\u0303", "\u02c7": "\u030c", "\u02d8": "\u0306", "\u00af": "\u0304", "\u02c9": "\u0304",
    "\u02d9": "\u0307", "\u02da": "\u030a", "\u00b8": "\u0327", "\u02db": "\u0328", "\u02dd": "\u030b",
}  # fmt: skip
#: Accents that are ordinary ASCII too; composed only where geometry shows that they stand over the letter.
OVERLAID = {**_ACCENTS, "`": "\u0300", "^": "\u0302", "~": "\u0303"}
_DOTLESS = {"ı": "i", "ȷ": "j"}

_TABLE = {
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _DROPPED), None),
    **dict.fromkeys((*range(9), *range(11, 32), *range(0x7F, 0xA0)), None),  # control characters; tab and newline stay
    **dict.fromkeys(map(ord, "\x0b\x0c\u2028\u2029\x85"), " "),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u201b"), "'"),
    **dict.fromkeys(range(0xFE00, 0xFE10), None),  # variation selectors
    **dict.fromkeys(range(0xE0000, 0xE0080), None),  # tags
}
_PLAIN = re.compile(r"[\t -~]*")
_COMPATIBLE = re.compile(
    "[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\u2460-\u2473ĳĲǆŉ]+"
)
_ACCENT_LETTER = re.compile(f"([{''.join(_ACCENTS)}])([A-Za-zıȷ])")
_SOFT_HYPHENS = re.compile("(?<![-\u00ad\u2010\u2011])[-\u2010\u2011]*\u00ad[-\u00ad\u2010\u2011]*")
#: Marks heaped on one letter: putting them in order takes time that grows with the square of their number.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u06d6-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
    "\ufe20-\ufe2f"
)
_HEAPED = re.compile(f"([{_MARKS}]{{8}})[{_MARKS}]+")
_CID = re.compile(r"\(cid:\d+\)")
_RATING = re.compile("(?:[●○•◦⚫⚪★☆✭✮⭐▮▯█░▓▒■□◼◻⬤◯][ ]?){3,}")
_JOINER = re.compile("(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")
_SPACED_CAPITALS = re.compile(r"(?:[^\W\d_]{1,2} +){4,}[^\W\d_]{1,2}")
_BLANKS = re.compile(r" *\t *| {2,}")


def is_icon(character: str) -> bool:
    """Private-use glyphs, emoji and the pictures of symbol fonts: never text."""
    code = ord(character)
    return (
        0xE000 <= code <= 0xF8FF
        or code >= 0xF0000
        or 0x1F000 <= code <= 0x1FBFF
        or (0x2600 <= code <= 0x27BF and unicodedata.category(character) == "So")
        or code in (0x2B50, 0x2B55, 0x2302, 0x231A, 0x231B, 0x2328, 0x23CE)
        or 0x23E9 <= code <= 0x23FA
        or 0x2580 <= code <= 0x259F
    )


def compose(accent: str, letter: str) -> str | None:
    """The accented letter that a TeX accent glyph and its letter make; ``None`` where there is none."""
    mark = OVERLAID.get(accent)
    if mark is None or not letter:
        return None
    whole = unicodedata.normalize("NFC", _DOTLESS.get(letter[0], letter[0]) + mark)
    return whole + letter[1:] if len(whole) == 1 else None


def _accent(match: re.Match[str]) -> str:
    return compose(match[1], match[2]) or match[0]


def _soft_hyphen(match: re.Match[str]) -> str:
    """A soft hyphen inside a word is no character; between numbers or spaces somebody used it as a dash."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "" if before.isalpha() and after.isalpha() and match[0] == "\u00ad" else "-"


def _despace(match: re.Match[str]) -> str:
    """``E D U C AT I O N`` is one word; two or more spaces part its words."""
    text = match[0]
    letters = text.replace(" ", "")
    singles = sum(len(part) == 1 for part in text.split())
    if letters != letters.upper() or letters == letters.lower() or singles < 0.7 * len(text.split()):
        return text
    return " ".join(part.replace(" ", "") for part in re.split(r" {2,}", text))


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", _HEAPED.sub(r"\1", text))
    text = _CID.sub("", text)
    text = _SOFT_HYPHENS.sub(_soft_hyphen, text)
    text = _JOINER.sub("", text)
    text = text.translate(_TABLE)
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _ACCENT_LETTER.sub(_accent, text)
    text = _RATING.sub(" ", text)
    if any(map(is_icon, text)):
        text = "".join(c for c in text if not is_icon(c))
    text = "\t".join(
        _SPACED_CAPITALS.sub(_despace, cell) if _SPACED_CAPITALS.fullmatch(cell.strip()) else cell
        for cell in text.split("\t")
    )
    text = _BLANKS.sub(lambda match: "\t" if "\t" in match[0] else " ", text)
    return text.strip(" ")


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Text as it reads: ligatures, spaces, hyphens, accents and letters mended, icons and control characters gone.

    Tabs stay (they part cells) and so do line breaks; runs of spaces become one.
    """
    if _PLAIN.fullmatch(text) and "  " not in text and " " not in text:
        return text if "(cid:" not in text else _CID.sub("", text)
    for _ in range(8):
        mended = _once(text)
        if mended == text:
            break
        text = mended
    return text
