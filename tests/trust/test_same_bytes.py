"""The same file gives the same bytes: on every run, in every process, whatever the machine is set to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from profilefit import analyze, render

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "tests/corpus" / name for name in ("a02.pdf", "a12.docx")] + [ROOT / "examples/researcher.md"]
#: What a run may be told by its surroundings.
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Pacific/Auckland"},
    {"PYTHONHASHSEED": "random", "LC_ALL": "C.UTF-8", "TZ": "America/New_York", "PYTHONUTF8": "1", "COLUMNS": "40"},
)


def report(path: Path) -> str:
    """The report of a CV as JSON, made in this process."""
    return render(analyze(path), "json")


def test_hash_seeds_locales_time_zones_and_folders(tmp_path: Path) -> None:
    wanted = [report(path).encode() for path in FILES] + [render(analyze(FILES[0]), "html").encode()]
    script = (
        "import sys; from profilefit.__main__ import main\n"
        "paths = sys.argv[1:]\n"
        "for path, format in [*((path, 'json') for path in paths), (paths[0], 'html')]:\n"
        "    sys.argv[1:] = ['analyze', path, '--format', format]\n"
        "    try: main()\n"
        "    except SystemExit as stop: assert not stop.code, stop.code\n"
    )
    for number, settings in enumerate(SURROUNDINGS):
        folder = (ROOT, tmp_path, FILES[0].parent)[number]
        names = [os.path.relpath(path, folder) if number != 1 else str(path) for path in FILES]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))} | settings
        done = subprocess.run(
            [sys.executable, "-c", script, *names], cwd=folder, env=environment, capture_output=True, check=True
        )
        assert done.stdout == b"".join(wanted), settings


def test_what_was_read_before_makes_no_difference() -> None:
    wanted = {path: report(path) for path in FILES}
    assert {path: report(path) for path in reversed(FILES)} == wanted
