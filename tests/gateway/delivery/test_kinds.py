"""Every kind of document over HTTP: drawn under its own title, shared, sent."""

import pytest

from gateway.kinds import DocumentKind
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import Shop, invoice

TITLES = {
    DocumentKind.ESTIMATE: "Ponudba",
    DocumentKind.PROFORMA: "Predračun",
    DocumentKind.DELIVERY_NOTE: "Dobavnica",
    DocumentKind.ORDER: "Naročilo",
    DocumentKind.ADVANCE_INVOICE: "Predplačilniračun",
    DocumentKind.RECEIPT: "Potrdiloo",
}


@pytest.mark.parametrize("kind", TITLES)
def test_each_kind_goes_out_under_its_title(shop: Shop, kind: DocumentKind) -> None:
    shop.call("POST", "/v1/series", {"code": kind.default_series})
    issued = shop.issued(invoice(), kind.collection)
    path = f"/v1/{kind.collection}/{issued['id']}"
    pdf = shop.call("GET", f"{path}/pdf")
    assert pdf.status_code == 200, pdf.text
    assert TITLES[kind] in text_of(pdf.content)
    mail = shop.call("POST", f"{path}/send", {"to": ["a@example.com"], "link": True})
    assert mail.status_code == 202, mail.text
    assert mail.json()["attachments"][0]["name"].startswith(kind.value.replace("_", "-"))
    page = shop.house.client.get("/s/" + mail.json()["body"].partition("/s/")[2][:43])
    assert page.status_code == 200
    assert issued["number"] in page.text
