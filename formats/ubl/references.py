"""References to other documents: BT-11 to BT-18, BG-3 and BG-24."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    BINARY,
    CODE,
    DATE,
    IDENTIFIER,
    Branch,
    Constant,
    Nested,
    Node,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.model import (
    NO_ORDER,
    AdditionalSupportingDocument,
    Invoice,
    PrecedingInvoiceReference,
)
from formats.ubl.names import BINDING, INVOICED_OBJECT, PROJECT, Root

_ADDITIONAL = "cac:AdditionalDocumentReference"

_ORDER = Shape(
    Invoice,
    Value("cbc:ID", "purchase_order_reference", CODE),  # BT-13
    Value("cbc:SalesOrderID", "sales_order_reference", CODE),  # BT-14
)


def _read_order(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-13 and BT-14; the stand-in that UBL demands beside BT-14 is no reference."""
    order = BINDING.values(_ORDER, nodes[0], context)
    if order.get("purchase_order_reference") == NO_ORDER and "sales_order_reference" in order:
        del order["purchase_order_reference"]
    values |= order
    for node in nodes[1:]:
        context.unread(node)


def _write_order(invoice: Invoice, _context: WriteContext) -> Sequence[str]:
    sales_order = leaf("cbc:SalesOrderID", invoice.sales_order_reference)
    order = leaf("cbc:ID", invoice.purchase_order_reference)
    if sales_order and not order:  # UBL demands the ID
        order = leaf("cbc:ID", NO_ORDER)
    return (branch("cac:OrderReference", order, sales_order),)


_PRECEDING = Nested(
    "cac:BillingReference",
    "preceding_invoice_references",
    Shape(
        PrecedingInvoiceReference,
        Branch(
            "cac:InvoiceDocumentReference",
            Value("cbc:ID", "reference", CODE),  # BT-25
            Value("cbc:IssueDate", "issue_date", DATE),  # BT-26
        ),
    ),
)
"""BG-3."""

_SUPPORTING = Shape(
    AdditionalSupportingDocument,
    Value("cbc:ID", "reference", CODE),  # BT-122
    Value("cbc:DocumentDescription", "description"),  # BT-123
    Branch(
        "cac:Attachment",
        Value("cbc:EmbeddedDocumentBinaryObject", "attached_document", BINARY),  # BT-125
        Branch(
            "cac:ExternalReference",
            Value("cbc:URI", "external_document_location", CODE),  # BT-124
        ),
    ),
)
"""BG-24."""

_INVOICED_OBJECT = Shape(
    Invoice,
    Value("cbc:ID", "invoiced_object_identifier", IDENTIFIER),  # BT-18
    Constant("cbc:DocumentTypeCode", INVOICED_OBJECT),
)
_PROJECT = Shape(
    Invoice,
    Value("cbc:ID", "project_reference", CODE),  # BT-11
    Constant("cbc:DocumentTypeCode", PROJECT),
)


def _additional(root: Root) -> Odd:
    """Return BT-18 and BG-24, and BT-11 of a credit note, which share one element."""
    typed = {INVOICED_OBJECT: _INVOICED_OBJECT}
    if root is Root.CREDIT_NOTE:
        typed[PROJECT] = _PROJECT

    def read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        waiting = dict(typed)
        supporting = []
        for node in nodes:
            code = BINDING.first(node, "cbc:DocumentTypeCode") or ""
            quiet = ReadContext(tax_scheme=context.tax_scheme)
            document = BINDING.group(_SUPPORTING, node, quiet)
            shape = waiting.pop(code, None)
            if shape is not None:
                has_file = document is not None and (
                    document.attached_document is not None
                    or document.external_document_location is not None
                )
                values |= BINDING.values(shape, node, quiet if has_file else context)
                if not has_file:
                    continue  # BT-11 or BT-18 and nothing else; with a file it is both
            if context.trace is not None:
                BINDING.group(_SUPPORTING, node, context)
            if document is not None:
                supporting.append(document)
        values["additional_supporting_documents"] = supporting

    def write(invoice: Invoice, context: WriteContext) -> Sequence[str]:
        first = [_PROJECT] if root is Root.CREDIT_NOTE and invoice.project_reference else []
        if invoice.invoiced_object_identifier is not None:
            first.append(_INVOICED_OBJECT)
        return (
            *(_typed(BINDING.inner(shape, invoice, context)) for shape in first),
            *(
                branch(_ADDITIONAL, BINDING.inner(_SUPPORTING, document, context))
                for document in invoice.additional_supporting_documents
            ),
        )

    return Odd((_ADDITIONAL,), read, write)


def _typed(content: str) -> str:
    """Return a reference that is more than its type."""
    return branch(_ADDITIONAL, content) if "<cbc:ID" in content else ""


def _reference(tag: str, field: str) -> Branch:
    return Branch(tag, Value("cbc:ID", field, CODE))


def references(root: Root) -> tuple[Node, ...]:
    """Return the references in the order of the root's schema."""
    before = (
        Odd(("cac:OrderReference",), _read_order, _write_order),
        _PRECEDING,
        _reference("cac:DespatchDocumentReference", "despatch_advice_reference"),  # BT-16
        _reference("cac:ReceiptDocumentReference", "receiving_advice_reference"),  # BT-15
    )
    tender = _reference("cac:OriginatorDocumentReference", "tender_or_lot_reference")  # BT-17
    contract = _reference("cac:ContractDocumentReference", "contract_reference")  # BT-12
    if root is Root.CREDIT_NOTE:
        return (*before, contract, _additional(root), tender)
    project = _reference("cac:ProjectReference", "project_reference")  # BT-11
    return (*before, tender, contract, _additional(root), project)
