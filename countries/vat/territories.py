"""Places that VAT treats otherwise than their state, dated, by code (`territory`)."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from countries.vat.special import britain, corsica, france, others, portugal, spain
from countries.vat.territory import Territory

__all__ = ["ALIASES", "TERRITORIES", "Territory", "known_as", "territory"]


def _by_code() -> dict[str, tuple[Territory, ...]]:
    found: dict[str, tuple[Territory, ...]] = {}
    for state in (britain, corsica, france, others, portugal, spain):
        for one in state.TERRITORIES:
            found[one.code] = (*found.get(one.code, ()), one)
    return found


TERRITORIES: Mapping[str, tuple[Territory, ...]] = MappingProxyType(_by_code())
"""The territories by code, newest first."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "EL": "GR",  # the prefix of Greek VAT numbers
        "UK": "GB",
        "ES-CN": "IC",
        "ES-GC": "IC",
        "ES-TF": "IC",
        "ES-CE": "EA",
        "ES-ML": "EA",
        "FI-01": "AX",
        "FR-2A": "FR-20R",
        "FR-2B": "FR-20R",
        "FR-COR": "FR-20R",  # ISO 3166-2 until 2020
        "FR-MC": "MC",
        "FR-GF": "GF",
        "FR-GP": "GP",
        "FR-GUA": "GP",
        "FR-LRE": "RE",
        "FR-MAY": "YT",
        "FR-MQ": "MQ",
        "FR-RE": "RE",
        "FR-YT": "YT",
        "FR-971": "GP",
        "FR-972": "MQ",
        "FR-973": "GF",
        "FR-974": "RE",
        "FR-976": "YT",
        "GB-NIR": "XI",
        "GB-IOM": "IM",
    }
)
"""Other spellings that addresses and systems have, of territories and of two states."""


def known_as(code: str) -> str:
    """Return the code that we know a place by; an unknown one as it is, in upper case.

    Letters that are not ASCII stay: in upper case some of them become others (`ß` is `SS`).
    """
    upper = code.upper() if code.isascii() else code
    return ALIASES.get(upper, upper)


def territory(code: str, day: datetime.date) -> Territory | None:
    """Return what a place was on a day; None when it is not special.

    Args:
        code: One of `TERRITORIES` or of `ALIASES`, in any case.
        day: The day of the supply.
    """
    for one in TERRITORIES.get(known_as(code), ()):
        if one.holds_on(day):
            return one
    return None
