"""Amounts. Money is `Decimal`; a float never becomes an amount."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

CENT = Decimal("0.01")

_XS_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
MAX_DIGITS = 60
"""Digits an amount may have. No rule of EN 16931 needs more than 20; arithmetic stays exact."""


def round_amount(value: Decimal, minor_units: int = 2) -> Decimal:
    """Round to a currency's decimals (two unless told), halves away from zero.

    EN 16931-1 asks for half-up; Python's `round()` would round 1.005 down to 1.00.
    """
    return value.quantize(Decimal(1).scaleb(-minor_units), ROUND_HALF_UP)


def _decimal_text(value: object) -> object:
    """Let through what xs:decimal allows; refuse floats and Python's wider spellings (1_0, 1E5)."""
    if isinstance(value, bool | float):
        raise ValueError('write amounts as strings, e.g. "12.50"')  # noqa: TRY004
    if isinstance(value, str):
        text = value.strip()
        if not _XS_DECIMAL.fullmatch(text):
            raise ValueError('is not a decimal number, e.g. "12.50"')
        return Decimal(text)
    return value


def _plain(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("is not a finite number")  # noqa: TRY004
    if exponent > 0:  # 1E+2 from a JSON number: the same value, written plainly
        if value.adjusted() >= MAX_DIGITS:
            raise ValueError(f"has more than {MAX_DIGITS} digits")
        value = value.quantize(Decimal(1))
    if max(len(value.as_tuple().digits), -exponent) > MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    return value


_Exact = Annotated[
    Decimal,
    BeforeValidator(_decimal_text, json_schema_input_type=str),
    AfterValidator(_plain),
    Field(examples=["12.50"]),
]

Amount = _Exact
"""An amount in the invoice currency, as written: scale and range are rules (BR-DEC-*, by currency)."""

UnitPrice = _Exact
"""A price per unit (BT-146): EN 16931 does not limit its decimals."""

Quantity = _Exact
"""A quantity (BT-129, BT-149)."""

Percentage = _Exact
"""A percentage, 22 for 22 %."""
