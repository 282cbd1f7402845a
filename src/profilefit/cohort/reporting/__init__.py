"""A study as text, Markdown, JSON or a page, and its tables as files; ``sections`` words what people read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from profilefit.cohort.summary import FIT_BINS, ProfileRow, Summary

#: The formats that are one text; ``csv`` and ``parquet`` are directories (see ``files``).
TEXTS = ("text", "markdown", "json", "html")

SCHEMA = "profilefit-stats/1"


def render_summary(
    summary: Summary,
    format: str = "text",
    *,
    profiles: Sequence[ProfileRow] = (),
    width: int = 80,
    color: bool = False,
    ascii_only: bool = False,
) -> str:
    """Writes a study.

    Args:
        summary: its numbers.
        format: one of ``TEXTS``.
        profiles: rows of single profiles, shown as they are; none where ``min_cell`` hides what is small.
        width, color, ascii_only: of the terminal (``text`` alone).
    Raises:
        ValueError: no such format.
    """
    match format:
        case "text":
            from profilefit.cohort.reporting.terminal import render_text

            return render_text(summary, profiles, width=width, color=color, ascii_only=ascii_only)
        case "markdown":
            from profilefit.cohort.reporting.markdown import render_markdown

            return render_markdown(summary, profiles)
        case "json":
            return json.dumps(as_json(summary, profiles), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        case "html":
            from profilefit.cohort.reporting.html import render_html

            return render_html(summary, profiles)
    raise ValueError(f'unknown format "{format}"; known formats: {", ".join(TEXTS)}')


def as_json(summary: Summary, profiles: Sequence[ProfileRow] = ()) -> dict[str, Any]:
    """The study as nested dictionaries: ``profilefit-stats/1``; a number that is hidden is null."""
    out: dict[str, Any] = {"schema": SCHEMA, **asdict(summary), "fit_bins": list(FIT_BINS)}
    for role in out["roles"]:
        for requirement in role["requirements"]:
            requirement["by_group"] = [
                {"group": group, "profiles": total, "met": met} for group, total, met in requirement["by_group"]
            ]
    if not summary.min_cell:
        out["rows"] = [{k: v for k, v in asdict(row).items() if k != "file" or v is not None} for row in profiles]
    return out
