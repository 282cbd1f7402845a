"""What the formats for people share: how a report is told in words, and what is picked out of it.

Absent is not lacking: nothing here says that a person lacks something, only that a document does not show it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from profilefit.models import (
    Assessment,
    Education,
    Evidence,
    Gap,
    Level,
    Mix,
    Position,
    Profile,
    Publication,
    Report,
    RequirementResult,
    Skill,
    Source,
    Verdict,
)

DEGREES: dict[Level, str] = {
    "doctorate": "doctorate",
    "master": "master's degree",
    "bachelor": "bachelor's degree",
    "associate": "two-year degree",
    "secondary": "school-leaving certificate",
}
LEVELS = ("not found", "listed", "used", "demonstrated")
SOURCES = {
    "cv": "CV",
    "linkedin-pdf": "LinkedIn PDF export",
    "linkedin-export": "LinkedIn data export",
    "json-resume": "JSON Resume",
}
EFFORTS = {"S": "days", "M": "weeks", "L": "months", "XL": "a year or more"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

NOT_FOUND = "not found in this document"
LEGEND: tuple[tuple[Verdict, str], ...] = (
    ("met", "used in dated work, or demonstrated with an outcome"),
    ("partial", "only listed, or half of it shown"),
    ("missing", NOT_FOUND + ", which is not the same as lacking"),
)

#: Before the skills that a requirement was not shown by, and the title of what is asked beside the requirements.
WOULD_SHOW = "Would show it"

#: What a share beside a skill tells.
DEMAND = "named by job advertisements of this path"


def clean(text: str) -> str:
    """``text`` on one line without control, format or bidirectional characters: safe to print, whatever a CV holds.

    >>> clean("red \\x1b[31mtext\\x1b[0m\\nnext")
    'red [31mtext[0m next'
    """
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """``text`` without control, format or bidirectional characters, its blanks as they are."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def percent(share: float) -> str:
    """A share of 1 as a whole percentage, halves rounded up.

    >>> percent(0.745)
    '75%'
    """
    return f"{int(share * 100 + 0.5 + 1e-9)}%"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "paper"), plural(2, "piece of software", "pieces of software")
    ('1 paper', '2 pieces of software')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """With a capital at its start and nothing else changed.

    >>> sentence("cloud on AWS")
    'Cloud on AWS'
    """
    return words[:1].upper() + words[1:]


def month(date: str | None) -> str:
    """A date of the model as people write it.

    >>> month("2021-03"), month("2019"), month(None)
    ('Mar 2021', '2019', '')
    """
    if not date:
        return ""
    year, _, number = date.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number else year


def period(start: str | None, end: str | None, *, current: bool) -> str:
    """From when to when.

    >>> period("2021-03", None, current=True)
    'since Mar 2021'
    >>> period("2018", "2019-06", current=False)
    '2018 to Jun 2019'
    """
    if current:
        return f"since {month(start)}" if start else "now"
    return " to ".join(part for part in (month(start), month(end)) if part)


def source_line(source: Source) -> str:
    """Name, kind, length and language of the file."""
    parts = [clean(source.name), SOURCES.get(source.kind, source.kind)]
    if source.pages:
        parts.append(plural(source.pages, "page"))
    if source.language:
        parts.append(f"language {source.language}")
    return " · ".join(parts)


def degree_line(profile: Profile) -> str:
    """The highest completed degree and the one in progress, as the document writes them."""
    parts = []
    if profile.highest_degree:
        parts.append(_degree(profile, profile.highest_degree, "completed"))
    if profile.degree_in_progress:
        parts.append(_degree(profile, profile.degree_in_progress, "in-progress"))
    return "; ".join(parts) or NOT_FOUND


def _degree(profile: Profile, level: Level, status: str) -> str:
    held = next(e for e in profile.education if e.level == level and e.status == status)
    return f"{DEGREES[level]}{' in progress' * (status == 'in-progress')}: {education_line(held)}"


def education_line(education: Education) -> str:
    """A course of study on one line: degree, field, institution, years."""
    degree = clean(education.degree)
    if education.field and education.field.casefold() not in degree.casefold():
        degree = f"{degree} {clean(education.field)}".strip()
    years = period(education.start, education.end, current=education.status == "in-progress" and not education.end)
    return ", ".join(part for part in (degree, clean(education.institution or ""), years) if part)


def position_line(position: Position) -> str:
    """A position on one line: title, organisation, period."""
    dates = period(position.start, position.end, current=position.current)
    return ", ".join(part for part in (clean(position.title), clean(position.organisation or ""), dates) if part)


def latest_position(profile: Profile) -> Position | None:
    """The current position; of several the one begun last; without one, that which ended last."""
    ranked = sorted(profile.positions, key=lambda p: (p.current, (p.end or "") if not p.current else "", p.start or ""))
    return ranked[-1] if ranked else None


def facts(report: Report) -> list[tuple[str, str]]:
    """What a report says of the person before any path is looked at, each under its name."""
    profile = report.profile
    position = latest_position(profile)
    return [
        ("Highest degree", degree_line(profile)),
        (
            "Current position" if position is None or position.current else "Latest position",
            position_line(position) if position else NOT_FOUND,
        ),
        ("Skills", skills_line(profile)),
        ("Deliverables", deliverables_line(report)),
    ]


def skills_line(profile: Profile) -> str:
    """How many skills were found, and at which level."""
    counts = [(level, sum(s.level == level for s in profile.skills)) for level in reversed(LEVELS[1:])]
    if not profile.skills:
        return NOT_FOUND
    return f"{len(profile.skills)} found: " + ", ".join(f"{count} {level}" for level, count in counts if count)


def deliverables_line(report: Report) -> str:
    """Papers and software, the deliverables of the two paths, and patents where there are any."""
    found = report.deliverables
    patents = sum(p.accepted and p.kind == "patent" for p in report.profile.publications)
    parts = [
        plural(found.papers, "paper"),
        plural(patents, "patent") if patents else "",
        plural(found.software, "piece of software or model in use", "pieces of software or models in use"),
    ]
    return ", ".join(part for part in parts if part)


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


def place(evidence: Evidence) -> str:
    """Where a quote stands: page and section, or line and section for formats without pages."""
    at = f"page {evidence.page}" if evidence.page else f"line {evidence.line}"
    return f"{at}, {evidence.section.replace('-', ' ')}" if evidence.section else at


def quote_around(evidence: Evidence, length: int) -> tuple[str, str, str]:
    """The quote as (before, match, after), cut at words to about ``length`` characters around the match.

    The match is returned empty where it does not stand in the quote as one piece.
    """
    quote, match = clean(evidence.quote), clean(evidence.match)
    at = quote.find(match) if match else -1
    if at < 0:
        return _cut_end(quote, length), "", ""
    before, after = quote[:at], quote[at + len(match) :]
    match = _cut_end(match, length)
    if len(before) + len(match) <= length * 3 // 4:  # the start of a sentence reads better than its middle
        return before, match, _cut_end(after, length - len(before) - len(match))
    room = max(0, length - len(match))
    if len(before) + len(after) > room:
        ahead = min(len(before), max(room // 2, room - len(after)))
        before = _cut_start(before, ahead)
        after = _cut_end(after, max(0, room - len(before)))
    return before, match, after


def _cut_end(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head = text[: max(0, length - 2)]
    cut = head.rfind(" ")
    return (head[:cut] if cut > len(head) - 24 else head).rstrip(" ,;:") + " …"


def _cut_start(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    tail = text[len(text) - max(0, length - 2) :]
    cut = tail.find(" ")
    return "… " + (tail[cut + 1 :] if 0 <= cut < 24 else tail)


def skill_names(report: Report) -> dict[str, str]:
    """Names by id of every skill that the report speaks of."""
    names = {skill.id: skill.name for skill in report.profile.skills}
    for role in report.roles:
        for requirement in role.requirements:
            names |= {skill.id: skill.name for skill in requirement.missing_skills}
    return names


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Words with commas; past ``most`` of them only their number.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    words = list(words)
    if most is None or len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def gap_skills(role: Assessment) -> list[str]:
    """Ids of the skills that would close a role's gaps, in the order of its gaps."""
    return list(dict.fromkeys(skill for gap in role.gaps for skill in gap.skills))


def gaps_by_path(report: Report) -> list[tuple[str, list[str]]]:
    """Names of the skills that would close gaps: those of every path first, then those of each path alone."""
    names = {id: clean(name) for id, name in skill_names(report).items()}
    wanted = [gap_skills(role) for role in report.roles]
    several = len(wanted) > 1
    shared = [skill for skill in wanted[0] if all(skill in others for others in wanted)] if several else []
    rows = [("Every path", shared)]
    for role, skills in zip(report.roles, wanted, strict=True):
        own = [skill for skill in skills if skill not in shared]
        rows.append((clean(role.name) + (" only" if several and len(own) < len(skills) else ""), own))
    return [(who, [names.get(skill, skill) for skill in skills]) for who, skills in rows if skills]


def gap_line(gap: Gap, role: Assessment, names: dict[str, str]) -> str:
    """A gap as a step: the requirement, what would show it, and how far that is from where the person stands."""
    step = gap_name(gap, role)
    if told := gap_listed(gap, names):
        step += f": {told}"
        if gap.skills:
            step += f", or show {gap_skill_names(gap, names)}"
    elif gap.skills:
        step += f": {gap_skill_names(gap, names)}"
    return "; ".join(part for part in (step, gap_effort(gap, names)) if part)


def gap_name(gap: Gap, role: Assessment) -> str:
    """The requirement that a gap is of, with its id, and the half of it that is missing."""
    requirement = next((r for r in role.requirements if r.id == gap.requirement), None)
    if requirement is None:
        return gap.requirement
    half = f" ({missing_half(requirement)})" if requirement.missing_parts else ""
    return f"{gap.requirement} {requirement.name}{half}"


def missing_half(requirement: RequirementResult) -> str:
    """Which half of a partial requirement was not shown; empty where it has none."""
    return f"not shown: {', '.join(requirement.missing_parts)}" if requirement.missing_parts else ""


def gap_listed(gap: Gap, names: dict[str, str]) -> str:
    """What to do about skills that are only listed; empty where there are none."""
    return f"say where {listed((names.get(skill, skill) for skill in gap.listed), 3)} was used" if gap.listed else ""


def gap_skill_names(gap: Gap, names: dict[str, str]) -> str:
    """The skills that would close a gap, the first few by name."""
    return listed((names.get(skill, skill) for skill in gap.skills), 4)


def gap_effort(gap: Gap, names: dict[str, str]) -> str:
    """How far a gap is from where the person stands; empty where it is not known.

    The effort beside a near skill is that of the first step, not of the whole requirement, and is told as such.
    """
    if gap.closest:
        have, want = (names.get(skill, skill) for skill in (gap.closest.have, gap.closest.want))
        return f"first step: {want}, {_effort(gap.closest.effort)} from {have}, which this document shows"
    return f"takes {_effort(gap.effort)}" if gap.effort else ""


def gap_demand(gap: Gap, names: dict[str, str]) -> list[tuple[str, float]]:
    """The skills of a gap that job advertisements ask for most, each with the share (0-1) that name it."""
    return [(names.get(each.skill, each.skill), each.share) for each in gap.demand[:4]]


def gap_learn(gap: Gap) -> str:
    """Where to learn what would close a gap; empty where it is not known."""
    return clean(f"to learn it: {'; '.join(gap.learn[:3])}") if gap.learn else ""


def gap_context(gap: Gap, names: dict[str, str]) -> list[str]:
    """How wanted the skills of a gap are, and where to learn them; a line each, as far as it is known."""
    lines = [gap_learn(gap)]
    if gap.demand:
        asked = ", ".join(f"{name} {percent(share)}" for name, share in gap_demand(gap, names))
        lines.insert(0, clean(f"{DEMAND}: {asked} (of {gap.demand[0].sample:,})"))
    return [line for line in lines if line]


def _effort(size: str) -> str:
    return EFFORTS.get(size, size)


def publication_line(publication: Publication) -> str:
    """A publication on one line: title, venue, year, kind."""
    title = clean(publication.title or "") or "(no title found)"
    kind = publication.kind if publication.accepted else f"{publication.kind}, not yet accepted"
    parts = [title, clean(publication.venue or ""), str(publication.year or ""), kind]
    return ", ".join(part for part in parts if part)


def skills_by_level(profile: Profile) -> list[str]:
    """The names of all skills, a line for each level, best first."""
    lines = []
    for level in reversed(LEVELS[1:]):
        names = [clean(skill.name) for skill in profile.skills if skill.level == level]
        if names:
            lines.append(f"{sentence(level)}: {', '.join(names)}")
    return lines


def skills_by_use(profile: Profile) -> list[str]:
    """How long the skills were used by the dated entries that name them, the longest first."""
    timed = [skill for skill in profile.skills if skill.months_used and not skill.implied_by]
    timed.sort(key=lambda skill: (-(skill.months_used or 0), skill.name))
    return [f"{clean(skill.name)}: {span(skill.months_used or 0)}, {_last_use(skill)}" for skill in timed]


def _last_use(skill: Skill) -> str:
    return "still in use" if any(use.current for use in skill.uses) else f"last in {skill.last_used}"


def span(months: int) -> str:
    """A number of months in words.

    >>> span(1), span(24), span(39)
    ('1 month', '2 years', '3 years 3 months')
    """
    years, rest = divmod(months, 12)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (rest, "month")) if n]
    return " ".join(parts)


def profile_lists(report: Report) -> list[tuple[str, list[str]]]:
    """What was read, under a heading for each kind; kinds of which nothing was found are left out."""
    profile = report.profile
    lists = [
        ("Education", [_placed(education_line(e), e.evidence) for e in profile.education]),
        ("Positions", [_placed(position_line(p), p.evidence) for p in profile.positions]),
        ("Publications", [_placed(publication_line(p), p.evidence) for p in profile.publications]),
        ("Software and models in use", [_placed(f"“{clean(e.quote)}”", [e]) for e in report.deliverables.evidence]),
        ("Skills", skills_by_level(profile)),
        ("Skills by length of use (at least)", skills_by_use(profile)),
    ]
    return [(name, lines) for name, lines in lists if lines]


def _placed(line: str, evidence: Sequence[Evidence]) -> str:
    return f"{line} ({clean(place(evidence[0]))})" if evidence else line
