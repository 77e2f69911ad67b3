"""Allowances and charges: BG-20 and BG-21 of the document, BG-27 and BG-28 of a line."""

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import LineAllowance, LineCharge
from formats.ubl.markup import group, leaf, number
from formats.ubl.vat import write_tax_category

AllowanceOrCharge = DocumentLevelAllowance | DocumentLevelCharge | LineAllowance | LineCharge


def write_document_level(
    entry: DocumentLevelAllowance | DocumentLevelCharge, currency: str
) -> str:
    """Write BG-20 or BG-21."""
    # BT-95 and BT-96, BT-102 and BT-103
    category = write_tax_category("cac:TaxCategory", entry.vat_category_code, entry.vat_rate)
    return _write(entry, currency, category)


def write_line_level(entry: LineAllowance | LineCharge, currency: str) -> str:
    """Write BG-27 or BG-28."""
    return _write(entry, currency, "")


def _write(entry: AllowanceOrCharge, currency: str, category: str) -> str:
    is_charge = isinstance(entry, DocumentLevelCharge | LineCharge)
    terms = (
        leaf("cbc:AllowanceChargeReasonCode", entry.reason_code),  # BT-98, 105, 140, 145
        leaf("cbc:AllowanceChargeReason", entry.reason),  # BT-97, 104, 139, 144
        number("cbc:MultiplierFactorNumeric", entry.percentage),  # BT-94, 101, 138, 143
        number("cbc:Amount", entry.amount, currencyID=currency),  # BT-92, 99, 136, 141
        number("cbc:BaseAmount", entry.base_amount, currencyID=currency),  # BT-93, 100, 137, 142
        category,
    )
    if not any(terms):
        return ""
    indicator = leaf("cbc:ChargeIndicator", "true" if is_charge else "false")
    return group("cac:AllowanceCharge", indicator, *terms)
