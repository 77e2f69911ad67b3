"""Prices that include VAT: the net amounts add up to what the customer sees, or it is said why."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.en16931.draft import Completed, InvoiceDraft, complete
from formats.en16931.model import Invoice
from formats.en16931.rules import check
from formats.findings import Flag
from formats.peppol.rules import check as check_peppol
from tests.formats.samples import any_invoices, completed


def _line(price: str, quantity: str = "1", rate: str = "22", **terms: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "invoiced_quantity": quantity,
        "unit_code": "C62",
        "item_net_price": price,
        "vat_category_code": "S",
        "vat_rate": rate,
        "item_name": "Thing",
        **terms,
    }


def _completed(*lines: dict[str, Any], **terms: object) -> Completed:
    return completed(prices_include_vat=True, lines=lines, **terms)


def _row(result: Completed) -> tuple[str, str]:
    (row,) = result.invoice.vat_breakdown
    return str(row.category_taxable_amount), str(row.category_tax_amount)


def test_the_total_is_the_sum_of_the_prices() -> None:
    result = _completed(_line("14.99", "2"))
    assert result.findings == ()
    assert _row(result) == ("24.57", "5.41")
    assert result.invoice.totals.total_with_vat == Decimal("29.98")
    line = result.invoice.lines[0]
    assert (str(line.item_net_price), str(line.net_amount)) == ("12.287", "24.57")
    assert check(result.invoice) == check_peppol(result.invoice) == ()


@pytest.mark.parametrize(
    ("price", "quantity", "rate", "net_price"),
    [
        ("12.20", "3", "22", "10.00"),
        ("1.00", "1000", "20", "0.83333"),
        ("0.97", "7", "20", "0.808"),
        ("0.0122", "10000", "22", "0.01"),
        ("119", "0.5", "19", "100.00"),
    ],
)
def test_a_price_has_as_few_decimals_as_its_amount_needs(
    price: str, quantity: str, rate: str, net_price: str
) -> None:
    line = _completed(_line(price, quantity, rate)).invoice.lines[0]
    assert str(line.item_net_price) == net_price


def test_a_sum_that_does_not_exist_is_proven_not_to() -> None:
    result = _completed(_line("19.99", "3"))
    (clash,) = result.clashes
    assert (clash.rule, clash.pointer, clash.term) == ("GW-07", "/lines/0", "BT-116")
    assert (clash.wanted.rule, clash.prevailing.rule) == ("GW-07", "BR-CO-17")
    assert clash.wanted.values == (Decimal("59.97"),)
    assert clash.prevailing.values == (Decimal("59.96"), Decimal("59.98"))
    (finding,) = result.findings
    assert (finding.rule, finding.flag, finding.pointer) == ("GW-07", Flag.FATAL, "/lines/0")
    for part in ("59.97", "59.96 or 59.98", "49.15 and 49.16", "BR-CO-17"):
        assert part in finding.message
    assert result.invoice.totals.total_with_vat == Decimal("59.96")


def test_the_missing_cent_becomes_the_rounding_amount_where_it_may() -> None:
    result = _completed(_line("19.99", "3"), rounding_permitted=True)
    totals = result.invoice.totals
    assert (result.findings, result.clashes) == ((), ())
    assert (str(totals.total_with_vat), str(totals.rounding_amount)) == ("59.96", "0.01")
    assert str(totals.amount_due) == "59.97"
    assert check(result.invoice) == ()


def test_a_rounding_amount_of_the_caller_stays_the_callers() -> None:
    given = {"rounding_amount": "0.02"}
    result = _completed(_line("19.99", "3"), rounding_permitted=True, totals=given)
    assert [finding.rule for finding in result.findings] == ["GW-07"]
    assert result.invoice.totals.rounding_amount == Decimal("0.02")


def test_nothing_is_rounded_where_the_sum_exists() -> None:
    result = _completed(_line("14.99", "2"), rounding_permitted=True)
    assert result.invoice.totals.rounding_amount is None


def test_two_categories_that_cannot_be_right_make_up_for_each_other() -> None:
    # 0.03 does not exist at 20 % nor at 22 %: one is a cent below, the other a cent above
    result = _completed(_line("0.03", rate="20"), _line("0.03", rate="22"))
    rows = [
        (str(row.category_taxable_amount), str(row.category_tax_amount))
        for row in result.invoice.vat_breakdown
    ]
    assert rows == [("0.02", "0.00"), ("0.03", "0.01")]
    assert result.invoice.totals.total_with_vat == Decimal("0.06")
    assert result.findings == ()


def test_a_cent_is_not_moved_into_a_category_that_is_right() -> None:
    zero = _line("1.00") | {"vat_category_code": "Z", "vat_rate": None}
    result = _completed(_line("0.03", rate="20"), zero)
    assert [finding.rule for finding in result.findings] == ["GW-07"]
    assert result.invoice.lines[1].net_amount == Decimal("1.00")


def test_what_bears_no_vat_stays_as_it_is() -> None:
    line = _line("3.333", "3", item_gross_price="4", allowances=[{"amount": "1", "reason": "x"}])
    for code in ("Z", "E", "AE", "K", "G", "O"):
        given = line | {"vat_category_code": code, "vat_rate": None}
        net = completed(lines=[given]).invoice
        assert _completed(given).invoice.lines == net.lines


def test_a_line_shares_the_cents_with_its_neighbours() -> None:
    # 3 x 0.10 with 20 %: 0.25 without VAT, three times 0.0833
    result = _completed(*[_line("0.10", rate="20")] * 3)
    assert _row(result) == ("0.25", "0.05")
    assert sorted(str(line.net_amount) for line in result.invoice.lines) == [
        "0.08",
        "0.08",
        "0.09",
    ]
    assert check_peppol(result.invoice) == ()


def test_gross_price_and_discount_include_vat_too() -> None:
    line = _line("0", item_gross_price="12.20", item_price_discount="1.22") | {
        "item_net_price": None
    }
    found = _completed(line).invoice.lines[0]
    assert (found.item_gross_price, found.item_price_discount, found.item_net_price) == (
        Decimal("10.00"),
        Decimal("1.00"),
        Decimal("9.00"),
    )


def test_allowances_and_charges_include_vat_too() -> None:
    line = _line(
        "122",
        allowances=[{"percentage": "10", "reason": "x"}, {"amount": "6.10", "reason": "x"}],
        charges=[{"amount": "12.20", "reason": "x"}],
    )
    tax = {"vat_category_code": "S", "vat_rate": "22", "reason": "x"}
    result = _completed(
        line,
        document_level_allowances=[tax | {"percentage": "50"}],
        document_level_charges=[tax | {"amount": "2.44"}],
    )
    found = result.invoice
    allowances, (charge,) = found.lines[0].allowances, found.lines[0].charges
    assert [item.amount for item in allowances] == [Decimal("10.00"), Decimal("5.00")]
    assert charge.amount == Decimal("10.00")
    assert found.lines[0].allowances[0].base_amount == Decimal("100.00")
    assert found.lines[0].net_amount == Decimal("95.00")
    assert found.document_level_allowances[0].base_amount == Decimal("95.00")
    assert found.document_level_allowances[0].amount == Decimal("47.50")
    assert found.document_level_charges[0].amount == Decimal("2.00")
    assert found.totals.total_with_vat == Decimal("60.39")  # (115.90 / 2) + 2.44
    assert result.findings == ()


def test_a_stated_amount_that_is_not_its_prices_is_not_made_to_fit() -> None:
    result = _completed(_line("122", net_amount="244"))
    line = result.invoice.lines[0]
    assert (line.net_amount, line.item_net_price) == (Decimal("200.00"), Decimal("100.0000"))
    assert "GW-02" in {finding.rule for finding in check(result.invoice)}


def test_a_cent_that_no_price_can_take_goes_into_an_allowance() -> None:
    line = _line("0", "8689", allowances=[{"amount": "3", "reason": "x"}])
    result = _completed(line, currency_code="JPY", rounding_permitted=True)
    found = result.invoice.lines[0]
    assert found.item_net_price == 0
    assert found.net_amount == -(found.allowances[0].amount or Decimal(0))
    assert result.invoice.totals.amount_due == Decimal(-3)


def test_in_a_currency_without_cents_prices_lead_to_whole_amounts_exactly() -> None:
    result = _completed(_line("100", "3", "10"), currency_code="JPY")
    line = result.invoice.lines[0]
    assert _row(result) == ("273", "27")
    assert (str(line.net_amount), str(line.item_net_price)) == ("273", "91.00")
    assert result.findings == ()


def test_fractions_of_a_cent_cannot_be_reached_nor_rounded_away() -> None:
    line = _line("1", net_amount="1.005")
    result = _completed(line, rounding_permitted=True)
    assert "GW-07" in {finding.rule for finding in result.findings}
    assert result.invoice.totals.rounding_amount is None


def test_lines_without_amounts_are_asked_for() -> None:
    line = {"vat_category_code": "S", "vat_rate": "22", "item_name": "Thing"}
    assert [finding.rule for finding in _completed(line).findings] == ["BR-24"]


def test_an_absurd_percentage_takes_no_absurd_time() -> None:
    absurd = {"base_amount": "1", "percentage": "9" * 50, "reason": "x"}
    result = _completed(_line("1", charges=[absurd]), _line("2"), _line("3"))
    assert "GW-04" not in {finding.rule for finding in result.findings}
    assert len(result.invoice.lines) == 3


@settings(max_examples=60, deadline=None)
@given(any_invoices, st.booleans())
def test_whatever_is_given_there_is_an_answer(source: Invoice, rounding: bool) -> None:  # noqa: FBT001
    fields = source.model_dump(mode="json")
    for name in ("seller", "totals", "vat_breakdown"):
        del fields[name]
    switches = {"prices_include_vat": True, "rounding_permitted": rounding}
    draft = InvoiceDraft.model_validate(fields | switches)
    result = complete(
        draft,
        seller=source.seller,
        number=source.number,
        issue_date=source.issue_date,
        type_code=source.type_code,
        process_control=source.process_control,
    )
    assert len(result.invoice.lines) == len(source.lines)
    told = [finding.rule for finding in result.findings].count("GW-07")
    assert told == [clash.rule for clash in result.clashes].count("GW-07")
