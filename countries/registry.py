"""Every declared country, found by being there: a folder with a `COUNTRY` is all it takes."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import countries
from countries.base import Country


class UnknownCountryError(LookupError):
    """Nobody has declared this country yet."""


def _discover() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for module in pkgutil.iter_modules(countries.__path__):
        if module.ispkg:
            declared = importlib.import_module(f"countries.{module.name}").COUNTRY
            if not isinstance(declared, Country) or declared.code != module.name.upper():
                raise TypeError(
                    f"countries/{module.name} must declare COUNTRY with code {module.name.upper()}"
                )
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
