"""What a line refers to: orders, advices and other invoices, and other lines of the invoice."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    BINARY,
    CODE,
    DATE,
    IDENTIFIER,
    Branch,
    Constant,
    Each,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Node, Values
from formats.en16931.extensions.references import LineDocument
from formats.en16931.line import Line
from formats.en16931.model import NO_ORDER
from formats.ubl.extensions import said, take
from formats.ubl.names import BINDING, INVOICED_OBJECT

_SUB_LINES = ("DETAIL", "GROUP", "INFORMATION")
"""BT-X-8; its presence tells a French sub line from a preceding invoice."""

_STATUS = "cac:InvoiceDocumentReference/cbc:DocumentStatusCode"


def _demanding(tag: str, demanded: str, *nodes: Node) -> Odd:
    """Return a reference to a line whose number UBL demands and others do not.

    Where a document refers to an order and not to a line of it, the stand-in of Peppol BIS for
    orders stands for the line.
    """
    shape = Shape(Line, *nodes)
    path = demanded.split(".")

    def read(elements: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        first, *others = elements
        found = BINDING.values(shape, first, context)
        if len(found) > 1 or "extensions" in found:
            _forget(found, path)
        take(values, found)
        for element in others:
            context.unread(element)

    def write(line: Line, context: WriteContext) -> Sequence[str]:
        text = BINDING.inner(shape, line, context)
        if text and not text.startswith("<cbc:LineID"):
            text = f"{leaf('cbc:LineID', NO_ORDER)}\n{text}"
        return (branch(tag, text),)

    plain = () if len(path) > 1 else (Branch(tag, Value("cbc:LineID", demanded, CODE)),)
    return Odd((tag,), read, write, plain)


def _forget(found: Values, path: Sequence[str]) -> None:
    """Take the stand-in for a line out of what was read, if it is there beside more."""
    *holder, name = path
    if not holder:
        if found.get(name) == NO_ORDER:
            del found[name]
        return
    group = found["extensions"]
    fields = said(group)
    if fields.get(name) == NO_ORDER and len(fields) > 1:
        del fields[name]
        found["extensions"] = make(type(group), fields)


_ORDER = _demanding(
    "cac:OrderLineReference",
    "referenced_purchase_order_line_reference",
    Value("cbc:LineID", "referenced_purchase_order_line_reference", CODE),  # BT-132
    Value("cbc:SalesOrderLineID", "extensions.sales_order_line_reference", CODE),  # BT-X-538
    Branch(
        "cac:OrderReference",
        Value("cbc:ID", "extensions.purchase_order_reference", CODE),  # BT-X-21
        Value("cbc:SalesOrderID", "extensions.sales_order_reference", CODE),  # BT-X-537
        Value("cbc:IssueDate", "extensions.purchase_order_issue_date", DATE),  # BT-X-22
    ),
)


def _advice(tag: str, name: str) -> Odd:
    return _demanding(
        tag,
        f"extensions.{name}_line_reference",
        Value("cbc:LineID", f"extensions.{name}_line_reference", CODE),
        Branch(
            "cac:DocumentReference",
            Value("cbc:ID", f"extensions.{name}_reference", CODE),
            Value("cbc:IssueDate", f"extensions.{name}_issue_date", DATE),
        ),
    )


_SUB_LINE = Shape(
    Line,
    Branch(
        "cac:InvoiceDocumentReference",
        Odd(("cbc:ID",), lambda *_: None, lambda *_: ()),  # the invoice's own number
        Value("cbc:DocumentStatusCode", "extensions.status_reason_code", CODE),  # BT-X-8
    ),
    Branch(
        "cac:BillingReferenceLine",
        Value("cbc:ID", "extensions.parent_line_identifier", CODE),  # BT-X-304
    ),
)


_PRECEDING = Shape(
    Line,
    Branch(
        "cac:InvoiceDocumentReference",
        Value("cbc:ID", "extensions.preceding_invoice_reference", CODE),  # BT-X-331
        Value("cbc:IssueDate", "extensions.preceding_invoice_issue_date", DATE),  # BT-X-333
        Value("cbc:DocumentTypeCode", "extensions.preceding_invoice_type_code", CODE),
    ),
    Branch(
        "cac:BillingReferenceLine",
        Value("cbc:ID", "extensions.preceding_invoice_line_reference", CODE),  # BT-X-540
    ),
)
"""BG-X-48."""


def _read_billing(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read a preceding invoice, and the place of a sub line."""
    waiting = {True: _SUB_LINE, False: _PRECEDING}
    for node in nodes:
        shape = waiting.pop(BINDING.first(node, _STATUS) in _SUB_LINES, None)
        if shape is None:
            context.unread(node)
        else:
            take(values, BINDING.values(shape, node, context))


def _write_billing(line: Line, context: WriteContext) -> Sequence[str]:
    """Write BT-X-8 and BT-X-304 as France binds them: a reference to this very invoice."""
    extensions = line.extensions
    if extensions is None:
        return ()
    preceding = branch("cac:BillingReference", BINDING.inner(_PRECEDING, line, context))
    status = extensions.status_reason_code
    if not status or status not in _SUB_LINES:
        return (preceding,)
    document = branch(
        "cac:InvoiceDocumentReference",
        leaf("cbc:ID", context.invoice.number),
        leaf("cbc:DocumentStatusCode", status),
    )
    parent = branch("cac:BillingReferenceLine", leaf("cbc:ID", extensions.parent_line_identifier))
    return preceding, branch("cac:BillingReference", document, parent)


def _is_object(element: etree._Element, _context: ReadContext) -> bool:
    """A reference without a type is taken for BT-128, as EN 16931 has no other."""
    return BINDING.first(element, "cbc:DocumentTypeCode") in (None, INVOICED_OBJECT)


_OBJECT_TYPE = Constant("cbc:DocumentTypeCode", INVOICED_OBJECT)

LINE_REFERENCES: tuple[Node, ...] = (
    _ORDER,
    _advice("cac:DespatchLineReference", "despatch_advice"),  # BG-X-13
    _advice("cac:ReceiptLineReference", "receiving_advice"),  # BG-X-82
    Odd(("cac:BillingReference",), _read_billing, _write_billing, plain=()),
    Branch(
        "cac:DocumentReference",
        Value("cbc:ID", "object_identifier", IDENTIFIER),  # BT-128
        _OBJECT_TYPE,
        when=_is_object,
    ),
    Each(
        "cac:DocumentReference",
        "extensions.additional_object_identifiers",
        Value("cbc:ID", "", IDENTIFIER),
        _OBJECT_TYPE,
        when=_is_object,
    ),
    Nested(
        "cac:DocumentReference",
        "extensions.documents",
        Shape(
            LineDocument,
            Value(  # BT-X-27, IBT-188
                "cbc:ID", "reference", CODE, {"schemeID": "scheme_identifier"}
            ),
            Value("cbc:IssueDate", "issue_date", DATE),  # BT-X-33
            Value("cbc:DocumentTypeCode", "type_code", CODE),  # BT-X-30, IBT-189
            Value("cbc:DocumentDescription", "description"),  # BT-X-299
            Branch(
                "cac:Attachment",
                Value("cbc:EmbeddedDocumentBinaryObject", "attached_document", BINARY),
                Branch(
                    "cac:ExternalReference",
                    Value("cbc:URI", "external_document_location", CODE),  # BT-X-28
                ),
            ),
        ),
    ),
)
"""BT-128, BT-132 and the references of extensions, in the order of the schema."""
