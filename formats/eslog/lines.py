"""What: the lines (BG-25 to BG-32), each a group of segments."""

from decimal import Decimal

from formats.en16931.line import Line
from formats.en16931.money import EXACT
from formats.eslog import money
from formats.eslog.head import (
    period_days,
    reference,
    schemed,
)
from formats.eslog.nodes import (
    Node,
    leaf,
    node,
    number,
    segment,
)
from formats.eslog.texts import free_text, pieces

GROUPS = ("G_SG39", "G_SG41", "G_SG42")
NOTE, ATTRIBUTE = "ACB", "ACF"
NAME, DESCRIPTION = "F", "A"
SELLERS, BUYERS = ("5", "SA"), ("5", "IN")
CLASS = "1"
NET_PRICE, GROSS_PRICE, DISCOUNT = "AAA", "AAB", "509"
ORDER, ACCOUNTING = "ON", "AWQ"
NET, GROSS, TAXABLE, TAX = "203", "38", "125", "124"
_HALF = 256


def written(line: Line) -> Node:
    """Return a line."""
    standard = line.item_standard_identifier
    quantity = number("D_6060", line.invoiced_quantity)
    counted = quantity and node(
        "C_C186", leaf("D_6063", "47"), quantity, leaf("D_6411", line.unit_code)
    )
    return segment(
        "G_SG26",
        segment(
            "S_LIN",
            leaf("D_1082", line.identifier),
            node(
                "C_C212",
                leaf("D_7140", standard.value if standard else None),
                leaf("D_7143", standard.scheme_identifier if standard else None),
            ),
        ),
        *_item(line),
        node("S_QTY", counted),
        node("S_ALI", leaf("D_3239", line.item_country_of_origin)),
        *period_days(line.period),
        free_text(NOTE, *pieces(line.note)),
        *(free_text(ATTRIBUTE, one.name, one.value) for one in line.item_attributes),
        money.amount("G_SG27", NET, line.net_amount),
        money.amount("G_SG27", GROSS, _with_vat(line)),
        _price(NET_PRICE, line.item_net_price, line),
        _price(GROSS_PRICE, line.item_gross_price, line),
        *_references(line),
        _vat(line),
        *(money.adjustment(one, charge=False, groups=GROUPS) for one in line.allowances),
        _price_discount(line.item_price_discount),
        *(money.adjustment(one, charge=True, groups=GROUPS) for one in line.charges),
    )


def _item(line: Line) -> list[Node | None]:
    text = line.item_description or ""
    return [
        _product(SELLERS[0], line.item_sellers_identifier, SELLERS[1]),
        _product(BUYERS[0], line.item_buyers_identifier, BUYERS[1]),
        *(
            _product(CLASS, one.value, one.scheme_identifier)
            for one in line.item_classification_identifiers
        ),
        _described(NAME, line.item_name),
        # The second element goes on where the first one ends.
        _described(DESCRIPTION, *((text[:_HALF], text[_HALF:]) if text.strip() else ())),
    ]


def _product(qualifier: str, value: str | None, scheme: str | None) -> Node | None:
    told = leaf("D_7140", value)
    kind = leaf("D_4347", qualifier)
    return told and node("S_PIA", kind, node("C_C212", told, leaf("D_7143", scheme)))


def _described(qualifier: str, *texts: str | None) -> Node | None:
    first, *others = texts or (None,)
    told = leaf("D_7008", first)
    more = leaf("D_7008_2", others[0]) if others else None
    return told and node("S_IMD", leaf("D_7077", qualifier), node("C_C273", told, more))


def _references(line: Line) -> list[Node | None]:
    order = line.referenced_purchase_order_line_reference
    return [
        node("G_SG30", schemed(line.object_identifier)),
        node("G_SG30", reference(ORDER, order, "D_1156")),
        node("G_SG30", reference(ACCOUNTING, line.buyer_accounting_reference)),
    ]


def _price(qualifier: str, price: Decimal | None, line: Line) -> Node | None:
    told = number("D_5118", price)
    return told and node(
        "G_SG29",
        node(
            "S_PRI",
            node(
                "C_C509",
                leaf("D_5125", qualifier),
                told,
                number("D_5284", line.item_price_base_quantity),
                leaf("D_6411", line.item_price_base_quantity_unit_code),
            ),
        ),
    )


def _price_discount(value: Decimal | None) -> Node | None:
    inner = money.amount("G_SG42", DISCOUNT, value)
    return inner and node("G_SG39", node("S_ALC", leaf("D_5463", "A")), inner)


def _tax_of(line: Line) -> Decimal | None:
    """Return the VAT of a line, which e-SLOG states; it follows from the terms of EN 16931."""
    if line.net_amount is None or line.vat_category_code is None:
        return None
    return money.of_a_line(line.net_amount, line.vat_rate)


def _with_vat(line: Line) -> Decimal | None:
    due = _tax_of(line)
    return None if due is None else EXACT.add(line.net_amount or Decimal(0), due)


def _vat(line: Line) -> Node | None:
    head = money.tax(line.vat_category_code, line.vat_rate)
    due = _tax_of(line)
    base = None if due is None else line.net_amount
    return head and node("G_SG34", head, money.money(TAXABLE, base), money.money(TAX, due))
