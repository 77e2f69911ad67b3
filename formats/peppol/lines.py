"""What Peppol asks of lines, allowances and charges.

PEPPOL-EN16931-R040 to R042, R046, R110, R111, R120, R121, R130.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.currency import amount_decimals
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, MAX_DIGITS, add
from formats.en16931.rules.base import fatal, missing, plain
from formats.en16931.totals import (
    amount_of_percentage,
    line_net_amount,
    net_price,
    price_discount,
)
from formats.findings import Finding

RULES = frozenset(
    f"PEPPOL-EN16931-R{number:03}" for number in (40, 41, 42, 46, 110, 111, 120, 121, 130)
)

SLACK = Decimal("0.02")
"""How far R040 and R120 let an amount be off."""

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How amounts of the invoice are written, and how far off they may be."""

    decimals: int
    slack: Decimal


_Reduction = DocumentLevelAllowance | DocumentLevelCharge | LineAllowance | LineCharge


def check(
    invoice: Invoice, slack: Decimal = SLACK, *, in_cii: bool = False
) -> tuple[Finding, ...]:
    """Return what Peppol finds wrong with lines, allowances and charges.

    In UBL a gross price stands with its discount, which is written as it follows from the prices
    when nobody states it; in CII a gross price alone says that there is none.
    """
    return tuple(_findings(invoice, slack, in_cii=in_cii))


def _findings(invoice: Invoice, slack: Decimal, *, in_cii: bool) -> Iterator[Finding]:
    bounds = _Bounds(amount_decimals(invoice.currency_code), slack)
    for number, allowance in enumerate(invoice.document_level_allowances):
        yield from _reduction(allowance, f"/document_level_allowances/{number}", "BT-92", bounds)
    for number, charge in enumerate(invoice.document_level_charges):
        yield from _reduction(charge, f"/document_level_charges/{number}", "BT-99", bounds)
    for number, line in enumerate(invoice.lines):
        pointer = f"/lines/{number}"
        for index, item in enumerate(line.allowances):
            yield from _reduction(item, f"{pointer}/allowances/{index}", "BT-136", bounds)
        for index, extra in enumerate(line.charges):
            yield from _reduction(extra, f"{pointer}/charges/{index}", "BT-141", bounds)
        yield from _net_amount(line, pointer, bounds)
        if in_cii or line.item_price_discount is not None or not _followed(line):
            yield from _price_difference(line, pointer)
        yield from _base_quantity(line, pointer)
        yield from _period(line, pointer, invoice)


def _reduction(item: _Reduction, pointer: str, term: str, bounds: _Bounds) -> Iterator[Finding]:
    if item.percentage is not None and item.base_amount is None:
        where = f"{pointer}/base_amount"
        yield missing("PEPPOL-EN16931-R041", where, term, "base amount of the percentage")
    elif item.percentage is None and item.base_amount is not None:
        where = f"{pointer}/percentage"
        yield missing("PEPPOL-EN16931-R042", where, term, "percentage of the base amount")
    elif item.percentage is not None and item.base_amount is not None:
        with localcontext(EXACT):
            exact = item.base_amount * item.percentage / 100
            fits = abs((item.amount or _ZERO) - exact) <= bounds.slack  # absent counts as 0
        if not fits:
            right = amount_of_percentage(item.base_amount, item.percentage, bounds.decimals)
            yield fatal(
                "PEPPOL-EN16931-R040",
                f"{pointer}/amount",
                term,
                f"The amount ({term}) is {plain(item.amount)}, but {plain(item.percentage)} % of"
                f" {plain(item.base_amount)} is {plain(right)}.",
                f"Write {plain(right)}, or leave the amount out.",
            )


def _net_amount(line: Line, pointer: str, bounds: _Bounds) -> Iterator[Finding]:
    quantity = Decimal(1) if line.invoiced_quantity is None else line.invoiced_quantity
    price = Decimal(0) if line.item_net_price is None else line.item_net_price
    base = line.item_price_base_quantity or Decimal(1)
    charges = _rounded(add(charge.amount for charge in line.charges))
    allowances = _rounded(add(allowance.amount for allowance in line.allowances))
    exact = Fraction(quantity) * Fraction(price) / Fraction(base)
    off = Fraction(line.net_amount or _ZERO) - exact - Fraction(charges) + Fraction(allowances)
    if abs(off) > Fraction(bounds.slack):
        right = line_net_amount(
            quantity,
            price,
            base_quantity=base,
            allowances=[allowances],
            charges=[charges],
            minor_units=bounds.decimals,
        )
        yield fatal(
            "PEPPOL-EN16931-R120",
            f"{pointer}/net_amount",
            "BT-131",
            *_off(line, right),
        )


def _off(line: Line, right: Decimal) -> tuple[str, str]:
    """Say message and fix; the rule takes 1 or 0 for what is missing, but nobody else."""
    absent = [
        name
        for name, value in (
            ("quantity (BT-129)", line.invoiced_quantity),
            ("net price (BT-146)", line.item_net_price),
        )
        if value is None
    ]
    if absent:
        names = " and ".join(absent)
        return f"The line net amount (BT-131) follows from the {names}: missing.", f"Give {names}."
    message = (
        f"The line net amount (BT-131) is {plain(line.net_amount)}, but quantity, price,"
        f" charges and allowances give {plain(right)}."
    )
    return message, f"Write {plain(right)}; a JSON body can leave it out."


def _rounded(value: Decimal) -> Decimal:
    """XPath's `round(value * 100) div 100`: halves go up."""
    with localcontext(EXACT):
        return (value * 100 + Decimal("0.5")).to_integral_value(ROUND_FLOOR).scaleb(-2)


def _followed(line: Line) -> bool:
    """Tell whether a discount follows from the prices, in no more digits than can be read."""
    net, gross = line.item_net_price, line.item_gross_price
    if net is None or gross is None:
        return False
    return len(price_discount(gross, net).as_tuple().digits) <= MAX_DIGITS


def _price_difference(line: Line, pointer: str) -> Iterator[Finding]:
    if line.item_gross_price is not None:
        right = net_price(line.item_gross_price, line.item_price_discount)
        if line.item_net_price != right:
            yield fatal(
                "PEPPOL-EN16931-R046",
                f"{pointer}/item_net_price",
                "BT-146",
                f"The net price (BT-146) is {plain(line.item_net_price)}, but gross price"
                f" (BT-148) minus discount (BT-147) is {plain(right)}.",
                f"Write {plain(right)}, or leave the net price out.",
            )


def _base_quantity(line: Line, pointer: str) -> Iterator[Finding]:
    base = line.item_price_base_quantity
    if base is None:
        return
    if base <= 0:
        yield fatal(
            "PEPPOL-EN16931-R121",
            f"{pointer}/item_price_base_quantity",
            "BT-149",
            f"The price base quantity (BT-149) is {plain(base)}, but must be more than 0.",
            "Give the quantity the price is for, or leave it out for one.",
        )
    unit = line.item_price_base_quantity_unit_code
    if unit is not None and line.invoiced_quantity is not None and unit != line.unit_code:
        yield fatal(
            "PEPPOL-EN16931-R130",
            f"{pointer}/item_price_base_quantity_unit_code",
            "BT-150",
            f"The price is per {unit} (BT-150), the quantity in {line.unit_code} (BT-130).",
            "Give both in one unit.",
        )


def _period(line: Line, pointer: str, invoice: Invoice) -> Iterator[Finding]:
    delivery = invoice.delivery_information
    whole = delivery.invoicing_period if delivery else None
    period = line.period
    if whole is None or period is None:
        return
    if whole.start_date and period.start_date and period.start_date < whole.start_date:
        yield fatal(
            "PEPPOL-EN16931-R110",
            f"{pointer}/period/start_date",
            "BT-134",
            f"The line's period starts on {period.start_date} (BT-134), before the invoicing"
            f" period on {whole.start_date} (BT-73).",
            "Let the invoicing period cover all lines.",
        )
    if whole.end_date and period.end_date and period.end_date > whole.end_date:
        yield fatal(
            "PEPPOL-EN16931-R111",
            f"{pointer}/period/end_date",
            "BT-135",
            f"The line's period ends on {period.end_date} (BT-135), after the invoicing period"
            f" on {whole.end_date} (BT-74).",
            "Let the invoicing period cover all lines.",
        )
