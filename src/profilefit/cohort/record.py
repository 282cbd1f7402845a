"""A report as the few facts that a study counts: no quotes, no file name, nothing of the person's identity.

A record is what JSON can hold, so that it may be kept and sent between processes.
"""

from __future__ import annotations

from typing import Any

from profilefit.library import Library
from profilefit.models import Report
from profilefit.reporting.wording import clean, latest_position

Record = dict[str, Any]

#: Groups of profiles that no title decides: one with another title, and one without any position.
OTHER, NONE = "other", "none"

#: Characters of the SHA-256 that name a profile in the tables.
KEY = 16


def record_of(report: Report, library: Library) -> Record:
    """The facts of one report.

    Args:
        report: of one document.
        library: whose groups of titles the profile is counted in, by its current, else its latest position.
    Returns:
        One value for each column of the table ``profiles``, and under the names of the other tables their rows, in
        the order of the columns that ``tables`` gives them.
    """
    profile = report.profile
    main = latest_position(profile)
    group = (library.titles.group(main.family, main.specialty) or OTHER) if main else NONE
    return {
        "sha256": profile.document.source.sha256,
        "format": profile.document.source.format,
        "kind": profile.document.source.kind,
        "language": profile.document.source.language,
        "group": group,
        "family": main.family if main else None,
        "track": main.track if main else None,
        "specialty": main.specialty if main else None,
        "seniority": main.seniority if main else None,
        "degree": profile.highest_degree,
        "degree_in_progress": profile.degree_in_progress,
        "papers": report.deliverables.papers,
        "software": report.deliverables.software,
        "engineering": round(report.mix.engineering, 4) if report.mix else None,
        "mix_evidence": report.mix.evidence_count if report.mix else 0,
        "education": [
            [e.level, clean(e.degree), _text(e.field), _text(e.institution), e.start, e.end, e.status]
            for e in profile.education
        ],
        "positions": [
            [
                clean(p.title),
                p.family,
                p.track,
                p.specialty,
                p.seniority,
                _text(p.organisation),
                p.start,
                p.end,
                p.current,
            ]
            for p in profile.positions
        ],
        "skills": [[s.id, s.category, s.level, bool(s.implied_by)] for s in profile.skills],
        "fits": [[r.id, round(r.fit, 4), r.met, r.partial, r.missing] for r in report.roles],
        "requirements": [
            [r.id, q.id, q.status, q.level, round(q.score, 4)] for r in report.roles for q in r.requirements
        ],
        "gaps": [[r.id, g.requirement, skill] for r in report.roles for g in r.gaps for skill in g.skills],
    }


def _text(text: str | None) -> str | None:
    return clean(text) if text else None
