"""References to other documents: BT-11 to BT-14, BT-17, BT-18, BG-3 and BG-24."""

from formats.binding import BINARY, CODE, TEXT, Branch, Constant, Nested, Shape, Value
from formats.cii.kinds import date
from formats.cii.names import (
    BINDING,
    INVOICED_OBJECT,
    PROJECT_NAME,
    SUPPORTING_DOCUMENT,
    TENDER_OR_LOT,
)
from formats.en16931.model import AdditionalSupportingDocument, PrecedingInvoiceReference


def _reference(tag: str, field: str) -> Branch:
    return Branch(tag, Value("ram:IssuerAssignedID", field, CODE))


def invoiced_object(field: str) -> Branch:
    """Return BT-18 or BT-128 with its scheme."""
    return Branch(
        "ram:AdditionalReferencedDocument",
        Value("ram:IssuerAssignedID", f"{field}.value", CODE),
        Constant("ram:TypeCode", INVOICED_OBJECT),
        Value("ram:ReferenceTypeCode", f"{field}.scheme_identifier", CODE),
        when=BINDING.holds("ram:TypeCode", INVOICED_OBJECT),
    )


_SUPPORTING = Shape(
    AdditionalSupportingDocument,
    Value("ram:IssuerAssignedID", "reference", CODE),  # BT-122
    Value("ram:URIID", "external_document_location", CODE),  # BT-124
    Constant("ram:TypeCode", SUPPORTING_DOCUMENT),
    Value("ram:Name", "description", TEXT),  # BT-123
    Value("ram:AttachmentBinaryObject", "attached_document", BINARY),  # BT-125
)
"""BG-24. Documents of other or no types are read as these; a second tender or object is too."""

_PRECEDING = Shape(
    PrecedingInvoiceReference,
    Value("ram:IssuerAssignedID", "reference", CODE),  # BT-25
    date("ram:FormattedIssueDateTime", "issue_date", text="qdt:DateTimeString"),  # BT-26
)

ORDERS_AND_DOCUMENTS = (
    _reference("ram:SellerOrderReferencedDocument", "sales_order_reference"),  # BT-14
    _reference("ram:BuyerOrderReferencedDocument", "purchase_order_reference"),  # BT-13
    _reference("ram:ContractReferencedDocument", "contract_reference"),  # BT-12
    Branch(
        "ram:AdditionalReferencedDocument",
        Value("ram:IssuerAssignedID", "tender_or_lot_reference", CODE),  # BT-17
        Constant("ram:TypeCode", TENDER_OR_LOT),
        when=BINDING.holds("ram:TypeCode", TENDER_OR_LOT),
    ),
    invoiced_object("invoiced_object_identifier"),  # BT-18
    Nested("ram:AdditionalReferencedDocument", "additional_supporting_documents", _SUPPORTING),
    Branch(
        "ram:SpecifiedProcuringProject",
        Value("ram:ID", "project_reference", CODE),  # BT-11
        Constant("ram:Name", PROJECT_NAME),
    ),
)
"""Of the agreement; the advices stand in the delivery."""

PRECEDING_INVOICES = Nested(
    "ram:InvoiceReferencedDocument", "preceding_invoice_references", _PRECEDING
)
"""BG-3. D16B takes one only, D22B and EN 16931 several: what the invoice has is written."""
