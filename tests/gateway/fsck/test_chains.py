"""INV3 over a chain of issued documents: sound as it is, and every planted damage is named."""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from gateway.chains.repository import ForeignRow
from gateway.chains.reseeding import reseed
from gateway.fsck import chains
from gateway.fsck.blobs import Blobs
from gateway.fsck.chains import Examined, examine
from gateway.fsck.report import InvariantReport
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from tests.gateway.documents.fiscal import keyed, recorded_shop
from tests.gateway.houses import House, Shop, opened

Damage = Callable[["Patient"], object]


class Patient:
    """The database in a transaction that is rolled back, past triggers and constraints."""

    def __init__(self, connection: psycopg.Connection[Any], archive: Path) -> None:
        self.connection = connection
        self.archive = archive

    def sql(self, statement: str, *values: object) -> list[Any]:
        cursor = self.connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def examined(self) -> list[Examined]:
        return list(examine(self.connection, Blobs(self.archive)))

    def record(self, sequence: int, **changes: object) -> None:
        """Write a record anew, and keep its digest as it was."""
        (row,) = self.sql("select record from chain_record where sequence = %s", sequence)
        members = json.loads(bytes(row.record)) | changes
        content = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.sql(
            "update chain_record set record = %s where sequence = %s", content.encode(), sequence
        )


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house, keyed(house):
        yield house


@pytest.fixture(scope="module")
def shop(house: House) -> Shop:
    """Four links of one chain, a successor that follows two of the authority's, and its link."""
    shop = recorded_shop(house)
    for _ in range(4):
        shop.issued()
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    ledger = [
        ForeignRow(chain_key="", sequence=place, digest=sha256(b"%d" % place).hexdigest())
        for place in (5, 6)
    ]
    key = f"sandbox-authority/{shop.entity}"
    with house.runtime.database.transaction(tenant) as tx:
        reseed(tx, key, reason="backup", way="authority", known=ledger, now=clock.now())
    shop.issued()
    return shop


@pytest.fixture
def patient(house: House, shop: Shop) -> Iterator[Patient]:
    assert shop.entity
    with psycopg.connect(house.admin_url, row_factory=namedtuple_row) as connection:
        connection.execute("set session_replication_role = replica")
        for name in ("sequence", "previous"):
            kept = f"chain_record_entity_id_chain_id_{name}_key"
            connection.execute(f"alter table chain_record drop constraint {kept}".encode())
        connection.execute("drop index chain_current, chain_owner")
        yield Patient(connection, house.runtime.settings.data / "archive")
        connection.rollback()


def test_a_sound_chain_is_counted(house: House, shop: Shop, patient: Patient) -> None:
    first, second = patient.examined()
    assert (first.key, first.generation, first.links) == (
        f"sandbox-authority/{shop.entity}",
        1,
        4,
    )
    assert (second.generation, second.links, second.state) == (2, 1, "open")
    assert first.breaks == second.breaks == []
    patient.connection.rollback()
    report = check(house.admin_url, house.runtime.settings.data)
    assert report.problems == ()
    assert report.invariants["INV3"].examined == {"chains": 2, "links": 5}


ONE = "update chain_record set {} where sequence = 3"
HEAD = "update chain set {} where generation = 1"
PLANTS: dict[str, tuple[int | None, str, Damage]] = {
    "a byte of a record": (2, "digest is", lambda p: p.record(2, total="9.99")),
    "a digest": (3, "digest is", lambda p: p.sql(ONE.format("digest = repeat('0', 64)"))),
    "a record that is rubbish": (3, "cannot be read", lambda p: p.sql(ONE.format("record = '{'"))),
    "a missing link": (
        4,
        "gap: 3-3",
        lambda p: p.sql("delete from chain_record where sequence = 3"),
    ),
    "a place taken twice": (2, "taken twice", lambda p: p.sql(
        "insert into chain_record select account_id, entity_id, gen_random_uuid(), chain_id,"
        " chain_key, sequence, digest, previous, document_id, 'again', record, at"
        " from chain_record where sequence = 2")),
    "a fork": (3, "it follows", lambda p: p.sql(ONE.format(
        "previous = (select previous from chain_record where sequence = 2)"))),
    "a time that goes back": (4, "is before", lambda p: p.sql(
        "update chain_record set at = at - interval '1 day' where sequence = 4")),
    "another time than the bytes say": (1, "say moment", lambda p: p.sql(
        "update chain_record set at = at - interval '1 day' where sequence = 1")),
    "another document's digest": (3, "say document", lambda p: p.sql(
        "update document set content_sha256 = sha256('') where id ="
        " (select document_id from chain_record where sequence = 3)")),
    "another number": (2, "say number", lambda p: p.sql(
        "update document set number = 'X' where id ="
        " (select document_id from chain_record where sequence = 2)")),
    "a link of a draft": (2, "has no number", lambda p: p.sql(
        "update document set state = 'draft', issued_at = null where id ="
        " (select document_id from chain_record where sequence = 2)")),
    "a link of nothing": (3, "does not exist", lambda p: p.sql(
        ONE.format("document_id = gen_random_uuid()"))),
    "a record that nobody archived": (1, "archive has no", lambda p: p.sql(
        "update archive_entry set role = 'signal' where role = 'fiscal-record' and document_id ="
        " (select document_id from chain_record where sequence = 1)")),
    "a scheme that nobody knows": (1, "nobody knows", lambda p: p.sql(
        "update chain set chain_key = 'other/1'")),
    "a head that ran ahead": (None, "next place", lambda p: p.sql(
        HEAD.format("next_sequence = 6"))),
    "a head with another digest": (None, "last digest", lambda p: p.sql(
        HEAD.format("last_digest = ''"))),
    "two open chains of one key": (None, "is open as well", lambda p: p.sql(
        HEAD.format("state = 'open', closed_at = null, closed_because = null"))),
    "a successor that begins elsewhere": (None, "it begins at", lambda p: p.sql(
        "delete from chain_foreign")),
    "a chain that is gone": (None, "does not begin at 1", lambda p: p.sql(
        "delete from chain where generation = 1")),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_damage_is_found_at_its_link(patient: Patient, plant: str) -> None:
    place, why, damage = PLANTS[plant]
    damage(patient)
    firsts = [one.first for one in patient.examined() if one.breaks]
    assert firsts, "nothing was found"
    assert firsts[0] is not None
    assert firsts[0].sequence == place
    found = [broken.what for one in patient.examined() for broken in one.breaks]
    assert any(why in what for what in found), found


def test_a_document_that_was_recorded_and_lost_its_link_is_named(patient: Patient) -> None:
    (row,) = patient.sql("delete from chain_record where sequence = 4 returning document_id")
    report = InvariantReport("INV3")
    chains.check(patient.connection, Blobs(patient.archive), report)
    assert f"document {row.document_id}" in {problem.where for problem in report.problems}


def test_a_signed_record_that_says_something_else_is_no_evidence(
    patient: Patient, tmp_path: Path
) -> None:
    (row,) = patient.sql(
        "select e.id, r.record from archive_entry e join chain_record r using (document_id)"
        " where e.role = 'fiscal-record' and r.sequence = 2"
    )
    said = base64.urlsafe_b64encode(bytes(row.record).replace(b"EUR", b"USD")).decode()
    forged = json.dumps({"payload": said.rstrip("=")}).encode()
    name = sha256(forged).hexdigest()
    copied = tmp_path / "entities"
    shutil.copytree(patient.archive / "entities", copied)
    (owner,) = copied.iterdir()
    (owner / name[:2]).mkdir(exist_ok=True)
    (owner / name[:2] / name).write_bytes(forged)
    patient.sql("update archive_entry set sha256 = %s where id = %s", bytes.fromhex(name), row.id)
    patient.archive = tmp_path
    (first, _) = patient.examined()
    assert [(one.sequence, one.what) for one in first.breaks] == [
        (2, "the archive has no signed record with these bytes")
    ]
