"""What is written is read again: for any invoice UBL can say, and for our own examples."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.ubl import read, write
from tests.formats import samples
from tests.formats.ubl.examples import credit_note, direct_debit, full_invoice
from tests.formats.ubl.invoices import any_invoice
from tests.formats.ubl.judges import violations

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
    assert violations(official, written) == []
    again = read(written)
    assert differences(invoice, again) == ()
    assert again == invoice
    assert write(again) == written


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


@QUICK
@given(invoice=samples.any_invoices)
def test_reading_what_was_written_settles_at_once_for_any_model(invoice: Invoice) -> None:
    settled = read(write(invoice))
    assert read(write(settled)) == settled


def changed(**fields: object) -> Invoice:
    return Invoice.model_validate(full_invoice().model_dump(mode="json") | fields)


def test_decimals_are_written_as_they_stand_and_plainly() -> None:
    amounts = {"sum_of_line_net_amounts": "1E+2", "total_without_vat": "100.00"}
    totals = full_invoice().totals.model_dump(mode="json") | amounts
    del totals["sum_of_line_net_amounts"]
    invoice = changed(totals=totals | {"sum_of_line_net_amounts": Decimal("1E+2")})
    written = write(invoice)
    assert b'<cbc:LineExtensionAmount currencyID="EUR">100</cbc:LineExtensionAmount>' in written
    assert b'<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>' in written


def test_the_same_invoice_always_gives_the_same_bytes() -> None:
    assert write(full_invoice()) == write(full_invoice())


@pytest.mark.parametrize(
    ("type_code", "root"),
    [
        *((code, b"<CreditNote ") for code in ("381", "396", "81", "83", "261", "532", " 381 ")),
        *((code, b"<Invoice ") for code in ("380", "389", "384", "326", "x", None)),
    ],
)
def test_the_type_code_decides_the_root(type_code: str | None, root: bytes) -> None:
    assert root in write(changed(type_code=type_code))


def transfer(code: str, account: str, **terms: object) -> dict[str, Any]:
    accounts = [{"payment_account_identifier": account}]
    return {"payment_means_type_code": code, "credit_transfers": accounts} | terms


def test_accounts_of_one_instruction_stay_together() -> None:
    one = full_invoice().payment_instructions
    assert len(one[0].credit_transfers) == 2
    assert read(write(full_invoice())).payment_instructions == one


def test_equal_neighbours_are_merged_and_others_are_not() -> None:
    equal = [transfer("30", "A"), transfer("30", "B")]
    for first in ({}, {"payment_means_text": "text"}):
        invoice = changed(payment_instructions=[equal[0] | first, equal[1]])
        again = read(write(invoice))
        assert [len(entry.credit_transfers) for entry in again.payment_instructions] == [2]
        assert differences(invoice, again) == ()
    for other in (
        transfer("58", "B"),
        transfer("30", "B", payment_means_text="other"),
        transfer("30", "B", remittance_information="other"),
        transfer("30", "B", payment_card_information={"primary_account_number": "1234"}),
        transfer("30", "B", direct_debit={"mandate_reference_identifier": "M"}),
        {"payment_means_type_code": "30"},
    ):
        invoice = changed(payment_instructions=[transfer("30", "A"), other])
        assert read(write(invoice)).payment_instructions == invoice.payment_instructions


def test_the_creditor_identifier_stands_with_the_payee_or_else_the_seller() -> None:
    written = write(direct_debit())
    supplier, _, rest = written.partition(b"</cac:AccountingSupplierParty>")
    assert b'<cbc:ID schemeID="SEPA">SI98ZZZ12345678</cbc:ID>' in supplier
    assert b"SEPA" not in rest
    payee = Invoice.model_validate(
        direct_debit().model_dump(mode="json") | {"payee": {"name": "Factor"}}
    )
    before, _, rest = write(payee).partition(b"<cac:PayeeParty>")
    assert b"SEPA" not in before
    assert b'schemeID="SEPA"' in rest
    assert read(write(payee)) == payee


def test_a_creditor_identifier_needs_no_payment_means() -> None:
    debit = {"bank_assigned_creditor_identifier": "SI98ZZZ12345678"}
    invoice = changed(payment_instructions=[{"direct_debit": debit}])
    written = write(invoice)
    assert b"PaymentMeans" not in written
    assert read(written) == invoice


def test_the_due_date_of_a_credit_note_stands_once_with_its_payment_means() -> None:
    written = write(credit_note())
    assert written.count(b"<cbc:PaymentMeansCode") == 2
    assert written.count(b"<cbc:PaymentDueDate>2026-12-20</cbc:PaymentDueDate>") == 1
    assert b"DueDate>2026-12-20</cbc:DueDate>" not in written
    assert read(written).payment_due_date == datetime.date(2026, 12, 20)


@pytest.mark.official
def test_the_due_date_of_a_credit_note_without_payment_means_is_not_lost(official: Path) -> None:
    document = credit_note().model_dump(mode="json") | {"payment_instructions": []}
    check(official, Invoice.model_validate(document))


def test_a_sales_order_alone_needs_a_stand_in_for_the_order() -> None:
    written = write(direct_debit())
    assert b"<cbc:ID>NA</cbc:ID>\n    <cbc:SalesOrderID>SO-14</cbc:SalesOrderID>" in written
    assert read(written).purchase_order_reference is None
    assert read(written).sales_order_reference == "SO-14"


def test_an_order_that_is_called_na_is_kept() -> None:
    invoice = changed(purchase_order_reference="NA", sales_order_reference=None)
    assert read(write(invoice)).purchase_order_reference == "NA"


@pytest.mark.parametrize("accounting", ["CZK", "EUR"])
def test_the_vat_totals_of_two_currencies_are_told_apart(accounting: str) -> None:
    invoice = changed(vat_accounting_currency_code=accounting)
    again = read(write(invoice))
    assert again.totals.total_vat == Decimal("58.81")
    assert again.totals.total_vat_in_accounting_currency == Decimal("1470.25")
    assert again.vat_breakdown == invoice.vat_breakdown


def test_the_vat_total_in_accounting_currency_may_stand_first() -> None:
    written = write(full_invoice()).decode()
    totals = written[written.index("  <cac:TaxTotal>") : written.index("  <cac:LegalMonetary")]
    accounting = totals[totals.rindex("  <cac:TaxTotal>") :]
    document = totals.removesuffix(accounting)
    swapped = written.replace(totals, accounting + document)
    assert swapped != written
    assert read(swapped.encode()) == full_invoice()


def test_a_gross_price_without_discount_gets_the_one_the_rules_demand() -> None:
    line = full_invoice().lines[0].model_dump(mode="json") | {"item_price_discount": None}
    again = read(write(changed(lines=[line])))
    assert again.lines[0].item_price_discount == Decimal("20.00")  # PEPPOL-EN16931-R046
