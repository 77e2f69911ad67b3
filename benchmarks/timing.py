"""How long something takes, measured so that the figures of one run can be compared."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """What one subject took, call by call: processor time, so that neighbours count less.

    Attributes:
        median, least, most: Microseconds.
        calls: How many were measured.
    """

    median: float
    least: float
    most: float
    calls: int


def measure(
    subjects: Mapping[str, Callable[[], object]], *, rounds: int, budget: float
) -> dict[str, Timing]:
    """Time subjects in turn, so that a change in the machine's speed meets them all.

    Every call is measured by itself; the garbage collector is on, as it is in a server, and has
    just run when a subject's turn begins, so that nobody pays for another one's garbage.

    Args:
        subjects: What to time, by name.
        rounds: Turns of each subject, after a warm-up of three calls.
        budget: Seconds of one turn; every turn has at least one call.
    """
    for subject in subjects.values():
        for _ in range(_WARM_UP):
            subject()
    spent: dict[str, list[int]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, subject in subjects.items():
            gc.collect()
            _turn(subject, spent[name], int(budget * 1e9))
    return {name: _timing(calls) for name, calls in spent.items()}


def _turn(subject: Callable[[], object], calls: list[int], budget: int) -> None:
    clock = time.thread_time_ns
    end = clock() + budget
    while True:
        start = clock()
        subject()
        now = clock()
        calls.append(now - start)
        if now >= end:
            return


def _timing(calls: list[int]) -> Timing:
    return Timing(
        median=statistics.median(calls) / 1e3,
        least=min(calls) / 1e3,
        most=max(calls) / 1e3,
        calls=len(calls),
    )
