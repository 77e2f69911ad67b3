"""How a process is: what /ready asks."""

import datetime
import threading
import time
from collections.abc import Callable
from typing import Self

from gateway.archive.stores.composition import opened
from gateway.archive.stores.protocol import Store
from gateway.background import Crew
from gateway.events.notifier import Notifier
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.monitoring import checks
from gateway.monitoring.checks import Check
from gateway.settings import Settings

_KEEP_SECONDS = 1.0
"""So long an answer is good: strangers who ask without end cost one look a second."""


class Vitals:
    """What a process needs, and whether it has it.

    Args:
        database: Its pools.
        store: Where its evidence goes.
        read_key: Reads the master key again from where it is kept.
        key: The one that this process has.
        notifier: Wakes those who wait for events; looked at only where it was started.
        clock: The time.
    """

    def __init__(  # noqa: PLR0913 - what is looked at
        self,
        database: Database,
        store: Store,
        read_key: Callable[[], MasterKey],
        key: MasterKey,
        notifier: Notifier,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._database, self._store, self.notifier = database, store, notifier
        self._read_key, self._clock = read_key, clock
        self._proof = key.seal(b"", checks.PROOF)
        self._lock = threading.Lock()
        self._seen: tuple[float, tuple[Check, ...]] | None = None
        self.draining = threading.Event()
        self.crew: Crew | None = None

    @classmethod
    def of(
        cls, settings: Settings, database: Database, key: MasterKey, notifier: Notifier
    ) -> Self:
        """Return those of a process with these settings."""
        return cls(
            database,
            opened(settings, database, key),
            lambda: MasterKey.present(settings),
            key,
            notifier,
        )

    def look(self) -> tuple[Check, ...]:
        """Return all checks; what is dear to look at is at most a second old."""
        return (*self._process(), *self._surroundings())

    def _process(self) -> tuple[Check, ...]:
        found = [Check("process", "it is stopping" if self.draining.is_set() else None)]
        if self.crew is not None:
            failing = ", ".join(self.crew.failing())
            found.append(Check("worker", f"not at work: {failing}" if failing else None))
        if self.notifier.started:
            deaf = not self.notifier.listening
            found.append(Check("listener", "it hears nothing" if deaf else None))
        return tuple(found)

    def _surroundings(self) -> tuple[Check, ...]:
        with self._lock:  # one looks, the others wait for what he sees
            now = time.monotonic()
            if self._seen is None or now - self._seen[0] >= _KEEP_SECONDS:
                found = (
                    *checks.of_database(self._database, self._clock),
                    checks.of_archive(self._store),
                    checks.of_master_key(self._read_key, self._proof),
                )
                self._seen = (time.monotonic(), found)
            return self._seen[1]
