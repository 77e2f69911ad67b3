"""The address in the QR code on a Croatian cash invoice, where its buyer can check it.

Source: Porezna uprava, Tehnička specifikacija za korisnike 2.6, chapter 2.7.
"""

import datetime
import re
from decimal import Decimal

PAGE = "https://porezna.gov.hr/rn"
QR_LEVEL = "L"
"""Of error correction, at least."""

QR_LEAST_MILLIMETRES = 20
"""A side."""

QR_QUIET_MILLIMETRES = 2
"""Empty on every side."""

_ZKI = re.compile(r"[0-9a-f]{32}", re.ASCII)
_JIR = re.compile("-".join(f"[0-9a-f]{{{count}}}" for count in (8, 4, 4, 4, 12)), re.ASCII)
_CHARACTERS = 10  # of the amount, its sign among them


class ReceiptLinkError(ValueError):
    """Of such data no address can be made; the message says why."""


def receipt_link(
    mark: str, issued_at: datetime.datetime, total: Decimal, *, page: str = PAGE
) -> str:
    """Return the address.

    Args:
        mark: The JIR or, where there is none yet, the ZKI.
        issued_at: In Croatian local time, without a zone, as on the invoice.
        total: In EUR, as on the invoice; below zero for what was taken back.
        page: Where a local authority answers instead.

    Raises:
        ReceiptLinkError: One of them does not fit its place.
    """
    named = "jir" if _JIR.fullmatch(mark) else "zki"
    if named == "zki" and not _ZKI.fullmatch(mark):
        raise ReceiptLinkError("neither a JIR nor a ZKI")
    if issued_at.tzinfo is not None:
        raise ReceiptLinkError("the moment is local time without a zone")
    cents = total * 100
    if not cents.is_finite() or cents != int(cents) or len(str(int(cents))) > _CHARACTERS:
        raise ReceiptLinkError(f"an amount is whole cents, at most {_CHARACTERS} characters")
    at = f"{issued_at.year:04d}{issued_at:%m%d_%H%M}"
    return f"{page}?{named}={mark}&datv={at}&izn={int(cents)}"
