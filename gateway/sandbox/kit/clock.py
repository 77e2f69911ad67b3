"""An authority's clock and ids: the machine's, or what a test says, the same in every run."""

import datetime
import hashlib
import threading
from typing import Any

from gateway.kit import clock as machine


class Clock:
    """The time as the authority has it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped_at: datetime.datetime | None = None
        self._ahead = datetime.timedelta()

    def now(self, skew: float = 0.0) -> datetime.datetime:
        """Return the moment, in UTC; further ahead by `skew` seconds."""
        with self._lock:
            base = self._stopped_at or machine.now() + self._ahead
        return base + datetime.timedelta(seconds=skew)

    def set(self, *, stopped_at: str | None = None, ahead: float = 0.0) -> None:
        """Stop the clock at a moment, or let it run with the machine's, ahead or behind.

        Raises:
            ValueError: It is no moment, or one without a zone.
        """
        moment = None if stopped_at is None else datetime.datetime.fromisoformat(stopped_at)
        if moment is not None and moment.tzinfo is None:
            raise ValueError("stopped_at needs a zone")
        with self._lock:
            self._stopped_at = None if moment is None else moment.astimezone(datetime.UTC)
            self._ahead = datetime.timedelta(seconds=ahead)

    def as_json(self) -> dict[str, Any]:
        """Return the time, and how the clock was set."""
        with self._lock:
            stopped, ahead = self._stopped_at, self._ahead.total_seconds()
        return {
            "now": self.now().isoformat(),
            "stopped_at": None if stopped is None else stopped.isoformat(),
            "ahead": ahead,
        }


class Ids:
    """Makes ids out of a seed and what they are for: a replayed run gives the same ones.

    Args:
        seed: Another seed gives other ids.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def of(self, kind: str, *parts: object) -> str:
        """Return 32 hexadecimal digits for a thing of a kind, known by its parts."""
        text = "\0".join((str(self._seed), kind, *map(str, parts)))
        return hashlib.sha256(text.encode()).hexdigest()[:32]
