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
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.line import LineExtensions
from formats.en16931.line import ItemAttribute, Line
from formats.en16931.money import MAX_DIGITS
from formats.en16931.sub_lines import MAX_LEVELS
from formats.en16931.totals import price_discount
from formats.ubl.allowances import LINE_LEVEL, indicator, is_allowance
from formats.ubl.demanded import demanded
from formats.ubl.extensions import TRADE_PARTY, take
from formats.ubl.items import ADDITIONAL_IDENTIFIERS, CLASSIFICATIONS, INSTANCES, SPECIFICATIONS
from formats.ubl.line_details import (
    ITEM_TAX_CATEGORIES,
    LINE_DELIVERY,
    LINE_DELIVERY_TERMS,
    LINE_TAXES,
    PRICE_EXTENSION,
    read_notes,
    write_notes,
)
from formats.ubl.line_references import LINE_REFERENCES
from formats.ubl.names import BINDING, Root
from formats.ubl.price_reductions import REDUCTIONS, write_reductions
from formats.ubl.vat import exemption, tax_category
from formats.xml import UnreadableDocumentError

_QUANTITIES = {Root.INVOICE: "cbc:InvoicedQuantity", Root.CREDIT_NOTE: "cbc:CreditedQuantity"}


_PERIOD = Branch(
    "cac:InvoicePeriod",
    Value("cbc:StartDate", "period.start_date", DATE),  # BT-134
    Value("cbc:EndDate", "period.end_date", DATE),  # BT-135
    Value(  # BT-X-589
        "cbc:DescriptionCode", "extensions.value_added_tax_point_date_code", CODE
    ),
)
"""BG-26; France tells the tax point of a line here too."""

_DISCOUNT = Shape(
    Line,
    indicator(charge=False),  # PEPPOL-EN16931-R044
    Value("cbc:AllowanceChargeReasonCode", "extensions.item_price_discount_reason_code", CODE),
    Value("cbc:AllowanceChargeReason", "extensions.item_price_discount_reason"),  # BT-X-36
    Value(  # BT-X-34
        "cbc:MultiplierFactorNumeric", "extensions.item_price_discount_percentage", DECIMAL
    ),
    Value("cbc:Amount", "item_price_discount", AMOUNT),  # BT-147
    Value("cbc:BaseAmount", "item_gross_price", AMOUNT),  # BT-148
)


def _read_discount(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read the first allowance on the price, then the charges and further allowances."""
    taken = False
    for node in nodes:
        allowance = is_allowance(node, context)
        if allowance and not taken:
            take(values, BINDING.values(_DISCOUNT, node, context))
            taken = True
        elif (found := BINDING.group(REDUCTIONS[not allowance], node, context)) is not None:
            name = "additional_item_price_discounts" if allowance else "item_price_charges"
            values.setdefault("extensions", {}).setdefault(name, []).append(found)


def _write_discount(line: Line, context: WriteContext) -> Sequence[str]:
    """Write BT-147 and BT-148; UBL demands the amount beside the gross price."""
    discount, gross = line.item_price_discount, line.item_gross_price
    if discount is None and gross is not None and line.item_net_price is not None:
        discount = price_discount(gross, line.item_net_price)
        if len(discount.as_tuple().digits) > MAX_DIGITS:  # nobody could read it
            discount = None
    extensions = line.extensions
    further = () if extensions is None else write_reductions(extensions, context)
    if discount is None and gross is None:
        return further
    return (
        branch(
            "cac:AllowanceCharge",
            leaf("cbc:ChargeIndicator", "false"),
            *(() if line.extensions is None else _why(line.extensions)),
            _price("cbc:Amount", discount, context),
            _price("cbc:BaseAmount", gross, context),
        ),
        *further,
    )


def _why(extensions: LineExtensions) -> Sequence[str]:
    """Write BT-X-313, BT-X-36 and BT-X-34."""
    percentage = extensions.item_price_discount_percentage
    return (
        leaf("cbc:AllowanceChargeReasonCode", extensions.item_price_discount_reason_code),
        leaf("cbc:AllowanceChargeReason", extensions.item_price_discount_reason),
        leaf(
            "cbc:MultiplierFactorNumeric", None if percentage is None else format(percentage, "f")
        ),
    )


def _price(tag: str, amount: Decimal | None, context: WriteContext) -> str:
    currency = context.invoice.currency_code or ""
    return "" if amount is None else leaf(tag, format(amount, "f"), currencyID=currency)


_ITEM = Branch(
    "cac:Item",
    Value("cbc:Description", "item_description"),  # BT-154
    Value(  # BT-X-561
        "cbc:PackQuantity",
        "extensions.units_per_package",
        DECIMAL,
        {"unitCode": "extensions.units_per_package_unit_code"},
    ),
    Value("cbc:Name", "item_name"),  # BT-153
    Value("cbc:AdditionalInformation", "extensions.item_additional_information"),
    Value("cbc:BrandName", "extensions.item_brand_name"),  # BT-X-535
    Value("cbc:ModelName", "extensions.item_model_name"),  # BT-X-536
    Branch("cac:BuyersItemIdentification", Value("cbc:ID", "item_buyers_identifier", CODE)),
    Branch("cac:SellersItemIdentification", Value("cbc:ID", "item_sellers_identifier", CODE)),
    Branch(
        "cac:StandardItemIdentification",
        Value("cbc:ID", "item_standard_identifier", IDENTIFIER),  # BT-157
    ),
    ADDITIONAL_IDENTIFIERS,
    SPECIFICATIONS,
    Branch(
        "cac:OriginCountry",
        Value("cbc:IdentificationCode", "item_country_of_origin", CODE),  # BT-159
    ),
    CLASSIFICATIONS,  # BT-158
    tax_category(  # BG-30
        "cac:ClassifiedTaxCategory",
        "vat_category_code",
        "vat_rate",
        *exemption("extensions.vat_exemption_reason_code", "extensions.vat_exemption_reason_text"),
        name="extensions.vat_category_name",
    ),
    ITEM_TAX_CATEGORIES,
    Nested(
        "cac:AdditionalItemProperty",
        "item_attributes",
        Shape(
            ItemAttribute,
            Value("cbc:Name", "name"),  # BT-160
            demanded("cbc:Name", "name"),
            Value("cbc:NameCode", "extensions.code", CODE),  # BT-X-11
            Value("cbc:Value", "value"),  # BT-161
            Value(  # BT-X-12
                "cbc:ValueQuantity",
                "extensions.measure",
                DECIMAL,
                {"unitCode": "extensions.measure_unit_code"},
            ),
        ),
    ),
    Nested("cac:ManufacturerParty", "extensions.item_seller", TRADE_PARTY),  # BG-X-90
    INSTANCES,  # BG-X-84
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


def _few_levels(element: etree._Element, _context: ReadContext) -> bool:
    if len(list(element.iterancestors(str(element.tag)))) >= MAX_LEVELS:
        raise UnreadableDocumentError(
            "too-deep",
            f"Sub lines stand in each other on more than {MAX_LEVELS} levels.",
            element.sourceline,
        )
    return True


def _line(root: Root) -> Shape:
    """BG-25; the two documents name its quantity differently, and order some terms."""
    amounts = (*LINE_LEVEL, LINE_TAXES) if root is Root.INVOICE else (LINE_TAXES, *LINE_LEVEL)
    return Shape(
        Line,
        Value("cbc:ID", "identifier", CODE),  # BT-126
        demanded("cbc:ID", "identifier"),
        # BT-127, BT-X-10
        Odd(("cbc:Note",), read_notes, write_notes, plain=(Value("cbc:Note", "note"),)),
        # BT-129 with BT-130
        Value(_QUANTITIES[root], "invoiced_quantity", DECIMAL, {"unitCode": "unit_code"}),
        Value("cbc:LineExtensionAmount", "net_amount", AMOUNT),  # BT-131
        Value("cbc:AccountingCost", "buyer_accounting_reference"),  # BT-133
        _PERIOD,  # BG-26
        *LINE_REFERENCES,  # BT-128, BT-132
        LINE_DELIVERY,  # BG-X-7
        *amounts,  # BG-27, BG-28
        _ITEM,
        _PRICE,
        LINE_DELIVERY_TERMS,  # BG-X-87
        Nested(
            f"cac:Sub{root.value}Line",
            "extensions.sub_lines",
            lambda: _SHAPES[root],
            when=_few_levels,
        ),
        PRICE_EXTENSION,
    )


_SHAPES = {root: _line(root) for root in Root}

LINES = {
    root: Nested(f"cac:{root.value}Line", "lines", _SHAPES[root], counted=True) for root in Root
}
"""BG-25 to BG-32, by document."""
