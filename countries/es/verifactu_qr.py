"""The address in the QR code on a Spanish invoice, where its receiver can look it up at the AEAT.

Source: AEAT, Detalle de las especificaciones técnicas del código QR 0.4.7, for Orden
HAC/1177/2024, artículos 20 and 21. The code is 30 to 40 mm wide (ISO/IEC 18004, error correction
M), the first on the first page, `HEADING` above it and, where the system sends its records,
`VERIFIABLE` below.
"""

import datetime
import re
from decimal import Decimal
from enum import StrEnum
from urllib.parse import quote

HEADING = "QR tributario:"
"""What stands above the code."""

VERIFIABLE = "Factura verificable en la sede electrónica de la AEAT"
"""What stands below it when the invoice's record was sent; `SHORT` where room is scarce."""

SHORT = "VERI*FACTU"

ERROR_CORRECTION = "M"
MILLIMETRES = (30, 40)
"""The code's least and greatest width."""

PRINTED = 34.0
"""Ours in millimetres, without the white around it, which the law wants 2 mm wide at least."""

_NIF = re.compile("[0-9A-Z]{9}")
_NUMBER = re.compile("[ -~]{1,60}")
_MOST = Decimal(10) ** 12  # twelve digits before the point


class Host(StrEnum):
    """Where the AEAT answers."""

    PRODUCTION = "https://www2.agenciatributaria.gob.es"
    TEST = "https://prewww2.aeat.es"


_KEPT = "ValidarQRNoVerifactu"


def is_kept(address: str) -> bool:
    """Tell whether the address in a code is that of a system which keeps its records."""
    return f"/{_KEPT}?" in address


def address(  # noqa: PLR0913 - the four values, and whose system it is
    nif: str,
    number: str,
    issue_date: datetime.date,
    total: Decimal,
    *,
    host: str = Host.PRODUCTION,
    verifiable: bool = True,
) -> str:
    """Return the address.

    Args:
        nif: The seller's, nine characters.
        number: Series and number, as in the record.
        issue_date: As in the record.
        total: ImporteTotal, with the digits it has there.
        host: A `Host`, or where a local authority answers.
        verifiable: Whether the system sends its records (VERI*FACTU); without, the AEAT takes the
            data and says that it cannot verify them.

    Raises:
        ValueError: A value is none that a record can have.
    """
    if not _NIF.fullmatch(nif):
        raise ValueError(f"{nif!r} is not the nine characters of a NIF")
    if not _NUMBER.fullmatch(number):
        raise ValueError("a number has 1 to 60 characters of printable ASCII")
    exponent = total.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2 or abs(total) >= _MOST:  # noqa: PLR2004
        raise ValueError("an amount has at most 12 digits before the point and 2 behind it")
    page = "ValidarQR" if verifiable else _KEPT
    values = (
        ("nif", nif),
        ("numserie", number),
        ("fecha", f"{issue_date:%d-%m-%Y}"),
        ("importe", f"{total:f}"),
    )
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in values)
    return f"{host}/wlpl/TIKE-CONT/{page}?{query}"
