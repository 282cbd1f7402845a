"""The loggers of others: silent while we call their code, and their owner's before and after."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest

from profilefit import UnreadableDocument, analyze
from profilefit.marking import annotate
from profilefit.quiet import quiet

ENGINEER = Path(__file__).parents[1] / "examples/engineer.pdf"


def test_reading_and_marking_leave_loggers_as_they_were(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = {name: logging.getLogger(name).level for name in ("pdfminer", "pypdf")}
    assert set(before.values()) == {logging.NOTSET}
    annotate(analyze(ENGINEER), ENGINEER.read_bytes())
    with pytest.raises(UnreadableDocument):
        analyze(io.BytesIO(ENGINEER.read_bytes()[:3_000]), name="cut.pdf")
    assert {name: logging.getLogger(name).level for name in before} == before
    assert not [record for record in caplog.records if record.name.startswith(tuple(before))]


def test_calls_that_overlap_end_in_any_order() -> None:
    logger = logging.getLogger("profilefit-test")
    logger.setLevel(logging.INFO)
    first, second = quiet(logger.name), quiet(logger.name)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not logger.isEnabledFor(logging.ERROR)
    second.__exit__(None, None, None)
    assert logger.level == logging.INFO
