"""`profilefit stats` at scale, as ratios: a table in Markdown.

    python benchmarks/scale.py [--count N] [--sample N] [--rounds N] [--kills N] [--folder FOLDER]

The CVs are the files of tests/corpus, each copy made different by what nobody reads: a comment, or blanks at its end.
Every run is a process of its own with a store of its own. Engines are compared on a sample, in rounds of which the
quickest run counts. Wall clock: run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RUN = """
import json, resource, sys, time
from pathlib import Path
folder, store, jobs, dask, out = sys.argv[1:]
start = time.perf_counter()
from profilefit.cohort.run import analyze_folder
cohort = analyze_folder(folder, store=store, jobs=int(jobs), dask=dask or None)
cohort.summary()
seconds = time.perf_counter() - start
for name, frame in cohort.tables.items():
    frame.to_csv(Path(out, name + ".csv"), index=False)
used, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
peak, cpu = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime + workers.ru_utime + workers.ru_stime
print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "read": cohort.analyzed}))
"""


def make(folder: Path, count: int) -> None:
    """``count`` CVs in folders of a hundred."""
    sources = [path for path in sorted((ROOT / "tests" / "corpus").iterdir()) if ".truth" not in path.suffixes]
    for number in range(count):
        source = sources[number % len(sources)]
        path = folder / f"{number // 100:04}" / f"{number:06}{source.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
        mark(path, number)


def mark(path: Path, number: int) -> None:
    """Makes a file differ from its like, and its text from none."""
    if path.suffix in (".docx", ".odt"):
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"%d" % number
        return
    with path.open("ab") as file:
        blanks = f"{number:b}".replace("0", " ").replace("1", "\t")
        file.write(b"\n%% %d\n" % number if path.suffix == ".pdf" else f"\n{blanks}\n".encode())


def start(folder: Path, store: Path, jobs: int, out: Path, dask: str = "") -> subprocess.Popen[str]:
    out.mkdir(parents=True, exist_ok=True)
    line = [sys.executable, "-c", RUN, str(folder), str(store), str(jobs), dask, str(out)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, text=True, start_new_session=True)


def measure(folder: Path, store: Path, jobs: int, out: Path, dask: str = "") -> dict[str, Any]:
    process = start(folder, store, jobs, out, dask)
    text, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a run ended with {process.returncode}")
    print(out.name, text.strip(), file=sys.stderr)
    return dict(json.loads(text))


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="CVs; 0 for the sample alone")
    parser.add_argument("--sample", type=int, default=1_000, help="CVs; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="where the files are made; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.folder or Path(scratch)
        print("| figure | measured | mark |\n|---|---:|---|")
        sampled = _sampled(work, options.sample, options.rounds, options.kills) if options.sample else ()
        for row in chain(sampled, _grown(work, options.count) if options.count else ()):
            print(f"| {' | '.join(row)} |", flush=True)


def _sampled(work: Path, count: int, rounds: int, kills: int) -> Iterator[tuple[str, str, str]]:
    """One engine against the other."""
    cvs = work / "sample"
    make(cvs, count)
    runs: dict[str, tuple[int, str]] = {"two": (2, ""), "one": (1, ""), "dask": (2, "local")}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, (jobs, dask) in runs.items():
            done = measure(cvs, work / f"{name}{number}", jobs, work / f"{name}{number}.out", dask)
            seconds[name].append(done["seconds"])
    best = {name: min(each) for name, each in seconds.items()}
    yield f"2 workers against 1 ({count:,} CVs)", f"{best['one'] / best['two']:.2f} ×", "≥ 1.8 ×"
    yield "Dask on this machine against processes", f"{best['dask'] / best['two']:.2f} ×", "≤ 1.25 ×"
    equal = {_equal(work / "two0.out", out) for out in work.glob("*[0-9].out")}
    yield "the tables of all these runs", " ".join(sorted(equal)), "equal"
    if kills:
        yield _killed(cvs, work, kills, best["two"])


def _grown(work: Path, count: int) -> Iterator[tuple[str, str, str]]:
    """Many CVs against few, and the second run."""
    cvs, few = work / "cvs", work / "few"
    make(cvs, count)
    make(few, count // 10)
    before = measure(few, work / "few1", 2, work / "few1.out")
    many = measure(cvs, work / "many", 2, work / "many.out")
    after = measure(few, work / "few2", 2, work / "few2.out")
    ratio = many["seconds"] / (before["seconds"] + after["seconds"]) / 5
    yield f"time a CV at {count:,} against {count // 10:,}", f"{ratio:.2f} ×", "≤ 1.05 ×"
    yield "the parent's peak memory", f"{many['peak']:.0f} MB", "≤ 300 MB"
    yield f"the same at {count // 10:,}", f"{before['peak']:.0f} MB", ""
    changed = sorted(cvs.rglob("*.*"))[::100]
    for number, path in enumerate(changed):
        mark(path, count + number)
    again = measure(cvs, work / "many", 2, work / "again.out")
    assert again["read"] == len(changed)
    yield "a second run with 1% changed", f"{again['seconds'] / many['seconds']:.1%}", "≤ 3%"


def _killed(cvs: Path, work: Path, kills: int, seconds: float) -> tuple[str, str, str]:
    """A run that is killed at random points again and again, against the undisturbed one."""
    chance = random.Random(1)
    for _ in range(kills):
        process = start(cvs, work / "killed", 2, work / "killed.out")
        time.sleep(2 + chance.uniform(0, 0.15) * seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    last = measure(cvs, work / "killed", 2, work / "killed.out")
    equal = _equal(work / "killed.out", work / "two0.out")
    return f"tables after {kills} × kill -9 ({last['read']:,} files were left)", equal, "equal"


def _equal(one: Path, other: Path) -> str:
    return "equal" if tables(one) == tables(other) else "DIFFERENT"


if __name__ == "__main__":
    main()
