"""References to other documents: BT-11 to BT-18, BG-3 and BG-24."""

from collections.abc import Iterator, Sequence

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
from formats.binding.construction import make
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import (
    NO_ORDER,
    AdditionalSupportingDocument,
    Invoice,
    PrecedingInvoiceReference,
)
from formats.ubl.demanded import demanded
from formats.ubl.extensions import take
from formats.ubl.names import BINDING, INVOICED_OBJECT, PROJECT, Root

_ADDITIONAL = "cac:AdditionalDocumentReference"

_ORDER = Shape(
    Invoice,
    Value("cbc:ID", "purchase_order_reference", CODE),  # BT-13
    Value("cbc:SalesOrderID", "sales_order_reference", CODE),  # BT-14
    Value("cbc:IssueDate", "extensions.purchase_order_issue_date", DATE),  # BT-X-147
)


def _read_order(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-13 and BT-14; the stand-in that UBL demands beside BT-14 is no reference."""
    order = BINDING.values(_ORDER, nodes[0], context)
    if order.get("purchase_order_reference") == NO_ORDER and "sales_order_reference" in order:
        del order["purchase_order_reference"]
    take(values, order)
    for node in nodes[1:]:
        context.unread(node)


def _write_order(invoice: Invoice, _context: WriteContext) -> Sequence[str]:
    sales_order = leaf("cbc:SalesOrderID", invoice.sales_order_reference)
    order = leaf("cbc:ID", invoice.purchase_order_reference)
    if sales_order and not order:  # UBL demands the ID
        order = leaf("cbc:ID", NO_ORDER)
    extensions = invoice.extensions
    issued = None if extensions is None else extensions.purchase_order_issue_date  # BT-X-147
    date = leaf("cbc:IssueDate", issued.isoformat() if issued else None)
    return (branch("cac:OrderReference", order, sales_order, date),)


_PRECEDING = Nested(
    "cac:BillingReference",
    "preceding_invoice_references",
    Shape(
        PrecedingInvoiceReference,
        Branch(
            "cac:InvoiceDocumentReference",
            Value("cbc:ID", "reference", CODE),  # BT-25
            demanded("cbc:ID", "reference"),
            Value("cbc:UUID", "extensions.unique_identifier", CODE),  # BTOM-031
            Value("cbc:IssueDate", "issue_date", DATE),  # BT-26
            Value("cbc:DocumentTypeCode", "extensions.type_code", CODE),  # BT-X-555
            Value("cbc:DocumentStatusCode", "extensions.reason_code", CODE),  # BTOM-032
            Value("cbc:DocumentDescription", "extensions.description"),  # HR-BT-3
        ),
    ),
)
"""BG-3."""

_SUPPORTING = Shape(
    AdditionalSupportingDocument,
    Value(  # BT-122
        "cbc:ID", "reference", CODE, {"schemeID": "extensions.reference_scheme"}
    ),
    demanded("cbc:ID", "reference"),
    Value("cbc:UUID", "extensions.unique_identifier", CODE),  # BTOM-023
    Value("cbc:IssueDate", "extensions.issue_date", DATE),  # BT-X-149
    Value("cbc:DocumentTypeCode", "extensions.type_code", CODE),
    Value("cbc:DocumentType", "extensions.type"),
    Value("cbc:DocumentDescription", "description"),  # BT-123
    Branch(
        "cac:Attachment",
        Value("cbc:EmbeddedDocumentBinaryObject", "attached_document", BINARY),  # BT-125
        Branch(
            "cac:ExternalReference",
            Value("cbc:URI", "external_document_location", CODE),  # BT-124
        ),
    ),
    Branch(
        "cac:ResultOfVerification",
        Value("cbc:ValidationDate", "extensions.validation_date", DATE),
        Value("cbc:ValidationTime", "extensions.validation_time", CODE),
    ),
)
"""BG-24."""

_INVOICED_OBJECT = Shape(
    Invoice,
    Value("cbc:ID", "invoiced_object_identifier", IDENTIFIER),  # BT-18
    Value("cbc:IssueDate", "extensions.invoiced_object_issue_date", DATE),  # BT-X-557
    Constant("cbc:DocumentTypeCode", INVOICED_OBJECT),
)
_FURTHER_OBJECT = Shape(
    SchemedIdentifier,
    Value("cbc:ID", "value", CODE, {"schemeID": "scheme_identifier"}),
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
            shape, bare = waiting.pop(code, None), _is_bare(document)
            if shape is not None:
                take(values, BINDING.values(shape, node, context if bare else quiet))
            if bare and code == INVOICED_OBJECT and shape is None:
                _read_further(node, values, context)
            elif shape is None or not bare:  # BT-11 or BT-18 with a file is both
                if context.trace is not None:
                    BINDING.group(_SUPPORTING, node, context)
                if document is not None:
                    supporting.append(document)
        values["additional_supporting_documents"] = supporting

    def write(invoice: Invoice, context: WriteContext) -> Sequence[str]:
        return _write_additional(root, invoice, context)

    return Odd((_ADDITIONAL,), read, write)


def _write_additional(root: Root, invoice: Invoice, context: WriteContext) -> Sequence[str]:
    first = [_PROJECT] if root is Root.CREDIT_NOTE and invoice.project_reference else []
    if invoice.invoiced_object_identifier is not None:
        first.append(_INVOICED_OBJECT)
    return (
        *(_typed(BINDING.inner(shape, invoice, context)) for shape in first),
        *_write_further(invoice),
        *(
            branch(_ADDITIONAL, BINDING.inner(_SUPPORTING, document, context))
            for document in invoice.additional_supporting_documents
        ),
    )


def _is_bare(document: AdditionalSupportingDocument | None) -> bool:
    """Tell whether a reference is only what BT-11, BT-18 and their kind can hold."""
    return document is None or (
        document.attached_document is None and document.external_document_location is None
    )


def _read_further(node: etree._Element, values: Values, context: ReadContext) -> None:
    """Read a second BT-18, which France allows."""
    found = BINDING.values(_FURTHER_OBJECT, node, context)
    if "value" in found:
        extensions = values.setdefault("extensions", {})
        extensions.setdefault("additional_invoiced_object_identifiers", []).append(
            make(SchemedIdentifier, found)
        )


def _write_further(invoice: Invoice) -> Iterator[str]:
    extensions = invoice.extensions
    for each in () if extensions is None else extensions.additional_invoiced_object_identifiers:
        number = leaf("cbc:ID", each.value, schemeID=each.scheme_identifier)
        code = leaf("cbc:DocumentTypeCode", INVOICED_OBJECT)
        yield _typed(f"{number}\n{code}")


def _typed(content: str) -> str:
    """Return a reference that is more than its type."""
    return branch(_ADDITIONAL, content) if "<cbc:ID" in content else ""


def _reference(tag: str, field: str, issue_date: str, *further: Node) -> Branch:
    date = Value("cbc:IssueDate", f"extensions.{issue_date}", DATE)
    return Branch(tag, Value("cbc:ID", field, CODE), date, *further)


CREDIT_REASON = Branch(
    "cac:DiscrepancyResponse", Value("cbc:ResponseCode", "extensions.credit_reason_code", CODE)
)
"""BTAE-03, in credit notes."""


def references(root: Root) -> tuple[Node, ...]:
    """Return the references in the order of the root's schema."""
    before = (
        Odd(("cac:OrderReference",), _read_order, _write_order),
        _PRECEDING,
        _reference(  # BT-16, BT-X-200
            "cac:DespatchDocumentReference",
            "despatch_advice_reference",
            "despatch_advice_issue_date",
        ),
        _reference(  # BT-15, BT-X-201
            "cac:ReceiptDocumentReference",
            "receiving_advice_reference",
            "receiving_advice_issue_date",
        ),
    )
    statement = Branch(
        "cac:StatementDocumentReference", Value("cbc:ID", "extensions.statement_reference", CODE)
    )
    tender = _reference(  # BT-17, BT-X-556
        "cac:OriginatorDocumentReference", "tender_or_lot_reference", "tender_or_lot_issue_date"
    )
    contract = _reference(  # BT-12, BT-X-148
        "cac:ContractDocumentReference",
        "contract_reference",
        "contract_issue_date",
        Value("cbc:DocumentType", "extensions.contract_type_code", CODE),  # BT-X-405
        Value("cbc:DocumentDescription", "extensions.contract_value"),  # BTAE-05
    )
    if root is Root.CREDIT_NOTE:
        return (*before, contract, _additional(root), statement, tender)
    project = Branch("cac:ProjectReference", Value("cbc:ID", "project_reference", CODE))  # BT-11
    return (*before, statement, tender, contract, _additional(root), project)
