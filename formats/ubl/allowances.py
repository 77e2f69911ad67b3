"""Allowances and charges: BG-20 and BG-21 of the document, BG-27 and BG-28 of a line."""

from lxml import etree

from formats.binding import AMOUNT, CODE, DECIMAL, Constant, Nested, ReadContext, Shape, Value
from formats.binding.kinds import typed
from formats.binding.nodes import Node
from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.group import Group
from formats.en16931.line import LineAllowance, LineCharge
from formats.ubl.names import BINDING
from formats.ubl.vat import tax_category
from formats.xml import xs_boolean

_TRUE = ("true", "1")
_FALSE = ("false", "0")
_INDICATOR = BINDING.clark("cbc:ChargeIndicator")
_boolean = typed(xs_boolean)


def is_charge(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether an allowance or charge is a charge."""
    found = element.find(_INDICATOR)
    return found is not None and _boolean(found, context)


def is_allowance(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether an allowance or charge is an allowance."""
    return not is_charge(element, context)


def indicator(*, charge: bool) -> Constant:
    """Return what tells a charge from an allowance."""
    text, other = _TRUE if charge else _FALSE
    return Constant("cbc:ChargeIndicator", text, same=frozenset({other}))


def _shape(model: type[Group], *, charge: bool, category: bool) -> Shape:
    further: tuple[Node, ...] = ()
    if category:  # BT-95 and BT-96, BT-102 and BT-103
        further = (tax_category("cac:TaxCategory", "vat_category_code", "vat_rate"),)
    return Shape(
        model,
        indicator(charge=charge),
        Value("cbc:AllowanceChargeReasonCode", "reason_code", CODE),  # BT-98, 105, 140, 145
        Value("cbc:AllowanceChargeReason", "reason"),  # BT-97, 104, 139, 144
        Value("cbc:MultiplierFactorNumeric", "percentage", DECIMAL),  # BT-94, 101, 138, 143
        Value("cbc:Amount", "amount", AMOUNT),  # BT-92, 99, 136, 141
        Value("cbc:BaseAmount", "base_amount", AMOUNT),  # BT-93, 100, 137, 142
        *further,
    )


DOCUMENT_LEVEL = (
    Nested(
        "cac:AllowanceCharge",
        "document_level_allowances",
        _shape(DocumentLevelAllowance, charge=False, category=True),
        when=is_allowance,
    ),
    Nested(
        "cac:AllowanceCharge",
        "document_level_charges",
        _shape(DocumentLevelCharge, charge=True, category=True),
        when=is_charge,
    ),
)
"""BG-20 and BG-21."""

LINE_LEVEL = (
    Nested(
        "cac:AllowanceCharge",
        "allowances",
        _shape(LineAllowance, charge=False, category=False),
        when=is_allowance,
    ),
    Nested(
        "cac:AllowanceCharge",
        "charges",
        _shape(LineCharge, charge=True, category=False),
        when=is_charge,
    ),
)
"""BG-27 and BG-28."""
