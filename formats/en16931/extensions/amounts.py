"""What extensions add to allowances and charges of the document and to the VAT breakdown."""

from typing import Annotated

from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount, Percentage, Quantity
from formats.en16931.terms import Term


class DocumentLevelAllowanceExtensions(Group):
    """Beside BG-20.

    Attributes:
        sequence: In which order allowances and charges are computed.
    """

    sequence: Annotated[Quantity | None, Term("BT-X-265")] = None
    base_quantity: Annotated[Quantity | None, Term("BT-X-266")] = None
    base_quantity_unit_code: Annotated[Text | None, Term("BT-X-267")] = None
    exemption_reason_text: Annotated[
        Text | None, Term("BT-173", also=("EXT-FR-FE-187", "IBT-197"))
    ] = None
    exemption_reason_code: Annotated[
        Text | None, Term("BT-174", also=("EXT-FR-FE-188", "IBT-196"))
    ] = None


class DocumentLevelChargeExtensions(Group):
    """Beside BG-21.

    Attributes:
        vat_category_name: The Croatian category, `HR:PP` (code list HR-TB-2).
        tax_type_code: The tax that the charge is, when it is one (UNTDID 5153).
    """

    sequence: Annotated[Quantity | None, Term("BT-X-268")] = None
    base_quantity: Annotated[Quantity | None, Term("BT-X-269")] = None
    base_quantity_unit_code: Annotated[Text | None, Term("BT-X-270")] = None
    vat_category_name: Annotated[Text | None, Term("HR-BT-6")] = None
    exemption_reason_text: Annotated[
        Text | None, Term("BT-175", also=("EXT-FR-FE-189", "IBT-199", "HR-BT-7"))
    ] = None
    exemption_reason_code: Annotated[
        Text | None, Term("BT-176", also=("EXT-FR-FE-190", "IBT-198", "HR-BT-8"))
    ] = None
    tax_type_code: Annotated[Text | None, Term("BT-177")] = None


class VatBreakdownExtensions(Group):
    """Beside BG-23.

    Attributes:
        value_added_tax_point_date: BT-7 again, or another; CII can state it with every row.
        other_tax_scheme: The tax of a row that is not about the document's; its category and
            rate are `other_category_code` and `other_rate`.
    """

    value_added_tax_point_date: Annotated[IsoDate | None, Term("BT-7", repeats=True)] = None
    line_total_amount: Annotated[Amount | None, Term("BT-X-262")] = None
    allowance_charge_amount: Annotated[Amount | None, Term("BT-X-263")] = None
    other_category_code: Annotated[Text | None, Term("UBL-TaxCategory-ID")] = None
    other_rate: Annotated[Percentage | None, Term("UBL-TaxCategory-Percent")] = None
    other_tax_scheme: Annotated[Text | None, Term("UBL-TaxCategory-TaxScheme")] = None
