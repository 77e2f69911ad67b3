"""An invoice as the bytes of a UBL 2.1 Invoice or CreditNote, and back."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    DATE,
    INDICATOR,
    Nested,
    Node,
    Odd,
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
from formats.binding.context import VAT
from formats.binding.kinds import attribute_of, text_of
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.model import NOTE_WITH_SUBJECT, Invoice, InvoiceNote
from formats.ubl.allowances import DOCUMENT_LEVEL
from formats.ubl.croatia import FISCALIZATION
from formats.ubl.delivery import DELIVERY, DELIVERY_TERMS, INVOICE_PERIOD
from formats.ubl.demanded import demanded
from formats.ubl.extensions import with_parties
from formats.ubl.lines import LINES
from formats.ubl.names import BINDING, CAC, CBC, CREDIT_NOTE, Root, root_for
from formats.ubl.party import (
    BUYER,
    CREDITOR,
    OTHER_PARTIES,
    PAYEE,
    SELLER,
    TAX_REPRESENTATIVE,
)
from formats.ubl.payment import (
    PAYMENT_MEANS,
    creditor_identifier,
    note_due_date,
    read_creditor,
    read_due_date,
    with_creditor,
)
from formats.ubl.references import CREDIT_REASON, references
from formats.ubl.settlement import PREPAYMENTS, TAX_EXCHANGE, payment_terms
from formats.ubl.totals import TOTALS
from formats.ubl.vat import TAX_TOTALS, tax_scheme
from formats.xml import UnreadableDocumentError, parse

_ROOTS = {f"{{{root.namespace}}}{root.value}": root for root in Root}


def _read_notes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    notes = []
    for node in nodes:
        context.attributes(node)
        text = text_of(node)
        if text is None:
            continue
        found = NOTE_WITH_SUBJECT.fullmatch(text)  # BT-21
        said = {"subject_code": found[1], "note": found[2]} if found else {"note": text}
        notes.append(make(InvoiceNote, said))
    values["notes"] = notes


def _write_notes(invoice: Invoice, _context: WriteContext) -> Sequence[str]:
    return [leaf("cbc:Note", _note(note)) for note in invoice.notes]


def _note(note: InvoiceNote) -> str:
    # BT-21 in front of BT-22, between number signs (BR-CL-08)
    return f"#{note.subject_code}#{note.note}" if note.subject_code else note.note


def _read_version(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
    if any(text_of(node) != "2.1" for node in nodes):
        context.unread(nodes[0])


VERSION = Odd(("cbc:UBLVersionID",), _read_version, lambda _invoice, _context: ())
"""Says what the namespace says; not written."""


def _document(root: Root) -> Shape:
    """Return a document; the two schemas order some terms differently."""
    tax_point = Value("cbc:TaxPointDate", "value_added_tax_point_date", DATE)  # BT-7
    type_code = Value(  # BT-3 and BTOM-001
        f"cbc:{root.value}TypeCode",
        "type_code",
        CODE,
        {
            "name": "extensions.transaction_type",
            "listVersionID": "extensions.type_code_list_version",
        },
    )
    notes = Odd(("cbc:Note",), _read_notes, _write_notes)  # BG-1
    if root is Root.INVOICE:
        due = Value("cbc:DueDate", "payment_due_date", DATE)  # BT-9
        middle: tuple[Node, ...] = (due, type_code, notes, tax_point)
        reason: tuple[Node, ...] = ()
        before_taxes: tuple[Node, ...] = (PREPAYMENTS, *DOCUMENT_LEVEL, TAX_EXCHANGE)
    else:
        middle = (tax_point, type_code, notes)
        reason = (CREDIT_REASON,)
        before_taxes = (TAX_EXCHANGE, *DOCUMENT_LEVEL)
    return Shape(
        Invoice,
        FISCALIZATION,  # HR-BG-1
        VERSION,
        Value("cbc:CustomizationID", "process_control.specification_identifier", CODE),  # BT-24
        Value("cbc:ProfileID", "process_control.business_process_type", CODE),  # BT-23
        Value("cbc:ProfileExecutionID", "extensions.transaction_type_code", CODE),  # BTAE-02
        Value("cbc:ID", "number", CODE),  # BT-1
        demanded("cbc:ID", "number"),
        Value("cbc:CopyIndicator", "extensions.copy_indicator", INDICATOR),  # BT-X-3
        Value("cbc:UUID", "extensions.unique_identifier", CODE),  # BTAE-07
        Value("cbc:IssueDate", "issue_date", DATE),  # BT-2
        Value("cbc:IssueTime", "extensions.issue_time", CODE),  # IBT-168
        *middle,
        Value("cbc:DocumentCurrencyCode", "currency_code", CODE),  # BT-5
        Value("cbc:TaxCurrencyCode", "vat_accounting_currency_code", CODE),  # BT-6
        Value("cbc:AccountingCost", "buyer_accounting_reference"),  # BT-19
        Value("cbc:BuyerReference", "buyer_reference"),  # BT-10
        INVOICE_PERIOD,  # BG-14, BT-8
        *reason,
        *references(root),  # BT-11 to BT-18, BG-3, BG-24
        Nested("cac:AccountingSupplierParty", "seller", SELLER, always=True),  # BG-4
        Nested("cac:AccountingCustomerParty", "buyer", BUYER, always=True),  # BG-7
        Nested("cac:PayeeParty", "payee", PAYEE),  # BG-10
        *OTHER_PARTIES,  # BTAE-01, BTAE-14
        Nested("cac:TaxRepresentativeParty", "seller_tax_representative", TAX_REPRESENTATIVE),
        DELIVERY,  # BG-13
        DELIVERY_TERMS,  # BG-X-22
        PAYMENT_MEANS,  # BG-16
        *payment_terms(root),  # BT-20
        *before_taxes,  # BG-20, BG-21, IBG-35, BG-X-41
        TAX_TOTALS,  # BG-23, BT-110, BT-111
        TOTALS,  # BG-22
        LINES[root],  # BG-25
    )


_DOCUMENTS = {root: _document(root) for root in Root}


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    BT-3 decides the root (`names.root_for`), unless a document was read that had the other one
    (`extensions.document_name`). What is absent is not written, so an incomplete invoice gives a
    document that its schema refuses.
    """
    extensions = invoice.extensions
    root = root_for(invoice.type_code)
    if extensions is not None and extensions.document_name in set(Root):
        root = Root(extensions.document_name)
    context = WriteContext(invoice, (extensions and extensions.tax_scheme) or VAT)
    creditor = creditor_identifier(invoice)  # BT-90
    if creditor is not None:
        payee = BINDING.inner(PAYEE, invoice.payee, context)
        context.notes[CREDITOR.format("payee" if payee else "seller")] = creditor
    if root is Root.CREDIT_NOTE:
        note_due_date(invoice, context)
    with paused(when=len(invoice.lines) > LINES_OF_A_BIG_ONE):
        lines = BINDING.lines(_DOCUMENTS[root], invoice, context, 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root.value} xmlns="{root.namespace}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}">\n'
        + "\n".join(lines)
        + f"\n</{root.value}>\n"
    ).encode()


def read(content: bytes, trace: Trace | None = None) -> Invoice:
    """Return the invoice that a document holds; what EN 16931 has no term for is left out.

    Args:
        content: The document.
        trace: Collects what is left out, for those who want to know.

    Raises:
        UnreadableDocumentError: The document is no UBL Invoice or CreditNote, or a value breaks
            the lexical form its schema gives it.
    """
    with paused(when=len(content) > BYTES_OF_A_BIG_ONE):
        return read_element(parse(content), trace)


def read_element(element: etree._Element, trace: Trace | None = None) -> Invoice:
    """Return the invoice of a parsed document. Raises like `read`."""
    root = root_of(element)
    if root is None:
        name = etree.QName(element).localname
        raise UnreadableDocumentError(
            "unknown-root", f"{name} is no UBL Invoice or CreditNote.", element.sourceline, "/*"
        )
    scheme = tax_scheme(element)
    currency = BINDING.first(element, "cbc:DocumentCurrencyCode")
    context = ReadContext(trace, currency, scheme)
    accounting = BINDING.first(element, "cbc:TaxCurrencyCode")
    if accounting != currency:
        context.notes["accounting currency"] = accounting
    values = BINDING.values(_DOCUMENTS[root], element, context)
    if root is Root.CREDIT_NOTE:
        # It would be written as an Invoice otherwise, since BT-3 is all that tells the two apart
        # in the model. So BR-04 is never found of a CreditNote here.
        values.setdefault("type_code", CREDIT_NOTE)
    if (due := read_due_date(context, root)) is not None:
        values["payment_due_date"] = due
    if currency is None and (stated := _stated_currency(element)) is not None:
        values["currency_code"] = stated
    odd = {}
    if scheme.upper() != VAT:
        odd["tax_scheme"] = scheme  # IBT-118-1
    if root_for(values.get("type_code")) is not root:
        odd["document_name"] = root.value
    if odd:
        extensions = values.get("extensions") or InvoiceExtensions()
        values["extensions"] = extensions.model_copy(update=odd)
    creditor = read_creditor(context)
    if creditor is not None:
        found = values.get("payment_instructions", ())
        values["payment_instructions"] = with_creditor(found, creditor)
    with_parties(values, context)
    return make(Invoice, values)


def root_of(element: etree._Element) -> Root | None:
    """Return which of the two documents an element is the root of."""
    return _ROOTS.get(str(element.tag))


def _stated_currency(document: etree._Element) -> str | None:
    """Return BT-5 of a document without it: every amount states its currency."""
    path = f"{BINDING.clark('cac:LegalMonetaryTotal')}/{BINDING.clark('cbc:PayableAmount')}"
    amount = document.find(path)
    return None if amount is None else attribute_of(amount, "currencyID")
