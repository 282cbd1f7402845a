"""The two engines that draw PDF pages: the same glyphs go through the same words, lines and columns."""

from __future__ import annotations

from collections import Counter

import pytest
from evidence_checks import Cv

from profilefit import analyze
from profilefit.models import Report


def claims(report: Report) -> dict[str, object]:
    """What a report says, without where it stands."""
    profile = report.profile
    return {
        "kind": profile.document.source.kind,
        "degrees": [(e.level, e.start, e.end, e.status) for e in profile.education],
        "positions": [(p.track, p.start, p.end) for p in profile.positions],
        "verdicts": [(r.id, r.status) for role in report.roles for r in role.requirements],
    }


def test_both_engines_tell_the_same(cv: Cv) -> None:
    pytest.importorskip("pypdfium2")
    path, one = cv
    if path.suffix != ".pdf":
        return
    two = analyze(path, pdf_engine="pdfium")
    assert claims(one) == claims(two)
    words, others = (Counter(report.profile.document.text.split()) for report in (one, two))
    assert (words & others).total() >= 0.9 * max(words.total(), others.total())
