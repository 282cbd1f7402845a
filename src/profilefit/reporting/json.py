"""The report as JSON: the contract ``profilefit-report/1``, key by key.

Within ``/1`` keys may be added, never changed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from profilefit.models import (
    Assessment,
    Education,
    Evidence,
    Gap,
    Mix,
    Position,
    Publication,
    Rejection,
    Report,
    RequirementResult,
    ScopeResult,
    Skill,
    Source,
)

SCHEMA = "profilefit-report/1"

Json = dict[str, object]


def render_json(report: Report, *, explain: bool = False) -> str:
    """One JSON object, indented, with a line break at its end; ``rejected`` is added by ``explain``."""
    return json.dumps(report_as_json(report, explain=explain), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def report_as_json(report: Report, *, explain: bool = False) -> Json:
    """The report as the nested dictionaries and lists that the contract names, in its order of keys."""
    profile = report.profile
    out: Json = {
        "schema": SCHEMA,
        "version": report.version,
        "library": report.library,
        "source": _source(profile.document.source),
        "profile": {
            "highest_degree": profile.highest_degree,
            "degree_in_progress": profile.degree_in_progress,
            "education": [_education(e) for e in profile.education],
            "positions": [_position(p) for p in profile.positions],
            "skills": [_skill(s) for s in profile.skills],
            "publications": [_publication(p) for p in profile.publications],
            "deliverables": {
                "papers": report.deliverables.papers,
                "software": report.deliverables.software,
                "software_evidence": evidences_as_json(report.deliverables.evidence),
            },
            "mix": _mix(report.mix),
        },
        "roles": [_role(role) for role in report.roles],
        "notes": [{"code": note.code, "message": note.message} for note in report.notes],
    }
    if explain:
        out["rejected"] = [_rejection(r) for r in profile.rejections]
    return out


def _source(source: Source) -> Json:
    return {
        "name": source.name,
        "format": source.format,
        "kind": source.kind,
        "sha256": source.sha256,
        "pages": source.pages,
        "language": source.language,
    }


def _education(education: Education) -> Json:
    return {
        "level": education.level,
        "degree": education.degree,
        "field": education.field,
        "institution": education.institution,
        "start": education.start,
        "end": education.end,
        "status": education.status,
        "evidence": evidences_as_json(education.evidence),
    }


def _position(position: Position) -> Json:
    return {
        "title": position.title,
        "family": position.family,
        "track": position.track,
        "specialty": position.specialty,
        "seniority": position.seniority,
        "organisation": position.organisation,
        "start": position.start,
        "end": position.end,
        "current": position.current,
        "evidence": evidences_as_json(position.evidence),
    }


def _skill(skill: Skill) -> Json:
    return {
        "id": skill.id,
        "name": skill.name,
        "category": skill.category,
        "level": skill.level,
        "implied_by": list(skill.implied_by),
        "evidence": evidences_as_json(skill.evidence),
        "months_used": skill.months_used,
        "last_used": skill.last_used,
        "uses": [{"start": use.start, "end": use.end, "current": use.current, "line": use.line} for use in skill.uses],
    }


def _publication(publication: Publication) -> Json:
    return {
        "title": publication.title,
        "venue": publication.venue,
        "kind": publication.kind,
        "year": publication.year,
        "evidence": evidences_as_json(publication.evidence),
        "accepted": publication.accepted,
    }


def _mix(mix: Mix | None) -> Json | None:
    if mix is None:
        return None
    engineering = round(mix.engineering, 2)
    return {
        "engineering": engineering,
        "research": round(1 - engineering, 2),  # so that the two rounded shares still add up to 1
        "evidence_count": mix.evidence_count,
    }


def _role(role: Assessment) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "fit": round(role.fit, 2),
        "met": role.met,
        "partial": role.partial,
        "missing": role.missing,
        "requirements": [_requirement(r) for r in role.requirements],
        "degree": {
            "usual": role.degree.usual,
            "held": role.degree.held,
            "status": role.degree.status,
            "figures": [asdict(figure) for figure in role.degree.figures],
        },
        "scope": [_scope(s) for s in role.scope],
        "gaps": [_gap(g) for g in role.gaps],
        "salaries": {"warning": role.salary_warning, "figures": [asdict(salary) for salary in role.salaries]},
    }


def _requirement(requirement: RequirementResult) -> Json:
    return {
        "id": requirement.id,
        "name": requirement.name,
        "statement": requirement.statement,
        "status": requirement.status,
        "level": requirement.level,
        "score": round(requirement.score, 2),
        "evidence": evidences_as_json(requirement.evidence),
        "missing_skills": [{"id": skill.id, "name": skill.name} for skill in requirement.missing_skills],
        "missing_parts": list(requirement.missing_parts),
    }


def _scope(item: ScopeResult) -> Json:
    return {
        "id": item.id,
        "statement": item.statement,
        "status": item.status,
        "evidence": evidences_as_json(item.evidence),
    }


def _gap(gap: Gap) -> Json:
    return {
        "requirement": gap.requirement,
        "skills": list(gap.skills),
        "closest": asdict(gap.closest) if gap.closest else None,
        "effort": gap.effort,
        "listed": list(gap.listed),
        "demand": [asdict(each) for each in gap.demand],
        "learn": list(gap.learn),
    }


def _rejection(rejection: Rejection) -> Json:
    return {"what": rejection.what, "reason": rejection.reason, "evidence": _evidence(rejection.evidence)}


def evidences_as_json(evidences: Iterable[Evidence]) -> list[Json]:
    """Evidence in the keys of the contract."""
    return [_evidence(e) for e in evidences]


def _evidence(evidence: Evidence) -> Json:
    return {
        "page": evidence.page,
        "line": evidence.line,
        "section": evidence.section,
        "match": evidence.match,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "box": [round(edge, 1) for edge in evidence.box] if evidence.box else None,
        "level": evidence.level,
    }
