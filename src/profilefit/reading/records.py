"""Lines of formats that name their parts: a heading a table, a record an entry, the person's own words below it."""

from __future__ import annotations

import re

from profilefit.errors import DocumentTooLarge
from profilefit.reading.assemble import Draft
from profilefit.reading.clean import clean
from profilefit.reading.limits import Limits
from profilefit.reading.text import strip_mark

#: Between the start and the end of a period in a ``dates`` cell.
DASH = "–"
_SURROGATES = re.compile("[\ud800-\udfff]")


class Records:
    """The lines of one person's records, in the order in which they are added.

    Adding raises ``DocumentTooLarge`` where lines or characters go over ``limits.lines`` or ``limits.glyphs_total``.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.drafts: list[Draft] = []
        self._name, self._limits, self._characters = name, limits, 0
        self._heading = ""

    def section(self, title: str) -> None:
        """What follows stands under this heading; one without lines leaves no trace."""
        self._heading = title

    def record(self, **fields: str) -> None:
        """One entry: its facts as cells, each with its name; those without text are left out."""
        cells = {name: text for name, value in fields.items() if (text := self._text(value))}
        if cells:
            self._append(Draft.of("\t".join(cells.values()), fields=tuple(cells), gap=1.0))

    def item(self, text: str) -> None:
        """One item of a list."""
        if content := strip_mark(self._text(text))[0]:
            self._append(Draft.of(content, bullet=True))

    def prose(self, text: str) -> None:
        """The person's own words: a paragraph a line; list marks become attributes."""
        self._count(text)
        for line in text.splitlines():
            content, bullet = strip_mark(plain_line(line))
            if content:
                self._append(Draft.of(content, bullet=bullet))

    def _text(self, value: str) -> str:
        self._count(value)
        return plain_line(value)

    def _count(self, value: str) -> None:
        self._characters += len(value)
        if self._characters > self._limits.glyphs_total:
            limit = f"{self._limits.glyphs_total:,}"
            raise DocumentTooLarge(self._name, f"its text is over {limit} characters; give one person's CV")

    def _append(self, draft: Draft) -> None:
        if self._heading:
            heading, self._heading = self._heading, ""
            self._append(Draft.of(heading, heading=2, style="h2", gap=1.0))
        if len(self.drafts) >= self._limits.lines:
            raise DocumentTooLarge(self._name, f"it has over {self._limits.lines:,} lines; give one person's CV")
        self.drafts.append(draft)


def plain_line(text: str) -> str:
    """A value as one line without tabs: clean, and without halves of characters, which no text may hold."""
    return " ".join(clean(_SURROGATES.sub("", text)).split())


def period(start: str, end: str) -> str:
    """The ``dates`` cell of a record: ``start – end``; empty without either."""
    return f"{start.strip()} {DASH} {end.strip()}".strip() if start.strip() or end.strip() else ""
