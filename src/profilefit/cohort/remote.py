"""Files that are elsewhere: object storage and the like, named by URLs that fsspec understands.

Such a file is told by its URL and by what the storage says of its version, so that a second run need not fetch it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from profilefit.errors import MissingExtra, ProfilefitError, UnreadableDocument

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: What storages call the version of a file, whichever of them they tell.
_VERSIONS = (
    "ETag", "etag", "md5Hash", "content_md5", "checksum", "VersionId", "generation", "LastModified", "last_modified",
    "updated", "modified", "mtime", "created",
)  # fmt: skip


class UnreachableStorage(ProfilefitError):
    """There is no such storage, or it does not answer, or lets nobody in."""

    def __init__(self, url: str, error: Exception) -> None:
        super().__init__(f"{url}: the storage cannot be reached ({_line(error)}); check the URL and the access")


class UnreachableFile(UnreadableDocument):
    """A file that could not be fetched this time."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file in a storage.

    Attributes:
        url: its name.
        mark: a hash that changes with its content; ``None`` where the storage tells no version.
        below: its path in the folder that was searched; ``None`` where it was named, or found by a pattern.
    """

    url: str
    mark: str | None
    below: str | None


def is_url(name: str) -> bool:
    """Whether a name is a URL rather than a path: ``s3://bucket/cvs``, ``memory://cvs``."""
    scheme, colon, _ = name.partition("://")
    return bool(colon) and len(scheme) > 1 and scheme.replace("+", "").replace("-", "").isalnum()


def find(url: str) -> Iterator[RemoteFile]:
    """The files below a URL, those that fit a pattern, or the one that it names, in the order of their URLs.

    A URL that names nothing comes back as it is: fetching it tells so.

    Raises:
        MissingExtra: fsspec is not installed.
        UnreachableStorage: another package is wanted, or the storage cannot be listed.
    """
    try:
        system, place = _open(url)
        pattern = any(mark in place for mark in "*?[")
        found: dict[str, dict[str, Any]]
        if pattern:
            found = system.glob(place, detail=True)
        elif system.isfile(place):
            found = {place: system.info(place)}
        else:
            found = system.find(place, detail=True)
        if not found:
            yield RemoteFile(url, None, None)
        for path, entry in sorted(found.items()):
            if entry.get("type", "file") == "file":
                each = system.unstrip_protocol(path)
                below = None if pattern or path == place else path.removeprefix(place).lstrip("/")
                yield RemoteFile(each, _mark(each, entry), below)
    except ProfilefitError:
        raise
    except Exception as error:  # each storage has errors of its own
        raise UnreachableStorage(url, error) from error


def fetch(url: str, most: int) -> bytes:
    """The content, ``most`` bytes of it.

    Raises:
        UnreachableFile: it is not there, or could not be read.
    """
    try:
        system, place = _open(url)
        with system.open(place, "rb") as file:
            return bytes(file.read(most))
    except FileNotFoundError as error:
        raise UnreachableFile(url, "no such file; check the URL") from error
    except Exception as error:  # each storage has errors of its own
        raise UnreachableFile(url, f"it could not be fetched ({_line(error)}); try again") from error


def _open(url: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtra("fsspec", "dask") from error
    system, place = url_to_fs(url)
    return system, place


def _mark(url: str, entry: dict[str, Any]) -> str | None:
    told = [f"{name}={entry[name]}" for name in _VERSIONS if entry.get(name)]
    if not told:
        return None
    return hashlib.sha256(
        "\0".join([url, str(entry.get("size")), *told]).encode("utf-8", "surrogateescape")
    ).hexdigest()


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
