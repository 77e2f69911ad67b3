from typing import Any

import pytest

from formats.en16931.model import Invoice
from formats.ksef.consistency import RULES
from formats.ksef.rules import check
from tests.formats.ksef.polish import ordinary
from tests.formats.samples import changed

UNIT = {"nip": "7010002139"}


def with_poland(poland: dict[str, Any], code: str = "380", **body: object) -> Invoice:
    return changed(ordinary(code, **body), "/extensions", {"poland": poland})


def third(role: str, **more: object) -> dict[str, Any]:
    return {"dane_identyfikacyjne": UNIT, "rola": role} | more


REFERENCES: dict[str, Any] = {"preceding_invoice_references": [{"reference": "FZ/1"}]}
PAID: dict[str, Any] = REFERENCES | {"totals": {"paid_amount": "10.00"}}
LINE = {"unit_code": "H87", "vat_category_code": "S", "vat_rate": "23", "item_name": "a"}
LEFT: dict[str, Any] = {
    "lines": [
        LINE | {"invoiced_quantity": "1", "item_net_price": "100.00"},
        LINE | {"invoiced_quantity": "-1", "item_net_price": "40.00"},
    ]
}
SETTLED = {"fa": {"rodzaj_faktury": "ROZ"}}
SMALL: dict[str, Any] = {
    "lines": [{"invoiced_quantity": "1", "item_net_price": "365.85", "item_name": "a"}]
}
for _line in SMALL["lines"]:
    _line |= {"unit_code": "H87", "vat_category_code": "S", "vat_rate": "23"}


@pytest.mark.parametrize(
    ("rule", "odd", "right"),
    [
        (
            "PL-20",
            with_poland({"podmiot2": {"jst": "1"}, "podmiot3": [third("7")]}),
            with_poland({"podmiot2": {"jst": "1"}, "podmiot3": [third("8")]}),
        ),
        (
            "PL-21",
            with_poland({"podmiot2": {"gv": "1"}}),
            with_poland({"podmiot2": {"gv": "1"}, "podmiot3": [third("10")]}),
        ),
        (
            "PL-22",
            changed(ordinary(), "/lines/0/extensions", {"poland": {"stan_przed": "1"}}),
            ordinary(),
        ),
        (
            "PL-23",
            with_poland({"podmiot3": [third("4", udzial="60"), third("4", udzial="40")]}),
            with_poland({"podmiot3": [third("4", udzial="60"), third("4", udzial="39.5")]}),
        ),
        (
            "PL-23",
            with_poland({"podmiot3": [third("1", udzial="10")]}),
            with_poland({"podmiot3": [third("4", udzial="10")]}),
        ),
        ("PL-24", changed(ordinary("386"), "/lines", []), ordinary("386")),
        ("PL-25", ordinary(**PAID), with_poland(SETTLED, **PAID, **LEFT)),
        (
            "PL-26",
            with_poland({"fa": {"rodzaj_faktury": "UPR"}}),
            with_poland({"fa": {"rodzaj_faktury": "UPR"}}, **SMALL),
        ),
    ],
)
def test_what_is_odd_is_told_and_stops_nothing(rule: str, odd: Invoice, right: Invoice) -> None:
    found = {finding.rule: finding for finding in check(odd)}
    assert found[rule].flag == "warning"
    assert found[rule].pointer
    assert rule not in {finding.rule for finding in check(right)}


def test_a_settlement_over_the_whole_amount_is_told_to_nobody() -> None:
    (found,) = (one for one in check(with_poland(SETTLED, **PAID)) if one.rule == "PL-25")
    assert (found.flag, found.pointer) == ("fatal", "/totals/paid_amount")


@pytest.mark.parametrize("code", ["384", "381", "502", "503"])
@pytest.mark.parametrize("kind", ["ROZ", "UPR", "VAT"])
def test_what_corrects_is_no_new_sale(code: str, kind: str) -> None:
    odd = with_poland({"fa": {"rodzaj_faktury": kind}}, code, **REFERENCES)
    (found,) = (one for one in check(odd) if one.rule == "PL-27")
    assert (found.flag, found.pointer) == ("fatal", "/extensions/poland/fa/rodzaj_faktury")
    right = with_poland({"fa": {"rodzaj_faktury": "KOR_ROZ"}}, code, **REFERENCES)
    assert "PL-27" not in {one.rule for one in check(right)}


def test_a_simplified_invoice_may_be_of_the_very_limit() -> None:
    assert ordinary(**SMALL).totals.total_with_vat == 450


def test_every_rule_is_tried() -> None:
    assert sorted(RULES) == [f"PL-{number}" for number in range(20, 28)]
