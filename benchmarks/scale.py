"""`profilefit stats` at scale, as ratios: a table in Markdown.

    python benchmarks/scale.py [--count N] [--kills N] [--no-dask] [--folder FOLDER]

The CVs are the files of tests/corpus, each copy made different by what nobody reads: a comment, or blanks at its end.
Every run is a process of its own with a store of its own. Wall clock: run it on a machine that does nothing else.
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
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "peak": peak, "read": cohort.analyzed, "profiles": len(cohort.tables.profiles)}))
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
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--no-dask", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the files are made; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.folder or Path(scratch)
        cvs, few = work / "cvs", work / "few"
        make(cvs, options.count)
        make(few, options.count // 10)

        two_few = measure(few, work / "few2", 2, work / "few2.out")
        two = measure(cvs, work / "all2", 2, work / "all2.out")
        one = measure(cvs, work / "all1", 1, work / "all1.out")
        rows = [
            ("2 workers against 1", f"{one['seconds'] / two['seconds']:.2f} ×", "≥ 1.8 ×"),
            (
                f"time a CV at {options.count:,} against {options.count // 10:,}",
                f"{two['seconds'] / two_few['seconds'] / 10:.2f} ×",
                "≤ 1.05 ×",
            ),
            ("the parent's peak memory", f"{two['peak']:.0f} MB", "≤ 300 MB"),
            (f"the same at {options.count // 10:,}", f"{two_few['peak']:.0f} MB", ""),
            ("the tables of 1 and 2 workers", _equal(work / "all1.out", work / "all2.out"), "equal"),
        ]
        if not options.no_dask:
            dask = measure(cvs, work / "dask", 2, work / "dask.out", "local")
            rows += [
                ("Dask on this machine against processes", f"{dask['seconds'] / two['seconds']:.2f} ×", "≤ 1.25 ×"),
                ("their tables", _equal(work / "all2.out", work / "dask.out"), "equal"),
            ]
        changed = sorted(cvs.rglob("*.*"))[::100]
        for number, path in enumerate(changed):
            mark(path, options.count + number)
        again = measure(cvs, work / "all2", 2, work / "again.out")
        assert again["read"] == len(changed)
        rows.append(("a second run with 1% changed", f"{again['seconds'] / two['seconds']:.1%}", "≤ 3%"))
        if options.kills:
            rows.append(_killed(cvs, work, options.kills, two["seconds"]))
    print("| figure | measured | mark |\n|---|---:|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def _killed(cvs: Path, work: Path, kills: int, seconds: float) -> tuple[str, str, str]:
    """A run that is killed at random points again and again, against the undisturbed one."""
    chance = random.Random(1)
    for _ in range(kills):
        process = start(cvs, work / "killed", 2, work / "killed.out")
        time.sleep(chance.uniform(0, 0.12) * seconds + 2)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    last = measure(cvs, work / "killed", 2, work / "killed.out")
    equal = _equal(work / "killed.out", work / "again.out")
    return f"tables after {kills} × kill -9 ({last['read']:,} files were left)", equal, "equal"


def _equal(one: Path, other: Path) -> str:
    return "equal" if tables(one) == tables(other) else "DIFFERENT"


if __name__ == "__main__":
    main()
