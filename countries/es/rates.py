"""The rates of Spanish VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Ley 37/1992, artículos 90 y 91",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Rises of 2012-09-01 (18 to 21, 8 to 10 %) read at m.ru24.net; 2010 and before "
        "from memory."
    ),
)
_TEMP = Source(
    title="Real Decreto-ley 20/2022, artículo 72; Real Decreto-ley 4/2024",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2022-22685",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at iberley.es and consumidorglobal.com: 0 and 5 % until 2024-09-30, 2 and "
        "7.5 % until 2024-12-31."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(21), since=date(2012, 9, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(18),
        since=date(2010, 7, 1),
        until=date(2012, 8, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(16),
        since=date(1995, 1, 1),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(10), since=date(2012, 9, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(8),
        since=date(2010, 7, 1),
        until=date(2012, 8, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(7),
        since=date(1995, 1, 1),
        until=date(2010, 6, 30),
        source=_RATES,
    ),
    Rate(name="super reduced", percent=Decimal(4), since=date(1995, 1, 1), source=_RATES),
    # In place of the reduced rate: energy, then oil and pasta.
    Rate(
        name="temporary",
        percent=Decimal("7.5"),
        since=date(2024, 10, 1),
        until=date(2024, 12, 31),
        source=_TEMP,
    ),
    Rate(
        name="temporary",
        percent=Decimal(5),
        since=date(2022, 7, 1),
        until=date(2024, 9, 30),
        source=_TEMP,
    ),
    # In place of the super reduced rate: basic food.
    Rate(
        name="temporary super reduced",
        percent=Decimal(2),
        since=date(2024, 10, 1),
        until=date(2024, 12, 31),
        source=_TEMP,
    ),
    Rate(
        name="temporary super reduced",
        percent=Decimal(0),
        since=date(2023, 1, 1),
        until=date(2024, 9, 30),
        source=_TEMP,
    ),
)
