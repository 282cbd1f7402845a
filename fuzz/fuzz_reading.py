"""Reads damaged files by the thousand and looks for anything but a report or a typed error.

    python fuzz/fuzz_reading.py --cases 1000 --seed 1
    python fuzz/fuzz_reading.py --seconds 60 --whole 1
    python fuzz/fuzz_reading.py --replay fuzz/failures/<file>
    python fuzz/fuzz_reading.py --atheris -max_total_time=60      # guided by coverage, where atheris is installed

A case is a file of the tests with one to three kinds of damage (``mutators.py``). It fails when anything but a
``ProfilefitError`` leaves the analysis, when it takes longer than three seconds, when offsets, words and boxes of the
document do not fit together, or when a piece of evidence does not stand in the text where it says. The same seed
makes the same cases.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fuzz"), str(ROOT / "tests" / "reading")]

from mutators import mutate  # noqa: E402
from reading_checks import consistent  # noqa: E402

from profilefit import Library, ProfilefitError, assess, load_library, parse  # noqa: E402
from profilefit.models import Evidence  # noqa: E402
from profilefit.reading import read_bytes  # noqa: E402

#: Seconds of the processor that no case may take, and seconds after which it is stopped.
LONGEST, STOPPED = 3.0, 60


class TooSlow(BaseException):
    """A case was stopped; no ``except Exception`` may catch it."""


def seeds() -> list[bytes]:
    """The files of the tests and examples, the smallest first."""
    kinds = {".pdf", ".docx", ".odt", ".html", ".md", ".txt", ".json", ".zip"}
    folders = [ROOT / "examples", *(ROOT / "tests" / name for name in ("cases", "corpus", "data"))]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    whole = {path.read_bytes() for path in files if not path.name.endswith(".truth.json")}
    return sorted(whole, key=lambda data: (len(data), data))


def check(data: bytes, library: Library | None) -> str:
    """Analyse a file; without a library it is only read.

    Returns:
        How it ended: ``read``, ``assessed``, or the name of the typed error.

    Raises:
        Exception: the analysis is at fault.
    """
    try:
        document = read_bytes(data, "case")
    except ProfilefitError as error:
        if "\n" in str(error):
            raise AssertionError("an error of more than one line") from error
        return type(error).__name__
    consistent(document)
    if library is None:
        return "read"
    profile = parse(document, library)
    results = [assess(profile, role, library) for role in library.roles.values()]
    for cited in evidence_of([profile, results]):
        assert cited.match == document.text[cited.start : cited.end]
        assert cited.match.strip()
    return "assessed"


def evidence_of(value: object) -> Iterator[Evidence]:
    """Every piece of evidence in a result."""
    if isinstance(value, Evidence):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from evidence_of(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from evidence_of(part)


def case(seed: int, number: int, files: Sequence[bytes]) -> bytes:
    """Case ``number`` of a seed; small files come up more often than large ones."""
    chance = Random(f"{seed}/{number}")
    return mutate(files[int(len(files) * chance.random() ** 1.5)], chance, files)


def _stop(*_: object) -> None:
    raise TooSlow


def _verdict(data: bytes, library: Library | None) -> tuple[str, str]:
    """How a case ended, and what was wrong: empty where nothing was."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, STOPPED)
    try:
        ended = check(data, library)
    except TooSlow:
        return "stopped", f"over {STOPPED} s\n{traceback.format_exc(limit=-6)}"
    except Exception:
        return "failed", traceback.format_exc(limit=-8)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    took = time.process_time() - began
    return ("slow", f"{took:.1f} s") if took > LONGEST else (ended, "")


def _save(folder: Path, data: bytes, wrong: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    path.with_suffix(".why").write_text(wrong)
    return path


def _run_atheris(library: Library, arguments: Sequence[str]) -> None:
    import atheris

    files = seeds()

    def one(data: bytes) -> None:
        check(data, library)

    def custom(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        return mutate(data or chance.choice(files), chance, files)[:most]

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], one, custom_mutator=custom)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run cases and print how they ended; 1 where any failed."""
    options = argparse.ArgumentParser(description="Reads damaged files and looks for anything but a typed error.")
    options.add_argument("--cases", type=int, default=1_000, help="how many (default: 1000)")
    options.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--first", type=int, default=0, metavar="N", help="begin with case N of the seed")
    options.add_argument("--whole", type=int, default=10, metavar="N", help="analyse every Nth case, read the others")
    options.add_argument("--failures", type=Path, default=ROOT / "fuzz" / "failures", metavar="DIR")
    options.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="run saved cases instead")
    options.add_argument("--atheris", action="store_true", help="guided by coverage; other options go to libFuzzer")
    chosen, rest = options.parse_known_args(arguments)
    library = load_library()
    if chosen.atheris:
        _run_atheris(library, rest)
    if rest:
        options.error(f"unknown: {' '.join(rest)}")
    signal.signal(signal.SIGALRM, _stop)
    check(b"Experience\nEngineer, Acme, 2019 - 2020\n- Trained models\n", library)  # what is built once is built now
    if chosen.replay:
        for path in chosen.replay:
            print(path.name, *_verdict(path.read_bytes(), library))
        return 0
    files = seeds()
    ends: Counter[str] = Counter()
    began = time.perf_counter()
    done = 0
    longest = 0.0
    for number in range(chosen.first, chosen.first + chosen.cases):
        if time.perf_counter() - began > chosen.seconds:
            break
        data = case(chosen.seed, number, files)
        start = time.process_time()
        ended, wrong = _verdict(data, None if number % chosen.whole else library)
        longest = max(longest, time.process_time() - start)
        ends[ended] += 1
        done += 1
        if wrong:
            print(f"case {number} {ended}: {wrong.strip().splitlines()[-1]} -> {_save(chosen.failures, data, wrong)}")
        if done % 5_000 == 0:
            print(f"{done:,} cases, {done / (time.perf_counter() - began):.0f} a second", flush=True)
    took = time.perf_counter() - began
    print(
        f"{done:,} cases in {took:.0f} s, {done / took:.0f} a second, the longest {longest:.1f} s; seed {chosen.seed}"
    )
    print(", ".join(f"{name} {count:,}" for name, count in ends.most_common()))
    return int(any(ends[name] for name in ("failed", "slow", "stopped")))


if __name__ == "__main__":
    sys.exit(main())
