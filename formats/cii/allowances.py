"""Allowances and charges: BG-20 and BG-21 of the document, BG-27 and BG-28 of a line."""

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    TEXT,
    Branch,
    Constant,
    Nested,
    Node,
    ReadContext,
    Shape,
    Value,
)
from formats.binding.kinds import attribute_of
from formats.cii.kinds import AMOUNT, charges
from formats.cii.vat import tax_category
from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.group import Group
from formats.en16931.line import LineAllowance, LineCharge

TAX_TYPES = "5153"
"""The code list (UNTDID) whose codes say that a charge is a tax: BT-177, BT-193."""


def is_tax_type(element: etree._Element, _context: ReadContext) -> bool:
    """Tell whether a reason code says which tax a charge is."""
    return attribute_of(element, "listID") == TAX_TYPES


_TAX_TYPE = Value(
    "ram:ReasonCode",
    "extensions.tax_type_code",
    CODE,
    constants={"listID": TAX_TYPES},
    when=is_tax_type,
)


def _entries(field: str, model: type[Group], *nodes: Node, charge: bool) -> Nested:
    indicator = Constant("udt:Indicator", "true" if charge else "false")
    sequence: tuple[Node, ...] = ()
    quantity: tuple[Node, ...] = ()
    if nodes:  # of the document
        sequence = (Value("ram:SequenceNumeric", "extensions.sequence", DECIMAL),)
        quantity = (
            Value(
                "ram:BasisQuantity",
                "extensions.base_quantity",
                DECIMAL,
                {"unitCode": "extensions.base_quantity_unit_code"},
            ),
        )
    shape = Shape(
        model,
        Branch("ram:ChargeIndicator", indicator),
        *sequence,
        Value("ram:CalculationPercent", "percentage", DECIMAL),  # BT-94, 101, 138, 143
        Value("ram:BasisAmount", "base_amount", AMOUNT),  # BT-93, 100, 137, 142
        *quantity,
        Value("ram:ActualAmount", "amount", AMOUNT),  # BT-92, 99, 136, 141
        *((_TAX_TYPE,) if charge else ()),
        Value("ram:ReasonCode", "reason_code", CODE),  # BT-98, 105, 140, 145
        Value("ram:Reason", "reason", TEXT),  # BT-97, 104, 139, 144
        *nodes,
    )
    return Nested(
        "ram:SpecifiedTradeAllowanceCharge",
        field,
        shape,
        when=charges(charge=charge),
        counted=True,
    )


_CATEGORY = tax_category(
    "ram:CategoryTradeTax",
    "vat_category_code",
    "vat_rate",
    reason="extensions.exemption_reason_text",
    reason_code="extensions.exemption_reason_code",
)
"""BT-95 and BT-96, BT-102 and BT-103."""

DOCUMENT_LEVEL = (
    _entries("document_level_allowances", DocumentLevelAllowance, _CATEGORY, charge=False),
    _entries("document_level_charges", DocumentLevelCharge, _CATEGORY, charge=True),
)
"""BG-20 and BG-21."""

LINE_LEVEL = (
    _entries("allowances", LineAllowance, charge=False),
    _entries("charges", LineCharge, charge=True),
)
"""BG-27 and BG-28."""
