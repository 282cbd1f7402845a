"""The command line as a user runs it: exit codes, streams, and no traceback for anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from profilefit.cli import run

EXAMPLES = Path(__file__).parents[1] / "examples"
ENGINEER = EXAMPLES / "engineer.pdf"
RESEARCHER = EXAMPLES / "researcher.md"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def scrap(tmp_path: Path) -> Path:
    """A file that is no CV."""
    path = tmp_path / "scrap.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(range(256)))
    return path


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "PROFILEFIT_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def command(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The installed command in a process of its own."""
    line = [sys.executable, "-m", "profilefit", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_a_report_goes_to_standard_output_and_gaps_are_no_failure(capsys: Captured) -> None:
    assert run(["analyze", str(ENGINEER)]) == 0
    out, err = capsys.readouterr()
    assert "E1 " in out
    assert "R1 " in out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    assert err == ""


def test_standard_input() -> None:
    done = command("analyze", "-", "--format", "json", input=ENGINEER.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["source"]["name"] == "-"


def test_one_role_alone(capsys: Captured) -> None:
    assert run(["analyze", str(ENGINEER), "--role", "ml-researcher", "--format", "json"]) == 0
    assert [role["id"] for role in json.loads(capsys.readouterr().out)["roles"]] == ["ml-researcher"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["analyze", str(ENGINEER), "--format", "yaml"],
        ["analyze", str(ENGINEER), "--role", "ml-enginer"],
        ["analyze", str(ENGINEER), "--skills", "/nowhere"],
        ["analyze", str(ENGINEER), "-o", str(ENGINEER)],
        ["skills", "check", "/nowhere"],
        ["dance"],
    ],
)
def test_usage_and_skills_data_are_exit_code_2(arguments: list[str], capsys: Captured) -> None:
    before = ENGINEER.read_bytes()
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err
    assert ENGINEER.read_bytes() == before


def test_an_unknown_role_is_told_with_the_known_ones(capsys: Captured) -> None:
    run(["analyze", str(ENGINEER), "--role", "ml-enginer"])
    assert "ml-engineer, ml-researcher" in capsys.readouterr().err


def test_an_unreadable_file_is_exit_code_1_and_one_line(scrap: Path, capsys: Captured) -> None:
    assert run(["analyze", str(scrap)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("profilefit: ")
    assert "scrap.pdf" in err
    assert len(err.splitlines()) == 1


def test_some_of_many_unreadable_is_exit_code_3(scrap: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["analyze", str(scrap), str(RESEARCHER), str(tmp_path / "none.md"), str(ENGINEER)]) == 3
    out, err = capsys.readouterr()
    assert out.index("researcher.md") < out.index("engineer.pdf")
    assert err.splitlines()[0] == "profilefit: 2 of 4 files could not be read:"
    assert "scrap.pdf" in err
    assert "none.md" in err
    assert run(["analyze", str(scrap), str(tmp_path / "none.md")]) == 1


def test_an_output_file_is_written_whole_or_not_at_all(scrap: Path, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "report.json"
    assert run(["analyze", str(ENGINEER), "--format", "json", "-o", str(target)]) == 0
    before = target.read_bytes()
    assert json.loads(before)["schema"] == "profilefit-report/1"
    assert run(["analyze", str(scrap), "-o", str(target)]) == 1
    assert target.read_bytes() == before
    assert run(["analyze", str(ENGINEER), "-o", str(tmp_path / "no" / "where.txt")]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "scrap.pdf"]
    assert capsys.readouterr().out == ""


def test_an_error_of_ours_is_one_line_unless_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr("profilefit.pipeline.analyze", fails)
    assert run(["analyze", str(ENGINEER)]) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "PROFILEFIT_DEBUG=1" in err
    monkeypatch.setenv("PROFILEFIT_DEBUG", "1")
    assert run(["analyze", str(ENGINEER)]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_colour_when_forced_and_never_against_the_wish(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["analyze", str(RESEARCHER)])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run(["analyze", str(RESEARCHER)])
    assert "\x1b[" not in capsys.readouterr().out


def test_a_terminal_without_unicode_still_gets_its_report() -> None:
    done = command("analyze", RESEARCHER, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"R1 " in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="a shell pipe")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    line = f'"{sys.executable}" -m profilefit skills list | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_skills_can_be_listed(capsys: Captured) -> None:
    assert run(["skills", "list"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["ml-library", "pytorch", "PyTorch", ""] in rows
    assert {len(row) for row in rows} == {4}
    assert {row[3].rpartition("/")[0] for row in rows} == {"", "http://data.europa.eu/esco/skill"}


@pytest.mark.parametrize(
    ("option", "heavy"),
    [
        ("--help", "spacy pandas numpy pdfminer pydantic"),
        ("--version", "spacy pandas numpy pdfminer pydantic"),
        ("stats --help", "spacy pandas numpy pdfminer sqlite3"),
        ("annotate --help", "spacy pandas numpy pdfminer pypdf"),
        ("analyze --help", "spacy pandas numpy pdfminer"),  # typer itself takes pydantic for a command's options
    ],
)
def test_help_and_version_load_nothing_heavy(option: str, heavy: str) -> None:
    code = (
        "import sys; from profilefit.cli import run; code = run(sys.argv[2:]); "
        "loaded = set(sys.argv[1].split()) & set(sys.modules); sys.exit(f'loaded {loaded}' if loaded else code)"
    )
    line = [sys.executable, "-c", code, heavy, *option.split()]
    done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "profilefit" in done.stdout
