"""An authority in this process, for tests of the engine alone: it keeps a ledger, and can be away.

What adapters and servers do is tested elsewhere; this one answers at once, in the order asked.
"""

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.archive.service import Archive, EvidenceItem
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.settings import Settings
from gateway.transmissions import operating, service, tape
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request, Vault
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused, Retry, Unknown
from gateway.transmissions.journal import Journal
from gateway.transmissions.operating import Row, Wanted
from gateway.transmissions.policy import Policy
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.tables import outbox
from gateway.transmissions.worker import Worker
from tests.gateway.archive import seed

CHANNEL = "sandbox-network"
CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=False,
    settle=timedelta(milliseconds=50),
    deadline=timedelta(hours=24),
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),
    usual_answer=timedelta(seconds=1),
    first_ask=timedelta(seconds=1),
    longest_ask=timedelta(seconds=1),
)
QUICK = Policy(
    poll_seconds=0.05,
    threads=2,
    first_delay=timedelta(milliseconds=20),
    longest_delay=timedelta(milliseconds=200),
    pause=timedelta(milliseconds=400),
    flight=timedelta(seconds=5),
)


@dataclass
class Authority:
    """The adapter and the authority in one.

    Attributes:
        conduct: How the wire behaves.
        up: Whether it answers.
        ledger: The message ids it took, in order.
        told: Of each, whether it was told that the message had been deferred.
        answers: Statuses of the next answers; 200 when there are none left.
        retry_after: Goes with every answer that is not 200.
        wait: Goes with every 200.
        tries: How often it was called, and when.
    """

    conduct: Conduct = CONDUCT
    up: bool = True
    ledger: list[str] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    retry_after: float | None = None
    wait: timedelta | None = None
    tries: list[float] = field(default_factory=list)
    channel: str = CHANNEL

    def endpoint(self, message: Message) -> str:
        del message
        return "authority.test:443"

    def prepare(self, message: Message) -> Request:
        headers = (("Message-Id", message.message_id), ("Deferred", str(message.deferred)))
        return Request("POST", "https://authority.test/", headers, message.payload)

    def send(self, request: Request) -> Answer:
        return tape.through(request, self._take)

    def _take(self, request: Request) -> Answer:
        self.tries.append(time.monotonic())
        if not self.up:
            raise Retry("not_connected", "nobody there")
        status = self.answers.pop(0) if self.answers else 200
        named = dict(request.headers)
        if status in {200, 500} and named["Message-Id"] not in self.ledger:
            self.ledger.append(named["Message-Id"])
            self.told.append(named["Deferred"] == "True")
        if status == 500:
            raise Unknown("connection_lost", "it took it, and was gone")
        return Answer(status, b"taken", self.retry_after if status != 200 else None)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        del message
        if answer.status in {429, 503}:
            raise Retry(f"http_{answer.status}", "busy", retry_after=answer.retry_after)
        if answer.status != 200:
            raise Refused(f"http_{answer.status}", "no")
        return self._taken()

    def reconcile(self, message: Message) -> Acknowledgement | None:
        if not self.up:
            raise Retry("not_connected", "nobody there")
        return self._taken() if message.message_id in self.ledger else None

    def _taken(self) -> Acknowledgement:
        proof = EvidenceItem("receipt", "receipt.txt", "text/plain", b"taken")
        fact = Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.CLEARED)
        return Acknowledgement(proof, fact, wait=self.wait)


@dataclass
class Desk:
    """The engine with that authority on the other side."""

    database: Database
    admin_url: str
    archive: Archive
    owner: Tenant
    authority: Authority

    @property
    def journal(self) -> Journal:
        return Journal(self.archive)

    def queue(self, sender: str = "9930:si1", receiver: str = "9930:si2") -> UUID:
        content = b"<invoice/>"
        document_id = seed.document(self.admin_url, self.owner, content, day=seed.NOW.date())
        with self.database.transaction(self.owner) as tx:
            return service.enqueue(
                tx,
                document_id=document_id,
                channel=CHANNEL,
                sender=sender,
                receiver=receiver,
                payload=content,
                now=clock.now(),
            )

    @contextlib.contextmanager
    def working(self, policy: Policy = QUICK, vault: Vault | None = None) -> Iterator[None]:
        worker = Worker(
            self.database,
            self.archive,
            [self.authority],
            policy=policy,
            chance=random.Random(1).random,  # noqa: S311 - to be repeated
            vault=vault,
        )
        stop = threading.Event()
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(30)
            assert not thread.is_alive()

    def may(self, **conduct: Any) -> None:  # noqa: ANN401 - members of `Conduct`
        """Change how the wire behaves."""
        self.authority.conduct = replace(self.authority.conduct, **conduct)

    def view(self, transmission_id: UUID) -> TransmissionView:
        with self.database.transaction(self.owner) as tx:
            return service.get(tx, transmission_id)

    def types(self, transmission_id: UUID) -> list[str]:
        with self.database.transaction(self.owner) as tx:
            found = events.of_transmission(tx, transmission_id)
        return [event.type.removeprefix("transmission.") for event in found]

    def row(self, transmission_id: UUID) -> sa.Row[tuple[Any, ...]]:
        with self.database.worker_transaction() as tx:
            query = sa.select(outbox).where(outbox.c.transmission_id == transmission_id)
            return tx.execute(query).one()

    def stuck(self, channel: str | None = None) -> list[Row]:
        with self.database.worker_transaction() as tx:
            return operating.rows(tx, Wanted(("stuck",), channel=channel), limit=10)

    def until(self, wanted: Callable[[], bool], seconds: float = 15) -> None:
        deadline = time.monotonic() + seconds
        while not wanted():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def until_state(self, transmission_id: UUID, state: str, seconds: float = 15) -> None:
        self.until(lambda: self.row(transmission_id).state == state, seconds)


@contextlib.contextmanager
def desk(database: Database, admin_url: str, directory: Path) -> Iterator[Desk]:
    """Set it up."""
    settings = Settings(data=directory / "data")
    archive = Archive.open(settings, database, MasterKey(bytes(32)), now=clock.now())
    yield Desk(database, admin_url, archive, seed.tenant(admin_url), Authority())
