"""Dates as CVs write them: ranges and points, to the month at most, and nothing that only looks like a year.

General date libraries read three of twenty-six such forms and make up a day for each; so this is a small grammar:
a *point* (``Sept 2015``, ``09/2015``, ``2018年9月``, ``Fall 2018``, ``2019``), a range of two points, or a point with
a word that leaves one side open (``since 2019``, ``2020 –``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from profilefit.kept import Kept
from profilefit.library.credentials import Calendar
from profilefit.library.words import YEAR, WordFinder, alternatives, full_year, phrase_pattern, plain
from profilefit.models import DateRange

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2]|[1-9])"
#: A number that begins like a telephone number: the years in it are none.
_PHONE = re.compile(r"(?<![\d/.])(?:\+\d|\(\d{2,5}\)|00?[1-9]\d)[\d ()-]{5,}\d")
_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d+|'")
_NOTHING_BEFORE = r"(?<![\w.,/@#$€£+=~§-])(?<!\d[ ][.,/-])"
#: The groups of the grammar's points.
_KINDS = ("cjk", "iso", "months", "numeric", "name", "season", "back", "year", "pair", "short", "month")
#: Nothing more, or a mark, behind a date.
_ENDED = re.compile(r"\s*(?:$|[\n\t,;:|)])")
#: Lines whose dates are remembered.
_REMEMBERED = 512
#: The end of a range that is written with two digits.
_TWO_DIGITS = re.compile(r"'?(\d\d)(?!\w|[.,:]\d)")
#: Years between the ends of a range, where an end has two digits, and characters of a point, at most.
_WIDEST, _SHORT_WIDEST = 60, 15
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class _Point:
    """A year, or a year and a month, at ``[start, end)`` of the text.

    Attributes:
        kind: ``name``, ``figure``, ``season``, ``year``, or one of the weak kinds that need a second end to count:
            ``month`` (no year: ``May``, also in ``05–07/2016``), ``short`` (two digits), ``weak`` (``9.2015``, like a
            version number), ``twin`` (``2010-11``: November or two years), ``pair`` (``03/19``, like a fraction).
    """

    year: str
    month: str | None
    start: int
    end: int
    kind: str

    @property
    def value(self) -> str:
        return f"{self.year}-{self.month}" if self.month else self.year


class _Grammar:
    """The regular expressions of one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        #: The dates of a text. Remembered: sections, education, positions and papers ask for the same lines.
        self.scan = lru_cache(maxsize=_REMEMBERED)(lambda text: tuple(_scan(plain(text), self)))

    @cached_property
    def point(self) -> re.Pattern[str]:
        month = "(?:" + phrase_pattern(w for m in self.calendar.month.values() for w in m.words) + ")"
        season = "(?:" + phrase_pattern(self.calendar.season.words) + ")"
        marks, parts, to = self.calendar.marks, self.calendar.parts, phrase_pattern(self.calendar.to.words)
        ordinal, of_, term = (alternatives(words) for words in (parts.ordinals, parts.of, parts.terms))
        of = rf"(?:\s*(?:,|\.|/|-|{of_}|'(?=\d{{4}}))\s*|\s+)?"
        year_mark, month_mark, day_mark = (f"(?:{alternatives(m)})" for m in (marks.year, marks.month, marks.day))
        return re.compile(
            rf"""
              (?P<cjk>(?<!\d)(?P<cjk_year>{YEAR})\s?{year_mark}
                    (?:\s?(?P<cjk_month>{_MONTH})\s?{month_mark}(?:\s?\d{{1,2}}\s?{day_mark})?)?)
            | (?P<iso>{_NOTHING_BEFORE}(?P<iso_year>{YEAR})
                    (?:\s?/\s?(?P<iso_m1>{_MONTH})|[.-]\n?(?P<iso_m2>0[1-9]|1[0-2])|\.(?P<iso_m3>[1-9]))
                    (?:[./-]{_DAY}(?!\d))?(?![\w]|[.,/]\d|-(?!{YEAR})\d\d\d))
            | (?P<months>(?<![\w.,/+-])(?P<months_month>{_MONTH})(?=\s?[–-]\s?{_MONTH}\s?[/.]\s?{YEAR}(?!\w|[.,/]\d)))
            | (?P<numeric>(?<![\w.,/+-])(?:(?P<num_first>\d{{1,2}})\s?[./-]\s?)?(?P<num_month>\d{{1,2}})
                    (?:\s?/\s?|\.\s?|-)(?P<num_year>{YEAR})(?!\w|[.,/]\d))
            | (?P<name>(?:(?<![\w.,])(?:{_DAY}(?:{ordinal}|\.)?\s+(?:(?:{of_})\s+)?)?)
                    (?P<name_month>{month})\.?
                    (?:\s+{_DAY}(?:{ordinal})?\s?,)?
                    (?:{of}(?P<name_year>{YEAR})(?!\w|[.,]\d)|\s*['-]\s?(?P<name_short>\d\d)(?![\w]|[.,-]\d)
                      |[ ](?P<name_weak>\d\d)(?!\w|[.,:/]\d)))
            | (?P<season>(?P<season_name>{season})(?:\s+(?:{term}))?{of}
                    (?:(?P<season_year>{YEAR})|'(?P<season_short>\d\d))(?:\s?/\s?(?:{YEAR}|\d\d))?(?!\w|[.,]\d))
            | (?P<back>{_NOTHING_BEFORE}(?P<back_year>{YEAR})(?:\s{{1,2}}(?P<open>\()|[\s,]{{1,2}})
                    (?:(?P<back_month>{month})\.?|{season})(?(open)\)|(?=\s*(?:$|[\n\t),;|–—-]|{to}))))
            | (?P<year>{_NOTHING_BEFORE}(?P<year_year>{YEAR})(?!\w|[.,]\d|\s?%|[/](?!\s|\d\d(?!\d)|{YEAR})))
            | (?P<pair>(?<![\w.,/+-])(?:(?P<pair_month>0?[1-9]|1[0-2])/'?|(?P<pair_dotted>0[1-9]|1[0-2])\.)
                    (?P<pair_year>[6-9]\d|0[1-9]|[123]\d)(?![\w%/]|[.,:]\d))
            | (?P<short>(?<!\w)'(?P<short_year>\d\d)(?!\w|[.,]\d))
            | (?P<month>(?P<month_month>{month})\.?(?=\s*(?:[–—~→-]|{to})))
            """,
            re.IGNORECASE | re.VERBOSE,
        )

    @cached_property
    def names(self) -> WordFinder:
        """Names of months and seasons."""
        return WordFinder([w for m in self.calendar.month.values() for w in m.words] + list(self.calendar.season.words))

    def starts(self, text: str) -> list[int]:
        """Offsets at which a point may begin: trying the pattern at every character is slow."""
        return sorted([*(match.start() for match in _FIGURES.finditer(text)), *self.names.find_starts(text)])

    @cached_property
    def to(self) -> re.Pattern[str]:
        words = phrase_pattern(self.calendar.to.words)
        return re.compile(rf"\s*(?:(?P<dash>[–—‒−-]{{1,3}}|~|〜|～)|->|→|>|/|\.\.\.?|…|(?:{words}))\s*", re.IGNORECASE)

    @cached_property
    def dash(self) -> re.Pattern[str]:
        """All that stands between two dates that are the ends of one: ``2012/13 – 2014/15``."""
        return re.compile(rf"\s*(?:[–—-]|→|{phrase_pattern(self.calendar.to.words)})\s*", re.IGNORECASE)

    @cached_property
    def now(self) -> re.Pattern[str]:
        return re.compile(rf"\(?(?:{phrase_pattern(self.calendar.now.words)})\)?", re.IGNORECASE)

    @cached_property
    def now_behind_dash(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{phrase_pattern(self.calendar.now_behind_dash.words)})(?=\W*(?:$|[\n\t)]))", re.IGNORECASE
        )

    @cached_property
    def expected(self) -> re.Pattern[str]:
        return re.compile(rf"\(?\s*(?:{phrase_pattern(self.calendar.expected.words)})[\s.:,()]*", re.IGNORECASE)

    @cached_property
    def expected_after(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[,(]\s*(?:{phrase_pattern(self.calendar.expected.words)})\s*\)?", re.IGNORECASE)

    @cached_property
    def before(self) -> re.Pattern[str]:
        """Words in front of a date, any number of them."""
        groups = {"since": self.calendar.since, "until": self.calendar.until, "expected": self.calendar.expected,
                  "lead": self.calendar.lead}  # fmt: skip
        words = "|".join(f"(?P<{name}>{phrase_pattern(group.words)})" for name, group in groups.items())
        article = alternatives(self.calendar.parts.articles)
        return re.compile(rf"(?:{words})\s*[.:()]*\s*(?:(?:{article})\s+)?$", re.IGNORECASE)

    @cached_property
    def said_before(self) -> WordFinder:
        """The words of ``before``: where none stands, its pattern need not be tried at every character."""
        calendar = self.calendar
        return WordFinder(
            w for g in (calendar.since, calendar.until, calendar.expected, calendar.lead) for w in g.words
        )

    @cached_property
    def not_year_before(self) -> re.Pattern[str]:
        words = phrase_pattern(self.calendar.not_years.before)
        return re.compile(rf"(?:{words})[^\S\t\n]*$|[\d)]\s*:\s*$", re.IGNORECASE)

    @cached_property
    def not_year_after(self) -> re.Pattern[str]:
        return re.compile(rf"\s(?:{phrase_pattern(self.calendar.not_years.after)})", re.IGNORECASE)


def _grammar(calendar: Calendar) -> _Grammar:
    return _GRAMMARS.of(calendar, "", lambda: _Grammar(calendar))


_GRAMMARS = Kept[_Grammar]()


def find_dates(text: str, calendar: Calendar, offset: int = 0) -> list[DateRange]:
    """Every period or point in time in ``text``, in order.

    A point has ``start == end``; what is left open is ``None``: ``2020 –`` has no end and is current, ``until 2019``
    has no start. Spans hold the words that belong to the date ("since", "expected"), not what follows in brackets.

    Args:
        offset: added to ``start_char`` and ``end_char``; the position of ``text`` in the document.

    >>> from profilefit.library import load_library
    >>> [found] = find_dates("ML engineer, Sep 2015 – Present", load_library().calendar)
    >>> found.start, found.end, found.current
    ('2015-09', None, True)
    """
    if not _DIGIT.search(text):
        return []
    return [_moved(date, offset) for date in _grammar(calendar).scan(text)]


def _scan(text: str, grammar: _Grammar) -> Iterator[DateRange]:
    phones = [match.span() for match in _PHONE.finditer(text)]
    starts = grammar.starts(text)
    at, floor = 0, 0
    held: DateRange | None = None
    while point := _next_point(text, grammar, starts, at):
        at = point.end
        found = _range(text, point, grammar, floor)
        if found is None:
            continue
        at = floor = found.end_char
        if point.kind == "year" and (_is_no_year(text, point, grammar) or any(a <= point.start < b for a, b in phones)):
            continue
        goes_on = held and not held.current and (found.end or "9") >= (held.end or "")
        if held and goes_on and grammar.dash.fullmatch(text, held.end_char, found.start_char):
            found = replace(found, start=held.start, start_char=held.start_char)
        elif held:
            yield held
        held = found
    if held:
        yield held


def _moved(date: DateRange, offset: int) -> DateRange:
    return replace(date, start_char=date.start_char + offset, end_char=date.end_char + offset)


def _next_point(text: str, grammar: _Grammar, starts: Sequence[int], at: int) -> _Point | None:
    for start in starts[bisect_left(starts, at) :]:
        if start >= at and (match := grammar.point.match(text, start)):
            if point := _point(match, grammar):
                return point
            at = match.end()
    return None


def _point(match: re.Match[str], grammar: _Grammar) -> _Point | None:
    parts = match.groupdict()
    kind = next(kind for kind in _KINDS if parts[kind])
    numbers = grammar.calendar.month_numbers
    year: str | None = parts.get(f"{kind}_year")
    month: str | None = parts.get(f"{kind}_month")
    if kind == "cjk":
        kind = "figure"
    elif kind == "iso":
        year, month = parts["iso_year"], parts["iso_m1"] or parts["iso_m2"] or parts["iso_m3"]
        twin = len(month) == 2 and int(month) > int(year[2:]) and match.end() - match.start() == 7
        kind = "twin" if twin and "." not in match.group() else "weak" if parts["iso_m3"] else "figure"
    elif kind == "numeric":
        year, month = parts["num_year"], parts["num_month"]
        if parts["num_first"] and int(month) > 12:
            month = parts["num_first"]
        if not 1 <= int(month) <= 12 or int(parts["num_first"] or 1) > 31:
            return _Point(year, None, match.start("num_year"), match.end(), "year")
        kind = "weak" if re.match(r"\d\.", match.group()) else "figure"
    elif kind in ("name", "back", "month"):
        named = parts[f"{kind}_month"]
        month = numbers.get(named.lower().strip(".")) if named else None
        if kind == "name":
            year = parts["name_year"] or _full_year(parts["name_short"] or parts["name_weak"])
            kind = "short" if parts["name_weak"] else "name"
        elif kind == "month" and month is None:
            return None
    elif kind == "months":
        kind = "month"
    elif kind == "pair":
        year, month = _full_year(parts["pair_year"]), parts["pair_month"] or parts["pair_dotted"]
    elif kind in ("season", "short"):
        year = parts["season_year"] or _full_year(parts["season_short"] or parts["short_year"])
        month = None
    return _Point(year or "", month.zfill(2) if month else None, match.start(), match.end(), kind)


def _full_year(digits: str | None) -> str:
    return str(full_year(digits)) if digits else ""


def _is_no_year(text: str, point: _Point, grammar: _Grammar) -> bool:
    before, after = text[max(0, point.start - 24) : point.start], text[point.end : point.end + 16]
    return bool(grammar.not_year_before.search(before) or grammar.not_year_after.match(after))


def _range(text: str, first: _Point, grammar: _Grammar, floor: int) -> DateRange | None:
    """The range that begins with a point; ``None`` where a weak point stands alone."""
    begin, since, until, expected = _words_before(text, first.start, grammar, floor)
    opened = _second(text, first, grammar)
    if opened is None:
        if first.kind == "month" or (first.kind in ("short", "weak") and begin == first.start):
            return None
        if first.kind == "pair" and not (since and _ENDED.match(text, first.end)):
            return None
        if first.kind == "twin":
            return DateRange(first.year, first.year[:2] + (first.month or ""), False, expected, begin, first.end)
        after = grammar.expected_after.match(text, first.end)
        end = after.end() if after else first.end
        value = first.value
        if since:
            return DateRange(value, None, not expected, expected, begin, end)
        if until:
            return DateRange(None, value, False, expected, begin, end)
        return DateRange(value, value, False, expected or bool(after), begin, end)
    second, end, foreseen = opened
    if isinstance(second, str):
        if first.kind == "month":
            return None
        return DateRange(first.value, None, second != "open" or since or not expected, expected, begin, end)
    start_year = first.year
    if first.kind == "month":
        start_year = second.year
        if second.month is None:
            return None
        if (first.month or "") > second.month:
            start_year = str(int(start_year) - 1)
    start = f"{start_year}-{first.month}" if first.month else start_year
    after = grammar.expected_after.match(text, end)
    expected = expected or foreseen or bool(after)
    return DateRange(start, second.value, False, expected, begin, after.end() if after else end)


def _words_before(text: str, start: int, grammar: _Grammar, floor: int) -> tuple[int, bool, bool, bool]:
    """Where the words in front of a date begin, and whether they say since, until or expected."""
    since = until = expected = False
    for _ in range(3):
        window = max(floor, start - 32)
        words = text[window:start]
        match = grammar.before.search(words) if grammar.said_before.may_find(words) else None
        if not match:
            break
        since |= bool(match["since"])
        until |= bool(match["until"])
        expected |= bool(match["expected"])
        start = window + match.start()
    return start, since, until, expected


def _second(text: str, first: _Point, grammar: _Grammar) -> tuple[_Point | str, int, bool] | None:
    """The far end of a range: a point, ``"now"`` or ``"open"``, where it ends, and whether it is called expected."""
    to = grammar.to.match(text, first.end)
    now = grammar.now.match(text, _skip(text, first.end, r"\s*[,(]?\s*"))
    if now and first.kind not in ("month", "short"):
        return "now", now.end(), False
    if not to or to.end() == first.end:
        return None
    if first.kind == "twin" and to.group().strip() == "/":
        return None
    at = to.end()
    foreseen = grammar.expected.match(text, at)
    if foreseen and foreseen.end() > at:
        at = foreseen.end()
    if now := grammar.now.match(text, at) or grammar.now_behind_dash.match(text, at):
        return "now", now.end(), bool(foreseen)
    point = _point_at(text, at, grammar)
    if point and _fits(first, point) and not (point.kind == "year" and _is_no_year(text, point, grammar)):
        end = _skip(text, point.end, r"\s?\)") if "(" in text[first.end : point.start] else point.end
        return point, end, bool(foreseen)
    if short := _short_end(text, at, first):
        return short, short.end, bool(foreseen)
    dash = to["dash"] or (to.group().strip() if to.group().strip() in ("→", "->") else None)
    if dash and dash[0] != "~" and first.kind not in ("month", "short", "pair"):
        tail = text[first.end + len(to.group().rstrip()) :]
        if left_open := re.match(r"[ ]*(?:…|\.{3})(?=\s|$)|(?=[ ]*(?:$|[\n\t(),;|\]])|[ ]{2,})", tail):
            return "open", first.end + len(to.group().rstrip()) + left_open.end(), False
    return None


def _short_end(text: str, at: int, first: _Point) -> _Point | None:
    """A year of two digits that ends a range, maybe in the next century: "2015–19", "1998 – 02"."""
    short = _TWO_DIGITS.match(text, at)
    if short is None or first.kind not in ("year", "season"):
        return None
    begun = int(first.year)
    year = begun // 100 * 100 + int(short[1])
    year += 100 * (year <= begun)
    return _Point(str(year), None, *short.span(), "year") if year <= begun + _SHORT_WIDEST else None


def _point_at(text: str, at: int, grammar: _Grammar) -> _Point | None:
    """The point that begins at ``at``, whatever stands in front of it."""
    match = grammar.point.match(text[at : at + _LONGEST])
    point = _point(match, grammar) if match else None
    return replace(point, start=at + point.start, end=at + point.end) if point else None


def _fits(first: _Point, second: _Point) -> bool:
    """Whether ``second`` can be the far end of a range from ``first``."""
    if second.kind == "month" or (second.kind == "short" and first.kind not in ("short", "name", "month")):
        return False
    if "pair" in (first.kind, second.kind):
        numeric = {first.kind, second.kind} <= {"pair", "figure"} and first.month and second.month
        widest = _WIDEST if first.kind == second.kind else _SHORT_WIDEST
        return bool(numeric) and first.value <= second.value and int(second.year) - int(first.year) <= widest
    if first.kind == "month":
        return True
    gap = int(second.year) - int(first.year)
    return 0 <= gap <= _WIDEST


def _skip(text: str, at: int, pattern: str) -> int:
    match = re.compile(pattern).match(text, at)
    return match.end() if match else at
