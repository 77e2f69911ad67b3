"""How many digits amounts have: BR-DEC-01 to BR-DEC-28, GW-03 for the currency, GW-04.

EN 16931 allows two decimals in every currency; the digits count as written, so 1.000 has three.
GW-03 is ours: an amount that its currency cannot express (0.50 JPY) is shown, not refused,
because unit prices make such line amounts usual and the official rules let them pass. GW-04 stops
amounts that were computed from valid ones and have grown beyond what can be read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.currency import EN16931_MAX_DECIMALS, minor_units
from formats.en16931.model import Invoice
from formats.en16931.money import MAX_DIGITS, round_amount
from formats.en16931.rules.base import fatal, plain, warning
from formats.findings import Finding

RULES = frozenset(
    {f"BR-DEC-{number:02}" for number in (1, 2, 5, 6, *range(9, 21), 23, 24, 25, 27, 28)}
    | {"GW-03", "GW-04"}
)

_TOTALS = (
    ("BR-DEC-09", "sum_of_line_net_amounts", "BT-106"),
    ("BR-DEC-10", "sum_of_allowances", "BT-107"),
    ("BR-DEC-11", "sum_of_charges", "BT-108"),
    ("BR-DEC-12", "total_without_vat", "BT-109"),
    ("BR-DEC-13", "total_vat", "BT-110"),
    ("BR-DEC-14", "total_with_vat", "BT-112"),
    ("BR-DEC-15", "total_vat_in_accounting_currency", "BT-111"),
    ("BR-DEC-16", "paid_amount", "BT-113"),
    ("BR-DEC-17", "rounding_amount", "BT-114"),
    ("BR-DEC-18", "amount_due", "BT-115"),
)


@dataclass(frozen=True, slots=True)
class _Written:
    """An amount, and the rule on its decimals; prices have none."""

    rule: str | None
    pointer: str
    term: str
    amount: Decimal | None


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the amounts with too many decimals."""
    return tuple(_findings(invoice))


def _findings(invoice: Invoice) -> Iterator[Finding]:
    payable = {"BT-112", "BT-115"}
    decimals = minor_units(invoice.currency_code)
    for item in _amounts(invoice):
        if item.amount is None:
            continue
        digits, exponent = len(item.amount.as_tuple().digits), item.amount.as_tuple().exponent
        if digits > MAX_DIGITS:
            yield fatal(
                "GW-04",
                item.pointer,
                item.term,
                f"The amount ({item.term}) has {digits} digits; {MAX_DIGITS} can be handled.",
                "Correct the amounts it follows from.",
            )
        written = -exponent if isinstance(exponent, int) else 0
        if item.rule is not None and written > EN16931_MAX_DECIMALS:
            yield fatal(
                item.rule,
                item.pointer,
                item.term,
                f"{plain(item.amount)} ({item.term}) has {written} decimals; two are allowed.",
                f"Write {plain(round_amount(item.amount))}.",
            )
        elif item.term in payable and round_amount(item.amount, decimals) != item.amount:
            yield warning(
                "GW-03",
                item.pointer,
                item.term,
                f"{plain(item.amount)} ({item.term}) cannot be paid in {invoice.currency_code},"
                f" which has {decimals} decimals.",
                "Round the amount due and say so in rounding_amount (BT-114).",
            )


def too_many(invoice: Invoice) -> Iterator[tuple[str, str, Decimal]]:
    """Yield rule, pointer and rounded amount of what has more than two decimals."""
    for item in _amounts(invoice):
        if item.rule is None or item.amount is None:
            continue
        exponent = item.amount.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > EN16931_MAX_DECIMALS:
            yield item.rule, item.pointer, round_amount(item.amount)


def _amounts(invoice: Invoice) -> Iterator[_Written]:
    for number, allowance in enumerate(invoice.document_level_allowances):
        at = f"/document_level_allowances/{number}"
        yield _Written("BR-DEC-01", f"{at}/amount", "BT-92", allowance.amount)
        yield _Written("BR-DEC-02", f"{at}/base_amount", "BT-93", allowance.base_amount)
    for number, charge in enumerate(invoice.document_level_charges):
        at = f"/document_level_charges/{number}"
        yield _Written("BR-DEC-05", f"{at}/amount", "BT-99", charge.amount)
        yield _Written("BR-DEC-06", f"{at}/base_amount", "BT-100", charge.base_amount)
    for rule, field, term in _TOTALS:
        yield _Written(rule, f"/totals/{field}", term, getattr(invoice.totals, field))
    for number, row in enumerate(invoice.vat_breakdown):
        at = f"/vat_breakdown/{number}"
        taxable, tax = row.category_taxable_amount, row.category_tax_amount
        yield _Written("BR-DEC-19", f"{at}/category_taxable_amount", "BT-116", taxable)
        yield _Written("BR-DEC-20", f"{at}/category_tax_amount", "BT-117", tax)
    for number, line in enumerate(invoice.lines):
        at = f"/lines/{number}"
        yield _Written("BR-DEC-23", f"{at}/net_amount", "BT-131", line.net_amount)
        yield _Written(None, f"{at}/item_net_price", "BT-146", line.item_net_price)
        yield _Written(None, f"{at}/item_price_discount", "BT-147", line.item_price_discount)
        for index, item in enumerate(line.allowances):
            where = f"{at}/allowances/{index}"
            yield _Written("BR-DEC-24", f"{where}/amount", "BT-136", item.amount)
            yield _Written("BR-DEC-25", f"{where}/base_amount", "BT-137", item.base_amount)
        for index, extra in enumerate(line.charges):
            where = f"{at}/charges/{index}"
            yield _Written("BR-DEC-27", f"{where}/amount", "BT-141", extra.amount)
            yield _Written("BR-DEC-28", f"{where}/base_amount", "BT-142", extra.base_amount)
