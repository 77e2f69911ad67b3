"""`/v1/explain`, and what `/v1/invoices` says of wrong bodies: pointer, rule, fix, patch."""

import base64
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from formats.explain import json_patch
from formats.registry import PROFILES
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.samples import invoice as sample
from tests.gateway.houses import Shop, invoice, line, opened
from tests.gateway.matrix.bodies import SELLER

UBL = PROFILES["en16931-ubl"]


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("explanations")) as house:
        yield Shop.opened(house)


def _explain(shop: Shop, body: object, query: str = "") -> dict[str, Any]:
    answer = shop.call("POST", f"/v1/explain{query}", body)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def _short(**changes: object) -> dict[str, Any]:
    """Return a body in the short form, with its seller; 3 x 1.10 at 9.5 % = 3.61."""
    body = copy.deepcopy(invoice(number="7", issue_date="2026-11-20", currency="EUR"))
    body["customer"] = body.pop("buyer")
    body["items"] = body.pop("lines")
    return {**body, "profile": "en16931-ubl", "seller": SELLER, **changes}


Wrong = tuple[str, dict[str, Any], str, str, bool]
"""Name, what is changed, and the rule, the pointer and whether there is a patch."""

WRONG: list[Wrong] = [
    ("buyer name", {"customer": {"country_code": "SI"}}, "BR-07", "/customer/name", False),
    (
        "a cent off",
        {"totals": {"total_with_vat": "3.62"}},
        "BR-CO-15",
        "/totals/total_with_vat",
        True,
    ),
    (
        "wrong category",
        {"items": [line(vat_category_code="Z", vat_rate="9.5")]},
        "BR-Z-05",
        "/items/0/vat_rate",
        False,
    ),
    (
        "no reason",
        {"items": [line(vat_category_code="E", vat_rate="0")]},
        "BR-E-10",
        "/vat_exemptions",
        False,
    ),
    ("currency", {"currency": "XXQ"}, "BR-CL-04", "/currency", False),
    ("no due date", {"payment_terms": None}, "BR-CO-25", "/due_date", False),
    (
        "price",
        {"items": [line(item_net_price="-1.10")]},
        "BR-27",
        "/items/0/item_net_price",
        False,
    ),
    (
        "price beside its amount",
        {"items": [line(item_net_price="-1.10", net_amount="3.30")]},
        "BR-27",
        "/items/0/item_net_price",
        True,
    ),
    (
        "VAT identifier",
        {"customer": {"name": "B", "country_code": "DE", "vat_id": "136695976"}},
        "BR-CO-09",
        "/customer/vat_id",
        True,
    ),
    (
        "line numbers",
        {"items": [line(identifier="1"), line(identifier="1")]},
        "GW-10",
        "/items/1/identifier",
        True,
    ),
    (
        "slack",
        {
            "items": [line(item_net_price="100", vat_rate="22")],
            "vat_breakdown": [
                {
                    "category_code": "S",
                    "category_rate": "22",
                    "category_taxable_amount": "300.00",
                    "category_tax_amount": "66.27",
                }
            ],
        },
        "GW-11",
        "/vat_breakdown/0/category_tax_amount",
        True,
    ),
    (
        "a total of another invoice",
        {"totals": {"total_with_vat": "9.61"}},
        "BR-CO-15",
        "/totals/total_with_vat",
        False,
    ),
    ("no line", {"items": []}, "BR-16", "/items", False),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[0])
def test_wrong_bodies_are_explained_where_they_were_written(shop: Shop, wrong: Wrong) -> None:
    name, changes, rule, pointer, mends = wrong
    body = _short(**changes)
    said = _explain(shop, {"document": body})
    found = {(one["code"], one["pointer"]): one for one in said["explanations"]}
    assert (rule, pointer) in found, (name, list(found))
    one = found[rule, pointer]
    assert one["message"]
    assert one["action"]
    assert one["reference"]
    assert bool(one["patch"]) == mends
    if mends:
        patched = json_patch.apply(body, one["patch"])
        again = _explain(shop, {"document": patched})
        assert rule not in {each["code"] for each in again["explanations"]}


STORED = [one for one in WRONG if one[0] != "no due date"]
"""A document that is stored gets 30 days to pay where it says nothing."""


@pytest.mark.parametrize("wrong", STORED, ids=lambda wrong: wrong[0])
def test_wrong_bodies_are_refused_or_shown_with_rule_and_fix(shop: Shop, wrong: Wrong) -> None:
    name, changes, rule, pointer, mends = wrong
    body = _short(**changes)
    del body["seller"], body["number"], body["issue_date"]
    draft = shop.draft(body)
    found = {(one["rule"], one["pointer"]): one for one in draft["findings"]}
    assert (rule, pointer) in found, (name, list(found))
    assert found[rule, pointer]["fix"]
    assert bool(found[rule, pointer].get("patch")) == mends
    if found[rule, pointer]["flag"] == "fatal":
        refused = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
        assert refused.status_code == 422
        assert rule in {one["rule"] for one in refused.json()["findings"]}


def test_a_body_of_the_wrong_shape_says_rule_and_fix(shop: Shop) -> None:
    body = _short(due_date="20.12.2026", items=[line(item_net_price="1,10")])
    del body["seller"], body["customer"]
    refused = shop.call("POST", "/v1/invoices", body)
    assert refused.status_code == 422
    parts = {part["pointer"]: part for part in refused.json()["errors"]}
    assert (parts["/customer" if "/customer" in parts else "/buyer"]["rule"]) == "BR-07"
    assert parts["/due_date"]["rule"] == "BODY-VALUE"
    assert all(part["fix"] for part in parts.values())
    assert parts["/due_date"]["patch"][-1] == {
        "op": "replace",
        "path": "/due_date",
        "value": "2026-12-20",
    }
    price = parts["/items/0/item_net_price"]
    assert price["patch"][-1]["value"] == "1.10"


def test_codes_are_explained_in_the_language_asked_for(shop: Shop) -> None:
    codes = ["BR-CO-15", "sdi:00400", "ksef:440", "NOPE-1"]
    said = _explain(shop, {"codes": codes, "language": "de"})
    assert (said["language"], said["valid"], said["patch"]) == ("de", None, [])
    one, sdi, ksef, unknown = said["explanations"]
    assert (one["term"], one["knowledge"]) == ("BT-112", "exact")
    assert one["term_name"] == "Gesamtbetrag mit Umsatzsteuer"
    assert sdi["authority"] == "Sistema di Interscambio (IT)"
    assert (ksef["pointer"], ksef["knowledge"]) == ("/number", "exact")
    assert (unknown["knowledge"], unknown["pointer"]) == ("unknown", None)


def test_apply_mends_the_body_and_judges_it_again(shop: Shop) -> None:
    body = _short(totals={"total_with_vat": "3.62"})
    said = _explain(shop, {"document": body}, "?apply=true")
    assert said["valid"] is False
    applied = said["applied"]
    assert applied["valid"] is True, applied["findings"]
    assert applied["document"] == body | {"totals": {"total_with_vat": "3.61"}}
    assert [(one["term"], one["new"]) for one in applied["changes"]] == [("BT-112", "3.61")]
    assert json_patch.apply(body, said["patch"]) == applied["document"]
    assert applied["content"] is None


def test_apply_writes_xml_again_and_says_what_changed(shop: Shop) -> None:
    right = sample(lines=[line(vat_rate="22")])
    control = right.process_control.model_copy(
        update={"specification_identifier": UBL.customization_id}
    )
    right = right.model_copy(update={"process_control": control})
    source = UBL.write(right)
    wrong = source.replace(b">4.03<", b">4.04<")
    assert wrong != source
    document = base64.b64encode(wrong).decode()
    said = _explain(shop, {"document": document}, "?apply=true")
    applied = said["applied"]
    assert applied["valid"] is True, applied["findings"]
    assert base64.b64decode(applied["content"]) == source
    assert applied["losses"] == []
    assert {one["term"] for one in applied["changes"]} <= {"BT-112", "BT-115"}


def test_a_report_is_explained_with_the_document_it_is_about(shop: Shop) -> None:
    body = _short(totals={"total_with_vat": "3.62"})
    judged = shop.call("POST", "/v1/validate", body)
    assert judged.status_code == 200
    said = _explain(shop, {"report": judged.json(), "document": body})
    assert {one["code"] for one in said["explanations"]} >= {"BR-CO-15"}
    assert all(one["patch"] for one in said["explanations"] if one["code"] == "BR-CO-15")
    alone = _explain(shop, {"report": judged.json()})
    assert all(one["patch"] == [] for one in alone["explanations"])


def test_svrl_is_a_report(shop: Shop) -> None:
    svrl = (
        '<svrl:schematron-output xmlns:svrl="http://purl.oclc.org/dsdl/svrl">'
        '<svrl:fired-rule context="/*"/>'
        '<svrl:failed-assert id="BR-CO-15" flag="fatal" location="/*" test="x">'
        "<svrl:text>[BR-CO-15]-off</svrl:text></svrl:failed-assert></svrl:schematron-output>"
    )
    (one,) = _explain(shop, {"report": svrl})["explanations"]
    assert (one["code"], one["message"], one["term"]) == ("BR-CO-15", "off", "BT-112")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"codes": ["X"], "profile": "nope"}, "/profile"),
        ({"report": {"hello": 1}}, "/report"),
        ({"report": "<a/>"}, "/report"),
        ({"document": "not base64!"}, "/document"),
        ({"code": "X"}, "/code"),
        ({"codes": [""]}, "/codes/0"),
    ],
)
def test_what_cannot_be_explained_is_refused(shop: Shop, body: object, pointer: str) -> None:
    refused = shop.call("POST", "/v1/explain", body)
    assert refused.status_code == 422, refused.text
    assert pointer in {part["pointer"] for part in refused.json()["errors"]}


def test_a_document_that_cannot_be_read_is_explained_too(shop: Shop) -> None:
    document = base64.b64encode(b"<!DOCTYPE x><x/>").decode()
    said = _explain(shop, {"document": document, "language": "fr"}, "?apply=true")
    assert [one["code"] for one in said["explanations"]] == ["XML-doctype"]
    assert (said["valid"], said["applied"]) == (False, None)
