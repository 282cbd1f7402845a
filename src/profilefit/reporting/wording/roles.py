"""How a path is told: its verdicts, its mix and its context."""

from __future__ import annotations

from profilefit.models import (
    Assessment,
    Mix,
    Report,
    RequirementResult,
    Verdict,
)
from profilefit.reporting.wording.profile import DEGREES, LEVELS
from profilefit.reporting.wording.text import NOT_FOUND, clean, percent, plural

LEGEND: tuple[tuple[Verdict, str], ...] = (
    ("met", "used in dated work, or demonstrated with an outcome"),
    ("partial", "only listed, or half of it shown"),
    ("missing", NOT_FOUND + ", which is not the same as lacking"),
)


#: Before the skills that a requirement was not shown by, and the title of what is asked beside the requirements.
WOULD_SHOW = "Would show it"


def shares(engineering: float) -> str:
    """A mix as two percentages that add up to 100.

    >>> shares(0.745)
    '75 / 25'
    """
    whole = int(percent(engineering)[:-1])
    return f"{whole} / {100 - whole}"


def mix_line(mix: Mix | None) -> str:
    """The engineering/research mix and what it rests on."""
    if mix is None:
        return "too little dated work in this document to estimate it"
    pieces = plural(mix.evidence_count, "piece of evidence", "pieces of evidence")
    return f"{shares(mix.engineering)}, from {pieces}"


def usual_mixes(report: Report) -> list[tuple[str, float]]:
    """The rough share of engineering (0-1) that is usual on each path."""
    return [(clean(role.name), role.usual_engineering) for role in report.roles]


def counts_line(role: Assessment) -> str:
    """How many requirements are met, and what about the rest."""
    rest = [f"{count} {name}" for count, name in ((role.partial, "partial"), (role.missing, "missing")) if count]
    return ", ".join([f"met {role.met} of {len(role.requirements)}", *rest])


def degree_context(role: Assessment) -> str:
    """The degree usual on a path beside the one shown."""
    held = f"a {DEGREES[role.degree.held]} is shown here" if role.degree.held else "no completed degree found here"
    return f"a {DEGREES[role.degree.usual]} is usual on this path; {held}"


def degree_figures(role: Assessment) -> list[str]:
    """The figures behind the usual degree, one line a source."""
    return [
        f"of {figure.sample:,} {figure.among}, {figure.doctorate:.0f}% name a doctorate, {figure.master:.0f}% a "
        f"master's and {figure.bachelor:.0f}% a bachelor's degree as their highest ({figure.source})"
        for figure in role.degree.figures
    ]


def salary_line(role: Assessment) -> str:
    """What the path paid, where and when, by whom it was told, and the warning; empty without figures."""
    figures = [f"{s.place} {s.currency} {s.average:,} ({s.period}; {s.source})" for s in role.salaries]
    return clean("; ".join(figures) + f". {role.salary_warning}") if figures else ""


def verdict(requirement: RequirementResult) -> str:
    """The status, and for a met requirement how well it is shown."""
    return f"met, {LEVELS[requirement.level]}" if requirement.status == "met" else requirement.status


def missing_half(requirement: RequirementResult) -> str:
    """Which half of a partial requirement was not shown; empty where it has none."""
    return f"not shown: {', '.join(requirement.missing_parts)}" if requirement.missing_parts else ""
