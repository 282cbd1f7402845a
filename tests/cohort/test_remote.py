"""Profiles that are elsewhere: found, read and remembered like those of a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cohort.conftest import csv_of
from profilefit.cli import run
from profilefit.cohort import remote
from profilefit.cohort.run import analyze_folder
from profilefit.cohort.sources import find_sources

fsspec = pytest.importorskip("fsspec", reason="URLs come with the extra dask")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def bucket() -> Iterator[Callable[[str, bytes], None]]:
    """Writes into a storage that is in memory."""
    memory = fsspec.filesystem("memory")
    yield memory.pipe_file
    memory.rm("/", recursive=True)


def test_what_a_url_names(bucket: Callable[[str, bytes], None]) -> None:
    for name in ("a.pdf", "b/c.md", "b/d.png", "b/.e.pdf", "b/f/~$g.docx", "b/f/h"):
        bucket(f"/cvs/{name}", b"x")
    found = find_sources(["memory://cvs"])
    assert found.paths == ("memory:///cvs/a.pdf", "memory:///cvs/b/c.md", "memory:///cvs/b/f/h")
    assert found.skipped == 1
    assert find_sources(["memory://cvs/b/*"]).paths == (
        "memory:///cvs/b/.e.pdf", "memory:///cvs/b/c.md", "memory:///cvs/b/d.png",
    )  # fmt: skip
    assert find_sources([], ["memory://cvs/b/d.png", "here.pdf"]).paths == ("memory:///cvs/b/d.png", "here.pdf")
    assert find_sources(["memory://none"]).paths == ("memory://none",)
    before = found.marks
    bucket("/cvs/a.pdf", b"y")
    changed = {url for url, mark in find_sources(["memory://cvs"]).marks.items() if mark != before[url]}
    assert changed == {"memory:///cvs/a.pdf"}
    assert remote.fetch("memory://cvs/a.pdf", 100) == b"y"
    assert remote.fetch("memory://cvs/a.pdf", 0) == b""


@pytest.mark.parametrize("versions", [remote._VERSIONS, ()], ids=["with versions", "without"])
def test_a_storage_gives_the_tables_that_a_folder_gives(
    versions: tuple[str, ...], cvs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_VERSIONS", versions)
    folder, store = tmp_path / "cvs", tmp_path / "store"
    folder.mkdir()
    for name in ("e19.md", "r19.txt", "copy.pdf", "a01.pdf"):
        (folder / name).write_bytes(next(cvs.rglob(name)).read_bytes())
    (folder / "bad.pdf").write_bytes(b"")
    url = folder.as_uri()
    first = analyze_folder(url, store=store, names=True)
    assert csv_of(first) == csv_of(analyze_folder(folder)) | {"profiles": first.tables.profiles.to_csv(index=False)}
    assert set(first.tables.profiles["file"]) == {f"{url}/{name}" for name in ("a01.pdf", "e19.md", "r19.txt")}
    assert [(f.path, f.reason.split(";")[0]) for f in first.failures] == [(f"{url}/bad.pdf", "the file is empty")]
    assert (first.copies, first.analyzed) == (1, 5)
    (folder / "r19.txt").write_bytes(b"# Baker\n\n2019 - 2020 Baker, Oven Ltd\n")
    second = analyze_folder(url, store=store)
    assert second.analyzed == (1 if versions else 5)
    assert csv_of(second) == csv_of(analyze_folder(folder))
    assert second.failures == first.failures


def test_a_file_that_could_not_be_fetched_is_asked_for_again(cvs: Path, tmp_path: Path, capsys: Captured) -> None:
    name, good = (tmp_path / "later.md").as_uri(), next(cvs.rglob("e19.md")).as_uri()
    line = ["stats", name, good, "--store", str(tmp_path / "store"), "-f", "json"]
    assert run(line) == 3
    assert f"{name}: no such file; check the URL" in capsys.readouterr().err
    (tmp_path / "later.md").write_bytes(next(cvs.rglob("r20.md")).read_bytes())
    assert run(line) == 0


def test_a_storage_that_is_none_and_fsspec_that_is_missing(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = ["stats", "nosuch://bucket", "--store", str(tmp_path / "store")]
    assert run(line) == 2
    assert "nosuch://bucket: the storage cannot be reached (Protocol not known" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert run(line) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert "profilefit[dask]" in err
