"""A whole gateway under attack: API and worker as processes behind counting proxies, a database of
their own, the sandbox network with its ledger, a program that is told by webhook."""

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import psycopg

from gateway.demo.companies import BUYERS, SELLERS
from gateway.fsck import service as fsck
from gateway.fsck.report import FsckReport
from gateway.kit import clock
from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.tenants import service as tenants
from gateway.tenants.api_keys import service as api_keys
from tests.chaos import hooks
from tests.chaos.hooks import Told
from tests.chaos.processes import Child, Zygote
from tests.chaos.proxy import Proxy
from tests.gateway.sandbox.process import Network

_TEMPLATE = "gateway_template"  # made by the fixture `postgres`
_LOOK = 0.03  # seconds between looks
_USUAL = 0.5  # seconds that one document takes on a machine where nobody else works
_PATIENCE = 30  # seconds that it may take there after a strike
_BUSY = """
select exists (select from outbox where state not in ('closed', 'stuck'))
    or exists (select from webhook_queue)
"""
_UNDONE = """
select (select count(*) from outbox where state not in ('closed', 'stuck')),
       (select count(*) from webhook_queue),
       (select count(*) from event e, webhook_endpoint w
         where e.account_id = w.account_id and e.xid >= w.since::text::xid8
           and not exists (select from webhook_delivery d
                            where d.endpoint_id = w.id and d.event_id = e.id))
"""

Json = dict[str, Any]


class NotDoneError(AssertionError):
    """Work that was accepted did not come to its end in time."""


@dataclass
class Scene:
    """What a test attacks and asks.

    Attributes:
        zygote: Makes the processes.
        proxies: Between each role and PostgreSQL.
        children: The process in each role now.
        told: The receiver of webhooks.
        answers: What callers were answered with 200, by their keys.
        usual: Seconds that one document takes when nobody strikes.
    """

    zygote: Zygote
    admin: psycopg.Connection[Any]
    admin_url: str
    data: Path
    settings: dict[str, Json]
    proxies: dict[str, Proxy]
    network: Network
    told: Told
    port: int
    plants: Sequence[str] = ()
    children: dict[str, Child] = field(default_factory=dict)
    key: str = ""
    entity: str = ""
    answers: dict[str, Json] = field(default_factory=dict)
    again: int = 0
    usual: float = 0

    @property
    def slowness(self) -> float:
        """How many times longer than on an idle machine everything takes; at least 1."""
        return max(1.0, self.usual / _USUAL)

    def start(self, role: str) -> Child:
        """Start the process of a role."""
        made = self.zygote.start(
            role, self.settings[role], port=self.port, plants=list(self.plants)
        )
        self.children[role] = made
        return made

    def revive(self) -> None:
        """Start again whoever was killed."""
        for role, child in list(self.children.items()):
            if child.ended.is_set():
                self.start(role)

    def reconnect(self) -> None:
        """Look at the database anew, after it died."""
        self.admin.close()
        self.admin = psycopg.connect(self.admin_url, autocommit=True)

    def pid(self, role: str) -> int:
        return self.children[role].pid

    def call(self, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        """Call the API over a connection of its own.

        Raises:
            httpx2.TransportError: Nobody answered.
        """
        sent = {"Authorization": f"Bearer {self.key}", **headers}
        if self.entity:
            sent["Entity-Id"] = self.entity
        with httpx2.Client(timeout=20, trust_env=False) as http:
            url = f"http://127.0.0.1:{self.port}{path}"
            return http.request(method, url, json=body, headers=sent)

    def issue(self, key: str, *, seconds: float = _PATIENCE) -> Json:
        """Issue the document of an idempotency key; repeat until there is an answer.

        Raises:
            NotDoneError: There never was one.
        """
        deadline = time.monotonic() + seconds * self.slowness
        while time.monotonic() < deadline:
            answer = self.try_issue(key)
            if answer is not None:
                return answer
            self.revive()
            time.sleep(_LOOK)
        raise NotDoneError(f"{key} was not answered in {seconds} s")

    def try_issue(self, key: str) -> Json | None:
        """Ask once; None when there was no answer, or one that says to ask again."""
        body = {
            "customer": BUYERS["SI"],
            "buyer_reference": key,
            "payment_terms": "15 days net",
            "items": [{"name": "Bread", "quantity": 1, "price": "1.37"}],
        }
        try:
            answer = self.call(
                "POST", "/v1/invoices?finalize=true", body, **{"Idempotency-Key": key}
            )
        except httpx2.TransportError:
            self.again += 1
            return None
        if answer.status_code in {409, 503}:
            self.again += 1
            return None
        assert answer.status_code == 200, answer.text
        said: Json = answer.json()
        before = self.answers.setdefault(key, said)
        assert before == said, f"{key} was answered twice, and differently"
        return said

    def drain(self, *, seconds: float = _PATIENCE) -> None:
        """Wait until everything accepted came to its end; start again whoever was killed.

        Raises:
            NotDoneError: Something did not.
        """
        deadline = time.monotonic() + seconds * self.slowness
        while self._busy() or any(self.undone()):
            if time.monotonic() > deadline:
                raise NotDoneError(f"in the queue, to be told, to be handed over: {self.undone()}")
            self.revive()
            time.sleep(_LOOK)

    def _busy(self) -> bool:
        """Tell, for little, whether something is surely undone."""
        row = self.admin.execute(_BUSY).fetchone()
        assert row is not None
        return bool(row[0])

    def undone(self) -> tuple[int, ...]:
        row = self.admin.execute(_UNDONE).fetchone()
        assert row is not None
        return tuple(row)

    def reached(self) -> dict[str, int]:
        """Return how often each event happened."""
        rows = self.admin.execute("select type, count(*) from event group by 1").fetchall()
        return dict(rows)

    def judge(self) -> FsckReport:
        """Return what the independent checker says, the receiver's ledger included."""
        ledger = self.network.data / "ledger.sqlite"
        return fsck.check(self.admin_url, self.data, ledger=ledger)

    def blame(self) -> list[str]:
        """Return everything that is wrong: by the checker, the ledger, and what callers hold."""
        found = [f"{name} {one.where}: {one.what}" for name, one in self.judge().problems]
        messages = self.network.messages().values()
        accepted = [one["number"] for one in messages if one["state"] == "accepted"]
        issued = sorted(one["number"] for one in self.answers.values())
        if issued != [f"INV-{number:06}" for number in range(1, len(issued) + 1)]:
            found.append(f"numbers answered: {issued}")
        if sorted(accepted) != issued:
            found.append(f"the receiver accepted {sorted(accepted)}, answered was {issued}")
        rows = self.admin.execute(
            "select count(*) from event where xid >= ("
            "select since::text::xid8 from webhook_endpoint)"
        ).fetchone()
        if rows is None or len(self.told.ids) != rows[0]:
            found.append(f"{len(self.told.ids)} webhooks were told, {rows} happened")
        return found


@contextmanager
def opened(
    zygote: Zygote, postgres: EmbeddedPostgres, directory: Path, plants: Sequence[str] = ()
) -> Iterator[Scene]:
    """Open a gateway with one account, one seller, one webhook endpoint, and both processes."""
    name = f"chaos_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f"create database {name} template {_TEMPLATE}".encode())
        server.execute(f"revoke all on database {name} from public".encode())
        server.execute(f"grant connect on database {name} to {EMBEDDED_LOGIN}".encode())
    admin_url = postgres.url(name)
    upstream = str(postgres._sockets / ".s.PGSQL.5432")
    port = _free_port()
    network = Network(
        directory / "network", f"http://127.0.0.1:{port}/v1/channels/sandbox-network/signals"
    )
    with ExitStack() as stack:
        stack.callback(_drop, postgres, name)
        proxies = {role: stack.enter_context(Proxy(upstream)) for role in ("api", "worker")}
        network.start()
        stack.callback(network.close)
        told = stack.enter_context(hooks.listening())
        common = _settings(directory, admin_url, network)
        direct = common | {"database_url": postgres.url(name, EMBEDDED_LOGIN)}
        admin = psycopg.connect(admin_url, autocommit=True)
        made = Scene(
            zygote=zygote,
            admin=admin,
            admin_url=admin_url,
            data=directory / "data",
            settings={
                role: common
                | {"database_url": f"postgresql://{EMBEDDED_LOGIN}@127.0.0.1:{proxy.port}/{name}"}
                for role, proxy in proxies.items()
            },
            proxies=proxies,
            network=network,
            told=told,
            port=port,
            plants=plants,
            key=_account(Settings.model_validate(direct)),
        )
        stack.callback(_end, made)
        stack.callback(_leave, made)
        for role in ("api", "worker"):
            made.start(role)
        made.entity = _made(made.call("POST", "/v1/entities", SELLERS["SI"]))
        _made(made.call("POST", "/v1/webhook-endpoints", {"url": told.url, "event_types": ["*"]}))
        yield made


def _settings(directory: Path, admin_url: str, network: Network) -> Json:
    return {
        "data": str(directory / "data"),
        "admin_database_url": admin_url,
        "vies_url": "http://127.0.0.1:9",  # nobody's
        "hmrc_url": "http://127.0.0.1:9",
        "sandbox_network_url": network.url,
        "sandbox_network_trust": str(network.trust),
        "webhook_allow_private": "127.0.0.0/8",
        "lease_seconds": 3,
        "renew_seconds": 1,
        "requests_per_minute": 0,  # a test may hurry
        "requests_per_second": 0,
        "unauthenticated_per_minute": 0,
        "attempts_per_minute": 0,
    }


def _account(settings: Settings) -> str:
    """Make an account and return a key of it."""
    runtime = Runtime.open(settings)
    try:
        account = tenants.create_account(runtime.database, "Platform", clock.now())
        _, key = api_keys.create_account_key(
            runtime.database,
            runtime.master_key,
            account,
            environment="sandbox",
            role="writer",
            name="chaos",
            now=clock.now(),
        )
        return key.text
    finally:
        runtime.close()


def _made(answer: httpx2.Response) -> str:
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _leave(scene: Scene) -> None:
    scene.admin.close()


def _end(scene: Scene) -> None:
    threads = [threading.Thread(target=child.kill) for child in scene.children.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _drop(postgres: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)".encode())


def _free_port() -> int:
    """Return a port that stays ours while nobody listens: below those of outgoing connections."""
    for port in secrets.SystemRandom().sample(range(20_000, 32_000), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
