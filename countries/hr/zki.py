"""ZKI, the mark that the issuer of a cash invoice puts on it ("zaštitni kod izdavatelja").

MD5 over an RSA-SHA1 signature (PKCS #1 v1.5) of what makes the invoice one of a kind. Only the
holder of the key can make it, or make it again: nobody can check it with the certificate alone,
the tax authority neither. Source: Porezna uprava, Fiskalizacija, Tehnička specifikacija za
korisnike 2.6, chapter 12, which allows no newer digests.
"""

import datetime
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from countries.hr.invoice_number import InvoiceNumber

DIGITS = 32
"""Hexadecimal, in lower case."""

_OIB = re.compile("[0-9]{11}", re.ASCII)
_CENT = Decimal("0.01")
_MOST = Decimal(10**15)  # fifteen digits before the point (IznosType)


class ZkiError(ValueError):
    """Of such data no ZKI can be made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyData:
    """What goes into a ZKI, as the invoice states it.

    Attributes:
        oib: The issuer's, eleven digits.
        issued_at: In Croatian local time, without a zone; fractions of a second do not count.
        number: Its three parts are signed without anything between.
        total: IznosUkupno, in EUR.
    """

    oib: str
    issued_at: datetime.datetime
    number: InvoiceNumber
    total: Decimal

    def __post_init__(self) -> None:
        fitting = {
            "oib": _OIB.fullmatch(self.oib),  # the manual's own has a wrong check digit
            "issued_at": self.issued_at.tzinfo is None,
            "total": _is_amount(self.total),
        }
        wrong = [name for name, fits in fitting.items() if not fits]
        if wrong:
            raise ZkiError(f"{', '.join(wrong)} cannot be part of a ZKI")

    @property
    def text(self) -> str:
        """What is signed: the values one behind the other, without anything between."""
        at, number = self.issued_at, self.number
        return "".join(
            (
                self.oib,
                f"{at:%d.%m.}{at.year:04d}{at: %H:%M:%S}",
                str(number.sequence),
                number.premise,
                number.device,
                f"{self.total.quantize(_CENT):f}",
            )
        )


def _is_amount(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < _MOST and value == value.quantize(_CENT)


def zki(data: KeyData, sign: Callable[[bytes], bytes]) -> str:
    """Return the ZKI of an invoice.

    Args:
        data: Of the invoice.
        sign: Returns the signature over bytes: RSA, PKCS #1 v1.5, SHA-1. That is the same each
            time, so the ZKI is, too.
    """
    signature = sign(data.text.encode("utf-8"))
    return hashlib.md5(signature, usedforsecurity=False).hexdigest()
