"""Hostile files, as a user meets them: a report or one line of complaint, in three seconds and 300 MB."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from growth import grows_evenly
from hostile_files import ARCHIVES, IN_PROCESS_OF_ITS_OWN, PDFS, TEXTS, page

from profilefit import Limits, ProfilefitError, analyze, load_library, parse
from profilefit.reading import read_bytes

SECONDS, MEGABYTES = 3.0, 300
#: Of its memory a forked child does not count the files that it shares with the process it comes from.
SHARED = 30
#: Seconds of the processor that the smallest CV takes where nothing else runs. Where it takes longer, all may.
SMALLEST = 1.2
#: Runs the command for each file in a child of a process that has loaded what the command loads and nothing else. The
#: seconds of that are added to each child's.
MEASURE = """
import json, os, resource, signal, sys, tempfile
from profilefit.cli import run
import profilefit.cli.analyze
from profilefit.library import load_library
from profilefit.pipeline import analyze, warm_up
from profilefit.reporting import render
load_library(), warm_up()
loading = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
for file in sys.argv[1:]:
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if not child:
            signal.alarm(60)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said.fileno(), 2)
            code = run(["analyze", file])
            sys.stderr.flush()
            os._exit(code)
        _, status, used = os.wait4(child, 0)
        said.seek(0)
        seconds = loading + used.ru_utime + used.ru_stime
        print(json.dumps([os.waitstatus_to_exitcode(status), said.read(), seconds, used.ru_maxrss / 1024]), flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in the units of Linux")


def sparse(path: Path, head: bytes, size: int = 200_000_000) -> Path:
    """A file of this size that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


def measured(files: Sequence[Path]) -> dict[Path, tuple[str, float, float]]:
    """What the command complains about for each file, its seconds of the processor, and its megabytes of memory."""
    line = [sys.executable, "-c", MEASURE, *map(str, files)]
    done = subprocess.run(line, capture_output=True, timeout=300, check=True)
    results = {}
    for file, told in zip(files, done.stdout.splitlines(), strict=True):
        code, error, seconds, megabytes = json.loads(told)
        assert code in (0, 1), (file, error)
        assert "unexpected" not in error
        assert "Traceback" not in error
        assert len(error.splitlines()) == code
        results[file] = error, seconds, megabytes
    return results


def test_bombs_end_in_one_line_within_time_and_memory(tmp_path: Path) -> None:
    files: dict[str, Callable[[], bytes]] = {name: PDFS[name] for name in IN_PROCESS_OF_ITS_OWN} | ARCHIVES
    paths = [tmp_path / name for name in files]
    for path in paths:
        path.write_bytes(files[path.name]())
    (tmp_path / "one line").write_bytes(b"a sentence, 2019. " * 1_000_000)
    (tmp_path / "many lines").write_bytes(b"2019 - 2020\n" * 100_000)
    paths += [tmp_path / "one line", tmp_path / "many lines"]
    heads = {"200 MB": b"Work", "200 MB PDF": b"%PDF-1.7", "200 MB ZIP": b"PK\3\4"}
    paths += [sparse(tmp_path / name, head) for name, head in heads.items()]
    os.mkfifo(tmp_path / "pipe")
    paths += [tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/null")]
    (tmp_path / "smallest").write_bytes(page())
    with ThreadPoolExecutor(2) as pool:
        halves = [*pool.map(measured, ([*paths[at::2], tmp_path / "smallest"] for at in range(2)))]
    usual = max(half.pop(tmp_path / "smallest")[1] for half in halves)
    results = halves[0] | halves[1]
    said = {path.name: complaint for path, (complaint, _, _) in results.items()}
    bound = SECONDS * max(1.0, usual / SMALLEST)
    assert not {path.name: seconds for path, (_, seconds, _) in results.items() if seconds >= bound}
    assert not {path.name: megabytes for path, (_, _, megabytes) in results.items() if megabytes >= MEGABYTES - SHARED}
    assert "over 25 MB" in said["200 MB"]
    assert "pipe" in said["pipe"]
    assert said["20,000 pages"] == ""


@pytest.mark.parametrize("name", [name for name in PDFS if name not in IN_PROCESS_OF_ITS_OWN])
def test_a_hostile_pdf_is_read_or_refused_in_time(name: str) -> None:
    data = PDFS[name]()
    began = time.process_time()
    with suppress(ProfilefitError):
        read_bytes(data, "cv.pdf")
    assert time.process_time() - began < SECONDS - 1


def test_no_text_is_slow() -> None:
    """Texts of all that was slow once: the time grows with the text and no faster."""
    library = load_library()
    parse(read_bytes(b"Skills: Python", "cv.txt"), library)  # the words are made ready once
    slow = []
    for name, text in TEXTS.items():

        def parse_text(length: int, text: Callable[[int], bytes] = text) -> None:
            with suppress(ProfilefitError):
                parse(read_bytes(text(length), "cv.txt"), library)

        if not grows_evenly(parse_text, Limits().characters // 20):
            slow.append(name)
    assert not slow


@pytest.mark.parametrize("unit", ["x ", "2019 - 2020 Engineer\n", "Python\n", "(", "word, "])
def test_a_long_text_is_cut_with_a_note(unit: str) -> None:
    limits = Limits(characters=5_000, line=500)
    report = analyze(io.BytesIO(unit.encode() * 12_000), limits=limits)
    assert len(report.profile.document.text) <= limits.characters
    assert max(line.end - line.start for line in report.profile.document.lines) <= limits.line
    assert [note.code for note in report.notes].count("text-cut") == 1
