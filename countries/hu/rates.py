"""The rates of Hungarian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="2007. évi CXXVII. törvény az általános forgalmi adóról (Áfa tv.), 82. §",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Rates of today at szolgaltat.com and avalara.com; the days from memory.",
)
_PRESS = Source(
    title="Áfa tv. 82. § (4) bekezdés, 3/B. számú melléklet",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

RATES = (
    Rate(name="standard", percent=Decimal(27), since=date(2012, 1, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(25),
        since=date(2009, 7, 1),
        until=date(2011, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(20),
        since=date(2006, 1, 1),
        until=date(2009, 6, 30),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(18), since=date(2009, 7, 1), source=_RATES),
    Rate(name="second reduced", percent=Decimal(5), since=date(2006, 1, 1), source=_RATES),
    Rate(name="zero", percent=Decimal(0), since=date(2024, 1, 1), source=_PRESS),
)
