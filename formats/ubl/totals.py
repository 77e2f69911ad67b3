"""The document totals: BG-22, but for BT-110 and BT-111 (see `vat.py`)."""

from formats.binding import AMOUNT, Branch, Value

TOTALS = Branch(
    "cac:LegalMonetaryTotal",
    Value("cbc:LineExtensionAmount", "totals.sum_of_line_net_amounts", AMOUNT),  # BT-106
    Value("cbc:TaxExclusiveAmount", "totals.total_without_vat", AMOUNT),  # BT-109
    Value("cbc:TaxInclusiveAmount", "totals.total_with_vat", AMOUNT),  # BT-112
    Value("cbc:AllowanceTotalAmount", "totals.sum_of_allowances", AMOUNT),  # BT-107
    Value("cbc:ChargeTotalAmount", "totals.sum_of_charges", AMOUNT),  # BT-108
    Value("cbc:PrepaidAmount", "totals.paid_amount", AMOUNT),  # BT-113
    Value("cbc:PayableRoundingAmount", "totals.rounding_amount", AMOUNT),  # BT-114
    Value("cbc:PayableAmount", "totals.amount_due", AMOUNT),  # BT-115
    always=True,
)
"""BG-22."""
