"""Reading BT-11 to BT-18, BG-3 and BG-24; the twin of `references.py`."""

from collections.abc import Iterator

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.model import (
    NO_ORDER,
    AdditionalSupportingDocument,
    PrecedingInvoiceReference,
)
from formats.ubl.element import Element, present
from formats.ubl.names import INVOICED_OBJECT, PROJECT, Root


def read_reference(document: Element, name: str) -> str | None:
    """Read the identifier of the first document reference of a name."""
    return document.group(name).code("ID")


def read_purchase_order_reference(document: Element) -> str | None:
    """Read BT-13; the stand-in that UBL demands beside BT-14 is no reference."""
    order = document.group("OrderReference")
    reference = order.code("ID")
    if reference == NO_ORDER and order.code("SalesOrderID") is not None:
        return None
    return reference


def read_project_reference(document: Element, root: Root) -> str | None:
    """Read BT-11."""
    if root is Root.INVOICE:
        return read_reference(document, "ProjectReference")
    project = _first_typed(document, PROJECT)
    return project.code("ID") if project else None


def read_invoiced_object(document: Element) -> SchemedIdentifier | None:
    """Read BT-18."""
    invoiced_object = _first_typed(document, INVOICED_OBJECT)
    return invoiced_object.identifier("ID") if invoiced_object else None


def read_preceding(document: Element) -> Iterator[PrecedingInvoiceReference]:
    """Read BG-3."""
    for billing in document.groups("BillingReference"):
        reference = billing.group("InvoiceDocumentReference")
        preceding = PrecedingInvoiceReference(
            reference=reference.code("ID"), issue_date=reference.date("IssueDate")
        )
        if present(preceding):
            yield preceding


def read_supporting_documents(
    document: Element, root: Root
) -> Iterator[AdditionalSupportingDocument]:
    """Read BG-24: every additional reference that is not just BT-11 or BT-18."""
    taken = {INVOICED_OBJECT, PROJECT} if root is Root.CREDIT_NOTE else {INVOICED_OBJECT}
    for reference in document.groups("AdditionalDocumentReference"):
        attachment = reference.group("Attachment")
        supporting = AdditionalSupportingDocument(
            reference=reference.code("ID"),
            description=reference.text("DocumentDescription"),
            external_document_location=attachment.group("ExternalReference").code("URI"),
            attached_document=_attached(attachment),
        )
        code = reference.code("DocumentTypeCode")
        if code in taken:
            taken.remove(code)
            if supporting.attached_document is None and not supporting.external_document_location:
                continue  # BT-11 or BT-18 and nothing else; with a file it is both
        if present(supporting):
            yield supporting


def _first_typed(document: Element, code: str) -> Element | None:
    for reference in document.groups("AdditionalDocumentReference"):
        if reference.code("DocumentTypeCode") == code:
            return reference
    return None


def _attached(attachment: Element) -> BinaryObject | None:
    name = "EmbeddedDocumentBinaryObject"
    content = attachment.binary(name)
    if content is None:
        return None
    return BinaryObject.model_construct(  # its validation would decode the bytes once more
        content=content,
        mime_code=attachment.attribute(name, "mimeCode") or "",
        filename=attachment.attribute_text(name, "filename") or "",
    )
