"""Next steps in words: what would close a gap, how far it is, and what it is worth."""

from __future__ import annotations

from profilefit.models import (
    Assessment,
    Gap,
    Report,
)
from profilefit.reporting.wording.roles import missing_half
from profilefit.reporting.wording.text import EFFORTS, clean, listed, percent

#: What a share beside a skill tells.
DEMAND = "named by job advertisements of this path"


def skill_names(report: Report) -> dict[str, str]:
    """Names by id of every skill that the report speaks of."""
    names = {skill.id: skill.name for skill in report.profile.skills}
    for role in report.roles:
        for requirement in role.requirements:
            names |= {skill.id: skill.name for skill in requirement.missing_skills}
    return names


def gap_skills(role: Assessment) -> list[str]:
    """Ids of the skills that would close a role's gaps, in the order of its gaps."""
    return list(dict.fromkeys(skill for gap in role.gaps for skill in gap.skills))


def gaps_by_path(report: Report) -> list[tuple[str, list[str]]]:
    """Names of the skills that would close gaps: those of every path first, then those of each path alone."""
    names = {id: clean(name) for id, name in skill_names(report).items()}
    wanted = [gap_skills(role) for role in report.roles]
    several = len(wanted) > 1
    shared = [skill for skill in wanted[0] if all(skill in others for others in wanted)] if several else []
    rows = [("Every path", shared)]
    for role, skills in zip(report.roles, wanted, strict=True):
        own = [skill for skill in skills if skill not in shared]
        rows.append((clean(role.name) + (" only" if several and len(own) < len(skills) else ""), own))
    return [(who, [names.get(skill, skill) for skill in skills]) for who, skills in rows if skills]


def gap_line(gap: Gap, role: Assessment, names: dict[str, str]) -> str:
    """A gap as a step: the requirement, what would show it, and how far that is from where the person stands."""
    step = gap_name(gap, role)
    if told := gap_listed(gap, names):
        step += f": {told}"
        if gap.skills:
            step += f", or show {gap_skill_names(gap, names)}"
    elif gap.skills:
        step += f": {gap_skill_names(gap, names)}"
    return "; ".join(part for part in (step, gap_effort(gap, names)) if part)


def gap_name(gap: Gap, role: Assessment) -> str:
    """The requirement that a gap is of, with its id, and the half of it that is missing."""
    requirement = next((r for r in role.requirements if r.id == gap.requirement), None)
    if requirement is None:
        return gap.requirement
    half = f" ({missing_half(requirement)})" if requirement.missing_parts else ""
    return f"{gap.requirement} {requirement.name}{half}"


def gap_listed(gap: Gap, names: dict[str, str]) -> str:
    """What to do about skills that are only listed; empty where there are none."""
    return f"say where {listed((names.get(skill, skill) for skill in gap.listed), 3)} was used" if gap.listed else ""


def gap_skill_names(gap: Gap, names: dict[str, str]) -> str:
    """The skills that would close a gap, the first few by name."""
    return listed((names.get(skill, skill) for skill in gap.skills), 4)


def gap_effort(gap: Gap, names: dict[str, str]) -> str:
    """How far a gap is from where the person stands; empty where it is not known.

    The effort beside a near skill is that of the first step, not of the whole requirement, and is told as such.
    """
    if gap.closest:
        have, want = (names.get(skill, skill) for skill in (gap.closest.have, gap.closest.want))
        return f"first step: {want}, {_effort(gap.closest.effort)} from {have}, which this document shows"
    return f"takes {_effort(gap.effort)}" if gap.effort else ""


def gap_demand(gap: Gap, names: dict[str, str]) -> list[tuple[str, float]]:
    """The skills of a gap that job advertisements ask for most, each with the share (0-1) that name it."""
    return [(names.get(each.skill, each.skill), each.share) for each in gap.demand[:4]]


def gap_learn(gap: Gap) -> str:
    """Where to learn what would close a gap; empty where it is not known."""
    return clean(f"to learn it: {'; '.join(gap.learn[:3])}") if gap.learn else ""


def gap_context(gap: Gap, names: dict[str, str]) -> list[str]:
    """How wanted the skills of a gap are, and where to learn them; a line each, as far as it is known."""
    lines = [gap_learn(gap)]
    if gap.demand:
        asked = ", ".join(f"{name} {percent(share)}" for name, share in gap_demand(gap, names))
        lines.insert(0, clean(f"{DEMAND}: {asked} (of {gap.demand[0].sample:,})"))
    return [line for line in lines if line]


def _effort(size: str) -> str:
    return EFFORTS.get(size, size)
