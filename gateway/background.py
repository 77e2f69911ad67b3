"""What a worker process runs beside each other, each in a thread of its own."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Protocol

import structlog

_log = structlog.get_logger(__name__)
_AGAIN = 1.0  # seconds until a service that failed is started anew


class Background(Protocol):
    """Work that goes on until it is told to stop; started anew should it ever fail."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""


@contextlib.contextmanager
def running(services: Sequence[Background]) -> Iterator[None]:
    """Run services in threads for the length of the block; leaving it waits for them to end."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=_run, args=(service, stop), name=type(service).__name__)
        for service in services
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _run(service: Background, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            service.run(stop)
        except Exception:  # noqa: BLE001 - logged, and started anew
            _log.exception("background_failed", service=type(service).__name__)
            stop.wait(_AGAIN)
