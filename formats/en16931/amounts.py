"""How much: allowances, charges, totals and the VAT breakdown (BG-20 to BG-23).

An amount that is absent was not written. In a draft that asks for it to be computed; in a
document it is for the rules to say that it is missing.
"""

from typing import Annotated

from formats.en16931.extensions.amounts import (
    DocumentLevelAllowanceExtensions,
    DocumentLevelChargeExtensions,
    VatBreakdownExtensions,
)
from formats.en16931.group import Group, Text
from formats.en16931.money import Amount, Percentage
from formats.en16931.terms import Term


class DocumentLevelAllowance(Group):
    """BG-20: a discount on the whole invoice."""

    amount: Annotated[Amount | None, Term("BT-92")] = None
    base_amount: Annotated[Amount | None, Term("BT-93")] = None
    percentage: Annotated[Percentage | None, Term("BT-94")] = None
    vat_category_code: Annotated[Text | None, Term("BT-95")] = None
    vat_rate: Annotated[Percentage | None, Term("BT-96")] = None
    reason: Annotated[Text | None, Term("BT-97")] = None
    reason_code: Annotated[Text | None, Term("BT-98")] = None
    extensions: DocumentLevelAllowanceExtensions | None = None


class DocumentLevelCharge(Group):
    """BG-21: a charge on the whole invoice, such as freight."""

    amount: Annotated[Amount | None, Term("BT-99")] = None
    base_amount: Annotated[Amount | None, Term("BT-100")] = None
    percentage: Annotated[Percentage | None, Term("BT-101")] = None
    vat_category_code: Annotated[Text | None, Term("BT-102")] = None
    vat_rate: Annotated[Percentage | None, Term("BT-103")] = None
    reason: Annotated[Text | None, Term("BT-104")] = None
    reason_code: Annotated[Text | None, Term("BT-105")] = None
    extensions: DocumentLevelChargeExtensions | None = None


class Totals(Group):
    """BG-22: the document totals.

    Of a draft, as far as the caller states them: what is absent is computed, the rest compared.
    Paid amount and rounding amount follow from nothing: they are always the caller's.
    """

    sum_of_line_net_amounts: Annotated[Amount | None, Term("BT-106")] = None
    sum_of_allowances: Annotated[Amount | None, Term("BT-107")] = None
    sum_of_charges: Annotated[Amount | None, Term("BT-108")] = None
    total_without_vat: Annotated[Amount | None, Term("BT-109")] = None
    total_vat: Annotated[Amount | None, Term("BT-110")] = None
    total_vat_in_accounting_currency: Annotated[Amount | None, Term("BT-111")] = None
    total_with_vat: Annotated[Amount | None, Term("BT-112")] = None
    paid_amount: Annotated[Amount | None, Term("BT-113")] = None
    rounding_amount: Annotated[Amount | None, Term("BT-114")] = None
    amount_due: Annotated[Amount | None, Term("BT-115")] = None


class VatBreakdown(Group):
    """BG-23: one row per VAT category and rate."""

    category_taxable_amount: Annotated[Amount | None, Term("BT-116")] = None
    category_tax_amount: Annotated[Amount | None, Term("BT-117")] = None
    category_code: Annotated[Text | None, Term("BT-118")] = None
    category_rate: Annotated[Percentage | None, Term("BT-119")] = None
    exemption_reason_text: Annotated[Text | None, Term("BT-120")] = None
    exemption_reason_code: Annotated[Text | None, Term("BT-121")] = None
    extensions: VatBreakdownExtensions | None = None
