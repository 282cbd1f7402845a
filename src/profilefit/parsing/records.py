"""Records: lines whose cells the format itself names, so that nothing in them has to be told from its words."""

from __future__ import annotations

import re

from profilefit.library import Library
from profilefit.library.words import YEAR
from profilefit.models import DateRange, Document, Line
from profilefit.parsing.dates import find_dates

_ISO = re.compile(rf"(?P<year>{YEAR})(?:-(?P<month>\d\d))?(?:-\d\d)?(?:T.*)?")


def record_dates(document: Document, line: Line, library: Library) -> DateRange | None:
    """The period in the ``dates`` cell of a record: a point, or two parted by a dash, of which one may be missing."""
    span = document.field(line, "dates")
    if span is None:
        return None
    first, dash, last = document.text[slice(*span)].partition("–")
    start, end = _point(first, library), _point(last, library)
    if start is None and end is None:
        return None
    return DateRange(
        start=start.start if start else None,
        end=end.end if end else None if dash or start is None else start.end,
        current=bool(dash) and end is None,
        expected=end is not None and end.expected,
        start_char=span[0],
        end_char=span[1],
    )


def _point(text: str, library: Library) -> DateRange | None:
    """The date that a part of a ``dates`` cell says; ``2009-10`` is a month there, never a range of years."""
    if iso := _ISO.fullmatch(text.strip()):
        month = iso["month"] if "01" <= (iso["month"] or "") <= "12" else None
        date = f"{iso['year']}-{month}" if month else iso["year"]
        return DateRange(date, date, False, False, 0, len(text))
    return next(iter(find_dates(text, library.calendar)), None)
