"""The parts of a line, allowance or charge that included VAT, without it."""

from decimal import Decimal
from typing import TypeVar

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.money import EXACT, add, round_quotient
from formats.en16931.totals import amount_of_percentage, line_net_amount

PRICE_DECIMALS = 4
"""Decimals of what no amount depends on, such as the discount of a gross price (BT-147)."""

_FEWEST = 2
_SLACK = Decimal("0.02")

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
    base = item.base_amount
    if base is not None:
        base = _net(base, rate, decimals)
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
    net = _without_price(line, rate, decimals)
    if line.net_amount is not None:
        net = net.model_copy(update={"net_amount": amount})
    if line.item_net_price is None:
        return net
    price = _price(line, net, rate, decimals)
    discount, gross = line.item_price_discount, line.item_gross_price
    if discount is not None:
        discount = _net(discount, rate, PRICE_DECIMALS)
    if gross is not None:
        gross = EXACT.add(price, discount or Decimal(0))  # PEPPOL-EN16931-R046
    return net.model_copy(
        update={
            "item_net_price": price,
            "item_price_discount": discount,
            "item_gross_price": gross,
        }
    )


def fixed_amount(line: Line, rate: Decimal | None, decimals: int) -> Decimal | None:
    """Return what a line without quantity comes to without VAT; None where a price decides."""
    if line.invoiced_quantity != 0 or line.item_net_price is None or not _fits(line, decimals):
        return None
    return _amount(_without_price(line, rate, decimals), Decimal(0), decimals)


def _without_price(line: Line, rate: Decimal | None, decimals: int) -> Line:
    return line.model_copy(
        update={
            "allowances": tuple(_line_level(item, rate, decimals) for item in line.allowances),
            "charges": tuple(_line_level(item, rate, decimals) for item in line.charges),
        }
    )


def _line_level(item: _Reduction, rate: Decimal | None, decimals: int) -> _Reduction:
    amount, base, percentage = item.amount, item.base_amount, item.percentage
    if amount is None:
        return item
    net = _net(amount, rate, decimals)
    if (
        base is not None
        and percentage is not None
        and amount == amount_of_percentage(base, percentage, decimals)
    ):
        net = amount_of_percentage(_net(base, rate, decimals), percentage, decimals)
    return net_reduction(item, net, rate, decimals)


def _price(line: Line, net: Line, rate: Decimal | None, decimals: int) -> Decimal:
    """Return the net price: the price with VAT divided, as exactly as the amount needs it."""
    with_vat = line.item_net_price or Decimal(0)
    wanted, quantity = net.net_amount, line.invoiced_quantity
    if wanted is None or quantity is None or not _fits(line, decimals):
        return _net(with_vat, rate, PRICE_DECIMALS)
    digits = max(_FEWEST, quantity.adjusted() - _base(line).adjusted() + decimals + 3)
    for places in range(_FEWEST, digits + 1):
        price = _net(with_vat, rate, places)
        if _amount(net, price, decimals) == wanted:
            return price
    if quantity:
        numerator = EXACT.multiply(EXACT.subtract(wanted, _reductions(net)), _base(line))
        for places in range(_FEWEST, digits + 1):
            price = round_quotient(numerator, quantity, places)
            if _amount(net, price, decimals) == wanted:
                return price
    return _net(with_vat, rate, PRICE_DECIMALS)


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


def _net(amount: Decimal, rate: Decimal | None, decimals: int) -> Decimal:
    return round_quotient(EXACT.multiply(amount, Decimal(100)), hundred_and(rate), decimals)
