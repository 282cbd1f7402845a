"""What to read: folders, patterns, lists and URLs as the files and export folders in them."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from profilefit.cohort.remote import find, is_url
from profilefit.errors import UnreadableDocument
from profilefit.reading import Limits, telling
from profilefit.reading.linkedin_export import load_folder
from profilefit.reading.sniff import EXPORT_TABLE

#: Endings of files that a folder is searched for; others in it are pictures, tables, programs. What a file is, its
#: bytes tell later; one that is named itself, or found by a pattern, is read whatever its ending.
_ENDINGS = {
    "", ".pdf", ".docx", ".odt", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text", ".json", ".zip",
    ".doc", ".rtf", ".pages",
}  # fmt: skip
#: Beginnings of what systems and programs leave behind: hidden files, locks of Office, resource forks in a ZIP.
_LEFTOVERS = (".", "~$", "__MACOSX", "Thumbs.db")
#: Tables of a LinkedIn export that make a folder one: a single CSV file called "Skills" may be anything.
_EXPORT_TABLES = 2
#: Tables that we write ourselves and LinkedIn does not: a folder with both is an earlier study.
_OWN_TABLES = {"profiles.csv", "requirements.csv"}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sources:
    """What to read.

    Attributes:
        paths: paths and URLs, each once and in order.
        skipped: files of other kinds that the folders hold besides.
        marks: for each URL what tells its content (see ``RemoteFile``).
    """

    paths: tuple[str, ...]
    skipped: int
    marks: Mapping[str, str | None]


def find_sources(names: Iterable[str | Path], listed: Iterable[str] = (), without: str | Path | None = None) -> Sources:
    """Every file below the folders, every file that a pattern fits, every file named.

    Args:
        names: folders, files, or patterns with ``*``, ``?``, ``[]`` and ``**``; paths or URLs.
        listed: further names that are taken as they are.
        without: a file in the folders that is none of theirs: the study itself.
    Returns:
        Among the paths those names, too, that stand for nothing: reading them tells so, and the others are read.
    Raises:
        MissingExtra, UnreachableStorage: of a URL.
    """
    paths: dict[str, None] = {}
    marks: dict[str, str | None] = {}
    skipped = 0
    listed = tuple(listed)
    for name in (*map(str, names), *filter(is_url, listed)):
        if is_url(name):
            for remote in find(name):
                if remote.below is None or _is_wanted(remote.below):
                    paths[remote.url] = None
                    marks[remote.url] = remote.mark
                elif not _is_leftover(remote.below):
                    skipped += 1
            continue
        found: Sequence[str] = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))  # noqa: PTH207
        for path in found or [name]:
            if not Path(path).is_dir():
                paths[path] = None
                continue
            for each, wanted in _walk(Path(path)):
                if without is not None and each.name == Path(without).name and _is_same(each, without):
                    continue
                if wanted:
                    paths[str(each)] = None
                else:
                    skipped += 1
    paths |= dict.fromkeys(name for name in listed if not is_url(name))
    return Sources(tuple(paths), skipped, marks)


def _is_leftover(place: str) -> bool:
    return any(part.startswith(_LEFTOVERS) for part in place.split("/"))


def _is_wanted(place: str) -> bool:
    return not _is_leftover(place) and PurePosixPath(place).suffix.lower() in _ENDINGS


def _is_same(one: Path, other: str | Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _walk(root: Path) -> Iterator[tuple[Path, bool]]:
    """Everything below a folder in the order of names, and whether it is to be read. Links to folders are not
    followed: they may lead in a circle."""
    for place, folders, files in os.walk(root):
        here = Path(place)
        files = sorted(name for name in files if not name.startswith(_LEFTOVERS))
        folders[:] = sorted(name for name in folders if not name.startswith(_LEFTOVERS))
        tables = sum(EXPORT_TABLE.search(name) is not None for name in files)
        if tables >= _EXPORT_TABLES and not _OWN_TABLES.issubset(files):
            folders.clear()
            files = [name for name in files if not name.lower().endswith(".csv")]
            yield here, True
        for name in files:
            path = here / name
            yield path, path.suffix.lower() in _ENDINGS and (path.is_file() or path.is_symlink())


def content_hash(path: str, limits: Limits | None = None) -> str:
    """SHA-256 of a file, or of the tables of an export folder: that which the report of it will name.

    Raises:
        UnreadableDocument: it cannot be opened.
    """
    limits = limits or Limits()
    place = Path(path)
    digest = hashlib.sha256()
    with telling(path):
        if place.is_dir():
            return load_folder(place, path, limits)[1]
        if not place.is_file():
            reason = "this is no file; name a file" if place.exists() else "no such file; check the path"
            raise UnreadableDocument(path, reason)
        left = limits.bytes + 1  # a larger file is refused, however it goes on
        with place.open("rb") as file:
            while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                digest.update(chunk)
                left -= len(chunk)
    return digest.hexdigest()
