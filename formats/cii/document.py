"""The whole document: a Cross Industry Invoice, written and read."""

from lxml import etree

from formats.binding import (
    CODE,
    INDICATOR,
    TEXT,
    Branch,
    Nested,
    ReadContext,
    Shape,
    Trace,
    Value,
    WriteContext,
)
from formats.binding.collector import BYTES as BYTES_OF_A_BIG_ONE
from formats.binding.collector import LINES as LINES_OF_A_BIG_ONE
from formats.binding.collector import paused
from formats.binding.construction import make
from formats.cii.allowances import DOCUMENT_LEVEL
from formats.cii.delivery import DELIVERY, INVOICING_PERIOD
from formats.cii.extensions import party
from formats.cii.kinds import AMOUNTS_STATE_CURRENCY, DEMANDED_CODE, DEMANDED_DATE, date
from formats.cii.line_details import ACCOUNTING_CURRENCY, DELIVERY_TERMS
from formats.cii.lines import LINE
from formats.cii.names import BINDING, NAMESPACES, Root
from formats.cii.party import BUYER, PAYEE, SELLER, TAX_REPRESENTATIVE
from formats.cii.payment import CREDITOR, PAYMENT_MEANS, REMITTANCE, settled
from formats.cii.references import ORDERS_AND_DOCUMENTS, PRECEDING_INVOICES
from formats.cii.settlement import (
    ACCOUNTS,
    ADVANCE_PAYMENTS,
    EXCHANGE,
    LOGISTICS,
    PAYMENT_TERMS,
    THIRD_PARTY_PAYMENTS,
)
from formats.cii.totals import TOTALS
from formats.cii.vat import BREAKDOWN, LONE_TAX_POINT, TAX_POINT_CODE, TAX_POINT_DATE
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.model import Invoice, InvoiceNote
from formats.xml import UnreadableDocumentError, parse

_NOTE = Shape(
    InvoiceNote,
    Value("ram:ContentCode", "extensions.content_code", CODE),  # BT-X-5
    Value("ram:Content", "note", TEXT),  # BT-22
    Value("ram:SubjectCode", "subject_code", CODE),  # BT-21
)


def _indicator(tag: str, field: str) -> Branch:
    return Branch(tag, Value("udt:Indicator", field, INDICATOR))


_CONTEXT = Branch(
    "rsm:ExchangedDocumentContext",
    _indicator("ram:TestIndicator", "extensions.test_indicator"),  # BT-X-1
    Branch(
        "ram:BusinessProcessSpecifiedDocumentContextParameter",
        Value("ram:ID", "process_control.business_process_type", CODE),  # BT-23
    ),
    Branch(
        "ram:GuidelineSpecifiedDocumentContextParameter",
        Value("ram:ID", "process_control.specification_identifier", CODE),  # BT-24
    ),
    always=True,
)

_HEADER = Branch(
    "rsm:ExchangedDocument",
    Value("ram:ID", "number", DEMANDED_CODE),  # BT-1
    Value("ram:Name", "extensions.name", TEXT),  # BT-X-2
    Value("ram:TypeCode", "type_code", CODE),  # BT-3
    date("ram:IssueDateTime", "issue_date", DEMANDED_DATE),  # BT-2
    _indicator("ram:CopyIndicator", "extensions.copy_indicator"),  # BT-X-3
    Value("ram:LanguageID", "extensions.language_code", CODE),  # BT-X-4
    Nested("ram:IncludedNote", "notes", _NOTE),  # BG-1
    Branch(
        "ram:EffectiveSpecifiedPeriod",
        date("ram:CompleteDateTime", "extensions.contractual_due_date"),  # BT-X-6
    ),
    always=True,
)

_AGREEMENT = Branch(
    "ram:ApplicableHeaderTradeAgreement",
    Value("ram:BuyerReference", "buyer_reference", TEXT),  # BT-10
    Nested("ram:SellerTradeParty", "seller", SELLER),  # BG-4
    Nested("ram:BuyerTradeParty", "buyer", BUYER),  # BG-7
    party("ram:SalesAgentTradeParty", "extensions.sales_agent"),  # BG-X-49
    party(  # BG-X-54
        "ram:BuyerTaxRepresentativeTradeParty", "extensions.buyer_tax_representative"
    ),
    Nested(  # BG-11
        "ram:SellerTaxRepresentativeTradeParty", "seller_tax_representative", TAX_REPRESENTATIVE
    ),
    party("ram:ProductEndUserTradeParty", "extensions.product_end_user"),  # BG-X-18
    DELIVERY_TERMS,  # BG-X-22
    *ORDERS_AND_DOCUMENTS,  # BT-11 to BT-14, BT-17, BT-18, BG-24
    always=True,
)

_SETTLEMENT = Branch(
    "ram:ApplicableHeaderTradeSettlement",
    CREDITOR,  # BT-90
    REMITTANCE,  # BT-83
    Value("ram:TaxCurrencyCode", "vat_accounting_currency_code", CODE),  # BT-6
    Value("ram:InvoiceCurrencyCode", "currency_code", CODE),  # BT-5
    Value("ram:InvoiceIssuerReference", "extensions.seller_reference", TEXT),  # BT-X-204
    party("ram:InvoicerTradeParty", "extensions.invoicer"),  # BG-X-33
    party("ram:InvoiceeTradeParty", "extensions.invoicee"),  # BG-X-36
    Nested("ram:PayeeTradeParty", "payee", PAYEE),  # BG-10
    party("ram:PayerTradeParty", "extensions.payer"),  # BG-X-73
    EXCHANGE,  # BG-X-41
    PAYMENT_MEANS,  # BG-16
    BREAKDOWN,  # BG-23, BT-7, BT-8
    LONE_TAX_POINT,  # BT-7, BT-8
    INVOICING_PERIOD,  # BG-14
    *DOCUMENT_LEVEL,  # BG-20, BG-21
    LOGISTICS,  # BG-X-42
    *PAYMENT_TERMS,  # BT-9, BT-20, BT-89
    TOTALS,  # BG-22
    THIRD_PARTY_PAYMENTS,  # BG-34
    PRECEDING_INVOICES,  # BG-3
    *ACCOUNTS,  # BT-19
    ADVANCE_PAYMENTS,  # BG-X-45
    always=True,
)

_DOCUMENT = Shape(
    Invoice,
    _CONTEXT,
    _HEADER,
    Branch(
        "rsm:SupplyChainTradeTransaction",
        Nested("ram:IncludedSupplyChainTradeLineItem", "lines", LINE, counted=True),  # BG-25
        _AGREEMENT,
        DELIVERY,  # BG-13, BT-15, BT-16
        _SETTLEMENT,
        always=True,
    ),
)

_START = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
_OPENING = f'<?xml version="1.0" encoding="UTF-8"?>\n<rsm:{Root.INVOICE.value}{_START}>'


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    What is absent is not written, so an incomplete invoice gives a document that its schema
    refuses.
    """
    context = WriteContext(invoice)
    if not (invoice.extensions and invoice.extensions.amounts_state_currency):
        context.currency = ""  # CII-DT-031
    with paused(when=len(invoice.lines) > LINES_OF_A_BIG_ONE):
        lines = BINDING.lines(_DOCUMENT, invoice, context, depth=1)
    return "\n".join((_OPENING, *lines, f"</rsm:{Root.INVOICE.value}>\n")).encode()


def read(content: bytes, trace: Trace | None = None) -> Invoice:
    """Return the invoice that a document holds.

    What has no term is left out, and noted in the trace if there is one.

    Raises:
        UnreadableDocumentError: The document is no Cross Industry Invoice, or a value breaks the
            lexical form its schema gives it.
    """
    with paused(when=len(content) > BYTES_OF_A_BIG_ONE):
        return read_element(parse(content), trace)


def read_element(element: etree._Element, trace: Trace | None = None) -> Invoice:
    """Return the invoice of a parsed document. Raises like `read`."""
    if root_of(element) is None:
        name = etree.QName(element).localname
        raise UnreadableDocumentError(
            "unknown-root", f"{name} is no Cross Industry Invoice.", element.sourceline, "/*"
        )
    settlement = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
    accounting = BINDING.first(element, f"{settlement}/ram:TaxCurrencyCode")
    currency = BINDING.first(element, f"{settlement}/ram:InvoiceCurrencyCode")
    context = ReadContext(trace, currency)
    if accounting != currency:
        context.notes[ACCOUNTING_CURRENCY] = accounting
    values = BINDING.values(_DOCUMENT, element, context)
    notes = context.notes
    for name in (TAX_POINT_DATE, TAX_POINT_CODE):
        if name in notes:
            values[name] = notes[name]
    if AMOUNTS_STATE_CURRENCY in notes:
        extensions = values.get("extensions") or make(InvoiceExtensions, {})
        values["extensions"] = extensions.model_copy(update={"amounts_state_currency": True})
    values["notes"] = tuple(map(_with_text, values.get("notes", ())))
    values["payment_instructions"] = settled(values.get("payment_instructions", ()), notes)
    return make(Invoice, values)


def root_of(element: etree._Element) -> Root | None:
    """Return which document an element is the root of, None when it is of another syntax."""
    return Root.INVOICE if element.tag == BINDING.clark(f"rsm:{Root.INVOICE.value}") else None


def _with_text(note: InvoiceNote) -> InvoiceNote:
    """Return a note whose text is there: a subject code may stand alone."""
    return note.model_copy(update={"note": ""}) if note.__dict__["note"] is None else note
