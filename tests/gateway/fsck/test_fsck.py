import base64
import contextlib
import datetime
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from gateway.archive.service import Archive, EvidenceItem, Role
from gateway.fsck.report import FsckReport
from gateway.fsck.service import check
from gateway.kit.bootstrap import EMBEDDED_LOGIN, prepare_embedded
from gateway.kit.database import Database
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.sandbox.network.ledger import Entry, Ledger, Signal
from gateway.settings import Settings
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
        return self.data / "archive" / "sha256" / name[:2] / name[2:4] / name


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


@pytest.fixture(scope="module")
def model(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Build the house once; every test gets a copy of its database and its files."""
    folder = tmp_path_factory.mktemp("house")
    admin_url, serving_url = postgres.url(MODEL), postgres.url(MODEL, EMBEDDED_LOGIN)
    prepare_embedded(postgres, MODEL)
    settings = Settings(data=folder / "data")
    database = Database(serving_url)
    archive = Archive.open(settings, database, MasterKey(bytes(32)), now=NOW)
    owner = seed.tenant(admin_url)
    made = House(archive, owner, [], [], admin_url, settings.data, folder / "ledger.sqlite")
    ledger = Ledger(made.ledger)
    waiting = [issue(made, database, number) for number in range(3)]
    for number in range(2):
        send(made, database, ledger, waiting[number])
    ledger.close()
    database.close()
    made.sql(
        "insert into idempotency values (%s, %s, 'sandbox', 'issue', 'k1', ''::bytea, 200, '{}',"
        " %s, true, now())",
        owner.account_id,
        owner.entity_ids[0],
        answer(made, 0),
    )
    return made


@pytest.fixture
def house(model: House, postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[House]:
    shutil.copytree(model.data.parent, tmp_path, dirs_exist_ok=True)
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"create database {name} template {MODEL}".encode())
    data, ledger = tmp_path / "data", tmp_path / "ledger.sqlite"
    yield replace(model, admin_url=postgres.url(name), data=data, ledger=ledger)
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)".encode())


def answer(house: House, number: int, **changes: str) -> bytes:
    told = {
        "id": public_id("inv", house.documents[number]),
        "number": f"R-{number + 1}",
        "sha256": sha256(content(number)).hexdigest(),
    }
    return json.dumps(told | changes).encode()


def test_a_sound_house_has_no_problems_and_says_what_was_looked_at(house: House) -> None:
    report = house.check()
    assert report.problems == ()
    assert report.ok
    outcomes = {one.id: one.outcome for one in report.invariants.values()}
    assert outcomes == {
        "INV1": "holds",
        "INV2": "holds",
        "INV3": "nothing to check",
        "INV4": "holds",
        "INV5": "holds",
        "INV6": "holds",
        "INV7": "nothing to check",
        "INV8": "holds",
        "INV9": "holds",
        "INV10": "holds",
        "INV11": "holds",
        "INV12": "nothing to check",
    }
    examined = {one.id: one.examined for one in report.invariants.values()}
    assert examined["INV2"] == {"series": 1, "numbers": 3}
    assert examined["INV4"] == {"registrations": 2, "transmissions": 3}
    assert examined["INV5"] == {"documents": 3, "files": 20}
    assert examined["INV6"]["leaves"] == 20
    assert examined["INV9"]["transmissions"] == 3
    assert json.loads(json.dumps(report.as_dict()))["ok"] is True


def test_an_empty_installation_has_nothing_to_check(admin_url: str, tmp_path: Path) -> None:
    report = check(admin_url, tmp_path)
    assert report.ok
    assert {one.outcome for one in report.invariants.values()} == {"nothing to check"}


Damage = Callable[[House], object]


def attempt(house: House, number: int, outcome: str | None, ended: str | None) -> None:
    house.sql(
        "insert into attempt select account_id, entity_id, gen_random_uuid(), id, 1, 'send',"
        " %s, 'host:1', null, now(), %s::timestamptz, %s, null, '{}', '0'"
        " from transmission where id = %s",
        number,
        ended,
        outcome,
        house.sent[0],
    )


def register_twice(house: House) -> None:
    house.book(REGISTERED_AGAIN)
    house.sql(
        "insert into transmission select account_id, entity_id, gen_random_uuid(), document_id,"
        " channel, lane, 'another', sender, receiver, payload, payload_sha256, transport,"
        " regulatory, business, action_required, attempts, created_at, updated_at"
        " from transmission where id = %s",
        house.sent[0],
    )


REGISTERED_AGAIN = (
    "insert into message select 'another', digest, sender, receiver, seller, number, type_code,"
    " state, status, answer, reason, flagged, duplicates, received_at, payload from message"
    " where number = 'R-1'"
)

PLANTS: dict[str, tuple[str, str, Damage]] = {
    # what was done: the invariant that must break, what must be named, the damage
    "answered document gone": (
        "INV1",
        "'k1'",
        lambda h: h.sql("delete from document where id = %s", h.documents[0]),
    ),
    "answer with other bytes": (
        "INV1",
        "'k1'",
        lambda h: h.sql("update idempotency set body = %s", answer(h, 0, sha256="00" * 32)),
    ),
    "gap": (
        "INV2",
        "gap: 2-2",
        lambda h: h.sql("delete from document where sequence = 2"),
    ),
    "last number given back": (
        "INV2",
        "the next number is 3",
        lambda h: h.sql("update series set next_number = 3"),
    ),
    "number twice": (
        "INV2",
        "R-1",
        lambda h: (
            h.sql("alter table document drop constraint document_entity_id_number_key"),
            h.sql("update document set number = 'R-1' where sequence = 2"),
        ),
    ),
    "place twice": (
        "INV2",
        "taken twice",
        lambda h: (
            h.sql(
                "alter table document drop constraint document_entity_id_series_id_sequence_key"
            ),
            h.sql("update document set sequence = 1 where sequence = 2"),
        ),
    ),
    "dates out of order": (
        "INV2",
        "follows one of",
        lambda h: h.sql("update document set issue_date = '2020-01-01' where sequence = 2"),
    ),
    "registered without us": (
        "INV4",
        "it was accepted, and we know nothing",
        lambda h: h.book(REGISTERED_AGAIN),
    ),
    "registered twice": (
        "INV4",
        "and as another",
        register_twice,
    ),
    "accepted and unknown here": (
        "INV4",
        "we know nothing",
        lambda h: h.book("update message set message_id = 'x' where number = 'R-1'"),
    ),
    "refused there, submitted here": (
        "INV4",
        "refused it",
        lambda h: h.book("update message set state = 'refused' where number = 'R-2'"),
    ),
    "accepted there, failed here": (
        "INV4",
        "the receiver accepted it",
        lambda h: h.sql("update transmission set transport = 'failed_permanent'"),
    ),
    "never seen there": (
        "INV4",
        "never saw",
        lambda h: h.book("delete from message where number = 'R-2'"),
    ),
    "other bytes there": (
        "INV4",
        "other bytes",
        lambda h: h.book("update message set payload = x'00' where number = 'R-1'"),
    ),
    "another verdict there": (
        "INV4",
        "network said RE",
        lambda h: h.book("update signal set code = 'RE' where id = 'network-0'"),
    ),
    "another buyer's answer there": (
        "INV4",
        "buyer said UQ",
        lambda h: h.book("update signal set code = 'UQ' where id = 'buyer-0'"),
    ),
    "no ledger": ("INV4", "no ledger", lambda h: h.ledger.unlink()),
    "ledger destroyed": ("INV4", "cannot be read", lambda h: h.ledger.write_bytes(b"x" * 5000)),
    "blob flipped": (
        "INV5",
        "has other bytes",
        lambda h: h.overwrite(content(1), content(2)),
    ),
    "blob cut": (
        "INV5",
        "bytes, the entry says",
        lambda h: h.overwrite(content(1), b""),
    ),
    "blob missing": ("INV5", "cannot be read", lambda h: h.blob(content(1)).unlink()),
    "entry edited": (
        "INV5",
        "the row says name",
        lambda h: h.sql("update archive_entry set name = 'other.txt' where log_index = 3"),
    ),
    "entry moved to another document": (
        "INV5",
        "the row says document",
        lambda h: h.sql(
            "update archive_entry set document_id = %s where log_index = 3", h.documents[1]
        ),
    ),
    "entry back-dated": (
        "INV5",
        "the row says at",
        lambda h: h.sql("update archive_entry set at = '2020-01-01Z' where log_index = 3"),
    ),
    "rendition missing": (
        "INV5",
        "no rendition",
        lambda h: h.sql("delete from archive_entry where role = 'rendition'"),
    ),
    "receipt missing": (
        "INV5",
        "neither receipt nor signal",
        lambda h: h.sql("delete from archive_entry where role = 'receipt'"),
    ),
    "request missing": (
        "INV5",
        "no request",
        lambda h: h.sql("delete from archive_entry where role = 'request'"),
    ),
    "evidence of an event missing": (
        "INV5",
        "does not exist",
        lambda h: h.sql("delete from archive_entry where role = 'signal'"),
    ),
    "document content changed": (
        "INV5",
        "not the one that was issued",
        lambda h: h.sql("update document set content_sha256 = sha256('x') where sequence = 1"),
    ),
    "payload changed": (
        "INV5",
        "other bytes were sent",
        lambda h: h.sql(
            "update transmission set payload = 'x', payload_sha256 = sha256('x') where id = %s",
            h.sent[0],
        ),
    ),
    "leaf edited": (
        "INV6",
        "the leaves make another",
        lambda h: h.sql(
            "update archive_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'),"
            " 'rendition', 'renditiom'), 'UTF8') where log_index = 4"
        ),
    ),
    "leaf dropped": (
        "INV6",
        "leaf 3 is missing",
        lambda h: h.sql("delete from archive_entry where log_index = 3"),
    ),
    "last leaf dropped": (
        "INV6",
        "log_checkpoint 20",
        lambda h: h.sql("delete from archive_entry where log_index = 19"),
    ),
    "leaves swapped": (
        "INV6",
        "log_checkpoint 5",
        lambda h: (
            h.sql("update archive_entry set log_index = 1000 where log_index = 2"),
            h.sql("update archive_entry set log_index = 2 where log_index = 3"),
            h.sql("update archive_entry set log_index = 3 where log_index = 1000"),
        ),
    ),
    "node edited": (
        "INV6",
        "log_node (2, 1)",
        lambda h: h.sql("update log_node set hash = sha256('x') where (level, index) = (2, 1)"),
    ),
    "node dropped": (
        "INV6",
        "log_node (0, 5): it is missing",
        lambda h: h.sql("delete from log_node where (level, index) = (0, 5)"),
    ),
    "head rewound": ("INV6", "log_head", lambda h: h.sql("update log_head set size = 19")),
    "checkpoint edited": (
        "INV6",
        "log_checkpoint 10",
        lambda h: h.sql("update log_checkpoint set root = sha256('x') where size = 10"),
    ),
    "newest checkpoint dropped": (
        "INV6",
        "the newest has 18 leaves, the archive makes 20",
        lambda h: h.sql("delete from log_checkpoint where size = 20"),
    ),
    "checkpoint signature edited": (
        "INV6",
        "log_checkpoint 10",
        lambda h: h.sql(
            "update log_checkpoint set note = (select note from log_checkpoint where size = 5)"
            " where size = 10"
        ),
    ),
    "published checkpoint altered": (
        "INV6",
        "<data>/log/checkpoint: its signature is wrong",
        lambda h: (h.data / "log" / "checkpoint").write_text(
            (h.data / "log" / "checkpoint").read_text().replace("\n20\n", "\n19\n")
        ),
    ),
    "published checkpoint removed": (
        "INV6",
        "nothing is published",
        lambda h: (h.data / "log" / "checkpoint").unlink(),
    ),
    "key of another log": (
        "INV6",
        "log key",
        lambda h: (h.data / "log" / "key").write_text("x+00000000+AQ=="),
    ),
    "issued twice": (
        "INV8",
        "issued 2 times",
        lambda h: [
            h.sql(
                "insert into event (account_id, entity_id, id, document_id, type, data, at) values"
                " (%s, %s, gen_random_uuid(), %s, 'invoice.finalized', '{}', now())",
                h.owner.account_id,
                h.owner.entity_ids[0],
                h.documents[0],
            )
            for _ in range(2)
        ],
    ),
    "key with two outcomes": (
        "INV8",
        "2 outcomes",
        lambda h: (
            h.sql("alter table idempotency drop constraint idempotency_pkey"),
            h.sql("insert into idempotency select * from idempotency"),
        ),
    ),
    "another state beside it": (
        "INV9",
        "the facts kept beside it make another state than its events",
        lambda h: h.sql(
            'update transmission set facts = \'[{"transport": "queued"}]\' where id = %s',
            h.sent[0],
        ),
    ),
    "transport changed": (
        "INV9",
        "transport queued, its events make it submitted",
        lambda h: h.sql(
            "update transmission set transport = 'queued' where transport = 'submitted'"
        ),
    ),
    "regulatory changed": (
        "INV9",
        "regulatory rejected",
        lambda h: h.sql(
            "update transmission set regulatory = 'rejected' where id = %s", h.sent[0]
        ),
    ),
    "business changed": (
        "INV9",
        "business paid",
        lambda h: h.sql("update transmission set business = 'paid' where id = %s", h.sent[0]),
    ),
    "attempts changed": (
        "INV9",
        "attempts 7",
        lambda h: h.sql("update transmission set attempts = 7 where id = %s", h.sent[0]),
    ),
    "event dropped": (
        "INV9",
        "its events make it submitting",
        lambda h: h.sql('delete from event where data @> \'{"transport": "submitted"}\''),
    ),
    "no due time": (
        "INV10",
        "queued without a due time",
        lambda h: (
            h.sql("alter table outbox drop constraint outbox_check"),
            h.sql("update outbox set due_at = null where state = 'queued'"),
        ),
    ),
    "forgotten in the queue": (
        "INV10",
        "no row in the queue",
        lambda h: h.sql("delete from outbox where state = 'queued'"),
    ),
    "queue row of nothing": (
        "INV10",
        "its transmission does not exist",
        lambda h: h.sql("delete from transmission where id = %s", h.sent[0]),
    ),
    "closed too early": (
        "INV10",
        "closed, but",
        lambda h: h.sql("update outbox set state = 'closed', due_at = null"),
    ),
    "stuck in silence": (
        "INV10",
        "nobody is asked",
        lambda h: h.sql("update outbox set state = 'stuck' where state = 'sent'"),
    ),
    "nobody finds who must act": (
        "INV10",
        "asks for reissue",
        lambda h: h.sql("update outbox set action_required = 'reissue' where state = 'sent'"),
    ),
    "put aside for nothing": (
        "INV10",
        "deferred, but",
        lambda h: h.sql("update outbox set state = 'deferred' where state = 'queued'"),
    ),
    "found by no signal": (
        "INV10",
        "no signal would find it",
        lambda h: h.sql("delete from correlation where transmission_id = %s", h.sent[1]),
    ),
    "a signal nobody gave out": (
        "INV10",
        "it waits, but it is about",
        lambda h: h.sql(
            "insert into early_signal select channel, 's', array['x=1', kind || '=' || value],"
            " '{}', '', now(), now() from correlation limit 1"
        ),
    ),
    "an attempt that is not recorded": (
        "INV10",
        "1 attempts, 1 recorded",
        lambda h: attempt(h, number=2, outcome="retry", ended="now"),
    ),
    "an attempt without an end": (
        "INV10",
        "it has no end",
        lambda h: attempt(h, number=1, outcome=None, ended=None),
    ),
    "a send whose bytes were not kept": (
        "INV10",
        "what was to be sent was not kept",
        lambda h: attempt(h, number=1, outcome="retry", ended="now"),
    ),
    "in the wrong lane": (
        "INV10",
        "lane, message or account",
        lambda h: h.sql("update outbox set lane = 'other' where state = 'sent'"),
    ),
    "reported and not so": (
        "INV11",
        "reported and not on the document",
        lambda h: h.sql(
            "insert into document_vat select account_id, entity_id, id, 9, kind, issue_date,"
            " 'EUR', 'S', 22, 100, 22 from document where id = %s",
            h.documents[0],
        ),
    ),
    "owner without lease": (
        "INV10",
        "lane l",
        lambda h: h.sql("insert into lane (key, owner) values ('l', gen_random_uuid())"),
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_damage_is_found_and_named(house: House, plant: str) -> None:
    invariant, place, damage = PLANTS[plant]
    damage(house)
    found = house.broken()
    assert invariant in found, found
    assert any(place in problem for problem in found[invariant]), found[invariant]


def on_the_wire(house: House) -> None:
    """Commit to an attempt of the one that waits, as a worker does right before the wire."""
    house.sql(
        "with sent as (update transmission set attempts = 1, transport = 'submitting',"
        "  facts = null where transport = 'queued' returning *),"
        " begun as (insert into attempt select account_id, entity_id, gen_random_uuid(), id, 1,"
        "  'send', 1, 'host:1', null, now(), null, null, null, '{}', '0' from sent returning *)"
        " insert into event (account_id, entity_id, id, document_id, transmission_id, type, data,"
        "  evidence_id, at) select account_id, entity_id, gen_random_uuid(), document_id, sent.id,"
        '  \'transmission.submitting\', \'{"transport": "submitting", "attempt": 1}\', begun.id,'
        "  now() from sent join begun using (account_id, entity_id)"
    )


def test_the_request_may_be_missing_while_it_is_on_the_wire_and_no_longer(house: House) -> None:
    on_the_wire(house)
    assert "INV5" not in house.broken()
    house.sql("update attempt set ended_at = now(), outcome = 'retry'")
    said = " ".join(house.broken()["INV5"])
    assert "no request in its evidence" in said
    assert "does not exist" in said


def test_without_ledger_and_file_their_part_is_open(house: House) -> None:
    report = check(house.admin_url, house.data)
    assert report.ok
    assert report.invariants["INV4"].outcome == "nothing to check"


def test_a_trusted_key_is_preferred_to_the_one_beside_the_log(house: House) -> None:
    key = (house.data / "log" / "key").read_text()
    (house.data / "log" / "key").write_text("nonsense")
    assert not house.check().ok
    assert check(house.admin_url, house.data, ledger=house.ledger, log_key=key).ok


def test_the_checker_only_reads(house: House) -> None:
    from gateway.fsck.service import snapshot  # noqa: PLC0415

    with snapshot(house.admin_url) as connection, pytest.raises(psycopg.Error):
        connection.execute("update series set next_number = 1")
    with snapshot(house.admin_url) as connection, pytest.raises(psycopg.Error):
        connection.execute("select * from secret")


def test_the_checker_shares_nothing_with_what_it_checks() -> None:
    import gateway.fsck  # noqa: PLC0415

    for module in Path(gateway.fsck.__file__).parent.glob("*.py"):
        text = module.read_text()
        for foreign in ("formats", "gateway.transmissions", "gateway.archive", "gateway.events"):
            assert f"import {foreign}" not in text
            assert f"from {foreign}" not in text
