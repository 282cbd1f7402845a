"""Folders of profiles to study."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cohort.examiners import record
from profilefit.cohort.run import Cohort
from profilefit.cohort.tables import Tables
from profilefit.cohort.worker import Setup

TESTS = Path(__file__).parents[1]
#: Of every format one, of every letter of the corpus one.
CORPUS = ("a01.pdf", "b04.docx", "b12.odt", "b15.html", "b18.json", "e19.md", "m01.pdf", "r19.txt", "r20.md")


@pytest.fixture(scope="session")
def cvs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ten profiles in folders of it, one of them twice, and other things that no folder is without."""
    folder = tmp_path_factory.mktemp("cvs")
    (folder / "deeper" / "still").mkdir(parents=True)
    for number, name in enumerate(CORPUS):
        shutil.copy(TESTS / "corpus" / name, folder / ("", "deeper", "deeper/still")[number % 3] / name)
    shutil.copy(TESTS / "corpus" / CORPUS[0], folder / "deeper" / "copy.pdf")
    shutil.copytree(TESTS / "cases" / "linkedin-export" / "cv.export", folder / "deeper" / "export")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.pdf").write_bytes(b"%PDF-1.4")
    (folder / "~$a01.docx").write_bytes(b"lock")
    return folder


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of files that look like CVs and are none."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "scrap.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)))
    (folder / "empty.docx").write_bytes(b"")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "other.json").write_text('{"settings": {"colour": "red"}}')
    (folder / "cut.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    (folder / "gone.pdf").symlink_to(folder / "nowhere")
    return folder


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """A folder of sixty files for the examiner of the tests."""
    folder = tmp_path / "crowd"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"good {number}")
    return folder


@pytest.fixture
def setup() -> Setup:
    """Workers that read no CV, with narrow limits."""
    return Setup(roles=None, seconds=3.0, memory=150_000_000, examiner="cohort.examiners:make")


def csv_of(tables: Tables | Cohort) -> dict[str, str]:
    """All tables as text."""
    tables = tables.tables if isinstance(tables, Cohort) else tables
    return {name: frame.to_csv(index=False) for name, frame in tables.items()}


@pytest.fixture
def as_csv() -> Callable[[Tables | Cohort], dict[str, str]]:
    return csv_of


@pytest.fixture(scope="session")
def many() -> Tables:
    """Tables of 200 profiles."""
    from profilefit.cohort.tables import build_tables

    return build_tables(record(f"{number * 2654435761 % 2**32:08x}" + "0" * 56) for number in range(200))
