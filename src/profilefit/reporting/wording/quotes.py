"""A quote as it is shown: where it stands, and what is cut around the words that count."""

from __future__ import annotations

from profilefit.models import (
    Evidence,
)
from profilefit.reporting.wording.text import clean


def place(evidence: Evidence) -> str:
    """Where a quote stands: page and section, or line and section for formats without pages."""
    at = f"page {evidence.page}" if evidence.page else f"line {evidence.line}"
    return f"{at}, {evidence.section.replace('-', ' ')}" if evidence.section else at


def quote_around(evidence: Evidence, length: int) -> tuple[str, str, str]:
    """The quote as (before, match, after), cut at words to about ``length`` characters around the match.

    The match is returned empty where it does not stand in the quote as one piece.
    """
    quote, match = clean(evidence.quote), clean(evidence.match)
    at = quote.find(match) if match else -1
    if at < 0:
        return _cut_end(quote, length), "", ""
    before, after = quote[:at], quote[at + len(match) :]
    match = _cut_end(match, length)
    if len(before) + len(match) <= length * 3 // 4:  # the start of a sentence reads better than its middle
        return before, match, _cut_end(after, length - len(before) - len(match))
    room = max(0, length - len(match))
    if len(before) + len(after) > room:
        ahead = min(len(before), max(room // 2, room - len(after)))
        before = _cut_start(before, ahead)
        after = _cut_end(after, max(0, room - len(before)))
    return before, match, after


def _cut_end(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head = text[: max(0, length - 2)]
    cut = head.rfind(" ")
    return (head[:cut] if cut > len(head) - 24 else head).rstrip(" ,;:") + " …"


def _cut_start(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    tail = text[len(text) - max(0, length - 2) :]
    cut = tail.find(" ")
    return "… " + (tail[cut + 1 :] if 0 <= cut < 24 else tail)
