"""Worker processes that are killed while they work."""

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests import forks

POLL_SECONDS = 0.02
SEED = 20261121


class Worker:
    """A worker as a process of its own; its script prints `ready` and ends at SIGTERM."""

    def __init__(self, script: Path, arguments: Sequence[str]) -> None:
        reading, writing = os.pipe()
        self._said = os.fdopen(reading)
        module = ".".join(script.relative_to(forks.ROOT).with_suffix("").parts)
        self._process = forks.start(module, arguments, stdout=writing)
        os.close(writing)

    def ready(self) -> None:
        """Wait until it works; what it restores first, it may log here."""
        assert "ready\n" in self._said

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> int:
        """Wait until it ends by itself and return the exit code."""
        code = self._process.wait(60)
        self._said.close()
        return code

    def end(self, number: int) -> int:
        """Send a signal, wait for the end and return the exit code."""
        self._process.send_signal(number)
        code = self._process.wait(30)
        self._said.close()
        return code


def killed_while_working(
    start: Callable[[], Worker],
    done: Callable[[], int],
    total: int,
    *,
    share: float = 0.2,
    seconds: float = 200,
) -> int:
    """Let two workers do all the work, and kill one whenever about a share of it was done.

    Moments follow the work and not the clock, so that a quick machine kills as often as a slow
    one. Two new ones come when both are dead.

    Args:
        start: Starts one.
        done: Tells how much is done.
        total: How much there is to do.
        share: The part of the work between two kills, on average; never more than half as much
            again, so that three are killed at least.
        seconds: The longest it may all take.

    Returns:
        How many were killed.
    """
    chance = random.Random(SEED)  # noqa: S311 - to be repeated
    workers = list[Worker]()
    kills, ends = 0, time.monotonic() + seconds
    until = 0.0
    try:
        while (reached := done()) < total:
            assert time.monotonic() < ends, f"{reached} of {total} after {kills} kills"
            if not workers:
                workers = [start(), start()]
                for worker in workers:
                    worker.ready()
            if reached < until:
                time.sleep(POLL_SECONDS)
                continue
            if until:
                time.sleep(chance.uniform(0, 2 * POLL_SECONDS))
                victim = workers.pop(chance.randrange(len(workers)))
                assert victim.end(signal.SIGKILL) == -signal.SIGKILL
                kills += 1
            until = reached + chance.uniform(0.5, 1.5) * share * total
    finally:
        codes = [worker.end(signal.SIGTERM) for worker in workers]
    assert codes == [0] * len(codes)
    return kills
