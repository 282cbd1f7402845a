"""Evidence weighed: levels, verdicts and scores of requirements, and the fit with a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from profilefit.library import Library
from profilefit.library.roles import Requirement, Role, ScopeItem
from profilefit.matching.evidence import Found, Reading
from profilefit.matching.facts import (
    entries_of_other_trades,
    find_depth,
    find_facts,
    find_skill_mentions,
    is_about,
    is_builder,
    names_a_tool,
)
from profilefit.models import (
    LEVELS,
    DegreeFigure,
    DegreeResult,
    Evidence,
    MissingSkill,
    Profile,
    RequirementResult,
    ScopeResult,
    Verdict,
)

#: Score of a requirement by its level 0-3.
SCORES = (0.0, 0.35, 0.70, 1.0)
#: Most pieces of evidence kept for one requirement.
_MOST_EVIDENCE = 12
#: Most skills named as missing.
_MOST_MISSING = 6


def verdict(level: int) -> Verdict:
    """The verdict for a level of evidence 0-3."""
    return "met" if level >= 2 else "partial" if level == 1 else "missing"


def collect(requirement: Requirement, role: Role, reading: Reading, library: Library) -> list[Found]:
    """Everything that shows a requirement, at the level it counts for by itself."""
    found: list[Found] = []
    for pattern in requirement.patterns:
        found += reading.search(pattern, role.unless)
    first = requirement.parts[0].id if requirement.parts else None
    mentioned = find_skill_mentions(requirement, reading.profile, library, first)
    found += (item for item in mentioned if not reading.says(role.unless, item.start))
    if requirement.areas:
        found += find_depth(reading, library, requirement.unless)
    if requirement.unless:
        found = [item for item in found if not reading.says(requirement.unless, item.start)]
    if requirement.of_builder:
        trades = entries_of_other_trades(reading.profile, library)
        found = [item for item in found if item.entry not in trades or names_a_tool(reading.profile, item.start)]
    for fact in requirement.facts:
        found += find_facts(fact, reading.profile, library)
    return found


def decide(requirement: Requirement, found: Sequence[Found]) -> tuple[int, list[Found]]:
    """The level of a requirement, and the evidence it rests on.

    Without parts it is the highest level found. With parts it is the lower of the two, when both are shown where they
    must stand together; with one part missing it is 1, or 0 where the part that is there says nothing alone.
    """
    if not requirement.parts:
        return max((item.level for item in found), default=0), list(found)
    best = {part.id: max((f.level for f in found if f.part == part.id), default=0) for part in requirement.parts}
    if all(level >= 2 for level in best.values()) and _stand_together(requirement, found):
        return max(best.values()), list(found)
    alone = {part.id for part in requirement.parts if part.alone and best[part.id]}
    if not alone:
        return 0, []
    return 1, [_lowered(item) for item in found if item.part in alone]


def _lowered(item: Found) -> Found:
    return replace(item, level=min(item.level, 1))


def _stand_together(requirement: Requirement, found: Sequence[Found]) -> bool:
    """Whether all parts are shown in one entry, where the requirement asks for that."""
    if requirement.together == "document":
        return True
    parts_of: dict[int | None, set[str | None]] = {}
    for item in found:
        if item.level >= 2:
            parts_of.setdefault(item.entry, set()).add(item.part)
    return any(len(parts) == len(requirement.parts) for parts in parts_of.values())


def cite(found: Iterable[Found], profile: Profile, last: Collection[str] = ()) -> tuple[Evidence, ...]:
    """The words that the found pieces rest on, one a paragraph and part.

    What was done comes before what is only listed, then plain before implied, deeds before names of skills, and what
    had an outcome; the best of each part comes first of all. Parts in ``last``, which say little alone, come behind
    the others.
    """
    kept: dict[tuple[int, str | None], Evidence] = {}

    def order(item: Found) -> tuple[object, ...]:
        return (-min(item.level, 2), item.part in last, item.indirect, item.named, -item.level, item.start, -item.end)

    ranked = sorted(found, key=order)
    for item in [*_heads(ranked, last), *ranked]:
        statement = profile.statement_at(item.start)
        place = profile.document.paragraph_span(item.start)[0]
        if (place, item.part) not in kept and len(kept) < _MOST_EVIDENCE:
            section = statement.section if statement else None
            kept[place, item.part] = profile.document.cite(item.start, item.end, section, item.level)
    by_paragraph: dict[int, Evidence] = {}
    for (place, _), evidence in kept.items():
        by_paragraph.setdefault(place, evidence)
    return tuple(by_paragraph.values())


def _heads(ranked: Iterable[Found], last: Collection[str]) -> list[Found]:
    """The first of each part, but for those parts that say little alone."""
    heads: dict[str | None, Found] = {}
    for item in ranked:
        if item.part not in last:
            heads.setdefault(item.part, item)
    return list(heads.values())


def judge(requirement: Requirement, role: Role, reading: Reading, library: Library) -> RequirementResult:
    """One requirement decided."""
    if (requirement.of_subject and not is_about(reading.profile, library)) or (
        requirement.of_builder and not is_builder(reading.profile, library)
    ):
        level = 0
        found: list[Found] = []
        shown: list[Found] = []
    else:
        collected = collect(requirement, role, reading, library)
        level, found = decide(requirement, collected)
        shown = [item for item in collected if item.level > 1]
    held = {skill.id for skill in reading.profile.skills}
    open_ = [part for part in requirement.parts if level == 1 and not any(f.part == part.id for f in shown)]
    suggests = [skill for part in open_ for skill in part.suggests] or requirement.suggests
    lacking = [skill for skill in suggests if skill not in held and skill in library.skills]
    last = [part.id for part in requirement.parts if not part.alone]
    heads = {reading.profile.document.paragraph_span(item.start)[0] for item in _heads(found, last)}
    return RequirementResult(
        id=requirement.id,
        name=requirement.name,
        statement=requirement.statement,
        status=verdict(level),
        level=level,
        score=SCORES[level],
        evidence=cite(found, reading.profile, last),
        quotes=max(1, len(heads)) if level > 1 else 1,
        missing_skills=tuple(MissingSkill(skill, library.skills[skill].name) for skill in lacking[:_MOST_MISSING]),
        missing_parts=tuple(part.name for part in open_),
    )


def judge_scope(item: ScopeItem, role: Role, reading: Reading, library: Library) -> ScopeResult:
    """One item of the bigger picture decided."""
    as_requirement = Requirement(
        id=item.id, name=item.id, statement=item.statement, skills=item.skills, listed_skills=item.listed_skills
    )
    found = list(find_skill_mentions(as_requirement, reading.profile, library))
    for pattern in item.patterns:
        found += reading.search(pattern, role.unless)
    level = max((f.level for f in found), default=0)
    return ScopeResult(item.id, item.statement, verdict(level), cite(found, reading.profile))


def compare_degree(role: Role, profile: Profile) -> DegreeResult:
    """The degree usual on the path beside the one held."""
    held = profile.highest_degree
    figures = tuple(
        DegreeFigure(s.among, s.sample, s.doctorate, s.master, s.bachelor, s.source) for s in role.degree_shares
    )
    if held is None:
        return DegreeResult(role.usual_degree, None, "unknown", figures)
    order = LEVELS.index(held) - LEVELS.index(role.usual_degree)
    return DegreeResult(role.usual_degree, held, "at" if order == 0 else "above" if order < 0 else "below", figures)


def fit(role: Role, results: Sequence[RequirementResult]) -> float:
    """Weighted mean of the requirements' scores, 0-1."""
    weights = [requirement.weight for requirement in role.requirements]
    scores = (weight * result.score for weight, result in zip(weights, results, strict=True))
    return sum(scores) / sum(weights) if weights else 0.0
