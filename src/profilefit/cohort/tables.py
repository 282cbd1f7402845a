"""Records as tidy tables: one row a profile, a course of study, a position, a skill, a requirement.

The rows of all tables are keyed by the start of the content's SHA-256 and sorted by it: the same profiles give the
same tables, whatever their names and the order in which they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

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
    columns: dict[str, dict[str, list[Any]]] = {
        table: {name: [] for name in ("profile", *names)} for table, names in COLUMNS.items()
    }
    if files is not None:
        columns["profiles"]["file"] = []
    shared: dict[str, str] = {}
    for record in records:
        key = record["sha256"][:KEY]
        for table, cells in columns.items():
            if table == "profiles":
                row = [record[name] for name in COLUMNS[table]]
                rows = [row if files is None else [*row, files.get(record["sha256"])]]
            else:
                rows = record[table]
            for row in rows:
                for values, value in zip(cells.values(), (key, *row), strict=True):
                    values.append(shared.setdefault(value, value) if type(value) is str else value)
    return Tables(**{table: _frame(table, cells) for table, cells in columns.items()})


def _frame(table: str, cells: dict[str, list[Any]]) -> pd.DataFrame:
    made = {}
    while cells:  # each list is let go of once its column stands
        name = next(iter(cells))
        made[name] = _column(table, name, cells.pop(name))
    return pd.DataFrame(made)


def _column(table: str, name: str, values: list[Any]) -> pd.Series[Any]:
    if levels := _ORDERED.get((table, name)):
        return pd.Series(pd.Categorical(values, categories=list(levels), ordered=True))
    if name in _INTEGERS or (table, name) == ("requirements", "level"):
        return pd.Series(values, dtype="int64")
    if name in _FLOATS:
        return pd.Series(values, dtype="float64")
    if name in _TRUTHS:
        return pd.Series(values, dtype="bool")
    if name in _TEXTS or (table, name) in {("education", "degree"), ("profiles", "profile")}:
        return pd.Series(values, dtype="str")
    return pd.Series(pd.Categorical(values, categories=sorted({v for v in values if v is not None})))
