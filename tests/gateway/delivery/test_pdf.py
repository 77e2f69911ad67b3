"""PDFs over HTTP: drafts marked, issued ones frozen at first sight, in the entity's look."""

import io

import pytest
from httpx2 import Response
from PIL import Image

from formats.facturx.hybrid import extract
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import Shop, invoice, sold_to


def pdf_of(shop: Shop, document: dict[str, object], collection: str = "documents") -> Response:
    answer = shop.call("GET", f"/v1/{collection}/{document['id']}/pdf")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return answer


def settle(shop: Shop, **settings: object) -> None:
    path = f"/v1/entities/{shop.entity}"
    answer = shop.account.call("PATCH", path, {"settings": settings}, key=shop.key)
    assert answer.status_code == 200, answer.text


def test_a_draft_is_marked_and_drawn_anew(shop: Shop) -> None:
    draft = shop.draft()
    text = text_of(pdf_of(shop, draft, "invoices").content)
    assert "Račun(OSNUTEK)" in text
    shop.call("PUT", f"/v1/invoices/{draft['id']}", invoice(buyer_reference="changed-7"))
    assert "changed-7" in text_of(pdf_of(shop, draft).content)
    assert not shop.get("/v1/documents")["data"][0]["sha256"]


def test_an_issued_document_keeps_the_bytes_of_its_first_pdf(shop: Shop) -> None:
    issued = shop.issued()
    first = pdf_of(shop, issued)
    assert "OSNUTEK" not in text_of(first.content)
    assert f'filename="invoice-{issued["number"]}.pdf"' in first.headers["content-disposition"]
    listed = shop.get(f"/v1/documents/{issued['id']}/evidence")["data"]
    kept = [entry for entry in listed if entry["role"] == "pdf"]
    assert len(kept) == 1
    path = f"/v1/entities/{shop.entity}"
    shop.account.call("PATCH", path, {"name": "Renamed d.o.o."}, key=shop.key)
    assert pdf_of(shop, issued, "invoices").content == first.content
    archived = shop.call("GET", f"/v1/documents/{issued['id']}/evidence/{kept[0]['id']}")
    assert archived.content == first.content


def test_the_kind_in_the_address_must_be_right(shop: Shop) -> None:
    issued = shop.issued()
    assert shop.call("GET", f"/v1/credit-notes/{issued['id']}/pdf").status_code == 404


def test_a_profile_of_factur_x_gives_a_hybrid(house: object) -> None:
    shop = Shop.opened(house, "DE")  # type: ignore[arg-type]
    issued = shop.issued(sold_to("DE", profile="facturx-en16931"))
    content = pdf_of(shop, issued).content
    assert extract(content).xml == shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert "Rechnung" in text_of(content)


@pytest.mark.parametrize("role", ["writer", "auditor"])
def test_who_may_read_may_have_the_first_pdf(shop: Shop, role: str) -> None:
    issued = shop.issued()
    key = shop.account.entity_key(shop.entity, role)  # type: ignore[arg-type]
    answer = shop.account.call("GET", f"/v1/documents/{issued['id']}/pdf", key=key)
    assert answer.status_code == 200
    assert answer.content == pdf_of(shop, issued).content


def logo(color: str = "#cc0000") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 20), color).save(file, "PNG")
    return file.getvalue()
