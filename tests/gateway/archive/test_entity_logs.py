"""Each entity has a log of its own leaves: in the order of the one log, and without a hole."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from gateway.archive import entity_logs, merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.service import Archive, EvidenceItem
from gateway.archive.tlog_proof import TlogProof
from gateway.fsck import entity_logs as checker
from gateway.fsck.report import empty_report
from gateway.fsck.service import snapshot
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.scope import Period
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.problems import NotFoundProblem
from gateway.settings import Settings
from tests.architecture.sources import ROOT
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW


@pytest.fixture
def archive(database: Database, tmp_path: Path) -> Archive:
    return Archive.open(Settings(data=tmp_path), database, MasterKey(bytes(32)), now=NOW)


@pytest.fixture
def owners(admin_url: str) -> tuple[Tenant, Tenant]:
    return seed.tenant(admin_url), seed.tenant(admin_url)


@pytest.fixture
def documents(admin_url: str, owners: tuple[Tenant, Tenant]) -> dict[UUID, UUID]:
    return {
        owner.account_id: seed.document(admin_url, owner, b"x", day=NOW.date()) for owner in owners
    }


def slow_root(leaves: list[bytes]) -> bytes:
    """The recursion of RFC 9162 2.1.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


def record(
    database: Database, archive: Archive, owner: Tenant, document: UUID, *contents: bytes
) -> None:
    items = [EvidenceItem("input", "input.json", "application/json", one) for one in contents]
    with database.transaction(owner) as tx:
        archive.record(tx, document_id=document, items=items, now=NOW)


def fill(
    database: Database,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
) -> None:
    """One and the other in turn, so that neither log is a piece of the one of all."""
    for place in range(7):
        for owner, count in zip(owners, (1 + place % 3, 2), strict=True):
            contents = [b"%d %d" % (place, part) for part in range(count)]
            record(database, archive, owner, documents[owner.account_id], *contents)


def test_it_has_the_entitys_leaves_in_order_and_no_others(
    database: Database,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
) -> None:
    fill(database, archive, owners, documents)
    indexes = []
    for owner in owners:
        with database.transaction(owner) as tx:
            found = entity_logs.leaves(tx, 0, 1000)
            note = entity_logs.checkpoint(tx, archive.key)
            key = entity_logs.verifier(archive.key, tx)
            head = Checkpoint.verified(note, key)
            entity = public_id("ent", owner.entity_ids[0])
            assert head.origin == f"{archive.verifier.name}/{entity}"
            assert head.size == len(found) == entity_logs.size(tx)
            whole = [one.leaf for one in found if one.leaf is not None]
            assert head.root == slow_root(whole)
            assert [one.entity_index for one in found] == list(range(head.size))
            assert [one.hash for one in found] == [merkle.leaf_hash(one) for one in whole]
            said = [json.loads(one) for one in whole]
            assert [one["entity_index"] for one in said] == list(range(head.size))
            assert {one["entity"] for one in said} == {str(owner.entity_ids[0])}
            places = [one.log_index for one in found if one.log_index is not None]
            assert places == sorted(places)
            indexes += places
    assert sorted(indexes) == list(range(len(indexes))), "together they are the one log"


def test_every_leaf_and_every_size_is_proven(
    database: Database,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
) -> None:
    fill(database, archive, owners, documents)
    with database.transaction(owners[0]) as tx:
        size = entity_logs.size(tx)
        note = entity_logs.checkpoint(tx, archive.key)
        key = entity_logs.verifier(archive.key, tx)
        for one in entity_logs.leaves(tx, 0, size):
            assert one.leaf is not None
            path = entity_logs.inclusion(tx, one.entity_index, size)
            proof = TlogProof(one.entity_index, path, note, one.leaf)
            assert TlogProof.parse(proof.text()).verify(key).size == size
        new = Checkpoint.read(note)
        for old in range(1, size + 1):
            older = Checkpoint.read(entity_logs.checkpoint(tx, archive.key, old))
            path = entity_logs.consistency(tx, old, size)
            merkle.verify_consistency(old, size, older.root, new.root, path)
        with pytest.raises(NotFoundProblem):
            entity_logs.checkpoint(tx, archive.key, size + 1)


def test_an_entity_without_evidence_has_no_head(
    database: Database, archive: Archive, owners: tuple[Tenant, Tenant]
) -> None:
    with database.transaction(owners[0]) as tx:
        assert entity_logs.size(tx) == 0
        with pytest.raises(NotFoundProblem):
            entity_logs.checkpoint(tx, archive.key)


def test_who_is_limited_to_a_period_sees_of_other_leaves_their_hash_alone(
    database: Database,
    admin_url: str,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
) -> None:
    owner, days = owners[0], (NOW.date(), NOW.date() + datetime.timedelta(days=30))
    other = seed.document(admin_url, owner, b"y", day=days[1])
    for place in range(9):
        subject = other if place % 3 == 1 else documents[owner.account_id]
        record(database, archive, owner, subject, b"%d" % place)
    limited = replace(owner, period=Period(days[1], None))
    with database.transaction(owner) as tx:
        whole = entity_logs.leaves(tx, 0, 100)
        note = entity_logs.checkpoint(tx, archive.key)
    with database.transaction(limited) as tx:
        found = entity_logs.leaves(tx, 0, 100)
        assert entity_logs.leaves(tx, 3, 4) == found[3:7]
        assert entity_logs.checkpoint(tx, archive.key) == note
    assert [one.hash for one in found] == [one.hash for one in whole]
    seen = {one.entity_index: one for one in found if one.leaf is not None}
    assert {place: one.leaf for place, one in seen.items()} == {
        place: whole[place].leaf for place in (1, 4, 7)
    }
    assert [one.log_index for one in found] == [
        one.log_index if one.entity_index in seen else None for one in whole
    ]


DAMAGE = {
    "head": "update entity_log set size = size + 1",
    "edge": "update entity_log set edge = sha256('x') || edge",
    "node": "update entity_log_node set hash = sha256('x') where level = 1",
    "node gone": "delete from entity_log_node where level = 0 and index = 3",
    "head gone": "delete from entity_log",
    "place": "update archive_entry set entity_index = entity_index + 1000 where entity_index = 4",
    "leaf gone": "delete from archive_entry where entity_index = 2",
    "leaf of another": "update archive_entry set entity_id = (select entity_id from archive_entry"
    " order by entity_id desc limit 1), account_id = (select account_id from archive_entry"
    " order by entity_id desc limit 1), document_id = (select document_id from archive_entry"
    " order by entity_id desc limit 1), entity_index = 1000"
    " where log_index = (select log_index from archive_entry order by entity_id limit 1)",
}


@pytest.mark.parametrize("damage", [None, *DAMAGE])
def test_the_checker_finds_what_was_done_to_it(  # noqa: PLR0913, PLR0917 - fixtures
    database: Database,
    admin_url: str,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
    damage: str | None,
) -> None:
    fill(database, archive, owners, documents)
    if damage is not None:
        with psycopg.connect(admin_url) as connection:
            connection.execute("set local session_replication_role = replica")  # no trigger
            connection.execute(DAMAGE[damage].encode())
    report = empty_report().invariants["INV6"]
    with snapshot(admin_url) as connection:
        checker.check(connection, report)
    assert bool(report.problems) == (damage is not None)
    assert report.examined["logs of entities"] >= 2


_OWN = "select entity_id, size, edge from entity_log order by 1"
_NODES = "select entity_id, level, index, hash from entity_log_node order by 1, 2, 3"
_PLACES = "select id, entity_index from archive_entry order by 1"


def test_what_was_archived_before_gets_the_same_logs(
    database: Database,
    admin_url: str,
    archive: Archive,
    owners: tuple[Tenant, Tenant],
    documents: dict[UUID, UUID],
) -> None:
    fill(database, archive, owners, documents)
    (script,) = (ROOT / "gateway" / "migrations" / "versions").glob("*_entity_logs.sql")
    with psycopg.connect(admin_url) as connection:
        before = [connection.execute(query).fetchall() for query in (_OWN, _NODES, _PLACES)]
        connection.execute("set local session_replication_role = replica")  # of later migrations
        connection.execute("drop table entity_log, entity_log_node")
        connection.execute("alter table archive_entry drop column entity_index")
        connection.execute(script.read_bytes())
        after = [connection.execute(query).fetchall() for query in (_OWN, _NODES, _PLACES)]
        connection.rollback()
    assert after == before
    assert len(before[0]) == 2
