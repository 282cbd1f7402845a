"""Counts → summary: what the counts say, small ones hidden. Shares and means are made of whole numbers at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from profilefit.cohort.counts import UNIT, Counts, Tally
from profilefit.cohort.privacy import hide_row, hide_share, hide_table
from profilefit.cohort.record import NONE, OTHER
from profilefit.cohort.summary import (
    ALL,
    FIT_BINS,
    SMALL,
    Coverage,
    Degrees,
    GroupPart,
    Names,
    Pair,
    ProfileRow,
    RolePart,
    SkillCount,
    Summary,
)
from profilefit.cohort.tables import Tables
from profilefit.models import LEVELS, Verdict

_VERDICTS: tuple[Verdict, ...] = ("met", "partial", "missing")

#: Skills that a summary lists for a group, for a path, and pairs of them.
MOST_SKILLS, MOST_GAPS, MOST_PAIRS = 12, 15, 8


def summarize(
    counts: Counts, names: Names, *, min_cell: int = 0, failed: int = 0, copies: int = 0, skipped: int = 0
) -> Summary:
    """The numbers of the study.

    Args:
        counts: of any profiles, each content once.
        names: what the ids in them are called.
        min_cell: counts below it, and those that would tell them, are hidden; groups smaller than it become one.
        failed, copies, skipped: files that are counted nowhere.
    """
    total = counts.degrees.total()
    if total < min_cell:  # whatever is said of so few is said of each
        return Summary(total, failed, copies, skipped, min_cell, (), (), (), ())
    counts = _regrouped(counts, _shown_groups(_sum(counts.degrees, 0), names, min_cell))
    sizes = _sum(counts.degrees, 0)
    order = [id for id in names.groups if id in sizes]
    degrees, by_degree = _degrees(counts.degrees, order, names, min_cell)
    roles = sorted(_sum(counts.fits, 0), key=_rank(names.roles))
    return Summary(
        profiles=total,
        failed=failed,
        copies=copies,
        skipped=skipped,
        min_cell=max(0, min_cell),
        degrees=degrees,
        by_degree=by_degree,
        roles=tuple(_role(role, counts, order, names, min_cell) for role in roles),
        groups=tuple(_group(row, sizes.get(row.group, 0), counts, roles, names, min_cell) for row in by_degree),
    )


def _rank(known: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    places = {id: place for place, id in enumerate(known)}
    return lambda id: (places.get(id, len(places)), id)


def _sum(tally: Tally, place: int) -> Counter[str]:
    """Counts by one place of their keys."""
    sums: Counter[str] = Counter()
    for key, number in tally.items():
        sums[key[place]] += number
    return sums


def _below(tally: Tally, *start: str) -> Tally:
    """The counts whose keys begin so, without that beginning."""
    return Counter({key[len(start) :]: number for key, number in tally.items() if key[: len(start)] == start})


def _shown_groups(sizes: Mapping[str, int], names: Names, k: int) -> dict[str, str]:
    """What each group is shown as: those below ``k`` become one, with the smallest other one if that is too small."""
    place = {id: number for number, id in enumerate(names.groups)}
    rising = sorted(sizes, key=lambda id: (sizes[id], place.get(id, -1)))
    folded: list[str] = []
    for id in rising:
        if sizes[id] >= k and not 0 < sum(sizes[each] for each in folded) < k:
            break
        folded.append(id)
    return {id: SMALL if id in folded else id if id in names.groups else OTHER for id in sizes}


def _regrouped(counts: Counts, shown: Mapping[str, str]) -> Counts:
    def under(tally: Tally, place: int) -> Tally:
        made: Tally = Counter()
        for key, number in tally.items():
            made[*key[:place], shown[key[place]], *key[place + 1 :]] += number
        return made

    return replace(
        counts,
        degrees=under(counts.degrees, 0),
        mixes=under(counts.mixes, 0),
        fits=under(counts.fits, 1),
        verdicts=under(counts.verdicts, 2),
        skills=under(counts.skills, 0),
    )


# ── degrees ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _degrees(tally: Tally, order: Sequence[str], names: Names, k: int) -> tuple[tuple[str, ...], tuple[Degrees, ...]]:
    found = _sum(tally, 1)
    columns = [level for level in (*LEVELS, NONE) if found[level]]
    rows = []
    for id, row in zip([*order, ALL], hide_table(_matrix(tally, order, columns), k), strict=True):
        rows.append(Degrees(id, names.groups[id], row[-1], tuple(row[:-1])))
    return tuple(columns), tuple(rows)


def _matrix(tally: Tally, rows: Sequence[str], columns: Sequence[str]) -> list[list[int]]:
    return [[tally[row, column] for column in columns] for row in rows]


# ── paths ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _role(role: str, counts: Counts, order: Sequence[str], names: Names, k: int) -> RolePart:
    fits = _sum(_below(counts.fits, role), 1)
    bins, verdicts = _below(counts.bins, role), _below(counts.verdicts, role)
    rank = _rank(id for owner, id in names.requirements if owner == role)
    total = fits["profiles"]
    missing = _top(_below(counts.missing, role), MOST_GAPS)
    gaps = [SkillCount(id, names.skills.get(id, id), hide_share(n, total, k)) for id, n in missing]
    return RolePart(
        id=role,
        name=names.roles.get(role, role),
        fit=_mean(fits, k),
        fits=tuple(hide_row([bins[str(number),] for number in range(len(FIT_BINS))], k)),
        requirements=tuple(
            _coverage(role, id, _below(verdicts, id), order, names, k) for id in sorted(_sum(verdicts, 0), key=rank)
        ),
        gaps=tuple(row for row in gaps if row.profiles is not None),
        together=_together(_below(counts.together, role), _below(counts.shows, role), total, names, k),
    )


def _coverage(role: str, requirement: str, tally: Tally, order: Sequence[str], names: Names, k: int) -> Coverage:
    *rows, total = hide_table(_matrix(tally, order, _VERDICTS), k)
    return Coverage(
        requirement,
        names.requirements.get((role, requirement), requirement),
        met=total[0],
        partial=total[1],
        missing=total[2],
        by_group=tuple((id, row[-1], row[0]) for id, row in zip(order, rows, strict=True)),
    )


def _top(tally: Tally, most: int) -> list[tuple[str, int]]:
    return sorted(_sum(tally, 0).items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _together(tally: Tally, gaps: Tally, total: int, names: Names, k: int) -> tuple[Pair, ...]:
    """Of each two requirements the pair of skills that is most often not found."""
    shows: dict[str, frozenset[str]] = {}
    for skill, requirement in gaps:
        shows[skill] = shows.get(skill, frozenset()) | {requirement}
    best: dict[frozenset[str], tuple[int, str, str]] = {}
    for (first, second), both in tally.items():
        if not shows[first] & shows[second]:  # in some part they were of different requirements, here they are not
            pair = (-both, first, second)
            requirements = shows[first] | shows[second]
            best[requirements] = min(pair, best.get(requirements, pair))
    made = [
        Pair(names.skills.get(a, a), names.skills.get(b, b), hide_share(-n, total, k))
        for n, a, b in sorted(best.values())[:MOST_PAIRS]
    ]
    return tuple(pair for pair in made if pair.profiles is not None)


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _group(row: Degrees, size: int, counts: Counts, roles: Sequence[str], names: Names, k: int) -> GroupPart:
    """A group, or all of them; ``row`` tells how many profiles of it may be shown."""
    whole = row.group == ALL
    found = [] if whole else _top(_below(counts.skills, row.group), MOST_SKILLS)
    skills = [SkillCount(id, names.skills.get(id, id), hide_share(n, size, k)) for id, n in found]
    fits = {role: _below(counts.fits, role) for role in roles}
    means = {role: _sum(tally if whole else _below(tally, row.group), -1) for role, tally in fits.items()}
    return GroupPart(
        group=row.group,
        name=row.name,
        profiles=row.profiles,
        engineering=_mean(_sum(counts.mixes if whole else _below(counts.mixes, row.group), -1), k),
        fits={role: _mean(mean, k) for role, mean in means.items() if mean},
        skills=tuple(skill for skill in skills if skill.profiles is not None),
    )


def _mean(shares: Mapping[str, int], k: int) -> float | None:
    """To three digits, of a sum in whole numbers: the same in whatever order it was made."""
    number = shares.get("profiles", 0)
    return round(shares["sum"] / number / UNIT, 3) if number and number >= k else None


def list_profiles(tables: Tables, names: Names) -> tuple[ProfileRow, ...]:
    """One row a profile, in the order of the files' names where the table holds them, else of the keys."""
    by_profile: dict[str, dict[str, float]] = {}
    for profile, role, fit in zip(*(tables.fits[name].tolist() for name in ("profile", "role", "fit")), strict=True):
        by_profile.setdefault(profile, {})[role] = round(fit, 2)
    table = tables.profiles
    files = table["file"] if "file" in table else [None] * len(table)
    cells = zip(
        table["profile"], files, table["group"], table["degree"].astype("object"), table["engineering"], strict=True
    )
    rows = [
        ProfileRow(
            profile=profile,
            file=file,
            group=names.groups.get(group, names.groups[OTHER]),
            degree=degree if isinstance(degree, str) else None,
            engineering=None if mix != mix else round(float(mix), 2),
            fits=by_profile.get(profile, {}),
        )
        for profile, file, group, degree, mix in cells
    ]
    return tuple(sorted(rows, key=lambda row: (row.file or "", row.profile)))
