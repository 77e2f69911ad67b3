"""How threads that rest are woken: one for one lane, all of them when nobody knows how many."""

import threading

_MOST = 100
"""Names that are kept; who finds none looks for work himself."""


class Bell:
    """Rung when there may be work. A hint is never lost, and wakes no more threads than needed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0
        self._names: dict[str, None] = {}

    @property
    def rings(self) -> int:
        """How often it was rung; to be read before looking for work."""
        return self._rings

    def rest(self, heard: int, seconds: float) -> None:
        """Wait until it is rung, or for so long.

        Args:
            heard: Its `rings` before we looked: one that came since then may be about what we
                have just not seen, so we do not rest at all.
            seconds: How long at most.
        """
        with self._condition:
            if self._rings == heard and not self._names:
                self._condition.wait(seconds)

    def ring(self, name: str | None = None, *, everybody: bool = False) -> None:
        """Wake one of those that rest, or all of them.

        Args:
            name: Of the lane that has work, where that is known.
            everybody: Wake all.
        """
        with self._condition:
            self._rings += 1
            if name is not None and len(self._names) < _MOST:
                self._names[name] = None
            if everybody:
                self._condition.notify_all()
            else:
                self._condition.notify()

    def named(self) -> str | None:
        """Take the name that has waited the longest; None when none does."""
        with self._condition:
            name = next(iter(self._names), None)
            if name is not None:
                del self._names[name]
            return name
