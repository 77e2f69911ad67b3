"""Wires that keep something open on the other side, a session, say: somebody must close it.

Nothing is lost where nobody does: the other side closes it in the end.
"""

import datetime
import threading
from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import structlog

from gateway.transmissions.adapter import Adapter

EVERY_SECONDS = 60.0
_log = structlog.get_logger(__name__)


@runtime_checkable
class Tidying(Protocol):
    """What an adapter may be besides."""

    def tidy(self, now: datetime.datetime, *, leaving: bool = False) -> int:
        """Close what nobody needs any more, and return how much that was; it may take a while.

        Args:
            now: The moment.
            leaving: Nothing more will be sent: all of it.
        """
        ...


class Tidier:
    """A thread that has adapters tidy up from time to time, and for good once `ended` is set.

    No process waits for it for longer than it wants: another side that does not answer would keep
    one from ending in its time.

    Args:
        adapters: The wires; those that keep nothing open are left alone.
        clock: The time.
        ended: Nothing more will be sent.
        every: Seconds between two rounds.
    """

    def __init__(
        self,
        adapters: Sequence[Adapter],
        clock: Callable[[], datetime.datetime],
        ended: threading.Event,
        *,
        every: float = EVERY_SECONDS,
    ) -> None:
        self._tidying = [one for one in adapters if isinstance(one, Tidying)]
        self._clock, self._ended, self._every = clock, ended, every
        self._thread = threading.Thread(target=self._run, name="tidy", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def leave(self, seconds: float) -> None:
        """Wait until all is tidy after `ended` was set, but no longer than that."""
        self._thread.join(seconds)
        if self._thread.is_alive():
            _log.warning("wires_left_untidy", seconds=seconds)

    def _run(self) -> None:
        while self._tidying and not self._ended.wait(self._every):
            _tidied(self._tidying, self._clock(), leaving=False)
        _tidied(self._tidying, self._clock(), leaving=True)


def _tidied(tidying: Sequence[Tidying], now: datetime.datetime, *, leaving: bool) -> None:
    for one in tidying:
        try:
            one.tidy(now, leaving=leaving)
        except Exception:  # noqa: BLE001 - logged; what is left open closes itself
            _log.exception("wire_not_tidied", channel=getattr(one, "channel", None))
