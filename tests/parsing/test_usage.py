"""How long and when last a skill was used, from the dated entries that name it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profilefit.library import Library
from profilefit.models import Document, Skill
from profilefit.parsing import parse

Read = Callable[[str], dict[str, Skill]]


@pytest.fixture
def skills(page: Callable[[str], Document], library: Library) -> Read:
    def read(body: str) -> dict[str, Skill]:
        return {skill.id: skill for skill in parse(page("Robin Example\n\n# Experience\n" + body), library).skills}

    return read


def job(title: str, dates: str, line: str) -> str:
    return f"* {title}, Fjord Credit | {dates}\n- {line}\n\n"


@pytest.mark.parametrize(
    ("jobs", "months", "last"),
    [
        ([("03/2018 – 05/2018", "Wrote the ledger in Python.")], 3, "2018-05"),
        ([("2015 – 2019", "Wrote the ledger in Python.")], 48, "2019"),
        (  # they overlap by six months
            [("01/2018 – 12/2018", "Python services."), ("07/2018 – 06/2019", "More Python services.")],
            18,
            "2019-06",
        ),
        (  # a gap between them does not count
            [("01/2018 – 06/2018", "Python services."), ("01/2020 – 06/2020", "More Python services.")],
            12,
            "2020-06",
        ),
        (  # what still runs ends with the last date named
            [("01/2019 – present", "Python services."), ("10/2021 – 12/2021", "Java services.")],
            36,
            "2021-12",
        ),
        ([("2019", "Wrote the ledger in Python.")], None, "2019"),
        ([("01/2019 – 12/2019", "Wrote the ledger in Java, never used Python.")], None, None),
    ],
)
def test_length_and_last_use(skills: Read, jobs: list[tuple[str, str]], months: int | None, last: str | None) -> None:
    found = skills("".join(job("Engineer", dates, line) for dates, line in jobs))
    python = found.get("python")
    assert (python.months_used if python else None, python.last_used if python else None) == (months, last)


def test_a_list_of_skills_has_no_dates(skills: Read) -> None:
    found = skills(job("Engineer", "2015 – 2019", "Wrote the ledger in Java.") + "# Skills\nPython, Docker\n")
    assert (found["docker"].months_used, found["docker"].last_used, found["docker"].uses) == (None, None, ())
    assert [(use.start, use.end, use.current) for use in found["java"].uses] == [("2015", "2019", False)]
