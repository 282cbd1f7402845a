"""A study as Markdown, for a report or a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from profilefit.cohort.reporting.sections import Section, headline, remarks, sections
from profilefit.cohort.summary import ProfileRow, Summary


def render_markdown(summary: Summary, profiles: Sequence[ProfileRow]) -> str:
    """Headings and pipe tables; bars are left out."""
    parts = ["# A study of profiles", f"{headline(summary)}.", *remarks(summary)]
    for section in sections(summary, profiles):
        parts.append(f"## {_escape(section.title)}")
        if section.remark:
            parts.append(_escape(section.remark))
        parts.append("\n".join(_table(section)))
    return "\n\n".join(parts) + "\n"


def _table(section: Section) -> Iterator[str]:
    places = [place for place, cell in enumerate(section.rows[0]) if isinstance(cell, str)]
    yield _row(section.columns[place] for place in places)
    yield _row("---:" if place in section.numbers else "---" for place in places)
    for row in section.rows:
        yield _row(_escape(str(row[place])) for place in places)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    for character in "\\|*_`<>[]#":
        text = text.replace(character, "\\" + character)
    return text
