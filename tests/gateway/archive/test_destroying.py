"""Equal bytes of an entity are one file: it goes when nobody needs it, and not under a writer."""

import datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from gateway.archive import destroying
from gateway.archive.service import Archive, EvidenceItem
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW

LAST = datetime.date(2025, 12, 31)
SHARED, OWN = b"the same report", b"of one alone"


class Place:
    """An archive with two old documents of an entity that share a file."""

    def __init__(self, database: Database, admin_url: str, root: Path) -> None:
        settings = Settings(data=root)
        self.database, self.admin_url = database, admin_url
        self.archive = Archive.open(settings, database, MasterKey(bytes(32)), now=NOW)
        self.store = DiskStore(root / "archive")
        self.owner: Tenant = seed.tenant(admin_url)
        self.first, self.second = self.old(b"1"), self.old(b"2")
        self.record(self.first, SHARED, OWN)
        self.record(self.second, SHARED)

    def old(self, content: bytes) -> UUID:
        document = seed.document(self.admin_url, self.owner, content, day=LAST)
        with psycopg.connect(self.admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            admin.execute("update document set retain_until = %s where id = %s", [LAST, document])
        return document

    def record(self, document: UUID, *contents: bytes) -> None:
        items = [EvidenceItem("signal", "a.txt", "text/plain", one) for one in contents]
        with self.database.transaction(self.owner) as tx:
            self.archive.record(tx, document_id=document, items=items, now=NOW)

    def mark(self, document: UUID) -> None:
        with psycopg.connect(self.admin_url) as admin:
            admin.execute(
                "call destroy_document(%s, %s, now())", [self.owner.entity_ids[0], document]
            )

    def destroy(self, document: UUID) -> int:
        with self.database.transaction(self.owner) as tx:
            return self.archive.destroy(tx, document, LAST, NOW)

    def there(self) -> list[bytes]:
        return [self.store.get(*place) for place in self.store.walk()]


@pytest.fixture
def place(database: Database, admin_url: str, tmp_path: Path) -> Place:
    return Place(database, admin_url, tmp_path)


def test_what_another_document_needs_stays_until_that_is_destroyed_too(place: Place) -> None:
    place.mark(place.first)
    assert place.destroy(place.first) == 1
    assert place.there() == [SHARED]
    place.mark(place.second)
    assert place.destroy(place.second) == 1
    assert place.there() == []
    assert place.destroy(place.first) == 0  # again: nothing is left to do, and nothing fails


def test_evidence_that_is_not_marked_is_not_destroyed(place: Place) -> None:
    assert place.destroy(place.first) == 0
    assert sorted(place.there()) == sorted([SHARED, OWN])


def test_bytes_that_came_back_are_kept(place: Place) -> None:
    place.mark(place.first)
    third = place.old(b"3")
    place.record(third, OWN)
    assert place.destroy(place.first) == 0
    assert sorted(place.there()) == sorted([SHARED, OWN])


def test_who_found_bytes_that_go_before_the_record_is_told_to_come_again(place: Place) -> None:
    third = place.old(b"3")
    item = EvidenceItem("signal", "a.txt", "text/plain", OWN)
    stored = place.archive.store(place.owner.entity_ids[0], [item])  # found there
    place.mark(place.first)
    place.destroy(place.first)
    with (
        pytest.raises(ArchiveUnavailableProblem),
        place.database.transaction(place.owner) as tx,
    ):
        place.archive.record(tx, document_id=third, items=stored, now=NOW)
    place.record(third, OWN)
    assert OWN in place.there()


def test_the_bytes_of_an_entry_that_was_destroyed_are_gone_by_name(place: Place) -> None:
    place.mark(place.first)
    with place.database.transaction(place.owner) as tx:
        entry = place.archive.entries(tx, place.first)[0]
        with pytest.raises(destroying.EvidenceDestroyedProblem) as raised:
            place.archive.read(tx, entry.id)
    assert raised.value.status == 410
    assert raised.value.extensions["entry"] == public_id("arc", entry.id)


def test_postgresql_lets_no_evidence_go_before_its_document(place: Place) -> None:
    with (
        psycopg.connect(place.admin_url) as admin,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        admin.execute("update archive_entry set destroyed_at = now()")
