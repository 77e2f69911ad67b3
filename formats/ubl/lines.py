"""What: the lines (BG-25 to BG-32)."""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DATE,
    DECIMAL,
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
    identifier,
)
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.line import ItemAttribute, Line, LinePeriod
from formats.en16931.money import MAX_DIGITS
from formats.en16931.totals import price_discount
from formats.ubl.allowances import LINE_LEVEL, indicator, is_allowance
from formats.ubl.names import BINDING, INVOICED_OBJECT, Root
from formats.ubl.vat import tax_category

_QUANTITIES = {Root.INVOICE: "cbc:InvoicedQuantity", Root.CREDIT_NOTE: "cbc:CreditedQuantity"}


def _is_invoiced_object(element: etree._Element, _context: ReadContext) -> bool:
    """A reference without a type is taken for BT-128, as a line has no other."""
    return BINDING.first(element, "cbc:DocumentTypeCode") in (None, INVOICED_OBJECT)


_PERIOD = Shape(
    LinePeriod,
    Value("cbc:StartDate", "start_date", DATE),  # BT-134
    Value("cbc:EndDate", "end_date", DATE),  # BT-135
)

_DISCOUNT = Shape(
    Line,
    indicator(charge=False),  # PEPPOL-EN16931-R044
    Value("cbc:Amount", "item_price_discount", AMOUNT),  # BT-147
    Value("cbc:BaseAmount", "item_gross_price", AMOUNT),  # BT-148
)


def _read_discount(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read the first allowance on the price; a charge on a price is no business term."""
    taken = False
    for node in nodes:
        if not taken and is_allowance(node, context):
            values |= BINDING.values(_DISCOUNT, node, context)
            taken = True
        else:
            context.unread(node)


def _write_discount(line: Line, context: WriteContext) -> Sequence[str]:
    """Write BT-147 and BT-148; UBL demands the amount beside the gross price."""
    discount, gross = line.item_price_discount, line.item_gross_price
    if discount is None and gross is not None and line.item_net_price is not None:
        discount = price_discount(gross, line.item_net_price)
        if len(discount.as_tuple().digits) > MAX_DIGITS:  # nobody could read it
            discount = None
    if discount is None and gross is None:
        return ()
    return (
        branch(
            "cac:AllowanceCharge",
            leaf("cbc:ChargeIndicator", "false"),
            _price("cbc:Amount", discount, context),
            _price("cbc:BaseAmount", gross, context),
        ),
    )


def _price(tag: str, amount: Decimal | None, context: WriteContext) -> str:
    currency = context.invoice.currency_code or ""
    return "" if amount is None else leaf(tag, format(amount, "f"), currencyID=currency)


_ITEM = Branch(
    "cac:Item",
    Value("cbc:Description", "item_description"),  # BT-154
    Value("cbc:Name", "item_name"),  # BT-153
    Branch("cac:BuyersItemIdentification", Value("cbc:ID", "item_buyers_identifier", CODE)),
    Branch("cac:SellersItemIdentification", Value("cbc:ID", "item_sellers_identifier", CODE)),
    Branch(
        "cac:StandardItemIdentification",
        Value("cbc:ID", "item_standard_identifier", IDENTIFIER),  # BT-157
    ),
    Branch(
        "cac:OriginCountry",
        Value("cbc:IdentificationCode", "item_country_of_origin", CODE),  # BT-159
    ),
    Each(
        "cac:CommodityClassification",
        "item_classification_identifiers",
        Value("cbc:ItemClassificationCode", "", identifier("listID", "listVersionID")),  # BT-158
    ),
    tax_category("cac:ClassifiedTaxCategory", "vat_category_code", "vat_rate"),  # BG-30
    Nested(
        "cac:AdditionalItemProperty",
        "item_attributes",
        Shape(
            ItemAttribute,
            Value("cbc:Name", "name"),  # BT-160
            Value("cbc:Value", "value"),  # BT-161
        ),
    ),
    always=True,  # UBL demands it
)
"""BG-31, with BG-30 and BG-32."""

_PRICE = Branch(
    "cac:Price",
    Value("cbc:PriceAmount", "item_net_price", AMOUNT),  # BT-146
    Value(
        "cbc:BaseQuantity",
        "item_price_base_quantity",  # BT-149
        DECIMAL,
        {"unitCode": "item_price_base_quantity_unit_code"},  # BT-150
    ),
    Odd(("cac:AllowanceCharge",), _read_discount, _write_discount),
)
"""BG-29."""


def _line(root: Root) -> Shape:
    """BG-25; the two documents name its quantity differently."""
    return Shape(
        Line,
        Value("cbc:ID", "identifier", CODE),  # BT-126
        Value("cbc:Note", "note"),  # BT-127
        # BT-129 with BT-130
        Value(_QUANTITIES[root], "invoiced_quantity", DECIMAL, {"unitCode": "unit_code"}),
        Value("cbc:LineExtensionAmount", "net_amount", AMOUNT),  # BT-131
        Value("cbc:AccountingCost", "buyer_accounting_reference"),  # BT-133
        Nested("cac:InvoicePeriod", "period", _PERIOD),  # BG-26
        Branch(
            "cac:OrderLineReference",
            Value("cbc:LineID", "referenced_purchase_order_line_reference", CODE),  # BT-132
        ),
        Branch(
            "cac:DocumentReference",
            Value("cbc:ID", "object_identifier", IDENTIFIER),  # BT-128
            Constant("cbc:DocumentTypeCode", INVOICED_OBJECT),
            when=_is_invoiced_object,
        ),
        *LINE_LEVEL,  # BG-27, BG-28
        _ITEM,
        _PRICE,
    )


LINES = {root: Nested(f"cac:{root.value}Line", "lines", _line(root)) for root in Root}
"""BG-25 to BG-32, by document."""
