"""A profile beside a role: every requirement decided, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from profilefit.errors import Problem
from profilefit.library import REMEMBERED, Library
from profilefit.library.roles import Role
from profilefit.matching.evidence import Reading, Slots, build_slots, role_lists
from profilefit.matching.facts import area_lists, group_words, is_about
from profilefit.matching.gaps import find_gaps
from profilefit.matching.mix import count_pieces, find_deliveries, find_papers, share
from profilefit.matching.sentences import rehearse, sentence_problems
from profilefit.matching.verdicts import compare_degree, fit, judge, judge_scope
from profilefit.models import Assessment, Deliverables, Mix, Profile, Salary

__all__ = ["assess", "count_deliverables", "find_sentence_problems", "rehearse", "weigh_mix"]


@lru_cache(maxsize=REMEMBERED)
def _slots(library: Library) -> Slots:
    lists = [words for role in library.roles.values() for words in role_lists(role)]
    return build_slots([*lists, *area_lists(library)], group_words(library))


class _ByIdentity:
    """A profile as a key of the cache: frozen dataclasses this large are slow to hash by value."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __hash__(self) -> int:
        return id(self.profile)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.profile is self.profile


@lru_cache(maxsize=2)
def _cached(key: _ByIdentity, library: Library) -> Reading:
    return Reading(key.profile, _slots(library))


def _read(profile: Profile, library: Library) -> Reading:
    return _cached(_ByIdentity(profile), library)


def assess(profile: Profile, role: Role, library: Library) -> Assessment:
    """The profile beside one of the library's roles.

    Raises:
        UnknownRole: the library does not hold the role.
        ValueError: it holds another one under its id.
    """
    if library.role(role.id) is not role:
        raise ValueError(f'"{role.id}" is another role in this library; load the library with the file of this one')
    reading = _read(profile, library)
    results = tuple(judge(requirement, role, reading, library) for requirement in role.requirements)
    status = [result.status for result in results]
    return Assessment(
        id=role.id,
        name=role.name,
        fit=fit(role, results),
        met=status.count("met"),
        partial=status.count("partial"),
        missing=status.count("missing"),
        requirements=results,
        degree=compare_degree(role, profile),
        scope=tuple(judge_scope(item, role, reading, library) for item in role.scope),
        gaps=find_gaps(role, results, profile, library),
        salaries=tuple(
            Salary(s.place, s.currency, s.average, s.period, s.source)
            for s in library.salaries.salary
            if s.role == role.id
        ),
        salary_warning=library.salaries.warning,
        usual_engineering=role.mix.engineering,
        scope_title=role.scope_title,
    )


def weigh_mix(profile: Profile, library: Library) -> Mix | None:
    """Shares of engineering and research in the work shown; ``None`` where there is too little of either."""
    return share(count_pieces(_read(profile, library), library)) if is_about(profile, library) else None


def count_deliverables(profile: Profile, library: Library) -> Deliverables:
    """Papers and pieces of software that the text shows."""
    software = find_deliveries(_read(profile, library), library)
    return Deliverables(papers=len(find_papers(profile)), software=len(software), evidence=software)


def find_sentence_problems(library: Library) -> Iterator[Problem]:
    """A problem for each sentence of the roles that does not do what it says."""
    return sentence_problems(library, _slots(library))
