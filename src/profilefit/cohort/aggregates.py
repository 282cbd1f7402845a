"""Tables → summary: counting, and nothing but counting. Shares and means are made of whole numbers at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

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
    tables: Tables, names: Names, *, min_cell: int = 0, failed: int = 0, copies: int = 0, skipped: int = 0
) -> Summary:
    """The numbers of the study.

    Args:
        tables: of any profiles.
        names: what the ids in them are called.
        min_cell: counts below it, and those that would tell them, are hidden; groups smaller than it become one.
        failed, copies, skipped: files that are in no table.
    """
    profiles = tables.profiles.set_index("profile")
    if len(profiles) < min_cell:  # whatever is said of so few is said of each
        return Summary(len(profiles), failed, copies, skipped, min_cell, (), (), (), ())
    group = _groups(profiles["group"].astype("object"), names, min_cell)
    order = [id for id in names.groups if id in set(group)]
    roles = list(dict.fromkeys(tables.fits["role"].astype("object")))
    degrees, by_degree = _degrees(profiles, group, order, names, min_cell)
    return Summary(
        profiles=len(profiles),
        failed=failed,
        copies=copies,
        skipped=skipped,
        min_cell=max(0, min_cell),
        degrees=degrees,
        by_degree=by_degree,
        roles=tuple(_role(role, tables, group, order, names, min_cell) for role in sorted(roles, key=_rank(names))),
        groups=tuple(_group_parts(tables, profiles, group, by_degree, names, min_cell)),
    )


def _rank(names: Names) -> Callable[[str], tuple[int, str]]:
    places = {role: place for place, role in enumerate(names.roles)}
    return lambda role: (places.get(role, len(places)), role)


def _groups(group: pd.Series, names: Names, k: int) -> pd.Series:
    """The group of each profile; groups below ``k`` become one, with the smallest other one if that is too small."""
    sizes = group.value_counts()
    place = {id: number for number, id in enumerate(names.groups)}
    rising = sorted(sizes.index, key=lambda id: (sizes[id], place.get(id, -1)))
    folded: list[str] = []
    for id in rising:
        if sizes[id] >= k and not 0 < sum(sizes[each] for each in folded) < k:
            break
        folded.append(id)
    known = group.where(group.isin([*names.groups]), OTHER)
    return known.where(~group.isin(folded), SMALL) if folded else known


# ── degrees ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _degrees(
    profiles: pd.DataFrame, group: pd.Series, order: Sequence[str], names: Names, k: int
) -> tuple[tuple[str, ...], tuple[Degrees, ...]]:
    held = profiles["degree"].astype("object").where(profiles["degree"].notna(), NONE)
    table = pd.crosstab(group, held)
    columns = [level for level in (*LEVELS, NONE) if level in table.columns]
    counts = _matrix(table, order, columns)
    rows = []
    for id, row in zip([*order, ALL], hide_table(counts, k), strict=True):
        rows.append(Degrees(id, names.groups[id], row[-1], tuple(row[:-1])))
    return tuple(columns), tuple(rows)


def _matrix(table: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> list[list[int]]:
    whole = table.reindex(index=list(rows), columns=list(columns), fill_value=0)
    return [[int(value) for value in row] for row in whole.to_numpy()]


# ── paths ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _role(role: str, tables: Tables, group: pd.Series, order: Sequence[str], names: Names, k: int) -> RolePart:
    fits = tables.fits.loc[tables.fits["role"] == role, "fit"].to_numpy()
    bins = np.searchsorted(np.asarray(FIT_BINS[:-1]), fits, side="right")
    results = tables.requirements[tables.requirements["role"] == role]
    results = results.assign(group=results["profile"].map(group))
    gaps = tables.gaps[tables.gaps["role"] == role]
    return RolePart(
        id=role,
        name=names.roles.get(role, role),
        fit=_mean(fits, k),
        fits=tuple(hide_row([int(n) for n in np.bincount(bins, minlength=len(FIT_BINS))], k)),
        requirements=tuple(
            _coverage(role, id, results[results["requirement"] == id], order, names, k)
            for id in dict.fromkeys(results["requirement"].astype("object"))
        ),
        gaps=_missing(gaps, len(fits), names, k),
        together=_together(gaps, len(fits), names, k),
    )


def _coverage(
    role: str, requirement: str, results: pd.DataFrame, order: Sequence[str], names: Names, k: int
) -> Coverage:
    counts = _matrix(pd.crosstab(results["group"], results["status"].astype("object")), order, _VERDICTS)
    *rows, total = hide_table(counts, k)
    return Coverage(
        requirement,
        names.requirements.get((role, requirement), requirement),
        met=total[0],
        partial=total[1],
        missing=total[2],
        by_group=tuple((id, row[-1], row[0]) for id, row in zip(order, rows, strict=True)),
    )


def _missing(gaps: pd.DataFrame, total: int, names: Names, k: int) -> tuple[SkillCount, ...]:
    counts = _top(gaps.drop_duplicates(["profile", "skill"])["skill"], MOST_GAPS)
    rows = [SkillCount(id, names.skills.get(id, id), hide_share(n, total, k)) for id, n in counts]
    return tuple(row for row in rows if row.profiles is not None)


def _top(ids: pd.Series, most: int) -> list[tuple[str, int]]:
    counts = ids.astype("object").value_counts()
    return sorted(((str(id), int(n)) for id, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))[:most]


def _together(gaps: pd.DataFrame, total: int, names: Names, k: int) -> tuple[Pair, ...]:
    """Of each two requirements the pair of skills that is most often not found. Skills of one requirement stand for
    each other and are missing together by themselves."""
    if gaps.empty:
        return ()
    shows: dict[str, frozenset[str]] = {}
    for skill, requirement in gaps[["skill", "requirement"]].drop_duplicates().astype("object").itertuples(index=False):
        shows[skill] = shows.get(skill, frozenset()) | {requirement}
    skills = sorted(shows)
    rows, _ = pd.factorize(gaps["profile"])
    columns = pd.Categorical(gaps["skill"].astype("object"), categories=skills).codes
    found = np.zeros((len(skills), int(rows.max()) + 1), dtype=bool)
    found[columns, rows] = True
    masks = [int.from_bytes(np.packbits(row).tobytes(), "big") for row in found]  # a bit for each profile
    best: dict[frozenset[str], tuple[int, str, str]] = {}
    for a, first in enumerate(skills):
        for b, second in enumerate(skills[a + 1 :], a + 1):
            if not shows[first] & shows[second] and (both := (masks[a] & masks[b]).bit_count()):
                pair = (-both, first, second)
                requirements = shows[first] | shows[second]
                best[requirements] = min(pair, best.get(requirements, pair))
    made = [
        Pair(names.skills.get(a, a), names.skills.get(b, b), hide_share(-n, total, k))
        for n, a, b in sorted(best.values())[:MOST_PAIRS]
    ]
    return tuple(pair for pair in made if pair.profiles is not None)


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _group_parts(
    tables: Tables, profiles: pd.DataFrame, group: pd.Series, rows: Sequence[Degrees], names: Names, k: int
) -> list[GroupPart]:
    """Of the groups of ``rows``, which tell how many profiles of each may be shown, and of all."""
    fits = tables.fits.assign(group=tables.fits["profile"].map(group))
    skills = tables.skills[["profile", "skill"]].assign(group=tables.skills["profile"].map(group))
    parts = []
    for id, shown in ((row.group, row.profiles) for row in rows):
        mine = group.index if id == ALL else group.index[group == id]
        mixes = profiles.loc[mine, "engineering"].dropna().to_numpy()
        own_fits = fits if id == ALL else fits[fits["group"] == id]
        found = [] if id == ALL else _top(skills.loc[skills["group"] == id, "skill"], MOST_SKILLS)
        counts = [SkillCount(s, names.skills.get(s, s), hide_share(n, len(mine), k)) for s, n in found]
        roles = {str(role): _mean(each["fit"].to_numpy(), k) for role, each in own_fits.groupby("role", observed=True)}
        parts.append(
            GroupPart(
                group=id,
                name=names.groups[id],
                profiles=shown,
                engineering=_mean(mixes, k),
                fits={role: roles[role] for role in sorted(roles, key=_rank(names))},
                skills=tuple(count for count in counts if count.profiles is not None),
            )
        )
    return parts


def _mean(values: np.ndarray, k: int) -> float | None:
    """To three digits, from whole numbers of ten-thousandths: the same in whatever order."""
    if not len(values) or len(values) < k:
        return None
    return round(int(np.rint(values * 10_000).astype(np.int64).sum()) / len(values) / 10_000, 3)


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
