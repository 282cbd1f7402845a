"""Silence for the loggers of others while we call their code: what goes wrong is told in words of our own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
#: For each silent logger how many calls want it so, and the level it had before the first.
_silent: dict[str, tuple[int, int]] = {}


@contextmanager
def quiet(name: str) -> Iterator[None]:
    """Nothing below "critical" from a logger and those under it; afterwards it has the level of its owner again.

    Calls may overlap, in threads too: the last to end restores the level.

    >>> logger = logging.getLogger("somebody")
    >>> logger.setLevel("INFO")
    >>> with quiet("somebody"), quiet("somebody"):
    ...     logger.isEnabledFor(logging.ERROR)
    False
    >>> logger.isEnabledFor(logging.INFO)
    True
    """
    logger = logging.getLogger(name)
    with _lock:
        calls, level = _silent.get(name, (0, logger.level))
        _silent[name] = calls + 1, level
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        with _lock:
            calls, level = _silent.pop(name)
            if calls > 1:
                _silent[name] = calls - 1, level
            else:
                logger.setLevel(level)
