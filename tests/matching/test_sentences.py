"""The roles' own sentences run as tests, and there are enough of them."""

from __future__ import annotations

import pytest

from profilefit.library import Library, load_library
from profilefit.matching import find_sentence_problems
from profilefit.matching.facts import group_words


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


def test_every_skill_named_exists(library: Library) -> None:
    ids = {"#" + skill for skill in library.skills}
    named = {word for group in library.groups.group for word in group.words if word.startswith("#")}
    named |= {"#" + skill for area in library.areas.area for skill in area.skills}
    named |= {word for area in library.areas.area for word in area.names if word.startswith("#")}
    named |= {"#" + skill for near in library.adjacency.near for skill in (near.have, near.want)}
    assert sorted(named - ids) == []


def test_every_group_named_exists(library: Library) -> None:
    known = {f"<{name}>" for name in group_words(library)}
    named = {word for group in library.groups.group for word in group.words if word.startswith("<")}
    for role in library.roles.values():
        patterns = [p for r in role.requirements for p in r.patterns]
        patterns += [p for item in role.scope for p in item.patterns] + [*role.work, *role.deliverables]
        named |= {
            word
            for p in patterns
            for words in (p.action, p.object, p.context, p.unless)
            for word in words
            if word[0] == "<"
        }
    assert sorted(named - known) == []
