import datetime
import json
import os
import shutil
import threading
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from gateway.archive import merkle
from gateway.archive.bundle import BundleDocument
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.service import (
    Archive,
    EvidenceItem,
    LogContradictedProblem,
    LogKeyError,
    LogRewoundError,
    PublicationError,
)
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.archive.verify import verify
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.secrets import MasterKey, UnsealError
from gateway.kit.tenancy import Tenant
from gateway.problems import NotFoundProblem
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW

CONTENT = b"<Invoice/>"
DAY = NOW.date()
MASTER = MasterKey(bytes(32))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def archive(settings: Settings, database: Database) -> Archive:
    return Archive.open(settings, database, MASTER, now=NOW)


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    return seed.tenant(admin_url)


@pytest.fixture
def document(admin_url: str, owner: Tenant) -> UUID:
    return seed.document(admin_url, owner, CONTENT, day=DAY)


@pytest.fixture
def issued(owner: Tenant, document: UUID) -> tuple[Tenant, UUID]:
    return owner, document


def items() -> list[EvidenceItem]:
    return [
        EvidenceItem("input", "input.json", "application/json", b"{}"),
        EvidenceItem("document", "invoice.xml", "application/xml", CONTENT),
    ]


def described(document: UUID) -> BundleDocument:
    return BundleDocument(
        id=document,
        public_id=public_id("inv", document),
        kind="invoice",
        number="R-1",
        profile="peppol-bis-3",
        issue_date=DAY,
        issued_at=NOW,
        retain_until=datetime.date(2036, 12, 31),
        content_sha256=sha256(CONTENT).digest(),
    )


def published(settings: Settings) -> Checkpoint:
    return Checkpoint.read((settings.data / "log" / "checkpoint").read_text())


def test_evidence_becomes_leaves_of_the_log(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    given = items()
    with database.transaction(owner) as transaction:
        entries = archive.record(transaction, document_id=document, items=given, now=NOW)
    assert [entry.log_index for entry in entries] == [0, 1]
    assert [entry.id for entry in entries] == [item.id for item in given]
    leaf = json.loads(entries[1].leaf)
    assert leaf["sha256"] == sha256(CONTENT).hexdigest()
    assert leaf["document"] == str(document)
    assert leaf["at"] == "2026-11-21T12:30:00.000000Z"
    with database.transaction(owner) as transaction:
        assert archive.entries(transaction, document) == entries
        assert archive.read(transaction, given[1].id) == CONTENT
        head = Checkpoint.verified(archive.checkpoint(transaction), archive.verifier)
        for entry in entries:
            proof = archive.inclusion(transaction, entry.log_index, head.size)
            merkle.verify_inclusion(
                merkle.leaf_hash(entry.leaf), entry.log_index, head.size, proof, head.root
            )
    assert published(settings) == head


def test_what_is_rolled_back_is_not_in_the_log(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    class Boom(Exception):  # noqa: N818
        pass

    with pytest.raises(Boom), database.transaction(owner) as transaction:  # noqa: PT012
        archive.record(transaction, document_id=document, items=items(), now=NOW)
        raise Boom
    with database.transaction(owner) as transaction:
        assert archive.entries(transaction, document) == ()
        with pytest.raises(NotFoundProblem):
            archive.checkpoint(transaction)
    assert not (settings.data / "log" / "checkpoint").exists()
    with database.transaction(owner) as transaction:
        entries = archive.record(transaction, document_id=document, items=items(), now=NOW)
    assert [entry.log_index for entry in entries] == [0, 1]


def test_bytes_can_be_stored_before_the_transaction(
    archive: Archive, database: Database, owner: Tenant, document: UUID
) -> None:
    stored = archive.store(owner.entity_ids[0], items())
    with database.transaction(owner) as transaction:
        entries = archive.record(transaction, document_id=document, items=stored, now=NOW)
        assert archive.record(transaction, document_id=document, items=(), now=NOW) == ()
    assert [(e.id, e.sha256) for e in entries] == [(s.id, s.sha256) for s in stored]


def test_a_worker_records_too(
    archive: Archive, database: Database, owner: Tenant, document: UUID
) -> None:
    receipt = EvidenceItem("receipt", "receipt.txt", "text/plain; charset=utf-8", b"ok")
    with database.worker_transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=[receipt], now=NOW)
    with database.transaction(owner) as transaction:
        assert archive.read(transaction, receipt.id) == b"ok"


def test_another_tenant_sees_nothing(
    archive: Archive, database: Database, owner: Tenant, document: UUID, admin_url: str
) -> None:
    given = items()
    with database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=given, now=NOW)
    stranger = seed.tenant(admin_url)
    with database.transaction(stranger) as transaction:
        assert archive.entries(transaction, document) == ()
        with pytest.raises(NotFoundProblem):
            archive.read(transaction, given[0].id)
        with pytest.raises(NotFoundProblem):
            archive.bundle(transaction, described(document), [], now=NOW)
    with pytest.raises(DBAPIError), database.transaction(stranger) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)


def test_many_writers_make_one_log_without_gap_or_fork(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                item = EvidenceItem("signal", "s.txt", "text/plain", b"%d %d" % (number, turn))
                with database.transaction(owner) as transaction:
                    archive.record(transaction, document_id=document, items=[item], now=NOW)
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.transaction(owner) as transaction:
        entries = archive.entries(transaction, document)
        head = Checkpoint.verified(archive.checkpoint(transaction), archive.verifier)
        proof = archive.consistency(transaction, 17, 40)
    assert [entry.log_index for entry in entries] == list(range(40))
    grown = merkle.append(0, {}, [merkle.leaf_hash(entry.leaf) for entry in entries])
    assert (head.size, head.root) == (40, grown.root)
    merkle.verify_consistency(17, 40, merkle.root(17, grown.nodes), grown.root, proof)
    assert published(settings) == head


def test_an_exported_bundle_verifies_offline(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    with database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)
    kept = (settings.data / "log" / "checkpoint").read_text()
    receipt = EvidenceItem("receipt", "receipt.txt", "text/plain", b"ok")
    with database.worker_transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=[receipt], now=NOW)
    with database.transaction(owner) as transaction:
        one, two = (
            archive.bundle(
                transaction,
                described(document),
                [{"type": "invoice.finalized", "at": NOW.isoformat()}],
                now=NOW,
                since=[2, 3, 999],
            )
            for _ in range(2)
        )
    assert one == two
    result = verify(one, trusted_key=str(archive.verifier), older_checkpoint=kept)
    assert result.problems == ()
    assert (result.ok, result.authentic, result.consistent) == (True, True, True)
    assert [e.role for e in result.evidence] == ["input", "document", "receipt"]


def test_damaged_evidence_is_not_exported(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    with database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)
    name = sha256(CONTENT).hexdigest()
    path = settings.data / "archive/entities" / str(owner.entity_ids[0]) / name[:2] / name
    path.unlink()
    with database.transaction(owner) as transaction, pytest.raises(EvidenceDamagedProblem):
        archive.bundle(transaction, described(document), [], now=NOW)


def test_the_key_is_made_once_by_whoever_comes_first(
    settings: Settings, database: Database
) -> None:
    keys: list[str] = []
    start = threading.Barrier(6)

    def begin() -> None:
        start.wait()
        keys.append(str(Archive.open(settings, database, MASTER, now=NOW).verifier))

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 6
    assert len(set(keys)) == 1
    assert keys[0].startswith("einvoice-gateway/")
    assert (settings.data / "log" / "key").read_text() == f"{keys[0]}\n"


def test_the_key_opens_with_its_master_key_only(
    archive: Archive, settings: Settings, database: Database, admin_url: str
) -> None:
    with pytest.raises(UnsealError):
        Archive.open(settings, database, MasterKey(bytes([1]) * 32), now=NOW)
    private = archive._key.private.private_bytes_raw()
    with psycopg.connect(admin_url) as connection:
        (sealed,) = connection.execute("select ciphertext from secret").fetchone() or (b"",)
    assert private not in sealed


def test_a_log_keeps_its_name(tmp_path: Path, database: Database) -> None:
    named = Settings(data=tmp_path, log_origin="invoices.example/log")
    assert Archive.open(named, database, MASTER, now=NOW).verifier.name == "invoices.example/log"
    Archive.open(Settings(data=tmp_path), database, MASTER, now=NOW)
    with pytest.raises(LogKeyError):
        Archive.open(
            Settings(data=tmp_path, log_origin="other.example/log"), database, MASTER, now=NOW
        )


def test_an_older_backup_is_noticed_at_the_next_start(
    archive: Archive,
    database: Database,
    issued: tuple[Tenant, UUID],
    settings: Settings,
    admin_url: str,
) -> None:
    owner, document = issued
    for _ in range(2):
        with database.transaction(owner) as transaction:
            archive.record(transaction, document_id=document, items=items(), now=NOW)
    Archive.open(settings, database, MASTER, now=NOW)
    with psycopg.connect(admin_url) as connection:  # as if restored from before the second
        connection.execute("delete from archive_entry where log_index >= 2")
        connection.execute("delete from log_node where index * (1 << level) >= 2")
        connection.execute("delete from log_node where level > 1")
        connection.execute("delete from log_checkpoint where size > 2")
        connection.execute("update log_head set size = 2")
    with pytest.raises(LogRewoundError):
        Archive.open(settings, database, MASTER, now=NOW)
    with pytest.raises(LogContradictedProblem), database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)  # still running
    assert entry_count(admin_url) == 2


def entry_count(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        found = connection.execute("select count(*) from archive_entry").fetchone()
    assert found is not None
    return int(found[0])


def test_a_rewritten_log_is_noticed_at_the_next_start(
    archive: Archive,
    database: Database,
    issued: tuple[Tenant, UUID],
    settings: Settings,
    admin_url: str,
) -> None:
    owner, document = issued
    with database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)
    with psycopg.connect(admin_url) as connection:
        connection.execute("update log_node set hash = sha256('other') where level = 1")
    with pytest.raises(LogRewoundError):
        Archive.open(settings, database, MASTER, now=NOW)


def test_the_published_checkpoint_never_goes_back(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    notes = []
    for _ in range(2):
        with database.transaction(owner) as transaction:
            archive.record(transaction, document_id=document, items=items(), now=NOW)
            notes.append(archive.checkpoint(transaction))
    archive._publication.publish(notes[0])
    assert published(settings).size == 4
    path = settings.data / "log" / "checkpoint"
    path.unlink()
    Archive.open(settings, database, MASTER, now=NOW)
    assert path.read_text() == notes[1], "what is missing is published at the next start"
    key = archive._key
    other = Checkpoint(key.origin, 4, sha256(b"").digest()).sign(key.private)
    with pytest.raises(PublicationError):
        archive._publication.publish(other)
    path.write_text("nonsense")
    with pytest.raises(PublicationError):
        archive._publication.publish(notes[1])
    assert path.read_text() == "nonsense", "it may be evidence"


def test_a_failed_publication_does_not_undo_what_was_committed(
    archive: Archive, database: Database, owner: Tenant, document: UUID, settings: Settings
) -> None:
    shutil.rmtree(settings.data / "log")
    with database.transaction(owner) as transaction:
        archive.record(transaction, document_id=document, items=items(), now=NOW)
    with database.transaction(owner) as transaction:
        assert len(archive.entries(transaction, document)) == 2
    os.mkdir(settings.data / "log")  # noqa: PTH102
    Archive.open(settings, database, MASTER, now=NOW)
    assert published(settings).size == 2


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "naïve.xml", "x" * 101, "a\n"])
def test_a_file_name_is_plain(name: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        EvidenceItem("input", name, "text/plain", b"")


@pytest.mark.parametrize("media_type", ["", "text", "text/plain\r\nX: y", 'text/plain; a="b"'])
def test_a_media_type_is_plain(media_type: str) -> None:
    with pytest.raises(ValueError, match="media type"):
        EvidenceItem("input", "a", media_type, b"")


def test_ids_of_items_differ() -> None:
    assert len({item.id for item in items()} | {new_id()}) == 3
