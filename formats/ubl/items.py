"""What an item is called elsewhere: classifications, further numbers, specifications, pieces."""

from collections.abc import Sequence
from itertools import zip_longest

from lxml import etree

from formats.binding import (
    CODE,
    DATE,
    Branch,
    Each,
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
_NATURE = BINDING.clark("cbc:NatureCode")
_KIND = BINDING.clark("cbc:CommodityCode")
_NUMBER = BINDING.clark("cbc:ItemClassificationCode")


def _read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-158, and what the Emirates say of an item in the same element."""
    found = []
    for node in nodes:
        context.attributes(node)
        for inner in node.iterchildren(etree.Element):
            if inner.tag == _NUMBER:
                context.attributes(inner, *_CLASSIFICATION.attributes)
                if (number := _CLASSIFICATION.read(inner, context)) is not None:
                    found.append(number)
            else:
                _read_code(inner, values, context)
    if found:
        values["item_classification_identifiers"] = tuple(found)


def _read_code(inner: etree._Element, values: Values, context: ReadContext) -> None:
    code, extensions = code_of(inner), values.get("extensions", {})
    if code is None:
        return
    if inner.tag == _KIND:
        extensions.setdefault("item_type_codes", []).append(code)  # BTAE-13
    elif inner.tag == _NATURE and "item_nature_code" not in extensions:
        extensions["item_nature_code"] = code  # BTAE-09
    else:
        context.unread(inner)
        return
    context.attributes(inner)
    values["extensions"] = extensions


def _write(line: Line, _context: WriteContext) -> Sequence[str]:
    numbers = [
        leaf(
            "cbc:ItemClassificationCode",
            number.value,
            listID=number.scheme_identifier,
            listVersionID=number.scheme_version_identifier,
        )
        for number in line.item_classification_identifiers
    ]
    if line.extensions is None:
        return [branch(_TAG, number) for number in numbers]
    kinds = [leaf("cbc:CommodityCode", code) for code in line.extensions.item_type_codes]
    natures = [leaf("cbc:NatureCode", line.extensions.item_nature_code)]
    rows = zip_longest(natures, kinds, numbers, fillvalue="")
    return [branch(_TAG, *row) for row in rows]


CLASSIFICATIONS = Odd(
    (_TAG,),
    _read,
    _write,
    plain=(
        Each(
            _TAG,
            "item_classification_identifiers",
            Value("cbc:ItemClassificationCode", "", _CLASSIFICATION),
        ),
    ),
)
"""BT-158 with BTAE-09 and BTAE-13."""

ADDITIONAL_IDENTIFIERS = Nested(
    "cac:AdditionalItemIdentification",
    "extensions.additional_item_identifiers",
    Shape(
        AdditionalItemIdentifier,
        Value(  # BTAE-17, BTOM-033
            "cbc:ID", "value", CODE, {"schemeName": "scheme", "schemeID": "scheme_identifier"}
        ),
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
