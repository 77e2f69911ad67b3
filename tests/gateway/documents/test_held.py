"""A reverse charge stands and falls with the buyer's number: stopped, flagged, or held for it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.background import Background, running
from gateway.demo.companies import BUYERS
from gateway.jobs.worker import JobWorker
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.vies.clerk import Clerk
from tests.gateway.houses import House, Shop, invoice, opened, rules
from tests.gateway.vies.authorities import Authorities, authorities

NUMBER = str(BUYERS["DE"]["vat_identifier"])
OWN = "SI27289877"  # the seller's, of the demo
_PATIENCE = 30.0  # seconds


@pytest.fixture(scope="module")
def found() -> Iterator[Authorities]:
    with authorities() as running_authorities:
        yield running_authorities


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, found: Authorities
) -> Iterator[House]:
    data = tmp_path_factory.mktemp("held")
    with opened(postgres, data, sandbox_vies_url=found.url, vies_seconds=2) as house:
        yield house


@pytest.fixture(autouse=True)
def _fresh(house: House, found: Authorities) -> None:
    found.service.reset()
    house.sql("delete from vat_flight")
    house.sql("delete from vat_lane")
    found.know(OWN, name="Pekarna")


def _shop(house: House, **eu: object) -> Shop:
    rules_of_tax = {"eu": {"vies_validate_vat": True, "auto_reverse_charge": True, **eu}}
    return Shop.opened(house, settings={"tax_rules": rules_of_tax})


def _sale(**changes: object) -> dict[str, Any]:
    line = {
        "item_name": "Software",
        "invoiced_quantity": "1",
        "item_net_price": "100",
        "supply_kind": "service",
    }
    body = {"buyer": BUYERS["DE"], "profile": "en16931-ubl", "lines": [line], **changes}
    return invoice(**body)


def _work(house: House, shop: Shop, document: str) -> dict[str, Any]:
    """Let the background work until a document is held no longer; return the document."""
    runtime = house.runtime
    workers: list[Background] = [Clerk(runtime.vat_checks, 0.05), JobWorker(runtime.jobs)]
    end = time.monotonic() + _PATIENCE
    with running(workers):
        while time.monotonic() < end:
            shown = shop.get(f"/v1/invoices/{document}")
            if shown["status"] != "held":
                return shown
            time.sleep(0.05)
    raise AssertionError("held for ever")


def _events(shop: Shop) -> list[str]:
    return [one["type"] for one in shop.get("/v1/events?limit=200")["data"]]


def test_held_until_the_number_is_confirmed_then_issued_by_itself(
    house: House, found: Authorities
) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    answer = shop.issue(_sale())
    assert answer.status_code == 202, answer.text
    held = answer.json()
    assert (held["state"], held["status"], held["number"]) == ("draft", "held", None)
    assert held["held"]["vat_id"] == NUMBER
    status = shop.get(f"/v1/documents/{held['id']}/status")
    assert (status["status"], status["final"]) == ("held", False)
    issued = _work(house, shop, held["id"])
    assert (issued["state"], issued["held"]) == ("issued", None)
    [line] = issued["invoice"]["lines"]
    assert line["vat_category_code"] == "AE"
    decision = shop.get(f"/v1/invoices/{held['id']}/tax-decision")
    assert decision["vat_check"]["outcome"] == "valid"
    assert decision["vat_check"]["consultation_number"]
    assert decision["facts"]["buyer"]["vies"] == "valid"
    roles = [one["role"] for one in shop.get(f"/v1/documents/{held['id']}/evidence")["data"]]
    assert "vat-check" in roles
    assert {"invoice.held", "invoice.finalized"} <= set(_events(shop))


def test_once_it_is_known_it_is_issued_at_once(house: House, found: Authorities) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    assert shop.call("POST", "/v1/vat-checks", {"vat_id": NUMBER}).json()["outcome"] == "valid"
    assert shop.issued(_sale())["status"] != "held"
    assert len(found.asked()) == 1


def test_a_number_that_is_not_in_force_gives_the_document_back(house: House) -> None:
    shop = _shop(house)
    held = shop.issue(_sale()).json()
    assert held["status"] == "held"
    back = _work(house, shop, held["id"])
    assert back["state"] == "draft"
    assert "GW-34" in {one["rule"] for one in back["findings"]}
    assert shop.series("INV")["next_number"] == 1
    assert "invoice.released" in _events(shop)
    assert "GW-34" in rules(shop.call("POST", f"/v1/invoices/{held['id']}/finalize"))


def test_the_policy_can_let_both_through_with_a_flag(house: House, found: Authorities) -> None:
    shop = _shop(house, unverified="flag", unknown="flag")
    found.fail({"fault": "protocol_fault", "word": "MS_UNAVAILABLE", "who": "DE", "nth": 1})
    issued = shop.issued(_sale())
    assert [(one["rule"], one["flag"]) for one in issued["findings"]] == [("GW-35", "warning")]
    found.fail()
    said = {**_sale()["lines"][0], "vat_category_code": "AE", "vat_rate": "0"}
    assert shop.call("POST", "/v1/vat-checks", {"vat_id": NUMBER}).json()["outcome"] == "invalid"
    issued = shop.issued(_sale(lines=[said]))
    assert [(one["rule"], one["flag"]) for one in issued["findings"]] == [("GW-34", "warning")]


def test_an_outage_holds_and_never_refuses(house: House, found: Authorities) -> None:
    shop = _shop(house)
    found.know(NUMBER, name="Elbhandel GmbH")
    found.fail({"fault": "protocol_fault", "word": "MS_UNAVAILABLE", "who": "DE", "nth": 1})
    held = shop.issue(_sale()).json()
    runtime = house.runtime
    assert Clerk(runtime.vat_checks, 0.05).work_once()
    assert shop.get(f"/v1/invoices/{held['id']}")["status"] == "held"
    found.fail()
    assert shop.call("POST", "/v1/vat-checks", {"vat_id": NUMBER}).json()["outcome"] == "valid"
    assert _work(house, shop, held["id"])["number"]


def test_what_could_never_be_issued_is_refused_and_not_held(house: House) -> None:
    refused = _shop(house).issue(_sale(buyer={**BUYERS["DE"], "name": ""}))
    assert refused.status_code == 422
    assert "GW-35" not in rules(refused)


def test_a_changed_draft_is_held_no_longer(house: House) -> None:
    shop = _shop(house)
    held = shop.issue(_sale()).json()
    changed = shop.call("PUT", f"/v1/invoices/{held['id']}", _sale(buyer=BUYERS["SI"]))
    assert changed.json()["status"] == "draft"
    assert changed.json()["held"] is None


def test_a_claim_of_the_document_itself_is_checked_too(house: House) -> None:
    shop = _shop(house, auto_reverse_charge=False)
    said = {**_sale()["lines"][0], "vat_category_code": "AE", "vat_rate": "0"}
    assert shop.issue(_sale(lines=[said])).status_code == 202


def test_live_an_unchecked_number_is_flagged(house: House) -> None:
    shop = Shop.opened(house, environment="live")
    said = {**_sale()["lines"][0], "vat_category_code": "AE", "vat_rate": "0"}
    draft = shop.draft(_sale(lines=[said]))
    assert ("GW-33", "warning") in {(one["rule"], one["flag"]) for one in draft["findings"]}


def test_many_at_once_are_held_as_well(house: House, found: Authorities) -> None:
    found.know(NUMBER, name="Elbhandel GmbH")
    shop = _shop(house)
    bodies = [{"kind": "invoice", "body": _sale()} for _ in range(2)]
    asked = shop.call("POST", "/v1/bulk/documents", {"documents": bodies, "finalize": True})
    assert asked.status_code == 202, asked.text
    with running([JobWorker(house.runtime.jobs)]):
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and len(shop.documents()) < len(bodies):
            time.sleep(0.05)
        assert {one["status"] for one in shop.documents()} == {"held"}
    first, second = (_work(house, shop, one["id"]) for one in shop.documents())
    assert {first["number"], second["number"]} == {"INV-000001", "INV-000002"}
