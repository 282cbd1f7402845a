"""Limits: one table in the documentation, one dataclass, settings by name."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from profilefit import Limits
from profilefit.cli import run

TABLE = Path(__file__).parents[2] / "docs" / "limits.md"


def test_the_documented_limits_are_the_limits() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(name, float(default.replace(",", ""))) for name, default in rows] == [
        (field.name, field.default) for field in fields(Limits)
    ]


@pytest.mark.parametrize("setting", ["page=3", "pages=many", "pages=0", "pages=-1", "pages", "seconds=nan"])
def test_a_wrong_limit_is_a_usage_error(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", "none.pdf", "--limit", setting]) == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    if setting == "page=3":
        assert 'did you mean "pages"?' in " ".join(error.replace("│", " ").split())


def test_limits_reach_the_reader_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cv.txt"
    file.write_text("Experience\nEngineer, Fjord, 2019 - 2020\n" * 20, encoding="utf-8")
    assert run(["analyze", str(file), "--limit", "lines=10"]) == 1
    assert "over 10 lines" in capsys.readouterr().err
    assert run(["analyze", str(file), "--limit", "lines=100", "--limit", "characters=100", "--format", "json"]) == 0
    assert "text-cut" in capsys.readouterr().out
