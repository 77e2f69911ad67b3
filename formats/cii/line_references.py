"""What a line refers to: orders, advices, documents, other invoices, accounts."""

from formats.binding import BINARY, CODE, TEXT, Branch, Constant, Nested, Node, Shape, Value
from formats.cii.extensions import issued
from formats.cii.names import BINDING, INVOICED_OBJECT
from formats.cii.references import invoiced_object
from formats.en16931.extensions.references import (
    LineAccountingReference,
    LineCustomerOrder,
    LineDocument,
)
from formats.en16931.group import SchemedIdentifier


def _reference(tag: str, name: str, *, line: str | None = None, type_code: bool = False) -> Branch:
    """Return a document that a line of it may be told of."""
    number = line or f"extensions.{name}_line_reference"
    kind = (Value("ram:TypeCode", f"extensions.{name}_type_code", CODE),) if type_code else ()
    return Branch(
        tag,
        Value("ram:IssuerAssignedID", f"extensions.{name}_reference", CODE),
        Value("ram:LineID", number, CODE),
        *kind,
        issued(f"extensions.{name}_issue_date"),
    )


_DOCUMENT = Shape(
    LineDocument,
    Value("ram:IssuerAssignedID", "reference", CODE),  # BT-X-27
    Value("ram:URIID", "external_document_location", CODE),  # BT-X-28
    Value("ram:LineID", "line_reference", CODE),  # BT-X-29
    Value("ram:TypeCode", "type_code", CODE),  # BT-X-30
    Value("ram:Name", "description", TEXT),  # BT-X-299
    Value("ram:AttachmentBinaryObject", "attached_document", BINARY),  # BT-X-31
    Value("ram:ReferenceTypeCode", "reference_type_code", CODE),  # BT-X-32
    issued("issue_date"),  # BT-X-33
)

AGREEMENT_REFERENCES: tuple[Node, ...] = (
    _reference("ram:SellerOrderReferencedDocument", "sales_order"),  # BG-X-81
    _reference(  # BT-132, BT-X-21, BT-X-22
        "ram:BuyerOrderReferencedDocument",
        "purchase_order",
        line="referenced_purchase_order_line_reference",
    ),
    _reference("ram:QuotationReferencedDocument", "quotation"),  # BG-X-47
    _reference("ram:ContractReferencedDocument", "contract"),  # BG-X-2
    Nested("ram:AdditionalReferencedDocument", "extensions.documents", _DOCUMENT),  # BG-X-3
)

CUSTOMER_ORDERS = Nested(
    "ram:UltimateCustomerOrderReferencedDocument",
    "extensions.ultimate_customer_orders",
    Shape(
        LineCustomerOrder,
        Value("ram:IssuerAssignedID", "reference", CODE),  # BT-X-43
        Value("ram:LineID", "line_reference", CODE),  # BT-X-44
        issued("issue_date"),  # BT-X-45
    ),
)
"""BG-X-5."""

DELIVERY_REFERENCES: tuple[Node, ...] = (
    _reference("ram:DespatchAdviceReferencedDocument", "despatch_advice"),  # BG-X-13
    _reference("ram:ReceivingAdviceReferencedDocument", "receiving_advice"),  # BG-X-82
    _reference("ram:DeliveryNoteReferencedDocument", "delivery_note"),  # BG-X-83
)

_ACCOUNT = "ram:ReceivableSpecifiedTradeAccountingAccount"
_is_object = BINDING.holds("ram:TypeCode", INVOICED_OBJECT)

SETTLEMENT_REFERENCES: tuple[Node, ...] = (
    _reference("ram:InvoiceReferencedDocument", "preceding_invoice", type_code=True),  # BG-X-48
    invoiced_object("object_identifier"),  # BT-128
    Nested(
        "ram:AdditionalReferencedDocument",
        "extensions.additional_object_identifiers",
        Shape(
            SchemedIdentifier,
            Value("ram:IssuerAssignedID", "value", CODE),
            Constant("ram:TypeCode", INVOICED_OBJECT),
            Value("ram:ReferenceTypeCode", "scheme_identifier", CODE),
        ),
        when=_is_object,
    ),
    Branch(
        _ACCOUNT,
        Value("ram:ID", "buyer_accounting_reference", TEXT),  # BT-133
        Value("ram:TypeCode", "extensions.buyer_accounting_reference_type_code", CODE),
    ),
    Nested(
        _ACCOUNT,
        "extensions.additional_buyer_accounting_references",
        Shape(
            LineAccountingReference,
            Value("ram:ID", "reference", TEXT),
            Value("ram:TypeCode", "type_code", CODE),  # BT-X-99
        ),
    ),
)
