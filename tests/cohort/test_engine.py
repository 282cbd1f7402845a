"""The engine: a file costs itself, a run that dies goes on, and nothing depends on who read what."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cohort.running import study
from profilefit.cohort.engine import BrokenWorker
from profilefit.cohort.run import Cohort, analyze_folder
from profilefit.cohort.store import UnusableStore
from profilefit.cohort.worker import Setup

AsCsv = Callable[[Cohort], dict[str, str]]
posix = pytest.mark.skipif(os.name != "posix", reason="signals")

#: A run in a process of its own: folder, store, directory for the tables.
RUN = """
import sys
from pathlib import Path
from cohort.running import study
from profilefit.cohort.worker import Setup
folder, store, out = sys.argv[1:]
setup = Setup(roles=None, examiner="cohort.examiners:make")
cohort = study(folder, setup, store=store, jobs=2)
for name, frame in cohort.tables.items():
    frame.to_csv(Path(out, name + ".csv"), index=False)
print(cohort.analyzed)
"""


def launch(folder: Path, store: Path, out: Path, **environment: str) -> subprocess.Popen[str]:
    out.mkdir(exist_ok=True)
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
    line = [sys.executable, "-c", RUN, str(folder), str(store), str(out)]
    environment = {**os.environ, "PYTHONPATH": paths, **environment}
    return subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True)


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@posix
def test_a_hostile_file_costs_that_file(crowd: Path, setup: Setup) -> None:
    hostile = {
        "hang": "longer than 3 seconds",
        "crash": "ended (code -9)",
        "defect": "unexpected error (KeyError: 'a defect')",
        "bad": "it is bad; make it good",
    }
    if sys.platform == "linux":
        hostile["bomb"] = "more than 150 MB of memory"
    for name in hostile:
        (crowd / f"30-{name}.txt").write_text(f"{name} now")
    (crowd / "31-chatty.txt").write_text("chatty now")
    cohort = study(crowd, setup, jobs=2)
    assert len(cohort.tables.profiles) == 61
    told = {Path(failure.path).stem.removeprefix("30-"): failure.reason for failure in cohort.failures}
    assert {name: words for name, words in hostile.items() if words not in told.get(name, "")} == {}, told
    assert len(told) == len(hostile)


def test_jobs_and_order_and_partitions_give_the_same_tables(
    crowd: Path, setup: Setup, tmp_path: Path, as_csv: AsCsv
) -> None:
    wanted = as_csv(study(crowd, setup, jobs=1))
    assert as_csv(study(crowd, setup, jobs=3)) == wanted
    paths = sorted(crowd.iterdir(), reverse=True)
    store = tmp_path / "store"
    for part in (paths[:7], paths[30:], paths[5:20]):
        study(part, setup, store=store)
    cohort = study(paths, setup, store=store)
    assert cohort.analyzed == 10
    assert as_csv(cohort) == wanted


def test_only_what_is_new_or_changed_is_read_again(crowd: Path, setup: Setup, tmp_path: Path) -> None:
    store = tmp_path / "store"

    def read_again(setup: Setup = setup, **options: object) -> int:
        return study(crowd, setup, store=store, **options).analyzed

    (crowd / "bad.txt").write_text("bad")
    assert [read_again(), read_again()] == [61, 0]
    os.utime(crowd / "00.txt", (1, 1))
    (crowd / "01.txt").rename(crowd / "renamed.txt")
    assert read_again() == 0
    (crowd / "02.txt").write_text("good and changed")
    (crowd / "new.txt").write_text("good and new")
    assert read_again() == 2
    assert read_again(retry_failed=True) == 1
    assert read_again(replace(setup, roles=("ml-engineer",))) == 62


def test_failures_are_kept_with_their_reasons(crowd: Path, setup: Setup, tmp_path: Path) -> None:
    (crowd / "bad.txt").write_text("bad")
    first, second = (study(crowd, setup, store=tmp_path / "store") for _ in range(2))
    assert (first.analyzed, second.analyzed) == (61, 0)
    assert [failure.reason for failure in first.failures] == ["it is bad; make it good"]
    assert first.failures == second.failures


def test_a_failure_that_may_pass_is_told_and_not_kept(crowd: Path, setup: Setup, tmp_path: Path) -> None:
    (crowd / "away.txt").write_text("away")
    for wanted in (61, 1):
        cohort = study(crowd, setup, store=tmp_path / "store")
        assert [failure.reason for failure in cohort.failures] == ["it is away"]
        assert cohort.analyzed == wanted


def test_the_store_tells_nothing_of_a_person(cvs: Path, tmp_path: Path) -> None:
    store = tmp_path / "folder" / "store"
    (file,) = cvs.rglob("r19.txt")
    analyze_folder(file, store=store)
    (record,) = sqlite3.connect(store).execute("SELECT record FROM results").fetchone()
    data = b"".join(path.read_bytes() for path in store.parent.iterdir())
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert '"sha256"' in record
    assert "@" not in record
    assert b"r19" not in data
    assert lines[0].encode() not in data  # the name
    assert not [line for line in lines if len(line) > 90 and line.encode() in data]
    if os.name == "posix":
        assert store.stat().st_mode & 0o077 == 0


@posix
def test_a_run_killed_ten_times_at_any_point_goes_on_and_ends_with_the_same_tables(tmp_path: Path) -> None:
    crowd = tmp_path / "crowd"
    crowd.mkdir()
    for number in range(300):
        (crowd / f"{number:03}.txt").write_text(f"{'bad' if number % 50 == 7 else 'good'} {number}")
    calm = launch(crowd, tmp_path / "calm.store", tmp_path / "calm")
    assert calm.communicate(timeout=60)[0] == "300\n"
    chance = random.Random(6)
    store, out, pids = tmp_path / "store", tmp_path / "out", tmp_path / "pids"
    for _ in range(10):
        run = launch(crowd, store, out, TEST_SECONDS="0.05", TEST_PIDS=str(pids))
        seen = pids.stat().st_size if pids.exists() else 0
        while run.poll() is None and (pids.stat().st_size if pids.exists() else 0) == seen:
            time.sleep(0.02)  # it has not begun with a file yet
        time.sleep(chance.uniform(0, 0.4))
        assert run.poll() is None
        os.kill(run.pid, signal.SIGKILL)  # the parent alone: its workers have to notice
        run.communicate(timeout=10)
    last = launch(crowd, store, out)
    again = int(last.communicate(timeout=60)[0])
    assert 0 < again < 300
    assert files(out) == files(tmp_path / "calm")
    deadline = time.monotonic() + 10
    while left := [pid for pid in set(pids.read_text().split()) if _lives(int(pid))]:
        assert time.monotonic() < deadline, f"workers outlive their parent: {left}"
        time.sleep(0.1)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_worker_that_cannot_start_ends_the_run(crowd: Path, setup: Setup) -> None:
    with pytest.raises(BrokenWorker, match="nothing to work with"):
        study(crowd, replace(setup, examiner="cohort.examiners:broken"))


@pytest.mark.parametrize("content", [b"a letter", b"SQLite format 3\0" + bytes(100)])
def test_a_file_that_is_no_store_is_left_alone(content: bytes, crowd: Path, setup: Setup, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(content)
    with pytest.raises(UnusableStore, match="--no-store"):
        study(crowd, setup, store=other)
    assert other.read_bytes() == content
