"""Reading BG-22; the twin of `totals.py`."""

from formats.en16931.amounts import Totals
from formats.ubl.element import Element
from formats.ubl.vat_read import TaxTotals


def read_totals(document: Element, tax: TaxTotals) -> Totals:
    """Read BG-22."""
    totals = document.group("LegalMonetaryTotal")
    return Totals(
        sum_of_line_net_amounts=totals.decimal("LineExtensionAmount"),
        sum_of_allowances=totals.decimal("AllowanceTotalAmount"),
        sum_of_charges=totals.decimal("ChargeTotalAmount"),
        total_without_vat=totals.decimal("TaxExclusiveAmount"),
        total_vat=tax.total_vat,
        total_vat_in_accounting_currency=tax.total_vat_in_accounting_currency,
        total_with_vat=totals.decimal("TaxInclusiveAmount"),
        paid_amount=totals.decimal("PrepaidAmount"),
        rounding_amount=totals.decimal("PayableRoundingAmount"),
        amount_due=totals.decimal("PayableAmount"),
    )


def read_currency(document: Element) -> str | None:
    """Read BT-5. A document without it still states its currency on every amount."""
    stated = document.code("DocumentCurrencyCode")
    return stated or document.group("LegalMonetaryTotal").attribute("PayableAmount", "currencyID")
