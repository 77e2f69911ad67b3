from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.comparison import differences
from formats.en16931.model import Invoice
from formats.facturae import read, write
from formats.facturae.rules import check
from formats.facturae.tree import amount, cents, child, children, number, read_tree, text
from formats.xml import parse
from tests.formats.facturae.spanish import CENTRES, DRAFT, SELLER, ordinary, violations
from tests.formats.samples import changed

pytestmark = pytest.mark.official

LINE: dict[str, Any] = DRAFT["lines"][0]


def invoice_of(invoice: Invoice) -> Any:  # noqa: ANN401 - a tree
    return child(read_tree(parse(write(invoice))), "Invoices", "Invoice")


def assert_whole(official: Path, invoice: Invoice) -> None:
    content = write(invoice)
    assert check(invoice) == ()
    assert violations(official, content) == []
    assert differences(invoice, read(content)) == ()
    assert write(read(content)) == content


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"type_code": "381", "preceding_invoice_references": [{"reference": "F2026/9"}]},
        {
            "type_code": "384",
            "preceding_invoice_references": [{"reference": "9", "issue_date": "2026-02-03"}],
        },
        {"type_code": "389"},
        {"type_code": "261", "preceding_invoice_references": [{"reference": "9"}]},
        {
            "seller": {
                "vat_identifier": "ES12345678Z",
                "name": "Ana Ruiz Gil",
                "trading_name": None,
            }
        },
        {"vat_accounting_currency_code": "EUR"},
        {"payment_due_date": "2026-11-20"},
        {"payment_due_date": None},
        {"payment_due_date": None, "payment_instructions": [], "payment_terms": "30 días"},
        {
            "document_level_allowances": [
                {"amount": "1", "vat_category_code": "S", "vat_rate": "21"}
            ]
        },
        {"lines": [LINE | {"vat_category_code": "L", "vat_rate": "7"}]},
        {"lines": [LINE | {"vat_category_code": "M", "vat_rate": "4"}]},
        {"lines": [LINE | {"vat_category_code": "Z", "vat_rate": "0"}]},
        {"notes": [{"note": "Uno\nDos\\n"}, {"subject_code": "AAI", "note": "Tres"}]},
        {"notes": []},
        {"value_added_tax_point_date": "2026-11-19"},
    ],
)
def test_everything_comes_back(official: Path, changes: dict[str, Any]) -> None:
    assert_whole(official, ordinary(**changes))


@pytest.mark.parametrize(
    ("category", "text_", "code", "event", "reason"),
    [
        ("E", "Art. 20 Ley 37/1992", None, "01", "Art. 20 Ley 37/1992"),
        ("E", "Art. 20", "VATEX-EU-132", "01", "E VATEX-EU-132: Art. 20"),
        ("AE", "Inversión", "VATEX-EU-AE", "01", "AE VATEX-EU-AE: Inversión"),
        ("K", None, "VATEX-EU-IC", "01", "K VATEX-EU-IC:"),
        ("G", "Exportación", None, "01", "G: Exportación"),
        ("O", "No sujeta", None, "02", "O: No sujeta"),
    ],
)
def test_why_there_is_no_vat_comes_back(  # noqa: PLR0913, PLR0917 - a table
    official: Path, category: str, text_: str | None, code: str | None, event: str, reason: str
) -> None:
    rate = None if category == "O" else "0"
    lines = [LINE | {"vat_category_code": category, "vat_rate": rate}]
    row = {"category_code": category, "category_rate": rate}
    said = {"exemption_reason_text": text_, "exemption_reason_code": code}
    invoice = ordinary(lines=lines, vat_breakdown=[row | said])
    (line,) = children(invoice_of(invoice), "Items", "InvoiceLine")
    assert text(line, "SpecialTaxableEvent", "SpecialTaxableEventCode") == event
    assert text(line, "SpecialTaxableEvent", "SpecialTaxableEventReason") == reason
    assert_whole(official, invoice)


def test_lines_add_up_by_the_equations_of_the_schema() -> None:
    tree = invoice_of(ordinary())
    rows = children(tree, "Items", "InvoiceLine")
    for row in rows:
        cost, gross = number(row, "TotalCost"), number(row, "GrossAmount")
        less = number(row, "DiscountsAndRebates", "Discount", "DiscountAmount") or Decimal(0)
        more = number(row, "Charges", "Charge", "ChargeAmount") or Decimal(0)
        assert cost is not None
        assert gross == cost - less + more
    assert text(rows[0], "UnitPriceWithoutTax") == "33.335"
    assert text(rows[1], "UnitPriceWithoutTax") == "10.12345678"
    assert text(rows[1], "TotalCost") == "5.06"
    whole = child(tree, "InvoiceTotals")
    before, taxes = number(whole, "TotalGrossAmountBeforeTaxes"), number(whole, "TotalTaxOutputs")
    total = number(whole, "InvoiceTotal")
    assert before is not None
    assert taxes is not None
    assert total == before + taxes
    assert text(whole, "TotalExecutableAmount") == text(whole, "InvoiceTotal")


@pytest.mark.parametrize(
    ("value", "eight", "two"),
    [
        ("0", "0.00", "0.00"),
        ("-0.00", "0.00", "0.00"),
        ("100", "100.00", "100.00"),
        ("1.5", "1.50", "1.50"),
        ("1.005", "1.005", "1.01"),
        ("-1.005", "-1.005", "-1.01"),
        ("0.123456785", "0.12345679", "0.12"),
        ("0.000000001", "0.00", "0.00"),
        ("123456789012345678901234567890.1", "123456789012345678901234567890.10", None),
    ],
)
def test_amounts_have_two_decimals_or_up_to_eight(value: str, eight: str, two: str | None) -> None:
    assert amount(Decimal(value)) == eight
    assert cents(Decimal(value)) == (two or eight)


def test_what_is_withheld_lowers_what_is_due_and_is_told(official: Path) -> None:
    invoice = ordinary()
    base = invoice.totals.total_without_vat
    total = invoice.totals.total_with_vat
    assert base is not None
    assert total is not None
    withheld = [
        {"tax_type_code": "04", "rate": "15", "taxable_amount": str(base), "tax_amount": "15.00"}
    ]
    spain = {"withheld_taxes": withheld, "administrative_centres": CENTRES}
    invoice = ordinary(extensions={"facturae": spain}, totals={"paid_amount": "25.00"})
    whole = child(invoice_of(invoice), "InvoiceTotals")
    assert number(whole, "TotalTaxesWithheld") == 15
    assert number(whole, "InvoiceTotal") == total - 15
    assert number(whole, "TotalPaymentsOnAccount") == 10
    assert number(whole, "TotalExecutableAmount") == total - 25
    assert_whole(official, invoice)


@pytest.mark.parametrize("code", sorted(CREDIT_NOTE_TYPES))
def test_every_credit_note_is_a_negative_correction(code: str) -> None:
    references = [{"reference": "F2026/9", "issue_date": "2026-01-15"}]
    root = invoice_of(ordinary(type_code=code, preceding_invoice_references=references))
    assert text(child(root, "InvoiceHeader"), "InvoiceClass") == "OR"
    assert (number(child(root, "InvoiceTotals"), "InvoiceTotal") or 0) < 0


def test_a_credit_note_is_a_negative_correction(official: Path) -> None:
    references = [{"reference": "F2026/9", "issue_date": "2026-02-03"}]
    spain = {"corrective": {"reason_code": "83", "additional_reason": "Rappel"}}
    invoice = ordinary(
        type_code="381", preceding_invoice_references=references, extensions={"facturae": spain}
    )
    tree = invoice_of(invoice)
    corrective = child(tree, "InvoiceHeader", "Corrective")
    assert text(tree, "InvoiceHeader", "InvoiceClass") == "OR"
    assert text(corrective, "CorrectionMethod") == "02"
    assert text(corrective, "ReasonCode") == "83"
    assert text(corrective, "TaxPeriod", "EndDate") == "2026-02-28"
    assert (text(tree, "InvoiceTotals", "InvoiceTotal") or "").startswith("-")
    assert_whole(official, invoice)


def test_remarks_that_contradict_are_texts_like_others() -> None:
    content = write(ordinary())
    false = content.replace(b"BT-10 /buyer_reference: Lote 4", b"BT-1 /number: 4711")
    assert false != content
    invoice = read(false)
    assert invoice.number == "F2026/00017"
    assert "BT-1 /number: 4711" in invoice.notes[0].note


@pytest.mark.parametrize(
    ("pointer", "value", "rule", "at"),
    [
        ("/number", "x" * 21, "ES-21", "/number"),
        ("/buyer/vat_identifier", None, "ES-20", "/buyer/vat_identifier"),
        ("/currency_code", "XXX", "ES-20", "/currency_code"),
        (
            "/seller/postal_address/country_code",
            "XX",
            "ES-20",
            "/seller/postal_address/country_code",
        ),
        ("/lines", [], "ES-20", "/lines"),
        ("/seller/name", "x" * 81, "ES-21", "/seller/name"),
        ("/notes/0/note", "x" * 2501, "ES-21", "/notes/0/note"),
        (
            "/extensions/facturae/document_type",
            "XX",
            "ES-20",
            "/extensions/facturae/document_type",
        ),
        (
            "/extensions/facturae/administrative_centres",
            CENTRES[:2],
            "ES-22",
            "/extensions/facturae/administrative_centres",
        ),
        (
            "/extensions/facturae/administrative_centres/2/centre_code",
            "47",
            "ES-22",
            "/extensions/facturae/administrative_centres/2/centre_code",
        ),
    ],
)
def test_what_cannot_be_held_is_told_by_field(
    pointer: str, value: object, rule: str, at: str
) -> None:
    found = {(one.rule, one.pointer) for one in check(changed(ordinary(), pointer, value))}
    assert (rule, at) in found


def test_attached_files_travel_with_their_names(official: Path) -> None:
    file = {"content": "aGVsbG8=", "mime_code": "application/pdf", "filename": "acta.pdf"}
    documents = [{"reference": "A-1", "attached_document": file}]
    assert_whole(official, ordinary(additional_supporting_documents=documents))
    other = [{"reference": "A-1", "attached_document": file | {"mime_code": "text/csv"}}]
    invoice = ordinary(additional_supporting_documents=other)
    pointers = {one.pointer for one in check(invoice)}
    assert "/additional_supporting_documents/0/attached_document" in pointers


def _wrong(**changes: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401 - JSON
    return [(one.rule, one.pointer) for one in check(ordinary(**changes))]


def test_another_currency_says_nothing_in_euros_and_is_refused() -> None:
    assert ("ES-20", "/currency_code") in _wrong(currency_code="USD")


@pytest.mark.parametrize("missing", ["line_1", "city", "post_code"])
@pytest.mark.parametrize("name", ["seller", "buyer"])
def test_an_address_in_spain_is_whole(name: str, missing: str) -> None:
    party = {**(SELLER if name == "seller" else DRAFT["buyer"])}
    party["postal_address"] = {**party["postal_address"], missing: None}
    assert _wrong(**{name: party}) == [("ES-20", f"/{name}/postal_address")]


def test_a_person_has_a_surname() -> None:
    known = {"vat_identifier": "ES12345678Z", "trading_name": None}
    assert _wrong(seller={**known, "name": "Ana"}) == [("ES-20", "/seller/name")]
    assert _wrong(seller={**known, "name": "Ana Gil"}) == []


@pytest.mark.parametrize(
    "beside",
    [
        {"equivalence_surcharges": [{"vat_rate": "21", "rate": "5.2", "amount": "5.20"}]},
        {"other_taxes": [{"tax_type_code": "05", "rate": "1", "tax_amount": "5.20"}]},
    ],
)
def test_a_total_without_the_taxes_beside_it_is_refused(beside: dict[str, Any]) -> None:
    said = ordinary().extensions
    assert said is not None
    assert said.facturae is not None
    own = said.facturae.model_dump(mode="json", exclude_none=True)
    found = _wrong(extensions={"facturae": {**own, **beside}})
    assert ("ES-20", "/totals/total_vat") in found
