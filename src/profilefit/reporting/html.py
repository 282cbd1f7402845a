"""Reports as one page that needs nothing else: inline SVG, light and dark, for phone and paper, no script.

All evidence is on the page, folded under what it shows. Words stay text, and pictures say in words what they show.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import count

from profilefit.models import Assessment, Level, Report
from profilefit.reporting import wording
from profilefit.reporting.pages import content_policy, style_sheet, template

#: Characters of a quote when not all is asked for.
_QUOTE = 400

#: The two paths have colours of their own; those of roles from elsewhere take what is left, in turn.
_COLORS = {"ml-engineer": 0, "ml-researcher": 1}
_MORE_COLORS = (2, 3)

#: Degrees that the ladder always shows, and those that it shows where somebody holds them.
_RUNGS: tuple[Level, ...] = ("doctorate", "master", "bachelor")
_LOWER: tuple[Level, ...] = ("associate", "secondary")


def render_html(reports: Sequence[Report], *, verbose: bool = False, explain: bool = False) -> str:
    """One page for one report or several, each an article; the same reports give the same characters."""
    return (
        template("page.html.jinja").render(
            reports=reports,
            explain=explain,
            longest=10_000 if verbose else _QUOTE,
            style=style_sheet(),
            policy=content_policy(),
            colors=path_colors,
            rungs=rungs,
            degrees=degree_shares,
        )
        + "\n"
    )


def in_notebook(report: Report) -> str:
    """The page in a frame of its own, so that neither its style nor that of the notebook gets at the other."""
    page = escape(render_html([report]), quote=True)
    title = escape(wording.clean(report.profile.document.source.name), quote=True)
    return (
        f'<iframe srcdoc="{page}" title="Report: {title}" sandbox width="100%" height="720" '
        'style="border: 0; border-radius: 8px"></iframe>'
    )


def path_colors(roles: Sequence[Assessment]) -> list[int]:
    """The number of each path's colour."""
    others = count()
    return [
        _COLORS[role.id] if role.id in _COLORS else _MORE_COLORS[next(others) % len(_MORE_COLORS)] for role in roles
    ]


def degree_shares(role: Assessment) -> dict[Level, float]:
    """The share (0-1) of people on a path whose highest degree is this one, by the first source that tells it."""
    figure = next(iter(role.degree.figures), None)
    return (
        {"doctorate": figure.doctorate / 100, "master": figure.master / 100, "bachelor": figure.bachelor / 100}
        if figure
        else {}
    )


def rungs(report: Report) -> list[Level]:
    """The degrees to show, highest first."""
    wanted = {report.profile.highest_degree, *(role.degree.usual for role in report.roles)}
    return [*_RUNGS, *(level for level in _LOWER if level in wanted)]
