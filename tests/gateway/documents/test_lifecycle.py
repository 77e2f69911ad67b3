"""From draft to issued: what may change, what never does, and what a refusal leaves behind."""

import hashlib
import json
from decimal import Decimal
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from formats.registry import PROFILES
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from tests.gateway.houses import House, Shop, invoice, kind, line, rules

RESTRICT_VIOLATION = "23001"  # the trigger on issued documents
INSUFFICIENT_PRIVILEGE = "42501"


def test_a_draft_is_stored_with_its_mistakes_and_says_them(shop: Shop) -> None:
    draft = shop.draft(invoice(totals={"total_with_vat": "3.62"}))
    assert draft["state"] == draft["status"] == "draft"
    assert (draft["number"], draft["sha256"], draft["issued_at"]) == (None, None, None)
    found = [one for one in draft["findings"] if one["rule"] == "BR-CO-15"]
    assert [one["pointer"] for one in found] == ["/totals/total_with_vat"]
    assert shop.get(f"/v1/invoices/{draft['id']}") == draft


def test_finalizing_numbers_without_gap_and_freezes(shop: Shop) -> None:
    numbers = []
    for _ in range(3):
        draft = shop.draft()
        answer = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
        assert answer.status_code == 200, answer.text
        numbers.append(answer.json()["number"])
    assert numbers == ["INV-000001", "INV-000002", "INV-000003"]
    assert shop.series("INV")["next_number"] == 4
    credit = shop.issued(
        invoice(preceding_invoice_references=[{"reference": numbers[0]}]), "credit-notes"
    )
    assert (credit["number"], credit["invoice"]["type_code"]) == ("CRN-000001", "381")


def test_a_document_is_finalized_once(shop: Shop) -> None:
    path = f"/v1/invoices/{shop.draft()['id']}/finalize"
    first = shop.call("POST", path)
    again = shop.call("POST", path)
    assert (first.status_code, again.status_code) == (200, 409)
    assert kind(again) == "document-state"
    assert shop.series("INV")["next_number"] == 2


def test_a_draft_is_replaced_and_an_issued_document_is_not(shop: Shop) -> None:
    draft = shop.draft(invoice(metadata={"order": "1"}))
    path = f"/v1/invoices/{draft['id']}"
    other = invoice(buyer_reference="order-2", metadata={"order": "2"})
    replaced = shop.call("PUT", path, other)
    assert replaced.status_code == 200, replaced.text
    assert replaced.json()["invoice"]["buyer_reference"] == "order-2"
    assert replaced.json()["metadata"] == {"order": "2"}
    issued = shop.call("POST", f"{path}/finalize").json()
    refused = shop.call("PUT", path, invoice(buyer_reference="order-3"))
    assert refused.status_code == 409
    assert kind(refused) == "document-state"
    assert shop.get(path) == issued
    assert issued["invoice"]["buyer_reference"] == "order-2"


def test_a_draft_that_is_replaced_by_nonsense_stays_as_it_was(shop: Shop) -> None:
    draft = shop.draft()
    path = f"/v1/invoices/{draft['id']}"
    nonsense: tuple[object, ...] = (invoice(colour="red"), invoice(profile="fax"), b"{", [])
    for body in nonsense:
        assert shop.call("PUT", path, body).status_code in {400, 422}
    assert shop.get(path) == draft


def test_what_is_refused_in_one_call_stores_nothing(shop: Shop) -> None:
    before = shop.get("/v1/series")
    answer = shop.issue(invoice(totals={"total_with_vat": "3.62"}))
    assert "BR-CO-15" in rules(answer)
    assert kind(answer) == "invoice-not-compliant"
    assert shop.documents() == []
    assert shop.get("/v1/series") == before
    assert shop.get("/v1/events")["data"] == []


def test_what_is_refused_by_finalize_stays_a_draft_that_can_be_mended(shop: Shop) -> None:
    draft = shop.draft(invoice(totals={"total_with_vat": "3.62"}))
    path = f"/v1/invoices/{draft['id']}"
    assert "BR-CO-15" in rules(shop.call("POST", f"{path}/finalize"))
    assert shop.get(path)["state"] == "draft"
    assert shop.call("PUT", path, invoice()).status_code == 200
    assert shop.call("POST", f"{path}/finalize").json()["number"] == "INV-000001"


def test_the_kinds_of_document_do_not_mix(shop: Shop) -> None:
    draft = shop.draft()
    credit = shop.draft(kind="credit-notes")
    assert shop.call("GET", f"/v1/credit-notes/{draft['id']}").status_code == 404
    assert shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize").status_code == 404
    disguised = "crn" + draft["id"].removeprefix("inv")
    for path in (f"/v1/credit-notes/{disguised}", f"/v1/documents/{disguised}"):
        assert shop.call("GET", path).status_code == 404
    for suffix in ("/status", "/evidence", "/xml", "/bundle"):
        assert shop.call("GET", f"/v1/documents/{disguised}{suffix}").status_code == 404
    listed = {one["id"] for one in shop.documents()}
    assert listed == {draft["id"], credit["id"]}
    assert [one["id"] for one in shop.get("/v1/credit-notes")["data"]] == [credit["id"]]


def test_the_type_code_decides_what_a_document_is(shop: Shop) -> None:
    credit = shop.issue(
        invoice(type_code="381", preceding_invoice_references=[{"reference": "INV-000001"}])
    ).json()
    assert (credit["object"], credit["series"], credit["number"]) == (
        "credit_note",
        "CRN",
        "CRN-000001",
    )
    assert shop.get(f"/v1/credit-notes/{credit['id']}")["invoice"]["type_code"] == "381"
    draft = shop.draft()
    refused = shop.call("PUT", f"/v1/invoices/{draft['id']}", invoice(type_code="381"))
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/type_code"]


@pytest.mark.parametrize(
    "change",
    [
        "number = 'X-1'",
        "state = 'draft'",
        "invoice = '{}'",
        "body = '{}'",
        "report = '{}'",
        "content_sha256 = sha256('')",
        "issue_date = issue_date + 1",
        "issued_at = issued_at + interval '1 day'",
        "retain_until = retain_until - 1",
        "sequence = 99",
        "profile = 'en16931-ubl'",
        "kind = 'credit_note'",
    ],
)
def test_an_issued_row_cannot_be_changed_by_the_role_that_serves(shop: Shop, change: str) -> None:
    issued = shop.issued()
    statement = f"update document set {change}"  # noqa: S608 - one of the list above
    assert _refusal(shop, statement) == RESTRICT_VIOLATION
    assert shop.get(f"/v1/invoices/{issued['id']}") == issued


def test_the_role_that_serves_can_delete_no_document(shop: Shop) -> None:
    shop.issued()
    shop.draft()
    assert _refusal(shop, "delete from document") == INSUFFICIENT_PRIVILEGE


def test_the_place_of_an_issued_row_is_its_entity_for_ever(shop: Shop) -> None:
    shop.issued()
    other = Shop.opened(shop.house)
    statement = f"update document set entity_id = '{parse_id(other.entity, 'ent')}'"  # noqa: S608
    assert _refusal(shop, statement) in {RESTRICT_VIOLATION, INSUFFICIENT_PRIVILEGE}


def _refusal(shop: Shop, statement: str) -> str | None:
    """Run SQL as gw_app in the name of the shop, past our code but not past the database."""
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    database = shop.house.runtime.database
    with database.transaction(tenant) as tx:
        issued = "select count(*) from document where state = 'issued'"
        assert tx.connection.exec_driver_sql(issued).scalar_one() == 1
        with pytest.raises(DBAPIError) as caught:
            tx.connection.exec_driver_sql(statement)
    assert isinstance(caught.value.orig, psycopg.Error)
    return caught.value.orig.sqlstate


SHORT: dict[str, Any] = {
    "customer": {
        "name": "Gostilna",
        "vat_id": "SI41519523",
        "electronic_address": {"value": "SI41519523", "scheme_identifier": "9949"},
        "address": "Glavni trg 2",
        "city": "Ljubljana",
        "country_code": "SI",
    },
    "buyer_reference": "order-1",
    "due_date": "2099-01-01",
    "items": [{"name": "Bread", "quantity": 3, "price": 1.10}],
}


def test_the_short_form_is_issued(shop: Shop) -> None:
    issued = shop.issued(SHORT)["invoice"]
    assert issued["lines"][0]["item_net_price"] == "1.1"
    assert issued["payment_due_date"] == "2099-01-01"
    assert issued["buyer"]["vat_identifier"] == "SI41519523"
    assert issued["totals"]["total_with_vat"] == "4.03"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"items": [{"name": "Bread", "quantity": 3, "price": "cheap"}]}, "/items/0/price"),
        ({"items": [{"name": "Bread", "quantity": "x", "price": "1"}]}, "/items/0/quantity"),
        ({"items": [{"name": "Bread", "colour": "x", "price": "1"}]}, "/items/0/colour"),
        ({"customer": {"name": 7}}, "/customer/name"),
        ({"customer": {**SHORT["customer"], "city": 7}}, "/customer/city"),
        ({"due_date": "soon"}, "/due_date"),
    ],
)
def test_a_wrong_shape_points_into_the_body_as_sent(
    shop: Shop, body: dict[str, Any], pointer: str
) -> None:
    answer = shop.issue({**SHORT, **body})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("item", "rule", "pointer"),
    [
        ({"name": "Bread", "quantity": 3, "price": -1}, "BR-27", "/items/0/price"),
        ({"quantity": 3, "price": 1}, "BR-25", "/items/0/name"),
        (
            {"name": "Bread", "quantity": 3, "unit": "BREAD", "price": 1},
            "BR-CL-23",
            "/items/0/unit",
        ),
    ],
)
def test_a_broken_rule_points_into_the_body_as_sent(
    shop: Shop, item: dict[str, Any], rule: str, pointer: str
) -> None:
    answer = shop.issue({**SHORT, "items": [item]})
    assert rule in rules(answer)
    pointers = [one.get("pointer") for one in answer.json()["findings"] if one["rule"] == rule]
    assert pointer in pointers


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("99.90", "99.90"),
        ('"99.90"', "99.90"),
        ("1e2", "100"),
        ("1E+2", "100"),
        ("1.50e1", "15.0"),
        ("0.1", "0.1"),
        ("1e-2", "0.01"),
        ("99.9000", "99.9000"),
        ("12345678901234.56", "12345678901234.56"),
    ],
)
def test_a_json_number_is_issued_at_its_written_digits(
    shop: Shop, digits: str, written: str
) -> None:
    text = json.dumps({**SHORT, "items": [{"name": "Bread", "quantity": 1, "price": "@"}]})
    body = text.replace('"@"', digits)
    issued = shop.issued(body.encode())
    assert issued["invoice"]["lines"][0]["item_net_price"] == written
    content = shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    read = PROFILES[issued["profile"]].read(content)
    assert str(read.lines[0].item_net_price) == written
    assert f">{written}</cbc:PriceAmount>".encode() in content
    assert read.lines[0].net_amount == Decimal(digits.strip('"')).quantize(Decimal("0.01"))


def test_every_digest_is_that_of_the_served_xml(shop: Shop) -> None:
    shop.issued()
    shop.issued(SHORT)
    shop.issued(invoice(preceding_invoice_references=[{"reference": "1"}]), "credit-notes")
    listed = shop.documents()
    assert len(listed) == 3
    for document in listed:
        content = shop.call("GET", f"/v1/documents/{document['id']}/xml").content
        assert hashlib.sha256(content).hexdigest() == document["sha256"]


def test_an_invoice_says_what_the_xml_says(shop: Shop) -> None:
    issued = shop.issued(invoice(lines=[line(), line(item_name="Salt", vat_rate="22")]))
    content = shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    read = PROFILES[issued["profile"]].read(content)
    assert read.model_dump(mode="json", exclude_none=True) == issued["invoice"]


def test_nobody_can_issue_for_an_entity_in_the_name_of_another(house: House) -> None:
    shop, other = Shop.opened(house), Shop.opened(house)
    draft = shop.draft()
    path = f"/v1/invoices/{draft['id']}"
    assert other.call("POST", f"{path}/finalize").status_code == 404
    assert other.call("PUT", path, invoice()).status_code == 404
    assert shop.get(path) == draft


def test_a_failing_statement_does_not_repeat_what_callers_sent(shop: Shop) -> None:
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    database = shop.house.runtime.database
    with database.transaction(tenant) as tx, pytest.raises(DBAPIError) as caught:
        tx.execute(sa.text("select cast(:sent as integer)"), {"sent": "1 confidential"})
    assert "[SQL parameters hidden" in str(caught.value)
