"""An invoice as the bytes of a UBL 2.1 Invoice or CreditNote."""

from formats.en16931.model import Invoice, InvoiceNote
from formats.ubl.allowances import write_document_level
from formats.ubl.delivery import write_delivery, write_invoice_period
from formats.ubl.lines import write_line
from formats.ubl.markup import day, indented, leaf
from formats.ubl.names import CAC, CBC, Root, root_for
from formats.ubl.party import (
    write_buyer,
    write_payee,
    write_seller,
    write_tax_representative,
)
from formats.ubl.payment import creditor_identifier, write_payment_means, write_payment_terms
from formats.ubl.references import write_references
from formats.ubl.totals import write_totals
from formats.ubl.vat import write_tax_totals


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    BT-3 decides the root (`names.root_for`). What is absent is not written, so an
    incomplete invoice gives a document that its schema refuses.
    """
    root = root_for(invoice.type_code)
    currency = invoice.currency_code or ""
    creditor = creditor_identifier(invoice)  # BT-90
    payee = write_payee(invoice.payee, creditor)  # BG-10
    children = (
        *_header(invoice, root),
        write_invoice_period(invoice),  # BG-14, BT-8
        *write_references(invoice, root),  # BT-11 to BT-18, BG-3, BG-24
        write_seller(invoice.seller, None if payee else creditor),  # BG-4
        write_buyer(invoice.buyer),  # BG-7
        payee,
        write_tax_representative(invoice.seller_tax_representative),  # BG-11
        write_delivery(invoice),  # BG-13
        *write_payment_means(invoice, root),  # BG-16
        write_payment_terms(invoice, root),  # BT-20
        *(write_document_level(entry, currency) for entry in invoice.document_level_allowances),
        *(write_document_level(entry, currency) for entry in invoice.document_level_charges),
        *write_tax_totals(invoice),  # BG-23, BT-110, BT-111
        write_totals(invoice),  # BG-22
        *(write_line(line, currency, root) for line in invoice.lines),  # BG-25
    )
    content = "\n".join(filter(None, children))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root.value} xmlns="{root.namespace}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}">\n'
        f"{indented(content)}\n</{root.value}>\n"
    ).encode()


def _header(invoice: Invoice, root: Root) -> tuple[str, ...]:
    """Write the document's own terms; the two schemas order them differently."""
    tax_point = day("cbc:TaxPointDate", invoice.value_added_tax_point_date)  # BT-7
    type_code = leaf(f"cbc:{root.value}TypeCode", invoice.type_code)  # BT-3
    notes = tuple(leaf("cbc:Note", _note(note)) for note in invoice.notes)  # BG-1
    if root is Root.INVOICE:
        due = day("cbc:DueDate", invoice.payment_due_date)  # BT-9
        middle: tuple[str, ...] = (due, type_code, *notes, tax_point)
    else:
        middle = (tax_point, type_code, *notes)
    return (
        leaf("cbc:CustomizationID", invoice.process_control.specification_identifier),  # BT-24
        leaf("cbc:ProfileID", invoice.process_control.business_process_type),  # BT-23
        leaf("cbc:ID", invoice.number),  # BT-1
        day("cbc:IssueDate", invoice.issue_date),  # BT-2
        *middle,
        leaf("cbc:DocumentCurrencyCode", invoice.currency_code),  # BT-5
        leaf("cbc:TaxCurrencyCode", invoice.vat_accounting_currency_code),  # BT-6
        leaf("cbc:AccountingCost", invoice.buyer_accounting_reference),  # BT-19
        leaf("cbc:BuyerReference", invoice.buyer_reference),  # BT-10
    )


def _note(note: InvoiceNote) -> str:
    # BT-21 in front of BT-22, between number signs (BR-CL-08)
    return f"#{note.subject_code}#{note.note}" if note.subject_code else note.note
