"""Amounts. Money is `Decimal`; a float never becomes an amount."""

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

CENT = Decimal("0.01")

_XS_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
MAX_DIGITS = 60
"""Digits an amount may have. No rule of EN 16931 needs more than 20; arithmetic stays exact."""

EXACT = Context(prec=1000, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For `decimal.localcontext`: sums and products of amounts keep every digit in it.

Python's default context rounds to 28 digits. A product of two amounts has at most 240 digits and
a sum of a million amounts 126.
"""


def round_amount(value: Decimal, minor_units: int = 2) -> Decimal:
    """Round to a currency's decimals (two unless told), halves away from zero.

    EN 16931-1 asks for half-up; Python's `round()` would round 1.005 down to 1.00.
    """
    return value.quantize(Decimal(1).scaleb(-minor_units), context=EXACT)


def round_quotient(numerator: Decimal, denominator: Decimal, minor_units: int = 2) -> Decimal:
    """Divide and round once, halves away from zero, with no digit lost in between.

    Raises:
        ZeroDivisionError: The denominator is zero.
    """
    quotient = Fraction(numerator) / Fraction(denominator)
    scaled = abs(quotient) * 10**minor_units
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-units if quotient < 0 else units).scaleb(-minor_units, EXACT)


def add(values: Iterable[Decimal | None]) -> Decimal:
    """Add amounts exactly; what is absent adds nothing, and the sum of nothing is zero."""
    total = Decimal(0)
    for value in values:
        if value is not None:
            total = EXACT.add(total, value)
    return total


def _decimal_text(value: object) -> object:
    """Let through what xs:decimal allows; refuse floats and Python's spellings (1_0, 1E5)."""
    if isinstance(value, bool | float):
        raise ValueError('write amounts as strings, e.g. "12.50"')  # noqa: TRY004
    if isinstance(value, str):
        text = value.strip()
        if not _XS_DECIMAL.fullmatch(text):
            raise ValueError('is not a decimal number, e.g. "12.50"')
        return Decimal(text)
    if not isinstance(value, int | Decimal):
        raise ValueError('is not a decimal number, e.g. "12.50"')  # noqa: TRY004
    return value


def _plain(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("is not a finite number")  # noqa: TRY004
    if exponent > 0:  # 1E+2 from a JSON number: the same value, written plainly
        if value.adjusted() >= MAX_DIGITS:
            raise ValueError(f"has more than {MAX_DIGITS} digits")
        value = value.quantize(Decimal(1), context=EXACT)
    if max(len(value.as_tuple().digits), -exponent) > MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    return value


_Exact = Annotated[
    Decimal,
    BeforeValidator(_decimal_text, json_schema_input_type=str),
    AfterValidator(_plain),
    PlainSerializer("{:f}".format, return_type=str, when_used="json"),  # never 1E-7
    Field(examples=["12.50"]),
]

Amount = _Exact
"""An amount in the invoice currency, as written: scale and range are rules (BR-DEC-*)."""

UnitPrice = _Exact
"""A price per unit (BT-146): EN 16931 does not limit its decimals."""

Quantity = _Exact
"""A quantity (BT-129, BT-149)."""

Percentage = _Exact
"""A percentage, 22 for 22 %."""
