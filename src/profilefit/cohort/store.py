"""Results kept from one run to the next, in one SQLite file.

A result is found again by what was read (the hash of its content) and by how (the code, the skills data, the options).
It is a record, which holds no quote, no file name and nobody's name, or the reason why there is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from profilefit.cohort.record import Record
from profilefit.errors import ProfilefitError

#: Marks a file as ours ("pfit"), so that no other program's data is ever touched.
_APPLICATION = 0x70666974
_SHAPE = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS results (
    code TEXT NOT NULL, setting TEXT NOT NULL, content TEXT NOT NULL, record TEXT, failure TEXT,
    PRIMARY KEY (setting, content)
) WITHOUT ROWID
"""


class UnusableStore(ProfilefitError):
    """The file that results are kept in cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; name another file with --store, or keep nothing with --no-store")


def default_store() -> Path:
    """Where results are kept unless told otherwise: the user's cache directory."""
    home = Path.home()
    if sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        cache = home / "Library" / "Caches"
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        cache = Path(named) if Path(named).is_absolute() else home / ".cache"
    return cache / "profilefit" / "stats.sqlite"


@cache
def code_version() -> str:
    """A hash over this package's own code and the versions of what it reads and matches with."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ("spacy", "pdfminer.six", "pypdfium2"):
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()[:32]


class Store:
    """Results of one setting. One process writes at a time; another one waits for half a minute.

    Every result is written as it comes, in a transaction of its own: a run that is killed loses the files it was at.

    Args:
        path: the file; ``None`` for one that nobody else sees and that is gone at the end.
        options: what the results depend on besides content and code.
    Raises:
        UnusableStore: the file cannot be opened, or is something else.
    """

    def __init__(self, path: Path | None, options: Iterable[str]) -> None:
        self._code = code_version()
        self._setting = hashlib.sha256("\0".join([self._code, *options]).encode("utf-8", "surrogateescape")).hexdigest()
        self._path = path
        try:
            if path is not None:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.touch(mode=0o600)
            self._db = sqlite3.connect(path or "", timeout=30, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise UnusableStore(path or Path("temporary store"), _reason(error)) from error

    def _open(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (shape,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and (application, shape) != (_APPLICATION, _SHAPE):
            raise sqlite3.DatabaseError("file is not a database of profilefit")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
        self._db.execute(f"PRAGMA user_version = {_SHAPE}")
        self._db.execute(_TABLE)
        # What other code found is never asked for again; kept, it would only be more that is known of people.
        self._db.execute("DELETE FROM results WHERE code <> ?", (self._code,))
        self._db.execute("COMMIT")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def known(self) -> dict[str, str | None]:
        """What results of this setting are kept under, and the content hash in the record (of a failure: none)."""
        query = "SELECT content, json_extract(record, '$.sha256') FROM results WHERE setting = ?"
        return dict(self._db.execute(query, (self._setting,)))

    def keep(self, content: str, record: Record | None, failure: str | None = None) -> None:
        """Writes a record, or a reason, in place of what was known of this content.

        Args:
            content: the hash of it, or of the URL and version of a file that is elsewhere.
        Raises:
            UnusableStore: the disk is full, or the file is locked by another run.
        """
        body = None if record is None else json.dumps(record, ensure_ascii=True, separators=(",", ":"))
        try:
            self._db.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)",
                (self._code, self._setting, content, body, failure),
            )
        except sqlite3.Error as error:
            raise UnusableStore(self._path or Path("temporary store"), _reason(error)) from error

    def records(self, contents: Iterable[str]) -> Iterator[Record]:
        """The records kept of these contents, one after the other, in their order."""
        for content in contents:
            row = self._select("record", content)
            if row:
                yield json.loads(row)

    def failure(self, content: str) -> str | None:
        """Why there is no record of this content."""
        return self._select("failure", content)

    def _select(self, column: str, content: str) -> str | None:
        query = f"SELECT {column} FROM results WHERE setting = ? AND content = ?"
        row = self._db.execute(query, (self._setting, content)).fetchone()
        return row[0] if row else None


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"the results cannot be kept there ({error.strerror or error})"
    return f"the results cannot be kept there ({error})"
