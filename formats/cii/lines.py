"""What: the lines (BG-25 to BG-32)."""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    Branch,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.kinds import attribute_of
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.allowances import LINE_LEVEL
from formats.cii.extensions import party
from formats.cii.items import PRODUCT
from formats.cii.kinds import AMOUNT, date
from formats.cii.line_details import (
    DELIVERY,
    DELIVERY_TERMS,
    FURTHER_TAXES,
    PLACE,
    PRICE_REDUCTIONS,
    PRICE_TAXES,
    TOTALS,
)
from formats.cii.line_references import (
    AGREEMENT_REFERENCES,
    CUSTOMER_ORDERS,
    DELIVERY_REFERENCES,
    SETTLEMENT_REFERENCES,
)
from formats.cii.names import BINDING
from formats.cii.vat import tax_category
from formats.en16931.line import Line
from formats.en16931.money import EXACT, MAX_DIGITS, add

_UNIT = {"unitCode": "item_price_base_quantity_unit_code"}  # BT-150


def _write_gross_price(line: Line, _context: WriteContext) -> tuple[str, ...]:
    """Write the gross price that discounts and charges lead from to the net: CII demands it."""
    net, discount, extensions = line.item_net_price, line.item_price_discount, line.extensions
    charges: list[Decimal | None] = []
    discounts = [discount]
    if extensions is not None:
        discounts += [entry.amount for entry in extensions.additional_item_price_discounts]
        charges += [entry.amount for entry in extensions.item_price_charges]
    if line.item_gross_price is not None or net is None:
        return ()
    if all(amount is None for amount in (*discounts, *charges)):
        return ()
    gross = EXACT.subtract(add((net, *discounts)), add(charges))
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
        Value("ram:ChargeAmount", "item_gross_price", AMOUNT),  # BT-148
        Odd((), lambda *_: None, _write_gross_price),
        Value(
            _BASIS,
            "extensions.item_gross_price_base_quantity",  # BT-149-1
            DECIMAL,
            {"unitCode": "extensions.item_gross_price_base_quantity_unit_code"},  # BT-150-1
            when=_differs_from_net,
        ),
        Odd((_BASIS,), _read_gross_quantity, _write_gross_quantity),
        *PRICE_REDUCTIONS,  # BT-147
    ),
    Branch(
        "ram:NetPriceProductTradePrice",
        Value("ram:ChargeAmount", "item_net_price", AMOUNT),  # BT-146
        Value(_BASIS, "item_price_base_quantity", DECIMAL, _UNIT),  # BT-149
        PRICE_TAXES,  # BG-X-4
    ),
)
"""BG-29."""

LINE = Shape(
    Line,
    Branch(
        "ram:AssociatedDocumentLineDocument",
        Value("ram:LineID", "identifier", CODE),  # BT-126
        *PLACE,  # BT-127, BT-X-304
        always=True,
    ),
    PRODUCT,
    Branch(
        "ram:SpecifiedLineTradeAgreement",
        DELIVERY_TERMS,  # BG-X-87
        *AGREEMENT_REFERENCES,  # BT-132
        *_PRICES,
        party("ram:ItemSellerTradeParty", "extensions.item_seller"),  # BG-X-90
        CUSTOMER_ORDERS,  # BG-X-5
    ),
    Branch(
        "ram:SpecifiedLineTradeDelivery",
        Value(  # BT-129 with BT-130
            "ram:BilledQuantity", "invoiced_quantity", DECIMAL, {"unitCode": "unit_code"}
        ),
        *DELIVERY,
        *DELIVERY_REFERENCES,
    ),
    Branch(
        "ram:SpecifiedLineTradeSettlement",
        tax_category(  # BG-30
            "ram:ApplicableTradeTax",
            "vat_category_code",
            "vat_rate",
            amount="extensions.vat_category_tax_amount",
            reason="extensions.vat_exemption_reason_text",
            reason_code="extensions.vat_exemption_reason_code",
            due="extensions.value_added_tax_point_date_code",
        ),
        FURTHER_TAXES,
        Branch(
            "ram:BillingSpecifiedPeriod",
            date("ram:StartDateTime", "period.start_date"),  # BT-134
            date("ram:EndDateTime", "period.end_date"),  # BT-135
        ),
        *LINE_LEVEL,  # BG-27, BG-28
        TOTALS,  # BT-131
        *SETTLEMENT_REFERENCES,  # BT-128, BT-133
        always=True,
    ),
)
"""BG-25."""
