"""Our own: line numbers that stand once (GW-10), and amounts that pass by slack only (GW-11).

The official rules let amounts be off: VAT and taxable amount of a rate by less than 1.00 each
(BR-CO-17, rules 08 and 09 of S, L and M), a line net amount and the amount of a percentage by
0.02 (PEPPOL-EN16931-R120, -R040); the sums of BR-CO-10 to -16 are exact. What is not what the
arithmetic gives, to the cent, and passes all the same, is shown with both values; it stops
nothing. A line net amount may be rounded up or down.
"""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge, VatBreakdown
from formats.en16931.currency import amount_decimals
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules import lines as line_rules
from formats.en16931.rules.base import is_blank, plain, warning
from formats.en16931.rules.categories import BY_CODE, taxed, trimmed
from formats.en16931.totals import (
    SUM_DECIMALS,
    amount_of_percentage,
    category_tax_amount,
    line_exactly,
    percentage_exactly,
)
from formats.findings import Finding

RULES = frozenset({"GW-10", "GW-11"})

TAX_SLACK = Decimal(1)
"""VAT and taxable amount of a row may be off by less than this."""

LINE_SLACK = Decimal("0.02")
"""A line net amount, and the amount of a percentage, may be off by this much."""

_CENT = Fraction(1, 100)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what passes the official rules and is not right all the same."""
    with localcontext(EXACT):
        return (
            *_numbers(invoice),
            *_rows(invoice),
            *_lines(invoice),
            *_percentages(invoice),
        )


def _numbers(invoice: Invoice) -> Iterator[Finding]:
    """GW-10: BT-126 is a line's own within the invoice, says EN 16931-1; no official rule does."""
    first: dict[str, int] = {}
    for number, line in enumerate(invoice.lines):
        if is_blank(line.identifier):
            continue
        identifier = (line.identifier or "").strip()
        if first.setdefault(identifier, number) != number:
            yield warning(
                "GW-10",
                f"/lines/{number}/identifier",
                "BT-126",
                f"Lines {first[identifier] + 1} and {number + 1} have the same identifier"
                f" {identifier} (BT-126).",
                "Give every line a number of its own, or leave them out: we number the lines.",
            )


def _rows(invoice: Invoice) -> Iterator[Finding]:
    decimals = amount_decimals(invoice.currency_code)
    sums = dict[tuple[str | None, Decimal | None], Decimal]()
    for item in taxed(invoice):
        key = (item.code, item.rate)
        sums[key] = sums.get(key, Decimal(0)) + item.amount
    for number, row in enumerate(invoice.vat_breakdown):
        code, rate = trimmed(row.category_code), row.category_rate
        category = BY_CODE.get(code or "")
        if category is None or not category.several_rates or rate is None:
            continue
        where = f"/vat_breakdown/{number}"
        yield from _taxable(row, sums.get((code, rate)), where)
        yield from _tax(row, rate, decimals, where)


def _taxable(row: VatBreakdown, right: Decimal | None, pointer: str) -> Iterator[Finding]:
    stated = row.category_taxable_amount
    if stated is None or right is None or not 0 < abs(stated - right) < TAX_SLACK:
        return
    yield warning(
        "GW-11",
        f"{pointer}/category_taxable_amount",
        "BT-116",
        f"The taxable amount (BT-116) is {plain(stated)}, but lines, charges and allowances of"
        f" {row.category_code} at {plain(row.category_rate)} % add up to {plain(right)}: it passes"
        f" the official rules only because they let it be off by less than {plain(TAX_SLACK)}.",
        f"Write {plain(right)}.",
    )


def _tax(row: VatBreakdown, rate: Decimal, decimals: int, pointer: str) -> Iterator[Finding]:
    taxable, stated = row.category_taxable_amount, row.category_tax_amount
    if taxable is None or stated is None:
        return
    right = category_tax_amount(taxable, rate, decimals)
    if stated in {right, category_tax_amount(taxable, rate, SUM_DECIMALS)}:
        return
    if abs(stated - right) < TAX_SLACK:
        yield warning(
            "GW-11",
            f"{pointer}/category_tax_amount",
            "BT-117",
            f"The VAT (BT-117) is {plain(stated)}, but {plain(rate)} % of {plain(taxable)} is"
            f" {plain(right)}: it passes BR-CO-17 only because that lets it be off by less than"
            f" {plain(TAX_SLACK)}.",
            f"Write {plain(right)}, and correct the totals that follow from it.",
        )


def _lines(invoice: Invoice) -> Iterator[Finding]:
    decimals = amount_decimals(invoice.currency_code)
    for number, line in enumerate(invoice.lines):
        off = _off(line)
        pointer = f"/lines/{number}"
        if off is None or abs(off) < _CENT or any(line_rules.net_amount(line, pointer, decimals)):
            continue
        exact = Fraction(line.net_amount or 0) - off
        right = Decimal(round(exact * 100)).scaleb(-2)
        yield warning(
            "GW-11",
            f"{pointer}/net_amount",
            "BT-131",
            f"The line net amount (BT-131) is {plain(line.net_amount)}, but quantity, price,"
            f" allowances and charges give {plain(right)}: it passes the official rules only"
            f" because they let it be off by {plain(LINE_SLACK)}.",
            f"Write {plain(right)}; a JSON body can leave it out.",
        )


def _off(line: Line) -> Fraction | None:
    """Return by how much a line net amount is not what it follows from."""
    price, quantity, stated = line.item_net_price, line.invoiced_quantity, line.net_amount
    if price is None or quantity is None or stated is None:
        return None
    return Fraction(stated) - line_exactly(
        quantity,
        price,
        line.item_price_base_quantity,
        [item.amount for item in line.allowances],
        [item.amount for item in line.charges],
    )


_Reduction = DocumentLevelAllowance | DocumentLevelCharge | LineAllowance | LineCharge


def _reductions(invoice: Invoice) -> Iterator[tuple[str, str, _Reduction]]:
    for number, allowance in enumerate(invoice.document_level_allowances):
        yield f"/document_level_allowances/{number}", "BT-92", allowance
    for number, charge in enumerate(invoice.document_level_charges):
        yield f"/document_level_charges/{number}", "BT-99", charge
    for number, line in enumerate(invoice.lines):
        for index, less in enumerate(line.allowances):
            yield f"/lines/{number}/allowances/{index}", "BT-136", less
        for index, more in enumerate(line.charges):
            yield f"/lines/{number}/charges/{index}", "BT-141", more


def _percentages(invoice: Invoice) -> Iterator[Finding]:
    decimals = amount_decimals(invoice.currency_code)
    for pointer, term, item in _reductions(invoice):
        base, percentage, stated = item.base_amount, item.percentage, item.amount
        if base is None or percentage is None or stated is None:
            continue
        off = abs(Fraction(stated) - percentage_exactly(base, percentage))
        if not _CENT <= off <= LINE_SLACK:
            continue
        right = amount_of_percentage(base, percentage, decimals)
        yield warning(
            "GW-11",
            f"{pointer}/amount",
            term,
            f"The amount ({term}) is {plain(stated)}, but {plain(percentage)} % of {plain(base)}"
            f" is {plain(right)}: it passes the official rules only because they let it be off by"
            f" {plain(LINE_SLACK)}.",
            f"Write {plain(right)}, or leave the amount out.",
        )
