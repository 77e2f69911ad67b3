"""What an item is called elsewhere: classifications, further numbers, specifications, pieces."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    DATE,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
    identifier,
)
from formats.binding.kinds import code_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.item import (
    AdditionalItemIdentifier,
    ItemInstance,
    ItemSpecification,
)
from formats.en16931.line import Line
from formats.ubl.names import BINDING

_TAG = "cac:CommodityClassification"
_CLASSIFICATION = identifier("listID", "listVersionID")
_CODES = {
    BINDING.clark("cbc:NatureCode"): "item_nature_code",  # BTAE-09
    BINDING.clark("cbc:CommodityCode"): "item_type_code",  # BTAE-13
}
_NUMBER = BINDING.clark("cbc:ItemClassificationCode")


def _read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-158, and what the Emirates say of an item in the same element."""
    found = []
    for node in nodes:
        context.attributes(node)
        for inner in node.iterchildren(etree.Element):
            field = _CODES.get(str(inner.tag))
            if inner.tag == _NUMBER:
                context.attributes(inner, *_CLASSIFICATION.attributes)
                if (number := _CLASSIFICATION.read(inner, context)) is not None:
                    found.append(number)
            elif field is None or field in values.get("extensions", ()):
                context.unread(inner)
            elif (code := code_of(inner)) is not None:
                context.attributes(inner)
                values.setdefault("extensions", {})[field] = code
    if found:
        values["item_classification_identifiers"] = tuple(found)


def _write(line: Line, _context: WriteContext) -> Sequence[str]:
    extensions = line.extensions
    codes = ""
    if extensions is not None:
        nature = leaf("cbc:NatureCode", extensions.item_nature_code)
        kind = leaf("cbc:CommodityCode", extensions.item_type_code)
        codes = "\n".join(filter(None, (nature, kind)))
    texts = [
        leaf(
            "cbc:ItemClassificationCode",
            number.value,
            listID=number.scheme_identifier,
            listVersionID=number.scheme_version_identifier,
        )
        for number in line.item_classification_identifiers
    ]
    if codes:
        texts[:1] = ["\n".join(filter(None, (codes, *texts[:1])))]
    return [branch(_TAG, text) for text in texts]


CLASSIFICATIONS = Odd((_TAG,), _read, _write)
"""BT-158 with BTAE-09 and BTAE-13."""

ADDITIONAL_IDENTIFIERS = Nested(
    "cac:AdditionalItemIdentification",
    "extensions.additional_item_identifiers",
    Shape(
        AdditionalItemIdentifier,
        Value("cbc:ID", "value", CODE, {"schemeName": "scheme"}),  # BTAE-17, BTOM-033
    ),
)

SPECIFICATIONS = Nested(
    "cac:ItemSpecificationDocumentReference",
    "extensions.item_specifications",
    Shape(
        ItemSpecification,
        Value("cbc:ID", "identifier", CODE, {"schemeName": "scheme"}),  # BTOM-034
        Value("cbc:DocumentTypeCode", "type_code", CODE),  # BTOM-019
    ),
)

INSTANCES = Nested(
    "cac:ItemInstance",
    "extensions.item_instances",
    Shape(
        ItemInstance,
        Value("cbc:SerialID", "serial_identifier", CODE),  # BT-X-307
        Branch(
            "cac:LotIdentification",
            Value("cbc:LotNumberID", "batch_identifier", CODE),  # BT-X-306
            Value("cbc:ExpiryDate", "expiry_date", DATE),
        ),
    ),
)
"""BG-X-84."""
