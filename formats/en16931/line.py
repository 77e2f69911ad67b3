"""What: the invoice lines (BG-25 to BG-32)."""

from typing import Annotated

from formats.en16931.extensions import line as extensions_line
from formats.en16931.extensions.item import ItemAttributeExtensions
from formats.en16931.extensions.line import LineChargeExtensions, LineExtensions
from formats.en16931.group import ClassificationIdentifier, Group, Identifier, IsoDate, Text
from formats.en16931.money import Amount, Percentage, Quantity, UnitPrice
from formats.en16931.terms import Term


class LinePeriod(Group):
    """BG-26."""

    start_date: Annotated[IsoDate | None, Term("BT-134")] = None
    end_date: Annotated[IsoDate | None, Term("BT-135")] = None


class LineAllowance(Group):
    """BG-27: a discount on the line."""

    amount: Annotated[Amount | None, Term("BT-136")] = None
    base_amount: Annotated[Amount | None, Term("BT-137")] = None
    percentage: Annotated[Percentage | None, Term("BT-138")] = None
    reason: Annotated[Text | None, Term("BT-139")] = None
    reason_code: Annotated[Text | None, Term("BT-140")] = None


class LineCharge(Group):
    """BG-28: a charge on the line."""

    amount: Annotated[Amount | None, Term("BT-141")] = None
    base_amount: Annotated[Amount | None, Term("BT-142")] = None
    percentage: Annotated[Percentage | None, Term("BT-143")] = None
    reason: Annotated[Text | None, Term("BT-144")] = None
    reason_code: Annotated[Text | None, Term("BT-145")] = None
    extensions: LineChargeExtensions | None = None


class ItemAttribute(Group):
    """BG-32."""

    name: Annotated[Text | None, Term("BT-160")] = None
    value: Annotated[Text | None, Term("BT-161")] = None
    extensions: ItemAttributeExtensions | None = None


class Line(Group):
    """BG-25: an invoice line.

    Price (BG-29), VAT (BG-30) and item (BG-31) occur exactly once a line and their terms carry
    the group in their names, so they stand here directly.
    """

    identifier: Annotated[Text | None, Term("BT-126")] = None
    note: Annotated[Text | None, Term("BT-127")] = None
    object_identifier: Annotated[Identifier | None, Term("BT-128")] = None
    invoiced_quantity: Annotated[Quantity | None, Term("BT-129")] = None
    unit_code: Annotated[Text | None, Term("BT-130")] = None
    net_amount: Annotated[Amount | None, Term("BT-131")] = None
    referenced_purchase_order_line_reference: Annotated[Text | None, Term("BT-132")] = None
    buyer_accounting_reference: Annotated[Text | None, Term("BT-133")] = None
    period: Annotated[LinePeriod | None, Term("BG-26")] = None
    allowances: Annotated[tuple[LineAllowance, ...], Term("BG-27")] = ()
    charges: Annotated[tuple[LineCharge, ...], Term("BG-28")] = ()
    item_net_price: Annotated[UnitPrice | None, Term("BT-146", "BG-29")] = None
    item_price_discount: Annotated[UnitPrice | None, Term("BT-147", "BG-29")] = None
    item_gross_price: Annotated[UnitPrice | None, Term("BT-148", "BG-29")] = None
    item_price_base_quantity: Annotated[Quantity | None, Term("BT-149", "BG-29")] = None
    item_price_base_quantity_unit_code: Annotated[Text | None, Term("BT-150", "BG-29")] = None
    vat_category_code: Annotated[Text | None, Term("BT-151", "BG-30")] = None
    vat_rate: Annotated[Percentage | None, Term("BT-152", "BG-30")] = None
    item_name: Annotated[Text | None, Term("BT-153", "BG-31")] = None
    item_description: Annotated[Text | None, Term("BT-154", "BG-31")] = None
    item_sellers_identifier: Annotated[Text | None, Term("BT-155", "BG-31")] = None
    item_buyers_identifier: Annotated[Text | None, Term("BT-156", "BG-31")] = None
    item_standard_identifier: Annotated[Identifier | None, Term("BT-157", "BG-31")] = None
    item_classification_identifiers: Annotated[
        tuple[ClassificationIdentifier, ...], Term("BT-158", "BG-31")
    ] = ()
    item_country_of_origin: Annotated[Text | None, Term("BT-159", "BG-31")] = None
    item_attributes: Annotated[tuple[ItemAttribute, ...], Term("BG-32", "BG-31")] = ()
    extensions: LineExtensions | None = None


# Lines in lines. Pydantic looks the name up where it first checks one, which may be never; whoever
# walks the model should see the class at once.
vars(extensions_line)["Line"] = Line
LineExtensions.model_fields["sub_lines"].annotation = tuple[Line, ...]
