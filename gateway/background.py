"""What a worker process runs beside each other, each in a thread of its own."""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

import structlog

from gateway.kit import metrics

_log = structlog.get_logger(__name__)
_AGAIN = 1.0  # seconds until a service that failed is started anew


class Background(Protocol):
    """Work that goes on until it is told to stop; started anew should it ever fail."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""


class Crew:
    """The services of a process, each in a thread, and how they are.

    Args:
        services: What to run; of several of one kind, the second is called `Clerk-2`.
    """

    def __init__(self, services: Sequence[Background]) -> None:
        self._stop = threading.Event()
        self._failing: set[str] = set()
        seen = Counter[str]()
        self._threads: list[threading.Thread] = []
        for service in services:
            kind = type(service).__name__
            seen[kind] += 1
            name = kind if seen[kind] == 1 else f"{kind}-{seen[kind]}"
            arguments = (service, kind, name)
            self._threads.append(threading.Thread(target=self._run, args=arguments, name=name))

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Tell everybody to take on nothing more; what was begun is finished."""
        self._stop.set()

    def join(self, seconds: float | None = None) -> list[str]:
        """Wait until they have ended, and return the names of those that have not in time."""
        ends = None if seconds is None else time.monotonic() + seconds
        for thread in self._threads:
            thread.join(None if ends is None else max(0.0, ends - time.monotonic()))
        return [thread.name for thread in self._threads if thread.is_alive()]

    def failing(self) -> list[str]:
        """Return the names of those that do not work at the moment, though they should."""
        if self._stop.is_set():
            return []
        dead = {thread.name for thread in self._threads if not thread.is_alive()}
        return sorted(dead | self._failing)

    def _run(self, service: Background, kind: str, name: str) -> None:
        while not self._stop.is_set():
            try:
                self._failing.discard(name)
                service.run(self._stop)
            except Exception:  # noqa: BLE001 - logged, and started anew
                _log.exception("background_failed", service=kind)
                metrics.FAILURES.labels(kind).inc()
                self._failing.add(name)
                self._stop.wait(_AGAIN)


@contextlib.contextmanager
def running(services: Sequence[Background]) -> Iterator[None]:
    """Run services in threads for the length of the block; leaving it waits for them to end."""
    crew = Crew(services)
    crew.start()
    try:
        yield
    finally:
        crew.stop()
        crew.join()
