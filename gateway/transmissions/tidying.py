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


def keep_tidy(
    adapters: Sequence[Adapter],
    clock: Callable[[], datetime.datetime],
    ended: threading.Event,
    *,
    every: float = EVERY_SECONDS,
) -> None:
    """Have adapters tidy up from time to time, and for good once `ended` is set."""
    tidying = [one for one in adapters if isinstance(one, Tidying)]
    while tidying and not ended.wait(every):
        _tidied(tidying, clock(), leaving=False)
    _tidied(tidying, clock(), leaving=True)


def _tidied(tidying: Sequence[Tidying], now: datetime.datetime, *, leaving: bool) -> None:
    for one in tidying:
        try:
            one.tidy(now, leaving=leaving)
        except Exception:  # noqa: BLE001 - logged; what is left open closes itself
            _log.exception("wire_not_tidied", channel=getattr(one, "channel", None))
