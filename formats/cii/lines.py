"""What: the lines (BG-25 to BG-32)."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    TEXT,
    Branch,
    Constant,
    Each,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
    identifier,
)
from formats.binding.kinds import attribute_of
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.allowances import LINE_LEVEL
from formats.cii.kinds import date, is_no_charge
from formats.cii.names import BINDING
from formats.cii.references import invoiced_object
from formats.cii.vat import tax_category
from formats.en16931.line import ItemAttribute, Line
from formats.en16931.money import EXACT, MAX_DIGITS

_ATTRIBUTE = Shape(
    ItemAttribute,
    Value("ram:Description", "name", TEXT),  # BT-160
    Value("ram:Value", "value", TEXT),  # BT-161
)

_PRODUCT = Branch(
    "ram:SpecifiedTradeProduct",
    Value("ram:GlobalID", "item_standard_identifier", identifier()),  # BT-157
    Value("ram:SellerAssignedID", "item_sellers_identifier", CODE),  # BT-155
    Value("ram:BuyerAssignedID", "item_buyers_identifier", CODE),  # BT-156
    Value("ram:Name", "item_name", TEXT),  # BT-153
    Value("ram:Description", "item_description", TEXT),  # BT-154
    Nested("ram:ApplicableProductCharacteristic", "item_attributes", _ATTRIBUTE),  # BG-32
    Each(
        "ram:DesignatedProductClassification",
        "item_classification_identifiers",
        Value("ram:ClassCode", "", identifier("listID", "listVersionID")),  # BT-158
    ),
    Branch("ram:OriginTradeCountry", Value("ram:ID", "item_country_of_origin", CODE)),  # BT-159
)
"""BG-31."""

_UNIT = {"unitCode": "item_price_base_quantity_unit_code"}  # BT-150


def _write_gross_price(line: Line, _context: WriteContext) -> tuple[str, ...]:
    """Write the gross price that follows from a discount (BT-147): CII demands it there."""
    net, discount = line.item_net_price, line.item_price_discount
    if line.item_gross_price is not None or net is None or discount is None:
        return ()
    gross = EXACT.add(net, discount)
    if len(gross.as_tuple().digits) > MAX_DIGITS:  # nobody could read it
        return ()
    return (leaf("ram:ChargeAmount", format(gross, "f")),)


_BASIS = "ram:BasisQuantity"
_NET = BINDING.clark("ram:NetPriceProductTradePrice")


def _differs_from_net(quantity: etree._Element, context: ReadContext) -> bool:
    """Tell whether the base quantity of a gross price is not that of the net price beside it."""
    price = quantity.getparent()
    parent = price.getparent() if price is not None else None
    net = parent.find(f"{_NET}/{BINDING.clark(_BASIS)}") if parent is not None else None
    if net is None:
        return False
    if _unit(net) != _unit(quantity):
        return True
    return bool(DECIMAL.read(net, context) != DECIMAL.read(quantity, context))


def _unit(node: etree._Element) -> str | None:
    return attribute_of(node, "unitCode")


def _read_gross_quantity(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Read BT-149 and BT-150 where the net price has none; they are the same for both prices."""
    node, *others = nodes
    if "item_price_base_quantity" not in values:
        values["item_price_base_quantity"] = DECIMAL.read(node, context)
        if (unit := _unit(node)) is not None:
            values["item_price_base_quantity_unit_code"] = unit
    for other in others:
        context.unread(other)


def _write_gross_quantity(line: Line, _context: WriteContext) -> tuple[str, ...]:
    """Write BT-149 and BT-150 with the gross price too, when there is one without its own."""
    quantity = line.item_price_base_quantity
    if quantity is None or (line.item_gross_price is None and line.item_price_discount is None):
        return ()
    if line.extensions is not None and line.extensions.item_gross_price_base_quantity is not None:
        return ()
    unit = line.item_price_base_quantity_unit_code
    return (leaf(_BASIS, format(quantity, "f"), unitCode=unit),)


_PRICES = (
    Branch(
        "ram:GrossPriceProductTradePrice",
        Value("ram:ChargeAmount", "item_gross_price", DECIMAL),  # BT-148
        Odd((), lambda *_: None, _write_gross_price),
        Value(
            _BASIS,
            "extensions.item_gross_price_base_quantity",  # BT-149-1
            DECIMAL,
            {"unitCode": "extensions.item_gross_price_base_quantity_unit_code"},  # BT-150-1
            when=_differs_from_net,
        ),
        Odd((_BASIS,), _read_gross_quantity, _write_gross_quantity),
        Branch(
            "ram:AppliedTradeAllowanceCharge",
            Branch("ram:ChargeIndicator", Constant("udt:Indicator", "false")),
            Value("ram:ActualAmount", "item_price_discount", DECIMAL),  # BT-147
            when=is_no_charge,
        ),
    ),
    Branch(
        "ram:NetPriceProductTradePrice",
        Value("ram:ChargeAmount", "item_net_price", DECIMAL),  # BT-146
        Value(_BASIS, "item_price_base_quantity", DECIMAL, _UNIT),  # BT-149
    ),
)
"""BG-29."""

LINE = Shape(
    Line,
    Branch(
        "ram:AssociatedDocumentLineDocument",
        Value("ram:LineID", "identifier", CODE),  # BT-126
        Branch("ram:IncludedNote", Value("ram:Content", "note", TEXT), merges=True),  # BT-127
        always=True,
    ),
    _PRODUCT,
    Branch(
        "ram:SpecifiedLineTradeAgreement",
        Branch(
            "ram:BuyerOrderReferencedDocument",
            Value("ram:LineID", "referenced_purchase_order_line_reference", CODE),  # BT-132
        ),
        *_PRICES,
    ),
    Branch(
        "ram:SpecifiedLineTradeDelivery",
        Value(  # BT-129 with BT-130
            "ram:BilledQuantity", "invoiced_quantity", DECIMAL, {"unitCode": "unit_code"}
        ),
    ),
    Branch(
        "ram:SpecifiedLineTradeSettlement",
        tax_category("ram:ApplicableTradeTax", "vat_category_code", "vat_rate"),  # BG-30
        Branch(
            "ram:BillingSpecifiedPeriod",
            date("ram:StartDateTime", "period.start_date"),  # BT-134
            date("ram:EndDateTime", "period.end_date"),  # BT-135
        ),
        *LINE_LEVEL,  # BG-27, BG-28
        Branch(
            "ram:SpecifiedTradeSettlementLineMonetarySummation",
            Value("ram:LineTotalAmount", "net_amount", DECIMAL),  # BT-131
        ),
        invoiced_object("object_identifier"),  # BT-128
        Branch(
            "ram:ReceivableSpecifiedTradeAccountingAccount",
            Value("ram:ID", "buyer_accounting_reference", TEXT),  # BT-133
        ),
        always=True,
    ),
)
"""BG-25."""
