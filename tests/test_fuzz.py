"""A few hundred damaged files; ``fuzz/fuzz_reading.py`` runs as many as one likes."""

from __future__ import annotations

from random import Random

import fuzz_reading
from hypothesis import given, settings
from hypothesis import strategies as st
from mutators import mutate

from profilefit import load_library

#: The smaller half of the files: what matters is the damage.
FILES = [data for data in fuzz_reading.seeds() if len(data) < 40_000]
LIBRARY = load_library()


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.integers(0, len(FILES) - 1), st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused(number: int, chance: int) -> None:
    data = mutate(FILES[number], Random(chance), FILES)
    fuzz_reading.check(data, LIBRARY if chance % 8 == 0 else None)


def test_a_seed_makes_the_same_cases_every_time() -> None:
    assert [fuzz_reading.case(5, n, FILES) for n in range(40)] == [fuzz_reading.case(5, n, FILES) for n in range(40)]
