"""Reading BG-25 to BG-32; the twin of `lines.py`."""

from collections.abc import Iterator

from formats.en16931.group import SchemedIdentifier
from formats.en16931.line import ItemAttribute, Line, LineAllowance, LineCharge, LinePeriod
from formats.ubl.allowances_read import read_line_level
from formats.ubl.element import Element, present
from formats.ubl.names import INVOICED_OBJECT, Root
from formats.ubl.vat_read import vat_category

_QUANTITIES = {Root.INVOICE: "InvoicedQuantity", Root.CREDIT_NOTE: "CreditedQuantity"}
_CLASSIFICATION = "ItemClassificationCode"


def read_lines(document: Element, root: Root) -> Iterator[Line]:
    """Read BG-25."""
    return (_line(line, _QUANTITIES[root]) for line in document.groups(f"{root.value}Line"))


def _line(line: Element, quantity: str) -> Line:
    item = line.group("Item")
    price = line.group("Price")
    discount = _discount(price)
    category = vat_category(item.groups("ClassifiedTaxCategory"))
    return Line(
        identifier=line.code("ID"),
        note=line.text("Note"),
        object_identifier=_invoiced_object(line),
        invoiced_quantity=line.decimal(quantity),
        unit_code=line.attribute(quantity, "unitCode"),
        net_amount=line.decimal("LineExtensionAmount"),
        referenced_purchase_order_line_reference=line.group("OrderLineReference").code("LineID"),
        buyer_accounting_reference=line.text("AccountingCost"),
        period=_period(line),
        allowances=read_line_level(line, LineAllowance, charge=False),
        charges=read_line_level(line, LineCharge, charge=True),
        item_net_price=price.decimal("PriceAmount"),
        item_price_discount=discount.decimal("Amount"),
        item_gross_price=discount.decimal("BaseAmount"),
        item_price_base_quantity=price.decimal("BaseQuantity"),
        item_price_base_quantity_unit_code=price.attribute("BaseQuantity", "unitCode"),
        vat_category_code=category.code("ID"),
        vat_rate=category.decimal("Percent"),
        item_name=item.text("Name"),
        item_description=item.text("Description"),
        item_sellers_identifier=item.group("SellersItemIdentification").code("ID"),
        item_buyers_identifier=item.group("BuyersItemIdentification").code("ID"),
        item_standard_identifier=item.group("StandardItemIdentification").identifier("ID"),
        item_classification_identifiers=tuple(_classifications(item)),
        item_country_of_origin=item.group("OriginCountry").code("IdentificationCode"),
        item_attributes=tuple(_attributes(item)),
    )


def _invoiced_object(line: Element) -> SchemedIdentifier | None:
    """Read BT-128; a reference without a type is taken for it, as a line has no other."""
    for reference in line.groups("DocumentReference"):
        if reference.code("DocumentTypeCode") in (None, INVOICED_OBJECT):
            return reference.identifier("ID")
    return None


def _period(line: Element) -> LinePeriod | None:
    period = line.group("InvoicePeriod")
    return present(
        LinePeriod(start_date=period.date("StartDate"), end_date=period.date("EndDate"))
    )


def _discount(price: Element) -> Element:
    """Return the price allowance; a charge on a price is no business term."""
    for entry in price.groups("AllowanceCharge"):
        if not entry.boolean("ChargeIndicator"):
            return entry
    return Element(None)


def _classifications(item: Element) -> Iterator[SchemedIdentifier]:
    for classification in item.groups("CommodityClassification"):
        if (value := classification.code(_CLASSIFICATION)) is not None:
            yield SchemedIdentifier(
                value=value,
                scheme_identifier=classification.attribute(_CLASSIFICATION, "listID"),
                scheme_version_identifier=classification.attribute(
                    _CLASSIFICATION, "listVersionID"
                ),
            )


def _attributes(item: Element) -> Iterator[ItemAttribute]:
    for entry in item.groups("AdditionalItemProperty"):
        attribute = ItemAttribute(name=entry.text("Name"), value=entry.text("Value"))
        if present(attribute):
            yield attribute
