"""VAT rates of the Netherlands, newest first."""

from datetime import date
from decimal import Decimal

from countries.base import Confidence, Rate, Source

_TITLE = "Wet op de omzetbelasting 1968, artikel 9"
_URL = "https://wetten.overheid.nl/"
_READ_ON = date(2026, 11, 20)

_TWO_SOURCES = Source(
    title=_TITLE,
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="19 to 21 % and 6 to 9 %: Deloitte and others; 19 % from 2001: Statistics Netherlands.",
)
_SIX_PERCENT = Source(
    title=_TITLE,
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Statistics Netherlands says 1987; the Commission's table (memory) says October 1986.",
)

RATES = (
    Rate(
        name="standard",
        percent=Decimal(21),
        since=date(2012, 10, 1),
        source=_TWO_SOURCES,
    ),
    Rate(
        name="standard",
        percent=Decimal(19),
        since=date(2001, 1, 1),
        until=date(2012, 9, 30),
        source=_TWO_SOURCES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(9),
        since=date(2019, 1, 1),
        source=_TWO_SOURCES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(6),
        since=date(1987, 1, 1),
        until=date(2018, 12, 31),
        source=_SIX_PERCENT,
    ),
)
