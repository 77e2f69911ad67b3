"""What does not follow, and what is missing for what would follow, is said at once."""

from decimal import Decimal
from typing import Any

import pytest

from formats.findings import Flag
from tests.formats.samples import DRAFT, completed

_LINE = DRAFT["lines"][0]


def _found(**changes: Any) -> list[tuple[str, Flag, str | None]]:  # noqa: ANN401 - JSON
    return [(item.rule, item.flag, item.pointer) for item in completed(**changes).findings]


@pytest.mark.parametrize("amount", ["100.08", "100.02", "101", "-100.05"])
def test_a_line_net_amount_that_does_not_follow_is_found(amount: str) -> None:
    lines = [_LINE, _LINE | {"net_amount": amount}]
    assert _found(lines=lines) == [("GW-02", Flag.WARNING, "/lines/1/net_amount")]


@pytest.mark.parametrize("amount", ["100.07", "100.05", "100.03"])
def test_a_line_net_amount_may_be_rounded_otherwise(amount: str) -> None:
    assert _found(lines=[_LINE | {"net_amount": amount}]) == []


def test_a_line_net_amount_is_judged_with_base_quantity_allowances_and_charges() -> None:
    line = _LINE | {
        "item_price_base_quantity": "2",
        "allowances": [{"amount": "5", "reason": "x"}],
        "charges": [{"amount": "1", "reason": "x"}],
    }
    assert _found(lines=[line | {"net_amount": "46.03"}]) == []  # 3 * 33.35 / 2 = 50.025
    assert _found(lines=[line | {"net_amount": "50.03"}])[0][0] == "GW-02"


def test_a_line_amount_with_vat_is_judged_against_its_price_with_vat() -> None:
    lines = [_LINE | {"net_amount": "100.05"}]
    assert _found(lines=lines, prices_include_vat=True) == []
    lines = [_LINE | {"net_amount": "122.06"}]
    assert _found(lines=lines, prices_include_vat=True)[0][0] == "GW-02"


@pytest.mark.parametrize("quantity", ["0", "0.00", "-1"])
def test_a_base_quantity_must_be_above_zero(quantity: str) -> None:
    lines = [_LINE | {"item_price_base_quantity": quantity}]
    place = "/lines/0/item_price_base_quantity"
    assert _found(lines=lines) == [("PEPPOL-EN16931-R121", Flag.FATAL, place)]


def test_findings_of_lines_are_said_beside_amounts_that_are_missing() -> None:
    lines = [_LINE | {"item_price_base_quantity": "0"}, _LINE | {"invoiced_quantity": None}]
    assert [rule for rule, _, _ in _found(lines=lines)] == ["PEPPOL-EN16931-R121", "BR-24"]


def test_the_invoice_currency_as_accounting_currency_stays_with_a_warning() -> None:
    result = completed(vat_accounting_currency_code="EUR")
    assert result.invoice.vat_accounting_currency_code == "EUR"
    assert result.invoice.totals.total_vat_in_accounting_currency is None
    (finding,) = result.findings
    assert (finding.rule, finding.flag) == ("GW-09", Flag.WARNING)
    assert finding.pointer == "/vat_accounting_currency_code"


@pytest.mark.parametrize(
    ("tax", "names"),
    [
        ({}, "no VAT category"),
        ({"vat_rate": "22"}, "no VAT category"),
        ({"vat_category_code": "S", "vat_rate": "5"}, "no line is S at 5 %"),
        ({"vat_category_code": "S"}, "no line is S"),
    ],
)
def test_a_percentage_of_no_lines_names_what_is_missing(tax: dict[str, str], names: str) -> None:
    allowance = tax | {"percentage": "10", "reason": "x"}
    (finding,) = completed(document_level_allowances=[allowance]).findings
    assert finding.rule == "BR-31"
    assert names in finding.message


@pytest.mark.parametrize("rate", ["0", "0.00", None])
def test_rate_zero_and_none_are_one_row_of_what_is_not_subject_to_vat(rate: str | None) -> None:
    line = _LINE | {"vat_category_code": "O", "vat_rate": None}
    row = {"category_code": "O", "category_rate": rate, "exemption_reason_text": "mine"}
    (found,) = completed(lines=[line], vat_breakdown=[row]).invoice.vat_breakdown
    assert found.exemption_reason_text == "mine"
    assert found.category_taxable_amount == Decimal("100.05")


@pytest.mark.parametrize("code", ["O", "Z", "E", "AE", "K", "G"])
@pytest.mark.parametrize("rate", [None, "0", "0.00"])
@pytest.mark.parametrize("line_rate", [None, "0.0"])
def test_a_reason_at_rate_zero_or_none_reaches_its_row(
    code: str, rate: str | None, line_rate: str | None
) -> None:
    line = _LINE | {"vat_category_code": code, "vat_rate": line_rate}
    reason = {"category_code": code, "rate": rate, "text": "mine"}
    (row,) = completed(lines=[line], vat_exemptions=[reason]).invoice.vat_breakdown
    assert row.exemption_reason_text == "mine"
