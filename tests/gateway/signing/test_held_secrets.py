"""Secrets in the vault: they come in, are shown to the authority alone, and are wiped."""

import datetime
from dataclasses import replace

import psycopg
import pytest

from gateway.kit.clock import now
from gateway.kit.ids import parse_id
from gateway.kit.secrets import MasterKey, UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import encryption
from gateway.signing.encryption import MasterKeyEncryption, SealedKey, secret_context_of
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.rewrapping import SECRETS, check, rewrap
from gateway.signing.secrets import service
from gateway.signing.secrets.kinds import KSEF_TOKEN
from gateway.signing.secrets.problems import SecretRefusedProblem
from gateway.signing.secrets.service import NewSecret, TokenCredential
from gateway.signing.service import Vault
from tests.gateway.houses import House, Json, Shop
from tests.gateway.signing.conftest import tenant_of

SECRETS_PATH = "/v1/secrets"
NIP = "5265877635"
DAY = datetime.timedelta(days=1)


def token(number: int = 1, nip: str = NIP) -> str:
    """Return a token as KSeF makes them."""
    return f"20261122-EC-{number:010}-0000000000-AA|nip-{nip}|{'a7' * 32}"


def seller(nip: str = NIP) -> Json:
    place = {"line_1": "ul. Prosta 1", "city": "Warszawa", "post_code": "00-001"}
    return {"name": "Sprzedawca", "vat_identifier": f"PL{nip}", "postal_address": place}


@pytest.fixture
def polish(house: House) -> Shop:
    return Shop.opened(house, "PL", name="Sprzedawca", seller=seller())


def brought(shop: Shop, **more: object) -> Json:
    body = {"kind": KSEF_TOKEN, "name": "Sending", "value": token(), **more}
    answer = shop.call("POST", SECRETS_PATH, body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def test_a_secret_comes_in_is_listed_without_its_value_and_is_wiped(polish: Shop) -> None:
    made = brought(polish)
    assert (made["status"], made["kind"], made["last_used_at"]) == ("active", KSEF_TOKEN, None)
    assert made["about"] == {
        "reference": token().partition("|")[0],
        "context": f"Nip:{NIP}",
        "permissions": None,
    }
    path = f"{SECRETS_PATH}/{made['id']}"
    answers = [polish.call("GET", SECRETS_PATH), polish.call("GET", path)]
    assert answers[0].json()["data"] == [answers[1].json()] == [made]
    assert all("a7a7" not in one.text for one in answers)
    assert polish.call("DELETE", path).status_code == 204
    assert polish.call("GET", path).status_code == 404
    assert polish.call("DELETE", path).status_code == 404
    with psycopg.connect(polish.house.admin_url) as admin:
        left = admin.execute(
            "select count(*) from held_secret_value where secret_id = %s",
            [parse_id(made["id"], "sct")],
        ).fetchone()
    assert left == (0,)


def test_another_entity_finds_none(polish: Shop, house: House) -> None:
    made = brought(polish)
    other = Shop.opened(house, "PL", name="Inny", seller=seller("5260250274"))
    for method in ("GET", "DELETE"):
        assert other.call(method, f"{SECRETS_PATH}/{made['id']}").status_code == 404
    assert other.get(SECRETS_PATH)["data"] == []


@pytest.mark.parametrize(
    ("changes", "reason", "pointer"),
    [
        ({"value": "two words"}, "unreadable", "/value"),
        ({"value": "x" * 161}, "unreadable", "/value"),
        ({"value": token(nip="5260250274")}, "other_context", "/value"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expired", "/expires_at"),
    ],
)
def test_what_is_not_taken_is_told_why(
    polish: Shop, changes: Json, reason: str, pointer: str
) -> None:
    body = {"kind": KSEF_TOKEN, "name": "Sending", "value": token(), **changes}
    answer = polish.call("POST", SECRETS_PATH, body)
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert (told["reason"], told["errors"][0]["pointer"]) == (reason, pointer)
    assert body["value"] not in answer.text
    assert polish.get(SECRETS_PATH)["data"] == []


def test_the_same_token_is_taken_once(polish: Shop) -> None:
    made = brought(polish)
    answer = polish.call(
        "POST", SECRETS_PATH, {"kind": KSEF_TOKEN, "name": "Again", "value": token()}
    )
    assert answer.json()["reason"] == "duplicate"
    assert made["id"] in answer.json()["detail"]
    polish.call("DELETE", f"{SECRETS_PATH}/{made['id']}")
    assert brought(polish)["id"] != made["id"]


def test_an_answer_that_is_repeated_shows_nothing_either(polish: Shop) -> None:
    body = {"kind": KSEF_TOKEN, "name": "Sending", "value": token()}
    first, second = (
        polish.call("POST", SECRETS_PATH, body, Idempotency_Key="once") for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(polish.get(SECRETS_PATH)["data"]) == 1


@pytest.fixture
def vault(house: House) -> Vault:
    return house.runtime.vault


def kept(tx: TenantTransaction, vault: Vault, number: int, **more: object) -> str:
    given = replace(NewSecret(KSEF_TOKEN, f"Token {number}", token(number)), **more)  # type: ignore[arg-type]
    service.keep(tx, vault.encryption, given, now())
    return token(number)


def way_in(tx: TenantTransaction, vault: Vault, at: datetime.datetime) -> TokenCredential:
    found = vault.way_in(tx, "authentication", at=at, secret=KSEF_TOKEN)
    assert isinstance(found, TokenCredential)
    return found


def test_the_newest_that_has_not_ended_is_shown(tx: TenantTransaction, vault: Vault) -> None:
    at = now()
    first = kept(tx, vault, 1)
    second = kept(tx, vault, 2, expires_at=at + DAY)
    kept(tx, vault, 3, active=False)
    assert way_in(tx, vault, at).secret == second
    assert way_in(tx, vault, at + 2 * DAY).secret == first
    assert "a7a7" not in repr(way_in(tx, vault, at))


def test_without_one_the_key_is_asked_for_and_what_ended_is_named(
    tx: TenantTransaction, vault: Vault
) -> None:
    at = now()
    with pytest.raises(KeyUnusableProblem) as failed:
        vault.way_in(tx, "authentication", at=at, secret=KSEF_TOKEN)
    assert failed.value.reason == "none"
    kept(tx, vault, 1, expires_at=at + DAY)
    with pytest.raises(KeyUnusableProblem) as failed:
        vault.way_in(tx, "authentication", at=at + 2 * DAY, secret=KSEF_TOKEN)
    assert failed.value.reason == "secret_expired"
    with pytest.raises(KeyUnusableProblem) as failed:
        vault.way_in(tx, "authentication", at=at)
    assert failed.value.reason == "none"


def test_its_use_is_noted_to_the_minute(tx: TenantTransaction, vault: Vault) -> None:
    kept(tx, vault, 1)
    at = now()

    def used() -> datetime.datetime | None:
        (row,) = service.all_of(tx, KSEF_TOKEN)
        return row.last_used_at

    for seconds, noted in ((0, at), (30, at), (90, at + datetime.timedelta(seconds=90))):
        way_in(tx, vault, at + datetime.timedelta(seconds=seconds))
        assert used() == noted


def test_a_token_neither_signs_nor_opens_connections(tx: TenantTransaction, vault: Vault) -> None:
    kept(tx, vault, 1)
    found = way_in(tx, vault, now())
    with pytest.raises(RuntimeError, match="signs nothing"):
        found.signer.sign(b"x")
    with pytest.raises(KeyUnusableProblem):
        found.tls()


def test_another_master_key_opens_none(tx: TenantTransaction, vault: Vault) -> None:
    kept(tx, vault, 1)
    thief = Vault(MasterKeyEncryption(MasterKey(b"t" * 32)))
    with pytest.raises(KeyUnusableProblem) as failed:
        thief.way_in(tx, "authentication", at=now(), secret=KSEF_TOKEN)
    assert failed.value.reason == "locked"


def test_an_entity_has_no_more_than_it_may(
    tx: TenantTransaction, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_SECRETS", 2)
    kept(tx, vault, 1)
    kept(tx, vault, 2)
    with pytest.raises(SecretRefusedProblem) as failed:
        kept(tx, vault, 3)
    assert failed.value.reason == "too_many"


def test_secrets_are_wrapped_anew_with_the_keys(house: House, polish: Shop) -> None:
    made = brought(polish)
    runtime = house.runtime
    database, old = runtime.database, runtime.vault.encryption
    assert isinstance(old, MasterKeyEncryption)
    before = check(database, old, sealed=SECRETS)
    assert before.versions[old.version] >= 1
    assert before.closed == {}
    new = MasterKeyEncryption(MasterKey(b"n" * 32, *_keys(old)))
    assert rewrap(database, new, now(), sealed=SECRETS).wrapped == sum(before.versions.values())
    assert set(check(database, new, sealed=SECRETS).versions) == {new.version}
    identifier = parse_id(made["id"], "sct")
    with psycopg.connect(house.admin_url) as admin:
        row = admin.execute(
            "select entity_id, sealed, data_key, version from held_secret_value"
            " where secret_id = %s",
            [identifier],
        ).fetchone()
    assert row is not None
    sealed = SealedKey(bytes(row[1]), bytes(row[2]), row[3])
    context = secret_context_of(row[0], identifier)
    assert encryption.unseal(new, sealed, context).decode() == token()
    with pytest.raises(UnsealError):
        encryption.unseal(new, sealed, secret_context_of(row[0], parse_id(polish.entity, "ent")))
    back = MasterKeyEncryption(MasterKey(*_keys(old), b"n" * 32))
    assert rewrap(database, back, now(), sealed=SECRETS).wrapped == sum(before.versions.values())
    with runtime.database.transaction(tenant_of(polish)) as tx:
        assert way_in(tx, runtime.vault, now()).secret == token()


def _keys(by: MasterKeyEncryption) -> tuple[bytes, ...]:
    return by.master_key._keys
