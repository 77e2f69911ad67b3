"""What is written is read again: for any invoice CII can say, and for our own examples."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from formats.cii import read, write
from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from tests.formats import samples
from tests.formats.cii.examples import EXAMPLES, card_payment, direct_debit, full_invoice
from tests.formats.cii.invoices import any_invoice
from tests.formats.cii.judges import D16B, D22B, violations
from tests.formats.ubl.invoices import any_draft
from tests.formats.ubl.test_round_trip import ODD, texts

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # shrinking a whole invoice takes minutes
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=1_500, derandomize=False)


def check(official: Path, invoice: Invoice) -> None:
    written = write(invoice)
    assert violations(official, written, D22B) == []
    if len(invoice.preceding_invoice_references) < 2:  # BG-3 occurs once in D16B
        assert violations(official, written, D16B) == []
    again = read(written)
    assert differences(invoice, again) == ()
    assert write(again) == written
    assert read(write(again)) == again


@pytest.mark.official
@QUICK
@given(invoice=any_invoice())
def test_any_invoice_is_schema_valid_and_read_back(official: Path, invoice: Invoice) -> None:
    check(official, invoice)


@pytest.mark.official
@pytest.mark.full
@LONG
@given(invoice=any_invoice())
def test_many_more_invoices_are_schema_valid_and_read_back(
    official: Path, invoice: Invoice
) -> None:
    check(official, invoice)


def check_issue(drafted: tuple[InvoiceDraft, Seller]) -> None:
    draft, seller = drafted
    invoice = complete(
        draft,
        seller=seller,
        number="1",
        issue_date=datetime.date(2026, 11, 20),
        type_code="380",
        process_control=ProcessControl(specification_identifier="urn:x"),
    ).invoice
    assert differences(invoice, read(write(invoice))) == ()


@QUICK
@given(invoice=samples.any_invoices)
def test_reading_what_was_written_settles_at_once_for_any_model(invoice: Invoice) -> None:
    settled = read(write(invoice))
    assert read(write(settled)) == settled


@pytest.mark.parametrize("example", EXAMPLES.values())
def test_every_text_keeps_the_odd_characters_inside_it(example: Callable[[], Invoice]) -> None:
    pointers = list(texts(example().model_dump()))
    assert len(pointers) > 25
    for pointer in pointers:
        odd = samples.changed(example(), pointer, ODD)
        assert differences(odd, read(write(odd))) == (), pointer


def changed(**fields: object) -> Invoice:
    return Invoice.model_validate(full_invoice().model_dump(mode="json") | fields)


def test_amounts_state_no_currency_but_the_totals_of_vat() -> None:
    written = write(full_invoice())
    assert b'<ram:TaxTotalAmount currencyID="EUR">58.81</ram:TaxTotalAmount>' in written
    assert b'<ram:TaxTotalAmount currencyID="CZK">1470.25</ram:TaxTotalAmount>' in written
    assert written.count(b"currencyID") == 2  # CII-DT-031


def test_the_same_invoice_always_gives_the_same_bytes() -> None:
    assert write(full_invoice()) == write(full_invoice())


@pytest.mark.parametrize(
    ("model", "written"),
    [("3", "5"), ("35", "29"), ("432", "72"), ("5", "3"), ("29", "35"), ("72", "432"), ("9", "9")],
)
def test_the_tax_point_code_is_of_another_list(model: str, written: str) -> None:
    invoice = changed(value_added_tax_point_date_code=model)
    code = f"<ram:DueDateTypeCode>{written}</ram:DueDateTypeCode>".encode()
    assert write(invoice).count(code) == len(invoice.vat_breakdown) == 2  # CII-SR-462
    assert read(write(invoice)) == invoice


def test_the_tax_point_date_stands_in_the_first_row_only() -> None:
    point = {"value_added_tax_point_date": "2026-11-18", "value_added_tax_point_date_code": None}
    written = write(changed(**point))
    assert written.count(b"<ram:TaxPointDate>") == 1  # CII-SR-461
    assert read(written) == changed(**point)


def test_a_tax_point_needs_no_breakdown() -> None:
    for point in ({}, {"value_added_tax_point_date": "2026-11-18"}):
        invoice = changed(vat_breakdown=[], **point)
        again = read(write(invoice))
        assert differences(invoice, again) == ()
        assert write(again) == write(invoice)


@pytest.mark.parametrize(
    ("account", "element"),
    [
        ("SI56192001234567892", b"IBANID"),
        ("DE88 2008 0000 0970 3757 00", b"IBANID"),
        ("DE8960050101XXXXXXXXXX", b"IBANID"),
        ("44421800", b"ProprietaryID"),
        ("DE8960050101/XXXXXXXXX", b"ProprietaryID"),
        ("1234 5678 9012 3456 789022", b"ProprietaryID"),
    ],
)
def test_an_account_number_stands_where_its_form_says(account: str, element: bytes) -> None:
    transfer = {"payment_account_identifier": account, "payment_account_name": "Name"}
    means = {"payment_means_type_code": "30", "credit_transfers": [transfer]}
    written = write(changed(payment_instructions=[means]))
    assert b"<ram:%s>%s</ram:%s>" % (element, account.encode(), element) in written
    assert read(written).payment_instructions[0].credit_transfers[0].payment_account_identifier


def test_every_account_has_payment_means_of_its_own() -> None:
    written = write(full_invoice())
    assert written.count(b"<ram:SpecifiedTradeSettlementPaymentMeans>") == 2
    assert written.count(b"<ram:Information>") == 1
    assert written.count(b"<ram:PaymentReference>") == 1
    assert read(written).payment_instructions == full_invoice().payment_instructions


def payment(code: str, **terms: object) -> dict[str, Any]:
    return {"payment_means_type_code": code} | terms


def test_remittance_information_belongs_to_every_payment() -> None:
    invoice = changed(
        payment_instructions=[payment("30", remittance_information="R"), payment("48")]
    )
    again = read(write(invoice))
    assert [entry.remittance_information for entry in again.payment_instructions] == ["R", "R"]
    assert differences(invoice, again) == ()


def test_remittance_information_may_be_one_for_each_payment() -> None:
    payments = [payment(code, remittance_information=f"R{code}") for code in ("30", "48", "58")]
    invoice = changed(payment_instructions=payments)
    assert read(write(invoice)) == invoice
    beyond = write(invoice).replace(b"<ram:PaymentReference>R30", b"<ram:PaymentReference>R1", 1)
    more = beyond.replace(
        b"<ram:PaymentReference>",
        b"<ram:PaymentReference>R0</ram:PaymentReference><ram:PaymentReference>",
        1,
    )
    found = read(more).payment_instructions
    assert [entry.remittance_information for entry in found] == ["R0", "R1", "R48", "R58"]
    assert read(write(read(more))) == read(more)


def test_the_mandate_belongs_to_every_direct_debit() -> None:
    debit = {"mandate_reference_identifier": "M", "debited_account_identifier": "A"}
    account = {"debited_account_identifier": "B"}
    payments = [payment("30"), payment("59", direct_debit=debit), payment("49")]
    invoice = changed(payment_instructions=[*payments, payment("31", direct_debit=account)])
    written = write(invoice)
    assert written.count(b"<ram:DirectDebitMandateID>M<") == 1
    mandates = [
        entry.direct_debit and entry.direct_debit.mandate_reference_identifier
        for entry in read(written).payment_instructions
    ]
    assert mandates == [None, "M", "M", "M"]
    assert differences(invoice, read(written)) == ()


def test_mandate_creditor_and_remittance_need_no_payment_means() -> None:
    debit = {
        "mandate_reference_identifier": "M",
        "bank_assigned_creditor_identifier": "SI98ZZZ12345678",
    }
    invoice = changed(
        payment_instructions=[{"direct_debit": debit, "remittance_information": "R"}]
    )
    written = write(invoice)
    assert b"PaymentMeans>" not in written
    assert read(written) == invoice


@pytest.mark.parametrize(
    "changes",
    [
        {"payee": {"name": "F", "identifier": {"value": "C", "scheme_identifier": "SEPA"}}},
        {"seller": {"identifiers": [{"value": "C", "scheme_identifier": "sepa"}]}},
    ],
)
def test_a_creditor_given_as_the_partys_identifier_is_one(changes: dict[str, Any]) -> None:
    invoice = changed(payment_instructions=[payment("59")], **changes)
    written = write(invoice)
    assert b"<ram:CreditorReferenceID>C</ram:CreditorReferenceID>" in written
    assert b"sepa" not in written.lower()
    assert differences(invoice, read(written)) == ()


def test_a_discount_needs_the_gross_price_that_follows() -> None:
    line = full_invoice().lines[0].model_dump(mode="json") | {"item_gross_price": None}
    invoice = changed(lines=[line])
    again = read(write(invoice))
    assert again.lines[0].item_gross_price == Decimal("200.00")
    assert differences(invoice, again) == ()


def test_a_gross_price_that_nobody_could_read_is_not_written() -> None:
    line = full_invoice().lines[0].model_dump(mode="json") | {
        "item_gross_price": None,
        "item_net_price": "1" + "0" * 59,
        "item_price_discount": "0." + "0" * 58 + "1",
    }
    invoice = changed(lines=[line])
    assert write(invoice).count(b"<ram:ChargeAmount>") == 1
    assert read(write(invoice)).lines[0].item_gross_price is None


def test_a_gross_price_needs_no_discount() -> None:
    line = full_invoice().lines[0].model_dump(mode="json") | {"item_price_discount": None}
    assert read(write(changed(lines=[line]))) == changed(lines=[line])


@pytest.mark.parametrize("accounting", ["CZK", "EUR"])
def test_the_vat_totals_of_two_currencies_are_told_apart(accounting: str) -> None:
    invoice = changed(vat_accounting_currency_code=accounting)
    assert read(write(invoice)) == invoice


@pytest.mark.parametrize(
    ("pointer", "nothing"),
    [
        ("/payee", {}),
        ("/seller_tax_representative", {"postal_address": {}}),
        ("/seller/contact", {}),
        ("/delivery_information", {"invoicing_period": {}, "deliver_to_address": {}}),
        ("/preceding_invoice_references", [{}]),
        ("/additional_supporting_documents", [{}]),
        ("/document_level_allowances", [{}]),
        ("/document_level_charges", [{}]),
        ("/vat_breakdown", [{}]),
        ("/payment_instructions", [{"credit_transfers": [{}, {}], "direct_debit": {}}]),
        ("/payment_instructions/0/credit_transfers", [{}, {}]),
        ("/lines/0/period", {}),
        ("/lines/0/item_attributes", [{}]),
        ("/lines/0/allowances", [{}]),
        ("/lines/0/charges", [{}]),
        ("/lines", [{}]),
    ],
)
def test_a_group_that_holds_nothing_is_not_written(pointer: str, nothing: object) -> None:
    base = changed(value_added_tax_point_date_code=None)
    empty = samples.changed(base, pointer, nothing)
    absent = samples.changed(base, pointer, [] if isinstance(nothing, list) else None)
    assert write(empty) == write(absent) != write(base)
    assert differences(empty, read(write(empty))) == ()


def test_an_empty_account_is_not_the_first() -> None:
    transfers = [{}, {"payment_account_identifier": "A"}, {}, {"payment_account_identifier": "B"}]
    invoice = changed(payment_instructions=[payment("30", credit_transfers=transfers)])
    assert write(invoice).count(b"<ram:SpecifiedTradeSettlementPaymentMeans>") == 2
    assert differences(invoice, read(write(invoice))) == ()


@pytest.mark.official
def test_an_invoice_without_number_and_date_is_for_the_rules_to_find(official: Path) -> None:
    invoice = changed(number=None, issue_date=None)
    written = write(invoice)
    assert violations(official, written) == []
    assert b'<udt:DateTimeString format="102"></udt:DateTimeString>' in written
    assert read(written) == invoice


@pytest.mark.official
@pytest.mark.parametrize("example", [direct_debit, card_payment])
def test_two_preceding_invoices_need_a_later_schema(
    official: Path, example: Callable[[], Invoice]
) -> None:
    preceding = [{"reference": "A"}, {"reference": "B", "issue_date": "2026-11-01"}]
    document = example().model_dump(mode="json") | {"preceding_invoice_references": preceding}
    written = write(Invoice.model_validate(document))
    assert violations(official, written, D22B) == []
    assert violations(official, written, D16B) != []
    assert len(read(written).preceding_invoice_references) == 2


@QUICK
@given(drafted=any_draft())
def test_what_is_completed_is_read_back_at_issue(drafted: tuple[InvoiceDraft, Seller]) -> None:
    # CII has mandates once in a document: which payment a second one is of, nothing tells.
    debits = (entry.direct_debit for entry in drafted[0].payment_instructions)
    assume(sum(1 for debit in debits if debit and debit.mandate_reference_identifier) <= 1)
    check_issue(drafted)
