"""The tables as a directory with one file a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from profilefit.cohort.summary import Summary
from profilefit.cohort.tables import Tables
from profilefit.errors import MissingExtra

FORMATS = ("csv", "parquet")

#: Beginnings of cells that a spreadsheet takes for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_tables(directory: Path, format: str, tables: Tables, summary: Summary) -> list[Path]:
    """Writes the tidy tables, and beside them the counts of the study.

    With hidden counts (``summary.min_cell``) only the counts are written: a row for each profile would tell them.

    Args:
        directory: made where it is missing; other files in it stay.
        format: one of ``FORMATS``.
    Returns:
        The files.
    Raises:
        MissingExtra: Parquet without pyarrow.
        OSError: a file cannot be written.
    """
    write: Callable[[pd.DataFrame, Path], None] = _write_csv
    if format == "parquet":
        require_parquet()
        write = _write_parquet
    directory.mkdir(parents=True, exist_ok=True)
    frames = dict(summary_tables(summary))
    if not summary.min_cell:
        frames = {**dict(tables.items()), **frames}
    paths = []
    for name, frame in frames.items():
        path = directory / f"{name}.{format}"
        draft = directory / f".{name}.{format}.part"  # whole or not at all
        write(frame, draft)
        draft.replace(path)
        paths.append(path)
    return paths


def require_parquet() -> None:
    """Raises ``MissingExtra`` without pyarrow."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet") from error


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    safe = frame.copy(deep=False)
    for name in safe.columns:
        column = safe[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            safe[name] = column.cat.rename_categories(_harmless)
        elif not pd.api.types.is_numeric_dtype(column):
            safe[name] = column.map(_harmless, na_action="ignore")
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, engine="pyarrow")


def summary_tables(summary: Summary) -> Iterator[tuple[str, pd.DataFrame]]:
    """The counts of the study as long tables; a hidden number is missing."""
    yield (
        "degree_by_group",
        _frame(
            ["group", "degree", "profiles"],
            [
                (row.group, level, n)
                for row in summary.by_degree
                for level, n in zip(summary.degrees, row.counts, strict=True)
            ],
        ),
    )
    yield (
        "coverage",
        _frame(
            ["role", "requirement", "status", "profiles"],
            [
                (role.id, each.id, status, getattr(each, status))
                for role in summary.roles
                for each in role.requirements
                for status in ("met", "partial", "missing")
            ],
        ),
    )
    yield (
        "met_by_group",
        _frame(
            ["role", "requirement", "group", "profiles", "met"],
            [(role.id, each.id, *row) for role in summary.roles for each in role.requirements for row in each.by_group],
        ),
    )
    yield (
        "skills_by_group",
        _frame(["group", "skill", "profiles"], [(g.group, s.id, s.profiles) for g in summary.groups for s in g.skills]),
    )
    yield (
        "missing_skills",
        _frame(
            ["role", "skill", "profiles"], [(role.id, s.id, s.profiles) for role in summary.roles for s in role.gaps]
        ),
    )
    yield (
        "missing_together",
        _frame(
            ["role", "first", "second", "profiles"],
            [(role.id, p.first, p.second, p.profiles) for role in summary.roles for p in role.together],
        ),
    )
    yield (
        "averages",
        _frame(
            ["group", "profiles", "engineering", *(f"fit_{role.id}" for role in summary.roles)],
            [(g.group, g.profiles, g.engineering, *(g.fits.get(r.id) for r in summary.roles)) for g in summary.groups],
        ),
    )


def _frame(columns: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    for name in {"profiles", "met"} & set(columns):
        frame[name] = frame[name].astype("Int64")
    return frame
