"""``profilefit annotate`` as a user runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from profilefit.cli import run

pytest.importorskip("pypdf")

EXAMPLES = Path(__file__).parents[2] / "examples"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    path = tmp_path / "cv.pdf"
    path.write_bytes((EXAMPLES / "engineer.pdf").read_bytes())
    return path


def test_the_marked_copy_lies_beside_the_cv_and_is_never_written_over_unasked(cv: Path, capsys: Captured) -> None:
    before, beside = cv.read_bytes(), cv.with_name("cv.marked.pdf")
    assert run(["annotate", str(cv)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(rf"profilefit: [0-9]+ marks written to {re.escape(str(beside))}\n", err)
    marked = beside.read_bytes()
    assert run(["annotate", str(cv)]) == 2
    assert "there already" in capsys.readouterr().err
    assert run(["annotate", str(cv), "--role", "ml-engineer", "-o", str(beside)]) == 0
    assert capsys.readouterr() == ("", "")
    assert beside.read_bytes() != marked
    assert cv.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="a device for standard output")
def test_from_and_to_a_pipe_the_same_bytes_every_time(cv: Path) -> None:
    line = [sys.executable, "-m", "profilefit", "annotate", "-", "-o", "/dev/stdout"]
    runs = [
        subprocess.run(
            line, input=cv.read_bytes(), capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}, timeout=60
        )
        for seed in ("1", "2")
    ]
    assert {(each.returncode, each.stderr) for each in runs} == {(0, b"")}
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.startswith(cv.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((str(EXAMPLES / "researcher.md"),), 1, "only a PDF can be marked"),
        (("{folder}/none.pdf",), 1, "no such file"),
        (("{folder}",), 1, "this is a folder"),
        (("{folder}/scrap.pdf",), 1, "damaged"),
        (("{folder}/cv.pdf", "-o", "{folder}/no/where.pdf"), 2, "cannot be written"),
        (("{folder}/cv.pdf", "-o", "{folder}/cv.pdf"), 2, "also the input"),
        (("{folder}/cv.pdf", "--role", "ml-enginer"), 2, "known roles"),
        (("{folder}/cv.pdf", "--limit", "pages=none"), 2, "sets no limit"),
        (("{folder}/cv.pdf", "--skills", "/nowhere"), 2, "nowhere"),
        (("-",), 2, "standard input has no name"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_bad_input_is_told_and_writes_nothing(
    cv: Path, arguments: tuple[str, ...], code: int, told: str, capsys: Captured
) -> None:
    cv.with_name("scrap.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)))
    before = {path.name: path.read_bytes() for path in cv.parent.iterdir()}
    if arguments[0].startswith(str(EXAMPLES)):
        arguments = (*arguments, "-o", "{folder}/out.pdf")
    assert run(["annotate", *(part.format(folder=cv.parent) for part in arguments)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err
    if code == 1:
        assert len(err.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in cv.parent.iterdir()} == before


def test_without_pypdf_the_extra_is_named(cv: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.delitem(sys.modules, "profilefit.marking.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert run(["annotate", str(cv)]) == 2
    assert capsys.readouterr().err == (
        "profilefit: pypdf is not installed; add it with: pip install 'profilefit[annotate]'\n"
    )
    assert run(["analyze", str(cv)]) == 0
