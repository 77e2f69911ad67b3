"""The lexical forms of XML Schema part 2: Python's own readers accept more.

`Decimal` takes exponents, NaN and digits of any script; `date.fromisoformat` knows no time zone.
"""

import base64
import datetime
import re
from decimal import Decimal

from formats.xml import WHITESPACE, UnreadableDocumentError

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(
    r"(-?[0-9]{4,})-([0-9]{2})-([0-9]{2})"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
)
_SPACES = str.maketrans("", "", WHITESPACE)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def xs_decimal(text: str) -> Decimal:
    """Read an xs:decimal (XML Schema part 2, 3.2.3): no exponent, no NaN, ASCII digits.

    Raises:
        UnreadableDocumentError: `not-a-decimal`.
    """
    stripped = text.strip(WHITESPACE)
    if not _DECIMAL.fullmatch(stripped):
        raise UnreadableDocumentError("not-a-decimal", f'"{text[:40]}" is not a decimal number.')
    return Decimal(stripped)


def xs_date(text: str) -> datetime.date:
    """Read an xs:date (XML Schema part 2, 3.2.9) as the day that is written.

    A time zone is allowed and does not move the day: `2024-01-01+01:00` is 1 January.

    Raises:
        UnreadableDocumentError: `not-a-date`; `out-of-range` for years outside 1 to 9999.
    """
    match = _DATE.fullmatch(text.strip(WHITESPACE))
    if match is None:
        raise UnreadableDocumentError("not-a-date", f'"{text[:40]}" is not a date.')
    year, month, day = match.groups()
    if len(year) != len("2024") or year == "0000":
        raise UnreadableDocumentError("out-of-range", f"The year {year[:40]} is out of range.")
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableDocumentError(
            "not-a-date", f'"{text[:40]}" is not a day of the calendar.'
        ) from None


def xs_boolean(text: str) -> bool:
    """Read an xs:boolean (XML Schema part 2, 3.2.2).

    Raises:
        UnreadableDocumentError: `not-a-boolean`.
    """
    value = _BOOLEANS.get(text.strip(WHITESPACE))
    if value is None:
        raise UnreadableDocumentError("not-a-boolean", f'"{text[:40]}" is not true or false.')
    return value


def xs_base64(text: str) -> bytes:
    """Read an xs:base64Binary (XML Schema part 2, 3.2.16).

    Raises:
        UnreadableDocumentError: `not-base64`.
    """
    compact = text.translate(_SPACES)
    if not _BASE64.fullmatch(compact):
        raise UnreadableDocumentError("not-base64", "The embedded file is not base64.")
    return base64.b64decode(compact)
