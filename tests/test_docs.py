"""What the pages say is so: every command in them runs, every output is what it prints, every block of data is sound.

- ``sh``: each line runs, beside a copy of ``examples/`` and a CV called ``cv.pdf``, unless a comment before it says
  ``<!-- not run: why -->``. It must end well, or as its own comment says: ``# exit code 2``. What a line installs is
  taken to be installed.
- ``text`` and ``json`` behind ``sh``: what that block prints, "…" standing for what is left out.
- ``toml``: parses; a block with a title is written to that file first.
- ``python``: a doctest, which pytest runs by itself, or with such a comment that tells which test runs it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from profilefit.check import check
from profilefit.cli import run

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), *(ROOT / each / "README.md" for each in (".", "skills", "examples"))]

#: Files of a reader's own, as the pages call them, and what stands in for them.
STAND_INS = {"cv.pdf": "engineer.pdf", "cv.md": "researcher.md", "cvs": "cohort"}

_BLOCK = re.compile(
    r"^(?:<!-- not run: (?P<why>[^\n]+) -->\n)?"
    r'```(?P<language>\w*)(?: title="(?P<title>[^"\n]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_INSTALLS = re.compile(r"^.*pip install [^&]*(?:&& )?")
_EXIT_CODE = re.compile(r"# exit code (\d+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; ``why`` says why it is not run."""

    place: str
    language: str
    text: str
    title: str | None
    why: str | None


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(f"{page.relative_to(ROOT)}:{line}", found["language"], found["text"], found["title"], found["why"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader of the pages has it, and nothing of the machine's own settings."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("output", "__pycache__"))
    (tmp_path / "examples/output").mkdir()
    for name, example in STAND_INS.items():
        copy = shutil.copytree if (ROOT / "examples" / example).is_dir() else shutil.copy
        copy(ROOT / "examples" / example, tmp_path / name)
    shutil.copy(ROOT / "tests/corpus/b02.docx", tmp_path / "cv.docx")
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def call(line: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code of a line of shell and all it prints; without a shell where none is needed, which is quicker."""
    words = shlex.split(line, comments=True)
    if not words:
        return 0, ""
    if words[0] == "profilefit" and not set("|<>*&$") & set("".join(words)):
        code = run(words[1:])
    else:
        code = subprocess.run(["bash", "-o", "pipefail", "-c", line], timeout=60, check=False).returncode
    return code, "".join(capfd.readouterr())


def assert_shown(shown: Block, printed: str) -> None:
    """Every stretch between lines of "…" is printed, in this order, from the first line to the last."""
    at = 0
    stretches = re.split(r"^…\n", shown.text, flags=re.MULTILINE)
    for number, stretch in enumerate(stretches):
        pattern = "".join(re.escape(line).replace("…", ".*") + r" *\n" for line in stretch.splitlines())
        found = re.compile(pattern and "^" + pattern, re.MULTILINE).search(printed, at)
        assert found, f"{shown.place}: this is not what is printed\n{stretch}"
        assert number or found.start() == 0, f"{shown.place}: begins with …, does it not?"
        at = found.end()
    assert not stretches[-1] or at == len(printed), f"{shown.place}: ends with …, does it not?"


@pytest.mark.skipif(os.name != "posix", reason="the pages are written for a shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_shows_is_so(page: Path, desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    printed: str | None = None
    for block in blocks(page):
        if block.title:
            Path(block.title).parent.mkdir(parents=True, exist_ok=True)
            Path(block.title).write_text(block.text, encoding="utf-8")
        match block.language:
            case "sh":
                printed = None if block.why else ""
                for line in block.text.splitlines() if not block.why else ():
                    line = _INSTALLS.sub("", line).replace(".venv/bin/", "")
                    code, output = call(line, capfd)
                    wanted = _EXIT_CODE.search(line)
                    assert code == int(wanted[1] if wanted else 0), f"{block.place}: {line}\n{output}"
                    printed = (printed or "") + output
                continue
            case "text" | "json" if printed is not None:
                assert_shown(block, printed)
            case "text":
                pass  # a drawing, or the output of what is not run
            case "json":
                json.loads(block.text)
            case "toml":
                tomllib.loads(block.text)
            case "python" if not block.why:
                assert page.parent in (ROOT, ROOT / "docs"), f"{block.place}: pytest does not look there"
                assert ">>>" in block.text, f"{block.place}: is no doctest"
            case "python":
                pass  # a test of its own runs it
            case other:
                raise AssertionError(f"{block.place}: nobody tests blocks of {other!r}")
        printed = None
    for made in (desk / "examples").rglob("*.*"):
        kept = ROOT / "examples" / made.relative_to(desk / "examples")
        assert made.read_bytes() == kept.read_bytes(), f"{kept}: make it anew as examples/README.md says"


def test_every_script_is_run_and_every_kept_output_made_by_a_command() -> None:
    page = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    for script in (ROOT / "examples").glob("*.py"):
        assert f"\npython examples/{script.name} > " in page
    made = set(re.findall(r"(?:-o|>) examples/output/(\S+)$", page, re.MULTILINE))
    assert made == {path.name for path in (ROOT / "examples/output").iterdir()}


def test_the_reference_of_the_command_line_is_what_the_command_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    from commands import PAGE, reference  # type: ignore[import-not-found]

    assert PAGE.read_text(encoding="utf-8") == reference(), "python docs/commands.py writes it anew"


def test_the_page_on_json_names_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    keys: set[str] = set()

    def note(pairs: list[tuple[str, object]]) -> None:
        keys.update(key for key, _ in pairs)

    run(["analyze", str(ROOT / "examples/engineer.pdf"), "--format", "json", "--explain"])
    json.loads(capsys.readouterr().out, object_pairs_hook=note)
    named = re.findall(r"\w+", (ROOT / "docs/json.md").read_text(encoding="utf-8").partition("## The keys")[2])
    assert keys <= set(named)


def test_the_requirement_that_the_data_files_show_holds(tmp_path: Path) -> None:
    [shown] = [block.text for block in blocks(ROOT / "skills/README.md") if "[[requirement]]" in block.text]
    head = 'id = "watcher"\nname = "Watcher"\nusual_degree = "master"\n'
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles/watcher.toml").write_text(f"{head}mix = {{ engineering = 0.9, research = 0.1 }}\n\n{shown}")
    assert check(tmp_path) == []
