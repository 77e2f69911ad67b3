"""What the client remembers between messages: logins, sessions, public keys; nothing is stored.

After a restart it logs in anew and opens new sessions; those left behind close themselves after
twelve hours, and their invoices are found by the numbers that were recorded.
"""

import datetime
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from formats.ksef_api.encryption import PublicKey, SessionKey
from formats.ksef_api.login import Context
from gateway.transmissions.adapter import Credential

IDLE = datetime.timedelta(minutes=10)
"""A session in which nothing was sent for so long is closed, so that its UPO is made."""
MARGIN = datetime.timedelta(minutes=15)
"""So long before its end nothing more is sent in a session."""
FRESH = datetime.timedelta(hours=24)
"""Public keys are read again after this time (klucze-publiczne-do-szyfrowania.md)."""
_SOON = datetime.timedelta(seconds=30)
_REMEMBERED = 10_000
MOST_INVOICES = 10_000

LoginKey = tuple[str, str]
"""Credential and context."""
SessionName = tuple[str, str, str]
"""Credential, context and form."""


@dataclass(slots=True)
class Login:
    """Tokens.

    Attributes:
        access: For calls.
        access_until: Until when.
        refresh: For new ones.
        refresh_until: Until when.
    """

    access: str
    access_until: datetime.datetime
    refresh: str
    refresh_until: datetime.datetime

    def good(self, now: datetime.datetime) -> bool:
        """Tell whether calls can be made."""
        return now + _SOON < self.access_until

    def refreshable(self, now: datetime.datetime) -> bool:
        """Tell whether a new access token can be had."""
        return now + _SOON < self.refresh_until


@dataclass(slots=True)
class OpenSession:
    """A session.

    Attributes:
        reference: Its number.
        secret: Its key.
        until: When it ends.
        used_at: When something was last sent in it.
        credential: Who opened it.
        context: In whose name.
        count: How many invoices.
    """

    reference: str
    secret: SessionKey
    until: datetime.datetime
    used_at: datetime.datetime
    credential: Credential
    context: Context
    count: int = 0

    def usable(self, now: datetime.datetime) -> bool:
        """Tell whether another invoice may go into it."""
        return now + MARGIN < self.until and self.count < MOST_INVOICES

    def stale(self, now: datetime.datetime) -> bool:
        """Tell whether it should be closed."""
        return not self.usable(now) or now - self.used_at >= IDLE


@dataclass(slots=True)
class Memory:
    """All of it. Thread-safe: one thread at a time logs in or opens for the same name.

    Attributes:
        logins: By credential and context.
        sessions: By credential, context and form.
        keys: The ministry's keys by what they are for, and when each was read.
    """

    logins: dict[LoginKey, Login] = field(default_factory=dict)
    sessions: dict[SessionName, OpenSession] = field(default_factory=dict)
    keys: dict[str, tuple[PublicKey, datetime.datetime]] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)
    _order: deque[str] = field(default_factory=deque)
    _locks: dict[tuple[str, ...], threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def only(self, *name: str) -> Iterator[None]:
        """Let nobody else do the same for a name meanwhile."""
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            yield

    def new(self, reference: str) -> bool:
        """Note a reference number; tell whether it was never given before.

        An answer does not say what it answers. One with a number that was given for another
        invoice is another invoice's.
        """
        with self._lock:
            if reference in self._given:
                return False
            self._given.add(reference)
            self._order.append(reference)
            if len(self._order) > _REMEMBERED:
                self._given.discard(self._order.popleft())
            return True

    def forget(self, session: str) -> None:
        """Forget a session that takes nothing more."""
        with self._lock:
            left = {key: one for key, one in self.sessions.items() if one.reference != session}
            self.sessions = left

    def log_out(self, token: str) -> None:
        """Forget the login of a token, access or refresh, that is not taken any more."""
        with self._lock:
            items = self.logins.items()
            self.logins = {
                key: one for key, one in items if token not in {one.access, one.refresh}
            }

    def stale(
        self, now: datetime.datetime, *, everything: bool = False
    ) -> list[tuple[SessionName, OpenSession]]:
        """Return the sessions that should be closed, and forget them."""
        with self._lock:
            items = self.sessions.items()
            found = [(name, one) for name, one in items if everything or one.stale(now)]
            for name, _ in found:
                del self.sessions[name]
        return found
