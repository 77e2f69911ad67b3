"""What attacks stand on: API and worker as processes behind counting proxies, over a database of
their own. What they are asked for, and who judges it, is a scene's."""

import contextlib
import secrets
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos.hooks import Told
from tests.chaos.processes import Child, Zygote
from tests.chaos.proxy import Proxy

ROLES = ("api", "worker")
LOOK = 0.03  # seconds between looks
PATIENCE = 30  # seconds that a document may take, where nobody else works, after a strike
_TEMPLATE = "gateway_template"  # made by the fixture `postgres`
_USUAL = 0.5  # seconds that one document takes on a machine where nobody else works

Json = dict[str, Any]


class NotDoneError(AssertionError):
    """Work that was accepted did not come to its end in time."""


@dataclass(frozen=True)
class Boards:
    """A database of its own, and a way to it for each role.

    Attributes:
        name: Of the database.
        admin_url: As superuser.
        direct_url: As the gateway, past the proxies.
        proxies: Between each role and PostgreSQL.
        port: Where the API listens, again and again.
    """

    name: str
    admin_url: str
    direct_url: str
    proxies: dict[str, Proxy]
    port: int

    def settings(self, directory: Path, **more: object) -> dict[str, Json]:
        """Return the settings of each role, and under "" those of who passes by the proxies."""
        common = {
            "data": str(directory / "data"),
            "admin_database_url": self.admin_url,
            "vies_url": "http://127.0.0.1:9",  # nobody's
            "hmrc_url": "http://127.0.0.1:9",
            "webhook_allow_private": "127.0.0.0/8",
            "lease_seconds": 3,
            "renew_seconds": 1,
            "idle_seconds": 15,  # a process that stands still may hold rows for so long
            "requests_per_minute": 0,  # a test may hurry
            "requests_per_second": 0,
            "unauthenticated_per_minute": 0,
            "attempts_per_minute": 0,
            **more,
        }
        made = {
            role: {**common, "database_url": _url(f"127.0.0.1:{proxy.port}", self.name)}
            for role, proxy in self.proxies.items()
        }
        return {**made, "": {**common, "database_url": self.direct_url}}


@dataclass(kw_only=True)
class Stage(ABC):
    """What a test attacks and asks.

    Attributes:
        zygote: Makes the processes.
        settings: Of each role.
        proxies: Between each role and PostgreSQL.
        plants: Bugs in every process.
        children: The process in each role now.
        told: The receiver of webhooks.
        answers: What callers were answered with 200, by their keys.
        again: Requests that got no answer, or one that says to ask again.
        usual: Seconds that one document takes when nobody strikes.
    """

    zygote: Zygote
    admin: psycopg.Connection[Any]
    admin_url: str
    data: Path
    settings: dict[str, Json]
    proxies: dict[str, Proxy]
    port: int
    told: Told = field(default_factory=Told)
    plants: Sequence[str] = ()
    children: dict[str, Child] = field(default_factory=dict)
    answers: dict[str, Json] = field(default_factory=dict)
    again: int = 0
    usual: float = 0
    _reviving: threading.Lock = field(default_factory=threading.Lock)

    @property
    def slowness(self) -> float:
        """How many times longer than on an idle machine everything takes; at least 1."""
        return max(1.0, self.usual / _USUAL)

    @property
    def orders(self) -> Mapping[str, Any]:
        """What processes are told, besides their settings."""
        return {}

    @abstractmethod
    def warm(self) -> None:
        """Bring documents to their end, so that nothing is done first; learn how long it takes."""

    @abstractmethod
    def issue(self, key: str) -> None:
        """Have issued what an idempotency key stands for; repeat until there is an answer.

        Raises:
            NotDoneError: There never was one.
        """

    @abstractmethod
    def undone(self) -> tuple[object, ...]:
        """Return how much of each kind of work is left."""

    @abstractmethod
    def blame(self) -> list[str]:
        """Return everything that is wrong."""

    def start(self, role: str) -> Child:
        """Start the process of a role."""
        made = self.zygote.start(
            role, self.settings[role], port=self.port, plants=list(self.plants), **self.orders
        )
        self.children[role] = made
        return made

    def revive(self) -> None:
        """Start again whoever was killed."""
        with self._reviving:
            for role, child in list(self.children.items()):
                if child.ended.is_set():
                    self.start(role)

    def reconnect(self) -> None:
        """Look at the database anew, after it died."""
        self.admin.close()
        self.admin = psycopg.connect(self.admin_url, autocommit=True)

    def pid(self, role: str) -> int:
        return self.children[role].pid

    def insist(self, attempt: Callable[[], Json | None], what: str, seconds: float) -> Json:
        """Try until there is an answer; start again whoever was killed.

        Raises:
            NotDoneError: There never was one.
        """
        deadline = time.monotonic() + seconds * self.slowness
        while time.monotonic() < deadline:
            answer = attempt()
            if answer is not None:
                return answer
            self.revive()
            time.sleep(LOOK)
        raise NotDoneError(f"{what} was not answered in {seconds} s")

    def drain(self, *, seconds: float = PATIENCE) -> None:
        """Wait until everything accepted came to its end; start again whoever was killed.

        Raises:
            NotDoneError: Something did not.
        """
        deadline = time.monotonic() + seconds * self.slowness
        while self.busy() or any(self.undone()):
            if time.monotonic() > deadline:
                raise NotDoneError(f"left to do: {self.undone()}")
            self.revive()
            time.sleep(LOOK)

    def busy(self) -> bool:
        """Tell, for little, whether something is surely undone."""
        return False

    def reached(self) -> dict[str, int]:
        """Return how often each event happened."""
        rows = self.admin.execute("select type, count(*) from event group by 1").fetchall()
        return dict(rows)

    def leave(self) -> None:
        """Look at the database no more."""
        self.admin.close()

    def end(self) -> None:
        """End the processes."""
        threads = [threading.Thread(target=child.kill) for child in self.children.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@contextmanager
def laid(postgres: EmbeddedPostgres) -> Iterator[Boards]:
    """Make a database and its proxies; the database is gone at the end."""
    name = f"chaos_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f"create database {name} template {_TEMPLATE}".encode())
        server.execute(f"revoke all on database {name} from public".encode())
        server.execute(f"grant connect on database {name} to {EMBEDDED_LOGIN}".encode())
    upstream = str(postgres._sockets / ".s.PGSQL.5432")
    with ExitStack() as stack:
        stack.callback(_drop, postgres, name)
        proxies = {role: stack.enter_context(Proxy(upstream)) for role in ROLES}
        direct = postgres.url(name, EMBEDDED_LOGIN)
        yield Boards(name, postgres.url(name), direct, proxies, free_port())


def free_port() -> int:
    """Return a port that stays ours while nobody listens: below those of outgoing connections."""
    for port in secrets.SystemRandom().sample(range(20_000, 32_000), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def _url(place: str, name: str) -> str:
    return f"postgresql://{EMBEDDED_LOGIN}@{place}/{name}"


def _drop(postgres: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)".encode())
