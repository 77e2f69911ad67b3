"""What a hostile reader tried with buyers' numbers: old answers, other spellings, credit notes."""

from collections.abc import Iterator
from typing import Any

import pytest
from freezegun import freeze_time

from gateway.demo.companies import BUYERS
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.documents.test_held import NUMBER, OWN, _sale, _shop, _work
from tests.gateway.houses import House, Shop, opened, rules
from tests.gateway.vies.authorities import Authorities, authorities

GREEK = "EL094259216"


@pytest.fixture(scope="module")
def found() -> Iterator[Authorities]:
    with authorities() as running_authorities:
        yield running_authorities


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, found: Authorities
) -> Iterator[House]:
    data = tmp_path_factory.mktemp("reliance")
    with opened(postgres, data, sandbox_vies_url=found.url, vies_seconds=2) as house:
        yield house


@pytest.fixture(autouse=True)
def _fresh(house: House, found: Authorities) -> None:
    found.service.reset()
    house.sql("delete from vat_flight")
    house.sql("delete from vat_lane")
    found.know(OWN, name="Pekarna")


def _checked(shop: Shop, number: str = NUMBER) -> str:
    return str(shop.call("POST", "/v1/vat-checks", {"vat_id": number}).json()["outcome"])


def _flags(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["flag"]) for one in document["findings"]]


def _categories(document: dict[str, Any]) -> list[str]:
    return [one["vat_category_code"] for one in document["invoice"]["lines"]]


def _said(category: str, rate: str, **changes: object) -> dict[str, Any]:
    return {**_sale()["lines"][0], "vat_category_code": category, "vat_rate": rate, **changes}


def test_an_old_refusal_is_never_taken_for_a_confirmation(house: House) -> None:
    shop = _shop(house, unknown="flag", unverified="flag")
    with freeze_time("2026-11-20T08:00:00Z"):
        assert _checked(shop) == "invalid"
    with freeze_time("2026-11-20T12:00:00Z"):
        issued = shop.issued(_sale(issue_date="2026-11-20"))
    assert _categories(issued) == ["S"]
    assert _flags(issued) == [("GW-34", "warning")]


def test_what_is_let_through_is_asked_all_the_same_and_the_record_says_so(house: House) -> None:
    shop = _shop(house, unknown="flag")
    issued = shop.issued(_sale())
    decision = shop.get(f"/v1/invoices/{issued['id']}/tax-decision")
    buyer = decision["facts"]["buyer"]
    assert (decision["vat_check"], buyer["vies"], buyer["taken_as"]) == (None, None, "valid")
    assert ("buyer.vies", "invalid") in {
        (one["fact"], one["value"]) for one in decision["lines"][0]["would_change"]
    }
    [(number, reason)] = house.sql(
        "select number, reason from vat_question where account_id = %s", shop.account.id
    )
    assert (number, reason) == (NUMBER, "document")


@pytest.mark.parametrize("written", ["GR094259216", "EL 094 259 216"])
def test_another_spelling_is_the_same_number(
    house: House, found: Authorities, written: str
) -> None:
    found.know(GREEK, name="Elliniki")
    shop = _shop(house)
    assert _checked(shop, GREEK) == "valid"
    address = {"city": "Athina", "country_code": "GR", "line_1": "Odos 1", "post_code": "10431"}
    buyer = {"name": "Elliniki", "vat_identifier": written, "postal_address": address}
    draft = shop.draft(_sale(buyer=buyer))
    assert _categories(draft) == ["AE"]
    assert "GW-35" not in {rule for rule, _ in _flags(draft)}


def test_a_restored_draft_is_held_no_longer(house: House) -> None:
    shop = _shop(house)
    held = shop.issue(_sale()).json()
    assert held["status"] == "held"
    path = f"/v1/documents/{held['id']}"
    assert shop.call("DELETE", f"/v1/invoices/{held['id']}").status_code == 204
    shop.call("POST", f"{path}/restore")
    assert shop.get(path)["status"] == "draft"


def test_vat_that_is_charged_needs_no_number(house: House) -> None:
    shop = _shop(house)
    assert _categories(shop.issued(_sale(lines=[_said("S", "22")]))) == ["S"]
    assert _checked(shop) == "invalid"
    assert _categories(shop.issued(_sale(lines=[_said("S", "22")]))) == ["S"]
    assert "GW-34" in rules(shop.issue(_sale()))


def test_a_reverse_charge_without_number_is_stopped(house: House) -> None:
    known = {name: value for name, value in BUYERS["DE"].items() if name != "vat_identifier"}
    buyer = {**known, "legal_registration_identifier": "HRB 1"}
    assert "GW-34" in rules(_shop(house).issue(_sale(buyer=buyer, lines=[_said("AE", "0")])))


def test_an_estimate_waits_for_nobody(house: House) -> None:
    shop = _shop(house)
    made = shop.call("POST", "/v1/estimates?finalize=true", _sale(lines=[_said("AE", "0")]))
    assert made.status_code == 200, made.text


def test_a_credit_note_is_taxed_like_what_it_takes_back(house: House, found: Authorities) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    assert _checked(shop) == "valid"
    invoice = shop.issued(_sale())
    assert _categories(invoice) == ["AE"]
    found.service.registry.remove(NUMBER)
    house.sql("update vat_check set asked_at = asked_at - interval '2 days'")
    assert _checked(shop) == "invalid"
    credit = shop.issued(_sale(corrects=invoice["id"]), "credit-notes")
    assert _categories(credit) == ["AE"]
    assert credit["total_vat"] == "0.00"


def test_a_credit_note_of_several_rates_is_asked_which(house: House) -> None:
    shop = _shop(house)
    two = [_said("S", "22"), _said("S", "9.5", item_name="Book")]
    invoice = shop.issued(_sale(buyer=BUYERS["SI"], lines=two))
    body = _sale(buyer=BUYERS["SI"], corrects=invoice["id"])
    assert "GW-01" in rules(shop.issue(body, "credit-notes"))


def test_prices_with_vat_are_no_reverse_charge_by_themselves(
    house: House, found: Authorities
) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    assert _checked(shop) == "valid"
    assert "GW-01" in rules(shop.issue(_sale(prices_include_vat=True)))


def test_a_job_that_fails_gives_the_document_back(
    house: House, found: Authorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    held = shop.issue(_sale()).json()
    archive = type(house.runtime.archive)
    monkeypatch.setattr(archive, "store", _fails)
    back = _work(house, shop, held["id"])
    assert (back["state"], back["held"]) == ("draft", None)
    released = [one for one in shop.get("/v1/events")["data"] if one["type"] == "invoice.released"]
    assert released[0]["data"]["problem"] == "internal"


def _fails(*_: object) -> None:
    raise OSError("the disk is away")
