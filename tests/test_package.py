"""What is shipped: a wheel that works alone, and the extras."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

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
    wanted = {line for name, lines in extras.items() if name not in ("all", "test", "docs") for line in lines}
    assert set(extras["all"]) == wanted
    assert set(extras["docs"]) < set(extras["test"])
