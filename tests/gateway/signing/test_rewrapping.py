"""The master key is rotated: every key readable under exactly one version, whoever is killed."""

import base64
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.secrets import MasterKey, UnsealError
from gateway.kit.tenancy import Tenant
from gateway.signing import encryption
from gateway.signing.encryption import (
    KeyEncryptionError,
    MasterKeyEncryption,
    SealedKey,
    context_of,
)
from gateway.signing.rewrapping import check, rewrap
from gateway.signing.software import from_pkcs8, to_pkcs8
from gateway.signing.tables import secret
from tests.gateway.signing.authority import NOW, p256

KEYS = tuple(bytes([number]) * 32 for number in (1, 2, 3))
PRIVATE = to_pkcs8(p256())


@dataclass
class Cellar:
    """A database full of sealed keys."""

    admin_url: str
    database: Database
    serving_url: str

    def fill(self, count: int, by: MasterKeyEncryption) -> None:
        account, entity = new_id(), new_id()
        with psycopg.connect(self.admin_url) as connection:
            connection.execute("set session_replication_role = replica")  # no foreign keys
            with connection.cursor() as cursor:
                cursor.executemany(
                    "insert into signing_secret values (%s, %s, %s, %s, %s, %s, %s)",
                    [
                        (account, entity, key_id, one.sealed, one.data_key, one.version, NOW)
                        for key_id in (new_id() for _ in range(count))
                        for one in [encryption.seal(by, PRIVATE, context_of(entity, key_id))]
                    ],
                )

    def rows(self) -> Sequence[tuple[UUID, UUID, SealedKey]]:
        with psycopg.connect(self.admin_url) as connection:
            found = connection.execute(
                "select entity_id, key_id, sealed, data_key, version from signing_secret"
            ).fetchall()
        return [(entity, key, SealedKey(bytes(s), bytes(d), v)) for entity, key, s, d, v in found]

    def versions(self) -> int:
        """Return under how many versions there are keys."""
        with psycopg.connect(self.admin_url) as connection:
            found = connection.execute("select count(distinct version) from signing_secret")
            return int(found.fetchall()[0][0])

    def readable(self) -> set[str]:
        """Check that every key opens under exactly one version; return the versions."""
        versions = set()
        for entity, key_id, sealed in self.rows():
            context = context_of(entity, key_id)
            opening = [name for name in NAMES if _opens(name, sealed, context)]
            assert opening == [sealed.version]
            versions.add(sealed.version)
        return versions


MASTERS = {f"master:{MasterKey(one).versions[0]}": MasterKey(one) for one in KEYS}
NAMES = tuple(MASTERS)


def _opens(name: str, sealed: SealedKey, context: str) -> bool:
    """Try one version alone, whatever the row says it is under."""
    renamed = SealedKey(sealed.sealed, sealed.data_key, name)
    try:
        found = encryption.unseal(MasterKeyEncryption(MASTERS[name]), renamed, context)
    except UnsealError:
        return False
    assert from_pkcs8(found).key_size == 256  # type: ignore[union-attr]
    return True


def ring(*numbers: int) -> MasterKeyEncryption:
    return MasterKeyEncryption(MasterKey(*(KEYS[number] for number in numbers)))


@pytest.fixture
def cellar(admin_url: str, serving_url: str, database: Database) -> Cellar:
    return Cellar(admin_url, database, serving_url)


def test_keys_go_under_the_newest_version_and_only_once(cellar: Cellar) -> None:
    cellar.fill(25, ring(0))
    cellar.fill(5, ring(1))
    outcome = rewrap(cellar.database, ring(1, 0), NOW, batch=10)
    assert (outcome.wrapped, outcome.versions, outcome.closed) == (25, {NAMES[1]: 30}, {})
    assert cellar.readable() == {NAMES[1]}
    assert rewrap(cellar.database, ring(1, 0), NOW).wrapped == 0
    assert check(cellar.database, ring(1)).closed == {}


def test_what_does_not_open_is_named_and_left(cellar: Cellar) -> None:
    cellar.fill(3, ring(0))
    cellar.fill(2, ring(1))
    before = cellar.rows()
    outcome = rewrap(cellar.database, ring(2, 1), NOW)
    lost = {key_id for _, key_id, sealed in before if sealed.version == NAMES[0]}
    assert (outcome.wrapped, set(outcome.closed)) == (2, lost)
    assert set(check(cellar.database, ring(2, 1)).closed) == lost
    assert cellar.readable() == {NAMES[0], NAMES[2]}
    with pytest.raises(KeyEncryptionError):
        ring(2, 1).unwrap(NAMES[0], b"", "")


def killed_again_and_again(cellar: Cellar, count: int, kills: int, seed: int) -> tuple[int, int]:
    """Return how many runs were killed, and how many of these were in the middle of it."""
    chance = random.Random(seed)  # noqa: S311 - when to kill
    cellar.fill(count, ring(0))
    number = middle = 0
    newest, keys = 1, " ".join(base64.b64encode(KEYS[one]).decode() for one in (1, 0))
    while number < kills:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "tests.gateway.signing.rewrapping_process",
             cellar.serving_url, keys],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        if middle or not number % 2:
            time.sleep(chance.uniform(0.02, count / 2500 + 0.1))
        else:  # on a busy machine it has hardly begun by then: wait until it is at it
            while process.poll() is None and cellar.versions() == 1:
                time.sleep(0.001)
        process.kill()
        process.wait()
        process.stdout.close()
        number += 1
        versions = cellar.readable()
        middle += len(versions) > 1
        if versions == {NAMES[newest]}:  # on to the next: 0 -> 1 -> 2 -> 0
            newest = (newest + 1) % 3
            order = (newest, (newest - 1) % 3)
            keys = " ".join(base64.b64encode(KEYS[one]).decode() for one in order)
    rewrap(cellar.database, ring(0, 1, 2), NOW)
    assert cellar.readable() == {NAMES[0]}
    assert len(cellar.rows()) == count
    return number, middle


def test_whoever_is_killed_leaves_every_key_readable(
    cellar: Cellar, figures: Callable[..., None]
) -> None:
    kills, middle = killed_again_and_again(cellar, 300, 5, seed=7)
    figures(keys=300, kills=kills, in_the_middle=middle)
    assert middle


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_fifty_kills_over_ten_thousand_keys(cellar: Cellar, figures: Callable[..., None]) -> None:
    kills, middle = killed_again_and_again(cellar, 10_000, 50, seed=11)
    figures(keys=10_000, kills=kills, in_the_middle=middle)
    assert middle > 10


CHOSEN = (
    *("archive_key", "correlation", "deadline", "held_secret_value", "intake"),
    *("signing_certificate", "signing_secret"),
)


def test_a_worker_in_a_tenants_name_reaches_nobody_elses_keys(cellar: Cellar) -> None:
    cellar.fill(2, ring(0))
    tenant = Tenant(new_id(), (new_id(),), "sandbox")
    query = sa.select(secret.c.key_id)
    with cellar.database.worker_transaction() as tx:
        assert len(tx.execute(query).all()) == 2
    with cellar.database.worker_transaction(tenant) as tx:
        assert tx.execute(query).all() == []
        spoiled = sa.update(secret).values(data_key=b"other", version="other", updated_at=NOW)
        assert tx.execute(spoiled).rowcount == 0
    with psycopg.connect(cellar.admin_url) as connection:
        found = connection.execute(
            "select tablename, qual, with_check from pg_policies"
            " where policyname = 'work' and tablename = any(%s)",
            [list(CHOSEN)],
        ).fetchall()
    assert {table for table, _, _ in found} == set(CHOSEN)
    assert len({(qual, with_check) for _, qual, with_check in found}) == 1
    assert found[0][1] != "true"
