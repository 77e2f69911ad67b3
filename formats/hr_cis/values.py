"""The values of CIS as its schema spells them, both ways.

Source: FiskalizacijaSchema.xsd 1.9.
"""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from formats.xml import UnreadableDocumentError

_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{2}", re.ASCII)
_RATE = re.compile(r"[+-]?[0-9]{1,3}\.[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"([0-9]{2})\.([0-9]{2})\.([12][0-9]{3})T([0-9]{2}:[0-9]{2}:[0-9]{2})", re.ASCII
)
_YEARS = range(1000, 3000)  # [1-2][0-9]{3}
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_BLANKS = re.compile(r"[\t\r\n]")  # whiteSpace "replace" of IznosType


class CisError(ValueError):
    """A value is none that CIS takes.

    Attributes:
        name: Of its element.
        detail: What is wrong.
    """

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"{name} {detail}")
        self.name, self.detail = name, detail


Check = Callable[[Any], bool]
"""Tells whether a value can be written."""


def text(pattern: str) -> Check:
    """Return a check for texts of a pattern."""
    whole = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and whole.fullmatch(value) is not None


def number(digits: int) -> Check:
    """Return a check for decimals with so many digits before the point, and two behind it."""
    most = Decimal(10) ** digits

    def check(value: object) -> bool:
        return (
            isinstance(value, Decimal)
            and value.is_finite()
            and abs(value) < most
            and value == value.quantize(Decimal("0.01"))
        )

    return check


IS_OIB = text(r"[0-9]{11}")
IS_UUID = text("-".join(f"[a-f0-9]{{{count}}}" for count in (8, 4, 4, 4, 12)))
IS_AMOUNT = number(15)
IS_RATE = number(3)


def is_flag(value: object) -> bool:
    """Tell whether it is a truth value."""
    return isinstance(value, bool)


def is_moment(value: object) -> bool:
    """Tell whether it is a moment in local time, of the years that the schema knows."""
    if not isinstance(value, datetime.datetime) or value.tzinfo is not None:
        return False
    return value.year in _YEARS


def written(value: object) -> str:
    """Return a value as messages have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01')):f}"
    if isinstance(value, datetime.datetime):
        return f"{value:%d.%m.}{value.year:04d}{value:T%H:%M:%S}"
    return str(value)


def amount(said: str) -> Decimal:
    """Read an amount.

    Raises:
        UnreadableDocumentError: It is none.
    """
    return _decimal(said, _AMOUNT)


def rate(said: str) -> Decimal:
    """Read a rate.

    Raises:
        UnreadableDocumentError: It is none.
    """
    return _decimal(said, _RATE)


def flag(said: str) -> bool:
    """Read a truth value.

    Raises:
        UnreadableDocumentError: It is none.
    """
    found = _FLAGS.get(said.strip(" \t\r\n"))
    if found is None:
        raise UnreadableDocumentError("not-a-flag", f"{said[:40]!r} is neither true nor false.")
    return found


def moment(said: str) -> datetime.datetime:
    """Read a moment: `01.09.2012T21:10:34`.

    Raises:
        UnreadableDocumentError: It is none.
    """
    found = _MOMENT.fullmatch(said)
    try:
        if found is not None:
            return datetime.datetime.fromisoformat(f"{found[3]}-{found[2]}-{found[1]}T{found[4]}")
    except ValueError:
        pass
    raise UnreadableDocumentError("not-a-date", f"{said[:40]!r} is no moment of CIS.")


def _decimal(said: str, pattern: re.Pattern[str]) -> Decimal:
    plain = _BLANKS.sub(" ", said)
    if not pattern.fullmatch(plain):
        raise UnreadableDocumentError("not-a-decimal", f"{said[:40]!r} has not two decimals.")
    return Decimal(plain)
