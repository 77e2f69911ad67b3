"""Limits of time that hold on a slow or busy machine too.

A second on the clock says nothing of the code when others use the processor. Counted here is the
processor time of this thread, the least of some runs, by a fixed piece of work that is done right
before and after: a limit is in seconds of the machine it was written on.
"""

import time
from collections.abc import Callable

_REFERENCE = 0.005
"""Seconds of the yardstick on the machine that the limits were written on."""

_RUNS = 4


def takes_less_than(limit: float, work: Callable[[], object]) -> bool:
    """Tell whether some work is done in less than so many seconds of the reference machine.

    One run in time is enough: nothing makes a run quicker than it is.
    """
    for _ in range(_RUNS):
        before = pace()
        started = time.thread_time()
        work()
        spent = time.thread_time() - started
        if spent < limit * (before + pace()) / 2:
            return True
    return False


def pace() -> float:
    """Return how many times slower than the reference machine this one is now; at least 1."""
    return max(1.0, _yardstick() / _REFERENCE)


def _yardstick() -> float:
    started = time.thread_time()
    seen: dict[str, int] = {}
    for number in range(40_000):
        key = str(number % 5_000)
        seen[key] = seen.get(key, 0) + number
    return time.thread_time() - started
