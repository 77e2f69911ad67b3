"""Where a currency without cents and the exactness that Peppol asks for exclude each other.

PEPPOL-EN16931-R040 and R120 want amounts to be at most 0.02 off what they follow from, in every
currency. Half a yen is 0.50 off, and yen have no decimals.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.clash import Clash, Demand
from formats.en16931.currency import EN16931_MAX_DECIMALS
from formats.en16931.line import LineAllowance, LineCharge
from formats.en16931.model import Invoice
from formats.en16931.money import round_quotient
from formats.en16931.totals import line_exactly, percentage_exactly
from formats.findings import Flag

_SLACK = Fraction(2, 100)

_Reduction = DocumentLevelAllowance | DocumentLevelCharge | LineAllowance | LineCharge


def inexact(invoice: Invoice, decimals: int) -> tuple[Clash, ...]:
    """Return the amounts that are right in their currency and too far off for Peppol.

    Args:
        invoice: Complete.
        decimals: Decimals of its currency.
    """
    return tuple(_clashes(invoice, decimals)) if decimals < EN16931_MAX_DECIMALS else ()


def _clashes(invoice: Invoice, decimals: int) -> Iterator[Clash]:
    allowances, charges = invoice.document_level_allowances, invoice.document_level_charges
    yield from _reductions(allowances, "/document_level_allowances", "BT-92", decimals)
    yield from _reductions(charges, "/document_level_charges", "BT-99", decimals)
    for number, line in enumerate(invoice.lines):
        at = f"/lines/{number}"
        yield from _reductions(line.allowances, f"{at}/allowances", "BT-136", decimals)
        yield from _reductions(line.charges, f"{at}/charges", "BT-141", decimals)
        quantity, price, amount = line.invoiced_quantity, line.item_net_price, line.net_amount
        if quantity is None or price is None or amount is None:
            continue
        exact = line_exactly(
            quantity,
            price,
            line.item_price_base_quantity,
            [item.amount for item in line.allowances],
            [item.amount for item in line.charges],
        )
        if _only_rounded(amount, exact, decimals):
            place = (f"{at}/net_amount", "BT-131")
            yield _clash("PEPPOL-EN16931-R120", place, amount, exact, decimals)


def _reductions(
    items: tuple[_Reduction, ...], pointer: str, term: str, decimals: int
) -> Iterator[Clash]:
    for number, item in enumerate(items):
        amount, base, percentage = item.amount, item.base_amount, item.percentage
        if amount is None or base is None or percentage is None:
            continue
        exact = percentage_exactly(base, percentage)
        if _only_rounded(amount, exact, decimals):
            place = (f"{pointer}/{number}/amount", term)
            yield _clash("PEPPOL-EN16931-R040", place, amount, exact, decimals)


def _only_rounded(amount: Decimal, exact: Fraction, decimals: int) -> bool:
    """Tell whether an amount is off by more than the tolerance, and by less than a unit."""
    off = abs(Fraction(amount) - exact)
    return _SLACK < off < Fraction(1, 10**decimals)


def _clash(
    rule: str, place: tuple[str, str], amount: Decimal, exact: Fraction, decimals: int
) -> Clash:
    pointer, term = place
    wanted = round_quotient(Decimal(exact.numerator), Decimal(exact.denominator))
    return Clash(
        rule="GW-08",
        flag=Flag.WARNING,
        pointer=pointer,
        term=term,
        wanted=Demand(rule, f"{term} is what it follows from, at most 0.02 off", (wanted,)),
        prevailing=Demand("GW-08", f"the currency has {decimals} decimals", (amount,)),
        fix="Give prices and percentages that lead to amounts of the currency.",
    )
