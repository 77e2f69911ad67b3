import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from formats.en16931.draft import Completed, InvoiceDraft, complete
from formats.en16931.group import Group
from formats.en16931.model import Invoice, ProcessControl
from formats.en16931.rules import check
from formats.findings import Flag
from tests.formats.samples import DRAFT, any_invoices, completed, invoice

_LINE = DRAFT["lines"][0]


def test_a_draft_without_amounts_is_completed_without_findings() -> None:
    result = completed()
    totals = result.invoice.totals
    assert result.findings == ()
    assert str(result.invoice.lines[0].net_amount) == "100.05"
    assert (str(totals.total_without_vat), str(totals.total_vat)) == ("100.05", "22.01")
    assert (str(totals.total_with_vat), str(totals.amount_due)) == ("122.06", "122.06")
    assert check(result.invoice) == ()


def test_arguments_win_over_what_the_draft_says() -> None:
    draft = InvoiceDraft.model_validate(
        DRAFT | {"number": "theirs", "issue_date": "2020-01-01", "type_code": "381"}
    )
    seller, process = invoice().seller, ProcessControl(specification_identifier="urn:x")
    day = datetime.date(2026, 1, 2)
    result = complete(
        draft,
        seller=seller,
        number="ours",
        issue_date=day,
        type_code="380",
        process_control=process,
    ).invoice
    assert (result.number, result.issue_date, result.type_code) == ("ours", day, "380")
    assert (result.seller, result.process_control) == (seller, process)


def test_the_seller_cannot_be_given_in_a_draft() -> None:
    with pytest.raises(ValidationError):
        InvoiceDraft.model_validate(DRAFT | {"seller": {"name": "somebody else"}})


def test_lines_without_identifier_are_numbered() -> None:
    lines = completed(lines=[_LINE, _LINE | {"identifier": "A"}, _LINE]).invoice.lines
    assert [line.identifier for line in lines] == ["1", "A", "3"]


def test_net_prices_follow_from_gross_prices() -> None:
    line = {name: value for name, value in _LINE.items() if name != "item_net_price"}
    line |= {"item_gross_price": "40", "item_price_discount": "6.65"}
    assert completed(lines=[line]).invoice.lines[0].item_net_price == Decimal("33.35")


@pytest.mark.parametrize(
    ("prices", "discount"),
    [
        ({"item_net_price": "33.35", "item_gross_price": "40"}, "6.65"),
        ({"item_net_price": "40.5", "item_gross_price": "40"}, "-0.5"),
        ({"item_net_price": None, "item_gross_price": "40.00"}, "0"),
        ({"item_net_price": "33.35", "item_gross_price": "40", "item_price_discount": "1"}, "1"),
        ({"item_net_price": "33.35"}, None),
    ],
)
def test_discounts_follow_from_gross_and_net_prices(
    prices: dict[str, str | None], discount: str | None
) -> None:
    found = completed(lines=[_LINE | prices]).invoice.lines[0].item_price_discount
    assert found == (None if discount is None else Decimal(discount))


def test_a_unit_of_the_price_without_its_quantity_is_for_one() -> None:
    (line,) = completed(
        lines=[_LINE | {"item_price_base_quantity_unit_code": "HUR"}]
    ).invoice.lines
    assert (line.item_price_base_quantity, line.net_amount) == (Decimal(1), Decimal("100.05"))
    assert invoice().lines[0].item_price_base_quantity is None


def test_a_subject_in_front_of_a_note_becomes_its_subject_code() -> None:
    notes = [{"note": "#AAI#text"}, {"note": "#AAI#text", "subject_code": "REG"}, {"note": "#x"}]
    found = completed(notes=notes).invoice.notes
    assert [(note.subject_code, note.note) for note in found] == [
        ("AAI", "text"),
        ("REG", "#AAI#text"),
        (None, "#x"),
    ]


def test_the_order_na_beside_a_sales_order_is_no_order() -> None:
    both = completed(purchase_order_reference="NA", sales_order_reference="SO-1").invoice
    assert both.purchase_order_reference is None
    assert completed(purchase_order_reference="NA").invoice.purchase_order_reference == "NA"


@pytest.mark.parametrize("code", ["Z", "E", "AE", "K", "G"])
def test_categories_without_vat_get_rate_zero(code: str) -> None:
    line = _LINE | {"vat_category_code": code, "vat_rate": None}
    allowance = {"amount": "1", "vat_category_code": code, "reason": "x"}
    result = completed(lines=[line], document_level_allowances=[allowance]).invoice
    assert result.lines[0].vat_rate == 0
    assert result.document_level_allowances[0].vat_rate == 0
    assert [row.category_rate for row in result.vat_breakdown] == [0]


def test_standard_and_out_of_scope_rates_are_not_invented() -> None:
    lines = [_LINE | {"vat_category_code": code, "vat_rate": None} for code in ("S", "O", "L")]
    assert [line.vat_rate for line in completed(lines=lines).invoice.lines] == [None] * 3


def test_allowances_and_charges_follow_from_base_and_percentage() -> None:
    reduction = {"base_amount": "20.20", "percentage": "2.5", "reason": "x"}
    taxed = reduction | {"vat_category_code": "S", "vat_rate": "22"}
    result = completed(
        lines=[_LINE | {"allowances": [reduction], "charges": [reduction, reduction]}],
        document_level_allowances=[taxed],
        document_level_charges=[taxed],
    )
    half = Decimal("0.51")
    assert result.findings == ()
    assert [item.amount for item in result.invoice.lines[0].allowances] == [half]
    assert [item.amount for item in result.invoice.lines[0].charges] == [half, half]
    assert result.invoice.lines[0].net_amount == Decimal("100.56")
    assert result.invoice.totals.sum_of_allowances == half
    assert result.invoice.totals.sum_of_charges == half


@pytest.mark.parametrize(
    ("changes", "rule", "pointer"),
    [
        ({"lines": [_LINE | {"invoiced_quantity": None}]}, "BR-24", "/lines/0/net_amount"),
        ({"lines": [_LINE, _LINE | {"item_net_price": None}]}, "BR-24", "/lines/1/net_amount"),
        ({"lines": [_LINE | {"allowances": [{}]}]}, "BR-41", "/lines/0/allowances/0/amount"),
        ({"lines": [_LINE | {"charges": [{}]}]}, "BR-43", "/lines/0/charges/0/amount"),
        (
            {"document_level_allowances": [{"base_amount": "1"}]},
            "BR-31",
            "/document_level_allowances/0/amount",
        ),
        (
            {"document_level_charges": [{"percentage": "1"}]},
            "BR-36",
            "/document_level_charges/0/amount",
        ),
    ],
)
def test_an_amount_that_cannot_be_computed_is_asked_for(
    changes: dict[str, Any], rule: str, pointer: str
) -> None:
    result = completed(**changes, totals={"amount_due": "1"})
    assert [(item.rule, item.pointer) for item in result.findings] == [(rule, pointer)]
    assert result.findings[0].flag is Flag.FATAL


@pytest.mark.parametrize(
    ("claim", "rule", "right"),
    [
        ({"sum_of_line_net_amounts": "100.06"}, "BR-CO-10", "100.05"),
        ({"sum_of_allowances": "1"}, "BR-CO-11", "Leave it out"),
        ({"sum_of_charges": "1"}, "BR-CO-12", "Leave it out"),
        ({"total_without_vat": "100.04"}, "BR-CO-13", "100.05"),
        ({"total_vat": "22.02"}, "BR-CO-14", "22.01"),
        ({"total_with_vat": "122.05"}, "BR-CO-15", "122.06"),
        ({"amount_due": "122.07"}, "BR-CO-16", "122.06"),
    ],
)
def test_a_total_off_by_a_cent_gives_one_finding_with_the_right_value(
    claim: dict[str, str], rule: str, right: str
) -> None:
    result = completed(totals=claim)
    (field, value) = next(iter(claim.items()))
    (finding,) = result.findings
    assert (finding.rule, finding.pointer) == (rule, f"/totals/{field}")
    assert value in finding.message
    assert finding.fix is not None
    assert right in finding.fix
    assert getattr(result.invoice.totals, field) == Decimal(value)


def test_paid_and_rounding_amounts_are_the_callers() -> None:
    result = completed(totals={"paid_amount": "22.06", "rounding_amount": "-0.50"})
    assert result.findings == ()
    assert result.invoice.totals.amount_due == Decimal("99.50")


def test_vat_within_the_tolerance_is_kept_and_the_totals_build_on_it() -> None:
    row = {
        "category_taxable_amount": "100.05",
        "category_tax_amount": "22.02",
        "category_code": "S",
        "category_rate": "22.00",
    }
    result = completed(vat_breakdown=[row])
    assert result.findings == ()
    assert str(result.invoice.totals.total_vat) == "22.02"
    assert str(result.invoice.totals.amount_due) == "122.07"
    assert str(result.invoice.vat_breakdown[0].category_rate) == "22.00"


def test_amounts_missing_in_a_row_of_the_breakdown_are_filled_in() -> None:
    row = {"category_code": "S", "category_rate": "22.0", "exemption_reason_text": None}
    (full,) = completed(vat_breakdown=[row]).invoice.vat_breakdown
    assert (full.category_taxable_amount, full.category_tax_amount) == (
        Decimal("100.05"),
        Decimal("22.01"),
    )
    result = completed(vat_breakdown=[row | {"category_taxable_amount": "100.00"}])
    assert result.invoice.vat_breakdown[0].category_tax_amount == Decimal("22.00")
    assert result.invoice.totals.amount_due == Decimal("122.05")


def test_a_row_of_the_breakdown_that_nothing_belongs_to_needs_its_amounts() -> None:
    result = completed(vat_breakdown=[{"category_code": "S", "category_rate": "9.5"}])
    assert {finding.rule for finding in result.findings} >= {"BR-45", "BR-46"}


def test_vat_beyond_the_tolerance_is_named_with_the_right_value() -> None:
    row = {
        "category_taxable_amount": "100.05",
        "category_tax_amount": "23.01",
        "category_code": "S",
        "category_rate": "22",
    }
    result = completed(vat_breakdown=[row])
    assert {(item.rule, item.pointer) for item in result.findings} == {
        ("BR-CO-17", "/vat_breakdown/0/category_tax_amount"),
        ("BR-CO-14", "/totals/total_vat"),
    } - {("BR-CO-14", "/totals/total_vat")} | {
        (item.rule, item.pointer) for item in result.findings if item.rule == "BR-CO-14"
    }
    assert "22.01" in (result.findings[0].fix or "")


def test_exemption_reasons_reach_computed_and_claimed_rows() -> None:
    line = _LINE | {"vat_category_code": "AE", "vat_rate": "0"}
    reason = [{"category_code": "AE", "code": "VATEX-EU-AE"}]
    computed = completed(lines=[line], vat_exemptions=reason).invoice
    assert computed.vat_breakdown[0].exemption_reason_code == "VATEX-EU-AE"
    row = {
        "category_taxable_amount": "100.05",
        "category_tax_amount": "0",
        "category_code": "AE",
        "category_rate": "0",
    }
    claimed = completed(lines=[line], vat_exemptions=reason, vat_breakdown=[row]).invoice
    assert claimed.vat_breakdown[0].exemption_reason_code == "VATEX-EU-AE"
    own = row | {"exemption_reason_text": "Reverse charge"}
    kept = completed(lines=[line], vat_exemptions=reason, vat_breakdown=[own]).invoice
    assert kept.vat_breakdown[0].exemption_reason_code is None


def test_the_accounting_currency_is_rounded_to_its_own_decimals() -> None:
    result = completed(
        vat_accounting_currency_code="JPY", accounting_exchange_rate=Decimal("160.123")
    )
    assert str(result.invoice.totals.total_vat_in_accounting_currency) == "3524"


def _as_draft(source: Invoice) -> InvoiceDraft:
    fields = source.model_dump(mode="json")
    del fields["seller"]
    return InvoiceDraft.model_validate(fields)


def test_an_issued_invoice_given_back_as_a_draft_comes_out_the_same() -> None:
    issued = invoice(
        document_level_charges=[
            {"amount": "3", "vat_category_code": "Z", "vat_rate": "0", "reason": "freight"}
        ],
        totals={"paid_amount": "2.00"},
    )
    assert _again(issued) == issued


@settings(max_examples=50)
@given(any_invoices)
def test_whatever_the_caller_claims_is_kept(source: Invoice) -> None:
    completed = _completed_again(source)
    result = completed.invoice
    for line, claim in zip(result.lines, source.lines, strict=True):
        _kept(line, claim, "net_amount")
    if any(finding.rule in GAPS for finding in completed.findings):
        return
    for field in type(source.totals).model_fields:
        _kept(result.totals, source.totals, field)
    for row, claimed in zip(result.vat_breakdown, source.vat_breakdown, strict=False):
        for field in type(claimed).model_fields:
            _kept(row, claimed, field)
    if any(
        row.category_taxable_amount is not None or row.category_tax_amount is not None
        for row in source.vat_breakdown
    ):
        assert len(result.vat_breakdown) == len(source.vat_breakdown)


GAPS = {"BR-24", "BR-31", "BR-36", "BR-41", "BR-43"}


def _kept(result: Group, source: Group, field: str) -> None:
    claimed = getattr(source, field)
    assert claimed is None or getattr(result, field) == claimed


def _again(source: Invoice) -> Invoice:
    return _completed_again(source).invoice


def _completed_again(source: Invoice) -> Completed:
    return complete(
        _as_draft(source),
        seller=source.seller,
        number=source.number,
        issue_date=source.issue_date,
        type_code=source.type_code,
        process_control=source.process_control,
    )


def test_amounts_that_grow_beyond_all_measure_are_refused_not_fatal_to_us() -> None:
    result = completed(lines=[_LINE | {"invoiced_quantity": "9" * 60, "item_net_price": "9" * 60}])
    findings = check(result.invoice)
    line = _LINE | {"item_gross_price": "9" * 60, "item_net_price": "0." + "9" * 59}
    assert ("GW-04", "/lines/0/item_price_discount") in {
        (item.rule, item.pointer) for item in check(completed(lines=[line]).invoice)
    }
    assert {(item.rule, item.pointer) for item in findings if item.rule == "GW-04"} >= {
        ("GW-04", "/lines/0/net_amount"),
        ("GW-04", "/totals/amount_due"),
    }


def test_a_percentage_without_base_is_of_what_it_reduces() -> None:
    line = _LINE | {"allowances": [{"percentage": "10", "reason": "x"}]}
    other = _LINE | {"vat_rate": "9.5", "item_net_price": "1"}
    tax = {"vat_category_code": "S", "vat_rate": "22.0", "reason": "x"}
    result = completed(
        lines=[line, other],
        document_level_charges=[tax | {"percentage": "1"}],
        document_level_allowances=[tax | {"percentage": "1", "vat_rate": "5"}],
    )
    (allowance,) = result.invoice.lines[0].allowances
    (charge,) = result.invoice.document_level_charges
    assert (allowance.base_amount, allowance.amount) == (Decimal("100.05"), Decimal("10.01"))
    assert (charge.base_amount, charge.amount) == (Decimal("90.04"), Decimal("0.90"))
    assert [finding.rule for finding in result.findings] == ["BR-31"]  # nothing at 5 %


def test_rows_that_only_explain_leave_the_amounts_and_the_other_rows_to_us() -> None:
    exempt = _LINE | {"vat_category_code": "E", "vat_rate": None}
    row = {"category_code": "E", "exemption_reason_text": "Article 132"}
    result = completed(lines=[_LINE, exempt], vat_breakdown=[row])
    assert result.findings == ()
    assert [
        (entry.category_code, entry.category_rate, entry.category_taxable_amount)
        for entry in result.invoice.vat_breakdown
    ] == [("E", Decimal(0), Decimal("100.05")), ("S", Decimal(22), Decimal("100.05"))]
    assert check(result.invoice) == ()


def test_the_exchange_rate_of_the_draft_gives_the_vat_in_the_accounting_currency() -> None:
    terms = {"vat_accounting_currency_code": "JPY", "vat_accounting_exchange_rate": "161.52"}
    totals = completed(**terms).invoice.totals
    assert str(totals.total_vat_in_accounting_currency) == "3555"  # 22.01 * 161.52 = 3555.06
    dinar = completed(**(terms | {"vat_accounting_currency_code": "KWD"})).invoice.totals
    assert str(dinar.total_vat_in_accounting_currency) == "3555.06"


def test_no_vat_is_no_vat_in_the_accounting_currency_too() -> None:
    terms: dict[str, Any] = {"vat_accounting_currency_code": "SEK"}
    export = _LINE | {"vat_category_code": "G", "vat_rate": "0"}
    exported = completed(**terms, lines=[export]).invoice.totals
    assert str(exported.total_vat_in_accounting_currency) == "0.00"
    assert completed(**terms).invoice.totals.total_vat_in_accounting_currency is None


@pytest.mark.parametrize("code", [None, "EUR"])
def test_without_another_currency_a_rate_computes_nothing(code: str | None) -> None:
    terms = {"vat_accounting_currency_code": code, "vat_accounting_exchange_rate": "2"}
    assert completed(**terms).invoice.totals.total_vat_in_accounting_currency is None
