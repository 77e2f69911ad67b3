"""The document totals: BG-22, but for BT-110 and BT-111 (see `vat.py`)."""

from formats.en16931.model import Invoice
from formats.ubl.markup import number, required


def write_totals(invoice: Invoice) -> str:
    """Write BG-22."""
    totals = invoice.totals
    amounts = (
        ("cbc:LineExtensionAmount", totals.sum_of_line_net_amounts),  # BT-106
        ("cbc:TaxExclusiveAmount", totals.total_without_vat),  # BT-109
        ("cbc:TaxInclusiveAmount", totals.total_with_vat),  # BT-112
        ("cbc:AllowanceTotalAmount", totals.sum_of_allowances),  # BT-107
        ("cbc:ChargeTotalAmount", totals.sum_of_charges),  # BT-108
        ("cbc:PrepaidAmount", totals.paid_amount),  # BT-113
        ("cbc:PayableRoundingAmount", totals.rounding_amount),  # BT-114
        ("cbc:PayableAmount", totals.amount_due),  # BT-115
    )
    currency = invoice.currency_code or ""
    return required(
        "cac:LegalMonetaryTotal",
        *(number(name, amount, currencyID=currency) for name, amount in amounts),
    )
