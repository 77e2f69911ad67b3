"""English country names, for callers who write "Slovenia" instead of SI."""

from collections.abc import Mapping
from types import MappingProxyType

from formats.en16931.codes.countries import COUNTRIES

_NAMES = """
AD Andorra|AL Albania|AT Austria|AU Australia|BA Bosnia and Herzegovina|BE Belgium|BG Bulgaria
CA Canada|CH Switzerland|CN China|CY Cyprus|CZ Czechia|CZ Czech Republic|DE Germany|DK Denmark
EE Estonia|ES Spain|FI Finland|FR France|GB United Kingdom|GB Great Britain|GR Greece|HR Croatia
HU Hungary|IE Ireland|IN India|IS Iceland|IT Italy|JP Japan|LI Liechtenstein|LT Lithuania
LU Luxembourg|LV Latvia|MC Monaco|MD Moldova|ME Montenegro|MK North Macedonia|MT Malta
NL Netherlands|NL The Netherlands|NO Norway|NZ New Zealand|PL Poland|PT Portugal|RO Romania
RS Serbia|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|SM San Marino|TR Turkey|TR Türkiye
UA Ukraine|US United States|US United States of America|VA Vatican City
"""
CODES_BY_NAME: Mapping[str, str] = MappingProxyType(
    {
        entry[3:].casefold(): entry[:2]
        for line in _NAMES.strip().splitlines()
        for entry in line.split("|")
    }
)
"""Short English names as in common use (ISO 3166-1), casefolded. For other countries, the code."""


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that a code or English name means, None if none."""
    word = text.strip()
    code = CODES_BY_NAME.get(word.casefold(), word.upper())
    return code if code in COUNTRIES and code.isalpha() else None
