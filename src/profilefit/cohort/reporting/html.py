"""A study as one page that needs nothing else: charts in inline SVG, light and dark, no script, nothing fetched.

Only bars are drawn; words stay text beside them, so that they keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from profilefit.cohort.reporting.sections import DEGREES, HIDDEN, count, headline, mix, ratio, remarks, share
from profilefit.cohort.summary import ALL, FIT_BINS, ProfileRow, RolePart, Summary
from profilefit.reporting.pages import template
from profilefit.reporting.wording import clean, percent, sentence

#: Skills shown as chips for a group, and as bars for a path.
_CHIPS, _BARS = 10, 12


def render_html(summary: Summary, profiles: Sequence[ProfileRow]) -> str:
    """The page."""
    return template("page.html.jinja", "profilefit.cohort.reporting").render(
        summary=summary,
        profiles=profiles,
        headline=headline(summary),
        remarks=remarks(summary),
        degrees=DEGREES,
        bins=[
            f"{percent(low)[:-1]}–{percent(high)[:-1]}" for low, high in zip((0.0, *FIT_BINS), FIT_BINS, strict=False)
        ],
        all=ALL,
        hidden=HIDDEN,
        heat=heat_map,
        stack=stack,
        count=count,
        ratio=ratio,
        share=share,
        mix=mix,
        chips=_CHIPS,
        bars=_BARS,
    )


def stack(names: Sequence[str], counts: Sequence[int | None], total: int | None, label: str) -> Markup:
    """Counts as pieces of one bar; ``names`` are the classes that colour them. What is hidden stays an empty piece."""
    shares = [(ratio(number, total) or 0.0) * 100 for number in counts]
    if None in counts:
        shares[counts.index(None)] = max(0.0, 100 - sum(shares))
    starts = [0.0, *accumulate(shares)]
    pieces = [
        Markup('<rect class="{}" x="{:.2f}" width="{:.2f}" height="10"/>').format(name, start, width)
        for name, start, width, number in zip(names, starts, shares, counts, strict=False)
        if width and number is not None
    ]
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(label, Markup("").join(pieces))


def heat_map(role: RolePart, summary: Summary) -> list[tuple[str, list[float | None]]]:
    """Rows of a heat map: the requirement, and the share of each group that meets it, all of them at the end."""
    return [
        (
            f"{each.id} {sentence(clean(each.name))}",
            [*(ratio(met, total) for _, total, met in each.by_group), ratio(each.met, summary.profiles)],
        )
        for each in role.requirements
    ]
