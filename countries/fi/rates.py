"""The rates of Finnish VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Arvonlisäverolaki (1501/1993) 84, 85 ja 85 a §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "24 to 25.5 % on 2024-09-01 at yrittajat.fi, 14 to 13.5 % in HE 93/2025; older "
        "days from memory."
    ),
)
_WINTER = Source(
    title="Laki arvonlisäverolain väliaikaisesta muuttamisesta (2022)",
    url="https://www.finlex.fi/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=(
        "From memory: electricity 2022-12-01 to 2023-04-30, passengers 2023-01-01 to 2023-04-30."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal("25.5"), since=date(2024, 9, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(24),
        since=date(2013, 1, 1),
        until=date(2024, 8, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(23),
        since=date(2010, 7, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(22),
        since=date(1994, 6, 1),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal("13.5"), since=date(2026, 1, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(14),
        since=date(2013, 1, 1),
        until=date(2025, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(13),
        since=date(2010, 7, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(12),
        since=date(2009, 10, 1),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(17),
        since=date(1998, 1, 1),
        until=date(2009, 9, 30),
        source=_RATES,
    ),
    Rate(name="second reduced", percent=Decimal(10), since=date(2013, 1, 1), source=_RATES),
    Rate(
        name="second reduced",
        percent=Decimal(9),
        since=date(2010, 7, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(8),
        since=date(1998, 1, 1),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(
        name="zero",
        percent=Decimal(0),
        since=date(2023, 1, 1),
        until=date(2023, 4, 30),
        source=_WINTER,
    ),
)
