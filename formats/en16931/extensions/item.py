"""Groups that repeat at a line and are about its item, price or taxes."""

from typing import Annotated

from formats.en16931.group import Group, Identifier, IsoDate, Text
from formats.en16931.money import Amount, Percentage, Quantity, UnitPrice
from formats.en16931.terms import Term


class ItemAttributeExtensions(Group):
    """Beside BG-32: an attribute by its code, and a value with a unit."""

    code: Annotated[Text | None, Term("BT-X-11", also=("EXT-FR-FE-159", "BTOM-025"))] = None
    measure: Annotated[Quantity | None, Term("BT-X-12", also=("EXT-FR-FE-160",))] = None
    measure_unit_code: Annotated[Text | None, Term("BT-X-12-0", also=("EXT-FR-FE-161",))] = None


class ItemInstance(Group):
    """BG-X-84: one piece of what was sold."""

    batch_identifier: Annotated[Text | None, Term("BT-X-306")] = None
    serial_identifier: Annotated[Text | None, Term("BT-X-307")] = None
    expiry_date: Annotated[IsoDate | None, Term("UBL-LotIdentification-ExpiryDate")] = None


class IncludedProduct(Group):
    """BG-X-1: a product that is part of the item."""

    identifier: Annotated[Text | None, Term("BT-X-308")] = None
    standard_identifiers: Annotated[tuple[Identifier, ...], Term("BT-X-15")] = ()
    sellers_identifier: Annotated[Text | None, Term("BT-X-16")] = None
    buyers_identifier: Annotated[Text | None, Term("BT-X-17")] = None
    industry_identifier: Annotated[Text | None, Term("BT-X-309")] = None
    name: Annotated[Text | None, Term("BT-X-18")] = None
    description: Annotated[Text | None, Term("BT-X-19")] = None
    quantity: Annotated[Quantity | None, Term("BT-X-20")] = None
    quantity_unit_code: Annotated[Text | None, Term("BT-X-20-1")] = None


class AdditionalItemIdentifier(Group):
    """A further number of the item.

    Attributes:
        scheme: What kind it is: SAC, the service accounting code of the Emirates; CC, the
            industrial classification of Oman.
    """

    value: Annotated[Text | None, Term("BTAE-17", also=("BTOM-033",))] = None
    scheme: Annotated[Text | None, Term("BTAE-17-1")] = None
    scheme_identifier: Annotated[
        Text | None, Term("UBL-AdditionalItemIdentification-schemeID")
    ] = None


class ItemSpecification(Group):
    """A specification of the item, by which Oman tells goods from services."""

    identifier: Annotated[Text | None, Term("BTOM-034")] = None
    scheme: Annotated[Text | None, Term("UBL-ItemSpecification-schemeName")] = None
    type_code: Annotated[Text | None, Term("BTOM-019")] = None


class PriceReduction(Group):
    """A charge in the gross price, or a further discount on it.

    The identifiers are those of the charge (Factur-X); of a discount they are BT-147, BT-X-34 to
    BT-X-36 and BT-X-313.
    """

    percentage: Annotated[Percentage | None, Term("BT-X-300")] = None
    base_amount: Annotated[UnitPrice | None, Term("BT-X-301")] = None
    amount: Annotated[UnitPrice | None, Term("BT-X-302")] = None
    reason: Annotated[Text | None, Term("BT-X-303")] = None
    reason_code: Annotated[Text | None, Term("BT-X-314")] = None
    tax_type_code: Annotated[Text | None, Term("BT-X-616")] = None


class LineTax(Group):
    """A tax of a line, or the one in its price (BG-X-4, whose identifiers the terms have).

    Attributes:
        tax_scheme: Which tax it is.
        amount_per_unit: Of a tax by quantity, per unit; `units` of `unit_code` are taxed.
    """

    taxable_amount: Annotated[Amount | None, Term("UBL-TaxSubtotal-TaxableAmount")] = None
    amount: Annotated[Amount | None, Term("BT-X-37")] = None
    tax_scheme: Annotated[Text | None, Term("BT-X-38")] = None
    exemption_reason_text: Annotated[Text | None, Term("BT-X-39")] = None
    category_code: Annotated[Text | None, Term("BT-X-40")] = None
    exemption_reason_code: Annotated[Text | None, Term("BT-X-41")] = None
    rate: Annotated[Percentage | None, Term("BT-X-42")] = None
    amount_per_unit: Annotated[Amount | None, Term("IBT-166")] = None
    units: Annotated[Quantity | None, Term("UBL-TaxSubtotal-BaseUnitMeasure")] = None
    unit_code: Annotated[Text | None, Term("UBL-TaxSubtotal-BaseUnitMeasure-unitCode")] = None
    value_added_tax_point_date_code: Annotated[Text | None, Term("BT-X-589", repeats=True)] = None
