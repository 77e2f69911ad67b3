"""References to other documents: BT-11 to BT-14, BT-17, BT-18, BG-3 and BG-24."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    BINARY,
    CODE,
    TEXT,
    Branch,
    Constant,
    Each,
    Nested,
    Node,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.extensions import issued, party
from formats.cii.names import (
    BINDING,
    INVOICED_OBJECT,
    PROJECT_NAME,
    SUPPORTING_DOCUMENT,
    TENDER_OR_LOT,
)
from formats.en16931.extensions.document import CustomerOrder
from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import (
    AdditionalSupportingDocument,
    Invoice,
    PrecedingInvoiceReference,
)


def _reference(tag: str, field: str, issue_date: str, *further: Node) -> Branch:
    number = Value("ram:IssuerAssignedID", field, CODE)
    return Branch(tag, number, *further, issued(f"extensions.{issue_date}"))


def invoiced_object(field: str, *further: Node) -> Branch:
    """Return BT-18 or BT-128 with its scheme."""
    return Branch(
        "ram:AdditionalReferencedDocument",
        Value("ram:IssuerAssignedID", f"{field}.value", CODE),
        Constant("ram:TypeCode", INVOICED_OBJECT),
        Value("ram:ReferenceTypeCode", f"{field}.scheme_identifier", CODE),
        *further,
        when=BINDING.holds("ram:TypeCode", INVOICED_OBJECT),
    )


_SUPPORTING = Shape(
    AdditionalSupportingDocument,
    Value("ram:IssuerAssignedID", "reference", CODE),  # BT-122
    Value("ram:URIID", "external_document_location", CODE),  # BT-124
    Constant("ram:TypeCode", SUPPORTING_DOCUMENT),
    Value("ram:Name", "description", TEXT),  # BT-123
    Value("ram:AttachmentBinaryObject", "attached_document", BINARY),  # BT-125
    issued("extensions.issue_date"),  # BT-X-149
)
"""BG-24. Documents of other or no types are read as these."""

_PRECEDING = Shape(
    PrecedingInvoiceReference,
    Value("ram:IssuerAssignedID", "reference", CODE),  # BT-25
    Value("ram:TypeCode", "extensions.type_code", CODE),  # BT-X-555
    issued("issue_date"),  # BT-26
)

_TENDER = BINDING.holds("ram:TypeCode", TENDER_OR_LOT)
_ADDITIONAL = "ram:AdditionalReferencedDocument"


def _read_name(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    name = TEXT.take(nodes[0], context)
    if name is not None and name != PROJECT_NAME:
        values.setdefault("extensions", {})["project_name"] = name


def _write_name(invoice: Invoice, _context: WriteContext) -> Sequence[str]:
    """Write BT-11-0, which CII demands with the number of a project."""
    name = None if invoice.extensions is None else invoice.extensions.project_name
    stand_in = PROJECT_NAME if invoice.project_reference else None
    return (leaf("ram:Name", name or stand_in),)


ORDERS_AND_DOCUMENTS = (
    _reference(  # BT-14, BT-X-146
        "ram:SellerOrderReferencedDocument", "sales_order_reference", "sales_order_issue_date"
    ),
    _reference(  # BT-13, BT-X-147
        "ram:BuyerOrderReferencedDocument",
        "purchase_order_reference",
        "purchase_order_issue_date",
    ),
    _reference(  # BG-X-61
        "ram:QuotationReferencedDocument",
        "extensions.quotation_reference",
        "quotation_issue_date",
    ),
    _reference(  # BT-12, BT-X-148
        "ram:ContractReferencedDocument",
        "contract_reference",
        "contract_issue_date",
        Value("ram:TypeCode", "extensions.contract_type_code", CODE),  # BT-X-405
    ),
    Branch(
        _ADDITIONAL,
        Value("ram:IssuerAssignedID", "tender_or_lot_reference", CODE),  # BT-17
        Constant("ram:TypeCode", TENDER_OR_LOT),
        issued("extensions.tender_or_lot_issue_date"),  # BT-X-556
        when=_TENDER,
    ),
    Each(
        _ADDITIONAL,
        "extensions.additional_tender_or_lot_references",
        Value("ram:IssuerAssignedID", "", CODE),
        Constant("ram:TypeCode", TENDER_OR_LOT),
        when=_TENDER,
    ),
    invoiced_object(  # BT-18, BT-X-557
        "invoiced_object_identifier", issued("extensions.invoiced_object_issue_date")
    ),
    Nested(
        _ADDITIONAL,
        "extensions.additional_invoiced_object_identifiers",
        Shape(
            SchemedIdentifier,
            Value("ram:IssuerAssignedID", "value", CODE),
            Constant("ram:TypeCode", INVOICED_OBJECT),
            Value("ram:ReferenceTypeCode", "scheme_identifier", CODE),
        ),
        when=BINDING.holds("ram:TypeCode", INVOICED_OBJECT),
    ),
    Nested(_ADDITIONAL, "additional_supporting_documents", _SUPPORTING),
    party("ram:BuyerAgentTradeParty", "extensions.buyer_agent"),  # BG-X-62
    Branch(
        "ram:SpecifiedProcuringProject",
        Value("ram:ID", "project_reference", CODE),  # BT-11
        Odd(("ram:Name",), _read_name, _write_name),  # BT-11-0
    ),
    Nested(
        "ram:UltimateCustomerOrderReferencedDocument",
        "extensions.ultimate_customer_orders",
        Shape(
            CustomerOrder,
            Value("ram:IssuerAssignedID", "reference", CODE),  # BT-X-150
            issued("issue_date"),  # BT-X-151
        ),
    ),
)
"""Of the agreement; the advices stand in the delivery."""

PRECEDING_INVOICES = Nested(
    "ram:InvoiceReferencedDocument", "preceding_invoice_references", _PRECEDING
)
"""BG-3. D16B takes one only, D22B and EN 16931 several: what the invoice has is written."""
