"""A store that locks is told how long evidence is kept, and again when that changes."""

import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from gateway.archive.service import EvidenceItem
from gateway.archive.stores.buckets import end_of
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.archive.stores.s3 import S3Store
from gateway.archive.stores.terms import Term
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.retention import repository
from gateway.retention.telling import Telling
from tests.gateway.archive.stores import bucket as buckets
from tests.gateway.houses import Shop

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


class Desk:
    """A shop whose store is told; on a disk, where what was said can be read."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.runtime = shop, shop.house.runtime
        self.owner: UUID = parse_id(shop.entity, "ent")
        self.store = DiskStore(self.runtime.settings.data / "archive")
        self.telling = Telling(self.runtime.database, self.store)
        # Others of this database have archives of their own.
        shop.house.sql("update archive_told set next_index = (select size from log_head)")
        shop.house.sql("update retention_round set tell_after = null, tell_mark = null")

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.shop.account.id, (self.owner,), self.shop.environment)

    def said(self) -> dict[str, Term | None]:
        """Return what the store was told of documents' evidence, by the digest."""
        query = "select sha256 from archive_entry where entity_id = %s and role = 'legal-hold'"
        holds = {digest for (digest,) in self.shop.house.sql(query, self.owner)}
        mine = (place for place in self.store.walk() if place.owner == self.owner)
        paths = [self.path(place.digest) for place in mine if place.digest not in holds]
        return {path.name: Term.of(path) for path in paths}

    def path(self, digest: bytes) -> Path:
        return self.store.path(self.owner, digest)

    def look(self) -> set[Term | None]:
        self.telling.look(NOW)
        return set(self.said().values())

    def hold(self) -> str:
        answer = self.shop.call("POST", "/v1/retention/holds", {"reason": "audit"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def lengthen(self, document: str, until: str) -> None:
        self.shop.house.sql(
            "update document set retain_until = %s where id = %s", until, parse_id(document, "inv")
        )
        with self.runtime.database.transaction(self.tenant) as tx:
            repository.tell_again(tx)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def term(until: str, *, hold: bool = False) -> Term:
    return Term(datetime.date.fromisoformat(until), hold)


def test_all_evidence_of_a_new_document_is_locked_until_its_last_day(desk: Desk) -> None:
    assert desk.look() == set()
    until = desk.shop.issued()["retain_until"]
    assert set(desk.said().values()) == {None}
    assert desk.look() == {term(until)}
    assert len(desk.said()) > 2


def test_a_hold_reaches_what_is_there_and_what_comes_and_ends(desk: Desk) -> None:
    until = desk.shop.issued()["retain_until"]
    assert desk.look() == {term(until)}
    hold = desk.hold()
    assert desk.look() == {term(until, hold=True)}
    desk.shop.issued()
    assert desk.look() == {term(until, hold=True)}
    answer = desk.shop.call("POST", f"/v1/retention/holds/{hold}/end", {"reason": "over"})
    assert answer.status_code == 200, answer.text
    assert desk.look() == {term(until)}


def test_a_later_day_reaches_the_store(desk: Desk) -> None:
    document = desk.shop.issued()["id"]
    desk.look()
    desk.lengthen(document, "2040-12-31")
    assert desk.look() == {term("2040-12-31")}


def test_bytes_of_two_documents_are_kept_as_long_as_the_longer_one(desk: Desk) -> None:
    one, two = (str(desk.shop.issued()["id"]) for _ in range(2))
    desk.lengthen(two, "2041-12-31")
    content = b"the same bytes of two"
    for document in (two, one):
        item = EvidenceItem("signal", "shared.txt", "text/plain", content)
        with desk.runtime.database.transaction(desk.tenant) as tx:
            desk.runtime.archive.record(
                tx, document_id=parse_id(document, "inv"), items=[item], now=clock.now()
            )
    desk.telling.look(NOW)
    assert Term.of(desk.path(sha256(content).digest())) == term("2041-12-31")


def test_a_store_that_was_away_is_told_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    until = desk.shop.issued()["retain_until"]
    with monkeypatch.context() as away:

        def refuse(*_: object, **__: object) -> None:
            raise ArchiveUnavailableProblem(OSError(5, "away"))

        away.setattr(DiskStore, "keep", refuse)
        assert desk.look() == {None}
    assert desk.look() == {term(until)}


def test_a_hold_that_comes_while_an_entity_is_told_is_not_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.shop.issued()
    desk.look()
    desk.lengthen(document["id"], "2040-12-31")
    keep, held = DiskStore.keep, list[str]()

    def kept(
        self: DiskStore, owner: UUID, digest: bytes, until: datetime.date, *, hold: bool
    ) -> None:
        if not held:
            held.append(desk.hold())
        keep(self, owner, digest, until, hold=hold)

    monkeypatch.setattr(DiskStore, "keep", kept)
    assert desk.look() == {term("2040-12-31", hold=True)}
    assert len(held) == 1


def test_missing_evidence_does_not_hold_up_the_rest(desk: Desk) -> None:
    until = desk.shop.issued()["retain_until"]
    gone = desk.path(bytes.fromhex(min(desk.said())))
    gone.unlink()
    assert desk.look() == {term(until)}
    (left,) = desk.shop.house.sql(
        "select (select next_index from archive_told) = (select size from log_head)"
    )
    assert left == (True,)


def test_a_bucket_locks_what_it_is_told(desk: Desk) -> None:
    until = datetime.date.fromisoformat(desk.shop.issued()["retain_until"])
    with buckets.served() as url:
        name, client = buckets.made(url), buckets.client(url)
        store = S3Store(client, name, "COMPLIANCE")
        digests = [bytes.fromhex(one) for one in desk.said()]
        store.put_many(desk.owner, [desk.store.get(desk.owner, one) for one in digests])
        desk.hold()
        Telling(desk.runtime.database, store).look(NOW)
        for digest in digests:
            key = buckets.key(desk.owner, digest)
            found = client.head_object(Bucket=name, Key=key)
            assert found["ObjectLockMode"] == "COMPLIANCE"
            assert found["ObjectLockRetainUntilDate"] == end_of(until)
            assert found["ObjectLockLegalHoldStatus"] == "ON"
