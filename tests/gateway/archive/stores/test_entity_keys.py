"""Evidence is unreadable without its entity's key, and that key without the master key."""

import base64
import datetime
import random
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.entity_keys import FORM, SEALED, EntityCipher, EntityKeys
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey, UnsealError
from gateway.signing.encryption import MasterKeyEncryption
from gateway.signing.rewrapping import check, rewrap
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW

KEYS = tuple(bytes([number]) * 32 for number in (1, 2, 3))
CONTENT = b"<Invoice>Ana Novak</Invoice>"
DIGEST = sha256(CONTENT).digest()


def ring(*numbers: int) -> MasterKeyEncryption:
    return MasterKeyEncryption(MasterKey(*(KEYS[number] for number in numbers)))


def keys_of(database: Database, *numbers: int) -> EntityKeys:
    return EntityKeys(database, ring(*numbers), clock=lambda: NOW)


def store_of(root: Path, keys: EntityKeys, *, seals: bool = True) -> DiskStore:
    return DiskStore(root, EntityCipher(keys, seals=seals))


@pytest.fixture
def owner(admin_url: str) -> UUID:
    return seed.tenant(admin_url).entity_ids[0]


@pytest.fixture
def other(admin_url: str) -> UUID:
    return seed.tenant(admin_url).entity_ids[0]


def wrapped(admin_url: str) -> dict[UUID, tuple[bytes, str]]:
    with psycopg.connect(admin_url) as connection:
        rows = connection.execute("select entity_id, data_key, version from archive_key")
        return {entity: (bytes(key), version) for entity, key, version in rows if key is not None}


def test_what_lies_on_the_disk_says_nothing(
    database: Database, tmp_path: Path, owner: UUID
) -> None:
    store = store_of(tmp_path, keys_of(database, 0))
    assert store.put(owner, CONTENT) == DIGEST
    stored = store.path(owner, DIGEST).read_bytes()
    assert stored.startswith(FORM)
    assert len(stored) == len(FORM) + 12 + len(CONTENT) + 16
    assert b"Novak" not in stored
    again = store_of(tmp_path, keys_of(database, 0))
    assert again.get(owner, DIGEST) == CONTENT
    assert again.put(owner, CONTENT) == DIGEST
    assert store.path(owner, DIGEST).read_bytes() == stored
    assert list(store.walk()) == [(owner, DIGEST)]


def test_each_entity_has_a_key_of_its_own(
    database: Database, tmp_path: Path, owner: UUID, other: UUID, admin_url: str
) -> None:
    store = store_of(tmp_path, keys_of(database, 0))
    store.put(owner, CONTENT)
    store.put(other, CONTENT)
    mine, theirs = store.path(owner, DIGEST), store.path(other, DIGEST)
    assert mine.read_bytes() != theirs.read_bytes()
    theirs.chmod(0o640)
    theirs.write_bytes(mine.read_bytes())
    with pytest.raises(EvidenceDamagedProblem):
        store.get(other, DIGEST)
    assert set(wrapped(admin_url)) == {owner, other}


def test_moved_under_another_digest_it_does_not_open(
    database: Database, tmp_path: Path, owner: UUID
) -> None:
    store = store_of(tmp_path, keys_of(database, 0))
    one, two = store.put_many(owner, (b"one", b"two"))
    place = store.path(owner, two)
    place.chmod(0o640)
    place.write_bytes(store.path(owner, one).read_bytes())
    with pytest.raises(EvidenceDamagedProblem):
        store.get(owner, two)


@pytest.mark.parametrize("at", [0, 4, 15, 16, 30, -1])
def test_any_flipped_byte_is_noticed(
    database: Database, tmp_path: Path, owner: UUID, at: int
) -> None:
    store = store_of(tmp_path, keys_of(database, 0))
    store.put(owner, CONTENT)
    path = store.path(owner, DIGEST)
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.chmod(0o640)
    path.write_bytes(stored)
    with pytest.raises(EvidenceDamagedProblem):
        store.get(owner, DIGEST)


def test_switching_it_on_and_off_leaves_everything_readable(
    database: Database, tmp_path: Path, owner: UUID
) -> None:
    keys = keys_of(database, 0)
    plain, sealing = store_of(tmp_path, keys, seals=False), store_of(tmp_path, keys)
    before = plain.put(owner, b"before")
    odd = plain.put(owner, FORM + b" begins like something encrypted")
    during = sealing.put(owner, b"during")
    for store in (plain, sealing):
        assert store.get(owner, before) == b"before"
        assert store.get(owner, odd).startswith(FORM)
        assert store.get(owner, during) == b"during"


def test_without_its_key_nobody_reads_it_again(
    database: Database, tmp_path: Path, owner: UUID, other: UUID, admin_url: str
) -> None:
    keys = keys_of(database, 0)
    store = store_of(tmp_path, keys)
    store.put(owner, CONTENT)
    store.put(other, CONTENT)
    for _ in range(2):
        keys.destroy(owner, NOW)
    for one in (store, store_of(tmp_path, keys_of(database, 0))):
        with pytest.raises(EvidenceDamagedProblem):
            one.get(owner, DIGEST)
        with pytest.raises(EvidenceDamagedProblem):
            one.put(owner, b"more")
        assert one.get(other, DIGEST) == CONTENT
    assert set(wrapped(admin_url)) == {other}
    assert check(database, ring(0), sealed=SEALED).versions == {ring(0).version: 1}
    with psycopg.connect(admin_url) as connection:
        found = connection.execute(
            "select destroyed_at, data_key, version from archive_key where entity_id = %s", [owner]
        ).fetchone()
    assert found == (NOW, None, None)


def test_another_process_forgets_a_destroyed_key_in_a_minute(
    database: Database, tmp_path: Path, owner: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = keys_of(database, 0), keys_of(database, 0)
    store = store_of(tmp_path, there)
    store.put(owner, CONTENT)
    here.destroy(owner, NOW)
    assert store.get(owner, DIGEST) == CONTENT
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(EvidenceDamagedProblem):
        store.get(owner, DIGEST)


def test_two_who_begin_at_once_have_one_key(
    database: Database, tmp_path: Path, owner: UUID
) -> None:
    one, other = keys_of(database, 0), keys_of(database, 0)
    made = one.of(owner, make=True)
    assert other.of(owner, make=True) is not made
    assert store_of(tmp_path, one).put(owner, CONTENT) == DIGEST
    assert store_of(tmp_path, other).get(owner, DIGEST) == CONTENT


def test_a_key_moved_to_another_entity_does_not_open(
    database: Database, tmp_path: Path, owner: UUID, other: UUID, admin_url: str
) -> None:
    store_of(tmp_path, keys_of(database, 0)).put(owner, CONTENT)
    with psycopg.connect(admin_url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update archive_key set entity_id = %s", [other])
    with pytest.raises(UnsealError):
        store_of(tmp_path, keys_of(database, 0)).put(other, CONTENT)


def test_the_master_key_is_rotated_under_the_keys(
    database: Database, tmp_path: Path, owner: UUID, other: UUID, admin_url: str
) -> None:
    store = store_of(tmp_path, keys_of(database, 0))
    digests = [store.put(one, CONTENT) for one in (owner, other)]
    keys_of(database, 0).destroy(other, NOW)
    outcome = rewrap(database, ring(1, 0), NOW, sealed=SEALED)
    assert (outcome.wrapped, outcome.versions) == (1, {ring(1).version: 1})
    assert store_of(tmp_path, keys_of(database, 1)).get(owner, digests[0]) == CONTENT
    assert rewrap(database, ring(1, 0), NOW, sealed=SEALED).wrapped == 0
    assert check(database, ring(2), sealed=SEALED).closed.keys() == {owner}
    assert {version for _, version in wrapped(admin_url).values()} == {ring(1).version}


def readable(admin_url: str) -> set[str]:
    """Check that every key opens under exactly one version; return the versions."""
    masters = {ring(number).version: ring(number) for number in range(3)}
    versions = set()
    for entity, (key, version) in wrapped(admin_url).items():
        opening = []
        for name, master in masters.items():
            try:
                plain = master.unwrap(name, key, SEALED.context(entity, entity))
            except UnsealError:
                continue
            assert plain == entity.bytes * 2
            opening.append(name)
        assert opening == [version]
        versions.add(version)
    return versions


def killed_again_and_again(
    admin_url: str, serving_url: str, count: int, kills: int
) -> tuple[int, int]:
    """Return how many runs were killed, and how many of these were in the middle of it."""
    chance = random.Random(5)  # noqa: S311 - when to kill
    entities = [UUID(int=chance.getrandbits(128)) for _ in range(count)]
    first, version = ring(0), ring(0).version
    with psycopg.connect(admin_url) as connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # no foreign keys
        cursor.executemany(
            "insert into archive_key values (%s, %s, %s, %s, %s)",
            [
                (one, first.wrap(one.bytes * 2, SEALED.context(one, one))[1], version, NOW, NOW)
                for one in entities
            ],
        )
    middle = newest = 0
    for number in range(kills):
        if readable(admin_url) == {ring(newest).version}:  # 0 -> 1 -> 2 -> 0
            newest = (newest + 1) % 3
        order = (newest, (newest - 1) % 3)
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "tests.gateway.archive.stores.rewrapping_process", serving_url,
             " ".join(base64.b64encode(KEYS[one]).decode() for one in order)],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        while number % 2 == 0 and process.poll() is None and len(versions(admin_url)) == 1:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.wait()
        process.stdout.close()
        middle += len(readable(admin_url)) > 1
    return kills, middle


def versions(admin_url: str) -> set[str]:
    return {version for _, version in wrapped(admin_url).values()}


def test_whoever_is_killed_leaves_every_key_readable(
    database: Database, admin_url: str, serving_url: str, figures: Callable[..., None]
) -> None:
    kills, middle = killed_again_and_again(admin_url, serving_url, 400, 4)
    figures(keys=400, kills=kills, in_the_middle=middle)
    assert middle
    rewrap(database, ring(0, 1, 2), NOW, sealed=SEALED)
    assert readable(admin_url) == {ring(0).version}
    assert len(wrapped(admin_url)) == 400


def test_a_key_is_wrapped_anew_or_destroyed_and_never_written_over(
    database: Database, tmp_path: Path, owner: UUID, admin_url: str
) -> None:
    store_of(tmp_path, keys_of(database, 0)).put(owner, CONTENT)
    keys_of(database, 0).destroy(owner, NOW)
    with (
        psycopg.connect(admin_url) as connection,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        connection.execute(
            "update archive_key set data_key = 'other', version = '2', destroyed_at = null,"
            " updated_at = %s",
            [NOW + datetime.timedelta(days=1)],
        )
