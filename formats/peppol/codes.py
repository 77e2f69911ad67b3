"""Peppol's own restrictions of code lists: CL001 to CL008, and P0104 to P0111.

Lists: made by scripts/code_lists.py from PEPPOL-EN16931-UBL 3.0.21 (see `code_lists`); the type
codes of P0100 and P0101 stand in the tests of those rules.
"""

from collections.abc import Iterator

from formats.en16931.codes.allowances import ALLOWANCE_REASONS, CHARGE_REASONS
from formats.en16931.codes.attachments import MEDIA_TYPES
from formats.en16931.codes.taxes import VAT_POINT_DATES
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding
from formats.peppol.code_lists import CURRENCIES, ELECTRONIC_ADDRESS_SCHEMES

INVOICES = frozenset(
    {
        *("71", "80", "82", "84", "102", "218", "219", "326", "331", "380", "382", "383", "384"),
        *("386", "388", "393", "395", "553", "575", "623", "780", "817", "870", "875", "876"),
        "877",
    }
)
CREDIT_NOTES = frozenset({"381", "396", "81", "83", "532"})
SELF_BILLED_INVOICES = frozenset({"389", "527"})
SELF_BILLED_CREDIT_NOTES = frozenset({"261"})

_CATEGORY_OF_VATEX = {
    "VATEX-EU-G": ("P0104", "G"),
    "VATEX-EU-O": ("P0105", "O"),
    "VATEX-EU-IC": ("P0106", "K"),
    "VATEX-EU-AE": ("P0107", "AE"),
    "VATEX-EU-D": ("P0108", "E"),
    "VATEX-EU-F": ("P0109", "E"),
    "VATEX-EU-I": ("P0110", "E"),
    "VATEX-EU-J": ("P0111", "E"),
}

RULES = frozenset(
    {f"PEPPOL-EN16931-{rule}" for rule, _ in _CATEGORY_OF_VATEX.values()}
    | {f"PEPPOL-EN16931-CL{number:03}" for number in (1, 2, 3, 6, 7, 8)}
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the codes that Peppol does not allow."""
    return tuple(
        fatal(
            f"PEPPOL-EN16931-{rule}",
            pointer,
            term,
            f"{code or 'An empty text'} ({term}) is not a code that Peppol allows here.",
            "Take a code of the list for this term in Peppol BIS Billing 3.0.",
        )
        for rule, pointer, term, code, allowed in _coded(invoice)
        if code is not None and code not in allowed
    ) + tuple(_exemptions(invoice))


_Coded = tuple[str, str, str, str | None, frozenset[str]]


def _coded(invoice: Invoice) -> Iterator[_Coded]:
    yield "CL007", "/currency_code", "BT-5", invoice.currency_code, CURRENCIES
    if invoice.totals.total_vat_in_accounting_currency is not None:  # only amounts are looked at
        accounting = invoice.vat_accounting_currency_code
        yield "CL007", "/vat_accounting_currency_code", "BT-6", accounting, CURRENCIES
    date_code = trimmed(invoice.value_added_tax_point_date_code)
    yield "CL006", "/value_added_tax_point_date_code", "BT-8", date_code, VAT_POINT_DATES
    for party, term, address in (
        ("seller", "BT-34", invoice.seller.electronic_address),
        ("buyer", "BT-49", invoice.buyer.electronic_address),
    ):
        if address is not None:
            pointer = f"/{party}/electronic_address/scheme_identifier"
            scheme = address.scheme_identifier
            yield "CL008", pointer, term, scheme, ELECTRONIC_ADDRESS_SCHEMES
    for number, document in enumerate(invoice.additional_supporting_documents):
        if document.attached_document is not None:
            pointer = f"/additional_supporting_documents/{number}/attached_document/mime_code"
            yield "CL001", pointer, "BT-125", document.attached_document.mime_code, MEDIA_TYPES
    yield from _reasons(invoice)


def _reasons(invoice: Invoice) -> Iterator[_Coded]:
    for number, allowance in enumerate(invoice.document_level_allowances):
        pointer = f"/document_level_allowances/{number}/reason_code"
        yield "CL002", pointer, "BT-98", trimmed(allowance.reason_code), ALLOWANCE_REASONS
    for number, charge in enumerate(invoice.document_level_charges):
        pointer = f"/document_level_charges/{number}/reason_code"
        yield "CL003", pointer, "BT-105", trimmed(charge.reason_code), CHARGE_REASONS
    for number, line in enumerate(invoice.lines):
        for index, item in enumerate(line.allowances):
            pointer = f"/lines/{number}/allowances/{index}/reason_code"
            yield "CL002", pointer, "BT-140", trimmed(item.reason_code), ALLOWANCE_REASONS
        for index, extra in enumerate(line.charges):
            pointer = f"/lines/{number}/charges/{index}/reason_code"
            yield "CL003", pointer, "BT-145", trimmed(extra.reason_code), CHARGE_REASONS


def _exemptions(invoice: Invoice) -> Iterator[Finding]:
    for number, row in enumerate(invoice.vat_breakdown):
        code = (row.exemption_reason_code or "").upper()
        rule, category = _CATEGORY_OF_VATEX.get(code, (None, None))
        if rule is not None and trimmed(row.category_code) != category:
            yield fatal(
                f"PEPPOL-EN16931-{rule}",
                f"/vat_breakdown/{number}/category_code",
                "BT-118",
                f"Exemption reason {code} (BT-121) goes with VAT category {category}, not"
                f" {row.category_code} (BT-118).",
                f"Use VAT category {category}, or another reason.",
            )
