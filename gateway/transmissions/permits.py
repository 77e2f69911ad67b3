"""For how long bytes may still leave: a lane's lease, as its owner knows it without asking.

A process may stand still anywhere: between its last look at its lane and the first byte there are
a name to resolve, a connection to make, and a handshake. So what it knew then is looked at again
immediately before every write, and against clocks that go on while it stands still.
"""

import time
from collections.abc import Callable, Sequence

from gateway.kit import clock

Ticks = Callable[[], Sequence[float]]
"""Reads clocks; each in seconds, from any beginning."""

MARGIN = 0.1
"""Of a lease: in its last part nothing is begun that could arrive when it has ended."""


def ticks() -> Sequence[float]:
    """Read the clock that goes on while the machine sleeps, and the wall's, which can be set.

    A machine that was stopped as a whole (a snapshot, a migration) may have missed the time on the
    first, and be told on the second.
    """
    return time.clock_gettime(_BOOT), clock.now().timestamp()


_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Permit:
    """Leave to write, until some of the lease is gone on any clock.

    Args:
        ticks: The clocks.
        since: What they said before the lease was looked at.
        seconds: How much of it was left, or less.
    """

    def __init__(self, ticks: Ticks, since: Sequence[float], seconds: float) -> None:
        self._ticks = ticks
        self._until = [one + seconds for one in since]

    def prolong(self, since: Sequence[float], seconds: float) -> None:
        """Take note that the lease was renewed; from any thread."""
        self._until = [one + seconds for one in since]

    def holds(self) -> bool:
        """Tell whether a byte may leave now."""
        return all(now < until for now, until in zip(self._ticks(), self._until, strict=True))
