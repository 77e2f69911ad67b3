"""The short form of an entity, its country's defaults, search, and what freezes."""

import pytest

from gateway.demo.companies import SELLERS
from tests.gateway.conftest import Account
from tests.gateway.houses import invoice


def test_the_body_of_the_brief_is_accepted_as_it_is(account: Account) -> None:
    body = {
        "name": "Acme Ltd",
        "address": "Trubarjeva 1",
        "city": "Ljubljana",
        "post_code": "1000",
        "country": "Slovenia",
        "currency_code": "EUR",
        "vat_id": "SI27289877",
        "email": "info@acme.example",
    }
    made = account.call("POST", "/v1/entities", body)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert shown["country_code"] == "SI"
    assert shown["settings"] == {"currency_code": "EUR"}
    assert shown["seller"] == {
        "name": "Acme Ltd",
        "identifiers": [],
        "vat_identifier": "SI27289877",
        "postal_address": {
            "line_1": "Trubarjeva 1",
            "city": "Ljubljana",
            "post_code": "1000",
            "country_code": "SI",
        },
        "contact": {"email_address": "info@acme.example"},
    }
    defaults = shown["defaults"]
    assert defaults["currency_code"] == "EUR"
    assert (defaults["locale"], defaults["time_zone"]) == ("sl", "Europe/Ljubljana")
    assert {"name": "standard", "percent": "22"} in defaults["vat_rates"]
    path = f"/v1/entities/{shown['id']}"
    moved = account.call("PATCH", path, {"address": "Dunajska 2", "city": None}).json()
    address = {"line_1": "Dunajska 2", "post_code": "1000", "country_code": "SI"}
    assert moved["seller"]["postal_address"] == address


@pytest.mark.parametrize(
    ("written", "code"),
    [("Slovenija", "SI"), ("DEUTSCHLAND", "DE"), ("belgique", "BE"), ("Ελλάδα", "GR")],
)
def test_a_country_may_be_called_by_its_own_name(
    account: Account, written: str, code: str
) -> None:
    made = account.call("POST", "/v1/entities", {"name": "x", "country": written})
    assert made.json()["country_code"] == code


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"country_code": "SI"}, "/country"),
        ({"city": "A", "seller": {"postal_address": {"city": "B"}}}, "/city"),
        ({"currency_code": "EUR", "settings": {"currency_code": "EUR"}}, "/currency_code"),
        ({"currency_code": "EURO"}, "/currency_code"),
        ({"city": 1}, "/city"),
        ({"country": "Atlantis"}, "/country"),
        ({"town": "A"}, "/town"),
    ],
)
def test_two_spellings_of_one_thing_clash(
    account: Account, more: dict[str, object], pointer: str
) -> None:
    body = {"name": "x", "country": "SI", **more}
    answer = account.call("POST", "/v1/entities", body)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_country_that_is_not_declared_has_what_is_commonly_known(account: Account) -> None:
    made = account.call("POST", "/v1/entities", {"name": "x", "country": "Hungary"}).json()
    assert made["defaults"] == {
        "currency_code": "HUF",
        "locale": "en",
        "time_zone": "Europe/Budapest",
        "eu_member": True,
        "vat_rates": [],
        "country_declared": False,
    }


def test_a_list_is_searched_by_name(account: Account) -> None:
    for name in ("Bäckerei Eins", "100%_Rabatt", "Tischlerei"):
        account.new_entity(name)

    def found(text: str) -> list[str]:
        listed = account.call("GET", f"/v1/entities?search={text}").json()["data"]
        return [one["name"] for one in listed]

    assert found("BÄCKER") == ["Bäckerei Eins"]
    assert found("erei") == ["Tischlerei", "Bäckerei Eins"]
    assert found("%25_") == ["100%_Rabatt"]
    assert found("nobody") == []
    assert account.call("GET", "/v1/entities?search=").status_code == 422
    assert account.call("GET", "/v1/entities?search=%00").status_code == 422


def seller(account: Account) -> str:
    body = SELLERS["SI"]
    answer = account.call("POST", "/v1/entities", body)
    return str(answer.json()["id"])


def issue(account: Account, entity_id: str) -> None:
    path, key = "/v1/invoices?finalize=true", "one"
    body = invoice(profile="en16931-ubl")
    answer = account.call("POST", path, body, Entity_Id=entity_id, Idempotency_Key=key)
    assert answer.status_code == 200, answer.text


def test_country_and_tax_numbers_are_free_until_something_is_issued(account: Account) -> None:
    path = f"/v1/entities/{account.new_entity()}"
    body = {"country": "Slovenia", "vat_id": "SI27289877"}
    shown = account.call("PATCH", path, body).json()
    assert shown["country_code"] == "SI"
    assert shown["seller"]["postal_address"] == {"country_code": "SI"}
    assert account.call("PATCH", path, {"vat_id": "SI50223054"}).status_code == 200


def test_country_and_tax_numbers_are_frozen_once_something_is_issued(account: Account) -> None:
    entity_id = seller(account)
    path = f"/v1/entities/{entity_id}"
    issue(account, entity_id)
    body = {"country": "DE", "seller": {"vat_identifier": None}}
    answer = account.call("PATCH", path, body)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/entity-frozen"
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert pointers == ["/country", "/seller/vat_identifier"]
    assert account.call("PATCH", path, {"tax_number": "27289877"}).status_code == 200
    assert account.call("PATCH", path, {"tax_number": "1"}).status_code == 409
    assert account.call("PATCH", path, {"name": "Other", "city": "Kranj"}).status_code == 200


def test_an_entity_is_deleted_only_before_it_issued_anything(account: Account) -> None:
    unused, used = account.new_entity(), seller(account)
    issue(account, used)
    key = account.entity_key(unused)
    assert account.call("DELETE", f"/v1/entities/{used}").status_code == 409
    assert account.call("DELETE", f"/v1/entities/{unused}", key=key).status_code == 403
    assert account.call("DELETE", f"/v1/entities/{unused}").status_code == 204
    assert account.call("GET", f"/v1/entities/{unused}").status_code == 404
    assert account.call("DELETE", f"/v1/entities/{unused}").status_code == 404
    assert account.call("GET", "/v1/series", Entity_Id=unused).status_code == 404
    assert account.call("GET", "/v1/entities", key=key).status_code == 401
    listed = account.call("GET", "/v1/entities").json()["data"]
    assert [one["id"] for one in listed] == [used]
