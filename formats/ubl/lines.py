"""What: the lines (BG-25 to BG-32)."""

from formats.en16931.line import Line
from formats.en16931.money import MAX_DIGITS
from formats.en16931.totals import price_discount
from formats.ubl.allowances import write_line_level
from formats.ubl.markup import day, group, leaf, number
from formats.ubl.names import INVOICED_OBJECT, Root
from formats.ubl.party import write_identifier
from formats.ubl.vat import write_tax_category

_QUANTITIES = {Root.INVOICE: "cbc:InvoicedQuantity", Root.CREDIT_NOTE: "cbc:CreditedQuantity"}


def write_line(line: Line, currency: str, root: Root) -> str:
    """Write BG-25."""
    terms = (
        leaf("cbc:ID", line.identifier),  # BT-126
        leaf("cbc:Note", line.note),  # BT-127
        # BT-129 with BT-130
        number(_QUANTITIES[root], line.invoiced_quantity, unitCode=line.unit_code),
        number("cbc:LineExtensionAmount", line.net_amount, currencyID=currency),  # BT-131
        leaf("cbc:AccountingCost", line.buyer_accounting_reference),  # BT-133
        _period(line),
        group(
            "cac:OrderLineReference",
            leaf("cbc:LineID", line.referenced_purchase_order_line_reference),  # BT-132
        ),
        _invoiced_object(line),
        *(write_line_level(entry, currency) for entry in line.allowances),  # BG-27
        *(write_line_level(entry, currency) for entry in line.charges),  # BG-28
    )
    item, price = _item(line), _price(line, currency)
    if not any((*terms, item, price)):
        return ""
    return group(f"cac:{root.value}Line", *terms, item or "<cac:Item/>", price)  # UBL demands it


def _period(line: Line) -> str:
    if line.period is None:
        return ""
    return group(
        "cac:InvoicePeriod",
        day("cbc:StartDate", line.period.start_date),  # BT-134
        day("cbc:EndDate", line.period.end_date),  # BT-135
    )


def _invoiced_object(line: Line) -> str:
    identifier = write_identifier("cbc:ID", line.object_identifier)  # BT-128
    if not identifier:
        return ""
    code = leaf("cbc:DocumentTypeCode", INVOICED_OBJECT)
    return group("cac:DocumentReference", identifier, code)


def _item(line: Line) -> str:
    """Write BG-31, BG-32 and BG-30."""
    # BT-151 and BT-152
    category = write_tax_category(
        "cac:ClassifiedTaxCategory", line.vat_category_code, line.vat_rate
    )
    standard = write_identifier("cbc:ID", line.item_standard_identifier)  # BT-157
    origin = leaf("cbc:IdentificationCode", line.item_country_of_origin)  # BT-159
    buyers = leaf("cbc:ID", line.item_buyers_identifier)  # BT-156
    sellers = leaf("cbc:ID", line.item_sellers_identifier)  # BT-155
    return group(
        "cac:Item",
        leaf("cbc:Description", line.item_description),  # BT-154
        leaf("cbc:Name", line.item_name),  # BT-153
        group("cac:BuyersItemIdentification", buyers),
        group("cac:SellersItemIdentification", sellers),
        group("cac:StandardItemIdentification", standard),
        group("cac:OriginCountry", origin),
        *(
            group(
                "cac:CommodityClassification",
                leaf(
                    "cbc:ItemClassificationCode",  # BT-158
                    classification.value,
                    listID=classification.scheme_identifier,
                    listVersionID=classification.scheme_version_identifier,
                ),
            )
            for classification in line.item_classification_identifiers
        ),
        category,
        *(
            group(
                "cac:AdditionalItemProperty",
                leaf("cbc:Name", attribute.name),  # BT-160
                leaf("cbc:Value", attribute.value),  # BT-161
            )
            for attribute in line.item_attributes
        ),
    )


def _price(line: Line, currency: str) -> str:
    """Write BG-29."""
    discount, gross, net = (
        line.item_price_discount,
        line.item_gross_price,
        line.item_net_price,
    )
    if discount is None and gross is not None and net is not None:
        discount = price_discount(gross, net)  # UBL demands the amount
        if len(discount.as_tuple().digits) > MAX_DIGITS:  # nobody could read it
            discount = None
    allowance = ""
    if discount is not None or gross is not None:
        allowance = group(
            "cac:AllowanceCharge",
            leaf("cbc:ChargeIndicator", "false"),  # PEPPOL-EN16931-R044
            number("cbc:Amount", discount, currencyID=currency),  # BT-147
            number("cbc:BaseAmount", gross, currencyID=currency),  # BT-148
        )
    return group(
        "cac:Price",
        number("cbc:PriceAmount", net, currencyID=currency),  # BT-146
        # BT-149 with BT-150
        number(
            "cbc:BaseQuantity",
            line.item_price_base_quantity,
            unitCode=line.item_price_base_quantity_unit_code,
        ),
        allowance,
    )
