"""The words and number formats of a language.

Words are ours, in `labels/`; separators, date patterns and country names are babel's (CLDR).
Decimals are always those that the invoice has: CLDR's minor units differ from ISO 4217 for 13
currencies.
"""

import datetime
import functools
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

LOCALES = {
    "de": "de",
    "en": "en_GB",  # day before month, as everywhere else in Europe
    "es": "es",
    "fr": "fr",
    "hr": "hr",
    "it": "it",
    "nl": "nl",
    "pl": "pl",
    "pt": "pt_PT",
    "ro": "ro",
    "sl": "sl",
}
"""Our languages, and the CLDR locale that formats them."""

_MINUS = "\u2212"
_NO_BREAK = "\u00a0"

_SYMBOLS = MappingProxyType(
    {
        **dict.fromkeys(("C62", "H87", "EA", "NAR", "XPP"), "unit_piece"),
        "HUR": "unit_hour",
        "MIN": "unit_minute",
        "DAY": "unit_day",
        "WEE": "unit_week",
        "MON": "unit_month",
        "ANN": "unit_year",
        "SET": "unit_set",
        "LS": "unit_lump_sum",
    }
)
_UNITS = MappingProxyType(
    {
        "KGM": "kg",
        "GRM": "g",
        "TNE": "t",
        "LTR": "l",
        "MLT": "ml",
        "HLT": "hl",
        "MTR": "m",
        "CMT": "cm",
        "MMT": "mm",
        "KMT": "km",
        "MTK": "m²",
        "MTQ": "m³",
        "KWH": "kWh",
        "MWH": "MWh",
        "WTT": "W",
        "KWT": "kW",
        "SEC": "s",
        "P1": "%",
        "HAR": "ha",
        "4L": "MB",
        "E34": "GB",
    }
)
"""Unit codes (UN/ECE Recommendation 20) with a symbol that every language shares."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the invoice: `language["due_date"]` is its word for the due date."""

    code: str
    locale: Locale
    labels: MappingProxyType[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the word for a key of `labels/`."""
        return self.labels[key]

    def get(self, key: str) -> str | None:
        """Return the word for a key, or None."""
        return self.labels.get(key)

    def number(self, value: Decimal) -> str:
        """Format a number with exactly the decimals it has."""
        text = f"{value.copy_abs():,f}"  # abs() would round to 28 digits
        group = get_group_symbol(self.locale)
        decimal = get_decimal_symbol(self.locale)
        separators = {",": group.replace(" ", _NO_BREAK), ".": decimal}
        return ("" if not value.is_signed() else _MINUS) + "".join(
            separators.get(character, character) for character in text
        )

    def percent(self, value: Decimal) -> str:
        """Format a percentage: 22 is "22 %"."""
        return f"{self.number(value)}{_NO_BREAK}%"

    def money(self, value: Decimal, currency: str | None) -> str:
        """Format an amount with its currency code, on the side where the language has it."""
        if not currency:
            return self.number(value)
        if self.locale.currency_formats["standard"].pattern.startswith("¤"):
            return f"{currency}{_NO_BREAK}{self.number(value)}"
        return f"{self.number(value)}{_NO_BREAK}{currency}"

    def date(self, value: datetime.date) -> str:
        """Format a day, in one piece: no line ends inside it."""
        return format_date(value, "medium", locale=self.locale).replace(" ", "\N{NO-BREAK SPACE}")

    def country(self, code: str) -> str:
        """Return the name of a country; the code itself when it is none."""
        return str(self.locale.territories.get(code, code))

    def unit(self, code: str) -> str:
        """Return the word or symbol of a unit code; the code itself for rare ones."""
        word = _SYMBOLS.get(code)
        return self.labels[word] if word is not None else _UNITS.get(code, code)


@functools.cache
def language(code: str) -> Language:
    """Return a language by its code (`de`; of `de-AT` or `de_AT` the first part counts).

    Raises:
        KeyError: The language is none of `LOCALES`.
    """
    short = code.replace("_", "-").partition("-")[0].lower()
    locale = Locale.parse(LOCALES[short])
    source = resources.files("formats.pdf") / "labels" / f"{short}.toml"
    labels = tomllib.loads(source.read_text(encoding="utf-8"))
    return Language(short, locale, MappingProxyType(labels))
