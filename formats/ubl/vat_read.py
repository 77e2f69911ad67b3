"""Reading BG-23, BT-110, BT-111 and tax categories; the twin of `vat.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.amounts import VatBreakdown
from formats.ubl.element import Element
from formats.ubl.party_read import is_vat


@dataclass(frozen=True, slots=True)
class TaxTotals:
    """BT-110, BT-111 and BG-23."""

    total_vat: Decimal | None
    total_vat_in_accounting_currency: Decimal | None
    vat_breakdown: tuple[VatBreakdown, ...]


def read_tax_totals(
    document: Element, currency: str | None, accounting_currency: str | None
) -> TaxTotals:
    """Tell the TaxTotal in the invoice currency (BT-5) from the one in BT-6, and read both.

    They differ by `currencyID` alone and may stand in either order. When BT-6 equals BT-5, the
    one with the breakdown is the invoice's.
    """
    totals = list(document.groups("TaxTotal"))
    of_document = [total for total in totals if _currency(total) == (currency or "")] or totals
    with_breakdown = (total for total in of_document if total.group("TaxSubtotal"))
    chosen = next(with_breakdown, of_document[0] if of_document else Element(None))
    others = [total for total in totals if total is not chosen]
    accounting = next(
        (total for total in others if _currency(total) == (accounting_currency or "")),
        Element(None),
    )
    return TaxTotals(
        total_vat=chosen.decimal("TaxAmount"),
        total_vat_in_accounting_currency=accounting.decimal("TaxAmount"),
        vat_breakdown=tuple(
            _row(subtotal)
            for total in of_document
            if total is not accounting
            for subtotal in total.groups("TaxSubtotal")
        ),
    )


def vat_category(categories: Iterable[Element]) -> Element:
    """Return the first category whose scheme is VAT: no other tax is a business term."""
    return next((category for category in categories if is_vat(category)), Element(None))


def _currency(total: Element) -> str:
    return total.attribute("TaxAmount", "currencyID") or ""


def _row(subtotal: Element) -> VatBreakdown:
    category = vat_category(subtotal.groups("TaxCategory"))
    return VatBreakdown(
        category_taxable_amount=subtotal.decimal("TaxableAmount"),
        category_tax_amount=subtotal.decimal("TaxAmount"),
        category_code=category.code("ID"),
        category_rate=category.decimal("Percent"),
        exemption_reason_text=category.text("TaxExemptionReason"),
        exemption_reason_code=category.code("TaxExemptionReasonCode"),
    )
