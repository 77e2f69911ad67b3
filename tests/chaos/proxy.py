"""A TCP proxy between processes of the gateway and PostgreSQL that counts messages and strikes.

It knows where the messages of the frontend begin and end (PostgreSQL 18, chapter 54: a type byte
and a length; SSLRequest, GSSENCRequest and the start-up message have no type). One counter runs
over all connections, so that the k-th message is a moment in the life of the process behind them.
With every k and every mode, each crash point there is between process and database is visited,
among them "COMMIT was carried out, its answer lost".
"""

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

_SSL, _GSS, _CANCEL = 80877103, 80877104, 80877102
_WITHOUT_SESSION = frozenset(code.to_bytes(4, "big") for code in (_SSL, _GSS, _CANCEL))
_HEAD = 5  # bytes: type and length
_CHUNK = 65536
_REMEMBERED = 60  # bytes of a message
_ON_ITS_WAY = 0.002  # seconds for the server to read what was forwarded


KEY = "(the key)"
"""In a plan, stands for an idempotency key: once statements are prepared, only values are sent."""


class Mode(StrEnum):
    """What happens at the k-th message."""

    KILL_BEFORE = "kill before"
    """The process dies; the message never reaches the server."""

    KILL_AFTER = "kill after"
    """The server has the message; the process dies while it is carried out."""

    KILL_ANSWERED = "kill, answer dropped"
    """The message was carried out; the process dies before it reads so."""

    CUT_BEFORE = "cut before"
    """The connection breaks, the process lives; the message never reaches the server."""

    CUT_ANSWERED = "cut, answer dropped"
    """The connection breaks, the process lives; the message was carried out."""

    @property
    def kills(self) -> bool:
        return self in {Mode.KILL_BEFORE, Mode.KILL_AFTER, Mode.KILL_ANSWERED}

    @property
    def drops_the_answer(self) -> bool:
        return self in {Mode.KILL_ANSWERED, Mode.CUT_ANSWERED}


@dataclass(frozen=True)
class Strike:
    """What was done.

    Attributes:
        mode: How.
        message: At which message of the frontend.
        at: When (`time.monotonic`).
    """

    mode: Mode
    message: bytes
    at: float

    @property
    def at_commit(self) -> bool:
        """True when the message was a COMMIT."""
        return is_commit(self.message)

    @property
    def between_commit_and_answer(self) -> bool:
        """True when the server had the COMMIT and its answer was never read."""
        return self.at_commit and self.mode not in {Mode.KILL_BEFORE, Mode.CUT_BEFORE}


@dataclass
class Plan:
    """What to do when.

    Attributes:
        k: At which message, from 1; None only counts.
        mode: What.
        commits: Count COMMITs alone: their places among all messages are never quite the same.
        after: Count only what comes after a message that holds these bytes, on its connection.
        only: The connection whose messages count, once it is known.
        victim: Returns the process to kill.
        heads: How each of them began.
        strike: What was done, once it was.
    """

    k: int | None = None
    mode: Mode = Mode.KILL_BEFORE
    commits: bool = False
    after: bytes = b""
    only: object = None
    victim: Callable[[], int] | None = None
    heads: list[bytes] = field(default_factory=list)
    strike: Strike | None = None
    struck: threading.Event = field(default_factory=threading.Event)

    @property
    def seen(self) -> int:
        return len(self.heads)

    @property
    def counted(self) -> int:
        return sum(map(is_commit, self.heads)) if self.commits else self.seen


class Proxy:
    """Listens on a free port of this machine and forwards to PostgreSQL.

    Args:
        upstream: Path of a unix socket, or host and port.
    """

    def __init__(self, upstream: str | tuple[str, int]) -> None:
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        self._links: set[_Link] = set()
        self._plan = Plan()
        self._thread = threading.Thread(target=self._accept, name="proxy", daemon=True)

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.cut_all()

    def arm(
        self,
        k: int | None = None,
        mode: Mode = Mode.KILL_BEFORE,
        victim: Callable[[], int] | None = None,
        *,
        commits: bool = False,
        after: str = "",
    ) -> Plan:
        """Count from here, and strike at the k-th message; return what it comes to."""
        plan = Plan(k, mode, commits, after.encode(), victim=victim)
        with self._lock:
            self._plan = plan
        return plan

    def disarm(self) -> None:
        """Forward everything."""
        self.arm()

    def cut_all(self) -> None:
        """Break every connection, as a server that goes away does."""
        with self._lock:
            links = list(self._links)
        for link in links:
            link.close()
        for link in links:
            link.join()

    def due(self, link: "_Link", message: bytes) -> Plan | None:
        """Count a message; return the plan when this is the one to strike at."""
        with self._lock:
            plan = self._plan
            if plan.after and plan.only is None and plan.after in message:
                plan.only = link
                return None
            if plan.only is not (link if plan.after else None):
                return None
            plan.heads.append(message[:_REMEMBERED])
            if plan.k is None or plan.strike is not None or plan.counted != plan.k:
                return None
            plan.strike = Strike(plan.mode, message, time.monotonic())
            return plan

    def forget(self, link: "_Link") -> None:
        """Leave out a connection that ended."""
        with self._lock:
            self._links.discard(link)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = self._connected()
            except OSError:  # the server is down, as it would be without us
                client.close()
                continue
            link = _Link(self, client, server)
            with self._lock:
                self._links.add(link)
            link.start()

    def _connected(self) -> socket.socket:
        if isinstance(self._upstream, tuple):
            return socket.create_connection(self._upstream)
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self._upstream)
        except OSError:
            server.close()
            raise
        return server


class _Link:
    """One connection, forwarded in both directions."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        self._dropping: Plan | None = None
        self._pumps = [
            threading.Thread(target=self._run, args=(pump,), daemon=True)
            for pump in (self._forth, self._back)
        ]
        self._running = len(self._pumps)
        self._lock = threading.Lock()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def start(self) -> None:
        for pump in self._pumps:
            pump.start()

    def join(self) -> None:
        for pump in self._pumps:
            pump.join()

    def close(self) -> None:
        """End both halves at once: `close` alone would leave the session, and its locks, open."""
        for half in (self._server, self._client):
            with contextlib.suppress(OSError):
                half.shutdown(socket.SHUT_RDWR)

    def _run(self, pump: Callable[[], None]) -> None:
        with contextlib.suppress(OSError):
            pump()
        self.close()
        with self._lock:
            self._running -= 1
            last = self._running == 0
        if (
            last
        ):  # a descriptor that is closed while the other pump uses it may be another's by then
            self._server.close()
            self._client.close()
            self._proxy.forget(self)

    def _back(self) -> None:
        while data := self._server.recv(_CHUNK):
            if self._dropping is not None:
                _finish(self._dropping)
                return
            self._client.sendall(data)

    def _forth(self) -> None:
        waiting = bytearray()
        in_session = False
        while data := self._client.recv(_CHUNK):
            waiting += data
            passing = bytearray()
            while (message := _next(waiting, in_session=in_session)) is not None:
                in_session = in_session or message[4:8] not in _WITHOUT_SESSION
                plan = self._proxy.due(self, message)
                if plan is None:
                    passing += message
                    continue
                self._server.sendall(passing)
                passing.clear()
                if not self._strike(plan, message):
                    return
            self._server.sendall(passing)

    def _strike(self, plan: Plan, message: bytes) -> bool:
        """Do what is planned; return whether the connection goes on."""
        if plan.mode in {Mode.KILL_BEFORE, Mode.CUT_BEFORE}:
            _finish(plan)
            return False
        if plan.mode.drops_the_answer:
            self._dropping = plan
            self._server.sendall(message)
            return True
        self._server.sendall(message)
        time.sleep(_ON_ITS_WAY)
        _finish(plan)
        return False


def is_commit(message: bytes) -> bool:
    """Tell whether a message of the frontend asks for a COMMIT."""
    return message[:1] == b"Q" and message[_HEAD:].rstrip(b"\0").upper() == b"COMMIT"


def _finish(plan: Plan) -> None:
    if plan.mode.kills and plan.victim is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(plan.victim(), signal.SIGKILL)
    plan.struck.set()


def _next(waiting: bytearray, *, in_session: bool) -> bytes | None:
    """Take the next whole message off what was read; None while it is not all there."""
    start = 1 if in_session else 0
    if len(waiting) < start + 4:
        return None
    end = start + int.from_bytes(waiting[start : start + 4], "big")
    if len(waiting) < end:
        return None
    message = bytes(waiting[:end])
    del waiting[:end]
    return message
