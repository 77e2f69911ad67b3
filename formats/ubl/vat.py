"""VAT: the breakdown (BG-23) with the totals BT-110 and BT-111, and tax categories anywhere."""

from decimal import Decimal

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.ubl.markup import group, leaf, number
from formats.ubl.names import VAT

_SCHEME = group("cac:TaxScheme", leaf("cbc:ID", VAT))


def write_tax_totals(invoice: Invoice) -> tuple[str, str]:
    """Write one TaxTotal in the invoice currency and one in the VAT accounting currency."""
    currency = invoice.currency_code or ""
    document = group(
        "cac:TaxTotal",
        number("cbc:TaxAmount", invoice.totals.total_vat, currencyID=currency),  # BT-110
        *(_subtotal(row, currency) for row in invoice.vat_breakdown),
    )
    accounting = group(
        "cac:TaxTotal",
        number(
            "cbc:TaxAmount",
            invoice.totals.total_vat_in_accounting_currency,  # BT-111
            currencyID=invoice.vat_accounting_currency_code or "",
        ),
    )
    return document, accounting


def write_tax_category(
    name: str,
    code: str | None,
    rate: Decimal | None,
    exemption_reason_code: str | None = None,
    exemption_reason: str | None = None,
) -> str:
    """Write a VAT category, or nothing when nothing is known of it."""
    terms = (
        leaf("cbc:ID", code),
        number("cbc:Percent", rate),
        leaf("cbc:TaxExemptionReasonCode", exemption_reason_code),
        leaf("cbc:TaxExemptionReason", exemption_reason),
    )
    return group(name, *terms, _SCHEME) if any(terms) else ""


def _subtotal(row: VatBreakdown, currency: str) -> str:
    amounts = (
        number("cbc:TaxableAmount", row.category_taxable_amount, currencyID=currency),  # BT-116
        number("cbc:TaxAmount", row.category_tax_amount, currencyID=currency),  # BT-117
    )
    category = write_tax_category(
        "cac:TaxCategory",
        row.category_code,  # BT-118
        row.category_rate,  # BT-119
        row.exemption_reason_code,  # BT-121
        row.exemption_reason_text,  # BT-120
    )
    if not any((*amounts, category)):
        return ""
    # UBL demands the category
    return group("cac:TaxSubtotal", *amounts, category or group("cac:TaxCategory", _SCHEME))
