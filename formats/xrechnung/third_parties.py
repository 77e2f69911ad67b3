"""Payments for third parties, of XRechnung's extension in UBL: BR-DEX-09 to BR-DEX-13.

BR-DEX-14 compares currencies; the model has one for all amounts.
"""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal, localcontext

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.currency import EN16931_MAX_DECIMALS
from formats.en16931.extensions.settlement import Prepayment
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.en16931.rules.base import fatal, is_blank, missing, plain
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULES = frozenset(f"BR-DEX-{number:02}" for number in range(9, 14))


def check(invoice: Invoice) -> Iterator[Finding]:
    """Yield what is wrong with the payments for third parties and with the amount due."""
    payments = () if invoice.extensions is None else invoice.extensions.prepayments
    if trimmed(invoice.type_code) in CREDIT_NOTE_TYPES:
        payments = ()  # a CreditNote has no place for them
    yield from _amount_due(invoice, payments)
    for number, payment in enumerate(payments):
        yield from _payment(payment, f"/extensions/prepayments/{number}")


def _amount_due(invoice: Invoice, payments: tuple[Prepayment, ...]) -> Iterator[Finding]:
    totals = invoice.totals
    with localcontext(EXACT):
        third = add(payment.amount for payment in payments)
        rounding = totals.rounding_amount or Decimal(0)
        before = add((totals.total_with_vat, third)) - (totals.paid_amount or Decimal(0))
        right = before + rounding
        due = totals.amount_due
        fits = (
            due is not None
            and totals.total_with_vat is not None
            and _rounded(due - rounding) == _rounded(before)
        )
    if not fits:
        yield fatal(
            "BR-DEX-09",
            "/totals/amount_due",
            "BT-115",
            f"The amount due (BT-115) is {plain(due)}, but BT-112 - BT-113 + BT-114 and the"
            f" payments for third parties (BT-DEX-002) give {plain(right)}.",
            f"Write {plain(right)}.",
        )


def _rounded(value: Decimal) -> Decimal:
    """XPath's `round(value * 100) div 100`: halves go up."""
    return (value * 100 + Decimal("0.5")).to_integral_value(ROUND_FLOOR).scaleb(-2)


def _payment(payment: Prepayment, pointer: str) -> Iterator[Finding]:
    if is_blank(payment.identifier):
        yield missing("BR-DEX-10", f"{pointer}/identifier", "BT-DEX-001", "type of the payment")
    if payment.amount is None:
        yield missing("BR-DEX-11", f"{pointer}/amount", "BT-DEX-002", "amount of the payment")
    elif -int(payment.amount.as_tuple().exponent) > EN16931_MAX_DECIMALS:
        yield fatal(
            "BR-DEX-13",
            f"{pointer}/amount",
            "BT-DEX-002",
            f"The amount {plain(payment.amount)} (BT-DEX-002) has more than two decimals.",
            "Give two decimals.",
        )
    if is_blank(payment.instruction):
        where = f"{pointer}/instruction"
        yield missing("BR-DEX-12", where, "BT-DEX-003", "description of the payment")
