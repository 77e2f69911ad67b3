"""The sixty digits of the QR code (or PDF417, or Code 128) below the ZOI on a cash invoice.

Source: FURS, Tehnična dokumentacija 1.3, chapter 11.
"""

import datetime
import re

DIGITS = 60

QR_LEVEL = "M"
"""Of error correction."""

QR_MODULES = 25
"""A side; sixty digits fit in that as numbers, not as text."""

QR_LEAST_MILLIMETRES = 14
"""A side, without the quiet zone of four modules."""

_ZOI = re.compile(r"[0-9a-f]{32}", re.ASCII)
_TAX_NUMBER = re.compile(r"[1-9][0-9]{7}", re.ASCII)
_ZOI_DIGITS = 39  # 2**128 has so many
_YEARS = range(2000, 2100)  # two digits are written


class ReceiptCodeError(ValueError):
    """Of such data no code can be made; the message says why."""


def receipt_code(zoi: str, tax_number: str, issued_at: datetime.datetime) -> str:
    """Return the digits: ZOI as a decimal number, tax number, moment, check digit.

    Args:
        zoi: 32 hexadecimal digits, in lower case.
        tax_number: The issuer's, eight digits.
        issued_at: In Slovenian local time, without a zone, as on the invoice.

    Raises:
        ReceiptCodeError: One of them does not fit its place.
    """
    if not _ZOI.fullmatch(zoi):
        raise ReceiptCodeError("a ZOI is 32 hexadecimal digits in lower case")
    if not _TAX_NUMBER.fullmatch(tax_number):
        raise ReceiptCodeError("a tax number is eight digits, the first of them not 0")
    if issued_at.tzinfo is not None or issued_at.year not in _YEARS:
        raise ReceiptCodeError(
            "the moment is local time without a zone, of the years 2000 to 2099"
        )
    body = f"{int(zoi, 16):0{_ZOI_DIGITS}d}{tax_number}{issued_at:%y%m%d%H%M%S}"
    return body + check_digit(body)


def check_digit(digits: str) -> str:
    """Return the sum of digits, modulo 10."""
    return str(sum(map(int, digits)) % 10)


def is_valid(code: str) -> bool:
    """Tell whether digits are such a code: length, check digit, ZOI in range, a moment."""
    if not re.fullmatch(r"[0-9]{60}", code, re.ASCII) or check_digit(code[:-1]) != code[-1]:
        return False
    try:
        datetime.datetime.strptime(code[47:59], "%y%m%d%H%M%S")  # noqa: DTZ007 - local time
    except ValueError:
        return False
    return int(code[:_ZOI_DIGITS]) < 1 << 128 and code[_ZOI_DIGITS] != "0"
