"""Calls that may never come back, made so that whoever asked does.

The library of a token's maker knows no time-outs, and nobody can stop a thread inside it. So each
call has a thread of its own, and whoever has waited long enough leaves it behind: what it still
brings is thrown away. While a call that was left is out, no other is begun: it would hang too,
with a chain and a database connection in its hands.

Calls are made one at a time, so never more than one is left. It must be so: python-pkcs11 calls
`C_Initialize` without arguments, which promises the library that no two threads are in it at once.
SoftHSM for one then takes no locks, and two threads take the process with them.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from gateway.kit import metrics

T = TypeVar("T")


class SilentError(Exception):
    """A call did not come back in time, or was not begun because another has not."""


@dataclass(slots=True)
class _Call(Generic[T]):
    """One call: what it brought, and whether somebody still waits for it."""

    work: Callable[[], T]
    brought: list[T] = field(default_factory=list)
    error: BaseException | None = None
    over: bool = False
    left: bool = False


class Patience:
    """Makes calls, one at a time, and waits for each so long and no longer. Thread-safe.

    Args:
        seconds: How long a caller waits, for his turn and the call together.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = threading.Condition()
        self._out: _Call[Any] | None = None

    def do(self, work: Callable[[], T]) -> T:
        """Return what a call brings, or raise what it raises.

        Raises:
            SilentError: It takes too long, or its turn did not come; or one that was left has not
                come back.
        """
        until = time.monotonic() + self._seconds
        call = _Call(work)
        with self._turn:
            self._turn.wait_for(lambda: self._out is None or self._out.left, self._seconds)
            if self._out is not None:
                raise SilentError
            self._out = call
        try:
            threading.Thread(target=self._run, args=(call,), name="token", daemon=True).start()
        except RuntimeError:  # the process has as many threads as it may
            self._came_back(call)
            raise SilentError from None
        with self._turn:
            if not self._turn.wait_for(lambda: call.over, until - time.monotonic()):
                call.left = True
                metrics.TOKEN_SILENCES.inc()
                metrics.TOKEN_CALLS_OUT.inc()
                self._turn.notify_all()  # who waits for his turn need not any more
                raise SilentError
        if call.error is not None:
            raise call.error
        return call.brought[0]

    def _run(self, call: _Call[T]) -> None:
        try:
            call.brought.append(call.work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked
            call.error = error
        finally:
            self._came_back(call)

    def _came_back(self, call: _Call[T]) -> None:
        with self._turn:
            call.over = True
            self._out = None
            if call.left:
                metrics.TOKEN_CALLS_OUT.dec()
            self._turn.notify_all()
