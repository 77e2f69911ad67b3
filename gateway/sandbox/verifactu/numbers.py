"""The numbers of persons as the authority checks them."""

import datetime
import re

from stdnum.es import nif

_UNION = {
    **dict.fromkeys(("AT", "CY"), r"[0-9A-Z]{9}"),
    **dict.fromkeys(("DE", "EE", "EL", "PT"), r"[0-9]{9}"),
    **dict.fromkeys(("DK", "FI", "HU", "LU", "MT", "SI"), r"[0-9]{8}"),
    **dict.fromkeys(("BE", "PL", "SK"), r"[0-9]{10}"),
    **dict.fromkeys(("HR", "IT", "LV"), r"[0-9]{11}"),
    "BG": r"[0-9]{9,10}",
    "CZ": r"[0-9]{8,10}",
    "FR": r"[0-9A-Z]{11}",
    "GB": r"[0-9A-Z]{5}|[0-9A-Z]{9}|[0-9A-Z]{12}",
    "IE": r"[0-9A-Z]{8,9}",
    "LT": r"[0-9]{9}|[0-9]{12}",
    "NL": r"[0-9A-Z]{12}",
    "RO": r"[1-9][0-9]{1,9}",
    "SE": r"[0-9]{12}",
    "XI": r"[0-9A-Z]{5}|[0-9A-Z]{9}|[0-9A-Z]{12}",
}
"""Validaciones 1.0.9, note (1); Croatia is not in its table, and counts as a member here."""

_LEFT = datetime.date(2021, 1, 1)
_ENDED = datetime.date(2021, 2, 1)


def is_nif(number: str) -> bool:
    """Tell whether a number has the form and the control character of a NIF."""
    return len(number) == 9 and number == number.upper() and nif.is_valid(number)  # noqa: PLR2004 - a NIF


def union_code(number: str, day: datetime.date | None) -> str | None:
    """Return what is wrong with a VAT number of the Union on a day, as a code; None if nothing."""
    prefix, rest = number[:2], number[2:]
    if prefix not in _UNION or not re.fullmatch(_UNION[prefix], rest):
        return "1103"
    if day is not None and prefix == "XI" and day < _LEFT:
        return "1254"
    if day is not None and prefix == "GB" and day >= _ENDED:
        return "1255"
    return None
