"""PDFs of issued documents are sealed, where the entity wants it, and stay the same bytes."""

import datetime

import pytest

from formats.facturx.hybrid import extract
from formats.signatures import pdf
from formats.signatures.report import Indication
from formats.signatures.trust import Terms
from gateway.kit import clock
from tests.gateway.delivery.test_pdf import pdf_of
from tests.gateway.houses import House, Json, Shop, kind, sold_to
from tests.gateway.signing.test_endpoints import brought
from tests.gateway.signing.test_seals import STORE, evidence, wants

SECOND = datetime.timedelta(seconds=1)


def checked(content: bytes) -> pdf.Checked:
    return pdf.check(content, Terms(STORE, clock.now() + SECOND))


def test_a_pdf_is_sealed_once_and_the_same_ever_after(shop: Shop) -> None:
    brought(shop)
    wants(shop, {"pdf": True})
    document = shop.issued()
    first = pdf_of(shop, document).content
    found = checked(first)
    (seal,) = found.report.signatures
    assert (found.report.indication, seal.format) == (Indication.TOTAL_PASSED, "PAdES-B")
    assert found.unsigned == ()
    changed = first[:100] + bytes([first[100] ^ 1]) + first[101:]
    assert checked(changed).report.indication is not Indication.TOTAL_PASSED
    wants(shop, None)  # what is archived is not drawn again
    assert pdf_of(shop, document).content == first == evidence(shop, document, "pdf")


def test_who_wants_no_seal_gets_none(shop: Shop) -> None:
    brought(shop)
    wants(shop, {"pdf": False})
    assert checked(pdf_of(shop, shop.issued()).content).report.signatures == ()


def test_a_draft_is_not_sealed(shop: Shop) -> None:
    brought(shop)
    wants(shop, {"pdf": True})
    assert checked(pdf_of(shop, shop.draft()).content).report.signatures == ()


def test_without_a_key_there_is_no_pdf_and_nothing_is_archived(shop: Shop) -> None:
    wants(shop, {"pdf": True})
    document = shop.issued()  # only the PDF needs the key
    answer = shop.call("GET", f"/v1/documents/{document['id']}/pdf")
    assert (answer.status_code, kind(answer)) == (409, "key-unusable")
    listed: list[Json] = shop.get(f"/v1/documents/{document['id']}/evidence")["data"]
    assert "pdf" not in {one["role"] for one in listed}
    brought(shop)
    assert checked(pdf_of(shop, document).content).report.signatures


def test_a_sealed_hybrid_holds_the_invoice_as_it_was_issued(house: House) -> None:
    shop = Shop.opened(house, "DE")
    brought(shop)
    wants(shop, {"pdf": True})
    issued = shop.issued(sold_to("DE", profile="facturx-en16931"))
    content = pdf_of(shop, issued).content
    assert extract(content).xml == shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert checked(content).report.indication is Indication.TOTAL_PASSED


@pytest.mark.parametrize("role", ["writer", "auditor"])
def test_who_may_read_may_have_the_first_pdf_sealed(shop: Shop, role: str) -> None:
    brought(shop)
    wants(shop, {"pdf": True})
    issued = shop.issued()
    key = shop.account.entity_key(shop.entity, role)  # type: ignore[arg-type]
    answer = shop.account.call("GET", f"/v1/documents/{issued['id']}/pdf", key=key)
    assert answer.status_code == 200, answer.text
    assert checked(answer.content).report.indication is Indication.TOTAL_PASSED
    assert answer.content == pdf_of(shop, issued).content


def test_an_auditor_of_a_period_may_be_the_first_though_he_sees_no_keys(shop: Shop) -> None:
    brought(shop)
    wants(shop, {"pdf": True})
    issued = shop.issued()
    body = {
        "name": "Revizor",
        "role": "auditor",
        "entity_id": shop.entity,
        "period": {"since": "2025-01-01", "until": None},
    }
    made = shop.account.call("POST", "/v1/api-keys", body)
    assert made.status_code == 201, made.text
    path = f"/v1/documents/{issued['id']}/pdf"
    answer = shop.account.call("GET", path, key=made.json()["key"])
    assert answer.status_code == 200, answer.text
    assert checked(answer.content).report.indication is Indication.TOTAL_PASSED
