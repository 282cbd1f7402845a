"""Counts of parts add up to those of the whole, whoever counts which part."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohort.examiners import record
from profilefit.cohort.aggregates import summarize
from profilefit.cohort.counts import Counts, count_records
from profilefit.cohort.summary import Names
from profilefit.library import load_library

RECORDS = [record(f"{number * 2654435761 % 2**32:08x}" + "0" * 56) for number in range(60)]
#: In one part skills of different requirements, in the whole skills of one: no pair of a summary.
RECORDS[7]["gaps"] = [["ml-engineer", "E4", "aws"], ["ml-engineer", "E4", "tflite"]]


@pytest.fixture(scope="module")
def whole() -> Counts:
    return count_records(RECORDS)


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(st.integers(0, 3), min_size=60, max_size=60), order=st.randoms(use_true_random=False))
def test_any_partitioning_gives_the_same_study(whole: Counts, parts: list[int], order: random.Random) -> None:
    names = Names.of(load_library())
    shuffled = order.sample(RECORDS, len(RECORDS))
    counted = [count_records(r for r, p in zip(shuffled, parts, strict=True) if p == part) for part in range(4)]
    total = sum(counted, Counts())
    for k in (0, 5):
        assert summarize(total, names, min_cell=k) == summarize(whole, names, min_cell=k)
    rows = [row for counts in counted for row in counts.rows()]
    order.shuffle(rows)
    assert Counts.of_rows(rows) == total


def test_skills_that_stand_for_each_other_are_no_pair(whole: Counts) -> None:
    def pairs(counts: Counts) -> int:
        return len(summarize(counts, Names.of(load_library())).roles[0].together)

    assert whole.shows["ml-engineer", "aws", "E4"] == 1
    assert pairs(whole) == 0
    assert pairs(count_records(RECORDS[8:])) == 1
    assert pairs(count_records(RECORDS[:8]) + count_records(RECORDS[8:])) == 0
