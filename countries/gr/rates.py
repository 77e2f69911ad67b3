"""The rates of Greek VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Κώδικας ΦΠΑ (ν. 5144/2024; ν. 2859/2000), άρθρο περί συντελεστών",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "2011 read at forin.gr, 2015 at fiscalsolutions.co.uk and fle.gr (ν. 4334/2015), "
        "2016 in ibericode's table; the days of 2010 from memory."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(24), since=date(2016, 6, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(23),
        since=date(2010, 7, 1),
        until=date(2016, 5, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(21),
        since=date(2010, 3, 15),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(13), since=date(2011, 1, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(11),
        since=date(2010, 7, 1),
        until=date(2010, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(10),
        since=date(2010, 3, 15),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(name="super reduced", percent=Decimal(6), since=date(2015, 7, 20), source=_RATES),
    Rate(
        name="super reduced",
        percent=Decimal("6.5"),
        since=date(2011, 1, 1),
        until=date(2015, 7, 19),
        source=_RATES,
    ),
    Rate(
        name="super reduced",
        percent=Decimal("5.5"),
        since=date(2010, 7, 1),
        until=date(2010, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="super reduced",
        percent=Decimal(5),
        since=date(2010, 3, 15),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
)
