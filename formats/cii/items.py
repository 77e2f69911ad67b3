"""The item of a line: BG-31 and BG-32, with what Factur-X EXTENDED adds."""

from collections.abc import Sequence
from itertools import zip_longest

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    TEXT,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
    identifier,
)
from formats.binding.kinds import text_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.cii.extensions import party, repeated
from formats.cii.names import BINDING
from formats.en16931.extensions.item import IncludedProduct, ItemInstance
from formats.en16931.line import ItemAttribute, Line

_ATTRIBUTE = Shape(
    ItemAttribute,
    Value("ram:TypeCode", "extensions.code", CODE),  # BT-X-11
    Value("ram:Description", "name", TEXT),  # BT-160
    Value(  # BT-X-12
        "ram:ValueMeasure",
        "extensions.measure",
        DECIMAL,
        {"unitCode": "extensions.measure_unit_code"},
    ),
    Value("ram:Value", "value", TEXT),  # BT-161
)

_CLASSIFICATION = identifier("listID", "listVersionID")
_CLASS = "ram:DesignatedProductClassification"


def _read_classes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-158 with BT-X-13, the name of each."""
    numbers, names = [], []
    for node in nodes:
        context.attributes(node)
        number = name = None
        for inner in node.iterchildren(etree.Element):
            if inner.tag == BINDING.clark("ram:ClassCode") and number is None:
                context.attributes(inner, *_CLASSIFICATION.attributes)
                number = _CLASSIFICATION.read(inner, context)
            elif inner.tag == BINDING.clark("ram:ClassName") and name is None:
                context.attributes(inner)
                name = text_of(inner)
            else:
                context.unread(inner)
        if number is not None:
            numbers.append(number)
            names.append(name or "")
        elif name is not None:
            context.unread(node)
    if numbers:
        values["item_classification_identifiers"] = numbers
    if any(names):
        values.setdefault("extensions", {})["item_classification_names"] = names


def _write_classes(line: Line, _context: WriteContext) -> Sequence[str]:
    names = () if line.extensions is None else line.extensions.item_classification_names
    codes = [
        leaf(
            "ram:ClassCode",
            number.value,
            listID=number.scheme_identifier,
            listVersionID=number.scheme_version_identifier,
        )
        for number in line.item_classification_identifiers
    ]
    return [
        branch(_CLASS, code, leaf("ram:ClassName", name))
        for code, name in zip_longest(codes, names[: len(codes)], fillvalue="")
        if code
    ]


_INSTANCE = Shape(
    ItemInstance,
    Value("ram:BatchID", "batch_identifier", CODE),  # BT-X-306
    Value("ram:SupplierAssignedSerialID", "serial_identifier", CODE),  # BT-X-307
)

_INCLUDED = Shape(
    IncludedProduct,
    Value("ram:ID", "identifier", CODE),  # BT-X-308
    repeated("ram:GlobalID", "standard_identifiers"),  # BT-X-15
    Value("ram:SellerAssignedID", "sellers_identifier", CODE),  # BT-X-16
    Value("ram:BuyerAssignedID", "buyers_identifier", CODE),  # BT-X-17
    Value("ram:IndustryAssignedID", "industry_identifier", CODE),  # BT-X-309
    Value("ram:Name", "name", TEXT),  # BT-X-18
    Value("ram:Description", "description", TEXT),  # BT-X-19
    Value("ram:UnitQuantity", "quantity", DECIMAL, {"unitCode": "quantity_unit_code"}),
)

PRODUCT = Branch(
    "ram:SpecifiedTradeProduct",
    Value("ram:ID", "extensions.item_identifier", CODE),  # BT-X-305
    Value("ram:GlobalID", "item_standard_identifier", identifier()),  # BT-157
    Value("ram:SellerAssignedID", "item_sellers_identifier", CODE),  # BT-155
    Value("ram:BuyerAssignedID", "item_buyers_identifier", CODE),  # BT-156
    Value("ram:IndustryAssignedID", "extensions.item_industry_identifier", CODE),  # BT-X-532
    Value("ram:ModelID", "extensions.item_model_identifier", CODE),  # BT-X-533
    Value("ram:Name", "item_name", TEXT),  # BT-153
    Value("ram:Description", "item_description", TEXT),  # BT-154
    repeated("ram:BatchID", "extensions.item_batch_identifiers"),  # BT-X-534
    Value("ram:BrandName", "extensions.item_brand_name", TEXT),  # BT-X-535
    Value("ram:ModelName", "extensions.item_model_name", TEXT),  # BT-X-536
    Nested("ram:ApplicableProductCharacteristic", "item_attributes", _ATTRIBUTE),  # BG-32
    Odd((_CLASS,), _read_classes, _write_classes),  # BT-158
    Nested("ram:IndividualTradeProductInstance", "extensions.item_instances", _INSTANCE),
    Branch("ram:OriginTradeCountry", Value("ram:ID", "item_country_of_origin", CODE)),  # BT-159
    party("ram:ManufacturerTradeParty", "extensions.item_manufacturer"),  # BG-X-93
    Nested("ram:IncludedReferencedProduct", "extensions.included_products", _INCLUDED),
)
"""BG-31."""
