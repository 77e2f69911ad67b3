"""Other readings of amounts that do not add up: where one is as good, there is no patch.

The amounts that were stated are evidence, and what was computed is one reading of them. VAT that
is exact at another rate says that the rate is wrong; totals that are off by one difference agree
with each other, and what they follow from may be wrong, or lost; an amount due beside a right
total may be rounded (BT-114), less an early payment, or beside a paid amount that is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.amounts import Totals, VatBreakdown
from formats.en16931.currency import amount_decimals
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules.base import plain
from formats.en16931.totals import category_tax_amount

LITTLE = Decimal("0.10")
"""What rounding explains; no line that got lost is so small."""

_FAR = Decimal(1)
"""An amount due that is off by this much beside a right total knows of something else."""

_RATES = """2.1 3 4 4.8 5 5.5 6 7 8 8.1 9 9.5 10 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25
25.5 26 27"""
RATES = tuple(Decimal(rate) for rate in _RATES.split())
"""VAT rates of Europe today and of the last years, from the national laws."""

_UNITS = tuple(Decimal(unit) for unit in ("5", "1", "0.5", "0.1", "0.05"))
"""What amounts to pay are rounded to, in cash and by custom: 5 for the forint, 0.05 in euro."""

_DISCOUNTS = tuple(Decimal(percent) for percent in ("1", "1.5", "2", "2.5", "3", "4", "5"))
"""Usual discounts for early payment, in percent."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading that is as good.

    Attributes:
        name: Key of its words in the catalogues (`[fixes]`).
        values: What goes into them.
    """

    name: str
    values: tuple[str, ...]


def of_rows(invoice: Invoice, right: Sequence[VatBreakdown]) -> Reading | None:
    """Return the rate that a stated VAT is exact at, when it is not that of its row.

    Args:
        invoice: With the rows that are stated.
        right: The same rows in the same order, as they would be corrected.
    """
    decimals = amount_decimals(invoice.currency_code)
    for row, corrected in zip(invoice.vat_breakdown, right, strict=False):
        tax, taxable = row.category_tax_amount, corrected.category_taxable_amount
        if not tax or not taxable or tax == corrected.category_tax_amount:
            continue
        rate = _exact_at(tax, taxable, corrected.category_rate, decimals)
        if rate is not None:
            return Reading("rate", (plain(tax), plain(rate), plain(taxable)))
    return None


def _exact_at(
    tax: Decimal, taxable: Decimal, but: Decimal | None, decimals: int
) -> Decimal | None:
    exact = (
        rate
        for rate in RATES
        if rate != but and category_tax_amount(taxable, rate, decimals) == tax
    )
    return next(exact, None)


def of_totals(
    stated: Totals, right: Totals, wrong: Sequence[str], rows: Decimal
) -> Reading | None:
    """Return the other reading of totals that are off.

    Args:
        stated: The totals as they are.
        right: As they follow from the lines.
        wrong: The names of those that are stated otherwise.
        rows: By how much the stated VAT of the breakdown is more than it follows.
    """
    if "amount_due" in wrong and (reading := _of_due(stated, right)) is not None:
        return reading
    off = [difference for name in wrong if (difference := _off(stated, right, name))]
    if rows and rows in off:
        return Reading("agree", (_signed(rows),))
    for difference in off:
        if off.count(difference) > 1 and difference.copy_abs() >= LITTLE:
            return Reading("agree", (_signed(difference),))
    return None


def _off(stated: Totals, right: Totals, name: str) -> Decimal:
    zero = Decimal(0)
    return EXACT.subtract(getattr(stated, name) or zero, getattr(right, name) or zero)


def _of_due(stated: Totals, right: Totals) -> Reading | None:
    due, expected = stated.amount_due, right.amount_due
    if due is None or expected is None:
        return None
    off = EXACT.subtract(due, expected)
    if stated.rounding_amount is None and _rounded(due, expected):
        return Reading("rounding", (plain(off),))
    if stated.total_with_vat not in {None, right.total_with_vat}:
        return None
    if stated.paid_amount and due == right.total_with_vat:
        return Reading("paid", (plain(stated.paid_amount),))
    if any(percent == off.copy_negate() for percent in _discounts(right.total_with_vat)):
        return Reading("discount", (plain(off.copy_abs()),))
    return Reading("due", (_signed(off),)) if off.copy_abs() >= _FAR else None


def _rounded(due: Decimal, expected: Decimal) -> bool:
    """Tell whether an amount due is the expected one, rounded to what people round to."""
    off = EXACT.subtract(due, expected).copy_abs()
    return any(
        EXACT.remainder(due, unit) == 0
        and EXACT.remainder(expected, unit) != 0
        and EXACT.multiply(off, Decimal(2)) <= unit
        for unit in _UNITS
    )


def _discounts(total: Decimal | None) -> Iterator[Decimal]:
    for percent in _DISCOUNTS if total is not None else ():
        yield category_tax_amount(total or Decimal(0), percent, 2)


def _signed(value: Decimal) -> str:
    return plain(value) if value < 0 else f"+{plain(value)}"
