"""A bucket keeps what the protocol promises, also what its server would not have kept."""

import datetime
import functools
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from gateway.archive.stores.buckets import Mode
from gateway.archive.stores.problems import (
    ArchiveUnavailableProblem,
    EvidenceDamagedProblem,
    EvidenceLockedProblem,
)
from gateway.archive.stores.protocol import Place
from gateway.archive.stores.s3 import S3Store
from tests.gateway.archive.stores import bucket as buckets

OWNER = UUID("019f0000-0000-7000-8000-000000000001")
OTHER = UUID("019f0000-0000-7000-8000-000000000002")
CONTENT = b"<Invoice>Ana Novak</Invoice>"
DIGEST = sha256(CONTENT).digest()
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
FAR = datetime.date(2090, 6, 30)
FAR_END = datetime.datetime(2090, 7, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with buckets.served() as address:
        yield address


class Bucket:
    """A bucket with the store over it, and what is seen from outside."""

    def __init__(self, url: str) -> None:
        self.name, self.client = buckets.made(url), buckets.client(url)
        self.store = self.of("COMPLIANCE")

    def of(self, mode: Mode) -> S3Store:
        return S3Store(self.client, self.name, mode, clock=lambda: NOW)

    def named(self, digest: bytes = DIGEST) -> dict[str, str]:
        return {"Bucket": self.name, "Key": buckets.key(OWNER, digest)}

    def versions(self, digest: bytes = DIGEST) -> list[str]:
        found = self.client.list_object_versions(
            Bucket=self.name, Prefix=self.named(digest)["Key"]
        )
        return [one["VersionId"] for one in found.get("Versions", ())]

    def retention(self) -> tuple[str, datetime.datetime]:
        found = self.client.head_object(**self.named())
        return found["ObjectLockMode"], found["ObjectLockRetainUntilDate"]

    def overwrite(self, content: bytes) -> None:
        self.client.put_object(**self.named(), Body=content)


@pytest.fixture
def bucket(url: str) -> Bucket:
    return Bucket(url)


def test_bytes_are_kept_under_owner_and_digest(bucket: Bucket) -> None:
    assert bucket.store.put(OWNER, CONTENT) == DIGEST
    assert bucket.client.get_object(**bucket.named())["Body"].read() == CONTENT
    assert bucket.store.get(OWNER, DIGEST) == CONTENT
    with pytest.raises(EvidenceDamagedProblem) as missing:
        bucket.store.get(OTHER, DIGEST)
    assert missing.value.missing


def test_the_same_bytes_are_stored_once(bucket: Bucket) -> None:
    for _ in range(3):
        assert bucket.store.put(OWNER, CONTENT) == DIGEST
    assert len(bucket.versions()) == 1


def test_many_go_at_once_and_come_back_in_order(bucket: Bucket) -> None:
    contents = [b"evidence %d" % (number % 20) for number in range(23)]
    digests = bucket.store.put_many(OWNER, contents)
    assert [bucket.store.get(OWNER, digest) for digest in digests] == contents
    assert len(list(bucket.store.walk())) == 20


def test_what_is_laid_over_evidence_does_not_hide_it(bucket: Bucket) -> None:
    bucket.store.put(OWNER, CONTENT)
    bucket.overwrite(b"other bytes")
    assert bucket.store.get(OWNER, DIGEST) == CONTENT
    assert bucket.store.put(OWNER, CONTENT) == DIGEST
    bucket.client.delete_object(**bucket.named())
    assert bucket.store.get(OWNER, DIGEST) == CONTENT
    assert list(bucket.store.walk()) == [Place(OWNER, DIGEST)]


def test_other_bytes_under_a_digest_are_damage_and_not_replaced(bucket: Bucket) -> None:
    bucket.overwrite(b"other bytes")
    with pytest.raises(EvidenceDamagedProblem) as read:
        bucket.store.get(OWNER, DIGEST)
    with pytest.raises(EvidenceDamagedProblem) as written:
        bucket.store.put(OWNER, CONTENT)
    assert (read.value.missing, written.value.missing) == (False, False)
    assert len(bucket.versions()) == 1


def test_what_is_set_aside_stays_and_makes_room(bucket: Bucket) -> None:
    bucket.overwrite(b"sealed with a lost key")
    (lost,) = bucket.versions()
    bucket.store.set_aside(OWNER, DIGEST)
    assert bucket.store.put(OWNER, CONTENT) == DIGEST
    assert bucket.store.get(OWNER, DIGEST) == CONTENT
    kept = bucket.client.get_object(**bucket.named(), VersionId=lost)["Body"].read()
    assert kept == b"sealed with a lost key"


def test_what_the_other_side_did_not_store_as_sent_is_damage(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = bucket.client.put_object
    for lost in ("ChecksumSHA256", "VersionId"):

        def forgetful(lost: str = lost, **sent: Any) -> dict[str, Any]:  # noqa: ANN401
            return {name: value for name, value in put(**sent).items() if name != lost}

        monkeypatch.setattr(bucket.client, "put_object", forgetful)
        with pytest.raises(EvidenceDamagedProblem):
            bucket.store.put(OWNER, lost.encode())


def test_a_bucket_without_object_lock_takes_nothing(url: str) -> None:
    name, client = buckets.made(url, lock=False), buckets.client(url)
    store = S3Store(client, name, "COMPLIANCE")
    for versioned in (False, True):
        if versioned:
            client.put_bucket_versioning(
                Bucket=name, VersioningConfiguration={"Status": "Enabled"}
            )
        calls: tuple[Callable[[], object], ...]
        calls = (store.probe, functools.partial(store.put, OWNER, CONTENT))
        for call in calls:
            with pytest.raises(ArchiveUnavailableProblem) as unfit:
                call()
            assert "ENOTSUP" in unfit.value.detail
            assert ("Object Lock" in unfit.value.detail) is versioned
    assert "Contents" not in client.list_objects_v2(Bucket=name)


def test_a_bucket_that_is_not_there_or_does_not_answer_is_unavailable(url: str) -> None:
    nobody = buckets.client("http://127.0.0.1:1")
    for client, name in ((buckets.client(url), "none-of-ours"), (nobody, "evidence")):
        with pytest.raises(ArchiveUnavailableProblem):
            S3Store(client, name, "COMPLIANCE").put(OWNER, CONTENT)
    with pytest.raises(ArchiveUnavailableProblem) as silent:
        S3Store(nobody, "evidence", "COMPLIANCE").get(OWNER, DIGEST)
    assert "EHOSTUNREACH" in silent.value.detail


def test_a_probe_leaves_one_empty_object(bucket: Bucket) -> None:
    for _ in range(3):
        bucket.store.probe()
    (left,) = bucket.client.list_object_versions(Bucket=bucket.name)["Versions"]
    assert (left["Key"], left["Size"]) == ("probe", 0)
    assert list(bucket.store.walk()) == []


def test_a_lock_only_grows(bucket: Bucket) -> None:
    bucket.store.put(OWNER, CONTENT)
    bucket.store.keep(OWNER, DIGEST, FAR, hold=False)
    assert bucket.retention() == ("COMPLIANCE", FAR_END)
    bucket.store.keep(OWNER, DIGEST, FAR - DAY, hold=False)
    assert bucket.retention() == ("COMPLIANCE", FAR_END)
    bucket.store.keep(OWNER, DIGEST, FAR + DAY, hold=False)
    assert bucket.retention() == ("COMPLIANCE", FAR_END + DAY)


def test_the_server_of_these_tests_lets_a_lock_be_shortened(bucket: Bucket) -> None:
    """Otherwise the test above says nothing about us."""
    bucket.store.put(OWNER, CONTENT)
    bucket.store.keep(OWNER, DIGEST, FAR, hold=False)
    shorter = {"Mode": "COMPLIANCE", "RetainUntilDate": FAR_END - DAY}
    bucket.client.put_object_retention(**bucket.named(), Retention=shorter)
    assert bucket.retention() == ("COMPLIANCE", FAR_END - DAY)


@pytest.mark.parametrize(
    ("modes", "until"),
    [
        (("COMPLIANCE", "GOVERNANCE"), "COMPLIANCE"),
        (("GOVERNANCE", "COMPLIANCE"), "COMPLIANCE"),
        (("GOVERNANCE", "GOVERNANCE"), "GOVERNANCE"),
    ],
)
def test_a_lock_never_gets_weaker(bucket: Bucket, modes: tuple[Mode, Mode], until: str) -> None:
    bucket.store.put(OWNER, CONTENT)
    for mode in modes:
        bucket.of(mode).keep(OWNER, DIGEST, FAR, hold=False)
    assert bucket.retention() == (until, FAR_END)


def test_every_version_is_kept(bucket: Bucket) -> None:
    bucket.store.put(OWNER, CONTENT)
    bucket.overwrite(b"other bytes")
    bucket.store.keep(OWNER, DIGEST, FAR, hold=True)
    for version in bucket.versions():
        named = {**bucket.named(), "VersionId": version}
        found = bucket.client.head_object(**named)
        assert found["ObjectLockRetainUntilDate"] == FAR_END
        assert bucket.client.get_object_legal_hold(**named)["LegalHold"]["Status"] == "ON"
    with pytest.raises(EvidenceDamagedProblem):
        bucket.store.keep(OTHER, DIGEST, FAR, hold=False)


def test_the_last_day_is_kept_and_the_next_one_destroys(bucket: Bucket) -> None:
    bucket.store.put(OWNER, CONTENT)
    bucket.overwrite(b"other bytes")
    until = NOW.date() - 10 * DAY
    bucket.store.keep(OWNER, DIGEST, until, hold=False)  # over: no lock can be set
    last = NOW - 10 * DAY
    with pytest.raises(EvidenceLockedProblem) as locked:
        bucket.store.destroy(OWNER, DIGEST, now=last)
    assert locked.value.extensions == {"until": until.isoformat()}
    bucket.store.keep(OWNER, DIGEST, until - DAY, hold=True)
    with pytest.raises(EvidenceLockedProblem):
        bucket.store.destroy(OWNER, DIGEST, now=last + DAY)
    bucket.store.keep(OWNER, DIGEST, until - DAY, hold=False)
    with pytest.raises(EvidenceLockedProblem):
        bucket.store.destroy(OWNER, DIGEST, now=last)
    bucket.client.delete_object(**bucket.named())  # a mark of deletion
    bucket.store.destroy(OWNER, DIGEST, now=last + DAY)
    left = bucket.client.list_object_versions(Bucket=bucket.name)
    assert not left.get("Versions")
    assert not left.get("DeleteMarkers")
    bucket.store.destroy(OWNER, DIGEST, now=last + DAY)


@pytest.mark.parametrize("mode", ["COMPLIANCE", "GOVERNANCE"])
def test_a_locked_version_is_destroyed_neither_here_nor_there(bucket: Bucket, mode: Mode) -> None:
    store = bucket.of(mode)
    store.put(OWNER, CONTENT)
    store.keep(OWNER, DIGEST, FAR, hold=False)
    with pytest.raises(EvidenceLockedProblem) as locked:
        store.destroy(OWNER, DIGEST, now=FAR_END - DAY)
    assert locked.value.extensions == {"until": FAR.isoformat()}
    with pytest.raises(EvidenceLockedProblem):  # our clock is wrong: the bucket says no
        store.destroy(OWNER, DIGEST, now=FAR_END)
    assert store.get(OWNER, DIGEST) == CONTENT


def test_what_nobody_said_how_long_to_keep_is_kept(bucket: Bucket) -> None:
    bucket.store.put(OWNER, CONTENT)
    with pytest.raises(EvidenceLockedProblem):
        bucket.store.destroy(OWNER, DIGEST, now=NOW + 100_000 * DAY)
    assert bucket.store.get(OWNER, DIGEST) == CONTENT


def test_a_store_is_walked_in_order_and_from_any_place_on(bucket: Bucket) -> None:
    for owner in (OTHER, OWNER):
        bucket.store.put_many(owner, [b"%d" % number for number in range(5)])
    bucket.client.put_object(Bucket=bucket.name, Key="entities/strange/file", Body=b"")
    bucket.overwrite(CONTENT)
    bucket.overwrite(CONTENT)
    places = list(bucket.store.walk())
    assert len(places) == 11
    assert places == sorted(places)
    for number, place in enumerate(places):
        assert list(bucket.store.walk(place)) == places[number + 1 :]
