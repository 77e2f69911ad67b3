"""VAT rates of Slovenia, newest first."""

from datetime import date
from decimal import Decimal

from countries.base import Confidence, Rate, Source

_TWO_SOURCES = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 41. člen",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.A,
    note="Read in GOBL's Slovenian regime (July 2026) and vatupdate.com; the act was not opened.",
)
_ONE_SOURCE = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 41. člen",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.M,
    note="The rate is in every source; the day it began, and 8.5 % before it, are from memory.",
)

RATES = (
    Rate(
        name="standard",
        percent=Decimal(22),
        since=date(2013, 7, 1),
        source=_TWO_SOURCES,
    ),
    Rate(
        name="standard",
        percent=Decimal(20),
        since=date(2002, 1, 1),
        until=date(2013, 6, 30),
        source=_TWO_SOURCES,
    ),
    Rate(
        name="reduced",
        percent=Decimal("9.5"),
        since=date(2013, 7, 1),
        source=_ONE_SOURCE,
    ),
    Rate(
        name="reduced",
        percent=Decimal("8.5"),
        since=date(2002, 1, 1),
        until=date(2013, 6, 30),
        source=_ONE_SOURCE,
    ),
    # Books, newspapers and periodicals, on paper or electronic.
    Rate(
        name="special reduced",
        percent=Decimal(5),
        since=date(2020, 1, 1),
        source=_TWO_SOURCES,
    ),
)
