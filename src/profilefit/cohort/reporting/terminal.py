"""A study for a terminal, drawn with rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from profilefit.cohort.reporting.sections import Bar, Section, headline, remarks, sections
from profilefit.cohort.summary import ProfileRow, Summary
from profilefit.reporting.terminal import draw

#: From this width on, rows have bars.
WIDE = 110
#: Columns past which a line of prose gets hard to read.
_PROSE = 110
_BAR = 30

_STYLES = ("magenta", "cyan", "green", "yellow", "blue", "dim")
_VERDICTS = ("green", "yellow", "red")
_UNICODE = "█▓▒░┄·"
_ASCII = "#=+-.:"


def render_text(
    summary: Summary, profiles: Sequence[ProfileRow], *, width: int, color: bool, ascii_only: bool = False
) -> str:
    """The study as lines of at most ``width`` columns."""
    text = draw(_parts(summary, profiles, width, ascii_only), width=width, color=color)
    return text.replace("–", "*").replace("…", "...") if ascii_only else text


def _parts(summary: Summary, profiles: Sequence[ProfileRow], width: int, ascii_only: bool) -> Iterator[RenderableType]:
    yield Text(headline(summary), style="bold")
    for remark in remarks(summary):
        yield Constrain(Padding(Text(remark, style="dim"), (1, 0, 0, 0)), min(width, _PROSE))
    for section in sections(summary, profiles):
        yield Text()
        rule = "-" if ascii_only else "─"
        yield Rule(Text(section.title, style="bold"), align="left", characters=rule, style="dim")
        if section.remark:
            yield Constrain(Text(section.remark, style="dim"), min(width, _PROSE))
        yield _table(section, width, ascii_only)


def _fitting(section: Section, width: int) -> tuple[Section, int, bool]:
    """The widest form of a table that fits, the blanks between its columns (two, else one), and whether there is room
    for bars. Headings break only in a table that has one form. Where none fits, the narrowest: its first column
    breaks."""
    for form in (section, *section.narrower):
        words = [place for place in range(len(form.columns)) if isinstance(form.rows[0][place], str)]
        for gap in (2, 1):
            columns = (_widest(form, place, whole=bool(section.narrower)) for place in words)
            left = width - sum(columns) - gap * (len(words) - 1)
            if left >= 0 or not form.numbers:
                return form, gap, width >= WIDE and left >= gap + _BAR
    return form, 1, False


def _table(section: Section, width: int, ascii_only: bool) -> Table:
    """Numbers never break; a column of words takes what is left."""
    section, gap, bars_too = _fitting(section, width)
    edge = box.ASCII_DOUBLE_HEAD if ascii_only else box.SIMPLE_HEAD
    table = Table(
        box=edge if section.numbers else None, show_header=bool(section.numbers), pad_edge=False, show_edge=False,
        padding=(0, gap, 0, 0) if not section.numbers else (0, gap - 1), header_style="dim", collapse_padding=True,
    )  # fmt: skip
    bars = [place for place, cell in enumerate(section.rows[0]) if not isinstance(cell, str)]
    shown = [place for place in range(len(section.columns)) if place not in bars or bars_too]
    for place in shown:
        number = place in section.numbers
        table.add_column(
            Text(section.columns[place]),
            justify="right" if number else "left",
            overflow="fold",
            min_width=_widest(section, place) if number else (8 if place else 10),
            no_wrap=False,
            max_width=None if number else (_PROSE if place else 34),
            style="bold" if not place and not section.numbers else "",
        )
    for at, row in enumerate(section.rows):
        if section.last and at == len(section.rows) - 1:
            table.add_section()
        table.add_row(*(_cell(row[place], section.verdicts, ascii_only) for place in shown))
    return table


def _widest(section: Section, place: int, *, whole: bool = False) -> int:
    """Columns that the widest cell takes, or the heading: the whole of it, or its longest word."""
    heading = section.columns[place]
    words = [len(word) for word in ([heading] if whole else heading.split())]
    return max(0, *words, *(len(str(row[place])) for row in section.rows))


def _cell(cell: str | Bar, verdicts: bool, ascii_only: bool) -> Text:
    if isinstance(cell, str):
        return Text(cell, overflow="fold")
    styles = _VERDICTS if verdicts else _STYLES
    marks = _ASCII if ascii_only else _UNICODE
    text = Text(no_wrap=True)
    drawn, until = 0, 0.0
    for place, share in enumerate(cell):
        until += share
        end = int(until * _BAR + 0.5)
        text.append(marks[place % len(marks)] * (end - drawn), style=styles[place % len(styles)])
        drawn = max(drawn, end)
    return text
