"""Dask: the same tables from workers elsewhere, whatever happens to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from profilefit.cli import run
from profilefit.cohort.engine import BrokenWorker

pytest.importorskip("distributed", reason="Dask comes with the extra dask")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

#: A run in a process of its own, for here no connection is opened: folder, address of the scheduler or "processes".
RUN = """
import sys
from cohort.running import study
from profilefit.cohort.worker import Setup
if __name__ == "__main__":
    folder, address = sys.argv[1:]
    setup = Setup(roles=None, seconds=3.0, memory=150_000_000, examiner="cohort.examiners:make")
    cohort = study(folder, setup, jobs=2, dask=None if address == "processes" else address)
    for name, frame in cohort.tables.items():
        print(name, frame.to_csv(index=False))
    for failure in cohort.failures:
        print(failure.path, failure.reason)
"""
PATHS = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
ENVIRONMENT = {**os.environ, "PYTHONPATH": PATHS}


def launch(folder: Path, address: str, **environment: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", RUN, folder.name, address]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        line, stdout=pipe, stderr=pipe, text=True, cwd=folder.parent, env={**ENVIRONMENT, **environment}
    )


def told(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return out


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that cost themselves."""
    folder = tmp_path_factory.mktemp("hostile") / "crowd"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"good {number}")
    for name in ("hang", "crash", "defect", "bad"):
        (folder / f"030-{name}.txt").write_text(f"{name} now")
    return folder


@pytest.fixture(scope="module")
def wanted(hostile: Path) -> str:
    """What processes of this machine say of it."""
    out = told(launch(hostile, "processes"))
    assert "longer than 3 seconds" in out
    assert out.count("030-") == 4
    return out


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler on this machine and its two workers."""
    file = tmp_path / "scheduler.json"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def dask(*words: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(file), "--no-dashboard"]
        quiet = subprocess.DEVNULL
        environment = {**ENVIRONMENT, "TEST_SECONDS": "0.05", "TEST_PIDS": str(tmp_path / "pids")}
        return subprocess.Popen(line, stdout=quiet, stderr=quiet, cwd=elsewhere, env=environment)

    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
    workers = [dask("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny") for _ in range(2)]
    try:
        deadline = time.monotonic() + 30
        while not file.exists() or not file.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_dask_on_this_machine_gives_the_same_tables_and_failures(hostile: Path, wanted: str) -> None:
    assert told(launch(hostile, "local")) == wanted


def test_a_cluster_gives_the_same_tables_though_a_worker_dies(
    hostile: Path, wanted: str, address: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    scheduler, (victim, _) = address
    begun = tmp_path / "pids"
    process = launch(hostile, scheduler)
    deadline = time.monotonic() + 30
    while not begun.exists() or len(begun.read_text().splitlines()) < 40:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    victim.send_signal(signal.SIGKILL)
    assert process.poll() is None
    assert told(process) == wanted


def test_an_error_of_a_worker_comes_home_as_it_was() -> None:
    import pickle

    error = BrokenWorker("no memory")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_what_is_missing_is_told_in_one_line(
    cvs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["stats", str(cvs), "--store", str(tmp_path / "store"), "--dask"]
    assert run([*line, "tcp://x:1", "--jobs", "2"]) == 2
    assert "--jobs" in capsys.readouterr().err
    monkeypatch.delitem(sys.modules, "profilefit.cohort.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run([*line, "local"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert "profilefit[dask]" in err
