"""A study as Markdown, for a report or a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from profilefit.cohort.reporting.sections import Section, headline, remarks, sections
from profilefit.cohort.summary import ProfileRow, Summary
from profilefit.reporting.markdown import table


def render_markdown(summary: Summary, profiles: Sequence[ProfileRow]) -> str:
    """Headings and pipe tables; bars are left out."""
    parts = ["# A study of profiles", f"{headline(summary)}.", *remarks(summary)]
    for section in sections(summary, profiles):
        parts.append(f"## {_escape(section.title)}")
        if section.remark:
            parts.append(_escape(section.remark))
        parts.append(_table(section))
    return "\n\n".join(parts) + "\n"


def _table(section: Section) -> str:
    places = [place for place, cell in enumerate(section.rows[0]) if isinstance(cell, str)]
    return table(
        [section.columns[place] for place in places],
        ([_escape(str(row[place])) for place in places] for row in section.rows),
        align="".join("r" if place in section.numbers else "l" for place in places),
    )


def _escape(text: str) -> str:
    for character in "\\|*_`<>[]#":
        text = text.replace(character, "\\" + character)
    return text
