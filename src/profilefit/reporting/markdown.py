"""The report as Markdown (with tables as GitHub, GitLab and pandoc read them)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from profilefit.models import Assessment, Evidence, Report, RequirementResult
from profilefit.reporting import wording

#: Every character that Markdown or HTML could take for markup inside a line.
_MARKUP = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>|~#&$"})

#: Characters of a quote when not all evidence is asked for.
_QUOTE = 200


def render_markdown(report: Report, *, verbose: bool = False, explain: bool = False) -> str:
    """The report as one Markdown document."""
    blocks = [*_head(report)]
    for role in report.roles:
        blocks += _role(role, wording.skill_names(report), verbose)
    blocks += _missing(report)
    if verbose:
        blocks += _profile(report)
    if explain:
        blocks += _rejections(report)
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text of a CV so that Markdown shows it as it is, on one line.

    >>> escape("a|b <script>")
    'a\\\\|b \\\\<script\\\\>'
    """
    return wording.clean(text).translate(_MARKUP)


def _head(report: Report) -> Iterator[str]:
    source = report.profile.document.source
    yield f"# {escape(source.name)}"
    yield escape(wording.source_line(source))
    yield table(
        ("Path", "Fit", "Met", "Partial", "Missing"),
        ((escape(r.name), wording.percent(r.fit), str(r.met), str(r.partial), str(r.missing)) for r in report.roles),
        align="lrrrr",
    )
    mix = wording.mix_line(report.mix)
    if report.mix:
        usual = (f"{who} {wording.shares(share)}" for who, share in wording.usual_mixes(report))
        mix += f" (a rough usual split: {', '.join(usual)})"
    facts = (*wording.facts(report), ("Engineering / research", mix))
    yield "\n".join(f"- **{name}:** {escape(value)}" for name, value in facts)
    for note in report.notes:
        yield f"> **Note:** {escape(note.message)}"
    yield "; ".join(f"**{status}**: {meaning}" for status, meaning in wording.LEGEND) + "."


def _role(role: Assessment, names: dict[str, str], verbose: bool) -> Iterator[str]:
    yield f"## {escape(role.name)}: {wording.percent(role.fit)}"
    yield table(
        ("", "Requirement", "Verdict", "Shown by"),
        ((r.id, _statement(r), wording.verdict(r), _shown_by(r, verbose)) for r in role.requirements),
    )
    steps = [wording.gap_line(gap, role, names) for gap in role.gaps]
    if steps:
        yield "Next steps, the best one first:"
        told = (
            "<br>".join(escape(line) for line in (step, *wording.gap_context(gap, names)))
            for step, gap in zip(steps, role.gaps, strict=True)
        )
        yield "\n".join(f"{number}. {step}" for number, step in enumerate(told, start=1))
    context = "; ".join([wording.degree_context(role), *wording.degree_figures(role)])
    yield escape(f"Degree, as context and not part of the fit: {context}.")
    if pay := wording.salary_line(role):
        yield escape(f"Pay, as context: {pay}")
    if role.scope:
        yield f"### {escape(role.scope_title)}"
        yield table(
            ("", "What it asks for", "Verdict", "Shown by"),
            ((i.id, escape(i.statement), i.status, _quotes(i.evidence, verbose)) for i in role.scope),
        )


def _statement(requirement: RequirementResult) -> str:
    return f"**{escape(wording.sentence(requirement.name))}**<br>{escape(requirement.statement)}"


def _shown_by(requirement: RequirementResult, verbose: bool) -> str:
    parts = [_quotes(requirement.evidence, verbose, requirement.quotes) or wording.sentence(wording.NOT_FOUND) + "."]
    if requirement.missing_parts:
        parts.append(escape(wording.sentence(wording.missing_half(requirement))) + ".")
    if requirement.status != "met" and requirement.missing_skills:
        names = (escape(skill.name) for skill in requirement.missing_skills)
        parts.append(f"{wording.WOULD_SHOW}: {wording.listed(names, None if verbose else 5)}")
    return "<br>".join(parts)


def _quotes(evidence: Sequence[Evidence], verbose: bool, first: int = 1) -> str:
    return "<br>".join(
        _quote(piece, 10_000 if verbose else _QUOTE) for piece in (evidence if verbose else evidence[:first])
    )


def _quote(evidence: Evidence, length: int = _QUOTE) -> str:
    before, match, after = (part.translate(_MARKUP) for part in wording.quote_around(evidence, length))
    bold = f"**{match}**" if match == match.strip() and match else match
    return f"“{before}{bold}{after}” ({escape(wording.place(evidence))})"


def _missing(report: Report) -> Iterator[str]:
    rows = wording.gaps_by_path(report)
    if rows:
        yield f"## Skills that would close a gap, {wording.NOT_FOUND}"
        yield table(("Path", "Skills"), ((escape(who), escape(wording.listed(skills))) for who, skills in rows))


def _profile(report: Report) -> Iterator[str]:
    for name, lines in wording.profile_lists(report):
        yield f"## {name}"
        yield "\n".join(f"- {escape(line)}" for line in lines)


def _rejections(report: Report) -> Iterator[str]:
    yield "## Considered and not counted"
    rejections = report.profile.rejections
    if not rejections:
        yield "Nothing."
        return
    yield table(
        ("What", "Why not", "Where"), ((escape(r.what), escape(r.reason), _quote(r.evidence)) for r in rejections)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """A table; ``align`` holds an ``r`` for each column of figures."""
    rule = ["---:" if mark == "r" else "---" for mark in align.ljust(len(head), "l")]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
