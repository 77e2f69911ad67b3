"""ZOI, the mark that the issuer of a cash invoice puts on it ("zaščitna oznaka izdajatelja").

MD5 over an RSA signature (PKCS #1 v1.5, SHA-256) of what makes the invoice one of a kind. Only the
holder of the key can make it, or make it again: nobody can check it with the certificate alone,
FURS neither. Source: FURS, Tehnična dokumentacija 1.3, chapter 10.
"""

import datetime
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

DIGITS = 32
"""Hexadecimal, in lower case."""

_TAX_NUMBER = re.compile(r"[1-9][0-9]{7}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,20}", re.ASCII)
_PART = re.compile(r"[0-9A-Za-z]{1,20}", re.ASCII)
_CENT = Decimal("0.01")
_MOST = Decimal(10**14)  # what FURS takes is less


class ZoiError(ValueError):
    """Of such data no ZOI can be made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyData:
    """What goes into a ZOI, as the invoice states it.

    Attributes:
        tax_number: The issuer's, eight digits.
        issued_at: In Slovenian local time, without a zone; fractions of a second do not count.
        number: The sequence alone, the last part of the invoice's number.
        premise: The first part.
        device: The second part.
        amount: InvoiceAmount, in EUR.
    """

    tax_number: str
    issued_at: datetime.datetime
    number: str
    premise: str
    device: str
    amount: Decimal

    def __post_init__(self) -> None:
        fitting = {
            "tax_number": _TAX_NUMBER.fullmatch(self.tax_number),
            "number": _NUMBER.fullmatch(self.number),
            "premise": _PART.fullmatch(self.premise),
            "device": _PART.fullmatch(self.device),
            "issued_at": self.issued_at.tzinfo is None,
            "amount": _is_amount(self.amount),
        }
        wrong = [name for name, fits in fitting.items() if not fits]
        if wrong:
            raise ZoiError(f"{', '.join(wrong)} cannot be part of a ZOI")

    @property
    def text(self) -> str:
        """What is signed: the values one behind the other, without anything between."""
        return "".join(
            (
                self.tax_number,
                f"{self.issued_at:%d.%m.}{self.issued_at.year:04d}{self.issued_at: %H:%M:%S}",
                self.number,
                self.premise,
                self.device,
                f"{self.amount.quantize(_CENT):f}",
            )
        )


def _is_amount(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < _MOST and value == value.quantize(_CENT)


def zoi(data: KeyData, sign: Callable[[bytes], bytes]) -> str:
    """Return the ZOI of an invoice.

    Args:
        data: Of the invoice.
        sign: Returns the signature over bytes: RSA, PKCS #1 v1.5, SHA-256. That is the same each
            time, so the ZOI is, too; PSS, which some client libraries use, would not be.
    """
    signature = sign(data.text.encode("utf-8"))
    return hashlib.md5(signature, usedforsecurity=False).hexdigest()
