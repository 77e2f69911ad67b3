"""Every declared country, found by being there: a folder with a `COUNTRY` is all it takes.

A folder without one knows only the country's VAT (`countries.vat.systems`).
"""

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from countries.base import Country
from countries.folders import folders


class UnknownCountryError(LookupError):
    """Nobody has declared this country yet."""


def _discover() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for code in folders():
        package = importlib.import_module(f"countries.{code}")
        declared = getattr(package, "COUNTRY", None)
        if declared is not None:
            if not isinstance(declared, Country) or declared.code != code.upper():
                raise TypeError(f"countries/{code} must declare COUNTRY with code {code.upper()}")
            found[declared.code] = declared
    return found


COUNTRIES: Mapping[str, Country] = MappingProxyType(_discover())
"""The declared countries by ISO 3166-1 alpha-2 code."""


def country(code: str) -> Country:
    """Return a country by its ISO 3166-1 alpha-2 code, upper case.

    Raises:
        UnknownCountryError: It is not declared; the message names those that are.
    """
    try:
        return COUNTRIES[code]
    except KeyError:
        known = ", ".join(sorted(COUNTRIES))
        raise UnknownCountryError(f"no country {code!r} is declared; there are: {known}") from None


def code_of(name: str) -> str:
    """Return the code of a declared country from its English or native name, in any case.

    Raises:
        UnknownCountryError: No declared country has that name.
    """
    wanted = name.strip().casefold()
    for code, declared in COUNTRIES.items():
        if wanted in {declared.name.casefold(), declared.native_name.casefold()}:
            return code
    raise UnknownCountryError(f"no declared country is called {name!r}")
