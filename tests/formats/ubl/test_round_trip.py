"""What is written is read again: for any invoice UBL can say, and for our own examples."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from formats.ubl import read, write
from tests.formats import samples
from tests.formats.ubl.examples import credit_note, direct_debit, full_invoice
from tests.formats.ubl.invoices import any_draft, any_invoice
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


def check_issue(drafted: tuple[InvoiceDraft, Seller], type_code: str) -> None:
    draft, seller = drafted
    process, day = ProcessControl(specification_identifier="urn:x"), datetime.date(2026, 11, 20)
    invoice = complete(
        draft,
        seller=seller,
        number="1",
        issue_date=day,
        type_code=type_code,
        process_control=process,
    ).invoice
    written = write(invoice)
    assert written.startswith(b"<CreditNote" if type_code == "381" else b"<Invoice", 39)
    assert differences(invoice, read(written)) == ()


@pytest.mark.parametrize("type_code", ["380", "381"])
@QUICK
@given(drafted=any_draft())
def test_what_is_completed_is_read_back_at_issue(
    type_code: str, drafted: tuple[InvoiceDraft, Seller]
) -> None:
    check_issue(drafted, type_code)


@pytest.mark.full
@pytest.mark.parametrize("type_code", ["380", "381"])
@LONG
@given(drafted=any_draft())
def test_whatever_is_completed_is_read_back_at_issue(
    type_code: str, drafted: tuple[InvoiceDraft, Seller]
) -> None:
    check_issue(drafted, type_code)


ODD = "a \t b\r\nc\rd\n\n  e\x7f\x85\x9f\u00a0\u2028 \"'<&>]]>z"


def texts(value: object, pointer: str = "") -> Iterator[str]:
    """Yield a pointer to every text."""
    if isinstance(value, str):
        yield pointer
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts(inner, f"{pointer}/{name}")
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for index, inner in enumerate(value):
            yield from texts(inner, f"{pointer}/{index}")


@pytest.mark.parametrize("example", [full_invoice, credit_note, direct_debit])
def test_every_text_keeps_the_odd_characters_inside_it(example: Callable[[], Invoice]) -> None:
    pointers = list(texts(example().model_dump()))
    assert len(pointers) > 25
    for pointer in pointers:
        if pointer in {"/type_code", "/notes/0/subject_code"}:  # the root; three characters
            continue
        odd = samples.changed(example(), pointer, ODD)
        assert read(write(odd)) == odd, pointer


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
        transfer("30", "A", direct_debit={"mandate_reference_identifier": "M"}),
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


EMPTY_PAYEE = {"payee": {"identifier": None}}
CREDITOR = {"value": "SI98ZZZ12345678", "scheme_identifier": "SEPA"}


def test_an_empty_payee_is_not_written_for_the_sake_of_the_creditor_identifier() -> None:
    base = direct_debit().model_dump(mode="json")
    written = write(Invoice.model_validate(base | EMPTY_PAYEE))
    assert written == write(direct_debit())


@pytest.mark.parametrize(
    "changes",
    [
        {"payee": {"name": "Factor", "identifier": CREDITOR}},
        {"payee": {"identifier": CREDITOR}},
        {"seller": full_invoice().seller.model_dump() | {"identifiers": [CREDITOR]}},
    ],
)
def test_a_creditor_identifier_given_as_the_partys_is_read_back(changes: dict[str, Any]) -> None:
    invoice = changed(**changes)
    assert differences(invoice, read(write(invoice))) == ()


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
    empty = samples.changed(full_invoice(), pointer, nothing)
    absent = samples.changed(full_invoice(), pointer, [] if isinstance(nothing, list) else None)
    assert write(empty) == write(absent) != write(full_invoice())
    assert differences(empty, read(write(empty))) == ()


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
