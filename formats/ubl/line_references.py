"""What a line refers to: orders, advices and other invoices, and other lines of the invoice."""

import re
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


def _demanding(tag: str, line: str, document: str, *details: str, shape: Shape) -> Odd:
    """Return a reference to a line of a document; UBL demands the numbers of both.

    Where only one is known, or neither but a detail of the document, the stand-in of Peppol BIS
    for orders stands for the other.

    `line` is the field of the line's number, `document` the extension field of the document's;
    `details` are extension fields that say more of the document.
    """
    *path, number = line.split(".")

    def read(elements: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        first, *others = elements
        found = BINDING.values(shape, first, context)
        extensions = said(found["extensions"]) if "extensions" in found else {}
        if extensions.get(document) == NO_ORDER and any(name in extensions for name in details):
            del extensions[document]
        holder = extensions if path else found
        if holder.get(number) == NO_ORDER and len(extensions) > (1 if path else 0):
            del holder[number]
        found.pop("extensions", None)
        values |= found
        if extensions:
            values.setdefault("extensions", {}).update(extensions)
        for element in others:
            context.unread(element)

    def write(group: Line, context: WriteContext) -> Sequence[str]:
        text = BINDING.inner(shape, group, context)
        if text and not text.startswith("<cbc:LineID"):
            text = f"{_STAND_IN['cbc:LineID']}\n{text}"
        text = _WITHOUT_NUMBER.sub(rf"\1\2{_STAND_IN['cbc:ID']}\2", text)
        return (branch(tag, text),)

    plain = () if path else (Branch(tag, Value("cbc:LineID", line, CODE)),)
    return Odd((tag,), read, write, plain)


_STAND_IN = {tag: leaf(tag, NO_ORDER) for tag in ("cbc:LineID", "cbc:ID")}
_WITHOUT_NUMBER = re.compile(r"(<cac:(?:Order|Document)Reference>)(\n\s*)(?!<cbc:ID|\s)")

_ORDER = _demanding(
    "cac:OrderLineReference",
    "referenced_purchase_order_line_reference",
    "purchase_order_reference",
    "sales_order_reference",
    "purchase_order_issue_date",
    shape=Shape(
        Line,
        Value("cbc:LineID", "referenced_purchase_order_line_reference", CODE),  # BT-132
        Value("cbc:SalesOrderLineID", "extensions.sales_order_line_reference", CODE),
        Branch(
            "cac:OrderReference",
            Value("cbc:ID", "extensions.purchase_order_reference", CODE),  # BT-X-21
            Value("cbc:SalesOrderID", "extensions.sales_order_reference", CODE),  # BT-X-537
            Value("cbc:IssueDate", "extensions.purchase_order_issue_date", DATE),  # BT-X-22
        ),
    ),
)


def _advice(tag: str, name: str) -> Odd:
    line, date = f"extensions.{name}_line_reference", f"{name}_issue_date"
    document = Branch(
        "cac:DocumentReference",
        Value("cbc:ID", f"extensions.{name}_reference", CODE),
        Value("cbc:IssueDate", f"extensions.{date}", DATE),
    )
    shape = Shape(Line, Value("cbc:LineID", line, CODE), document)
    return _demanding(tag, line, f"{name}_reference", date, shape=shape)


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
    """A reference without a type is taken for BT-128, as EN 16931 has no other.

    Not beside one that says it is: Japan has references without type (IBT-188).
    """
    code = _type(element)
    if code is not None:
        return code == INVOICED_OBJECT
    tag = str(element.tag)
    beside = (*element.itersiblings(tag), *element.itersiblings(tag, preceding=True))
    return all(_type(other) != INVOICED_OBJECT for other in beside)


def _type(reference: etree._Element) -> str | None:
    return BINDING.first(reference, "cbc:DocumentTypeCode")


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
