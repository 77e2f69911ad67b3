"""KSeF's numbers: of operations, and of invoices; both end in a CRC-8 (numer-ksef.md)."""

import datetime
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
_POLYNOMIAL = 0x07
_BYTE = 0xFF
_TOP = 0x80


def crc8(text: str) -> str:
    """Return two hexadecimal digits: polynomial 0x07, beginning with 0."""
    state = 0
    for byte in text.encode("ascii"):
        state ^= byte
        for _ in range(8):
            state = (state << 1 ^ (_POLYNOMIAL if state & _TOP else 0)) & _BYTE
    return f"{state:02X}"


def day(moment: datetime.datetime) -> datetime.date:
    """Return the day in Poland."""
    return moment.astimezone(WARSAW).date()


def reference(kind: str, moment: datetime.datetime, digits: str) -> str:
    """Return the number of an operation: `20250626-SO-2F14610000-242991F8C9-B4`."""
    body = f"{day(moment):%Y%m%d}-{kind}-{digits[:10].upper()}-{digits[10:20].upper()}"
    return f"{body}-{crc8(body)}"


def invoice(seller: str, moment: datetime.datetime, digits: str) -> str:
    """Return the number of an invoice: `5265877635-20250826-0100001AF629-AF`."""
    body = f"{seller}-{day(moment):%Y%m%d}-{digits[:12].upper()}"
    return f"{body}-{crc8(body)}"


def is_invoice(number: str) -> bool:
    """Tell whether a number's check digits are right."""
    body, dash, check = number.rpartition("-")
    return dash == "-" and body.isascii() and crc8(body) == check
