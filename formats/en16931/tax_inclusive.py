"""From amounts that include VAT (consumer prices) to the net amounts of EN 16931.

The customer sees the sum of amounts with VAT; EN 16931 wants amounts without it, the VAT of each
category and rate being `BT-117 = round(BT-116 * rate)` (BR-CO-17). Per category we look for the
taxable amount that, with its VAT, is what the customer sees. There may be none: at 20 % a taxable
amount of 0.02 bears no VAT and one of 0.03 bears 0.01, so nothing adds up to 0.03. Then the next
lower or higher one is taken, so that several categories make up for each other where they can; a
cent is never moved into a category whose own sum is right. What is still missing in the end is a
`Clash`, or the rounding amount (BT-114) of a caller who permits one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.clash import Clash, Demand
from formats.en16931.line import Line
from formats.en16931.money import EXACT, add
from formats.en16931.tax_inclusive_prices import (
    hundred_and,
    line_share,
    net_amount,
    net_line,
    net_of,
    net_reduction,
    positive,
    takes_a_cent,
)
from formats.en16931.totals import Taxed, category_tax_amount, rate_in_breakdown
from formats.findings import Flag

_Key = tuple[str | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Net:
    """Lines, allowances and charges without VAT.

    Attributes:
        lines: BG-25.
        allowances: BG-20.
        charges: BG-21.
        seen: The sum of the amounts with VAT.
        reached: The total with VAT (BT-112) that the net amounts lead to.
        clashes: Where the two differ: one per category whose sum cannot be reached.
    """

    lines: tuple[Line, ...]
    allowances: tuple[DocumentLevelAllowance, ...]
    charges: tuple[DocumentLevelCharge, ...]
    seen: Decimal
    reached: Decimal
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One amount; allowances count negatively.

    Attributes:
        place: Its number among lines, allowances and charges.
        with_vat: What it adds to the sum with VAT.
        share: What it adds to the taxable amount, rounded for itself.
        exact: The same, not rounded.
        movable: Whether a cent more or less breaks nothing: no percentage, no price of nothing.
    """

    place: int
    with_vat: Decimal
    share: Decimal
    exact: Fraction
    movable: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """Taxable amounts of a category next to its sum with VAT, and what they add up to with VAT."""

    below: Decimal
    above: Decimal
    sum_below: Decimal
    sum_above: Decimal


def without_vat(
    lines: Sequence[Line],
    allowances: Sequence[DocumentLevelAllowance],
    charges: Sequence[DocumentLevelCharge],
    decimals: int,
) -> Net:
    """Return amounts and prices without VAT for those with VAT.

    Args:
        lines: With their amounts (BT-131), VAT included; what has no amount adds nothing.
        allowances: With their amounts (BT-92), VAT included.
        charges: With their amounts (BT-99), VAT included.
        decimals: Decimals of the invoice currency.
    """
    taxed: tuple[Taxed, ...] = (*lines, *allowances, *charges)
    groups: dict[_Key, list[_Item]] = {}
    for place, one in enumerate(taxed):
        groups.setdefault((one.vat_category_code, _rate(one)), []).append(
            _item(place, one, decimals)
        )
    net: dict[int, Decimal] = {}
    clashes: list[Clash] = []
    seen, reached = Decimal(0), Decimal(0)
    for (code, rate), items in groups.items():
        with_vat = add(item.with_vat for item in items)
        choice = _choose(with_vat, rate, decimals)
        off_below = abs(EXACT.subtract(add((reached, choice.sum_below)), add((seen, with_vat))))
        off_above = abs(EXACT.subtract(add((reached, choice.sum_above)), add((seen, with_vat))))
        lower = off_below <= off_above
        taxable = choice.below if lower else choice.above
        seen = add((seen, with_vat))
        reached = add((reached, choice.sum_below if lower else choice.sum_above))
        if with_vat not in {choice.sum_below, choice.sum_above}:
            pointer = _pointer(items[0].place, len(lines), len(allowances))
            clashes.append(_clash(code, rate, with_vat, choice, pointer))
        net |= _apportion(items, taxable, decimals)
    first_charge = len(lines) + len(allowances)
    return Net(
        tuple(
            net_line(line, net[place], _rate(line), decimals) for place, line in enumerate(lines)
        ),
        tuple(
            net_reduction(item, net[place].copy_negate(), _rate(item), decimals)
            for place, item in enumerate(allowances, len(lines))
        ),
        tuple(
            net_reduction(item, net[place], _rate(item), decimals)
            for place, item in enumerate(charges, first_charge)
        ),
        seen,
        reached,
        tuple(clashes) if seen != reached else (),
    )


def _rate(one: Taxed) -> Decimal | None:
    return rate_in_breakdown(one.vat_category_code, one.vat_rate)


def _item(place: int, one: Taxed, decimals: int) -> _Item:
    rate = _rate(one)
    if isinstance(one, Line):
        amount, sign = one.net_amount or Decimal(0), Decimal(1)
        share, of_item = line_share(one, rate, decimals)
        movable = takes_a_cent(one, of_item, decimals)
    else:
        amount = one.amount or Decimal(0)
        sign = Decimal(-1 if isinstance(one, DocumentLevelAllowance) else 1)
        share = net_amount(one, rate, decimals)
        movable = amount != 0 and one.percentage is None
    with_vat = EXACT.multiply(amount, sign)
    if positive(rate) == 0:
        return _Item(place, with_vat, with_vat, Fraction(with_vat), movable=False)
    exact = Fraction(with_vat) * 100 / Fraction(hundred_and(rate))
    return _Item(place, with_vat, EXACT.multiply(share, sign), exact, movable)


def _choose(with_vat: Decimal, rate: Decimal | None, decimals: int) -> _Choice:
    """Return the greatest taxable amount that with its VAT is not above a sum, and the next one.

    The sum with VAT grows with the taxable amount, so nothing lies between the two: when neither
    is the sum, none is.
    """
    if positive(rate) == 0:  # also where the sum itself has fractions of a cent
        return _Choice(with_vat, with_vat, with_vat, with_vat)
    unit = Decimal(1).scaleb(-decimals)
    below = net_of(with_vat, rate, decimals)
    while _with_vat(below, rate, decimals) > with_vat:
        below = EXACT.subtract(below, unit)
    while _with_vat(EXACT.add(below, unit), rate, decimals) <= with_vat:
        below = EXACT.add(below, unit)
    sum_below = _with_vat(below, rate, decimals)
    if sum_below == with_vat:
        return _Choice(below, below, sum_below, sum_below)
    above = EXACT.add(below, unit)
    return _Choice(below, above, sum_below, _with_vat(above, rate, decimals))


def _with_vat(taxable: Decimal, rate: Decimal | None, decimals: int) -> Decimal:
    return EXACT.add(taxable, category_tax_amount(taxable, positive(rate), decimals))


def _apportion(items: Sequence[_Item], taxable: Decimal, decimals: int) -> dict[int, Decimal]:
    """Share a taxable amount out: cent by cent to those whose own rounding took most from them."""
    shares = {item.place: item.share for item in items}
    missing = int(EXACT.subtract(taxable, add(shares.values())).scaleb(decimals, EXACT))
    direction = 1 if missing > 0 else -1

    def fitness(item: _Item) -> tuple[bool, Fraction, Decimal]:
        error = (item.exact - Fraction(item.share)) * direction
        return item.movable, error, abs(item.with_vat)

    ranked = sorted(items, key=fitness, reverse=True)
    movable = [item for item in ranked if item.movable] or ranked
    # What is taken off keeps its own amount, which was said elsewhere: of an advance, of a return.
    movable = [item for item in movable if item.with_vat > 0] or movable
    each, rest = divmod(abs(missing), len(movable))  # each is 0, but for absurd percentages
    for number, item in enumerate(movable[:rest] if each == 0 else movable):
        units = direction * (each + (number < rest))
        shares[item.place] = add((shares[item.place], Decimal(units).scaleb(-decimals, EXACT)))
    return shares


def _clash(
    code: str | None, rate: Decimal | None, with_vat: Decimal, choice: _Choice, pointer: str
) -> Clash:
    shown = "without rate" if rate is None else f"{rate:f} %"
    return Clash(
        rule="GW-07",
        flag=Flag.FATAL,
        pointer=pointer,
        term="BT-116",
        wanted=Demand(
            "GW-07",
            f"the amounts with VAT of category {code}, {shown}, stay what the customer sees",
            (with_vat,),
        ),
        prevailing=Demand(
            "BR-CO-17",
            f"BT-117 is BT-116 at {shown}, rounded: {choice.below:f} and {choice.above:f} without"
            " VAT are next to each other, with VAT that",
            (choice.sum_below, choice.sum_above),
        ),
        fix="Change a price by one cent, or set rounding_permitted: the difference then becomes"
        " the rounding amount (BT-114).",
    )


def _pointer(place: int, lines: int, allowances: int) -> str:
    if place < lines:
        return f"/lines/{place}"
    if place < lines + allowances:
        return f"/document_level_allowances/{place - lines}"
    return f"/document_level_charges/{place - lines - allowances}"
