"""The parts of a line, allowance or charge that included VAT, without it."""

from decimal import Decimal
from typing import TypeVar

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.currency import EN16931_MAX_DECIMALS
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.money import EXACT, add, round_quotient
from formats.en16931.totals import amount_of_percentage, line_net_amount

PRICE_DECIMALS = 4
"""Decimals of what no amount depends on, such as the discount of a gross price (BT-147)."""

_FEWEST = 2
_SLACK = Decimal("0.02")

_AnyReduction = DocumentLevelAllowance | DocumentLevelCharge | LineAllowance | LineCharge

_Reduction = TypeVar(
    "_Reduction", DocumentLevelAllowance, DocumentLevelCharge, LineAllowance, LineCharge
)


def positive(rate: Decimal | None) -> Decimal:
    """Take a negative rate as none: the rules refuse it (BR-S-05), and it has no inverse."""
    return Decimal(0) if rate is None or rate < 0 else rate


def hundred_and(rate: Decimal | None) -> Decimal:
    """Return what 100 without VAT is with it."""
    return EXACT.add(positive(rate), Decimal(100))


def net_reduction(
    item: _Reduction, amount: Decimal | None, rate: Decimal | None, decimals: int
) -> _Reduction:
    """Return an allowance or charge without VAT.

    Args:
        item: With its amount, VAT included.
        amount: The amount it gets; None leaves it without one.
        rate: Its VAT rate.
        decimals: Decimals of the invoice currency.
    """
    if positive(rate) == 0:
        return item
    base = item.base_amount
    if base is not None:
        base = net_of(base, rate, decimals)
        if amount is not None and amount != net_amount(item, rate, decimals):
            base = _base_of(amount, item.percentage, base)
    return item.model_copy(
        update={"amount": None if item.amount is None else amount, "base_amount": base}
    )


def net_line(line: Line, amount: Decimal | None, rate: Decimal | None, decimals: int) -> Line:
    """Return a line without VAT: its amount is given, its price follows from it.

    The price gets as few decimals as make quantity times price the amount exactly, so that
    neither the definition of BT-131 nor PEPPOL-EN16931-R120 depends on a tolerance.

    Args:
        line: With its amounts, VAT included.
        amount: BT-131 without VAT; None for a line that has none.
        rate: Its VAT rate.
        decimals: Decimals of the invoice currency.
    """
    if positive(rate) == 0:
        return line
    net = _without_price(line, rate, decimals)
    if line.net_amount is not None and amount is not None:
        share, of_item = line_share(line, rate, decimals)
        moved = EXACT.subtract(amount, share)
        if moved and not _absorbs(of_item, decimals):
            net = _with_moved_reduction(net, moved)
        net = net.model_copy(update={"net_amount": amount})
    if line.item_net_price is None:
        return net
    price = _price(line, net, rate, decimals)
    discount, gross = line.item_price_discount, line.item_gross_price
    if discount is not None:
        discount = net_of(discount, rate, PRICE_DECIMALS)
    if gross is not None:
        gross = EXACT.add(price, discount or Decimal(0))  # PEPPOL-EN16931-R046
    return net.model_copy(
        update={
            "item_net_price": price,
            "item_price_discount": discount,
            "item_gross_price": gross,
        }
    )


def line_share(line: Line, rate: Decimal | None, decimals: int) -> tuple[Decimal, Decimal]:
    """Return a line's amount without VAT, and that of its item alone, before reductions.

    The item's part is what a price can take a cent from or give one to. It is zero where no
    price decides: the line has none, or its amount is not the one of its price.
    """
    amount = line.net_amount or Decimal(0)
    if line.item_net_price is None or line.invoiced_quantity is None or not _fits(line, decimals):
        return net_of(amount, rate, decimals), Decimal(0)
    of_item = net_of(EXACT.subtract(amount, _reductions(line)), rate, decimals)
    reductions = _reductions(_without_price(line, rate, decimals))
    return EXACT.add(of_item, reductions), of_item if line.invoiced_quantity else Decimal(0)


def takes_a_cent(line: Line, of_item: Decimal, decimals: int) -> bool:
    """Tell whether a line can have a cent more or less: in its price, or in a plain reduction."""
    items: tuple[LineAllowance | LineCharge, ...] = (*line.allowances, *line.charges)
    return _absorbs(of_item, decimals) or any(
        item.percentage is None and _absorbs(item.amount or Decimal(0), decimals) for item in items
    )


def _absorbs(amount: Decimal, decimals: int) -> bool:
    return abs(amount) >= Decimal(2).scaleb(-decimals)


def _with_moved_reduction(line: Line, moved: Decimal) -> Line:
    """Put a cent that no price can take into the largest allowance or charge, if there is one."""
    items: list[LineAllowance | LineCharge] = [*line.allowances, *line.charges]
    if not items:
        return line

    def fitness(item: LineAllowance | LineCharge) -> tuple[bool, Decimal]:
        return item.percentage is None, abs(item.amount or Decimal(0))

    largest = max(items, key=fitness)
    change = moved.copy_negate() if isinstance(largest, LineAllowance) else moved
    amount = add((largest.amount, change))
    base = largest.base_amount
    if base is not None:
        base = _base_of(amount, largest.percentage, base)
    changed = largest.model_copy(update={"amount": amount, "base_amount": base})
    items = [changed if item is largest else item for item in items]
    return line.model_copy(
        update={
            "allowances": tuple(item for item in items if isinstance(item, LineAllowance)),
            "charges": tuple(item for item in items if isinstance(item, LineCharge)),
        }
    )


def _base_of(amount: Decimal, percentage: Decimal | None, base: Decimal) -> Decimal:
    """Return the base whose percentage an amount is that had to take a cent (R040)."""
    if not percentage:
        return base
    return round_quotient(EXACT.multiply(amount, Decimal(100)), percentage)


def _without_price(line: Line, rate: Decimal | None, decimals: int) -> Line:
    return line.model_copy(
        update={
            "allowances": tuple(_line_level(item, rate, decimals) for item in line.allowances),
            "charges": tuple(_line_level(item, rate, decimals) for item in line.charges),
        }
    )


def net_amount(item: _AnyReduction, rate: Decimal | None, decimals: int) -> Decimal:
    """Return the amount of an allowance or charge without VAT, zero where it has none.

    A percentage stays one: it is then of the base without VAT (PEPPOL-EN16931-R040).
    """
    amount, base, percentage = item.amount or Decimal(0), item.base_amount, item.percentage
    if (
        base is not None
        and percentage is not None
        and amount == amount_of_percentage(base, percentage, decimals)
    ):
        return amount_of_percentage(net_of(base, rate, decimals), percentage, decimals)
    return net_of(amount, rate, decimals)


def _line_level(item: _Reduction, rate: Decimal | None, decimals: int) -> _Reduction:
    return net_reduction(item, net_amount(item, rate, decimals), rate, decimals)


def _price(line: Line, net: Line, rate: Decimal | None, decimals: int) -> Decimal:
    """Return the net price: the price with VAT divided, as exactly as the amount needs it."""
    with_vat = line.item_net_price or Decimal(0)
    wanted, quantity = net.net_amount, line.invoiced_quantity
    if wanted is None or quantity is None or not _fits(line, decimals):
        return net_of(with_vat, rate, PRICE_DECIMALS)
    exactness = max(decimals, EN16931_MAX_DECIMALS)  # in yen, too, no hundredth off
    digits = max(_FEWEST, quantity.adjusted() - _base(line).adjusted() + exactness + 3)
    for places in range(_FEWEST, digits + 1):
        price = net_of(with_vat, rate, places)
        if _amount(net, price, exactness) == wanted:
            return price
    if quantity:
        numerator = EXACT.multiply(EXACT.subtract(wanted, _reductions(net)), _base(line))
        for places in range(_FEWEST, digits + 1):
            price = round_quotient(numerator, quantity, places)
            if _amount(net, price, exactness) == wanted:
                return price
    return net_of(with_vat, rate, PRICE_DECIMALS)


def _fits(line: Line, decimals: int) -> bool:
    """Tell whether the amount with VAT is the one of its price; if not, the rules will say so."""
    computed = _amount(line, line.item_net_price or Decimal(0), decimals)
    given = line.net_amount
    return given is not None and abs(EXACT.subtract(given, computed)) <= _SLACK


def _amount(line: Line, price: Decimal, decimals: int) -> Decimal:
    return line_net_amount(
        line.invoiced_quantity or Decimal(0),
        price,
        base_quantity=line.item_price_base_quantity,
        allowances=[item.amount for item in line.allowances],
        charges=[item.amount for item in line.charges],
        minor_units=decimals,
    )


def _reductions(line: Line) -> Decimal:
    charges = add(item.amount for item in line.charges)
    return EXACT.subtract(charges, add(item.amount for item in line.allowances))


def _base(line: Line) -> Decimal:
    return line.item_price_base_quantity or Decimal(1)


def net_of(amount: Decimal, rate: Decimal | None, decimals: int) -> Decimal:
    """Return an amount without its VAT, rounded."""
    return round_quotient(EXACT.multiply(amount, Decimal(100)), hundred_and(rate), decimals)
