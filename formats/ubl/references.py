"""References to other documents: BT-11 to BT-18, BG-3 and BG-24."""

import base64

from formats.en16931.model import (
    NO_ORDER,
    AdditionalSupportingDocument,
    Invoice,
    PrecedingInvoiceReference,
)
from formats.ubl.markup import day, escape_attribute, group, leaf
from formats.ubl.names import INVOICED_OBJECT, PROJECT, Root
from formats.ubl.party import write_identifier


def write_references(invoice: Invoice, root: Root) -> tuple[str, ...]:
    """Write the references in the order of the root's schema."""
    before = (
        _order(invoice),
        *(_preceding(reference) for reference in invoice.preceding_invoice_references),
        _reference("cac:DespatchDocumentReference", invoice.despatch_advice_reference),  # BT-16
        _reference("cac:ReceiptDocumentReference", invoice.receiving_advice_reference),  # BT-15
    )
    # BT-17
    tender = _reference("cac:OriginatorDocumentReference", invoice.tender_or_lot_reference)
    contract = _reference("cac:ContractDocumentReference", invoice.contract_reference)  # BT-12
    supporting = (
        _invoiced_object(invoice),
        *(_supporting(document) for document in invoice.additional_supporting_documents),
    )
    if root is Root.CREDIT_NOTE:
        project = _typed_reference(leaf("cbc:ID", invoice.project_reference), PROJECT)  # BT-11
        return (*before, contract, project, *supporting, tender)
    project = _reference("cac:ProjectReference", invoice.project_reference)  # BT-11
    return (*before, tender, contract, *supporting, project)


def _order(invoice: Invoice) -> str:
    sales_order = leaf("cbc:SalesOrderID", invoice.sales_order_reference)  # BT-14
    order = leaf("cbc:ID", invoice.purchase_order_reference)  # BT-13
    if sales_order and not order:  # UBL demands the ID
        order = leaf("cbc:ID", NO_ORDER)
    return group("cac:OrderReference", order, sales_order)


def _preceding(reference: PrecedingInvoiceReference) -> str:
    return group(
        "cac:BillingReference",
        group(
            "cac:InvoiceDocumentReference",
            leaf("cbc:ID", reference.reference),  # BT-25
            day("cbc:IssueDate", reference.issue_date),  # BT-26
        ),
    )


def _reference(name: str, value: str | None) -> str:
    return group(name, leaf("cbc:ID", value))


def _typed_reference(identifier: str, code: str) -> str:
    if not identifier:
        return ""
    return group("cac:AdditionalDocumentReference", identifier, leaf("cbc:DocumentTypeCode", code))


def _invoiced_object(invoice: Invoice) -> str:
    identifier = write_identifier("cbc:ID", invoice.invoiced_object_identifier)  # BT-18
    return _typed_reference(identifier, INVOICED_OBJECT)


def _supporting(document: AdditionalSupportingDocument) -> str:
    location = document.external_document_location
    return group(
        "cac:AdditionalDocumentReference",
        leaf("cbc:ID", document.reference),  # BT-122
        leaf("cbc:DocumentDescription", document.description),  # BT-123
        group(
            "cac:Attachment",
            _attached(document),  # BT-125
            group("cac:ExternalReference", leaf("cbc:URI", location)),  # BT-124
        ),
    )


def _attached(document: AdditionalSupportingDocument) -> str:
    attached = document.attached_document
    if attached is None:
        return ""
    filename = f' filename="{escape_attribute(attached.filename)}"' if attached.filename else ""
    return (
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="{escape_attribute(attached.mime_code)}"'
        f"{filename}>{base64.b64encode(attached.content).decode()}"
        "</cbc:EmbeddedDocumentBinaryObject>"
    )
