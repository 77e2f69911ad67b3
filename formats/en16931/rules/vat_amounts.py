"""The amounts of the VAT breakdown: BR-45, BR-46, BR-CO-17, rules 08 and 09 of every VAT category.

The official artefact is lenient on purpose, because sellers may round VAT per line: taxable and
tax amount of a rate may be less than 1.00 off. For the categories without VAT it is exact. An
amount that is absent fits nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext

from formats.en16931.amounts import VatBreakdown
from formats.en16931.currency import amount_decimals
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules.base import fatal, missing, plain
from formats.en16931.rules.categories import BY_CODE, CATEGORIES, Category, taxed, trimmed
from formats.en16931.totals import category_tax_amount
from formats.findings import Finding

_TOLERANCE = Decimal(1)
_HALF = Decimal("0.5")
_ZERO = Decimal(0)

_Key = tuple[str | None, Decimal | None]
"""VAT category code and rate."""

RULES = frozenset(
    {"BR-45", "BR-46", "BR-CO-17"}
    | {f"{category.rules}-{rule}" for category in CATEGORIES for rule in ("08", "09")}
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with taxable and tax amounts of the breakdown (BG-23)."""
    with localcontext(EXACT):
        return tuple(_findings(invoice))


@dataclass(frozen=True, slots=True)
class _Sums:
    """What lines, charges and allowances add up to, grouped once.

    The artefact adds up all lines again for every row of the breakdown.
    """

    lines: bool
    by_category: defaultdict[str | None, Decimal]
    by_rate: dict[_Key, Decimal]
    document_level: dict[_Key, Decimal]


def _sums(invoice: Invoice) -> _Sums:
    sums = _Sums(bool(invoice.lines), defaultdict(Decimal), {}, {})
    for item in taxed(invoice):
        key = (item.code, item.rate)
        sums.by_category[item.code] += item.amount
        sums.by_rate[key] = sums.by_rate.get(key, Decimal(0)) + item.amount
        if item.kind != "line":
            sums.document_level[key] = sums.document_level.get(key, Decimal(0)) + item.amount
    return sums


def _findings(invoice: Invoice) -> Iterator[Finding]:
    if not invoice.vat_breakdown:
        return
    sums = _sums(invoice)
    decimals = amount_decimals(invoice.currency_code)
    for number, row in enumerate(invoice.vat_breakdown):
        category = BY_CODE.get(trimmed(row.category_code) or "")
        pointer = f"/vat_breakdown/{number}"
        taxable, tax = row.category_taxable_amount, row.category_tax_amount
        if taxable is None:
            where = f"{pointer}/category_taxable_amount"
            yield missing("BR-45", where, "BT-116", "taxable amount of the VAT category")
        if tax is None:
            where = f"{pointer}/category_tax_amount"
            yield missing("BR-46", where, "BT-117", "tax amount of the VAT category")
        right_tax = _right_tax(row, category, decimals)
        if not _tax_fits_rate(row):
            yield _wrong_tax("BR-CO-17", pointer, row, right_tax)
        if category is None:
            continue
        if category.several_rates:
            right_taxable = sums.by_rate.get((category.code, row.category_rate))
            taxable_fits = _taxable_fits_rate(row, category.code, sums)
            tax_fits = row.category_rate is not None and _within_tolerance(row)
        else:
            right_taxable = sums.by_category[category.code]
            taxable_fits = sums.lines and taxable == right_taxable
            tax_fits = tax == 0
        if not taxable_fits:
            yield _wrong_taxable(f"{category.rules}-08", pointer, row, right_taxable)
        if not tax_fits:
            yield _wrong_tax(f"{category.rules}-09", pointer, row, right_tax)


def _taxable_fits_rate(row: VatBreakdown, code: str, sums: _Sums) -> bool:
    """BR-S-08, BR-AF-08, BR-AG-08.

    BR-S-08 alone wants something of that rate to be there. And it has an alternative for credit
    notes that an invoice meets too: when there are allowances or charges of that rate, they may
    be all that the taxable amount covers.
    """
    key = (code, row.category_rate)
    taxable = row.category_taxable_amount
    if row.category_rate is None:
        return True
    if taxable is None:
        return False
    if code != "S":
        return sums.lines and _close(taxable, sums.by_rate.get(key, _ZERO))
    return any(
        key in amounts and _close(taxable, amounts[key])
        for amounts in (sums.by_rate, sums.document_level)
    )


def _close(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) < _TOLERANCE


def _tax_fits_rate(row: VatBreakdown) -> bool:
    """BR-CO-17, word for word: a rate that rounds to zero bears a tax that rounds to zero."""
    if row.category_rate is None or _round(row.category_rate) == 0:
        return row.category_tax_amount is not None and _round(row.category_tax_amount) == 0
    return _within_tolerance(row)


def _within_tolerance(row: VatBreakdown) -> bool:
    taxable, tax = row.category_taxable_amount, row.category_tax_amount
    if taxable is None or tax is None:
        return False
    product = abs(taxable) * (row.category_rate or _ZERO)  # hundredths of the tax, not rounded
    return abs(abs(tax) - _round(product).scaleb(-2)) < _TOLERANCE


def _round(value: Decimal) -> Decimal:
    """XPath's round(): halves go up."""
    return (value + _HALF).to_integral_value(ROUND_FLOOR)


def _right_tax(row: VatBreakdown, category: Category | None, decimals: int) -> Decimal | None:
    if category is not None and not category.several_rates:
        return Decimal(0)
    if row.category_taxable_amount is None:
        return None
    return category_tax_amount(row.category_taxable_amount, row.category_rate, decimals)


def _wrong_tax(rule: str, pointer: str, row: VatBreakdown, right: Decimal | None) -> Finding:
    rate = row.category_rate
    if rule == "BR-CO-17" and rate and _round(rate) == 0:
        percent = plain(rate.scaleb(2))
        return fatal(
            rule,
            f"{pointer}/category_tax_amount",
            "BT-117",
            f"The rate (BT-119) is {plain(rate)} %, less than half a percent: the rule takes it"
            f" for none, and the VAT (BT-117) is {plain(row.category_tax_amount)}.",
            f"Write the rate in percent, where rows and lines state it: {percent} if {percent} %"
            " was meant.",
        )
    return fatal(
        rule,
        f"{pointer}/category_tax_amount",
        "BT-117",
        f"The VAT of category {row.category_code} at {plain(row.category_rate)} % (BT-117) is"
        f" {plain(row.category_tax_amount)}, but {plain(row.category_taxable_amount)} (BT-116)"
        f" at this rate gives {plain(right)}.",
        f"Write {plain(right)}."
        if right is not None
        else "Give the taxable amount (BT-116), or leave the breakdown to us.",
    )


def _wrong_taxable(rule: str, pointer: str, row: VatBreakdown, right: Decimal | None) -> Finding:
    return fatal(
        rule,
        f"{pointer}/category_taxable_amount",
        "BT-116",
        f"The taxable amount of category {row.category_code} at {plain(row.category_rate)} %"
        f" (BT-116) is {plain(row.category_taxable_amount)}, but lines, charges and allowances"
        f" of it add up to {plain(right)}.",
        f"Write {plain(right)}."
        if right is not None
        else "Remove the row: no line belongs to it.",
    )
