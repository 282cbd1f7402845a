"""Records as tidy tables: one row a profile, a course of study, a position, a skill, a requirement.

The rows of all tables are keyed by the start of the content's SHA-256 and sorted by it: the same profiles give the
same tables, whatever their names and the order in which they were read.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Any, Literal

import numpy as np
import pandas as pd

from profilefit.cohort.record import KEY, Record, record_of
from profilefit.library import Library, load_library
from profilefit.models import LEVELS, SKILL_LEVELS, Report

_DEGREES = tuple(reversed(LEVELS))
_VERDICTS = ("missing", "partial", "met")

#: Columns of each table behind ``profile``, in the order in which records hold their values.
COLUMNS: dict[str, tuple[str, ...]] = {
    "profiles": (
        "group", "family", "track", "specialty", "seniority", "degree", "degree_in_progress", "papers", "software",
        "engineering", "mix_evidence", "format", "kind", "language",
    ),
    "education": ("level", "degree", "field", "institution", "start", "end", "status"),
    "positions": (
        "title", "family", "track", "specialty", "seniority", "organisation", "start", "end", "current",
    ),
    "skills": ("skill", "category", "level", "implied"),
    "fits": ("role", "fit", "met", "partial", "missing"),
    "requirements": ("role", "requirement", "status", "level", "score"),
    "gaps": ("role", "requirement", "skill"),
}  # fmt: skip

#: Values that have an order, lowest first.
_ORDERED: dict[tuple[str, str], tuple[str, ...]] = {
    ("profiles", "degree"): _DEGREES,
    ("profiles", "degree_in_progress"): _DEGREES,
    ("education", "level"): _DEGREES,
    ("skills", "level"): SKILL_LEVELS,
    ("requirements", "status"): _VERDICTS,
}
_INTEGERS = {"papers", "software", "mix_evidence", "met", "partial", "missing"}
_FLOATS = {"engineering", "fit", "score"}
_TRUTHS = {"implied", "current"}
#: Types whose values are kept in arrays, a fifth of what a list of objects takes.
_PACKED = {"int64": "q", "float64": "d", "bool": "b"}
_NAN = float("nan")
_TEXTS = {"title", "organisation", "institution", "field", "start", "end", "file"}


@dataclass(frozen=True, eq=False)
class Tables:
    """Tidy tables, joined by their column ``profile``.

    Attributes:
        profiles: one row a profile: its title group, highest degree, deliverables, engineering share (0-1) of its mix.
        education: one row a course of study.
        positions: one row a position.
        skills: one row a skill found in a profile.
        fits: one row a profile and role: the fit (0-1) and how many requirements are met, partial and missing.
        requirements: one row a profile, role and requirement: its status, level (0-3) and score (0-1).
        gaps: one row a profile, role, requirement that is not met, and skill that would show it.
    """

    profiles: pd.DataFrame
    education: pd.DataFrame
    positions: pd.DataFrame
    skills: pd.DataFrame
    fits: pd.DataFrame
    requirements: pd.DataFrame
    gaps: pd.DataFrame

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Each table with its name."""
        for each in fields(self):
            yield each.name, getattr(self, each.name)


def tabulate(reports: Iterable[Report], *, library: Library | None = None) -> Tables:
    """Reports as tables; of reports with the same content one counts.

    Args:
        reports: what ``analyze`` returned, in any order.
        library: whose groups of titles profiles are counted in; the shipped one by default.

    Examples:
        >>> import profilefit
        >>> tables = profilefit.tabulate([profilefit.analyze("examples/engineer.pdf")])
        >>> tables.profiles[["group", "degree"]].to_dict("records")
        [{'group': 'ml_engineer', 'degree': 'master'}]
    """
    library = library or load_library()
    records = {record["sha256"]: record for record in (record_of(report, library) for report in reports)}
    return build_tables(records[key] for key in sorted(records))


def build_tables(records: Iterable[Record], files: Mapping[str, str] | None = None) -> Tables:
    """Records, sorted by their SHA-256 and each of them once, as tables.

    Args:
        records: taken one by one, none is kept.
        files: the name of the file for each SHA-256, where names are wanted; a column ``file`` of ``profiles``.
    """
    columns = {table: {name: _Column(table, name) for name in ("profile", *names)} for table, names in COLUMNS.items()}
    if files is not None:
        columns["profiles"]["file"] = _Column("profiles", "file")
    for record in records:
        key = record["sha256"][:KEY]
        for table, cells in columns.items():
            if table == "profiles":
                row = [record[name] for name in COLUMNS[table]]
                rows = [row if files is None else [*row, files.get(record["sha256"])]]
            else:
                rows = record[table]
            if rows:
                keys = repeat(key, len(rows))
                for column, values in zip(cells.values(), (keys, *zip(*rows, strict=True)), strict=True):
                    column.extend(values)
    return Tables(**{table: _frame(cells) for table, cells in columns.items()})


def _frame(cells: dict[str, _Column]) -> pd.DataFrame:
    made = {}
    while cells:  # each column is let go of once it is made
        name = next(iter(cells))
        made[name] = cells.pop(name).series()
    return pd.DataFrame(made)


class _Column:
    """Values that become a column; those that come again and again are held once, and by their number."""

    def __init__(self, table: str, name: str) -> None:
        self._levels = _ORDERED.get((table, name))
        self._type = _type(table, name)
        self._values: Any = array(_PACKED[self._type]) if self._type in _PACKED else []
        self._codes = array("i")
        self._known: defaultdict[str | None, int] = defaultdict()
        self._known.default_factory = self._known.__len__
        self._texts: dict[str, str] = {}

    def extend(self, values: Iterable[Any]) -> None:
        if self._type is None:
            self._codes.extend(map(self._known.__getitem__, values))
        else:
            self._values.extend(map(self._thrifty, values))

    def _thrifty(self, value: Any) -> Any:
        """The value as the array takes it; a text as the object that was there before."""
        if self._type == "float64":
            return _NAN if value is None else value
        return self._texts.setdefault(value, value) if self._type == "str" else value

    def series(self) -> pd.Series[Any]:
        if self._type is not None:
            return pd.Series(np.array(self._values) if self._type in _PACKED else self._values, dtype=self._type)
        categories = list(self._levels or sorted(value for value in self._known if value is not None))
        places = {value: place for place, value in enumerate(categories)}
        numbers = np.array(
            [places.get(value, -1) if value is not None else -1 for value in self._known], dtype=np.int32
        )
        codes = numbers[np.frombuffer(self._codes, dtype=np.int32)] if self._codes else np.array([], dtype=np.int32)
        return pd.Series(
            pd.Categorical.from_codes(codes, categories=pd.Index(categories), ordered=self._levels is not None)
        )


def _type(table: str, name: str) -> Literal["int64", "float64", "bool", "str"] | None:
    """What a column holds; ``None`` for words out of a few."""
    if (table, name) in _ORDERED:
        return None
    if name in _INTEGERS or (table, name) == ("requirements", "level"):
        return "int64"
    if name in _FLOATS:
        return "float64"
    if name in _TRUTHS:
        return "bool"
    if name in _TEXTS or (table, name) in {("education", "degree"), ("profiles", "profile")}:
        return "str"
    return None
