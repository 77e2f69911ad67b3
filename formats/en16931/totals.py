"""The arithmetic of an invoice: line amounts, VAT breakdown (BG-23) and totals (BG-22).

The only place that computes amounts; the rules compare with what is computed here. Exact: sums
and products keep every digit, and every result is rounded once, halves away from zero. Results
are not validated again: they may have more digits than an input may (GW-04 says so).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from formats.en16931.amounts import (
    DocumentLevelAllowance,
    DocumentLevelCharge,
    Totals,
    VatBreakdown,
)
from formats.en16931.group import Group, Text
from formats.en16931.line import Line
from formats.en16931.money import EXACT, Percentage, add, round_amount, round_quotient

WITHOUT_VAT = frozenset({"Z", "E", "AE", "K", "G"})
"""VAT category codes (UNTDID 5305) whose rate and VAT are zero: BR-Z/E/AE/IC/G-05, -09."""

OUT_OF_SCOPE = "O"
"""Not subject to VAT: no rate at all (BR-O-05), VAT zero (BR-O-09)."""

SUM_DECIMALS = 2
"""BR-CO-10 to BR-CO-16 round sums to two decimals in every currency."""

_ZERO = Decimal(0)

Taxed = Line | DocumentLevelAllowance | DocumentLevelCharge
"""What has a VAT category of its own."""


class VatExemption(Group):
    """Why a VAT category bears no VAT: the text (BT-120) or code (BT-121) its breakdown needs.

    Without a rate it holds for every rate of the category.
    """

    category_code: Text
    rate: Percentage | None = None
    text: Text | None = None
    code: Text | None = None


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """A line net amount, or a document level allowance or charge, with its VAT category.

    An amount that is absent adds nothing.
    """

    amount: Decimal | None
    category_code: str | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class TotalsInput:
    """What the totals follow from.

    Attributes:
        lines: Line net amounts (BT-131).
        allowances: Document level allowances (BT-92), positive.
        charges: Document level charges (BT-99), positive.
        decimals: Decimals of the invoice currency, see `currency.amount_decimals`.
        paid_amount: BT-113.
        rounding_amount: BT-114.
        exemptions: Reasons for the categories without VAT.
        total_vat_in_accounting_currency: BT-111, when the caller knows it.
        accounting_exchange_rate: Units of the VAT accounting currency (BT-6) for one unit of the
            invoice currency; gives BT-111 when the caller does not.
        accounting_decimals: Decimals of the VAT accounting currency; None when there is none.
    """

    lines: tuple[TaxedAmount, ...]
    allowances: tuple[TaxedAmount, ...] = ()
    charges: tuple[TaxedAmount, ...] = ()
    decimals: int = 2
    paid_amount: Decimal | None = None
    rounding_amount: Decimal | None = None
    exemptions: tuple[VatExemption, ...] = ()
    total_vat_in_accounting_currency: Decimal | None = None
    accounting_exchange_rate: Decimal | None = None
    accounting_decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """The totals and the VAT breakdown of an invoice."""

    totals: Totals
    vat_breakdown: tuple[VatBreakdown, ...]


def compute(
    source: TotalsInput, *, vat_breakdown: Sequence[VatBreakdown] | None = None
) -> Computed:
    """Compute BG-22 and BG-23 (BR-CO-10 to BR-CO-18).

    `vat_breakdown` are rows to take as they are, because they were judged to be within the
    tolerance of the rules (a seller may round VAT per line); without them the rows are computed.
    """
    rows = compute_vat_breakdown(source) if vat_breakdown is None else tuple(vat_breakdown)
    decimals = source.decimals
    lines = _sum((line.amount for line in source.lines), decimals)
    allowances = _optional_sum(source.allowances, decimals)
    charges = _optional_sum(source.charges, decimals)
    total_vat = _sum((row.category_tax_amount for row in rows), decimals)
    without_vat = _sum((lines, charges or _ZERO, (allowances or _ZERO).copy_negate()), decimals)
    with_vat = _sum((without_vat, total_vat), decimals)
    due = _sum(
        (
            with_vat,
            source.rounding_amount or _ZERO,
            (source.paid_amount or _ZERO).copy_negate(),
        ),
        decimals,
    )
    return Computed(
        totals=Totals.model_construct(
            sum_of_line_net_amounts=lines,  # BR-CO-10
            sum_of_allowances=allowances,  # BR-CO-11
            sum_of_charges=charges,  # BR-CO-12
            total_without_vat=without_vat,  # BR-CO-13
            total_vat=total_vat,  # BR-CO-14
            total_vat_in_accounting_currency=_in_accounting_currency(source, total_vat),
            total_with_vat=with_vat,  # BR-CO-15
            paid_amount=source.paid_amount,
            rounding_amount=source.rounding_amount,
            amount_due=due,  # BR-CO-16
        ),
        vat_breakdown=rows,
    )


def compute_vat_breakdown(source: TotalsInput) -> tuple[VatBreakdown, ...]:
    """Compute one row per VAT category and rate, in the order they first occur (BG-23)."""
    taxable: dict[tuple[str | None, Decimal | None], Decimal] = {}
    with localcontext(EXACT):
        for sign, amounts in (
            (1, source.lines),
            (1, source.charges),
            (-1, source.allowances),
        ):
            for item in amounts:
                key = (
                    item.category_code,
                    rate_in_breakdown(item.category_code, item.rate),
                )
                taxable[key] = taxable.get(key, _ZERO) + sign * (item.amount or _ZERO)
    return tuple(
        _row(source, category_code, rate, amount)
        for (category_code, rate), amount in taxable.items()
    )


def rate_in_breakdown(category_code: str | None, rate: Decimal | None) -> Decimal | None:
    """Return the rate under which an amount is found in the breakdown (BT-119)."""
    if category_code == OUT_OF_SCOPE:
        return None
    return Decimal(0) if category_code in WITHOUT_VAT else rate


def taxed_alike(one: Taxed, other: Taxed) -> bool:
    """Tell whether two amounts belong to the same row of the breakdown."""
    return one.vat_category_code == other.vat_category_code and rate_in_breakdown(
        one.vat_category_code, one.vat_rate
    ) == rate_in_breakdown(other.vat_category_code, other.vat_rate)


def category_tax_amount(taxable: Decimal, rate: Decimal | None, decimals: int = 2) -> Decimal:
    """BT-117 = BT-116 * BT-119 / 100 (BR-CO-17)."""
    return round_quotient(EXACT.multiply(taxable, rate or Decimal(0)), Decimal(100), decimals)


def line_net_amount(  # noqa: PLR0913 - the terms of one formula
    quantity: Decimal,
    net_price: Decimal,
    *,
    base_quantity: Decimal | None = None,
    allowances: Iterable[Decimal | None] = (),
    charges: Iterable[Decimal | None] = (),
    minor_units: int = 2,
) -> Decimal:
    """BT-131 = quantity * (net price / base quantity) + charges - allowances.

    A base quantity of zero counts as one, as in PEPPOL-EN16931-R120.
    """
    base = base_quantity or Decimal(1)
    with localcontext(EXACT):
        numerator = quantity * net_price + base * (add(charges) - add(allowances))
    return round_quotient(numerator, base, minor_units)


def line_exactly(
    quantity: Decimal,
    net_price: Decimal,
    base_quantity: Decimal | None,
    allowances: Iterable[Decimal | None],
    charges: Iterable[Decimal | None],
) -> Fraction:
    """Return the line net amount (BT-131) before it is rounded."""
    price = Fraction(net_price) / Fraction(base_quantity or Decimal(1))
    return Fraction(quantity) * price + Fraction(add(charges)) - Fraction(add(allowances))


def net_price(gross_price: Decimal, discount: Decimal | None = None) -> Decimal:
    """BT-146 = BT-148 - BT-147 (PEPPOL-EN16931-R046)."""
    return EXACT.subtract(gross_price, discount or Decimal(0))


def price_discount(gross_price: Decimal, net_price: Decimal) -> Decimal:
    """BT-147 = BT-148 - BT-146 (PEPPOL-EN16931-R046)."""
    return EXACT.subtract(gross_price, net_price)


def amount_of_percentage(base: Decimal, percentage: Decimal, minor_units: int = 2) -> Decimal:
    """Amount of an allowance or charge = base amount * percentage / 100 (PEPPOL-EN16931-R040)."""
    return round_quotient(EXACT.multiply(base, percentage), Decimal(100), minor_units)


def percentage_exactly(base: Decimal, percentage: Decimal) -> Fraction:
    """Return the amount of an allowance or charge before it is rounded."""
    return Fraction(base) * Fraction(percentage) / 100


def find_exemption(
    exemptions: Iterable[VatExemption], category_code: str | None, rate: Decimal | None
) -> VatExemption | None:
    """Return the first exemption reason for a row of the breakdown.

    Of a category without VAT, a rate of zero and none are the same.
    """
    zero = _ZERO if category_code == OUT_OF_SCOPE or category_code in WITHOUT_VAT else None
    for exemption in exemptions:
        if exemption.category_code == category_code and (
            exemption.rate is None or exemption.rate == (zero if rate is None else rate)
        ):
            return exemption
    return None


def _row(
    source: TotalsInput,
    category_code: str | None,
    rate: Decimal | None,
    taxable: Decimal,
) -> VatBreakdown:
    reason = find_exemption(source.exemptions, category_code, rate)
    return VatBreakdown.model_construct(
        category_taxable_amount=_sum((taxable,), source.decimals),
        category_tax_amount=category_tax_amount(taxable, rate, source.decimals),
        category_code=category_code,
        category_rate=rate,
        exemption_reason_text=reason.text if reason else None,
        exemption_reason_code=reason.code if reason else None,
    )


def _sum(values: Iterable[Decimal | None], decimals: int) -> Decimal:
    """Add and round to two decimals; write as few as the currency has if that loses nothing."""
    total = round_amount(add(values), SUM_DECIMALS)
    written = round_amount(total, decimals)
    return written if written == total else total


def _optional_sum(amounts: tuple[TaxedAmount, ...], decimals: int) -> Decimal | None:
    return _sum((item.amount for item in amounts), decimals) if amounts else None


def _in_accounting_currency(source: TotalsInput, total_vat: Decimal) -> Decimal | None:
    given, decimals = source.total_vat_in_accounting_currency, source.accounting_decimals
    if given is not None or decimals is None:
        return given
    rate = source.accounting_exchange_rate
    if rate is None:  # nothing is nothing at any rate
        return None if total_vat else round_amount(_ZERO, decimals)
    return round_amount(EXACT.multiply(total_vat, rate), decimals)
