"""Bad input gets a precise answer, stores nothing as issued, burns no number, is never a 5xx."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from gateway.demo.api import Api
from gateway.demo.companies import BUYERS, SELLERS

GOOD: dict[str, Any] = {
    "buyer": BUYERS["SI"],
    "buyer_reference": "order-1",
    "payment_terms": "15 days net",
    "lines": [
        {
            "item_name": "Bread",
            "invoiced_quantity": "3",
            "unit_code": "H87",
            "item_net_price": "1.10",
            "vat_category_code": "S",
            "vat_rate": "9.5",
        }
    ],
}


def _with(**changes: object) -> dict[str, Any]:
    return {**GOOD, **changes}


def _line(**changes: object) -> dict[str, Any]:
    return _with(lines=[{**GOOD["lines"][0], **changes}])


@pytest.fixture(scope="module")
def entity(api: Api) -> str:
    return str(api.post("/v1/entities", SELLERS["SI"]).body["id"])


@pytest.fixture
def untouched(api: Api, entity: str) -> Iterator[None]:
    """Nothing is stored as issued and the next number stays the next number."""
    before = _state(api, entity)
    yield
    assert _state(api, entity) == before


def _state(api: Api, entity: str) -> tuple[object, object]:
    issued = api.get("/v1/documents", entity=entity, state="issued", limit="100").body
    series = api.get("/v1/series", entity=entity).body
    return [document["id"] for document in issued["data"]], series


def _send(http: httpx2.Client, entity: str, content: bytes, **headers: str) -> httpx2.Response:
    return http.post(
        "/v1/invoices?finalize=true",
        content=content,
        headers={"Entity-Id": entity, "Content-Type": "application/json", **headers},
    )


MALFORMED = {
    "nothing": b"",
    "not json": b"<Invoice/>",
    "cut off": json.dumps(GOOD).encode()[:-20],
    "two values": b"{} {}",
    "double name": b'{"number": "1", "number": "2"}',
    "nan": b'{"totals": {"paid_amount": NaN}}',
    "latin 1": '{"buyer": {"name": "Société"}}'.encode("latin-1"),
    "deep": b"[" * 100_000,
    "long number": b'{"totals": {"paid_amount": ' + b"9" * 100_000 + b"}}",
    "lone surrogate": b'{"buyer": {"name": "\\ud800"}}',
}


@pytest.mark.parametrize("name", MALFORMED)
@pytest.mark.usefixtures("untouched")
def test_malformed_json_says_where_reading_stopped(
    http: httpx2.Client, entity: str, name: str
) -> None:
    answer = _send(http, entity, MALFORMED[name])
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problems/malformed-json"
    assert problem["offset"] >= 0


SHAPES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown field": (_with(colour="red"), "/colour"),
    "unknown field of a line": (_line(colour="red"), "/lines/0/colour"),
    "missing buyer": ({name: GOOD[name] for name in GOOD if name != "buyer"}, "/buyer"),
    "number for text": (_with(buyer_reference=7), "/buyer_reference"),
    "date that is none": (_with(payment_due_date="2026-02-30"), "/payment_due_date"),
    "timestamp for a date": (_with(payment_due_date=1700000000), "/payment_due_date"),
    "exponent in text": (_line(item_net_price="1E5"), "/lines/0/item_net_price"),
    "full-width digits": (_line(item_net_price="１００"), "/lines/0/item_net_price"),
    "control character": (_line(item_name="a\u0000b"), "/lines/0/item_name"),
    "lines that are none": (_with(lines={"a": 1}), "/lines"),
    "both names": ({**GOOD, "customer": BUYERS["SI"]}, "/customer"),
    "unknown profile": (_with(profile="fax"), "/profile"),
    "alias": (
        {**{n: GOOD[n] for n in GOOD if n != "lines"}, "items": [{"name": "x", "price": "y"}]},
        "/items/0/price",
    ),
    "attachment that is not base64": (
        _with(
            additional_supporting_documents=[
                {
                    "reference": "a",
                    "attached_document": {
                        "content": "***",
                        "mime_code": "text/csv",
                        "filename": "a.csv",
                    },
                }
            ]
        ),
        "/additional_supporting_documents/0/attached_document/content",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.usefixtures("untouched")
def test_a_wrong_shape_names_the_place(http: httpx2.Client, entity: str, name: str) -> None:
    body, pointer = SHAPES[name]
    answer = _send(http, entity, json.dumps(body).encode())
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/request-invalid"
    assert pointer in [error["pointer"] for error in problem["errors"]]


RULES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a cent": (_with(totals={"total_with_vat": "3.62"}), "BR-CO-15", "/totals/total_with_vat"),
    "unknown currency": (_with(currency_code="XXQ"), "BR-CL-04", "/currency_code"),
    "unknown unit": (_line(unit_code="BREAD"), "BR-CL-23", "/lines/0/unit_code"),
    "unknown country": (
        _with(
            buyer={
                **BUYERS["SI"],
                "postal_address": {**BUYERS["SI"]["postal_address"], "country_code": "ZZ"},
            }
        ),
        "BR-CL-14",
        "/buyer/postal_address/country_code",
    ),
    "category without rate": (_line(vat_rate="0"), "BR-S-05", "/lines/0/vat_rate"),
    "no lines": (_with(lines=[]), "BR-16", "/lines"),
    "no item name": (_line(item_name=None), "BR-25", "/lines/0/item_name"),
    "no VAT category abroad": (
        _with(
            buyer=BUYERS["DE"],
            lines=[{"item_name": "x", "invoiced_quantity": "1", "item_net_price": "1"}],
        ),
        "GW-01",
        "/lines/0/vat_category_code",
    ),
    "nobody to send it to": (
        _with(
            buyer={n: v for n, v in BUYERS["SI"].items() if n != "electronic_address"},
            profile="peppol-bis-3",
        ),
        "PEPPOL-EN16931-R010",
        "/buyer/electronic_address",
    ),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.usefixtures("untouched")
def test_a_broken_rule_comes_with_pointer_and_fix(
    http: httpx2.Client, entity: str, name: str
) -> None:
    body, rule, pointer = RULES[name]
    answer = _send(http, entity, json.dumps(body).encode())
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/invoice-not-compliant"
    found = [one for one in problem["findings"] if one["rule"] == rule]
    assert pointer in [one.get("pointer") for one in found], problem["findings"]
    assert all(one["fix"] for one in found if one.get("pointer") == pointer)


@pytest.mark.usefixtures("untouched")
def test_a_body_of_50_mb_is_refused(http: httpx2.Client, entity: str) -> None:
    answer = _send(http, entity, b'{"buyer_reference": "' + b"x" * 50_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/body-too-large"


@pytest.mark.usefixtures("untouched")
def test_xml_is_not_taken_for_json(http: httpx2.Client, entity: str) -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><Invoice>&e;</Invoice>'
    answer = _send(http, entity, hostile, **{"Content-Type": "application/xml"})
    assert answer.status_code == 415


@pytest.mark.usefixtures("untouched")
def test_a_draft_with_mistakes_is_kept_and_says_what_is_wrong(api: Api, entity: str) -> None:
    body = _with(totals={"total_with_vat": "3.62"})
    draft = api.post("/v1/invoices", body, entity=entity)
    assert draft.status == 201
    assert "BR-CO-15" in [finding["rule"] for finding in draft.body["findings"]]
    refused = api.post(f"/v1/invoices/{draft.body['id']}/finalize", {}, entity=entity)
    assert refused.status == 422
    assert api.get(f"/v1/invoices/{draft.body['id']}", entity=entity).body["state"] == "draft"
