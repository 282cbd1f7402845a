"""Numbers, dates and lists of words as people write them, and text that is safe to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

EFFORTS = {"S": "days", "M": "weeks", "L": "months", "XL": "a year or more"}


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


NOT_FOUND = "not found in this document"


def clean(text: str) -> str:
    """``text`` on one line without control, format or bidirectional characters: safe to print, whatever a CV holds.

    >>> clean("red \\x1b[31mtext\\x1b[0m\\nnext")
    'red [31mtext[0m next'
    """
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """``text`` without control, format or bidirectional characters, its blanks as they are."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def percent(share: float) -> str:
    """A share of 1 as a whole percentage, halves rounded up.

    >>> percent(0.745)
    '75%'
    """
    return f"{int(share * 100 + 0.5 + 1e-9)}%"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "paper"), plural(2, "piece of software", "pieces of software")
    ('1 paper', '2 pieces of software')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """With a capital at its start and nothing else changed.

    >>> sentence("cloud on AWS")
    'Cloud on AWS'
    """
    return words[:1].upper() + words[1:]


def month(date: str | None) -> str:
    """A date of the model as people write it.

    >>> month("2021-03"), month("2019"), month(None)
    ('Mar 2021', '2019', '')
    """
    if not date:
        return ""
    year, _, number = date.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number else year


def period(start: str | None, end: str | None, *, current: bool) -> str:
    """From when to when.

    >>> period("2021-03", None, current=True)
    'since Mar 2021'
    >>> period("2018", "2019-06", current=False)
    '2018 to Jun 2019'
    """
    if current:
        return f"since {month(start)}" if start else "now"
    return " to ".join(part for part in (month(start), month(end)) if part)


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Words with commas; past ``most`` of them only their number.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    words = list(words)
    if most is None or len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def span(months: int) -> str:
    """A number of months in words.

    >>> span(1), span(24), span(39)
    ('1 month', '2 years', '3 years 3 months')
    """
    years, rest = divmod(months, 12)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (rest, "month")) if n]
    return " ".join(parts)
