"""Report → text: one module an output format, and ``wording`` for what the formats for people share."""

from __future__ import annotations

from collections.abc import Sequence

from profilefit.models import Report

#: The formats that ``render`` writes, the default first.
FORMATS = ("text", "markdown", "json", "jsonresume", "html")

#: Columns of a text report that is not written for a terminal of a known width.
DEFAULT_WIDTH = 80


def render(
    report: Report,
    format: str = "text",
    *,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    ascii_only: bool = False,
    verbose: bool = False,
    explain: bool = False,
) -> str:
    """Writes a report.

    Args:
        report: what ``analyze`` returned.
        format: one of ``FORMATS``.
        width: columns of the terminal (``text`` alone).
        color: with ANSI colours (``text`` alone).
        ascii_only: bars and marks from ASCII, for terminals that know no more (``text`` alone); quotes stay.
        verbose: all evidence instead of the best of each claim (``json`` and ``jsonresume`` always hold all,
            ``html`` the long quotes in full).
        explain: also what was considered and rejected, with the reasons.

    Returns:
        The report, ending with a line break. The same report gives the same characters.

    Raises:
        ValueError: no such format.
    """
    match format:
        case "text":
            from profilefit.reporting.terminal import render_text

            return render_text(
                report, width=width, color=color, ascii_only=ascii_only, verbose=verbose, explain=explain
            )
        case "markdown":
            from profilefit.reporting.markdown import render_markdown

            return render_markdown(report, verbose=verbose, explain=explain)
        case "json":
            from profilefit.reporting.json import render_json

            return render_json(report, explain=explain)
        case "jsonresume":
            from profilefit.reporting.jsonresume import render_jsonresume

            return render_jsonresume(report)
        case "html":
            return render_page([report], verbose=verbose, explain=explain)
    raise ValueError(f'unknown format "{format}"; known formats: {", ".join(FORMATS)}')


def render_page(reports: Sequence[Report], *, verbose: bool = False, explain: bool = False) -> str:
    """Writes reports, one or several, as one page of HTML that needs nothing else.

    Args:
        reports: in the order of the page; one at least.
        verbose, explain: as for ``render``.
    """
    from profilefit.reporting.html import render_html

    return render_html(reports, verbose=verbose, explain=explain)
