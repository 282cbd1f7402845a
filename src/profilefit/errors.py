"""Everything that can go wrong for a user, as types. A message names what failed and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class ProfilefitError(Exception):
    """Base of every error that the command line prints as one line; it can be sent between processes."""

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[ProfilefitError], args: tuple[object, ...], state: dict[str, object]) -> ProfilefitError:
    """An error as it was: what its own ``__init__`` takes is not what it says."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class UnreadableDocument(ProfilefitError):
    """The file cannot be read as a CV.

    Attributes:
        source: the file's name as the user gave it.
        reason: one sentence, naming the fix where there is one.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EncryptedDocument(UnreadableDocument):
    """The file asks for a password."""


class NoTextLayer(UnreadableDocument):
    """The pages are pictures: there is no text to read."""


class DocumentTooLarge(UnreadableDocument):
    """The file, or what it unpacks to, is over a limit."""


class MissingExtra(ProfilefitError):
    """Something was asked for that comes with an extra which is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} is not installed; add it with: pip install 'profilefit[{extra}]'")


class UnknownRole(ProfilefitError):
    """A role was asked for that the library does not hold.

    Attributes:
        name: as it was asked for.
        known: the ids of all roles.
    """

    def __init__(self, name: str, known: Iterable[str], hint: str = "") -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f'unknown role "{name}"; known roles: {", ".join(self.known)}{hint}')


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a skills directory.

    Attributes:
        file: path below the skills directory, e.g. ``roles/ml-engineer.toml``.
        entry: the entry in that file, e.g. ``requirement E1``; empty for the file as a whole.
        message: what is wrong and, where one is near, a "did you mean".
    """

    file: str
    entry: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.entry, self.message) if part)


class InvalidSkills(ProfilefitError):
    """A skills directory has problems; all of them are told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
