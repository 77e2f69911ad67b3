"""HR-BG-1: what the Croatian extension adds for the tax authority (Fiskalizacija 2.0).

Source: Specifikacija osnovne uporabe eRačuna s proširenjima, chapter 3.
"""

from typing import Annotated

from formats.en16931.group import Group, Text
from formats.en16931.money import Amount, Percentage
from formats.en16931.terms import Term


class FiscalVatBreakdown(Group):
    """HR-BG-2: one row for each category, rate and reason of exemption.

    Attributes:
        tax_scheme: The tax, where it is not VAT.
        category_name: The Croatian category, `HR:PDV25` (code list HR-TB-2).
    """

    category_taxable_amount: Annotated[Amount | None, Term("HR-BT-16")] = None
    category_tax_amount: Annotated[Amount | None, Term("HR-BT-17")] = None
    category_code: Annotated[Text | None, Term("HR-BT-18")] = None
    category_rate: Annotated[Percentage | None, Term("HR-BT-19")] = None
    exemption_reason_text: Annotated[Text | None, Term("HR-BT-20")] = None
    exemption_reason_code: Annotated[Text | None, Term("HR-BT-21")] = None
    category_name: Annotated[Text | None, Term("HR-BT-22")] = None
    tax_scheme: Annotated[Text | None, Term("UBL-HRTaxScheme")] = None


class Fiscalization(Group):
    """HR-BG-1 with the totals of HR-BG-3.

    Attributes:
        vat_on_payment: The sentence by which an issuer says that its VAT is due when paid.
        out_of_scope_amount: What is no part of any tax base (`neoporezivi iznos`).
    """

    vat_on_payment: Annotated[Text | None, Term("HR-BT-15")] = None
    total_vat: Annotated[Amount | None, Term("HR-BT-25", "HR-BG-3")] = None
    vat_breakdown: Annotated[tuple[FiscalVatBreakdown, ...], Term("HR-BG-2")] = ()
    total_without_vat: Annotated[Amount | None, Term("HR-BT-23", "HR-BG-3")] = None
    out_of_scope_amount: Annotated[Amount | None, Term("HR-BT-24", "HR-BG-3")] = None
