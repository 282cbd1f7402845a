"""Speed as ratios, side by side in one run: medians of interleaved rounds.

    python benchmarks/speed.py [--rounds N] [FOLDER ...]     a table in Markdown; the PDFs of tests/corpus by default

Every round walks all files once, so that no analysis finds its own text in a cache. The rows say what is compared with
what. The engine pdfium is measured where its extra is installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from pdfminer.high_level import extract_text

from profilefit import Report, analyze, load_library
from profilefit.reading.pdf.glyphs import Chunk, PageGlyphs, Style
from profilefit.reading.pdf.lines import lay_out

ROOT = Path(__file__).parents[1]
SPACY = ("-c", "import spacy; spacy.blank('en')")


def interleaved(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each call in each round; the calls of a round follow each other."""
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
    return times


def ratio(times: dict[str, list[float]], one: str, other: str) -> float:
    """The median of the rounds' ratios."""
    return median(a / b for a, b in zip(times[one], times[other], strict=True))


def command(*arguments: str) -> Callable[[], object]:
    """A Python process. It may keep the bytecode of a checkout as an installed package has it, spaCy's for one."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = [sys.executable, *arguments]
    return lambda: subprocess.run(process, cwd=ROOT, env=environment, check=True, capture_output=True)


def measure_analysis(files: list[Path], rounds: int) -> Iterable[tuple[str, float, str]]:
    """Whole analyses, warm, of all files against ``extract_text`` of the same files."""
    library = load_library()
    calls: dict[str, Callable[[], object]] = {
        "text": lambda: [extract_text(file) for file in files],
        "pdfminer": lambda: [analyze(file, library=library) for file in files],
    }
    try:
        import pypdfium2  # noqa: F401

        calls["pdfium"] = lambda: [analyze(file, library=library, pdf_engine="pdfium") for file in files]
    except ImportError:
        print("pypdfium2 is not installed: the engine pdfium is left out", file=sys.stderr)
    for call in calls.values():
        call()
    times = interleaved(calls, rounds)
    yield "whole analysis, warm, ÷ `extract_text` of the same files", ratio(times, "pdfminer", "text"), "≤ 1.0"
    if "pdfium" in times:
        yield "the same with `--pdf-engine pdfium`", ratio(times, "pdfium", "text"), "≤ 0.35"
        yield from compare_engines(files)


def compare_engines(files: list[Path]) -> Iterable[tuple[str, float, str]]:
    """What the reports of the two engines have in common."""
    verdicts = same = words = common = 0
    for file in files:
        one, two = analyze(file), analyze(file, pdf_engine="pdfium")
        pairs = list(zip(decided(one), decided(two), strict=True))
        verdicts, same = verdicts + len(pairs), same + sum(a == b for a, b in pairs)
        first, second = (Counter(report.profile.document.text.split()) for report in (one, two))
        words += max(first.total(), second.total())
        common += (first & second).total()
    yield "verdicts of the two engines that are equal", same / verdicts, "1.00"
    yield "words that the two engines have in common", common / words, "≥ .98"


def decided(report: Report) -> list[str]:
    return [requirement.status for role in report.roles for requirement in role.requirements]


def measure_layout(rounds: int) -> Iterable[tuple[str, float, str]]:
    """The layout step while the words of a page double."""
    pages = {count: page_of(count) for count in (750, 1_500, 3_000, 6_000)}
    calls = {str(count): (lambda count=count: lay_out([page_of(count)], 1)) for count in pages}
    times = interleaved(calls, rounds)  # type: ignore[arg-type]
    worst = max(ratio(times, str(2 * count), str(count)) for count in (750, 1_500, 3_000))
    yield "layout step when the words of a page double, up to 6,000 words, at worst", worst, "≤ 2.5"


def page_of(count: int) -> PageGlyphs:
    """A page of two columns of paragraphs with so many words, dates on the right of some."""
    style, bold = Style("Serif", 4.0, "#000000", False, False), Style("Serif", 4.0, "#000000", True, False)
    page = PageGlyphs(1, 1_200.0, 2_000.0, [])
    placed, row = 0, 0
    while placed < count:
        for column in (40.0, 620.0):
            x = column
            for word in range(10):
                text = f"word{(row * 7 + word) % 89}"
                width = 2.2 * len(text)
                chosen = bold if row % 9 == 0 else style
                page.chunks.append(Chunk(x, 1_960.0 - 5.0 * row, x + width, 4.0, text, chosen))
                x += width + 1.2
                placed += 1
            if row % 9 == 0:
                page.chunks.append(Chunk(column + 480, 1_960.0 - 5.0 * row, column + 510, 4.0, "2019–2021", style))
        row += 1
    return page


def measure_start(rounds: int) -> Iterable[tuple[str, float, str]]:
    """Whole processes, not the first of their kind."""
    calls = {
        "blank": command(*SPACY),
        "spacy": command("-c", "import spacy"),
        "one": command("-m", "profilefit", "analyze", "examples/engineer.pdf"),
        "help": command("-m", "profilefit", "--help"),
    }
    for call in calls.values():
        call()
    times = interleaved(calls, rounds)
    yield "one CV, whole process, ÷ `spacy.blank('en')`", ratio(times, "one", "blank"), "≤ 1.6"
    yield "`--help` ÷ `import spacy`", ratio(times, "help", "spacy"), "≤ 0.2"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests/corpus"])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    files = sorted(file for folder in options.folders for file in folder.glob("*.pdf"))
    print("| figure | measured | mark |\n|---|---:|---|")
    for part in (
        measure_analysis(files, options.rounds),
        measure_layout(options.rounds),
        measure_start(options.rounds),
    ):
        for what, value, mark in part:
            print(f"| {what} | {value:.3f} | {mark} |", flush=True)


if __name__ == "__main__":
    main()
