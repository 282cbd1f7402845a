"""The roles' own sentences run as tests, and there are enough of them."""

from __future__ import annotations

import pytest

from profilefit.library import Library, load_library
from profilefit.matching import find_sentence_problems


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_every_sentence_does_what_it_says(library: Library) -> None:
    assert [str(problem) for problem in find_sentence_problems(library)] == []


def test_every_requirement_has_many_sentences(library: Library) -> None:
    for role in library.roles.values():
        for requirement in role.requirements:
            yes = {row for pattern in requirement.patterns for row in pattern.yes}
            no = {row for pattern in requirement.patterns for row in pattern.no}
            assert len(yes) >= 15, requirement.id
            assert len(no) >= 15, requirement.id
