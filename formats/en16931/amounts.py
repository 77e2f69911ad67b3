"""How much: allowances, charges, totals and the VAT breakdown (BG-20 to BG-23)."""

from typing import Annotated

from formats.en16931.group import Group, Text
from formats.en16931.money import Amount, Percentage
from formats.en16931.terms import Term


class DocumentLevelAllowanceDraft(Group):
    """BG-20 before its amount is known: base amount times percentage will give it."""

    amount: Annotated[Amount | None, Term("BT-92")] = None
    base_amount: Annotated[Amount | None, Term("BT-93")] = None
    percentage: Annotated[Percentage | None, Term("BT-94")] = None
    vat_category_code: Annotated[Text | None, Term("BT-95")] = None
    vat_rate: Annotated[Percentage | None, Term("BT-96")] = None
    reason: Annotated[Text | None, Term("BT-97")] = None
    reason_code: Annotated[Text | None, Term("BT-98")] = None


class DocumentLevelAllowance(DocumentLevelAllowanceDraft):
    """BG-20: a discount on the whole invoice."""

    amount: Annotated[Amount, Term("BT-92")]


class DocumentLevelChargeDraft(Group):
    """BG-21 before its amount is known: base amount times percentage will give it."""

    amount: Annotated[Amount | None, Term("BT-99")] = None
    base_amount: Annotated[Amount | None, Term("BT-100")] = None
    percentage: Annotated[Percentage | None, Term("BT-101")] = None
    vat_category_code: Annotated[Text | None, Term("BT-102")] = None
    vat_rate: Annotated[Percentage | None, Term("BT-103")] = None
    reason: Annotated[Text | None, Term("BT-104")] = None
    reason_code: Annotated[Text | None, Term("BT-105")] = None


class DocumentLevelCharge(DocumentLevelChargeDraft):
    """BG-21: a charge on the whole invoice, such as freight."""

    amount: Annotated[Amount, Term("BT-99")]


class TotalsClaim(Group):
    """BG-22 as far as the caller states it: what is absent is computed, the rest is compared.

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


class Totals(TotalsClaim):
    """BG-22: the document totals."""

    sum_of_line_net_amounts: Annotated[Amount, Term("BT-106")]
    total_without_vat: Annotated[Amount, Term("BT-109")]
    total_with_vat: Annotated[Amount, Term("BT-112")]
    amount_due: Annotated[Amount, Term("BT-115")]


class VatBreakdown(Group):
    """BG-23: one row per VAT category and rate."""

    category_taxable_amount: Annotated[Amount, Term("BT-116")]
    category_tax_amount: Annotated[Amount, Term("BT-117")]
    category_code: Annotated[Text | None, Term("BT-118")] = None
    category_rate: Annotated[Percentage | None, Term("BT-119")] = None
    exemption_reason_text: Annotated[Text | None, Term("BT-120")] = None
    exemption_reason_code: Annotated[Text | None, Term("BT-121")] = None
