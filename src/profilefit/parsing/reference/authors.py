"""Where the authors at the beginning of a reference end.

Names with initials are told by their shape. Names without ("Ines Vale, Jo Roe", "Okonkwo-Reyes, Huang-Mbeki") look like
the words of a title in capitals: they are authors only where nothing but names stands before the first full stop, colon
or year, and something that reads as a title behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from profilefit.library.references import References
from profilefit.library.words import YEAR

_HAN_AUTHORS = re.compile(r"(?:[\u4e00-\u9fff]{2,4}[,;、] ?)*[\u4e00-\u9fff]{2,4}\. ")
#: What may end a list of authors: a full stop, a colon, a year in brackets, a line, the comma before a title.
_STOP = re.compile(rf"(?P<stop>\.(?=\s)|[:\n,;])\s*|\s(?=\({YEAR})")
#: A remark behind the names: "(* equal contribution)".
_REMARK = re.compile(rf"\s*\((?!{YEAR})[^()]{{3,60}}\)$")
#: Characters of the longest list of names that is looked at, and how many of them make a list without a joining word.
_LONGEST_LIST, _MANY = 400, 3


def authors_end(text: str, references: References, is_titled: Callable[[int], bool]) -> int:
    """Where the authors of a reference in ``plain`` text end; 0 where it names none.

    Args:
        is_titled: whether what begins at a place reads as a title with something behind it.
    """
    if han := _HAN_AUTHORS.match(text):
        return han.end()
    strict = references.authors_end(text)
    if strict and not references.goes_on.search(text[:strict]) and is_titled(strict):
        return strict
    label = references.label.match(text)
    open_list = strict and references.goes_on.search(text[:strict])
    begin = strict if open_list else label.end() if label else 0
    return _full_names_end(text, begin, references, is_titled, listed=bool(open_list)) or strict


def _full_names_end(
    text: str, begin: int, references: References, is_titled: Callable[[int], bool], *, listed: bool
) -> int:
    for stop in _STOP.finditer(text, begin, begin + _LONGEST_LIST):
        names, joined = count_names(text[begin : stop.start()], references)
        if not names:
            continue
        told = listed or joined or names >= _MANY
        by_comma = stop["stop"] in (",", ";")
        if (by_comma and not joined) or (stop["stop"] == ":" and not told) or (stop["stop"] == "\n" and names < 2):
            continue
        if is_titled(stop.end()):
            return stop.end()
    return 0


def count_names(text: str, references: References) -> tuple[int, bool]:
    """How many names a text is made of, 0 for one that holds anything else, and whether a word joins the last two."""
    text = _REMARK.sub("", text)
    at, count, joined = 0, 0, False
    while name := references.full_name.match(text, at):
        count += 1
        if name.end() == len(text):
            return count, joined or bool(references.others_end.search(text))
        if not (between := references.between.match(text, name.end())):
            return 0, False
        joined = bool(between["also"] or between["join"])
        at = between.end()
    return 0, False
