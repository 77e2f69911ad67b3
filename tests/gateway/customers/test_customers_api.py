"""Customers over HTTP."""

from typing import Any

import pytest
from httpx2 import Response

from tests.gateway.conftest import Account

NOVAK = {
    "name": "Novak d.o.o.",
    "email": "Racuni@Novak.si",
    "address": "Glavni trg 1",
    "city": "Škofja Loka",
    "post_code": "4220",
    "country": "Slovenia",
    "vat_id": "SI50223054",
    "phone": "+386 1 234 56 78",
    "contact_name": "Ana Novak",
    "peppol_id": "9949:SI50223054",
    "reference": "C-1",
    "locale": "sl",
    "due_days": 15,
    "iban": "SI56 1920 0123 4567 892",
    "metadata": {"crm": "77"},
}


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


def _create(account: Account, entity: str, **changes: object) -> Response:
    return account.call("POST", "/v1/customers", {**NOVAK, **changes}, Entity_Id=entity)


def _made(account: Account, entity: str, **changes: object) -> dict[str, Any]:
    answer = _create(account, entity, **changes)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _errors(answer: Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["message"] for error in answer.json()["errors"]}


def test_the_short_names_become_bg_7(account: Account, entity: str) -> None:
    made = _made(account, entity)
    assert made["buyer"] == {
        "name": "Novak d.o.o.",
        "vat_identifier": "SI50223054",
        "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
        "postal_address": {
            "line_1": "Glavni trg 1",
            "city": "Škofja Loka",
            "post_code": "4220",
            "country_code": "SI",
        },
        "contact": {
            "point": "Ana Novak",
            "telephone_number": "+386 1 234 56 78",
            "email_address": "Racuni@Novak.si",
        },
    }
    shown = {name: made[name] for name in NOVAK if name != "country"}
    assert shown == {name: value for name, value in NOVAK.items() if name != "country"}
    assert made["country_code"] == "SI"
    assert {check["field"]: check["result"] for check in made["checks"]} == {
        "vat_id": "valid",
        "iban": "valid",
    }
    read = account.call("GET", f"/v1/customers/{made['id']}", Entity_Id=entity)
    assert read.json() == made


def test_the_names_of_the_norm_mean_the_same(account: Account, entity: str) -> None:
    short = _made(account, entity, reference="one")
    long = account.call(
        "POST", "/v1/customers", {**short["buyer"], "reference": "two"}, Entity_Id=entity
    )
    assert long.status_code == 201, long.text
    assert long.json()["buyer"] == short["buyer"]


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"vat_id": "SI50223055"}, "/vat_id", "check digits of SI"),
        ({"vat_id": "50223054"}, "/vat_id", "lacks SI in front"),
        ({"vat_id": "GR094259216", "country": "GR"}, "/vat_id", "EL in Greece"),
        ({"iban": "SI56192001234567893"}, "/iban", "check digits"),
        ({"email": "novak.si"}, "/email", "e-mail"),
        ({"email": "a@b.si\r\nBcc: x@y.si"}, "/email", "e-mail"),
        ({"country": "Sloveniaa"}, "/country", "no country"),
        ({"peppol_id": "SI50223054"}, "/peppol_id", "no scheme"),
        ({"peppol_id": "1111:1"}, "/peppol_id", "Electronic Address"),
        ({"name": " "}, "/name", "required"),
        ({"name": "a\u0000b"}, "/name", "U+0000"),
        ({"due_days": -1}, "/due_days", "greater than or equal to 0"),
        ({"street": "x"}, "/street", "did you mean address"),
        ({"format_agreement": {"profile": "x"}}, "/format_agreement/profile", "no profile"),
        ({"country_code": "SI"}, "/country", "same field"),
    ],
)
def test_what_is_surely_wrong_is_refused_where_it_stands(
    account: Account, entity: str, change: dict[str, object], pointer: str, words: str
) -> None:
    errors = _errors(_create(account, entity, **change))
    assert list(errors) == [pointer]
    assert words in errors[pointer]


@pytest.mark.parametrize(
    ("vat", "result"),
    [("US12-3456789", "unknown"), ("CHE107787577IVA", "valid"), ("KW1", "unknown")],
)
def test_what_nobody_here_knows_is_unknown_and_taken(
    account: Account, entity: str, vat: str, result: str
) -> None:
    made = _made(account, entity, vat_id=vat, country=None)
    assert made["checks"][0]["result"] == result


def test_a_patch_is_merged(account: Account, entity: str) -> None:
    made = _made(account, entity)
    path = f"/v1/customers/{made['id']}"
    patch = {"phone": None, "city": "Kranj", "metadata": {"crm": None, "tier": "gold"}}
    changed = account.call("PATCH", path, patch, Entity_Id=entity).json()
    assert changed["phone"] is None
    assert (changed["city"], changed["post_code"]) == ("Kranj", "4220")
    assert changed["metadata"] == {"tier": "gold"}
    assert changed["created_at"] == made["created_at"]
    wrong = account.call("PATCH", path, {"name": None, "vat_id": "SI1"}, Entity_Id=entity)
    assert set(_errors(wrong)) == {"/name"}
    assert account.call("GET", path, Entity_Id=entity).json() == changed


def test_a_reference_belongs_to_one_customer(account: Account, entity: str) -> None:
    made = _made(account, entity)
    again = _create(account, entity)
    assert again.status_code == 409
    assert again.json()["customer_id"] == made["id"]
    assert _made(account, account.new_entity(country="SI"))["reference"] == "C-1"


def test_deleted_is_gone_and_comes_back(account: Account, entity: str) -> None:
    path = f"/v1/customers/{_made(account, entity)['id']}"
    assert account.call("DELETE", path, Entity_Id=entity).status_code == 204
    assert account.call("GET", path, Entity_Id=entity).status_code == 404
    assert account.call("DELETE", path, Entity_Id=entity).status_code == 404
    gone = account.call("GET", "/v1/customers?deleted=true", Entity_Id=entity).json()["data"]
    assert [one["deleted_at"] is not None for one in gone] == [True]
    other = _made(account, entity)
    taken = account.call("POST", f"{path}/restore", Entity_Id=entity)
    assert taken.json()["type"] == "/problems/customer-exists"
    account.call("DELETE", f"/v1/customers/{other['id']}", Entity_Id=entity)
    back = account.call("POST", f"{path}/restore", Entity_Id=entity)
    assert back.status_code == 200
    assert back.json()["deleted_at"] is None
    events = account.call("GET", "/v1/events?limit=100", Entity_Id=entity).json()["data"]
    assert [event["type"] for event in events if event["type"].startswith("customer.")] == [
        "customer.created",
        "customer.deleted",
        "customer.created",
        "customer.deleted",
        "customer.restored",
    ]
    assert events[0]["data"]["metadata"] == {"crm": "77"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=skofja", 1),
        ("search=NOVAK%20loka", 1),
        ("search=ovak", 2),
        ("search=100%25", 0),
        ("search=SI50223054", 1),
        ("search=C-1", 1),
        ("search=novak%20kranj%20loka", 0),
        ("email=racuni@novak.si", 1),
        ("vat_id=si%2050223054", 1),
        ("reference=C-1", 1),
        ("contact_type=supplier", 1),
        ("metadata[crm]=77", 1),
        ("", 2),
    ],
)
def test_search_and_filters(account: Account, entity: str, query: str, found: int) -> None:
    _made(account, entity)
    body = {"name": "Kovač Novak", "city": "Kranj", "contact_type": "supplier"}
    assert account.call("POST", "/v1/customers", body, Entity_Id=entity).status_code == 201
    answer = account.call("GET", f"/v1/customers?{query}", Entity_Id=entity)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["data"]) == found


def test_pages_follow_each_other(account: Account, entity: str) -> None:
    made = [_made(account, entity, reference=f"C-{number}")["id"] for number in range(5)]
    seen: list[str] = []
    query = "limit=2"
    while query:
        page = account.call("GET", f"/v1/customers?{query}", Entity_Id=entity).json()
        seen += [one["id"] for one in page["data"]]
        query = f"limit=2&cursor={page['next_cursor']}" if page["next_cursor"] else ""
    assert seen == made[::-1]
