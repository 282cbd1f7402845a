"""A profile as JSON Resume: what other tools read, with the evidence of every entry under one key of our own.

Who the person is stays out, as everywhere: ``basics`` holds the current title and nothing else. Skills that only
follow from others are left out; they follow again.
"""

from __future__ import annotations

import json
from itertools import groupby

from profilefit.models import SKILL_LEVELS, Document, Education, Entry, Position, Publication, Report, Skill
from profilefit.reporting.json import Json, evidences_as_json

#: Holds what JSON Resume has no place for; the schema allows further keys everywhere.
OWN = "x-profilefit"

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_LONGEST_NAME = 120
_EDGE = " \t,;:|·•–—-()[]"


def render_jsonresume(report: Report) -> str:
    """One JSON object, indented, with a line break at its end."""
    return json.dumps(report_as_jsonresume(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def report_as_jsonresume(report: Report) -> Json:
    """The profile of a report in the keys of JSON Resume; keys without a value are left out."""
    profile = report.profile
    document = profile.document
    current = next((p for p in profile.positions if p.current), None)
    papers = {evidence.start for paper in profile.publications for evidence in paper.evidence}
    projects = [
        entry
        for entry in profile.entries
        if entry.section == "projects" and document.lines[entry.lines[0]].start not in papers
    ]
    return {
        "$schema": _SCHEMA,
        "basics": _known({"label": current.title if current else None}),
        "work": [_job(p) for p in profile.positions],
        "education": [_course(e) for e in profile.education],
        "skills": _skills(profile.skills),
        "projects": [found for entry in projects if (found := _project(entry, document))],
        "publications": [_paper(p) for p in profile.publications],
        "meta": {
            "version": "v1.0.0",
            OWN: {
                "version": report.version,
                "library": report.library,
                "source": {"kind": document.source.kind, "sha256": document.source.sha256},
                "highest_degree": profile.highest_degree,
                "degree_in_progress": profile.degree_in_progress,
            },
        },
    }


def _known(values: Json) -> Json:
    return {key: value for key, value in values.items() if value}


def _job(position: Position) -> Json:
    return _known(
        {
            "name": position.organisation,
            "position": position.title,
            "startDate": position.start,
            "endDate": position.end,
        }
    ) | {
        OWN: {
            "family": position.family,
            "track": position.track,
            "specialty": position.specialty,
            "seniority": position.seniority,
            "current": position.current,
            "evidence": evidences_as_json(position.evidence),
        }
    }


def _course(education: Education) -> Json:
    return _known(
        {
            "institution": education.institution,
            "area": education.field,
            "studyType": education.degree,
            "startDate": education.start,
            "endDate": education.end,
        }
    ) | {
        OWN: {
            "level": education.level,
            "status": education.status,
            "evidence": evidences_as_json(education.evidence),
        }
    }


def _skills(skills: tuple[Skill, ...]) -> list[Json]:
    """One entry a category and level, the best shown first."""

    def place(skill: Skill) -> tuple[str, int]:
        return skill.category, -SKILL_LEVELS.index(skill.level)

    shown = sorted((skill for skill in skills if not skill.implied_by), key=place)
    return [_skill_group(list(group)) for _, group in groupby(shown, key=place)]


def _skill_group(skills: list[Skill]) -> Json:
    return {
        "name": skills[0].category,
        "level": skills[0].level,
        "keywords": [skill.name for skill in skills],
        OWN: {"skills": [{"id": skill.id, "evidence": evidences_as_json(skill.evidence)} for skill in skills]},
    }


def _project(entry: Entry, document: Document) -> Json:
    """A project by the first line of its entry, up to its date or the next cell, and what is told below it."""
    first, *rest = document.lines[slice(*entry.lines)]
    start, end = first.start, first.end
    if entry.dates and first.start < entry.dates.start_char < first.end:
        end = entry.dates.start_char
    elif entry.dates and entry.dates.start_char == first.start:
        start = min(entry.dates.end_char, end)
    name = document.text[start:end].strip(_EDGE).split("\t")[0].strip(_EDGE)
    if not name:
        return {}
    told = [line for line in rest if not line.continues]
    highlights = [" ".join(document.text[slice(*document.paragraph_span(line.start))].split()) for line in told]
    dates = entry.dates
    return _known(
        {
            "name": name if len(name) <= _LONGEST_NAME else None,
            "description": name if len(name) > _LONGEST_NAME else None,
            "highlights": highlights,
            "startDate": dates.start if dates else None,
            "endDate": dates.end if dates and not dates.current else None,
        }
    ) | {OWN: {"evidence": evidences_as_json([document.cite(start, end, entry.section, 2)])}}


def _paper(publication: Publication) -> Json:
    return _known(
        {
            "name": publication.title,
            "publisher": publication.venue,
            "releaseDate": str(publication.year) if publication.year else None,
        }
    ) | {
        OWN: {
            "kind": publication.kind,
            "accepted": publication.accepted,
            "evidence": evidences_as_json(publication.evidence),
        }
    }
