"""A whole gateway under attack: API and worker as processes behind counting proxies, a database of
their own, the sandbox network with its ledger, a program that is told by webhook."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psycopg
from typing_extensions import override

from gateway.demo.companies import BUYERS, SELLERS
from gateway.fsck import service as fsck
from gateway.fsck.report import FsckReport
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.tenants import service as tenants
from gateway.tenants.api_keys import service as api_keys
from tests.chaos import hooks, stage
from tests.chaos.processes import Zygote
from tests.chaos.stage import PATIENCE, ROLES, Json, Stage
from tests.gateway.sandbox.process import Network

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


@dataclass(kw_only=True)
class Scene(Stage):
    """One seller, who sends to the sandbox network and is told of by webhook.

    Attributes:
        network: The receiver.
        key: Of the seller's account.
        entity: The seller.
    """

    network: Network
    key: str = ""
    entity: str = ""

    @override
    def warm(self) -> None:
        for key in ("warm", "usual"):
            began = time.monotonic()
            self.issue(key)
            self.drain()
            self.usual = time.monotonic() - began

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

    @override
    def issue(self, key: str, *, seconds: float = PATIENCE) -> None:
        self.insist(lambda: self.try_issue(key), key, seconds)

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

    @override
    def busy(self) -> bool:
        row = self.admin.execute(_BUSY).fetchone()
        assert row is not None
        return bool(row[0])

    @override
    def undone(self) -> tuple[int, ...]:
        """Return what is in the queue, to be told, to be handed over to the courier."""
        row = self.admin.execute(_UNDONE).fetchone()
        assert row is not None
        return tuple(row)

    def judge(self) -> FsckReport:
        """Return what the independent checker says, the receiver's ledger included."""
        ledger = self.network.data / "ledger.sqlite"
        return fsck.check(self.admin_url, self.data, ledger=ledger)

    @override
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
    with stage.laid(postgres) as boards, ExitStack() as stack:
        signals = f"http://127.0.0.1:{boards.port}/v1/channels/sandbox-network/signals"
        network = Network(directory / "network", signals)
        network.start()
        stack.callback(network.close)
        told = stack.enter_context(hooks.listening())
        settings = boards.settings(
            directory, sandbox_network_url=network.url, sandbox_network_trust=str(network.trust)
        )
        made = Scene(
            zygote=zygote,
            admin=psycopg.connect(boards.admin_url, autocommit=True),
            admin_url=boards.admin_url,
            data=directory / "data",
            settings=settings,
            proxies=boards.proxies,
            network=network,
            told=told,
            port=boards.port,
            plants=plants,
            key=_account(Settings.model_validate(settings[""])),
        )
        stack.callback(made.end)
        stack.callback(made.leave)
        for role in ROLES:
            made.start(role)
        made.entity = _made(made.call("POST", "/v1/entities", SELLERS["SI"]))
        _made(made.call("POST", "/v1/webhook-endpoints", {"url": told.url, "event_types": ["*"]}))
        yield made


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
