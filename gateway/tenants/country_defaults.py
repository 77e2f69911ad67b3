"""What holds for an entity because of its country, unless its settings say otherwise."""

import datetime
import functools
from dataclasses import dataclass
from typing import Any

from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from countries.eu import is_member
from countries.registry import COUNTRIES
from formats.pdf.language import LOCALES

FALLBACK_LOCALE = "en"
UTC = "UTC"


@dataclass(frozen=True, slots=True)
class CountryDefaults:
    """Of one country.

    Attributes:
        currency_code: ISO 4217; None where CLDR knows none or several.
        locale: Its first official language that we write, else English.
        time_zone: IANA name; UTC where the country is not declared or has several.
        declared: Whether its law is known here (`countries/`).
    """

    currency_code: str | None
    locale: str
    time_zone: str
    declared: bool


@functools.cache
def defaults_of(country_code: str) -> CountryDefaults:
    """Return a country's defaults: from its declaration, else from CLDR."""
    declared = COUNTRIES.get(country_code)
    spoken = get_official_languages(country_code, de_facto=True)
    locale = next((code for code in spoken if code in LOCALES), FALLBACK_LOCALE)
    if declared is not None:
        return CountryDefaults(declared.currency, locale, declared.timezone, declared=True)
    currencies = get_territory_currencies(country_code)
    zones = get_global("territory_zones").get(country_code, ())
    return CountryDefaults(
        currencies[0] if len(currencies) == 1 else None,
        locale,
        zones[0] if len(zones) == 1 else UTC,
        declared=False,
    )


@functools.lru_cache(maxsize=1024)
def shown(country_code: str, day: datetime.date) -> dict[str, Any]:
    """Return a country's defaults of a day as JSON (`CountryDefaultsView`); do not change it."""
    found = defaults_of(country_code)
    country = COUNTRIES.get(country_code)
    rates = country.rates_on(day) if country else ()
    return {
        "currency_code": found.currency_code,
        "locale": found.locale,
        "time_zone": found.time_zone,
        "eu_member": is_member(country_code, day),
        "vat_rates": [{"name": rate.name, "percent": f"{rate.percent:f}"} for rate in rates],
        "country_declared": found.declared,
    }
