"""Dates in all the forms that CVs use, and the numbers that are none."""

from __future__ import annotations

import pytest

from profilefit.library import load_library
from profilefit.library.words import full_year
from profilefit.parsing.dates import find_dates

CALENDAR = load_library().calendar
NOW = "now"


def read(text: str) -> list[tuple[str | None, str | None]]:
    return [(date.start, NOW if date.current else date.end) for date in find_dates(text, CALENDAR)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2015 - 2019", "2015", "2019"),
        ("(2015 - 2019)", "2015", "2019"),
        ("03/19 - heden", "2019-03", NOW),
        ("03.19 – 06.21", "2019-03", "2021-06"),
        ("seit 04/21", "2021-04", NOW),
        ("dal 1° ottobre 2021", "2021-10", NOW),
        ("2016 – ad oggi", "2016", NOW),
        ("jan. 2017 - tills vidare", "2017-01", NOW),
        ("2022 (Oct) – now", "2022-10", NOW),
        ("2021 (Jan) – 2022 (Sep)", "2021-01", "2022-09"),
        ("2019→", "2019", NOW),
        ("mid-2015 – end of 2017", "2015", "2017"),
        ("Anfang 2015 – Ende 2017", "2015", "2017"),
        ("červen 2015 – září 2018", "2015-06", "2018-09"),
        ("tháng 3/2015 – nay", "2015-03", NOW),
        ("2015-2019", "2015", "2019"),
        ("2015–19", "2015", "2019"),
        ("1999–00", "1999", "2000"),
        ("1999/00", "1999", "2000"),
        ("1998 – 02", "1998", "2002"),
        ("1999 – '02", "1999", "2002"),
        ("1999–2000", "1999", "2000"),
        ("09/1998 – 06/02", "1998-09", "2002-06"),
        ("09/15 – 06/2019", "2015-09", "2019-06"),
        ("2019/2020", "2019", "2020"),
        ("2012/13 - 2014/15", "2012", "2015"),
        ("’08–’11", "2008", "2011"),
        ("2009-11", "2009", "2011"),
        ("Sep 2015 – Present", "2015-09", NOW),
        ("Sept 2015-Present", "2015-09", NOW),
        ("Jan. 2020 — now", "2020-01", NOW),
        ("2024-02 → now", "2024-02", NOW),
        ("June 2013 - present (7 years 2 months)", "2013-06", NOW),
        ("2018 until today", "2018", NOW),
        ("since 2019", "2019", NOW),
        ("seit 04/2021", "2021-04", NOW),
        ("2020-", "2020", NOW),
        ("Oct 2023 –", "2023-10", NOW),
        ("2019年9月至今", "2019-09", NOW),
        ("2022년 8월 - Present (3년 5개월)", "2022-08", NOW),
        ("dezembro de 2024 - Present (9 meses)", "2024-12", NOW),
        ("September 2015 to June 2018", "2015-09", "2018-06"),
        ("09/2015 - 06/2019", "2015-09", "2019-06"),
        ("2018/09 – 2020/06", "2018-09", "2020-06"),
        ("01.2020–12.2021", "2020-01", "2021-12"),
        ("2021.03 ~ 2023.02", "2021-03", "2023-02"),
        ("2015-09 – 2019-06", "2015-09", "2019-06"),
        ("01/09/2020–31/08/2021", "2020-09", "2021-08"),
        ("oct. 2019 - août 2021", "2019-10", "2021-08"),
        ("May ’18 – Aug ’19", "2018-05", "2019-08"),
        ("Jan – May 2025", "2025-01", "2025-05"),
        ("Nov – Feb 2020", "2019-11", "2020-02"),
        ("Fall 2018 - Spring 2020", "2018", "2020"),
        ("(October\n2022 - June 2026)", "2022-10", "2026-06"),
        ("2019", "2019", "2019"),
        ("Summer 2021", "2021", "2021"),
        ("2012, autumn", "2012", "2012"),
        ("2018 (été) Guide saisonnière", "2018", "2018"),
        ("2011 – 2014 (summers)", "2011", "2014"),
        ("oct. 2024 – …", "2024-10", NOW),
        ("Class of 2020", "2020", "2020"),
        ("Graduated: 2014", "2014", "2014"),
        ("1998 - 2002", "1998", "2002"),
        ("until 2019", None, "2019"),
        ("Expected May 2026", "2026-05", "2026-05"),
    ],
)
def test_one_date_to_the_month_at_most(text: str, start: str | None, end: str | None) -> None:
    assert read(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "+49 711 2015 123",
        "512-555-2015",
        "1,200 in all",
        "12,019 users",
        "Python 3.2019",
        "v2021.1",
        "arXiv:2005.12345",
        "pp. 2010–2019",
        "37: 1834–42",
        "2310 citations",
        "on 2048 GPUs",
        "example.org/2019",
        "You may set the seed",
        "US 2025/0123456 A1",
        "1949 or 2050",
    ],
)
def test_what_only_looks_like_a_year(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["March 2026 – (expected February 2030)", "Oct 2025 – (exp.) 2029", "May 2026 (expected)"]
)
def test_an_expected_end(text: str) -> None:
    [date] = find_dates(text, CALENDAR)
    assert date.expected
    assert not date.current
    assert date.end


def test_a_second_number_too_far_off_is_no_end() -> None:
    assert read("1998 – 40") == [("1998", "1998")]
    assert read("2019 – 15") == [("2019", "2019")]


def test_two_digits_stand_for_one_year_everywhere() -> None:
    assert [full_year(digits) for digits in ("49", "'50", "55", "2049")] == [2049, 1950, 1955, 2049]


def test_spans_hold_the_words_that_belong_to_the_date() -> None:
    text = "Engineer at Foo, since 03/2019; Intern, 2018"
    dates = find_dates(text, CALENDAR, offset=100)
    assert [text[d.start_char - 100 : d.end_char - 100] for d in dates] == ["since 03/2019", "2018"]
