"""Document level allowances and charges: BR-31 to 33, BR-36 to 38, BR-CO-21, BR-CO-22."""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import missing
from formats.findings import Finding

RULES = frozenset({"BR-31", "BR-32", "BR-33", "BR-36", "BR-37", "BR-38", "BR-CO-21", "BR-CO-22"})


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what the allowances (BG-20) and charges (BG-21) of the document lack."""
    return (*_allowances(invoice), *_charges(invoice))


def _allowances(invoice: Invoice) -> Iterator[Finding]:
    for number, item in enumerate(invoice.document_level_allowances):
        pointer = f"/document_level_allowances/{number}"
        if item.amount is None:
            yield missing("BR-31", f"{pointer}/amount", "BT-92", "amount of the allowance")
        if item.vat_category_code is None:
            where = f"{pointer}/vat_category_code"
            yield missing("BR-32", where, "BT-95", "VAT category code of the allowance")
        if item.reason is None and item.reason_code is None:
            for rule in ("BR-33", "BR-CO-21"):
                yield missing(rule, f"{pointer}/reason", "BT-97", "reason of the allowance")


def _charges(invoice: Invoice) -> Iterator[Finding]:
    for number, item in enumerate(invoice.document_level_charges):
        pointer = f"/document_level_charges/{number}"
        if item.amount is None:
            yield missing("BR-36", f"{pointer}/amount", "BT-99", "amount of the charge")
        if item.vat_category_code is None:
            where = f"{pointer}/vat_category_code"
            yield missing("BR-37", where, "BT-102", "VAT category code of the charge")
        if item.reason is None and item.reason_code is None:
            for rule in ("BR-38", "BR-CO-22"):
                yield missing(rule, f"{pointer}/reason", "BT-104", "reason of the charge")
