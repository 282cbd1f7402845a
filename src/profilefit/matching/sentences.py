"""The yes and no sentences of ``skills/roles/*.toml``, tried out: each as a bullet of a dated entry of its own,
a job unless its pattern is not looked for in jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from profilefit.errors import Problem
from profilefit.library import Library
from profilefit.library.roles import Pattern, Requirement, Role
from profilefit.matching.evidence import Found, Reading, Slots
from profilefit.matching.verdicts import collect, decide
from profilefit.models import DateRange, Entry, Profile
from profilefit.parsing.guards import find_guarded
from profilefit.parsing.skills import find_skills
from profilefit.parsing.statements import sentences_document

#: The section of jobs.
_WORK = "experience"


def rehearse(rows: Sequence[str], library: Library, section: str = _WORK) -> Profile:
    """A profile of one job (or entry of another section) a row, each dated and with that row as its only bullet."""
    document, statements = sentences_document(rows, section)
    entries = tuple(
        Entry(section, (at, at + 1), DateRange("2020", "2021", False, False, 0, 0)) for at in range(len(rows))
    )
    guarded = tuple(g for g in find_guarded(document.flat, library) if not g.outsider)
    skills, rejections = find_skills(document, statements, guarded, library)
    return Profile(document, (), entries, statements, (), (), (), skills, guarded, rejections)


def sentence_problems(library: Library, slots: Slots) -> Iterator[Problem]:
    """A problem for each sentence that does not show what it must, or shows what it must not."""
    for role in library.roles.values():
        for requirement in role.requirements:
            yield from _of_requirement(requirement, role, library, slots)
        for item in role.scope:
            as_requirement = Requirement(
                id=item.id,
                name=item.id,
                statement=item.statement,
                skills=item.skills,
                listed_skills=item.listed_skills,
                pattern=item.patterns,
            )
            yield from _of_requirement(as_requirement, role, library, slots)
        for name, patterns in (("work", role.work), ("deliverable", role.deliverables)):
            as_requirement = Requirement(id=name, name=name, statement=name, pattern=patterns)
            yield from _of_requirement(as_requirement, role, library, slots)


def _of_requirement(requirement: Requirement, role: Role, library: Library, slots: Slots) -> Iterator[Problem]:
    by_section: dict[str, list[tuple[Pattern, bool, str]]] = {}
    for pattern in requirement.patterns:
        wanted = by_section.setdefault(_section(pattern), [])
        wanted += [(pattern, True, row) for row in pattern.yes] + [(pattern, False, row) for row in pattern.no]
    for section, wanted in by_section.items():
        levels = _levels(requirement, role, [row for _, _, row in wanted], library, slots, section)
        for (pattern, yes, row), (level, shown) in zip(wanted, levels, strict=True):
            least = min(pattern.level, 2)
            if (yes and level < least) or (not yes and shown):
                entry = f"requirement {requirement.id}"
                yield Problem(library.role_file(role.id), entry, _complaint(pattern, yes, row))


def _section(pattern: Pattern) -> str:
    return _WORK if not pattern.sections or _WORK in pattern.sections else pattern.sections[0]


def _complaint(pattern: Pattern, yes: bool, row: str) -> str:
    return f'{pattern.id}: {"not shown by its yes" if yes else "shown by its no"} sentence "{row}"'


def _levels(
    requirement: Requirement, role: Role, rows: Sequence[str], library: Library, slots: Slots, section: str
) -> list[tuple[int, bool]]:
    """For each row the level it gives, and whether anything at all was found in it."""
    if requirement.areas:
        readings = (_read([row], library, slots, section) for row in rows)
        return [_level(requirement, collect(requirement, role, reading, library)) for reading in readings]
    reading = _read(rows, library, slots, section)
    by_row: list[list[Found]] = [[] for _ in rows]
    for found in collect(requirement, role, reading, library):
        by_row[reading.profile.document.line_at(found.start).number - 1].append(found)
    return [_level(requirement, found) for found in by_row]


def _level(requirement: Requirement, found: Sequence[Found]) -> tuple[int, bool]:
    level, kept = decide(requirement, found)
    return level, bool(kept)


def _read(rows: Sequence[str], library: Library, slots: Slots, section: str) -> Reading:
    return Reading(rehearse(rows, library, section), slots)
