"""How work grows with what it is done on: twice the input takes twice the time, and not much more."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

#: What twice the input may take: linear work takes twice the time, quadratic work four times.
MOST = 3.0
#: Seconds of the processor that no ratio is made of: caches and the clock show in them more than the work.
SHORT = 0.01
#: Tries of which the best counts: other processes make some of them slow. One is enough where it shows the promise.
TRIES = 6


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether work on ``size`` takes at most ``MOST`` times as long as work on half of it.

    >>> grows_evenly(lambda n: sum(range(n * 100)), 5_000)
    True
    >>> grows_evenly(lambda n: [sum(range(n)) for _ in range(n)], 6_000)
    False
    """
    half = whole = float("inf")
    for _ in range(TRIES):
        half, whole = min(half, _seconds(work, size // 2)), min(whole, _seconds(work, size))
        if whole <= MOST * half + SHORT:
            return True
    return False


def _seconds(work: Callable[[int], object], size: int) -> float:
    gc.disable()  # it would walk through all that the tests before have left
    try:
        began = time.process_time()
        work(size)
        return time.process_time() - began
    finally:
        gc.enable()
