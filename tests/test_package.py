"""What is shipped: a wheel that works alone, examples that run, a README that tells the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from profilefit import analyze, analyze_folder, render
from profilefit.cohort.reporting import render_summary

PROJECT = Path(__file__).parents[1]

#: Run at the start of the clean environment's Python: any connection is an error.
NO_NETWORK = "import socket; socket.socket.connect = socket.getaddrinfo = None"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a wheel, built with what is installed."""
    out = tmp_path_factory.mktemp("dist")
    line = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(PROJECT)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "skills").rglob("*.toml")}
    assert {f"profilefit/{name}" for name in data} <= names
    assert {"profilefit/py.typed", "profilefit/reading/pdf/hyphens.toml"} <= names
    pages = ("cohort/reporting/page.html.jinja", "reporting/page.html.jinja", "reporting/style.css")
    assert {f"profilefit/{name}" for name in pages} <= names
    assert not [name for name in names if name.startswith(("tests/", "examples/", "src/"))]


def test_the_wheel_analyses_a_cv_in_a_clean_environment_without_network(wheel: Path, tmp_path: Path) -> None:
    """The environment holds the wheel; its dependencies come from the running one, whose profilefit it cannot see."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    scheme = "nt_venv" if sys.platform == "win32" else "posix_venv"
    paths = sysconfig.get_paths(scheme, vars={"base": str(home), "platbase": str(home)})
    python = Path(paths["scripts"], "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, timeout=120, capture_output=True)
    Path(paths["purelib"], "borrowed.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n{NO_NETWORK}\n")

    line = [Path(paths["scripts"], "profilefit"), "analyze", PROJECT / "examples" / "engineer.pdf", "--format", "json"]
    done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["profile"]["highest_degree"] == "master"

    where = [python, "-c", "import profilefit.library as library; print(library.shipped())"]
    shipped = subprocess.run(where, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=True).stdout
    assert Path(shipped.strip()).is_relative_to(home.resolve()) or Path(shipped.strip()).is_relative_to(home)


def test_four_dependencies_and_extras_that_all_gathers() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [line.split(">")[0] for line in project["dependencies"]]
    assert names == ["spacy", "pdfminer.six", "pandas", "typer"]
    extras = project["optional-dependencies"]
    wanted = {line for name, lines in extras.items() if name not in ("all", "test") for line in lines}
    assert set(extras["all"]) == wanted


@pytest.mark.parametrize("script", sorted((PROJECT / "examples").glob("*.py")), ids=lambda path: path.name)
def test_the_example_scripts_run(script: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Machine learning engineer" in done.stdout


def test_the_readme_names_every_command_and_option() -> None:
    from typer.main import get_command

    from profilefit.cli import app

    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = {"": get_command(app)}
    for name, group in list(commands[""].commands.items()):  # type: ignore[attr-defined]
        commands[name] = group
        commands |= {f"{name} {key}": each for key, each in getattr(group, "commands", {}).items()}
    for name, each in commands.items():
        assert name in readme
        for parameter in each.params:
            for option in parameter.opts:
                if option.startswith("--") and option not in ("--install-completion", "--show-completion"):
                    assert f"`{option}" in readme or f", `{option}" in readme, f"{name} {option}"


def test_the_readme_shows_the_report_as_it_is() -> None:
    _shows(r"engineer\.pdf .*?", render(analyze(PROJECT / "examples" / "engineer.pdf"), "text", width=80))


def test_the_readme_shows_the_study_as_it_is() -> None:
    study = analyze_folder(PROJECT / "tests" / "corpus").summary()
    _shows(r"Highest completed degree .*?", render_summary(study, width=80))


def _shows(shown: str, report: str) -> None:
    """That README's block that begins so is the report, with parts left out where it says "…"."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(rf"^```text\n({shown})^```$", readme, re.MULTILINE | re.DOTALL)
    at = 0
    for part in shown.split("\n…\n"):
        at = report.index(part.strip("\n"), at)
