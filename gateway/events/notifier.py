"""Waking those who wait for events: one LISTEN per process, any number of waiters.

A notification is a hint. It is sent with the commit, but the feed may show the event a little
later (its horizon), and a lost connection loses hints: whoever waits also looks by himself every
second.
"""

import asyncio
import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import psycopg
import structlog

from gateway.events.service import CHANNEL
from gateway.kit.database import Database

_log = structlog.get_logger(__name__)
_RECONNECT = 1.0  # seconds
_SLICE = 0.5  # seconds until the thread looks whether it should end


class Subscription:
    """A waiter on one event loop; made by `Notifier.subscribe`."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Wait for a hint; return False when none came in time."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        self._event.clear()
        return True

    def wake(self) -> None:
        """Wake the waiter, from any thread."""
        with contextlib.suppress(RuntimeError):  # its loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._event.set)


class Notifier:
    """Listens for hints in a thread of its own and wakes subscribers by entity or document."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._wakers: dict[UUID, set[Callable[[], None]]] = defaultdict(set)
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._listening = False
        self._ending = threading.Event()

    @property
    def ending(self) -> bool:
        """Whether nobody should go on waiting: the process is to end."""
        return self._ending.is_set()

    def end_waits(self) -> None:
        """Wake everybody, to answer now with what there is; from any thread."""
        self._ending.set()
        with self._lock:
            wakers = {wake for waiting in self._wakers.values() for wake in waiting}
        for wake in wakers:
            wake()

    @property
    def listening(self) -> bool:
        """Whether hints are heard at the moment."""
        return self._listening and self._thread.is_alive()

    @property
    def started(self) -> bool:
        """Whether it was told to listen."""
        return self._thread.ident is not None

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening; waiters go on by their own look."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    @contextlib.contextmanager
    def subscribe(self, topics: Iterable[UUID]) -> Iterator[Subscription]:
        """Be woken when something happens to one of these entities or documents.

        To be used on an event loop; subscribe first, then look, then wait.
        """
        subscription = Subscription()
        with self.waking(topics, subscription.wake):
            yield subscription

    @contextlib.contextmanager
    def waking(self, topics: Iterable[UUID], wake: Callable[[], None]) -> Iterator[None]:
        """Have a function called (in the listening thread) at every hint on these topics."""
        wanted = tuple(topics)
        with self._lock:
            for topic in wanted:
                self._wakers[topic].add(wake)
        try:
            yield
        finally:
            with self._lock:
                for topic in wanted:
                    self._wakers[topic].discard(wake)
                    if not self._wakers[topic]:
                        del self._wakers[topic]

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._database.session_connection() as connection:
                    connection.execute(f"listen {CHANNEL}".encode())
                    self._listening = True
                    while not self._stop.is_set():
                        for hint in connection.notifies(timeout=_SLICE):
                            self._wake(hint.payload)
            except psycopg.Error as error:
                self._listening = False
                _log.warning("events_listener_lost", error=str(error))
                self._stop.wait(_RECONNECT)

    def _wake(self, payload: str) -> None:
        topics = [UUID(part) for part in payload.split() if part]
        with self._lock:
            wakers = {wake for topic in topics for wake in self._wakers.get(topic, ())}
        for wake in wakers:
            wake()
