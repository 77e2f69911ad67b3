"""Country names, for callers who write "Slovenia" or "Slovenija" instead of SI."""

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
_NATIVE_NAMES = """
AL Shqipëri|AT Österreich|BA Босна и Херцеговина|BA Bosna i Hercegovina|BE België|BE Belgique
BE Belgien|BG България|CH Schweiz|CH Suisse|CH Svizzera|CY Κύπρος|CZ Česko
DE Deutschland|DK Danmark|EE Eesti|ES España|FI Suomi|GR Ελλάδα|HR Hrvatska|HU Magyarország
IE Éire|IS Ísland|IT Italia|JP 日本|LT Lietuva|LU Lëtzebuerg|LU Luxemburg|LV Latvija
MD Republica Moldova|ME Crna Gora|MK Северна Македонија|NL Nederland|NO Norge|NO Noreg
NZ Aotearoa|PL Polska|RO România|RS Srbija|RS Србија|SE Sverige|SI Slovenija|SK Slovensko
UA Україна
"""
CODES_BY_NAME: Mapping[str, str] = MappingProxyType(
    {
        entry[3:].casefold(): entry[:2]
        for line in (_NATIVE_NAMES + _NAMES).strip().splitlines()
        for entry in line.split("|")
        if entry
    }
)
"""Short English names as in common use (ISO 3166-1), and names in a country's own languages as in
Unicode CLDR; casefolded. For other countries, the code."""


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that a code or name means, None if none."""
    word = text.strip()
    code = CODES_BY_NAME.get(word.casefold(), word.upper())
    return code if code in COUNTRIES and code.isalpha() else None
