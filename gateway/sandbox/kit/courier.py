"""Carrying what is due to the other side, out of the book, with retries that survive us."""

import http.client
import threading
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from gateway.kit.clock import now

T = TypeVar("T")

ATTEMPTS = 12
AT_ONCE = 4
TAKEN = range(200, 300)
FINAL = frozenset({400, 401, 403, 409, 410, 413, 415, 422})
"""Asking again would not change the answer."""

_FIRST_DELAY = 0.25  # seconds; doubles up to
_LONGEST_DELAY = 30.0
_IDLE = 0.05  # seconds between looks into the book


class Courier(Generic[T]):
    """Carries what is due, in a few threads.

    Args:
        take: Returns what is due now, and hides it from others until a moment.
        carry: Carries one thing, and notes what came of it.
        busy: Seconds for which a taken thing is hidden.
    """

    def __init__(
        self,
        take: Callable[[float, float], Sequence[T]],
        carry: Callable[[T], None],
        *,
        busy: float,
    ) -> None:
        self._take, self._carry, self._busy = take, carry, busy
        self._stop = threading.Event()
        self._threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="courier")
        self._loop = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._loop.start()

    def stop(self) -> None:
        """Finish what is being carried, and end."""
        self._stop.set()
        if self._loop.is_alive():
            self._loop.join()
        self._threads.shutdown(wait=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            moment = now().timestamp()
            due = self._take(moment, moment + self._busy)
            list(self._threads.map(self._carry, due))
            if not due:
                self._stop.wait(_IDLE)


def again_at(failures: int) -> float | None:
    """Return when to try again after so many failures; None when it is given up."""
    if failures >= ATTEMPTS:
        return None
    delay: float = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (failures - 1))
    return now().timestamp() + delay


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> int:
    """Post bytes and return the HTTP status, 0 when there was no answer."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port or 80, timeout=timeout
    )
    try:
        connection.request("POST", parts.path or "/", body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.read(65536)
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()
