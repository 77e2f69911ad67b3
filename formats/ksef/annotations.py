"""What the law wants said of the supply: Adnotacje.

They follow from EN 16931 as far as it knows: cash method from BT-8, self-billing from BT-3,
reverse charge and exemption from the VAT categories, margin schemes from BT-121. Split payment is
said when a line is marked as of annex 15 and the total is above 15,000. New means of transport and
the simplified triangular procedure are the extension's.
"""

import re
from decimal import Decimal

from formats.en16931.model import Invoice
from formats.ksef.nature import SELF_BILLED
from formats.ksef.party import filled
from formats.ksef.rates import MARGINS
from formats.ksef.totals import rate_to_zloty
from formats.ksef.tree import Tree

CASH_METHOD = "432"
"""BT-8: VAT is due when it is paid (UNTDID 2475)."""

SPLIT_PAYMENT_ABOVE = Decimal(15_000)
"""PLN; art. 106e ust. 1 pkt 18a of the VAT act."""

_DIRECTIVE = re.compile(r"2006/112|dyrektyw|directive", re.IGNORECASE)
_ACT = re.compile(r"\bart\.|\bustaw|\brozporz|§", re.IGNORECASE)
_CODE, _TEXT = "exemption_reason_code", "exemption_reason_text"
_BASES = ("P_19A", "P_19B", "P_19C")


def annotations(invoice: Invoice, lines: list[Tree]) -> Tree:
    """Return Adnotacje as they follow; the lines are those of the extension."""
    categories = {row.category_code for row in invoice.vat_breakdown}
    return {
        "P_16": _said(invoice.value_added_tax_point_date_code == CASH_METHOD),
        "P_17": _said(invoice.type_code in SELF_BILLED),
        "P_18": _said("AE" in categories),
        "P_18A": _said(_split_payment(invoice, lines)),
        "Zwolnienie": _exemption(invoice),
        "NoweSrodkiTransportu": {"P_22N": "1"},
        "P_23": "2",
        "PMarzy": _margin(invoice),
    }


def _said(true: object) -> str:
    return "1" if true else "2"


def in_zloty(invoice: Invoice) -> Decimal | None:
    """Return BT-112 in PLN, None when nothing tells the rate."""
    total = invoice.totals.total_with_vat
    if total is None or invoice.currency_code == "PLN":
        return total
    vat, in_accounting = invoice.totals.total_vat, invoice.totals.total_vat_in_accounting_currency
    if vat and in_accounting and invoice.vat_accounting_currency_code == "PLN":
        return total * in_accounting / vat
    rate = rate_to_zloty(invoice)
    return None if rate is None else total * rate


def _split_payment(invoice: Invoice, lines: list[Tree]) -> bool:
    total = in_zloty(invoice)
    marked = any(line.get("P_12_Zal_15") == "1" for line in lines)
    return marked and total is not None and abs(total) > SPLIT_PAYMENT_ABOVE


def _exemption(invoice: Invoice) -> Tree:
    exempt = [
        row
        for row in invoice.vat_breakdown
        if row.category_code == "E" and row.exemption_reason_code not in MARGINS
    ]
    if not exempt:
        return {"P_19N": "1"}
    text = exempt[0].exemption_reason_text
    return {"P_19": "1"} | filled(**{_basis(text or ""): text})


def _basis(text: str) -> str:
    if _DIRECTIVE.search(text):
        return "P_19B"
    return "P_19A" if _ACT.search(text) else "P_19C"


def _margin(invoice: Invoice) -> Tree:
    codes = (row.exemption_reason_code for row in invoice.vat_breakdown)
    mark = next((MARGINS[code] for code in codes if code in MARGINS), None)
    return {"P_PMarzy": "1", mark: "1"} if mark else {"P_PMarzyN": "1"}


def take_tax_point(notes: Tree) -> str | None:
    """Return BT-8 as P_16 has it."""
    return CASH_METHOD if notes.get("P_16") == "1" else None


def complete_breakdown(rows: list[Tree], notes: Tree) -> None:
    """Give the rows of exempt supplies their reason: P_19A to P_19C, or the margin scheme."""
    exemption = notes.get("Zwolnienie", {})
    text = next((exemption[basis] for basis in _BASES if basis in exemption), None)
    marks = notes.get("PMarzy", {})
    code = next((code for code, mark in MARGINS.items() if mark in marks), None)
    for row in rows:
        if row.get("category_code") != "E":
            continue
        margin = row.pop("margin", False)
        row.update(filled(**{_CODE: code} if margin else {_TEXT: text}))
