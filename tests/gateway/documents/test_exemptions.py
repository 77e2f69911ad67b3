"""Why no VAT is due: what a tax says of it stands in the documents whose lines have that tax."""

from tests.gateway.houses import Json, Shop, invoice, rules

INSURANCE = {
    "name": "Zavarovanje",
    "category_code": "E",
    "exemption_reason": "Oproščeno po 44. členu ZDDV-1",
    "exemption_reason_code": "VATEX-EU-132-1A",
}
TEACHING = {
    "name": "Poučevanje",
    "category_code": "E",
    "exemption_reason": "Oproščeno po 42. členu ZDDV-1",
}
BUYER = {"name": "Kavarna Rožle", "postal_address": {"city": "Kranj", "country_code": "SI"}}


def _made(shop: Shop, collection: str, body: Json) -> str:
    answer = shop.call("POST", f"/v1/{collection}", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _line(**changes: object) -> Json:
    return {"item_name": "Polica", "invoiced_quantity": "1", "item_net_price": "10", **changes}


def _sold(lines: list[Json], **changes: object) -> Json:
    return invoice(buyer=BUYER, lines=lines, profile="en16931-ubl", **changes)


def _reasons(document: Json) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            row["category_code"],
            row.get("exemption_reason_text"),
            row.get("exemption_reason_code"),
        )
        for row in document["invoice"]["vat_breakdown"]
    ]


def test_the_reason_of_a_tax_is_in_the_xml_which_every_layer_accepts(shop: Shop) -> None:
    tax = _made(shop, "taxes", INSURANCE)
    item = _made(shop, "items", {"name": "Polica", "price": "10", "tax_id": tax})
    sold = [
        {"item_id": item, "invoiced_quantity": "2"},
        _line(tax_id=tax),
        _line(vat_category_code="S", vat_rate="22"),
    ]
    issued = shop.issued(_sold(sold))
    assert _reasons(issued) == [
        ("E", INSURANCE["exemption_reason"], INSURANCE["exemption_reason_code"]),
        ("S", None, None),
    ]
    assert {layer["outcome"] for layer in issued["layers"]} == {"ran"}
    assert [one["rule"] for one in issued["findings"]] == []
    written = shop.call("GET", f"/v1/documents/{issued['id']}/xml").text
    reason, code = INSURANCE["exemption_reason"], INSURANCE["exemption_reason_code"]
    assert f"<cbc:TaxExemptionReason>{reason}</cbc:TaxExemptionReason>" in written
    assert f"<cbc:TaxExemptionReasonCode>{code}</cbc:TaxExemptionReasonCode>" in written


def test_a_credit_note_gives_the_reason_of_what_it_takes_back(shop: Shop) -> None:
    tax = _made(shop, "taxes", INSURANCE)
    issued = shop.issued(_sold([_line(tax_id=tax)]))
    shop.call("DELETE", f"/v1/taxes/{tax}")
    path = f"/v1/documents/{issued['id']}/corrections"
    credited = shop.call("POST", path, {"reason": "Vrnjeno"}).json()
    assert _reasons(credited) == _reasons(issued)


def test_what_the_body_says_wins(shop: Shop) -> None:
    tax = _made(shop, "taxes", INSURANCE)
    own = [{"category_code": "E", "text": "Drug razlog"}]
    draft = shop.draft(_sold([_line(tax_id=tax)], vat_exemptions=own))
    assert _reasons(draft) == [("E", "Drug razlog", None)]
    row = {"category_code": "E", "category_rate": "0", "exemption_reason_text": "Še drug"}
    draft = shop.draft(_sold([_line(tax_id=tax)], vat_breakdown=[row]))
    assert _reasons(draft) == [("E", "Še drug", None)]
    taxed = _line(tax_id=tax, vat_category_code="S", vat_rate="22")
    assert _reasons(shop.draft(_sold([taxed]))) == [("S", None, None)]


def test_different_reasons_of_a_category_are_all_said(shop: Shop) -> None:
    first, second = _made(shop, "taxes", INSURANCE), _made(shop, "taxes", TEACHING)
    sold = [_line(tax_id=first), _line(tax_id=second), _line(tax_id=first)]
    issued = shop.issued(_sold(sold))
    both = f"{INSURANCE['exemption_reason']}; {TEACHING['exemption_reason']}"
    assert _reasons(issued) == [("E", both, None)]


def test_a_tax_without_a_reason_leaves_it_to_be_asked_for(shop: Shop) -> None:
    tax = _made(shop, "taxes", {"name": "Oproščeno", "category_code": "E"})
    assert "BR-E-10" in rules(shop.issue(_sold([_line(tax_id=tax)])))


def test_a_line_that_gives_its_own_reason_does_not_have_its_taxs(shop: Shop) -> None:
    tax = _made(shop, "taxes", INSURANCE)
    own = {"vat_exemption_reason_text": "Po pogodbi"}
    draft = shop.draft(_sold([_line(tax_id=tax, extensions=own)]))
    assert _reasons(draft) == [("E", "Po pogodbi", None)]
