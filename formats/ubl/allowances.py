"""Allowances and charges: BG-20 and BG-21 of the document, BG-27 and BG-28 of a line."""

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DECIMAL,
    Branch,
    Constant,
    Nested,
    ReadContext,
    Shape,
    Value,
)
from formats.binding.kinds import attribute_of, typed
from formats.binding.nodes import Node
from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.group import Group
from formats.en16931.line import LineAllowance, LineCharge
from formats.lexical import xs_boolean
from formats.ubl.names import BINDING
from formats.ubl.vat import exemption, tax_category

_TRUE = ("true", "1")
_FALSE = ("false", "0")
_INDICATOR = BINDING.clark("cbc:ChargeIndicator")
_boolean = typed(xs_boolean)


def is_charge(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether an allowance or charge is a charge."""
    for found in element.iterchildren(_INDICATOR):
        return found.text == "true" or (found.text != "false" and _boolean(found, context))
    return False


def is_allowance(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether an allowance or charge is an allowance."""
    return not is_charge(element, context)


def indicator(*, charge: bool) -> Constant:
    """Return what tells a charge from an allowance."""
    text, other = _TRUE if charge else _FALSE
    return Constant("cbc:ChargeIndicator", text, same=frozenset({other}))


_REASON_LIST = "5153"
"""The code list (UNTDID) whose codes say that a charge is a tax: BT-177, BT-193."""


def _is_tax_type(element: etree._Element, _context: ReadContext) -> bool:
    return attribute_of(element, "listID") == _REASON_LIST


def _shape(model: type[Group], *further: Node, charge: bool) -> Shape:
    reason = Value("cbc:AllowanceChargeReasonCode", "reason_code", CODE)  # BT-98, 105, 140, 145
    tax_type = Value(  # BT-177, BT-193
        "cbc:AllowanceChargeReasonCode",
        "extensions.tax_type_code",
        CODE,
        constants={"listID": _REASON_LIST},
        when=_is_tax_type,
    )
    return Shape(
        model,
        indicator(charge=charge),
        *((tax_type, reason) if charge else (reason,)),
        Value("cbc:AllowanceChargeReason", "reason"),  # BT-97, 104, 139, 144
        Value("cbc:MultiplierFactorNumeric", "percentage", DECIMAL),  # BT-94, 101, 138, 143
        Value("cbc:Amount", "amount", AMOUNT),  # BT-92, 99, 136, 141
        Value("cbc:BaseAmount", "base_amount", AMOUNT),  # BT-93, 100, 137, 142
        *further,
    )


def _category(*, name: str | None = None) -> Branch:
    """Return BT-95 and BT-96, BT-102 and BT-103, with BT-173 to BT-176."""
    return tax_category(
        "cac:TaxCategory",
        "vat_category_code",
        "vat_rate",
        *exemption("extensions.exemption_reason_code", "extensions.exemption_reason_text"),
        name=name,
    )


DOCUMENT_LEVEL = (
    Nested(
        "cac:AllowanceCharge",
        "document_level_allowances",
        _shape(DocumentLevelAllowance, _category(), charge=False),
        when=is_allowance,
        counted=True,
    ),
    Nested(
        "cac:AllowanceCharge",
        "document_level_charges",
        _shape(DocumentLevelCharge, _category(name="extensions.vat_category_name"), charge=True),
        when=is_charge,
        counted=True,
    ),
)
"""BG-20 and BG-21."""

LINE_LEVEL = (
    Nested(
        "cac:AllowanceCharge",
        "allowances",
        _shape(LineAllowance, charge=False),
        when=is_allowance,
        counted=True,
    ),
    Nested(
        "cac:AllowanceCharge",
        "charges",
        _shape(LineCharge, charge=True),
        when=is_charge,
        counted=True,
    ),
)
"""BG-27 and BG-28."""
