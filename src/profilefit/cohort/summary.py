"""What the tables say: the numbers of the study, as plain values that every output format is written from.

A number that is ``None`` is hidden (see ``privacy``), or the mean of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from profilefit.cohort.record import NONE, OTHER
from profilefit.library import Library

#: The row of a table of groups that stands for all of them.
ALL = "all"
#: The row into which groups go that are too small to be shown.
SMALL = "small"

#: Upper ends of the bins that fits are counted in; the last one holds its end.
FIT_BINS = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the ids: title groups in their order, roles, requirements (by role and id), skills."""

    groups: Mapping[str, str]
    roles: Mapping[str, str]
    requirements: Mapping[tuple[str, str], str]
    skills: Mapping[str, str]

    @classmethod
    def of(cls, library: Library) -> Names:
        """The names that a library gives."""
        groups = {id: group.name for id, group in library.titles.groups.items()}
        return cls(
            groups={**groups, OTHER: "Other titles", SMALL: "Smaller groups", NONE: "No position found", ALL: "All"},
            roles={role.id: role.name for role in library.roles.values()},
            requirements={(role.id, r.id): r.name for role in library.roles.values() for r in role.requirements},
            skills={skill.id: skill.name for skill in library.skills.values()},
        )


@dataclass(frozen=True, slots=True)
class Degrees:
    """Highest completed degrees in one group: ``counts`` in the order of ``Summary.degrees``."""

    group: str
    name: str
    profiles: int | None
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many profiles meet a requirement; ``by_group`` holds (group, profiles, those that meet it)."""

    id: str
    name: str
    met: int | None
    partial: int | None
    missing: int | None
    by_group: tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class SkillCount:
    """A skill and the number of profiles that it was, or was not, found in."""

    id: str
    name: str
    profiles: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two skills for different requirements of one path, and the number of profiles in which both were not found."""

    first: str
    second: str
    profiles: int | None


@dataclass(frozen=True, slots=True)
class RolePart:
    """One path: the mean fit, fits counted in ``FIT_BINS``, requirements, skills often not found."""

    id: str
    name: str
    fit: float | None
    fits: tuple[int | None, ...]
    requirements: tuple[Coverage, ...]
    gaps: tuple[SkillCount, ...]
    together: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group: the mean share of engineering in the mix, the mean fit by role, the most frequent skills."""

    group: str
    name: str
    profiles: int | None
    engineering: float | None
    fits: Mapping[str, float | None]
    skills: tuple[SkillCount, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole study.

    Attributes:
        profiles: that were read, each content once.
        failed, copies, skipped: files that could not be read, that are copies of others, that are of other kinds.
        min_cell: counts below it are hidden; 0 for none.
        degrees: the levels that ``by_degree`` counts, highest first, then ``"none"``.
        by_degree: one row a group, and the row of all at the end.
        roles: one part a path.
        groups: one part a group, and that of all at the end.
    """

    profiles: int
    failed: int
    copies: int
    skipped: int
    min_cell: int
    degrees: tuple[str, ...]
    by_degree: tuple[Degrees, ...]
    roles: tuple[RolePart, ...]
    groups: tuple[GroupPart, ...]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile: its key, its file where names are wanted, title group, highest degree, engineering share, fits."""

    profile: str
    file: str | None
    group: str
    degree: str | None
    engineering: float | None
    fits: Mapping[str, float]
