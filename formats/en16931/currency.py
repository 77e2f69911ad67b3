"""How many decimals a currency has (ISO 4217 minor units).

Source: ISO 4217:2015 list one, column "minor unit", as kept by the ISO 4217 maintenance agency
(SIX), amendment 179. Locale data (CLDR) is no substitute: it says what people print, and differs
from ISO 4217 for RSD, ALL and others.
"""

DEFAULT_MINOR_UNITS = 2

_NO_DECIMALS = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"),
    *("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
)
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_FOUR_DECIMALS = ("CLF", "UYW")

MINOR_UNITS = {
    **dict.fromkeys(_NO_DECIMALS, 0),
    **dict.fromkeys(_THREE_DECIMALS, 3),
    **dict.fromkeys(_FOUR_DECIMALS, 4),
}
"""The currencies that do not have two decimals."""

EN16931_MAX_DECIMALS = 2
"""BR-DEC-01 to BR-DEC-28: EN 16931 allows two decimals, also where the currency has three."""


def minor_units(currency_code: str | None) -> int:
    """Return the decimals of a currency, two for one that is unknown or missing."""
    return MINOR_UNITS.get(currency_code or "", DEFAULT_MINOR_UNITS)


def amount_decimals(currency_code: str | None) -> int:
    """Return the decimals an amount of an invoice gets: the currency's, two at most."""
    return min(minor_units(currency_code), EN16931_MAX_DECIMALS)
