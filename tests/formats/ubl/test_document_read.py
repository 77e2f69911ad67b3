"""Reading what our writer never writes: other senders' habits, and documents that are broken."""

import datetime
import re
from decimal import Decimal

import pytest

from formats.en16931 import Invoice
from formats.en16931.extensions.line import LineExtensions
from formats.ubl import read, write
from formats.xml import UnreadableDocumentError
from tests.formats.ubl.examples import credit_note, full_invoice

FULL = write(full_invoice()).decode()
CREDIT = write(credit_note()).decode()


def replaced(old: str, new: str, document: str = FULL) -> Invoice:
    assert old in document
    return read(document.replace(old, new, 1).encode())


def refused(old: str, new: str) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as error:
        replaced(old, new)
    return error.value


def test_comments_do_not_split_values() -> None:
    assert replaced(">239.00<", ">2<!-- -->39.<?x?>00<").totals.amount_due == Decimal("239.00")


def test_white_space_around_codes_and_identifiers_is_layout() -> None:
    invoice = replaced(">2026-001<", "> \n\t 2026-001 <")
    assert invoice.number == "2026-001"
    assert replaced('schemeID="ABT"', 'schemeID=" ABT "') == full_invoice()
    assert replaced(">380<", "> 380 <") == full_invoice()


def test_free_text_is_kept_as_written() -> None:
    assert replaced(">30 days net<", ">\n 30 days net <").payment_terms == "\n 30 days net "


@pytest.mark.parametrize(
    "empty", ["<cbc:BuyerReference/>", "<cbc:BuyerReference> \n</cbc:BuyerReference>"]
)
def test_an_element_without_text_is_no_term(empty: str) -> None:
    assert (
        replaced("<cbc:BuyerReference>Dept 4</cbc:BuyerReference>", empty).buyer_reference is None
    )


def test_repeated_free_text_is_joined_by_lines() -> None:
    terms = "<cbc:Note>30 days net</cbc:Note>"
    repeated = replaced(terms, terms + "<cbc:Note>2 % in 10 days</cbc:Note>")
    assert repeated.payment_terms == "30 days net\n2 % in 10 days"


def test_dates_keep_their_day_whatever_their_time_zone() -> None:
    assert replaced(">2026-11-20<", ">2026-11-20+14:00<").issue_date == datetime.date(2026, 11, 20)


@pytest.mark.parametrize("scheme", ["vat", " VAT\n"])
def test_the_vat_scheme_is_compared_as_the_rules_do(scheme: str) -> None:
    assert read(FULL.replace(">VAT<", f">{scheme}<").encode()) == full_invoice()


def test_other_taxes_are_no_vat() -> None:
    first, rest = FULL.split("<cac:TaxSubtotal>", 1)
    invoice = read(f"{first.replace('>VAT<', '>GST<')}<cac:TaxSubtotal>{rest}".encode())
    assert invoice.seller.vat_identifier is None
    assert invoice.seller.tax_registration_identifier == "SI50223054"
    assert invoice.document_level_allowances[0].vat_category_code is None
    assert [row.category_code for row in invoice.vat_breakdown] == ["S", "E"]
    assert invoice.extensions is None


def test_a_document_about_another_tax_keeps_it() -> None:
    document = FULL.replace(">VAT<", ">GST<")
    invoice = read(document.encode())
    assert invoice.extensions is not None
    assert invoice.extensions.tax_scheme == "GST"
    assert invoice.seller.vat_identifier == "SI50223054"
    assert [row.category_code for row in invoice.vat_breakdown] == ["S", "E"]
    assert invoice.lines[0].vat_category_code == "S"
    assert write(invoice).decode().count(">GST<") == document.count(">GST<")


@pytest.mark.parametrize(
    ("text", "subject", "note"),
    [
        ("#GS7#x", "GS7", "x"),
        ("#AAI##x#", "AAI", "#x#"),
        ("#AAI#", "AAI", ""),
        ("# 1# x", None, "# 1# x"),
        ("#AB#x", None, "#AB#x"),
        ("x #AAI#", None, "x #AAI#"),
    ],
)
def test_the_subject_code_stands_between_number_signs(
    text: str, subject: str | None, note: str
) -> None:
    (found,) = replaced(">#AAI#Read #1 &amp; &lt;keep&gt;<", f">{text}<").notes
    assert (found.subject_code, found.note) == (subject, note)


def test_a_credit_note_without_type_code_stays_one() -> None:
    invoice = replaced("<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>", "", CREDIT)
    assert invoice.type_code == "381"


def test_a_document_without_currency_code_has_the_currency_of_its_amounts() -> None:
    code = "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
    assert replaced(code, "") == full_invoice()


def test_an_invoiced_object_with_a_file_is_also_a_supporting_document() -> None:
    code = "<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>"
    uri = "<cbc:URI>https://example.org/object</cbc:URI>"
    attachment = (
        f"<cac:Attachment><cac:ExternalReference>{uri}</cac:ExternalReference></cac:Attachment>"
    )
    invoice = replaced(code, code + attachment)
    assert invoice.invoiced_object_identifier == full_invoice().invoiced_object_identifier
    first, *others = invoice.additional_supporting_documents
    assert first.external_document_location == "https://example.org/object"
    assert tuple(others) == full_invoice().additional_supporting_documents
    assert read(write(invoice)) == invoice


def test_a_line_reference_without_type_is_the_invoiced_object() -> None:
    line = FULL.index("<cac:InvoiceLine>")
    code = "<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>"
    head, tail = FULL[:line], FULL[line:]
    assert code in tail
    assert read((head + tail.replace(code, "")).encode()) == full_invoice()


def test_a_charge_on_a_price_is_no_discount() -> None:
    price = FULL.rindex("<cbc:ChargeIndicator>false")
    document = FULL[:price] + FULL[price:].replace(">false<", ">true<", 1)
    assert read(document.encode()).lines[0].item_price_discount is None


@pytest.mark.parametrize(
    ("old", "new", "code", "location"),
    [
        (">239.00<", ">1_000<", "not-a-decimal", "cac:LegalMonetaryTotal/cbc:PayableAmount"),
        (">239.00<", ">NaN<", "not-a-decimal", "cac:LegalMonetaryTotal/cbc:PayableAmount"),
        (">239.00<", "><", "not-a-decimal", "cac:LegalMonetaryTotal/cbc:PayableAmount"),
        (">239.00<", f">{'1' * 61}<", "out-of-range", "cac:LegalMonetaryTotal/cbc:PayableAmount"),
        (">2026-11-20<", ">20261120<", "not-a-date", "cbc:IssueDate"),
        (">2026-11-20<", ">-0001-01-01<", "out-of-range", "cbc:IssueDate"),
        (">aGVsbG8=<", ">aGVsbG8<", "not-base64", "cbc:EmbeddedDocumentBinaryObject"),
        (">Dept 4<", f">{'x' * 100_001}<", "out-of-range", "cbc:BuyerReference"),
    ],
)
def test_a_value_that_breaks_its_type_is_named_with_its_place(
    old: str, new: str, code: str, location: str
) -> None:
    error = refused(old, new)
    assert error.code == code
    assert error.location
    assert error.location.endswith(location)
    assert error.line


def test_an_attribute_that_is_too_long_is_named_by_its_term() -> None:
    error = refused('schemeID="ABT"', f'schemeID="{"x" * 100_001}"')
    assert error.code == "out-of-range"
    assert "schemeID" in error.message
    assert error.location


def test_groups_without_any_term_are_absent() -> None:
    property_name = "<cbc:Name>Level</cbc:Name>"
    assert property_name in FULL
    blank = FULL.replace(property_name, "<cbc:Name/>").replace("<cbc:Value>Senior", "<cbc:Value> ")
    blank = re.sub(
        "<cac:PayeeParty>.*</cac:PayeeParty>", "<cac:PayeeParty/>", blank, flags=re.DOTALL
    )
    blank = re.sub("<cbc:ID>TS-1<.*?</cac:Attachment>", "<cbc:ID/>", blank, flags=re.DOTALL)
    means = "<cac:PaymentMeans><cbc:PaymentMeansCode/></cac:PaymentMeans>"
    blank = blank.replace("<cac:PaymentTerms>", means + "<cac:PaymentTerms>")
    invoice = read(blank.encode())
    assert [entry.name for entry in invoice.lines[0].item_attributes] == ["Site"]
    assert invoice.payee is None
    assert [entry.reference for entry in invoice.additional_supporting_documents] == ["WEB-1"]
    assert invoice.payment_instructions == full_invoice().payment_instructions


@pytest.mark.parametrize(
    "amount",
    [
        *("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"),
        *("TaxableAmount", "TaxAmount", "PriceAmount", "BaseAmount"),
    ],
)
def test_amounts_that_are_missing_are_absent_and_not_written(amount: str) -> None:
    document = re.sub(f"<cbc:{amount} .*?</cbc:{amount}>", "", FULL)
    assert document != FULL
    invoice = read(document.encode())
    assert f"<cbc:{amount} ".encode() not in write(invoice)
    assert read(write(invoice)) == invoice


def test_allowances_and_charges_without_amount_are_kept() -> None:
    head, price, tail = FULL.partition("<cac:Price>")
    invoice = read((re.sub("<cbc:Amount .*?</cbc:Amount>", "", head) + price + tail).encode())
    first = invoice.lines[0]
    for items in (
        *(invoice.document_level_allowances, invoice.document_level_charges),
        *(first.allowances, first.charges),
    ):
        assert [item.amount for item in items] == [None] * len(items) != []
    assert read(write(invoice)) == invoice


def test_totals_that_are_missing_are_absent() -> None:
    start, end = FULL.index("<cac:LegalMonetaryTotal>"), FULL.index("<cac:InvoiceLine>")
    totals = read((FULL[:start] + FULL[end:]).encode()).totals
    assert totals.amount_due is totals.sum_of_line_net_amounts is None


def test_whatever_element_is_lost_the_document_is_read() -> None:
    lines = FULL.splitlines()
    leaves = [
        number
        for number, line in enumerate(lines)
        if "</" in line and not line.strip().startswith("</")
    ]
    assert len(leaves) > 150
    for number in leaves:
        read("\n".join((*lines[:number], *lines[number + 1 :])).encode())


@pytest.mark.parametrize("junk", ["", "x", "-1", "NaN", "\uff11", "9" * 70, "2026-02-30", "true"])
def test_whatever_a_value_is_replaced_by_reading_fails_only_as_promised(junk: str) -> None:
    outcomes = {"read": 0, "refused": 0}
    for found in re.finditer(r">([^<>\n]+)<", FULL):
        document = FULL[: found.start(1)] + junk + FULL[found.end(1) :]
        try:
            read(document.encode())
        except UnreadableDocumentError as error:
            outcomes["refused"] += bool(error.location)
        else:
            outcomes["read"] += 1
    assert outcomes["read"] > 100
    assert outcomes["read"] + outcomes["refused"] == len(re.findall(r">([^<>\n]+)<", FULL))
    assert outcomes["refused"] > 10


@pytest.mark.parametrize("space", ["\u00a0", "\u0085", "\u2028"])
def test_a_mandatory_text_of_other_white_space_is_a_text(space: str) -> None:
    source = full_invoice().model_copy(update={"number": space})
    assert write(source).decode().count("<cbc:ID>" + space) == 1
    assert b"<cbc:ID/>" not in write(source)
    assert read(write(source)).number == space


def test_taxes_of_a_line_without_their_amount_are_not_written() -> None:
    line = full_invoice().lines[0]
    extensions = LineExtensions.model_validate({"taxes": [{"category_code": "S", "rate": "25"}]})
    source = full_invoice().model_copy(
        update={"lines": (line.model_copy(update={"extensions": extensions}),)}
    )
    assert b"<cac:InvoiceLine>" in write(source)
    assert write(source).count(b"<cac:TaxTotal>") == write(full_invoice()).count(b"<cac:TaxTotal>")
