from typing import Any

import pytest
from hypothesis import given, settings

from formats.en16931.model import Invoice, ProcessControl
from formats.peppol.rules import RULE_SET, RULES, SELF_BILLING, check
from formats.ubl import read, write
from tests.formats.samples import DRAFT, any_invoices, changed, invoice

_LINE: dict[str, Any] = DRAFT["lines"][0]


def _rules(source: Invoice) -> set[str]:
    return {finding.rule.removeprefix("PEPPOL-EN16931-") for finding in check(source)}


def test_the_sample_breaks_no_rule() -> None:
    assert check(invoice()) == ()


@settings(max_examples=100)
@given(any_invoices)
def test_no_invoice_makes_a_rule_fail(source: Invoice) -> None:
    for finding in check(source):
        assert finding.rule in RULES
        assert finding.rule_set == RULE_SET
        assert finding.fix
        assert (finding.pointer or "").startswith("/")


@pytest.mark.parametrize(
    ("pointer", "value", "rules"),
    [
        ("/process_control/business_process_type", None, {"R001", "R007"}),
        ("/process_control/business_process_type", "urn:x", {"R007"}),
        ("/process_control/specification_identifier", "urn:cen.eu:en16931:2017", {"R004"}),
        ("/notes", [{"note": "a"}, {"note": "b"}], {"R002"}),
        ("/buyer_reference", None, {"R003"}),
        ("/buyer/electronic_address", None, {"R010"}),
        ("/seller/electronic_address", None, {"R020"}),
        ("/vat_accounting_currency_code", "EUR", {"R005", "R054"}),
        ("/vat_accounting_currency_code", "NOK", {"R054", "R055"}),
        ("/payment_instructions/0/payment_means_type_code", "59", {"R061"}),
        ("/type_code", "384", {"P0112"}),
        ("/type_code", "389", {"P0100"}),
        ("/type_code", "261", {"P0101"}),
        ("/lines/0/net_amount", "100.08", {"R120"}),
        ("/lines/0/item_price_discount", "0.02", set()),  # no gross price it could be taken from
        ("/lines/0/item_gross_price", "33.36", set()),  # the discount is written as it follows
        ("/lines/0/item_price_base_quantity", "-1", {"R120", "R121"}),
        ("/lines/0/item_price_base_quantity_unit_code", "C62", set()),
        ("/vat_breakdown/0/exemption_reason_code", "vatex-eu-g", {"P0104"}),
        ("/buyer/electronic_address/scheme_identifier", "EM", {"CL008"}),
    ],
)
def test_a_broken_rule_is_found(pointer: str, value: object, rules: set[str]) -> None:
    assert _rules(changed(invoice(), pointer, value)) == rules


def test_a_discount_is_the_difference_of_the_prices() -> None:
    discounted = changed(invoice(), "/lines/0/item_gross_price", "33.36")
    assert _rules(changed(discounted, "/lines/0/item_price_discount", "0.01")) == set()
    assert _rules(changed(discounted, "/lines/0/item_price_discount", "0.02")) == {"R046"}


def test_a_discount_of_more_digits_than_can_be_read_is_not_written() -> None:
    gross = changed(invoice(), "/lines/0/item_gross_price", f"33.{57 * '0'}1")
    assert _rules(gross) == set()
    for net, broken in (("33.5", False), ("99", False), ("333", True)):
        assert ("R046" in _rules(changed(gross, "/lines/0/item_net_price", net))) is broken


def test_two_notes_are_allowed_between_german_parties() -> None:
    base = invoice(notes=[{"note": "a"}, {"note": "b"}])
    german = changed(base, "/seller/postal_address/country_code", "DE")
    assert "R002" in _rules(german)
    german = changed(german, "/buyer/postal_address/country_code", "de")
    assert "R002" not in _rules(german)


@pytest.mark.parametrize(
    ("reduction", "rules"),
    [
        ({"amount": "1.00", "base_amount": "10", "percentage": "10"}, set()),
        ({"amount": "1.02", "base_amount": "10", "percentage": "10"}, set()),
        ({"amount": "1.03", "base_amount": "10", "percentage": "10"}, {"R040"}),
        ({"amount": "1.00", "percentage": "10"}, {"R041"}),
        ({"amount": "1.00", "base_amount": "10"}, {"R042"}),
    ],
)
def test_percentages_base_and_amount_of_reductions_agree(
    reduction: dict[str, str], rules: set[str]
) -> None:
    taxed = reduction | {"vat_category_code": "S", "vat_rate": "22"}
    assert _rules(invoice(document_level_allowances=[taxed])) == rules
    assert _rules(invoice(document_level_charges=[taxed])) == rules
    assert _rules(invoice(lines=[_LINE | {"allowances": [reduction]}])) == rules
    assert _rules(invoice(lines=[_LINE | {"charges": [reduction]}])) == rules


def test_the_price_is_for_the_unit_that_is_invoiced() -> None:
    line = _LINE | {
        "item_price_base_quantity": "1",
        "item_price_base_quantity_unit_code": "C62",
    }
    assert _rules(invoice(lines=[line])) == {"R130"}


def test_a_direct_debit_has_one_account_because_its_mandate_stands_once() -> None:
    accounts = [{"payment_account_identifier": number} for number in "AB"]
    debit = {
        "payment_means_type_code": "59",
        "direct_debit": {"mandate_reference_identifier": "M"},
    }
    assert _rules(invoice(payment_instructions=[debit])) == set()
    assert _rules(invoice(payment_instructions=[debit | {"credit_transfers": accounts[:1]}])) == (
        set()
    )
    both = invoice(payment_instructions=[debit | {"credit_transfers": accounts}])
    assert _rules(both) == {"R061"}
    assert check(both)[0].pointer == "/payment_instructions/0/credit_transfers/1"
    assert check(read(write(both))) == check(both)


@pytest.mark.parametrize("reference", ["purchase_order_reference", "sales_order_reference"])
def test_an_order_does_instead_of_a_buyer_reference(reference: str) -> None:
    assert _rules(invoice(buyer_reference=None)) == {"R003"}
    ordered = invoice(buyer_reference=None, **{reference: "SO-1"})
    assert _rules(ordered) == _rules(read(write(ordered))) == set()


def test_the_invoicing_period_covers_those_of_the_lines() -> None:
    whole = {"invoicing_period": {"start_date": "2026-11-01", "end_date": "2026-11-30"}}
    line = _LINE | {"period": {"start_date": "2026-10-31", "end_date": "2026-12-01"}}
    assert _rules(invoice(lines=[line], delivery_information=whole)) == {"R110", "R111"}


def test_self_billing_has_its_own_process_and_type_codes() -> None:
    process = ProcessControl(
        specification_identifier=SELF_BILLING,
        business_process_type="urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0",
    )
    self_billed = invoice().model_copy(update={"process_control": process})
    assert _rules(self_billed) == {"P0100"}
    assert _rules(self_billed.model_copy(update={"type_code": "389"})) == set()
    assert _rules(self_billed.model_copy(update={"type_code": "381"})) == {"P0101"}
    assert _rules(self_billed.model_copy(update={"type_code": "261"})) == set()
