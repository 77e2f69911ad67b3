"""VAT rates of Malaysia, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.my.sources import GST, SALES, SERVICE
from countries.vat.system import STANDARD, Rate

RATES = (
    # Service tax; goods never bear it.
    Rate(name=STANDARD, percent=Decimal(8), since=date(2024, 3, 1), source=SERVICE),
    Rate(
        name=STANDARD,
        percent=Decimal(6),
        since=date(2018, 9, 1),
        until=date(2024, 2, 29),
        source=SERVICE,
    ),
    # The three months between the goods and services tax and the SST.
    Rate(
        name=STANDARD,
        percent=Decimal(0),
        since=date(2018, 6, 1),
        until=date(2018, 8, 31),
        source=GST,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(6),
        since=date(2015, 4, 1),
        until=date(2018, 5, 31),
        source=GST,
    ),
    Rate(name="reduced", percent=Decimal(6), since=date(2024, 3, 1), source=SERVICE),
    Rate(name="sales tax", percent=Decimal(10), since=date(2018, 9, 1), source=SALES),
    Rate(name="reduced sales tax", percent=Decimal(5), since=date(2018, 9, 1), source=SALES),
    # Of the goods and services tax; since then of goods that are free of sales tax.
    Rate(name="zero", percent=Decimal(0), since=date(2015, 4, 1), source=GST),
)
