"""Reading what our writer never writes: other senders' habits, and documents that are broken."""

import datetime
import re
from decimal import Decimal

import pytest

from formats.binding import Trace
from formats.cii import read, write
from formats.cii.document import read_element, root_of
from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.xml import UnreadableDocumentError, parse
from tests.formats.cii.examples import credit_note, direct_debit, full_invoice

FULL = write(full_invoice()).decode()
CREDIT = write(credit_note()).decode()
DEBIT = write(direct_debit()).decode()


def replaced(old: str, new: str, document: str = FULL, trace: Trace | None = None) -> Invoice:
    assert old in document
    return read(document.replace(old, new, 1).encode(), trace)


def unread(old: str, new: str, document: str = FULL) -> dict[str, str]:
    """Return what is reported as unread, by the ends of its paths."""
    trace = Trace()
    replaced(old, new, document, trace)
    ends = (re.sub(r"^.*/[a-z]+:|\[[0-9]+\]", "", entry.path) for entry in trace.unread)
    return dict(zip(ends, (entry.value for entry in trace.unread), strict=True))


def test_what_we_write_is_read_whole() -> None:
    for document in (FULL, CREDIT, DEBIT):
        trace = Trace()
        read(document.encode(), trace)
        assert trace.unread == []


def test_the_root_is_the_documents() -> None:
    assert root_of(parse(FULL.encode())) == "CrossIndustryInvoice"
    other = parse(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')
    assert root_of(other) is None
    with pytest.raises(UnreadableDocumentError, match="unknown-root"):
        read_element(other)
    with pytest.raises(UnreadableDocumentError, match="unknown-root"):
        read(b"<CrossIndustryInvoice/>")


def test_comments_do_not_split_values() -> None:
    assert replaced(">239.00<", ">2<!-- -->39.<?x?>00<").totals.amount_due == Decimal("239.00")


def test_white_space_around_codes_and_identifiers_is_layout() -> None:
    assert replaced(">2026-001<", "> \n\t 2026-001 <") == full_invoice()
    assert replaced('schemeID="0160"', 'schemeID=" 0160 "') == full_invoice()
    assert replaced('schemeID="VA"', 'schemeID=" va "') == full_invoice()


def test_free_text_is_kept_as_written() -> None:
    assert replaced(">30 days net<", ">\n 30 days net <").payment_terms == "\n 30 days net "


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ('format="102"', " 20261220\n"),
        ("", "20261220"),
        ('format="102"', "2026-12-20"),
        ('format="203"', "202612201530"),
        ('format="204"', "20261220153045"),
        ("", "2026-12-20T15:30:45"),
    ],
)
def test_dates_are_read_as_far_as_they_name_a_day(form: str, text: str) -> None:
    date = '<udt:DateTimeString format="102">20261220</udt:DateTimeString>'
    invoice = replaced(date, f"<udt:DateTimeString {form}>{text}</udt:DateTimeString>")
    assert invoice.payment_due_date == datetime.date(2026, 12, 20)


def test_the_other_choice_of_a_date_is_read_too() -> None:
    date = '<udt:DateTimeString format="102">20261220</udt:DateTimeString>'
    other = "<udt:DateTime>2026-12-20T00:00:00</udt:DateTime>"
    assert replaced(date, other).payment_due_date == datetime.date(2026, 12, 20)


@pytest.mark.parametrize("text", ["20261320", "20260230", "today", "00000000", "2026122"])
def test_an_impossible_date_is_absent_and_reported(text: str) -> None:
    trace = Trace()
    invoice = replaced(">20261220<", f">{text}<", trace=trace)
    assert invoice.payment_due_date is None
    (entry,) = trace.unread
    assert entry.value == text
    assert entry.path.endswith("ram:DueDateDateTime/udt:DateTimeString")
    assert entry.line > 1


def test_a_week_is_no_day() -> None:
    assert replaced('"102">20261220', '"616">202651').payment_due_date is None
    assert unread('"102">20261220', '"616">202651') == {"DateTimeString": "202651"}


def test_the_time_of_a_day_is_reported() -> None:
    assert unread('"102">20261220<', '"203">202612201530<')["DateTimeString"] == "202612201530"


@pytest.mark.parametrize("day", [18, 19])
def test_rows_may_repeat_the_tax_point_or_have_another(day: int) -> None:
    point = '<ram:TaxPointDate><udt:DateString format="102">{}</udt:DateString></ram:TaxPointDate>'
    rate = "<ram:RateApplicablePercent>0</ram:RateApplicablePercent>"
    head, _, tail = CREDIT.partition("VATEX-EU-132-1A")
    document = (
        head + "VATEX-EU-132-1A" + tail.replace(rate, point.format(f"202611{day}") + rate, 1)
    )
    invoice = read(document.encode())
    assert invoice.value_added_tax_point_date == datetime.date(2026, 11, 18)
    found = [
        row.extensions and row.extensions.value_added_tax_point_date
        for row in invoice.vat_breakdown
    ]
    assert found == [None, datetime.date(2026, 11, day)]
    assert read(write(invoice)) == invoice


def test_a_second_tax_point_code_is_reported() -> None:
    code = "<ram:DueDateTypeCode>29<"
    assert unread(code, "<ram:DueDateTypeCode>72<") == {"DueDateTypeCode": "29"}


def test_a_lone_total_of_vat_without_currency_is_the_invoices() -> None:
    total = '<ram:TaxTotalAmount currencyID="EUR">0.00</ram:TaxTotalAmount>'
    bare = "<ram:TaxTotalAmount>0.00</ram:TaxTotalAmount>"
    assert replaced(total, bare, DEBIT) == direct_debit()
    other = '<ram:TaxTotalAmount currencyID="XXX">0.00</ram:TaxTotalAmount>'
    assert replaced(total, other, DEBIT) == direct_debit()


def test_totals_of_vat_may_stand_in_either_order() -> None:
    first, second = re.findall(r" *<ram:TaxTotalAmount .*\n", FULL)
    assert replaced(first + second, second + first) == full_invoice()


def test_a_third_total_of_vat_is_kept() -> None:
    total = '<ram:TaxTotalAmount currencyID="CZK">'
    third = '<ram:TaxTotalAmount currencyID="USD">1</ram:TaxTotalAmount>'
    assert unread(total, third + total) == {}
    invoice = replaced(total, third + total)
    assert invoice.extensions is not None
    (further,) = invoice.extensions.further_tax_totals
    assert (further.amount, further.currency_code) == (Decimal(1), "USD")
    assert third in write(invoice).decode()


def test_the_total_in_another_currency_alone_is_not_the_invoices() -> None:
    total = '<ram:TaxTotalAmount currencyID="EUR">58.81</ram:TaxTotalAmount>'
    totals = replaced(total, "").totals
    assert totals.total_vat is None
    assert totals.total_vat_in_accounting_currency == Decimal("1470.25")


def test_both_kinds_of_account_are_read() -> None:
    iban = "<ram:IBANID>SI56192001234567892</ram:IBANID>"
    own = "<ram:ProprietaryID>SI56192001234567892</ram:ProprietaryID>"
    assert replaced(iban, own) == full_invoice()


def test_a_debited_account_of_another_kind_is_read() -> None:
    iban = "<ram:IBANID>NL91ABNA0417164300</ram:IBANID>"
    own = "<ram:ProprietaryID>NL91ABNA0417164300</ram:ProprietaryID>"
    assert replaced(iban, own, DEBIT) == direct_debit()


def test_an_institution_without_account_is_kept() -> None:
    account = re.compile("<ram:PayeePartyCreditorFinancialAccount>.*?</ram:PayeeParty", re.DOTALL)
    found = account.search(FULL)
    assert found
    invoice = replaced(found[0] + "CreditorFinancialAccount>", "")
    (first, *_) = invoice.payment_instructions[0].credit_transfers
    assert first.payment_account_identifier is None
    assert first.payment_service_provider_identifier == "LJBASI2X"
    assert read(write(invoice)) == invoice


def test_several_accounts_in_one_payment_means_are_one_payment() -> None:
    """D22B allows them."""
    account = "<ram:PayeePartyCreditorFinancialAccount>"
    further = f"{account}<ram:IBANID>X</ram:IBANID>{account.replace('<', '</')}"
    transfers = replaced(account, further + account).payment_instructions[0].credit_transfers
    assert [entry.payment_account_identifier for entry in transfers] == [
        *("X", "SI56192001234567892", "SI56020170014356205")
    ]


def test_a_department_is_a_contact_point() -> None:
    person = "<ram:PersonName>Računovodstvo</ram:PersonName>"
    department = "<ram:DepartmentName>Računovodstvo</ram:DepartmentName>"
    assert replaced(person, department) == full_invoice()


def test_the_second_of_a_kind_of_document_is_a_supporting_one() -> None:
    object_ = "<ram:IssuerAssignedID>OBJ-18</ram:IssuerAssignedID>"
    reference = "<ram:AdditionalReferencedDocument>"
    second = (
        f"{reference}<ram:IssuerAssignedID>SECOND</ram:IssuerAssignedID>"
        f"<ram:TypeCode>130</ram:TypeCode>{reference.replace('<', '</')}"
    )
    project = "<ram:SpecifiedProcuringProject>"
    invoice = replaced(project, second + project)
    assert object_ in FULL
    assert invoice.invoiced_object_identifier == full_invoice().invoiced_object_identifier


def test_documents_without_type_are_supporting_ones() -> None:
    code = "<ram:TypeCode>916</ram:TypeCode>"
    assert replaced(code, "") == full_invoice()


def test_a_charge_on_a_price_is_no_discount() -> None:
    price = FULL.index("<ram:AppliedTradeAllowanceCharge>")
    document = FULL[:price] + FULL[price:].replace(">false<", ">true<", 1)
    assert read(document.encode()).lines[0].item_price_discount is None


def test_an_allowance_without_indicator_is_reported() -> None:
    head, separator, tail = FULL.partition("<ram:ApplicableHeaderTradeSettlement>")
    indicator = re.search(r"<ram:ChargeIndicator>.*?</ram:ChargeIndicator>", tail, re.DOTALL)
    assert indicator
    trace = Trace()
    document = head + separator + tail.replace(indicator[0], "", 1)
    invoice = read(document.encode(), trace)
    assert invoice.document_level_allowances == ()
    assert {entry.value for entry in trace.unread} >= {"29.70", "Discount"}


def test_other_taxes_are_no_vat() -> None:
    head, separator, tail = FULL.partition("<ram:ApplicableHeaderTradeSettlement>")
    document = head + separator + tail.replace(">VAT<", ">AAA<", 1)
    trace = Trace()
    assert len(read(document.encode(), trace).vat_breakdown) == 1
    assert "267.30" in {entry.value for entry in trace.unread}


def test_the_type_of_a_tax_may_be_written_small() -> None:
    assert read(FULL.replace(">VAT<", ">vat<").encode()) == full_invoice()
    missing = read(FULL.replace("<ram:TypeCode>VAT</ram:TypeCode>", "").encode())
    assert missing == full_invoice()


def test_the_base_quantity_of_the_gross_price_counts_when_the_net_price_has_none() -> None:
    net = FULL.index("<ram:NetPriceProductTradePrice>")
    quantity = '<ram:BasisQuantity unitCode="HUR">2</ram:BasisQuantity>'
    document = FULL[:net] + FULL[net:].replace(quantity, "", 1)
    assert read(document.encode()) == full_invoice()


def test_a_base_quantity_needs_no_unit() -> None:
    net = FULL.index("<ram:NetPriceProductTradePrice>")
    quantity = '<ram:BasisQuantity unitCode="HUR">2</ram:BasisQuantity>'
    document = FULL[:net] + FULL[net:].replace(quantity, "", 1)
    line = replaced(quantity, "<ram:BasisQuantity>2</ram:BasisQuantity>", document).lines[0]
    assert line.item_price_base_quantity == Decimal(2)
    assert line.item_price_base_quantity_unit_code is None


@pytest.mark.parametrize(
    ("tag", "content"),
    [
        ("ram:BasisQuantity", "2"),
        ("ram:PayeeSpecifiedCreditorFinancialInstitution", "<ram:BICID>OTHER</ram:BICID>"),
    ],
)
def test_what_the_schema_has_once_is_reported_the_second_time(tag: str, content: str) -> None:
    element = f"<{tag}>{content}</{tag}>"
    place = FULL.index(f"<{tag}")
    trace = Trace()
    read((FULL[:place] + element * 2 + FULL[place:]).encode(), trace)
    assert trace.unread


def test_payment_means_that_hold_nothing_are_none() -> None:
    means = "<ram:SpecifiedTradeSettlementPaymentMeans>"
    assert replaced(means, f"{means}{means.replace('<', '</')}{means}") == full_invoice()


def test_a_base_quantity_of_its_own_stays_with_the_gross_price() -> None:
    invoice = replaced(
        '<ram:BasisQuantity unitCode="HUR">2<', '<ram:BasisQuantity unitCode="H">3<'
    )
    line = invoice.lines[0]
    assert line.item_price_base_quantity == Decimal(2)
    assert line.extensions is not None
    assert line.extensions.item_gross_price_base_quantity == Decimal(3)
    assert line.extensions.item_gross_price_base_quantity_unit_code == "H"
    assert write(invoice).count(b"<ram:BasisQuantity") == 2
    assert read(write(invoice)) == invoice


def test_a_subject_needs_no_text() -> None:
    content = "<ram:Content>Read #1 &amp; &lt;keep&gt;</ram:Content>"
    (note,) = replaced(content, "").notes
    assert (note.subject_code, note.note) == ("AAI", "")


def test_further_payment_terms_are_terms_of_their_own() -> None:
    terms = "<ram:SpecifiedTradePaymentTerms>"
    discount = "<ram:Description>2 % in 10 days</ram:Description>"
    invoice = replaced(terms, f"{terms}{discount}{terms.replace('<', '</')}{terms}")
    assert invoice.payment_terms == "2 % in 10 days"
    assert invoice.payment_due_date is None
    assert invoice.extensions is not None
    (further,) = invoice.extensions.additional_payment_terms
    assert further.description == "30 days net"
    assert further.due_date == datetime.date(2026, 12, 20)


@pytest.mark.parametrize(
    ("old", "new", "code", "location"),
    [
        (">239.00<", ">1_000<", "not-a-decimal", "ram:DuePayableAmount"),
        (">239.00<", ">NaN<", "not-a-decimal", "ram:DuePayableAmount"),
        (">239.00<", "><", "not-a-decimal", "ram:DuePayableAmount"),
        (">239.00<", f">{'1' * 61}<", "out-of-range", "ram:DuePayableAmount"),
        (">aGVsbG8=<", ">aGVsbG8<", "not-base64", "ram:AttachmentBinaryObject"),
        (">Dept 4<", f">{'x' * 100_001}<", "out-of-range", "ram:BuyerReference"),
    ],
)
def test_a_value_that_breaks_its_type_is_named_with_its_place(
    old: str, new: str, code: str, location: str
) -> None:
    with pytest.raises(UnreadableDocumentError) as error:
        replaced(old, new)
    assert error.value.code == code
    assert error.value.location
    assert error.value.location.endswith(location)
    assert error.value.line


def test_whatever_element_is_lost_the_document_is_read() -> None:
    lines = FULL.splitlines()
    leaves = [
        number
        for number, line in enumerate(lines)
        if "</" in line and not line.strip().startswith("</")
    ]
    assert len(leaves) > 150
    for number in leaves:
        invoice = read("\n".join((*lines[:number], *lines[number + 1 :])).encode())
        assert differences(invoice, read(write(invoice))) == (), lines[number]


@pytest.mark.parametrize("junk", ["", "x", "-1", "NaN", "\uff11", "9" * 70, "20260230", "true"])
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
    assert outcomes["refused"] > 10 or junk in {"-1", "9" * 70, "20260230"}
