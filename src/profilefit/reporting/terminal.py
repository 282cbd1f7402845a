"""The report for a terminal, by rich: every line fits the width, colour never carries a meaning alone.

Rich draws into a string and is cut off from the environment, so that the same report gives the same characters;
the command line decides on width and colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from profilefit.models import Assessment, Evidence, Mix, Report, RequirementResult, ScopeResult, Verdict
from profilefit.reporting import wording
from profilefit.reporting.wording import clean

#: From this width on, two paths stand side by side; below it one under the other.
SIDE_BY_SIDE = 150

#: Columns past which a line of prose gets hard to read.
PROSE = 110

_COLORS: dict[Verdict, str] = {"met": "green", "partial": "yellow", "missing": "red"}


@dataclass(frozen=True)
class _Marks:
    """The characters that the report is drawn with."""

    met: str
    partial: str
    missing: str
    full: str
    empty: str
    rule: str
    note: str
    dot: str
    open_quote: str
    close_quote: str

    def of(self, status: Verdict) -> Text:
        return Text({"met": self.met, "partial": self.partial, "missing": self.missing}[status], style=_COLORS[status])


_UNICODE = _Marks("✓", "◐", "✗", "█", "░", "─", "!", "·", "“", "”")
_ASCII = _Marks("+", "~", "x", "#", ".", "-", "!", "-", '"', '"')


def draw(parts: Iterable[RenderableType], *, width: int, color: bool) -> str:
    """Parts of a report below each other, whatever the terminal and its environment, without trailing blanks."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip("\n") + "\n"


def render_text(
    report: Report, *, width: int, color: bool, ascii_only: bool = False, verbose: bool = False, explain: bool = False
) -> str:
    """The report as lines of at most ``width`` columns, without trailing blanks unless coloured."""
    page = _Page(report, width, _ASCII if ascii_only else _UNICODE, verbose)
    text = draw(page.parts(explain), width=width, color=color)
    return text.replace(" · ", " - ").replace("…", "...") if ascii_only else text


class _Page:
    """One report being drawn at one width."""

    def __init__(self, report: Report, width: int, marks: _Marks, verbose: bool) -> None:
        self.report = report
        self.width = width
        self.marks = marks
        self.verbose = verbose
        self.names = {id: clean(name) for id, name in wording.skill_names(report).items()}

    def parts(self, explain: bool) -> Iterator[RenderableType]:
        """Everything from top to bottom."""
        yield self._headline()
        yield from self._notes()
        yield from self._roles()
        yield from self._missing()
        if self.verbose:
            yield from self._profile()
        if explain:
            yield from self._rejections()

    # ── the head ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _headline(self) -> RenderableType:
        report = self.report
        facts = Table.grid(padding=(0, 2))
        facts.add_column(style="dim", no_wrap=True)
        facts.add_column(overflow="fold")
        for name, value in wording.facts(report):
            facts.add_row(name, value)
        title = Text(wording.source_line(report.profile.document.source), style="bold", overflow="fold")
        return Group(title, Text(), facts, Text(), self._fits(), Text(), self._mix(report.mix), self._legend())

    def _fits(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold", style="bold")
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, justify="right", style="bold")
        table.add_column(overflow="fold")
        for role in self.report.roles:
            table.add_row(
                clean(role.name), self._bar(role.fit, "cyan"), wording.percent(role.fit), wording.counts_line(role)
            )
        return table

    def _mix(self, mix: Mix | None) -> RenderableType:
        if mix is None:
            return Text(f"Engineering and research: {wording.mix_line(mix)}.", style="dim")
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold")
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row("Engineering / research", self._bar(mix.engineering, "cyan"), wording.mix_line(mix))
        for who, share in wording.usual_mixes(self.report):
            row = (
                Text("  roughly usual", style="dim"),
                self._bar(share, "dim"),
                Text(f"{wording.shares(share)}, {who}", style="dim"),
            )
            table.add_row(*row)
        return table

    def _bar(self, share: float, style: str) -> Text:
        cells = 24 if self.width >= 100 else 10
        full = min(cells, max(0, int(share * cells + 0.5)))
        return Text(self.marks.full * full, style=style) + Text(self.marks.empty * (cells - full), style="dim")

    def _legend(self) -> RenderableType:
        table = Table.grid(padding=(0, 1))
        for status, meaning in wording.LEGEND:
            table.add_row(self.marks.of(status), Text(status, style="dim"), Text(meaning, style="dim", overflow="fold"))
        return Padding(table, (1, 0, 0, 0))

    def _notes(self) -> Iterator[RenderableType]:
        if not self.report.notes:
            return
        table = Table.grid(padding=(0, 1))
        table.add_column(style="yellow", no_wrap=True)
        table.add_column(overflow="fold", max_width=PROSE)
        for note in self.report.notes:
            table.add_row(self.marks.note, clean(note.message))
        yield Padding(table, (1, 0, 0, 0))

    # ── one path ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _roles(self) -> Iterator[RenderableType]:
        roles = self.report.roles
        if self.width < SIDE_BY_SIDE or len(roles) != 2:
            yield from (Padding(self._role(role), (1, 0, 0, 0)) for role in roles)
            return
        table = Table.grid(padding=(0, 4), expand=True, pad_edge=False)
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        table.add_row(*(self._role(role) for role in roles))
        yield Padding(table, (1, 0, 0, 0))

    def _role(self, role: Assessment) -> Group:
        title = f"{clean(role.name)} {self.marks.dot} {wording.percent(role.fit)}"
        parts: list[RenderableType] = [
            Rule(Text(title, style="bold"), align="left", characters=self.marks.rule, style="dim"),
            *(self._requirement(requirement) for requirement in role.requirements),
        ]
        if role.scope:
            parts.append(Text(clean(role.scope_title), style="bold"))
            parts.append(Padding(self._scope(role.scope), (0, 0, 1, 0)))
        parts.append(self._facts(role))
        return Group(*parts)

    def _requirement(self, requirement: RequirementResult) -> RenderableType:
        head = Text.assemble((f"{requirement.id} ", "dim"), (sentence_name(requirement.name), "bold"))
        head.append(f"  {wording.verdict(requirement)}", style=_COLORS[requirement.status])
        body: list[RenderableType] = [head, Text(clean(requirement.statement), style="dim", overflow="fold")]
        body += self._quotes(requirement.evidence, requirement.quotes)
        if not requirement.evidence:
            body.append(Text(sentence_name(wording.NOT_FOUND) + ".", style="red"))
        if requirement.missing_parts:
            body.append(Text(sentence_name(wording.missing_half(requirement)) + ".", overflow="fold"))
        if requirement.status != "met" and requirement.missing_skills:
            names = (clean(skill.name) for skill in requirement.missing_skills)
            told = wording.listed(names, None if self.verbose else 5)
            body.append(Text(f"{wording.WOULD_SHOW}: {told}", overflow="fold"))
        return self._marked(requirement.status, Padding(Group(*body), (0, 0, 1, 0)))

    def _scope(self, scope: Sequence[ScopeResult]) -> RenderableType:
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold")
        for item in scope:
            body: list[RenderableType] = [Text(clean(item.statement), overflow="fold"), *self._quotes(item.evidence)]
            table.add_row(self.marks.of(item.status), item.id, Group(*body))
        return table

    def _facts(self, role: Assessment) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        steps = [wording.gap_line(gap, role, self.names) for gap in role.gaps]
        for number, (gap, step) in enumerate(zip(role.gaps, steps, strict=True)):
            if number > 2 and not self.verbose:
                break
            label = Text("then", style="dim", justify="right") if number else Text("Next best step", style="bold")
            body = Text(clean(step), overflow="fold")
            if not number or self.verbose:
                for line in wording.gap_context(gap, self.names):
                    body.append(f"\n{line}", style="dim")
            table.add_row(label, body)
        table.add_row(
            Text("Degree (context)", style="dim"),
            Text(
                "\n".join([f"{wording.degree_context(role)}; not part of the fit", *wording.degree_figures(role)]),
                style="dim",
                overflow="fold",
            ),
        )
        if pay := wording.salary_line(role):
            table.add_row(Text("Pay (context)", style="dim"), Text(pay, style="dim", overflow="fold"))
        return table

    def _quotes(self, evidence: Sequence[Evidence], first: int = 1) -> Iterator[RenderableType]:
        if not self.verbose:
            yield from (self._quote(piece) for piece in evidence[:first])
            return
        table = Table.grid(padding=(0, 1))  # one dot each, so that where a quote begins can be seen
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold")
        for piece in evidence:
            table.add_row(self.marks.dot, self._quote(piece))
        if evidence:
            yield table

    def _quote(self, evidence: Evidence) -> Text:
        length = 10_000 if self.verbose else 150
        before, match, after = wording.quote_around(evidence, length)
        place = (f"{clean(wording.place(evidence))}: ", "dim")
        marks = self.marks
        return Text.assemble(
            place, marks.open_quote, before, (match, "bold"), after, marks.close_quote, overflow="fold"
        )

    def _marked(self, status: Verdict, body: RenderableType) -> Table:
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold", max_width=PROSE)
        table.add_row(self.marks.of(status), body)
        return table

    # ── the foot ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _missing(self) -> Iterator[RenderableType]:
        rows = wording.gaps_by_path(self.report)
        if not rows:
            return
        yield self._heading(f"Skills that would close a gap, {wording.NOT_FOUND}")
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold", min_width=13)
        table.add_column(overflow="fold", max_width=PROSE)
        for who, skills in rows:
            table.add_row(Text(who), Text(wording.listed(skills, None if self.verbose else 12), overflow="fold"))
        yield table

    def _profile(self) -> Iterator[RenderableType]:
        for name, lines in wording.profile_lists(self.report):
            yield self._heading(name)
            yield from (Text(line, overflow="fold") for line in lines)

    def _rejections(self) -> Iterator[RenderableType]:
        yield self._heading("Considered and not counted")
        rejections = self.report.profile.rejections
        if not rejections:
            yield Text("Nothing.", style="dim")
        for rejection in rejections:
            line = Text.assemble((clean(rejection.what), "bold"), f": {clean(rejection.reason)}", overflow="fold")
            yield line
            yield Padding(self._quote(rejection.evidence), (0, 0, 0, 2))

    def _heading(self, words: str) -> RenderableType:
        rule = Rule(Text(words, style="bold"), align="left", characters=self.marks.rule, style="dim")
        return Padding(rule, (1, 0, 0, 0))


def sentence_name(words: str) -> str:
    """A name as the start of a line."""
    return wording.sentence(clean(words))
