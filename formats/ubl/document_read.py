"""A UBL 2.1 Invoice or CreditNote as an invoice; the twin of `document.py`."""

from collections.abc import Iterator

from lxml import etree
from pydantic import ValidationError

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.model import NOTE_WITH_SUBJECT, Invoice, InvoiceNote, ProcessControl
from formats.ubl.allowances_read import read_document_level
from formats.ubl.delivery_read import read_delivery, read_tax_point_date_code
from formats.ubl.element import Element
from formats.ubl.lines_read import read_lines
from formats.ubl.names import CREDIT_NOTE, Root
from formats.ubl.party_read import read_buyer, read_payee, read_seller, read_tax_representative
from formats.ubl.payment_read import (
    read_payment_due_date,
    read_payment_instructions,
    read_payment_terms,
)
from formats.ubl.references_read import (
    read_invoiced_object,
    read_preceding,
    read_project_reference,
    read_purchase_order_reference,
    read_reference,
    read_supporting_documents,
)
from formats.ubl.totals_read import read_currency, read_totals
from formats.ubl.vat_read import read_tax_totals
from formats.xml import UnreadableDocumentError, parse

_ROOTS = {f"{{{root.namespace}}}{root.value}": root for root in Root}


def read(content: bytes) -> Invoice:
    """Return the invoice that a document holds; what EN 16931 has no term for is left out.

    Raises:
        UnreadableDocumentError: The document is no UBL Invoice or CreditNote, or a value breaks
            the lexical form its schema gives it.
    """
    return read_element(parse(content))


def read_element(element: etree._Element) -> Invoice:
    """Return the invoice of a parsed document. Raises like `read`."""
    root = root_of(element)
    if root is None:
        name = etree.QName(element).localname
        raise UnreadableDocumentError(
            "unknown-root", f"{name} is no UBL Invoice or CreditNote.", element.sourceline, "/*"
        )
    try:
        return _invoice(Element(element), root)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        raise UnreadableDocumentError("out-of-range", f"{place}: {first['msg']}") from None


def root_of(element: etree._Element) -> Root | None:
    """Return which of the two documents an element is the root of."""
    return _ROOTS.get(str(element.tag))


def _invoice(document: Element, root: Root) -> Invoice:
    currency = read_currency(document)
    accounting_currency = document.code("TaxCurrencyCode")
    tax = read_tax_totals(document, currency, accounting_currency)
    return Invoice(
        number=document.code("ID"),
        issue_date=document.date("IssueDate"),
        type_code=_type_code(document, root),
        currency_code=currency,
        vat_accounting_currency_code=accounting_currency,
        value_added_tax_point_date=document.date("TaxPointDate"),
        value_added_tax_point_date_code=read_tax_point_date_code(document),
        payment_due_date=read_payment_due_date(document, root),
        buyer_reference=document.text("BuyerReference"),
        project_reference=read_project_reference(document, root),
        contract_reference=read_reference(document, "ContractDocumentReference"),
        purchase_order_reference=read_purchase_order_reference(document),
        sales_order_reference=document.group("OrderReference").code("SalesOrderID"),
        receiving_advice_reference=read_reference(document, "ReceiptDocumentReference"),
        despatch_advice_reference=read_reference(document, "DespatchDocumentReference"),
        tender_or_lot_reference=read_reference(document, "OriginatorDocumentReference"),
        invoiced_object_identifier=read_invoiced_object(document),
        buyer_accounting_reference=document.text("AccountingCost"),
        payment_terms=read_payment_terms(document),
        notes=tuple(_notes(document)),
        process_control=ProcessControl(
            business_process_type=document.code("ProfileID"),
            specification_identifier=document.code("CustomizationID"),
        ),
        preceding_invoice_references=tuple(read_preceding(document)),
        seller=read_seller(document),
        buyer=read_buyer(document),
        payee=read_payee(document),
        seller_tax_representative=read_tax_representative(document),
        delivery_information=read_delivery(document),
        payment_instructions=read_payment_instructions(document),
        document_level_allowances=read_document_level(
            document, DocumentLevelAllowance, charge=False
        ),
        document_level_charges=read_document_level(document, DocumentLevelCharge, charge=True),
        totals=read_totals(document, tax),
        vat_breakdown=tax.vat_breakdown,
        additional_supporting_documents=tuple(read_supporting_documents(document, root)),
        lines=tuple(read_lines(document, root)),
    )


def _type_code(document: Element, root: Root) -> str | None:
    """Read BT-3.

    A CreditNote without it becomes 381: it would be written as an Invoice otherwise, since BT-3 is
    all that tells the two apart in the model. So BR-04 is never found of a CreditNote here.
    """
    stated = document.code(f"{root.value}TypeCode")
    return stated or (CREDIT_NOTE if root is Root.CREDIT_NOTE else None)


def _notes(document: Element) -> Iterator[InvoiceNote]:
    for text in document.texts("Note"):
        if found := NOTE_WITH_SUBJECT.fullmatch(text):  # BT-21
            yield InvoiceNote(subject_code=found[1], note=found[2])
        else:
            yield InvoiceNote(note=text)
