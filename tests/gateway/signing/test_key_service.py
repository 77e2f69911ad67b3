"""Keys whose data keys a key service wraps: they open while it answers, and through it alone."""

from collections import Counter
from uuid import UUID

import psycopg
import pytest

from gateway.kit.secrets import UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import UnavailableProblem
from gateway.signing import desk, encryption, making, repository, rewrapping
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError
from gateway.signing.making import NewKey
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import SigningKeyInput
from gateway.signing.service import Vault
from tests.gateway.houses import House, Shop
from tests.gateway.signing.authority import NOW
from tests.gateway.signing.conftest import tenant_of
from tests.gateway.signing.key_service import KeyService


def made(tx: TenantTransaction, by: KeyEncryption) -> KeyRow:
    return making.generate(tx, by, NewKey("Seal", ["document-seal"], bare=True), "p-256", NOW)


def why_not(tx: TenantTransaction, by: KeyEncryption, key_id: UUID) -> str | None:
    """Return why a key does not sign; None when it does."""
    try:
        assert Vault(by).signer(tx, key_id, at=NOW).sign(b"hello")
    except KeyUnusableProblem as problem:
        return problem.reason
    return None


def test_a_key_opens_through_the_service_and_through_nothing_else(
    tx: TenantTransaction, house: House
) -> None:
    service = KeyService()
    row = made(tx, service)
    assert why_not(tx, service, row.id) is None
    assert service.asked == ["wrap", "unwrap"]
    sealed = repository.sealed_key(tx, row.id)
    assert sealed is not None
    assert sealed.version == service.version == "service:seals/1"
    assert why_not(tx, house.runtime.vault.encryption, row.id) == "locked"
    assert why_not(tx, KeyService(), row.id) == "locked"  # of the same name, with another key
    context = encryption.context_of(row.entity_id, row.id)
    with pytest.raises(UnsealError):
        encryption.unseal(service, sealed, context.replace(str(row.id), str(row.entity_id)))


def test_while_it_is_away_nothing_signs_and_nothing_is_made(tx: TenantTransaction) -> None:
    service = KeyService()
    row = made(tx, service)
    service.away = True
    assert why_not(tx, service, row.id) == "locked"
    given = SigningKeyInput(name="Seal", purposes=["document-seal"])
    with pytest.raises(UnavailableProblem), tx.connection.begin_nested():
        desk.generate(tx, Vault(service), given, NOW)
    assert repository.count_for(tx) == 1
    service.away = False
    assert why_not(tx, service, row.id) is None


def test_whom_it_refuses_does_not_sign_and_the_others_do(tx: TenantTransaction) -> None:
    service = KeyService()
    one, other = made(tx, service), made(tx, service)
    service.refuses = {str(one.id)}
    assert [why_not(tx, service, row.id) for row in (one, other)] == ["locked", None]


def test_a_disabled_version_locks_what_it_wrapped(tx: TenantTransaction) -> None:
    service = KeyService()
    old = made(tx, service)
    service.rotate()
    new = made(tx, service)
    assert [why_not(tx, service, row.id) for row in (old, new)] == [None, None]
    service.disabled = {"service:seals/1"}
    assert [why_not(tx, service, row.id) for row in (old, new)] == ["locked", None]


def test_keys_move_to_the_service_though_it_goes_away_in_the_middle(
    house: House, shop: Shop
) -> None:
    database, master = house.runtime.database, house.runtime.vault.encryption
    with psycopg.connect(house.admin_url) as connection:
        connection.execute("delete from signing_secret")  # of other tests, with services of theirs
    with database.transaction(tenant_of(shop)) as tx:
        rows = [made(tx, master) for _ in range(5)]
    service = KeyService(before=master, answers=3)
    with pytest.raises(KeyEncryptionError):
        rewrapping.rewrap(database, service, NOW, batch=2)
    service.answers = None
    half = rewrapping.check(database, service)
    assert half.closed == {}
    assert half.versions == Counter({service.version: 2, master.version: 3})
    assert rewrapping.rewrap(database, service, NOW, batch=2).wrapped == 3
    done = rewrapping.check(database, service)
    assert (done.closed, done.versions) == ({}, Counter({service.version: 5}))
    with database.transaction(tenant_of(shop)) as tx:
        assert [why_not(tx, service, row.id) for row in rows] == [None] * 5
        assert [why_not(tx, master, row.id) for row in rows] == ["locked"] * 5
