"""What was read of a person, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from profilefit.models import (
    Education,
    Evidence,
    Level,
    Position,
    Profile,
    Publication,
    Report,
    Skill,
    Source,
)
from profilefit.reporting.wording.quotes import place
from profilefit.reporting.wording.text import NOT_FOUND, clean, period, plural, sentence, span

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
