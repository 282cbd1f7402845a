"""Tables → counts: whole numbers and nothing else, so that the counts of parts add up to those of the whole.

Whoever counts a part, on whatever machine and however the profiles were parted, the sum is the same to the last digit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd

from profilefit.cohort.record import NONE, Record
from profilefit.cohort.summary import FIT_BINS
from profilefit.cohort.tables import Tables, build_tables

Tally = Counter[tuple[str, ...]]

#: Shares are added up as whole numbers of these parts: records hold four digits.
UNIT = 10_000


def _tally() -> Tally:
    return Counter()


@dataclass(frozen=True, slots=True)
class Counts:
    """What a study rests on; counts of different profiles may be added up.

    Attributes:
        degrees: profiles by (group, highest degree or ``"none"``).
        mixes: by (group, "profiles") those that have a mix, by (group, "sum") the ``UNIT`` parts of engineering in it.
        fits: the same of fits, by (role, group, "profiles" or "sum").
        bins: profiles by (role, number of the fit's bin).
        verdicts: profiles by (role, requirement, group, status).
        skills: profiles by (group, skill found in them).
        missing: profiles by (role, skill that would close a gap).
        together: profiles by (role, skill, skill), both missing for requirements of their own.
        shows: gaps by (role, skill, requirement).
    """

    degrees: Tally = field(default_factory=_tally)
    mixes: Tally = field(default_factory=_tally)
    fits: Tally = field(default_factory=_tally)
    bins: Tally = field(default_factory=_tally)
    verdicts: Tally = field(default_factory=_tally)
    skills: Tally = field(default_factory=_tally)
    missing: Tally = field(default_factory=_tally)
    together: Tally = field(default_factory=_tally)
    shows: Tally = field(default_factory=_tally)

    def __add__(self, other: Counts) -> Counts:
        made = Counts()
        for part in (self, other):
            for each in fields(self):
                getattr(made, each.name).update(getattr(part, each.name))
        return made

    def rows(self) -> Iterator[tuple[str, int]]:
        """One row a number, keyed by a text: for engines that add up columns (``groupBy("what").sum("number")``)."""
        for each in fields(self):
            for key, number in getattr(self, each.name).items():
                yield json.dumps([each.name, *key], ensure_ascii=True), number

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[str, int]]) -> Counts:
        """The other way round; rows with the same key add up."""
        made = cls()
        for what, number in rows:
            name, *key = json.loads(what)
            getattr(made, name)[tuple(key)] += int(number)
        return made


def count_records(records: Iterable[Record]) -> Counts:
    """The counts of records, of each content one, in any order."""
    return count(build_tables(records))


def count(tables: Tables) -> Counts:
    """The counts of tables."""
    profiles = tables.profiles.set_index("profile")
    group = profiles["group"].astype("category")
    degree = profiles["degree"].astype("object")
    fits, results, gaps = tables.fits, tables.requirements, tables.gaps
    made = Counts()
    _add(made.degrees, group, degree.where(degree.notna(), NONE))
    mixes = profiles["engineering"].dropna()
    _add_shares(made.mixes, mixes, group[mixes.index])
    _add_shares(made.fits, fits["fit"], fits["role"], _spread(group, fits["profile"]))
    bins = np.searchsorted(np.asarray(FIT_BINS[:-1]), fits["fit"].to_numpy(), side="right")
    _add(made.bins, fits["role"], pd.Series(bins, index=fits.index))
    _add(made.verdicts, results["role"], results["requirement"], _spread(group, results["profile"]), results["status"])
    _add(made.skills, _spread(group, tables.skills["profile"]), tables.skills["skill"])
    _add(made.shows, gaps["role"], gaps["skill"], gaps["requirement"])
    for name, mine in gaps.groupby("role", observed=True):
        _add_gaps(made, str(name), mine)
    return made


def _spread(values: pd.Series, profile: pd.Series) -> pd.Series:
    """For each row of a table the value of its profile, by its number."""
    known = profile.astype("category").cat
    places = values.index.get_indexer(known.categories)
    codes = values.cat.codes.to_numpy()[places][known.codes.to_numpy()]
    return pd.Series(pd.Categorical.from_codes(codes, categories=values.cat.categories), index=profile.index)


def _add(tally: Tally, *columns: pd.Series) -> None:
    """Counts rows by their words: half a million Python strings would be the most that a run holds."""
    keys = [column.astype("category") for column in columns]
    sizes = pd.Series(0, index=keys[0].index).groupby(keys, observed=True).size()
    for key, number in zip(sizes.index, sizes.tolist(), strict=True):
        tally[tuple(map(str, key))] += number


def _add_shares(tally: Tally, shares: pd.Series, *columns: pd.Series) -> None:
    parts = np.rint(shares.to_numpy() * UNIT).astype(np.int64).tolist()
    for number, *key in zip(parts, *(column.tolist() for column in columns), strict=True):
        tally[*key, "profiles"] += 1
        tally[*key, "sum"] += number


def _add_gaps(made: Counts, role: str, gaps: pd.DataFrame) -> None:
    """Skills and pairs of them, each profile once. Skills of one requirement stand for each other and are missing
    together by themselves."""
    shows: dict[str, set[str]] = {}
    for skill, requirement in gaps[["skill", "requirement"]].drop_duplicates().itertuples(index=False):
        shows.setdefault(skill, set()).add(requirement)
    skills = sorted(shows)
    rows, _ = pd.factorize(gaps["profile"])
    columns = gaps["skill"].astype(pd.CategoricalDtype(skills)).cat.codes.to_numpy()
    found = np.zeros((len(skills), int(rows.max()) + 1), dtype=bool)
    found[columns, rows] = True
    masks = [int.from_bytes(np.packbits(row).tobytes(), "big") for row in found]  # a bit for each profile
    for a, first in enumerate(skills):
        made.missing[role, first] = masks[a].bit_count()
        for b, second in enumerate(skills[a + 1 :], a + 1):
            if not shows[first] & shows[second] and (both := (masks[a] & masks[b]).bit_count()):
                made.together[role, first, second] = both
