"""What is not met yet, the best next step first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from profilefit.library import Library
from profilefit.library.roles import Requirement, Role
from profilefit.matching.facts import is_about
from profilefit.models import Closest, Demand, Gap, Profile, RequirementResult, Skill

_EFFORTS = ("S", "M", "L", "XL")


def find_gaps(role: Role, results: Sequence[RequirementResult], profile: Profile, library: Library) -> tuple[Gap, ...]:
    """Requirements that are not met: partial before missing, small effort before large, heavy before light.

    What counts only in a text about the role's subject comes last in one that is not.
    """
    held = [skill.id for skill in sorted(profile.skills, key=lambda s: (-_level(s), s.id))]
    about = is_about(profile, library)
    ranked: list[tuple[tuple[bool, bool, int, int, float, str], Gap]] = []
    for requirement, result in zip(role.requirements, results, strict=True):
        if result.status == "met":
            continue
        lacking = tuple(skill.id for skill in result.missing_skills)
        closest = find_closest(held, lacking, library, requirement.effort)
        first_step = closest.effort if closest else requirement.effort
        order = (
            requirement.of_subject and not about,
            result.status == "missing",
            _EFFORTS.index(first_step),
            _EFFORTS.index(requirement.effort),
            -requirement.weight,
            requirement.id,
        )
        gap = Gap(
            requirement.id,
            lacking,
            closest,
            requirement.effort,
            listed=find_listed(requirement, profile) if result.status == "partial" and not result.missing_parts else (),
            demand=find_demand(role, lacking, library),
            learn=find_resources(lacking, library),
        )
        ranked.append((order, gap))
    return tuple(gap for _, gap in sorted(ranked, key=lambda pair: pair[0]))


def find_listed(requirement: Requirement, profile: Profile) -> tuple[str, ...]:
    """Skills of a requirement that the document names, and of which it does not say where they were used."""
    asked = {*requirement.skills, *requirement.suggests}
    return tuple(
        skill.id
        for skill in profile.skills
        if (skill.id in asked or f"@{skill.category}" in asked)
        and skill.id not in requirement.except_skills
        and not skill.implied_by
        and _level(skill) == 1
    )


def find_demand(role: Role, skills: Iterable[str], library: Library) -> tuple[Demand, ...]:
    """How often job advertisements of the role's path name the skills, the most wanted first."""
    demand = library.demand
    shares = {skill: demand.percent[skill].get(role.ads) for skill in skills if skill in demand.percent}
    known = [Demand(skill, round(share / 100, 4), demand.sample[role.ads]) for skill, share in shares.items() if share]
    return tuple(sorted(known, key=lambda each: -each.share))


def find_resources(skills: Iterable[str], library: Library) -> tuple[str, ...]:
    """What teaches the skills, one resource each, in their order."""
    found = (library.resources.teaching(skill) for skill in skills)
    return tuple(dict.fromkeys(name for name in found if name))


def _level(skill: Skill) -> int:
    return max((evidence.level for evidence in skill.evidence), default=0)


def find_closest(held: Sequence[str], wanted: Sequence[str], library: Library, usual: str) -> Closest | None:
    """The held skill from which one of the wanted ones is nearest; earlier wanted and better held ones first.

    Args:
        held: ids of skills, best shown first.
        wanted: ids of skills, core first.
        usual: the effort from nothing; a way that takes longer is no near one.
    """
    known = [
        (_EFFORTS.index(effort), wanted.index(want), held.index(have), have, want, effort)
        for have, want, effort in library.adjacency.ways
        if want in wanted and have in held and want not in held and _EFFORTS.index(effort) <= _EFFORTS.index(usual)
    ]
    if not known:
        return None
    *_, have, want, effort = min(known)
    return Closest(have, want, effort)
