"""Every CV is read once for all that must hold of it: the tests of one CV follow each other."""

from __future__ import annotations

import pytest
from evidence_checks import EVERY_CV, Cv, cv_id

from profilefit import analyze


@pytest.fixture(scope="session", params=EVERY_CV, ids=cv_id)
def cv(request: pytest.FixtureRequest) -> Cv:
    return request.param, analyze(request.param)
