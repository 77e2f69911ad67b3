"""What is missing or made up of the issuer's data is said before issuing, as issuing does."""

from typing import Any

import pytest

from gateway.kit.tenancy import Environment
from tests.gateway.houses import House, Shop, invoice

NAMELESS: dict[str, Any] = {
    "name": "Your company",
    "seller": {"postal_address": {"city": "Kranj", "country_code": "SI"}},
}
EXPECTED = {
    ("GW-30", "fatal", "/seller/postal_address/line_1"),
    ("GW-30", "fatal", "/seller/vat_identifier"),
}


def said(findings: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Return what is said of the issuer: rule, flag, place."""
    own = [one for one in findings if one["rule"] in {"GW-30", "GW-31"}]
    return {(one["rule"], one["flag"], one["pointer"]) for one in own}


@pytest.mark.parametrize(("environment", "flag"), [("sandbox", "warning"), ("live", "fatal")])
def test_previews_drafts_and_refusals_say_the_same(
    house: House, environment: Environment, flag: str
) -> None:
    shop = Shop.opened(house, environment=environment, **NAMELESS)
    expected = EXPECTED | {("GW-31", flag, "/seller/name")}
    body = invoice(profile="en16931-ubl")
    preview = shop.call("POST", "/v1/invoices/preview", body).json()
    assert said(preview["findings"]) == expected
    draft = shop.draft(body)
    assert said(draft["findings"]) == expected
    assert said(shop.get(f"/v1/invoices/{draft['id']}")["findings"]) == expected
    refused = shop.issue(body, Idempotency_Key="issue")
    assert refused.status_code == 422
    assert said(refused.json()["findings"]) == expected
    shown = shop.call("POST", "/v1/templates/preview", {"body": "{{ sender }}"}).json()
    assert said(shown["findings"]) == expected


def test_who_is_known_is_not_warned(house: House) -> None:
    shop = Shop.opened(house)
    assert said(shop.call("POST", "/v1/invoices/preview", invoice()).json()["findings"]) == set()
    shown = shop.call("POST", "/v1/templates/preview", {"body": "{{ sender }}"}).json()
    assert shown["findings"] == []
    estimate = Shop.opened(house, **NAMELESS).draft(kind="estimates")
    assert said(estimate["findings"]) == set(), "nothing fiscal is issued"
