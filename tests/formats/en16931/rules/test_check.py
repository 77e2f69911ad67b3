from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from formats.en16931.model import Invoice
from formats.en16931.rules import RULE_SET, RULES, check
from formats.findings import Finding, Flag
from tests.formats.samples import DRAFT, any_invoices, changed, invoice

_LINE: dict[str, Any] = DRAFT["lines"][0]
_ROW = {
    "category_taxable_amount": "100.05",
    "category_tax_amount": "22.01",
    "category_code": "S",
    "category_rate": "22",
}


def _rules(source: Invoice) -> set[str]:
    return {finding.rule for finding in check(source)}


def _at(source: Invoice, rule: str) -> Finding:
    return next(finding for finding in check(source) if finding.rule == rule)


def test_the_sample_breaks_no_rule() -> None:
    assert check(invoice()) == ()


@settings(max_examples=150)
@given(any_invoices)
def test_no_invoice_makes_a_rule_fail(source: Invoice) -> None:
    for finding in check(source):
        assert finding.rule in RULES
        assert finding.rule_set == RULE_SET
        assert finding.term is not None
        assert finding.fix
        assert (finding.pointer or "").startswith("/")


@settings(max_examples=50)
@given(any_invoices)
def test_findings_are_said_once(source: Invoice) -> None:
    count = Counter((finding.rule, finding.pointer) for finding in check(source))
    assert [key for key, times in count.items() if times > 1] == []


@pytest.mark.parametrize(
    ("pointer", "value", "rule"),
    [
        ("/process_control/specification_identifier", " ", "BR-01"),
        ("/number", None, "BR-02"),
        ("/issue_date", None, "BR-03"),
        ("/type_code", "", "BR-04"),
        ("/currency_code", None, "BR-05"),
        ("/seller/name", None, "BR-06"),
        ("/buyer/name", "\n", "BR-07"),
        ("/seller/postal_address", None, "BR-08"),
        ("/seller/postal_address/country_code", None, "BR-09"),
        ("/buyer/postal_address", None, "BR-10"),
        ("/buyer/postal_address/country_code", None, "BR-11"),
        ("/lines", [], "BR-16"),
        ("/totals/sum_of_line_net_amounts", None, "BR-12"),
        ("/totals/total_without_vat", None, "BR-13"),
        ("/totals/total_with_vat", None, "BR-14"),
        ("/totals/amount_due", None, "BR-15"),
        ("/lines/0/net_amount", None, "BR-24"),
        ("/vat_breakdown/0/category_taxable_amount", None, "BR-45"),
        ("/vat_breakdown/0/category_tax_amount", None, "BR-46"),
        ("/lines/0/identifier", "", "BR-21"),
        ("/lines/0/invoiced_quantity", None, "BR-22"),
        ("/lines/0/unit_code", None, "BR-23"),
        ("/lines/0/item_name", " ", "BR-25"),
        ("/lines/0/item_net_price", "-1", "BR-27"),
        ("/lines/0/vat_category_code", None, "BR-CO-04"),
        ("/vat_breakdown/0/category_code", None, "BR-47"),
        ("/vat_breakdown/0/category_rate", None, "BR-48"),
        ("/payment_instructions/0/payment_means_type_code", None, "BR-49"),
        ("/seller/electronic_address/scheme_identifier", None, "BR-62"),
        ("/buyer/electronic_address/scheme_identifier", None, "BR-63"),
        ("/seller/vat_identifier", "XX1", "BR-CO-09"),
        ("/lines/0/vat_rate", "0", "BR-S-05"),
        ("/currency_code", "EURO", "BR-CL-04"),
        ("/type_code", "999", "BR-CL-01"),
        ("/seller/postal_address/country_code", "UK", "BR-CL-14"),
        ("/lines/0/unit_code", "hours", "BR-CL-23"),
        ("/lines/0/net_amount", "100.050", "BR-DEC-23"),
        ("/totals/amount_due", "122.060", "BR-DEC-18"),
    ],
)
def test_a_finding_points_at_what_is_wrong(pointer: str, value: object, rule: str) -> None:
    broken = changed(invoice(), pointer, value)
    found = [finding for finding in check(broken) if finding.rule == rule]
    assert [finding.pointer for finding in found] == [pointer]
    assert found[0].flag is Flag.FATAL


@pytest.mark.parametrize(
    ("pointer", "rule"),
    [
        ("/document_level_allowances/0/amount", "BR-31"),
        ("/document_level_charges/0/amount", "BR-36"),
        ("/lines/0/allowances/0/amount", "BR-41"),
        ("/lines/0/charges/0/amount", "BR-43"),
    ],
)
def test_allowances_and_charges_have_an_amount(pointer: str, rule: str) -> None:
    reduction = {"amount": "1", "reason": "x"}
    taxed = reduction | {"vat_category_code": "S", "vat_rate": "22"}
    full = invoice(
        document_level_allowances=[taxed],
        document_level_charges=[taxed],
        lines=[_LINE | {"allowances": [reduction], "charges": [reduction]}],
    )
    assert rule not in _rules(full)
    assert _at(changed(full, pointer, None), rule).pointer == pointer


def test_a_code_in_the_wrong_case_is_recognised() -> None:
    assert _at(changed(invoice(), "/lines/0/unit_code", "hur"), "BR-CL-23").fix == "Write HUR."


@pytest.mark.parametrize(
    ("code", "rule", "breaks"),
    [
        ("AE", "BR-AE-10", True),
        ("E", "BR-E-10", True),
        ("K", "BR-IC-10", True),
        ("G", "BR-G-10", True),
        ("O", "BR-O-10", True),
        ("Z", "BR-Z-10", False),
        ("S", "BR-S-10", False),
    ],
)
def test_categories_without_vat_need_a_reason(code: str, rule: str, *, breaks: bool) -> None:
    line = _LINE | {"vat_category_code": code, "vat_rate": "22" if code == "S" else None}
    assert (rule in _rules(invoice(lines=[line]))) == breaks
    reason = [{"category_code": code, "text": "because"}]
    assert (rule in _rules(invoice(lines=[line], vat_exemptions=reason))) != breaks


def test_out_of_scope_stands_alone_and_without_vat_identifiers() -> None:
    out = _LINE | {"vat_category_code": "O", "vat_rate": None}
    reduction = {"amount": "1", "vat_category_code": "S", "vat_rate": "22", "reason": "x"}
    mixed = invoice(
        lines=[out, _LINE],
        document_level_allowances=[reduction],
        document_level_charges=[reduction],
    )
    assert _rules(mixed) >= {"BR-O-02", "BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14"}
    with_rate = changed(invoice(lines=[out]), "/lines/0/vat_rate", "0")
    assert "BR-O-05" in _rules(with_rate)


def test_an_intra_community_supply_needs_buyer_date_and_place() -> None:
    line = _LINE | {"vat_category_code": "K", "vat_rate": "0"}
    reason = [{"category_code": "K", "code": "VATEX-EU-IC"}]
    bare = invoice(lines=[line], vat_exemptions=reason)
    assert _rules(bare) == {"BR-IC-11", "BR-IC-12"}
    delivery = {
        "actual_delivery_date": "2026-11-01",
        "deliver_to_address": {"country_code": "NL"},
    }
    assert check(invoice(lines=[line], vat_exemptions=reason, delivery_information=delivery)) == ()
    without_buyer = changed(bare, "/buyer/vat_identifier", None)
    assert "BR-IC-02" in _rules(without_buyer)


def test_split_payment_is_italian_and_not_mixed_with_standard_rates() -> None:
    line = _LINE | {"vat_category_code": "B"}
    assert _rules(invoice(lines=[line, _LINE])) >= {"BR-B-01", "BR-B-02"}
    italian = {"country_code": "IT"}
    domestic = invoice(lines=[line | {"item_country_of_origin": "IT"}])
    domestic = changed(domestic, "/seller/postal_address", italian)
    domestic = changed(domestic, "/buyer/postal_address", italian)
    assert _rules(domestic) == set()
    assert _at(changed(domestic, "/lines/0/item_country_of_origin", "FR"), "BR-B-01").pointer == (
        "/lines/0/item_country_of_origin"
    )


def test_periods_have_a_beginning_before_their_end() -> None:
    def delivered(**period: str) -> dict[str, Any]:
        return {"delivery_information": {"invoicing_period": period}}

    assert _rules(invoice(**delivered())) == {"BR-CO-19"}
    assert _rules(invoice(**delivered(), value_added_tax_point_date_code="3")) == set()
    assert _rules(invoice(**delivered(start_date="2026-02-01", end_date="2026-01-31"))) == {
        "BR-29"
    }
    assert _rules(invoice(lines=[_LINE | {"period": {}}])) == {"BR-CO-20"}


def test_one_currency_has_one_total_vat() -> None:
    twice = invoice(
        vat_accounting_currency_code="EUR", totals={"total_vat_in_accounting_currency": "22.01"}
    )
    assert _rules(twice) == {"BR-CO-15"}


@pytest.mark.parametrize(
    ("field", "value", "rules"),
    [
        ("category_tax_amount", "22.99", set()),
        ("category_tax_amount", "23.00", set()),
        ("category_tax_amount", "23.01", {"BR-CO-17", "BR-S-09"}),
        ("category_tax_amount", "21.02", set()),
        ("category_tax_amount", "21.01", {"BR-CO-17", "BR-S-09"}),
        ("category_taxable_amount", "101.04", set()),
        ("category_taxable_amount", "101.05", {"BR-S-08"}),
        ("category_taxable_amount", "99.05", {"BR-S-08"}),
    ],
)
def test_vat_of_a_rate_may_be_less_than_one_off(field: str, value: str, rules: set[str]) -> None:
    amounts = {"BR-CO-17", "BR-S-08", "BR-S-09"}
    assert _rules(invoice(vat_breakdown=[_ROW | {field: value}])) & amounts == rules


def test_the_taxable_amount_of_a_category_without_vat_is_exact() -> None:
    line = _LINE | {"vat_category_code": "Z", "vat_rate": "0"}
    row = _ROW | {"category_code": "Z", "category_rate": "0", "category_tax_amount": "0"}
    assert check(invoice(lines=[line], vat_breakdown=[row])) == ()
    off = row | {"category_taxable_amount": "100.06"}
    assert _rules(invoice(lines=[line], vat_breakdown=[off])) == {"BR-Z-08"}


def test_a_line_amount_that_does_not_follow_is_shown_not_refused() -> None:
    line = _LINE | {"net_amount": "100.08"}
    finding = _at(invoice(lines=[line]), "GW-02")
    assert (finding.flag, finding.pointer) == (Flag.WARNING, "/lines/0/net_amount")
    (slack,) = check(invoice(lines=[_LINE | {"net_amount": "100.07"}]))
    assert (slack.rule, slack.flag, slack.pointer) == (
        "GW-11",
        Flag.WARNING,
        "/lines/0/net_amount",
    )


def test_amounts_that_a_currency_cannot_pay_are_shown() -> None:
    line = _LINE | {"net_amount": "100.50"}
    yen = invoice(currency_code="JPY", lines=[line], totals={"rounding_amount": "0.50"})
    assert "GW-03" in _rules(yen)
    assert "GW-03" not in _rules(invoice(currency_code="JPY", lines=[_LINE | {"net_amount": "1"}]))


def test_a_due_amount_without_date_or_terms_is_shown() -> None:
    undated = invoice(payment_due_date=None)
    assert _at(undated, "BR-CO-25").flag is Flag.WARNING
    assert check(invoice(payment_due_date=None, payment_terms="at once")) == ()


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        (("sum_of_line_net_amounts", "total_without_vat"), {"BR-12", "BR-13", "BR-CO-13"}),
        (("total_without_vat", "total_with_vat"), {"BR-13", "BR-14", "BR-CO-15"}),
        (("total_with_vat", "amount_due"), {"BR-14", "BR-15", "BR-CO-16"}),
    ],
)
def test_two_amounts_that_are_absent_do_not_equal_each_other(
    fields: tuple[str, ...], rules: set[str]
) -> None:
    base = invoice()
    totals = base.totals.model_copy(update=dict.fromkeys(fields))
    assert _rules(base.model_copy(update={"totals": totals})) >= rules
