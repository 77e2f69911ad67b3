"""Stopping without breaking anything off.

The first SIGTERM or SIGINT drains: /ready says no, workers take on nothing more, what is on the
wire is finished, lanes are given back. A second one ends the process at once, which is as safe as
`kill -9`: whatever was on the wire is asked about by whoever takes its lane over.
"""

import math
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import structlog
import uvicorn
from typing_extensions import override

from gateway.background import Crew
from gateway.monitoring.vitals import Vitals
from gateway.settings import Settings

_log = structlog.get_logger(__name__)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_KILLED = 128  # what a shell adds to the signal that ended a process
_NOT_IN_TIME = 1


class Drain:
    """The end of one process.

    A signal may come at any moment, also while a lock is held that its handler would want: so the
    handler writes into a pipe, and a thread of its own does the rest.

    Args:
        settings: How long it may take.
        vitals: What /ready asks.
    """

    def __init__(self, settings: Settings, vitals: Vitals) -> None:
        self._notice = settings.drain_notice_seconds
        self._seconds = settings.drain_seconds
        self._vitals = vitals
        self._number: int | None = None
        self._begun: float | None = None
        self._reader, self._writer = os.pipe()

    @property
    def grace(self) -> int:
        """Whole seconds that requests have, for uvicorn."""
        return max(1, math.ceil(self._seconds))

    def install(self) -> None:
        """Begin to drain at the next signal; for a process without a server."""
        for number in _SIGNALS:
            signal.signal(number, lambda number, _: self.begin(number))

    def begin(self, number: int) -> None:
        """Drain, or end the process at once if it drains already; a signal's handler calls it."""
        if self._number is not None:
            os._exit(_KILLED + number)
        self._number = number
        os.write(self._writer, b"!")

    def watch(self, then: Callable[[], None]) -> None:
        """Wait, in a thread, for the signal; when nothing new shall be taken on, call `then`."""
        threading.Thread(target=self._drain, args=(then,), name="drain", daemon=True).start()

    def _drain(self, then: Callable[[], None]) -> None:
        os.read(self._reader, 1)
        _log.info("draining", signal=self._number)
        self._vitals.draining.set()
        if self._vitals.crew is not None:
            self._vitals.crew.stop()
        if self._number == signal.SIGTERM:  # who presses Ctrl-C balances no load
            time.sleep(self._notice)
        self._begun = time.monotonic()
        self._vitals.notifier.end_waits()
        then()

    def finish(self, crew: Crew | None) -> None:
        """Wait for what was begun; call it last, after the server.

        Returns when everybody ended; a service that has not in time is broken off by `end`.
        """
        if crew is None:
            return
        crew.stop()
        begun = time.monotonic() if self._begun is None else self._begun
        left = crew.join(max(0.0, begun + self._seconds - time.monotonic()))
        if left:
            _log.error("drain_timed_out", services=left, seconds=self._seconds)

    def end(self, crew: Crew | None) -> None:
        """End the process although something still runs, if it does; otherwise return."""
        if crew is not None and crew.join(0):
            os._exit(_NOT_IN_TIME)


class Server(uvicorn.Server):
    """uvicorn, which drains as we do."""

    def __init__(self, config: uvicorn.Config, drain: Drain) -> None:
        super().__init__(config)
        self._drain = drain
        drain.watch(self._stop)

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain."""
        self._drain.begin(sig)

    def _stop(self) -> None:
        self.should_exit = True
