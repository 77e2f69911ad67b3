"""Items over HTTP."""

from typing import Any

import pytest
from httpx2 import Response

from gateway.items import service
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from tests.gateway.conftest import Account

BREAD = {
    "name": "Bread",
    "description": "Sourdough, 1 kg",
    "price": "3.50",
    "currency_code": "eur",
    "unit": "piece",
    "vat_category_code": "s",
    "vat_rate": "9.5",
    "sku": "B-1",
    "gtin": "4006381333931",
    "classifications": [{"code": "15811000", "list": "sti", "version": "2008"}],
    "attributes": [{"name": "Weight", "value": "1 kg"}],
    "country_of_origin": "SI",
    "metadata": {"shelf": "3"},
}


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


def _create(account: Account, entity: str, **changes: object) -> Response:
    return account.call("POST", "/v1/items", {**BREAD, **changes}, Entity_Id=entity)


def _made(account: Account, entity: str, **changes: object) -> dict[str, Any]:
    answer = _create(account, entity, **changes)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_an_item_becomes_a_line(account: Account, entity: str) -> None:
    made = _made(account, entity)
    assert made["line"] == {
        "unit_code": "H87",
        "item_net_price": "3.50",
        "vat_category_code": "S",
        "vat_rate": "9.5",
        "item_name": "Bread",
        "item_description": "Sourdough, 1 kg",
        "item_sellers_identifier": "B-1",
        "item_standard_identifier": {"value": "4006381333931", "scheme_identifier": "0160"},
        "item_classification_identifiers": [
            {
                "value": "15811000",
                "scheme_identifier": "STI",
                "scheme_version_identifier": "2008",
            }
        ],
        "item_country_of_origin": "SI",
        "item_attributes": [{"name": "Weight", "value": "1 kg"}],
    }
    expected = {**BREAD, "currency_code": "EUR", "unit": "H87", "vat_category_code": "S"}
    expected["classifications"] = [{"code": "15811000", "list": "STI", "version": "2008"}]
    assert {name: made[name] for name in expected} == expected
    path = f"/v1/items/{made['id']}"
    assert account.call("GET", path, Entity_Id=entity).json() == made
    invoice = {"customer": {"name": "N"}, "items": [{**made["line"], "quantity": 2}]}
    draft = account.call("POST", "/v1/invoices", invoice, Entity_Id=entity)
    assert draft.status_code == 201, draft.text


def test_a_price_in_another_currency_is_left_out(account: Account, entity: str) -> None:
    made = _made(account, entity)
    tenant = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox", account_wide=True)
    with account.runtime.database.transaction(tenant) as tx:
        item = service.get(tx, parse_id(made["id"], "itm"))
        assert service.as_line(item, "EUR")["item_net_price"] == "3.50"
        assert "item_net_price" not in service.as_line(item, "USD")


def test_the_tax_of_an_item_decides(account: Account, entity: str) -> None:
    body = {"name": "Reduced", "rate": "9.5"}
    tax = account.call("POST", "/v1/taxes", body, Entity_Id=entity).json()
    made = _made(account, entity, vat_category_code=None, vat_rate=None, tax_id=tax["id"])
    assert (made["vat_category_code"], made["vat_rate"]) == ("S", "9.5")
    path = f"/v1/taxes/{tax['id']}"
    account.call("PATCH", path, {"rate": "10"}, Entity_Id=entity)
    account.call("DELETE", path, Entity_Id=entity)
    item = f"/v1/items/{made['id']}"
    assert account.call("GET", item, Entity_Id=entity).json()["vat_rate"] == "10"
    kept = account.call("PATCH", item, {"price": "4"}, Entity_Id=entity)
    assert kept.json()["tax_id"] == tax["id"], "a deleted tax stays with its items"
    assert _create(account, entity, sku="B-2", vat_rate=None, tax_id=tax["id"]).status_code == 422
    alone = {"name": "New", "tax_id": tax["id"]}
    answer = account.call("POST", "/v1/items", alone, Entity_Id=entity)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"price": 3.5}, None, ""),
        ({"price": "-1"}, "/price", "less than 0"),
        ({"price": "1,50"}, "/price", "has a comma"),
        ({"price": "9" * 31}, "/price", "digits"),
        ({"unit": "bushelish"}, "/unit", "no unit"),
        ({"gtin": "4006381333932"}, "/gtin", "check digit"),
        ({"gtin": "12"}, "/gtin", "no GTIN"),
        ({"vat_rate": "101"}, "/vat_rate", "less than or equal"),
        ({"vat_category_code": "X"}, "/vat_category_code", "no VAT category"),
        ({"vat_category_code": "AE"}, "", "no rate but 0"),
        ({"vat_rate": "0"}, "", "above 0"),
        ({"currency_code": "EURO"}, "/currency_code", "no currency"),
        ({"base_quantity": "0"}, "/base_quantity", "greater than"),
        ({"classifications": [{"code": "1", "list": "??"}]}, "/classifications/0/list", "7143"),
        ({"name": ""}, "/name", "at least 1"),
        ({"name": "a\u0000"}, "/name", "U+0000"),
        ({"title": "x"}, "/title", "not a name"),
    ],
)
def test_what_is_wrong_is_refused(
    account: Account, entity: str, change: dict[str, object], pointer: str | None, words: str
) -> None:
    answer = _create(account, entity, **change)
    if pointer is None:
        assert answer.status_code == 201, answer.text
        return
    assert answer.status_code == 422, answer.text
    errors = {error["pointer"]: error["message"] for error in answer.json()["errors"]}
    assert list(errors) == [pointer]
    assert words in errors[pointer]


def test_change_delete_restore(account: Account, entity: str) -> None:
    made = _made(account, entity)
    path = f"/v1/items/{made['id']}"
    changed = account.call("PATCH", path, {"price": "4.00", "gtin": None}, Entity_Id=entity)
    assert changed.json()["line"]["item_net_price"] == "4.00"
    assert "item_standard_identifier" not in changed.json()["line"]
    assert _create(account, entity).json()["item_id"] == made["id"]
    assert account.call("DELETE", path, Entity_Id=entity).status_code == 204
    other = _made(account, entity)
    assert account.call("POST", f"{path}/restore", Entity_Id=entity).status_code == 409
    account.call("DELETE", f"/v1/items/{other['id']}", Entity_Id=entity)
    assert account.call("POST", f"{path}/restore", Entity_Id=entity).status_code == 200
    events = account.call("GET", "/v1/events?limit=100", Entity_Id=entity).json()["data"]
    kinds = [event["type"] for event in events if event["type"].startswith("item.")]
    assert kinds == [
        *("item.created", "item.updated", "item.deleted"),
        *("item.created", "item.deleted", "item.restored"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=brot", 1),
        ("search=sourdough%20bread", 1),
        ("sku=B-1", 1),
        ("gtin=4006381333931", 1),
        ("metadata[shelf]=3", 1),
        ("metadata[shelf]=4", 0),
        ("", 2),
    ],
)
def test_search(account: Account, entity: str, query: str, found: int) -> None:
    _made(account, entity)
    account.call("POST", "/v1/items", {"name": "Bröt"}, Entity_Id=entity)
    answer = account.call("GET", f"/v1/items?{query}", Entity_Id=entity)
    assert len(answer.json()["data"]) == found
