"""A gateway in which documents were issued and sent, for the checker to look at."""

import base64
import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row

from gateway.archive.service import Archive, EvidenceItem, Role
from gateway.fsck.report import FsckReport
from gateway.fsck.service import check
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant
from gateway.sandbox.network.ledger import Entry, Ledger, Signal
from gateway.transmissions import service as transmissions
from gateway.transmissions.journal import Journal
from gateway.transmissions.states import Business, Fact, Regulatory, Transport
from gateway.transmissions.steps import Step
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW

MODEL = "fsck_model"
DAYS = [NOW.date() + datetime.timedelta(days=n) for n in range(3)]


@dataclass
class House:
    """A gateway in which three documents were issued and two of them sent."""

    archive: Archive
    owner: Tenant
    documents: list[UUID]
    sent: list[UUID]
    admin_url: str
    data: Path
    ledger: Path

    def check(self) -> FsckReport:
        return check(self.admin_url, self.data, ledger=self.ledger)

    def broken(self) -> dict[str, list[str]]:
        """Return the broken invariants with the places named."""
        found: dict[str, list[str]] = {}
        for invariant, problem in self.check().problems:
            found.setdefault(invariant, []).append(f"{problem.where}: {problem.what}")
        return found

    def sql(self, statement: str, *values: object) -> list[Any]:
        """Damage the database as a superuser whom no constraint or trigger stops."""
        with psycopg.connect(self.admin_url) as connection:
            connection.execute("set session_replication_role = replica")
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def book(self, statement: str, *values: object) -> None:
        with contextlib.closing(sqlite3.connect(self.ledger)) as book, book:
            book.execute(statement, values)

    def overwrite(self, old: bytes, new: bytes) -> None:
        self.blob(old).chmod(0o600)
        self.blob(old).write_bytes(new)

    def blob(self, content: bytes) -> Path:
        name = sha256(content).hexdigest()
        entity = str(self.owner.entity_ids[0])
        return self.data / "archive" / "entities" / entity / name[:2] / name


@contextmanager
def damaged(damage: str, url: str) -> Iterator[psycopg.Connection[Any]]:
    """Show the checker a changed row, and take the change back."""
    with psycopg.connect(url, row_factory=namedtuple_row) as connection:
        connection.execute("set local session_replication_role = replica")
        assert connection.execute(damage.encode()).rowcount > 0, damage
        connection.execute("set local role gw_fsck")
        yield connection
        connection.rollback()


def content(number: int) -> bytes:
    return b"<Invoice>%d</Invoice>" % number


def item(role: Role, body: bytes) -> EvidenceItem:
    return EvidenceItem(role, f"{role}.txt", "text/plain", body)


def issue(house: House, database: Database, number: int) -> UUID:
    document = seed.document(house.admin_url, house.owner, content(number), day=DAYS[number])
    with database.transaction(house.owner) as tx:
        transmission = transmissions.enqueue(
            tx,
            document_id=document,
            channel="sandbox-network",
            sender="9930:de1",
            receiver="9930:de2",
            payload=content(number),
            now=NOW,
        )
        evidence = [
            item("document", content(number)),
            item("input", b"input %d" % number),
            item("validation-report", b"report %d" % number),
            item("tax-decision", b"decision %d" % number),
            item("rendition", b"rendition %d" % number),
        ]
        house.archive.record(tx, document_id=document, items=evidence, now=NOW)
    house.documents.append(document)
    return transmission


def step(fact: Fact, *evidence: EvidenceItem) -> Step:
    return Step("transmission.x", fact, {}, evidence)


def send(house: House, database: Database, ledger: Ledger, transmission: UUID) -> None:
    number = len(house.sent)
    journal = Journal(house.archive)
    message_id = str(
        house.sql("select message_id from transmission where id = %s", transmission)[0][0]
    )
    digest = base64.b64encode(sha256(content(number)).digest()).decode()
    with ledger.writing():
        ledger.enter(
            Entry(
                message_id=message_id,
                digest=f"sha-256=:{digest}:",
                sender="9930:de1",
                receiver="9930:de2",
                state="accepted",
                status=200,
                answer="{}",
                received_at=NOW.isoformat(),
                payload=content(number),
                seller="DE1",
                number=f"R-{number + 1}",
                type_code="380",
            ),
            [
                Signal(f"{layer}-{number}", message_id, layer, "AP", "{}", NOW.isoformat(), 0)
                for layer in ("network", "buyer")
            ],
        )
    steps = [
        step(Fact(transport=Transport.SUBMITTING, attempt=1), item("request", b"r%d" % number)),
        step(Fact(transport=Transport.SUBMITTED, attempt=1), item("receipt", b"a%d" % number)),
    ]
    if number == 0:
        steps += [
            step(Fact(regulatory=Regulatory.ACCEPTED, transport=Transport.DELIVERED)),
            step(Fact(business=Business.ACCEPTED, key="s"), item("signal", b"s%d" % number)),
        ]
        for layer in ("network", "buyer"):
            ledger.pushed(f"{layer}-{number}", "taken", 1)
    with database.worker_transaction(house.owner) as tx:
        journal.record(tx, journal.hold(tx, transmission), steps, NOW)
    state = "closed" if number == 0 else "sent"
    house.sql(
        "update outbox set state = %s, due_at = case when %s = 'sent' then now() end"
        " where transmission_id = %s",
        state,
        state,
        transmission,
    )
    house.sent.append(transmission)


def answer(house: House, number: int, **changes: str) -> bytes:
    told = {
        "id": public_id("inv", house.documents[number]),
        "number": f"R-{number + 1}",
        "sha256": sha256(content(number)).hexdigest(),
    }
    return json.dumps(told | changes).encode()
