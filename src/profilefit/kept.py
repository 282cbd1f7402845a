"""What is worked out once for an object and kept beside it, for as long as it lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by the object they were made from and by what else they depend on.

    The object itself is the key, not what it holds: a document is long to compare, and it must not be written to.

    >>> class Text(str): pass
    >>> lengths, text = Kept[int](), Text("abc")
    >>> lengths.of(text, "letters", lambda: len(text)), lengths.of(text, "letters", lambda: 0)
    (3, 3)
    """

    def __init__(self) -> None:
        self._values: dict[int, dict[Hashable, Value]] = {}

    def of(self, owner: object, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of an object for a key, made the first time."""
        values = self._values.get(id(owner))
        if values is None:
            values = self._values[id(owner)] = {}
            weakref.finalize(owner, self._values.pop, id(owner), None).atexit = False
        if key not in values:
            values[key] = make()
        return values[key]
