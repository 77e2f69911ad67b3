"""Fail closed: what was not judged is never called valid, and never issued live."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from countries.registry import COUNTRIES
from formats.findings import Finding
from formats.registry import PROFILES
from formats.validation.document import Document
from gateway.compliance import profiles
from gateway.compliance.validation import Validator
from gateway.documents import held
from gateway.documents.service import Documents
from schemas import Artefact
from tests.gateway.houses import House, Json, Shop, invoice, kind

PEPPOL = "eu.peppol.bis3:invoice:2026.5"


class Crashing:
    """An engine that fails at every rule set."""

    def run(
        self, artefact: Artefact, document: Document, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        size = len(document.content)
        raise RuntimeError(f"planted: {artefact.id}, {size} bytes, {anything}")

    def prepare(self, artefact: Artefact) -> None:
        """Load nothing."""

    def close(self) -> None:
        """Nothing to end."""


def _layers(document: Json) -> dict[str, str]:
    return {layer["id"]: layer["outcome"] for layer in document["layers"]}


def _archived_report(shop: Shop, document: Json) -> Json:
    path = f"/v1/documents/{document['id']}/evidence"
    entry = next(one for one in shop.get(path)["data"] if one["role"] == "validation-report")
    report: Json = json.loads(shop.call("GET", f"{path}/{entry['id']}").content)
    return report


def _nothing_issued(shop: Shop) -> bool:
    untouched = all(one["next_number"] in {None, 1} for one in shop.get("/v1/series")["data"])
    return untouched and not shop.documents("&state=issued")


def test_sandbox_issues_and_says_what_was_not_judged(shop: Shop) -> None:
    issued = shop.issued()
    outcomes = _layers(issued)
    assert [id_ for id_, outcome in outcomes.items() if outcome != "ran"] == [PEPPOL]
    missing = next(layer for layer in issued["layers"] if layer["id"] == PEPPOL)
    assert missing["outcome"] == "not_judged"
    assert missing["reason"]
    assert shop.get(f"/v1/documents/{issued['id']}/status")["layers"] == issued["layers"]
    report = _archived_report(shop, issued)
    assert report["layers"] == issued["layers"]
    assert report["findings"] == issued["findings"]
    assert report["valid"] is False


@pytest.mark.parametrize("how", ["one call", "two calls"])
def test_live_is_not_issued_when_a_layer_is_missing(house: House, how: str) -> None:
    shop = Shop.opened(house, environment="live")
    if how == "one call":
        answer = shop.issue(Idempotency_Key="one")
    else:
        draft = shop.draft()
        path = f"/v1/invoices/{draft['id']}/finalize"
        answer = shop.call("POST", path, Idempotency_Key="one")
    assert (answer.status_code, kind(answer)) == (503, "layer-missing")
    assert _layers(answer.json())[PEPPOL] == "not_judged"
    assert _nothing_issued(shop)


def test_live_is_issued_when_every_layer_ran_and_goes_nowhere_yet(complete_house: House) -> None:
    shop = Shop.opened(complete_house, environment="live")
    issued = shop.issued(Idempotency_Key="one")
    assert set(_layers(issued).values()) == {"ran"}
    assert PEPPOL in _layers(issued)
    assert (issued["environment"], issued["status"], issued["transmissions"]) == (
        "live",
        "issued",
        [],
    )
    assert _archived_report(shop, issued) == {
        "valid": True,
        "layers": issued["layers"],
        "findings": issued["findings"],
    }
    queued = complete_house.sql(
        "select count(*) from outbox where account_id = %s", shop.account.id
    )
    assert queued == [(0,)]


def test_nothing_more_is_expected_of_a_document_that_goes_nowhere(complete_house: House) -> None:
    shop = Shop.opened(complete_house, environment="live")
    issued = shop.issued(Idempotency_Key="one")
    answer = shop.call("GET", f"/v1/documents/{issued['id']}/status?wait=20")
    assert answer.json()["final"] is True
    assert "retry-after" not in answer.headers


def test_live_of_a_country_without_declaration_is_not_issued(complete_house: House) -> None:
    shop = Shop.opened(complete_house, "FR", environment="live")
    answer = shop.issue(invoice(currency_code="EUR"), Idempotency_Key="one")
    assert (answer.status_code, kind(answer)) == (503, "layer-missing")
    assert _layers(answer.json())["countries:rules"] == "not_judged"
    assert _nothing_issued(shop)


def _crash_engine(house: House, patch: pytest.MonkeyPatch) -> str:
    validator = Validator(house.runtime.validator.catalog, Crashing())
    issuer = replace(house.runtime.documents.issuer, validator=validator)
    patch.setattr(house.runtime, "documents", Documents(issuer))
    return "eu.cen.en16931:ubl:1.3.16"


def _fail(*_: object) -> Any:  # noqa: ANN401 - it never returns
    raise ZeroDivisionError("planted")


def _crash_rules(_: House, patch: pytest.MonkeyPatch) -> str:
    broken = {id_: replace(one, rules=(*one.rules, _fail)) for id_, one in PROFILES.items()}
    patch.setattr(profiles, "PROFILES", broken)
    return _fail.__qualname__  # what a module without RULE_SET is known by


def _crash_country(_: House, patch: pytest.MonkeyPatch) -> str:
    patch.setattr(held, "COUNTRIES", {"SI": replace(COUNTRIES["SI"], check=_fail)})
    return "countries.si:rules"


CRASHES = {"engine": _crash_engine, "rules": _crash_rules, "country": _crash_country}


CARRIED = invoice(profile="en16931-ubl")
"""Every layer of this profile runs with what the installed packages carry."""


@pytest.fixture(params=CRASHES)
def crashed(
    request: pytest.FixtureRequest, house: House, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A layer that crashes at every document; its id."""
    with monkeypatch.context() as patch:
        yield CRASHES[request.param](house, patch)


def test_live_with_the_carried_rule_sets_is_issued(house: House) -> None:
    shop = Shop.opened(house, environment="live")
    issued = shop.issued(CARRIED, Idempotency_Key="one")
    assert set(_layers(issued).values()) == {"ran"}


def test_sandbox_issues_and_says_which_layer_crashed(house: House, crashed: str) -> None:
    shop = Shop.opened(house)
    issued = shop.issued(CARRIED)
    crashes = [id_ for id_, outcome in _layers(issued).items() if outcome == "crashed"]
    assert any(id_.startswith(crashed) for id_ in crashes), issued["layers"]
    report = _archived_report(shop, issued)
    assert report["valid"] is False
    assert report["layers"] == issued["layers"]


def test_live_is_not_issued_when_a_layer_crashes(house: House, crashed: str) -> None:
    shop = Shop.opened(house, environment="live")
    answer = shop.issue(CARRIED, Idempotency_Key="one")
    assert (answer.status_code, kind(answer)) == (503, "layer-missing")
    crashes = [id_ for id_, out in _layers(answer.json()).items() if out == "crashed"]
    assert any(id_.startswith(crashed) for id_ in crashes)
    assert _nothing_issued(shop)


@pytest.mark.usefixtures("crashed")
def test_a_draft_is_stored_and_read_although_a_rule_crashes(house: House) -> None:
    shop = Shop.opened(house)
    draft = shop.draft(CARRIED)
    assert shop.get(f"/v1/invoices/{draft['id']}")["state"] == "draft"
    assert [one["id"] for one in shop.documents()] == [draft["id"]]


def test_bytes_that_say_something_else_are_not_issued(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misread(content: bytes) -> Any:  # noqa: ANN401 - a model
        read = PROFILES["peppol-bis-3"].read(content)
        return read.model_copy(update={"buyer_reference": "somebody else's order"})

    broken = replace(PROFILES["peppol-bis-3"], read=misread)
    monkeypatch.setattr(profiles, "PROFILES", {"peppol-bis-3": broken})
    shop = Shop.opened(house)
    answer = shop.issue()
    assert (answer.status_code, kind(answer)) == (500, "read-back-differs")
    assert answer.json()["differences"] == ["/buyer_reference"]
    assert _nothing_issued(shop)


def test_what_the_profile_has_no_place_for_is_named(shop: Shop) -> None:
    footer = {"informacje": [{"stopka_faktury": "KRS 0000123456"}]}
    answer = shop.issue(invoice(extensions={"poland": {"stopka": footer}}))
    assert (answer.status_code, kind(answer)) == (422, "invoice-not-compliant")
    found = [(one["rule"], one["pointer"]) for one in answer.json()["findings"]]
    assert found == [("GW-41", "/extensions/poland")]
    assert _nothing_issued(shop)


def test_every_fault_of_a_document_is_named(shop: Shop) -> None:
    answer = shop.issue(
        invoice(
            currency_code="XXQ",
            totals={"total_with_vat": "3.62"},
            lines=[{"item_name": "Bread", "unit_code": "BREAD", "vat_category_code": "S"}],
        )
    )
    found = {finding["rule"] for finding in answer.json()["findings"]}
    assert answer.status_code == 422
    assert {"BR-CL-04", "BR-CL-23", "BR-22", "BR-26"} <= found
