"""Small counts stay hidden, whatever is computed from the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profilefit.cohort.aggregates import summarize
from profilefit.cohort.counts import count
from profilefit.cohort.privacy import hide_row, hide_table
from profilefit.cohort.reporting import as_json
from profilefit.cohort.summary import Names
from profilefit.cohort.tables import Tables
from profilefit.library import load_library

Shown = list[list[int | None]]


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    values = st.one_of(st.integers(0, 4), st.integers(0, 12))
    return draw(st.lists(st.lists(values, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def with_totals(counts: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def consistent(shown: Shown, truth: list[list[int]], cell: tuple[int, int]) -> bool:
    """Whether another table of counts fits all that is shown, with another number in this cell.

    Such a table is looked for by steps of one along the hidden cells, totals among them: a walk that changes rows and
    columns by turns and comes back, in either direction. That is enough to be safe; it asks for more than is needed.
    """
    height, width = len(truth) - 1, len(truth[0]) - 1

    def sign(place: tuple[int, int]) -> int:  # totals stand on the other side of the equation
        return -1 if (place[0] == height) != (place[1] == width) else 1

    def walks(path: list[tuple[int, int]], along_row: bool) -> Iterator[list[tuple[int, int]]]:
        row, column = path[-1]
        if not along_row and len(path) > 1 and column == path[0][1]:
            yield path
            return
        places = [(row, c) for c in range(width + 1)] if along_row else [(r, column) for r in range(height + 1)]
        for place in places:
            if shown[place[0]][place[1]] is None and place not in path:
                yield from walks([*path, place], not along_row)

    for path in walks([cell], True):
        for step in (1, -1):
            changed = {p: truth[p[0]][p[1]] + step * (-1) ** at * sign(p) for at, p in enumerate(path)}
            if min(changed.values()) >= 0 and _adds_up({**_cells(truth), **changed}, height, width):
                return True
    return False


def _cells(table: list[list[int]]) -> dict[tuple[int, int], int]:
    return {(r, c): value for r, row in enumerate(table) for c, value in enumerate(row)}


def _adds_up(cells: dict[tuple[int, int], int], height: int, width: int) -> bool:
    rows = all(sum(cells[r, c] for c in range(width)) == cells[r, width] for r in range(height + 1))
    return rows and all(sum(cells[r, c] for r in range(height)) == cells[height, c] for c in range(width + 1))


@settings(max_examples=300, deadline=None)
@given(tables(), st.integers(2, 6))
def test_no_hidden_number_can_be_computed(counts: list[list[int]], k: int) -> None:
    shown, truth = hide_table(counts, k), with_totals(counts)
    for r, row in enumerate(shown):
        for c, number in enumerate(row):
            assert number in (None, truth[r][c])
            if 0 < truth[r][c] < k and (r, c) != (len(counts), len(counts[0])):
                assert number is None
            if number is None and truth[-1][-1] >= k:
                assert consistent(shown, truth, (r, c)), (shown, truth, (r, c))


@settings(max_examples=200, deadline=None)
@given(tables())
def test_nothing_is_hidden_without_need(counts: list[list[int]]) -> None:
    truth = with_totals(counts)
    assert hide_table(counts, 1) == truth
    smallest = min((value for row in truth for value in row if value), default=0)
    assert hide_table(counts, smallest) == truth


@given(st.lists(st.integers(0, 20), min_size=1, max_size=6), st.integers(2, 6))
def test_a_row_hides_no_count_alone(counts: list[int], k: int) -> None:
    shown = hide_row(counts, k)
    hidden = [count for count, number in zip(counts, shown, strict=True) if number is None]
    assert all(number is None for count, number in zip(counts, shown, strict=True) if 0 < count < k)
    assert len([count for count in hidden if count]) != 1 or sum(counts) < k


@pytest.mark.parametrize("k", [2, 5, 12, 60, 500])
def test_no_small_number_is_left_in_a_summary(many: Tables, k: int) -> None:
    """Not in the counts, nor as the rest that a count leaves of its total."""
    summary = summarize(count(many), Names.of(load_library()), min_cell=k)
    numbers = list(_numbers({**as_json(summary), "profiles": 0}))
    assert [number for number in numbers if 0 < number < k] == []
    for row in summary.by_degree:
        assert list(row.counts).count(None) != 1
    for group in summary.groups:
        assert group.profiles is None or group.profiles >= k
        for skill in group.skills:
            assert skill.profiles is not None
            assert group.profiles is not None
            assert not 0 < group.profiles - skill.profiles < k
    assert bool(summary.groups) == (k <= 200)


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in ("min_cell", "failed", "copies", "skipped"):
                yield from _numbers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, int):
        yield value
