"""Documents are sealed at issue, where the entity wants it, over exactly the bytes issued."""

import datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures import jws
from formats.signatures.report import Indication
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import check
from gateway.kit import clock
from tests.gateway.houses import Json, Shop
from tests.gateway.signing.test_endpoints import ISSUER, ROOT, brought

STORE = TrustStore(
    "test",
    (ROOT.certificate.public_bytes(Encoding.DER),),
    (ISSUER.certificate.public_bytes(Encoding.DER),),
)


def wants(shop: Shop, seal: object) -> None:
    answer = shop.call("PATCH", f"/v1/entities/{shop.entity}", {"settings": {"seal": seal}})
    assert answer.status_code == 200, answer.text


def evidence(shop: Shop, document: Json, role: str) -> bytes:
    path = f"/v1/documents/{document['id']}/evidence"
    (entry,) = [one for one in shop.get(path)["data"] if one["role"] == role]
    return shop.call("GET", f"{path}/{entry['id']}").content


@pytest.mark.parametrize("form", ["xades", "jws"])
def test_a_document_is_sealed_over_the_bytes_that_were_issued(shop: Shop, form: str) -> None:
    brought(shop)
    wants(shop, {"documents": form})
    document = shop.issued()
    content = evidence(shop, document, "document")
    seal = evidence(shop, document, "signature")
    now = clock.now() + datetime.timedelta(seconds=1)
    for signed, word in (
        (content, Indication.TOTAL_PASSED),
        (content + b" ", Indication.TOTAL_FAILED),
    ):
        if form == "jws":
            found = jws.check(seal, Terms(STORE, now), detached=signed)
        else:
            found = check(seal, Terms(STORE, now), detached={"invoice.xml": signed})
        assert found.indication is word, found


def test_without_a_key_nothing_is_issued_and_no_number_is_used(shop: Shop) -> None:
    wants(shop, {"documents": "jws"})
    answer = shop.issue()
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-unusable")
    brought(shop)
    assert shop.issued()["number"].endswith("1")


def test_who_wants_no_seal_gets_none(shop: Shop) -> None:
    document = shop.issued()
    path = f"/v1/documents/{document['id']}/evidence"
    assert "signature" not in {one["role"] for one in shop.get(path)["data"]}
