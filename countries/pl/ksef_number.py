"""KSeF number (numer KSeF): what the national system calls an invoice it has taken.

`NIP-yyyymmdd-XXXXXXXXXXXX-XX`: the seller's NIP, the day on which the invoice was taken, twelve
hexadecimal digits of the system's own and a CRC-8 over the 32 characters before the last hyphen.
Where FA(3) refers to another invoice it also takes a hyphen in the middle of the twelve digits.

Source: CIRFMF/ksef-docs, faktury/numer-ksef.md; TNumerKSeF of the schema of FA(3).
"""

import datetime
import re
from dataclasses import dataclass

from typing_extensions import override

_POLYNOMIAL = 0x07
_PROTECTED = 32
_FORM = re.compile(
    r"(?P<seller>[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}|M[0-9]{9}|[A-Z]{3}[0-9]{7})"
    r"-(?P<day>[0-9]{8})-(?P<own>[0-9A-F]{12})-(?P<check>[0-9A-F]{2})"
)
_INNER_HYPHEN = re.compile(r"(.{20}[0-9A-F]{6})-([0-9A-F]{6}-[0-9A-F]{2})")
_FIRST_YEAR = 2020


class KsefNumberError(ValueError):
    """This text is no KSeF number; the message says why."""


@dataclass(frozen=True, slots=True)
class KsefNumber:
    """A KSeF number, taken apart.

    Attributes:
        seller: The seller's NIP, or what stands for it (`M` and nine digits, three letters and
            seven digits) where the seller has none.
        taken_on: The day on which the system took the invoice.
        own: The system's own part, twelve hexadecimal digits.
        check: The CRC-8, two hexadecimal digits.
    """

    seller: str
    taken_on: datetime.date
    own: str
    check: str

    @override
    def __str__(self) -> str:
        return f"{self.seller}-{self.taken_on:%Y%m%d}-{self.own}-{self.check}"


def crc8(text: str) -> int:
    """Return the CRC-8 of a text: polynomial 0x07, initial value 0, nothing reflected."""
    value = 0
    for byte in text.encode("ascii"):
        value ^= byte
        for _ in range(8):
            value = (value << 1 ^ _POLYNOMIAL if value & 0x80 else value << 1) & 0xFF
    return value


def compact(text: str) -> str:
    """Return a number without white space around it and without the hyphen in its own part."""
    return _INNER_HYPHEN.sub(r"\1\2", text.strip())


def validate(text: str) -> KsefNumber:
    """Return a KSeF number taken apart.

    Raises:
        KsefNumberError: Its form, its day or its check digits are wrong.
    """
    number = compact(text)
    found = _FORM.fullmatch(number)
    if found is None:
        raise KsefNumberError("A KSeF number looks like 5265877635-20250826-0100001AF629-AF.")
    day = found["day"]
    try:
        taken_on = datetime.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        raise KsefNumberError(f"{day} is not a day of the calendar.") from None
    if taken_on.year < _FIRST_YEAR:
        raise KsefNumberError(f"{day} is before there was a KSeF.")
    if found["check"] != (expected := f"{crc8(number[:_PROTECTED]):02X}"):
        raise KsefNumberError(f"The check digits are {found['check']}; they should be {expected}.")
    return KsefNumber(found["seller"], taken_on, found["own"], found["check"])


def is_valid(text: str) -> bool:
    """Tell whether a text is a KSeF number."""
    try:
        validate(text)
    except KsefNumberError:
        return False
    return True
