"""The vault over HTTP: keys made, brought, certified, replaced, ended; and nothing private."""

import base64
import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_pem_public_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from freezegun import freeze_time

from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.signing.kinds import PrivateKey
from gateway.signing.problems import KeyUnusableProblem
from tests.gateway.houses import Json, Shop
from tests.gateway.signing.authority import DAY, Authority, p256, pem, rsa_key
from tests.gateway.signing.conftest import tenant_of

NOW = clock.now()
ROOT = Authority.root(now=NOW)
ISSUER = ROOT.under(now=NOW)
SEAL = "document-seal"
KEYS = "/v1/signing-keys"


def certificate(
    key: PrivateKey | PublicKeyTypes,
    *,
    begins: float = -1,
    ends: float = 365,
    text: str = "Bakery",
) -> x509.Certificate:
    return ISSUER.issue(key, text, begins=NOW + begins * DAY, ends=NOW + ends * DAY)


def p12(key: PrivateKey, *certificates: x509.Certificate) -> dict[str, object]:
    leaf, *more = certificates or (certificate(key), ISSUER.certificate)
    file = serialize_key_and_certificates(None, key, leaf, more, BestAvailableEncryption(b"geslo"))
    content = base64.b64encode(file).decode()
    return {"name": "Seal", "purposes": [SEAL], "pkcs12": content, "password": "geslo"}


def brought(shop: Shop, body: dict[str, object] | None = None) -> Json:
    answer = shop.call("POST", f"{KEYS}/import", body or p12(p256()))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def made(shop: Shop, **more: object) -> Json:
    answer = shop.call("POST", KEYS, {"name": "Seal", "purposes": [SEAL], **more})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


@pytest.mark.parametrize("kind", ["p-256", "p-384", "p-521", "rsa-2048", "ed25519"])
def test_a_key_is_made_asks_for_its_certificate_and_gets_it(shop: Shop, kind: str) -> None:
    key = made(shop, kind=kind)
    assert (key["status"], key["origin"], key["kind"]) == ("waiting", "generated", kind)
    body = {
        "subject": {"country": "SI", "organization": "Bakery d.o.o.", "common_name": "Seal"},
        "dns_names": ["bakery.example"],
        "addresses": ["192.0.2.1"],
        "uris": ["https://bakery.example/"],
    }
    answer = shop.call("POST", f"{KEYS}/{key['id']}/csr", body)
    assert answer.status_code == 200, answer.text
    request = x509.load_pem_x509_csr(answer.json()["csr"].encode())
    assert request.is_signature_valid
    assert request.public_key() == load_pem_public_key(key["public_key"].encode())
    assert request.subject.rfc4514_string() == "CN=Seal,O=Bakery d.o.o.,C=SI"
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["bakery.example"]
    issued = certificate(request.public_key())
    answer = shop.call("POST", f"{KEYS}/{key['id']}/certificates", {"certificate": pem(issued)})
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "active"
    (shown,) = answer.json()["certificates"]
    assert shown["status"] == "valid"
    assert shown["revocation"]["status"] == "unchecked"
    assert shop.get(f"/v1/certificates/{shown['id']}") == shown


def test_a_key_is_brought_with_its_chain(shop: Shop) -> None:
    key = p256()
    leaf = certificate(key)
    shown = brought(shop, p12(key, leaf, ROOT.certificate, ISSUER.certificate))
    assert (shown["status"], shown["origin"], shown["kind"]) == ("active", "imported", "p-256")
    (one,) = shown["certificates"]
    assert one["certificate"] == pem(leaf)
    assert one["chain"] == [pem(ISSUER.certificate)]
    assert one["days_left"] in {364, 365}
    assert shop.get(f"{KEYS}/{shown['id']}")["id"] == shown["id"]
    assert [one["id"] for one in shop.get(f"{KEYS}?purpose={SEAL}")["data"]] == [shown["id"]]
    assert shop.get(f"{KEYS}?purpose=client-tls")["data"] == []


def test_what_is_wrong_with_a_file_is_said_and_nothing_stays(shop: Shop) -> None:
    key, other = p256(), p256()
    cases: dict[str, dict[str, object]] = {
        "wrong_password": p12(key) | {"password": "other"},
        "unreadable": p12(key) | {"pkcs12": "bm90IGEgZmlsZQ=="},
        "expired": p12(key, certificate(key, begins=-9, ends=-1)),
        "not_yet_valid": p12(key, certificate(key, begins=1)),
        "weak_key": p12(rsa_key(1024)),
    }
    for reason, body in cases.items():
        answer = shop.call("POST", f"{KEYS}/import", body)
        assert answer.status_code == 422, reason
        assert (answer.json()["type"], answer.json()["reason"]) == (
            "/problems/key-refused",
            reason,
        )
    answer = shop.call("POST", f"{KEYS}/import", p12(key) | {"pkcs12": "!"})
    assert answer.json()["reason"] == "unreadable"
    assert shop.get(KEYS)["data"] == []
    key_of_other = {"certificate": pem(certificate(other))}
    waiting = made(shop)
    answer = shop.call("POST", f"{KEYS}/{waiting['id']}/certificates", key_of_other)
    assert answer.json()["reason"] == "other_key"
    answer = shop.call("POST", f"{KEYS}/{waiting['id']}/certificates", {"certificate": "text"})
    assert answer.json()["reason"] == "unreadable"


def test_a_key_without_certificate_in_its_file_is_refused(shop: Shop) -> None:
    file = serialize_key_and_certificates(
        None, p256(), None, None, BestAvailableEncryption(b"geslo")
    )
    body: dict[str, object] = {"name": "S", "purposes": [SEAL], "password": "geslo"}
    body["pkcs12"] = base64.b64encode(file).decode()
    answer = shop.call("POST", f"{KEYS}/import", body)
    assert answer.json()["reason"] == "no_certificate"


def test_a_key_with_a_later_certificate_is_taken_for_later(shop: Shop) -> None:
    key = p256()
    later = (NOW + 2 * DAY).isoformat()
    body = p12(key, certificate(key, begins=1, ends=100)) | {"active_from": later}
    assert brought(shop, body)["status"] == "upcoming"


def test_repeating_a_request_makes_no_second_key(shop: Shop) -> None:
    body = p12(p256())
    first = shop.call("POST", f"{KEYS}/import", body, Idempotency_Key="once")
    again = shop.call("POST", f"{KEYS}/import", body, Idempotency_Key="once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    answer = shop.call("POST", f"{KEYS}/import", body)
    assert (answer.status_code, answer.json()["reason"]) == (422, "duplicate")


def test_rotation_overlaps(shop: Shop) -> None:
    old, new = brought(shop), brought(shop)
    at, kept = NOW + 3 * DAY, NOW + 30 * DAY
    body = {"successor_id": new["id"], "at": at.isoformat(), "keep_until": kept.isoformat()}
    answer = shop.call("POST", f"{KEYS}/{old['id']}/rotate", body)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["status"], answer.json()["successor_id"]) == ("active", new["id"])
    assert signing(shop, clock.now()) == old["id"]
    assert signing(shop, at) == new["id"]
    assert counting(shop, clock.now()) == [of(old), of(new)]
    assert counting(shop, at) == [of(new), of(old)]
    assert counting(shop, kept) == [of(new)]
    with freeze_time(at):
        assert shop.get(f"{KEYS}/{old['id']}")["status"] == "replaced"
        assert shop.get(f"{KEYS}/{new['id']}")["status"] == "active"


def of(key: Json) -> str:
    return str(key["certificates"][0]["fingerprint"])


def signing(shop: Shop, at: datetime.datetime) -> str:
    """Return the key that seals documents at a moment."""
    vault = shop.house.runtime.vault
    with shop.house.runtime.database.transaction(tenant_of(shop)) as tx:
        return vault.credential(tx, SEAL, at=at).id


def counting(shop: Shop, at: datetime.datetime) -> list[str]:
    vault = shop.house.runtime.vault
    with shop.house.runtime.database.transaction(tenant_of(shop)) as tx:
        return [one.fingerprint.hex() for one in vault.verifying(tx, SEAL, at=at)]


def test_a_key_whose_time_has_not_come_is_not_replaced_before(shop: Shop) -> None:
    body = {"purposes": ["document-seal"], "kind": "p-256", "bare": True}
    later = "2099-01-01T00:00:00Z"
    made = [
        shop.call("POST", "/v1/signing-keys", {"name": "k", **body, **more}).json()["id"]
        for more in ({"active_from": later}, {})
    ]
    rotate = f"/v1/signing-keys/{made[0]}/rotate"
    early = shop.call("POST", rotate, {"successor_id": made[1]})
    assert early.status_code == 409, early.text
    assert later in early.json()["detail"]
    at = {"successor_id": made[1], "at": later}
    done = shop.call("POST", rotate, at)
    assert (done.status_code, done.json().get("active_until")) == (200, later)


def test_a_rotation_that_would_leave_nobody_to_sign_is_refused(shop: Shop) -> None:
    old, waiting, other = brought(shop), made(shop), brought(shop)
    shop.call("PATCH", f"{KEYS}/{other['id']}", {"purposes": ["client-tls"]})
    for successor in (waiting, other, old):
        body = {"successor_id": successor["id"]}
        answer = shop.call("POST", f"{KEYS}/{old['id']}/rotate", body)
        assert answer.status_code == 409, successor["name"]
    body = {"successor_id": "sgk_00000000000000000000000000"}
    answer = shop.call("POST", f"{KEYS}/{old['id']}/rotate", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (404, "/successor_id")
    past = {"successor_id": brought(shop)["id"], "at": (NOW - DAY).isoformat()}
    assert shop.call("POST", f"{KEYS}/{old['id']}/rotate", past).status_code == 422


@pytest.mark.parametrize(("verb", "word"), [("retire", "retired"), ("revoke", "revoked")])
def test_a_key_that_is_ended_signs_no_more(shop: Shop, verb: str, word: str) -> None:
    key = brought(shop)
    assert signing(shop, clock.now()) == key["id"]
    assert shop.call("DELETE", f"{KEYS}/{key['id']}").status_code == 409
    for _ in range(2):
        answer = shop.call("POST", f"{KEYS}/{key['id']}/{verb}", {})
        assert (answer.status_code, answer.json()["status"]) == (200, word)
    with pytest.raises(KeyUnusableProblem) as caught:
        signing(shop, clock.now())
    assert caught.value.reason == word
    assert counting(shop, clock.now()) == ([of(key)] if verb == "retire" else [])


def test_a_destroyed_key_leaves_its_certificate_and_nothing_else(shop: Shop) -> None:
    key = brought(shop)
    shop.call("POST", f"{KEYS}/{key['id']}/retire")
    assert shop.call("DELETE", f"{KEYS}/{key['id']}").status_code == 204
    assert shop.call("GET", f"{KEYS}/{key['id']}").status_code == 404
    identifier = parse_id(key["id"], "sgk")
    stored = shop.house.sql("select 1 from signing_secret where key_id = %s", identifier)
    assert stored == []
    (kept,) = shop.get("/v1/certificates")["data"]
    assert kept["fingerprint"] == of(key)


def test_a_change_keeps_what_it_does_not_name(shop: Shop) -> None:
    key = made(shop, metadata={"a": "1"})
    body = {"name": "New", "metadata": {"b": "2"}}
    answer = shop.call("PATCH", f"{KEYS}/{key['id']}", body).json()
    assert (answer["name"], answer["metadata"]) == ("New", {"a": "1", "b": "2"})
    assert answer["purposes"] == [SEAL]
    answer = shop.call("PATCH", f"{KEYS}/{key['id']}", {"purposes": ["eating"]})
    assert answer.status_code == 422
    assert [one["id"] for one in shop.get(f"{KEYS}?metadata[b]=2")["data"]] == [key["id"]]


def test_auditors_read_certificates_and_no_keys(shop: Shop) -> None:
    brought(shop)
    auditor = shop.account.entity_key(shop.entity, "auditor")
    assert shop.call("GET", "/v1/certificates", key=auditor).status_code == 200
    answer = shop.call("GET", KEYS, key=auditor)
    assert (answer.status_code, answer.json()["missing"]) == (403, ["signing:read"])


def test_requests_name_somebody_in_words_that_can_be_written(shop: Shop) -> None:
    key = made(shop)
    nowhere: Json = {"subject": {"common_name": "x"}, "addresses": ["nowhere"]}
    nobody: Json = {"subject": {}}
    for body in (nobody, nowhere):
        assert shop.call("POST", f"{KEYS}/{key['id']}/csr", body).status_code == 422
    number = request_subject(shop, key)
    assert number == "VATSI-50223054"


def request_subject(shop: Shop, key: Json) -> str:
    body = {"subject": {"organization_identifier": "VATSI-50223054", "common_name": "č"}}
    text = shop.call("POST", f"{KEYS}/{key['id']}/csr", body).json()["csr"]
    subject = x509.load_pem_x509_csr(text.encode()).subject
    return str(subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)[0].value)


def test_expiring_certificates_are_found(shop: Shop) -> None:
    key = p256()
    soon = brought(shop, p12(key, certificate(key, ends=5)))
    brought(shop)
    path = f"/v1/certificates?expires_before={(NOW + 6 * DAY):%Y-%m-%dT%H:%M:%SZ}"
    found = shop.get(path)["data"]
    assert [one["signing_key_id"] for one in found] == [soon["id"]]
