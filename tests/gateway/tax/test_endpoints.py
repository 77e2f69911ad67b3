"""`POST /v1/tax/determine`: decisions with their rules, and bodies that cannot be read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.tax.service import answer, law_digest
from tests.gateway.houses import Shop, opened

SALE: dict[str, Any] = {
    "day": "2026-11-21",
    "seller": {"country": "SI", "vat_id": "si 5022 3054"},
    "buyer": {"country": "EL", "vat_id": "EL094259216", "kind": "business", "vies": "valid"},
    "lines": [{"kind": "goods", "net": "10.00"}, {"kind": "service", "net": 12.5}],
}


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("tax")) as house:
        yield Shop.opened(house)


def _determined(shop: Shop, **changes: object) -> list[dict[str, Any]]:
    said = shop.call("POST", "/v1/tax/determine", {**SALE, **changes})
    assert said.status_code == 200, said.text
    lines: list[dict[str, Any]] = said.json()["lines"]
    return lines


def _results(lines: list[dict[str, Any]]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one["category"], one["rate"], one["vatex"], one["tax_country"]) for one in lines]


def test_each_line_has_its_decision_with_its_rules(shop: Shop) -> None:
    goods, service = _determined(shop)
    assert _results([goods, service]) == [
        ("K", "0", "VATEX-EU-IC", None),
        ("AE", "0", "VATEX-EU-AE", None),
    ]
    assert service["rules"] == ["VATD-44", "VATR-18", "VATD-196"]
    assert [one["rule"] for one in service["sources"]] == service["rules"]
    assert all(one["title"] and one["url"] for one in service["sources"])
    assert goods["assumed"]


def test_what_would_change_it_is_told(shop: Shop) -> None:
    _, service = _determined(shop)
    changes = {(one["fact"], one["value"]): one for one in service["would_change"]}
    assert changes["buyer.vies", "invalid"]["category"] == "S"
    assert changes["buyer.vies", "invalid"]["tax_country"] == "SI"


@pytest.mark.parametrize("vies", [None, "unknown"])
def test_a_missing_fact_is_named(shop: Shop, vies: str | None) -> None:
    for line in _determined(shop, buyer={**SALE["buyer"], "vies": vies}):
        assert line["category"] == "undecided"
        assert line["rate"] is None
        assert [one["fact"] for one in line["undecided"]] == ["buyer.vies"]
        assert "buyer.vies" in line["note"]


def test_the_note_is_in_the_language_asked_for(shop: Shop) -> None:
    said = {
        language: _determined(shop, language=language)[1]["note"]
        for language in ("de", "fr-BE", "xx")
    }
    assert said == {
        "de": "Steuerschuldnerschaft des Leistungsempfängers",
        "fr-BE": "Autoliquidation",
        "xx": "Reverse charge",
    }


def test_the_same_facts_have_the_same_answer(shop: Shop) -> None:
    first = shop.call("POST", "/v1/tax/determine", SALE)
    assert first.content == shop.call("POST", "/v1/tax/determine", SALE).content
    assert first.json()["law"] == law_digest()
    assert first.json() == answer(json.dumps(SALE).encode())


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"day": "2026-02-30"}, "/day"),
        ({"day": "1950-01-01"}, "/day"),
        ({"seller": {"country": "ZZ"}}, "/seller/country"),
        ({"seller": {"country": "SI", "schemes": ["none"]}}, "/seller/schemes/0"),
        ({"buyer": {"country": "SI", "vies": "yes"}}, "/buyer/vies"),
        ({"lines": []}, "/lines"),
        ({"lines": [{"kind": "cheese"}]}, "/lines/0/kind"),
        ({"place_of_supply": "Atlantis"}, "/place_of_supply"),
        ({"place_of_supply": "\N{LATIN SMALL LETTER SHARP S}"}, "/place_of_supply"),
        ({"place_of_supply": "\N{LATIN SMALL LETTER DOTLESS I}t"}, "/place_of_supply"),
        ({"surprise": 1}, "/surprise"),
    ],
)
def test_a_wrong_body_says_where(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    refused = shop.call("POST", "/v1/tax/determine", {**SALE, **change})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
