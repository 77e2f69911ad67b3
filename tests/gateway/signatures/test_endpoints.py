"""`POST /v1/signatures/verify`: a function of the body."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from httpx2 import Response

from formats.signatures import cms_making
from formats.signatures.trust import TrustStore
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.signing import stores
from tests.formats.signatures import tsa
from tests.formats.signatures.pki import DAY, NOW, house
from tests.gateway.houses import Shop, opened

TOP, MIDDLE, LEAF = house()
MADE = cms_making.sign(b"hello", LEAF.signer(), at=NOW)
PEM = TOP.certificate.public_bytes(Encoding.PEM).decode()
BROKEN = "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----"


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("signatures")) as house:
        yield Shop.opened(house)


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def send(shop: Shop, **body: Any) -> Response:  # noqa: ANN401
    content = json.dumps(body).encode()
    return shop.call("POST", "/v1/signatures/verify", content, Content_Type="application/json")


def test_a_signature_is_verified_and_what_it_covers_is_told(shop: Shop) -> None:
    trust = {"name": "ours", "certificates": [PEM]}
    answer = send(shop, content=text(MADE), trust=trust, at=NOW.isoformat())
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["object"], said["kind"], said["trust"]) == ("signature_report", "cms", "ours")
    assert (said["indication"], said["unsigned"]) == ("TOTAL-PASSED", [])
    (signature,) = said["signatures"]
    assert signature["format"] == "CAdES-B"
    assert signature["subject"] == "CN=Signer,O=Test,C=SI"
    assert signature["certificate_sha256"] == hashlib.sha256(LEAF.der).hexdigest()
    assert signature["signed"] == [
        {
            "name": "payload",
            "bytes": 5,
            "sha256": hashlib.sha256(b"hello").hexdigest(),
            "digest_algorithm": "sha256",
        }
    ]


def test_without_trust_nothing_passes(shop: Shop) -> None:
    said = send(shop, content=text(MADE), at=NOW.isoformat()).json()
    assert said["indication"] == "INDETERMINATE"
    assert said["trust"] is None
    assert said["signatures"][0]["sub_indication"] == "NO_CERTIFICATE_CHAIN_FOUND"
    assert "TOTAL-PASSED" in said["statement"]


def test_a_trust_store_of_the_installation_is_named(shop: Shop) -> None:
    common = {"content": text(MADE), "trust": {"store": "house"}, "at": NOW.isoformat()}
    assert send(shop, **common).status_code == 422
    with shop.house.runtime.database.worker_transaction() as tx:
        stores.add(tx, TrustStore("house", (), (TOP.der,)), NOW)
    assert send(shop, **common).status_code == 422  # it is there, and believes nobody
    with shop.house.runtime.database.worker_transaction() as tx:
        stores.remove(tx, "house")
        stores.add(tx, TrustStore("house", (TOP.der,)), NOW)
    said = send(shop, **common).json()
    assert (said["trust"], said["indication"]) == ("house", "TOTAL-PASSED")


def test_revocation_time_stamps_and_detached_files_are_sent_along(shop: Shop) -> None:
    trust = {"certificates": [PEM]}
    made = cms_making.sign(b"hello", LEAF.signer(), at=NOW, detached=True, stamp=tsa.token)
    common = {"content": text(made), "trust": trust, "at": (NOW + 3 * DAY).isoformat()}
    files = {"a.txt": text(b"hello")}
    good = send(shop, **common, files=files).json()
    assert (good["indication"], good["signatures"][0]["format"]) == ("TOTAL-PASSED", "CAdES-T")
    assert good["signatures"][0]["proven_at"] == NOW.isoformat()
    early = text(MIDDLE.crl([(LEAF, NOW - DAY)]))
    gone = send(shop, **common, files=files, crls=[early]).json()
    assert gone["signatures"][0]["sub_indication"] == "REVOKED_NO_POE"
    unknown = send(shop, **common, files=files, revocation="require").json()
    assert unknown["signatures"][0]["sub_indication"] == "TRY_LATER"
    other = send(shop, **common, files={"a.txt": text(b"other")}).json()
    assert other["signatures"][0]["sub_indication"] == "HASH_FAILURE"
    assert other["signatures"][0]["signed"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/content"),
        ({"content": ""}, "/content"),
        ({"content": "*"}, "/content"),
        ({"content": "AAAA", "files": {"a": "*"}}, "/files/a"),
        ({"content": "AAAA", "crls": ["AAAA", "*"]}, "/crls/1"),
        ({"content": "AAAA", "trust": {"certificates": []}}, "/trust/certificates"),
        ({"content": "AAAA", "trust": {"certificates": ["x"]}}, "/trust/certificates"),
        ({"content": "AAAA", "trust": {"certificates": [BROKEN]}}, "/trust/certificates"),
        ({"content": "AAAA", "stamps": {"certificates": [BROKEN]}}, "/stamps/certificates"),
        ({"content": "AAAA", "trust": {"store": "absent"}}, "/trust/store"),
        ({"content": "AAAA", "stamps": {"store": "absent"}}, "/stamps/store"),
        ({"content": "AAAA", "trust": {"store": "../x"}}, "/trust/store"),
        ({"content": "AAAA", "trust": {}}, "/trust"),
        ({"content": "AAAA", "trust": {"store": "a", "certificates": [PEM]}}, "/trust"),
        ({"content": "AAAA", "at": "2026-06-01T12:00:00"}, "/at"),
        ({"content": "AAAA", "revocation": "perhaps"}, "/revocation"),
        ({"content": "AAAA", "more": 1}, "/more"),
    ],
)
def test_a_wrong_body_is_told_by_its_place(shop: Shop, body: dict[str, Any], pointer: str) -> None:
    answer = send(shop, **body)
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
