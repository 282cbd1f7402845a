"""`profilefit stats` as a user runs it, and the tables behind it."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pandas as pd
import pytest
from hostile_files import IN_PROCESS_OF_ITS_OWN, PDFS

import profilefit
from profilefit.cli import run
from profilefit.cohort.sources import content_hash, find_sources
from profilefit.cohort.tables import COLUMNS, Tables, tabulate

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of these tests keep results, so that each CV is read once."""
    return tmp_path_factory.mktemp("store") / "stats.sqlite"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def reports(cvs: Path) -> list[profilefit.Report]:
    return [profilefit.analyze(path) for path in find_sources([cvs]).paths]


def test_the_sources_of_a_folder(cvs: Path) -> None:
    sources = find_sources([cvs])
    names = [Path(path).name for path in sources.paths]
    assert len(names) == 11
    assert "export" in names
    assert not {"photo.png", ".hidden.pdf", "~$a01.docx", "Skills.csv"} & set(names)
    assert sources.skipped == 1
    assert find_sources([f"{cvs}/**/*.pdf"]).paths == tuple(
        sorted(path for path in sources.paths if path.endswith(".pdf"))
    )
    assert find_sources([cvs / "photo.png", cvs, cvs / "nothing"]).paths[0] == str(cvs / "photo.png")


def test_a_profile_is_keyed_by_what_its_report_calls_its_content(cvs: Path, reports: list[profilefit.Report]) -> None:
    hashes = [content_hash(path) for path in find_sources([cvs]).paths]
    assert hashes == [report.profile.document.source.sha256 for report in reports]


def test_tables_are_tidy_and_do_not_depend_on_order(reports: list[profilefit.Report]) -> None:
    tables = tabulate(reports)
    assert len(tables.profiles) == 10  # a copy counts once
    assert tables.profiles["profile"].is_unique
    assert tables.profiles["profile"].is_monotonic_increasing
    assert tables.profiles["degree"].dtype == pd.CategoricalDtype(
        ["secondary", "associate", "bachelor", "master", "doctorate"], ordered=True
    )
    assert (tables.profiles["degree"] >= "master").sum() > 2
    for name, frame in tables.items():
        assert tuple(frame.columns) == ("profile", *COLUMNS[name])
        assert set(frame["profile"]) <= set(tables.profiles["profile"])
    assert len(tables.requirements) == 10 * 12
    shuffled = random.Random(1).sample(reports, len(reports))
    for (name, frame), (_, other) in zip(tables.items(), tabulate(shuffled).items(), strict=True):
        pd.testing.assert_frame_equal(frame, other, obj=name)


def test_no_table_of_nobody_fails() -> None:
    tables = tabulate([])
    assert [len(frame) for _, frame in tables.items()] == [0] * len(COLUMNS)


def test_a_folder_is_read_as_its_reports_are(
    cvs: Path, store: Path, reports: list[profilefit.Report], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "tables"
    assert run(["stats", str(cvs), "--store", str(store), "-f", "csv", "-o", str(out)]) == 0
    assert capsys.readouterr() == ("", "")
    tables = tabulate(reports)
    for name, frame in tables.items():
        assert (out / f"{name}.csv").read_text(encoding="utf-8") == frame.to_csv(index=False)
    with (out / "degree_by_group.csv").open(encoding="utf-8") as file:
        counts = {(row["group"], row["degree"]): int(row["profiles"]) for row in csv.DictReader(file)}
    assert sum(n for (group, _), n in counts.items() if group != "all") == 10
    assert "file" not in (out / "profiles.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_report_as_wide_as_the_terminal(
    width: int, cvs: Path, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(["stats", str(cvs), "--store", str(store)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= width
    assert "10 profiles read; 1 copy of a file counted once; 1 file of other kinds left alone" in " ".join(out.split())
    for words in ("Doctor", "E4 Edge devices", "R5 State", "Not found together", "ML engineer"):
        assert words in out
    assert not re.search(r"[0-9a-f]{16}|\.pdf", out)
    assert "\x1b" not in out


@pytest.mark.parametrize("associates", [0, 7])
@pytest.mark.parametrize(("width", "times"), [(80, 1), (80, 100), (120, 1), (200, 100)])
def test_names_of_groups_stay_whole_and_so_do_degrees(width: int, times: int, associates: int, many: Tables) -> None:
    from profilefit.cohort.aggregates import summarize
    from profilefit.cohort.counts import Counts, count
    from profilefit.cohort.reporting import render_summary
    from profilefit.cohort.summary import Names
    from profilefit.library import load_library

    counts = count(many)
    counts.degrees["other", "associate"] += associates
    names = Names.of(load_library())
    text = render_summary(summarize(sum([counts] * times, Counts()), names), width=width)
    lines = text.split("Highest completed degree")[1].split("requirements ")[0].splitlines()
    (row,) = [line for line in lines if line.startswith("ML researcher / scientist")]
    assert f" {counts.degrees['ml_researcher', 'master'] * times} " in row or (width, times) == (80, 100)
    assert row.count("%") == 5
    assert ("█" in row) == (width == 200 or (width == 120 and not associates))
    degrees = ["Doctor", "Master", "Bachelor", "2-year", "School", "None"]
    long = ["Doctorate", "Master's", "Bachelor's", "Two-year", "School", "None", "found"]
    if not associates:
        degrees.remove("2-year")
        long.remove("Two-year")
    assert lines[1].split()[3:] == (degrees if width == 80 else long)
    assert max(map(len, lines)) <= width


def test_a_terminal_without_unicode_and_one_with_colour(
    cvs: Path, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(["stats", str(cvs), "--store", str(store)]) == 0
    assert "\x1b[" in capsys.readouterr().out
    line = [sys.executable, "-m", "profilefit", "stats", str(cvs), "--store", str(store)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "FORCE_COLOR": "", "COLUMNS": "130"}
    done = subprocess.run(line, capture_output=True, timeout=60, check=True, env=environment)
    assert done.stdout.isascii()
    assert b"E4 Edge devices" in done.stdout


def test_markdown_and_json(cvs: Path, store: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["stats", str(cvs), "--store", str(store), "-f", "markdown", "--names"]) == 0
    out = capsys.readouterr().out
    assert "| Title group | Profiles |" in out
    assert "a01.pdf" in out
    assert run(["stats", str(cvs), "--store", str(store), "-f", "json", "--role", "ml-engineer"]) == 0
    study = json.loads(capsys.readouterr().out)
    assert study["schema"] == "profilefit-stats/1"
    assert [role["id"] for role in study["roles"]] == ["ml-engineer"]
    assert len(study["rows"]) == 10
    assert ".pdf" not in json.dumps(study)


def test_a_page_that_needs_nothing_else(cvs: Path, store: Path, tmp_path: Path) -> None:
    page = tmp_path / "study.html"
    assert run(["stats", str(cvs), "--store", str(store), "-f", "html", "-o", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert "prefers-color-scheme: dark" in html
    assert html.count("<svg") > 30
    assert not re.search(r"https?:|\bsrc=|\bhref=|url\(|@import|<script|<link|<img|\bon\w+=", html)
    assert not re.search(r"[0-9a-f]{16}|\.pdf", html)


def test_names_in_a_page_are_words_and_no_markup(many: Tables) -> None:
    from dataclasses import replace

    from profilefit.cohort.aggregates import list_profiles, summarize
    from profilefit.cohort.counts import count
    from profilefit.cohort.reporting import render_summary
    from profilefit.cohort.summary import Names
    from profilefit.library import load_library

    names = Names.of(load_library())
    names = replace(names, skills={**names.skills, "python": "<b onclick=x>\x1b[31m|Py"})
    tables = replace(many, profiles=many.profiles.assign(file="<script>alert(1)</script>|`x`"))
    summary, rows = summarize(count(tables), names), list_profiles(tables, names)
    html = render_summary(summary, "html", profiles=rows)
    assert "<script" not in html
    assert "<b onclick" not in html
    assert not re.search(r"(?<!\\)<script", render_summary(summary, "markdown", profiles=rows))
    assert "\x1b" not in render_summary(summary, "text", profiles=rows)


def test_a_spreadsheet_runs_no_cell(many: Tables, tmp_path: Path) -> None:
    from dataclasses import replace

    from profilefit.cohort.aggregates import summarize
    from profilefit.cohort.counts import count
    from profilefit.cohort.reporting.files import write_tables
    from profilefit.cohort.summary import Names
    from profilefit.library import load_library

    tables = replace(many, positions=many.positions.assign(title="=HYPERLINK(1)", family=pd.Categorical(["+1"] * 200)))
    write_tables(tmp_path, "csv", tables, summarize(count(many), Names.of(load_library())))
    with (tmp_path / "positions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(row["title"], row["family"], row["current"]) for row in rows} == {("'=HYPERLINK(1)", "'+1", "True")}


def test_parquet_keeps_the_order_of_degrees(cvs: Path, store: Path, tmp_path: Path, capsys: Captured) -> None:
    pytest.importorskip("pyarrow")
    assert run(["stats", str(cvs), "--store", str(store), "-f", "parquet", "-o", str(tmp_path / "tables")]) == 0
    profiles = pd.read_parquet(tmp_path / "tables" / "profiles.parquet")
    assert profiles["degree"].cat.ordered
    assert profiles["degree"].cat.categories[-1] == "doctorate"


def test_parquet_without_pyarrow_names_the_extra(
    cvs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["stats", str(cvs), "-f", "parquet", "-o", str(tmp_path / "tables")]) == 2
    assert "profilefit[parquet]" in capsys.readouterr().err


def test_min_cell_writes_no_row_of_a_single_profile(cvs: Path, store: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "tables"
    line = ["stats", str(cvs), "--store", str(store), "--min-cell", "5"]
    assert run([*line, "-f", "csv", "-o", str(out)]) == 0
    assert {path.stem for path in out.iterdir()}.isdisjoint(COLUMNS)
    assert run([*line, "-f", "json"]) == 0
    assert "rows" not in json.loads(capsys.readouterr().out)
    assert run([*line, "--names"]) == 2


def test_bad_files_are_told_with_reasons_and_the_good_ones_reported(
    cvs: Path, bad: Path, store: Path, capsys: Captured
) -> None:
    for _ in range(2):
        assert run(["stats", str(cvs), str(bad), "--store", str(store), "-f", "json"]) == 3
        out, err = capsys.readouterr()
        assert (json.loads(out)["profiles"], json.loads(out)["failed"]) == (10, 7)
        first, *lines = err.splitlines()
        assert first == "profilefit: 7 of 18 files could not be read:"
        assert [Path(line.split(": ")[1]).name for line in lines] == sorted(path.name for path in bad.iterdir())
        assert all(len(line.split(": ")[2]) > 10 for line in lines)
    assert "is a spreadsheet" not in err
    assert run(["stats", str(bad), "--store", str(store)]) == 1
    assert capsys.readouterr().out == ""


def test_hostile_files_cost_themselves_and_no_good_one(
    cvs: Path, bad: Path, store: Path, tmp_path: Path, capsys: Captured
) -> None:
    hostile = [make for name, make in PDFS.items() if name not in IN_PROCESS_OF_ITS_OWN]
    for number, make in enumerate(hostile):
        (bad / f"{number}.pdf").write_bytes(make())
    out = tmp_path / "tables"
    line = ["stats", str(cvs), str(bad), "--store", str(store), "--names", "-f", "csv", "-o", str(out)]
    assert run(line) == 3
    said = capsys.readouterr().err
    with (out / "profiles.csv").open(encoding="utf-8") as file:
        read = {row["file"] for row in csv.DictReader(file)}
    first = {content_hash(path): path for path in reversed(find_sources([cvs]).paths)}
    assert set(first.values()) <= read
    refused = [number for number in range(len(hostile)) if f"{bad / str(number)}.pdf: " in said]
    assert len(refused) > len(hostile) / 3
    assert len(said.splitlines()) == 1 + 7 + len(refused)
    assert len(read) <= 10 + len(hostile) - len(refused)
    assert "Please report it" not in said


def test_a_list_on_standard_input(cvs: Path, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    for separator in ("\n", "\0"):
        paths = "".join(f"{path}{separator}" for path in cvs.rglob("[am]*.pdf"))
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(paths.encode())))
        assert run(["stats", "-", "--store", str(store), "-f", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["profiles"] == 2


def test_a_study_does_not_count_an_earlier_one(cvs: Path, store: Path, tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "cvs"
    shutil.copytree(cvs, folder)
    page, deeper = folder / "study.html", folder / "deeper"
    for _ in range(2):
        assert run(["stats", str(folder), "--store", str(store), "-f", "html", "-o", str(page)]) == 0
        assert "10 profiles read" in page.read_text(encoding="utf-8")
        assert run(["stats", str(deeper), "--store", str(store), "-f", "csv", "-o", str(deeper / "tables")]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_that_are_no_text(cvs: Path, store: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "cvs").mkdir()
    shutil.copy(next(cvs.rglob("e19.md")), os.fsdecode(os.fsencode(tmp_path / "cvs") + b"/caf\xe9.md"))
    line = ["stats", str(tmp_path / "cvs"), "--store", str(store), "--names"]
    for format in ("text", "markdown", "json", "csv"):
        out = ["-o", str(tmp_path / "tables")] if format == "csv" else []
        assert run([*line, "-f", format, *out]) == 0
        assert ("caf" in capsys.readouterr().out) == (format != "csv")
    assert "caf?.md" in (tmp_path / "tables" / "profiles.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["-f", "csv"],
        ["-f", "csv", "-o", __file__],
        ["-f", "html", "-o", str(Path(__file__).parent)],
        ["--store", "x", "--no-store"],
        ["--role", "ml-enginer"],
        ["--store", __file__],
    ],
)
def test_usage_is_exit_code_2(arguments: list[str], cvs: Path, capsys: Captured) -> None:
    assert run(["stats", str(cvs), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_nothing_to_read_is_exit_code_1(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["stats", str(tmp_path / "empty")]) == 1
    assert run(["stats", str(tmp_path / "none")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2


def test_results_are_kept_in_the_cache_unless_not_wanted(cvs: Path, tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "cache" / "profilefit" / "stats.sqlite"
    (one,) = cvs.rglob("r19.txt")
    assert run(["stats", str(one), "--no-store"]) == 0
    assert not kept.exists()
    if sys.platform == "linux":
        assert run(["stats", str(one)]) == 0
        assert kept.exists()
    capsys.readouterr()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_leaves_a_clean_state(cvs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    text = next(cvs.rglob("e19.md")).read_text(encoding="utf-8")
    for number in range(400):
        (folder / f"{number}.md").write_text(f"{text}\n\nVersion {number}\n", encoding="utf-8")
    store = tmp_path / "store"
    line = [sys.executable, "-m", "profilefit", "stats", str(folder), "--store", str(store), "-f", "json"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it, as would it
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    signal.signal(signal.SIGINT, before)
    while not (wal := Path(f"{store}-wal")).exists() or wal.stat().st_size < 60_000:
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers, too
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err) == ("", "profilefit: stopped; what is done is kept, and the same command goes on from there.\n")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("store")) == ["store"]
