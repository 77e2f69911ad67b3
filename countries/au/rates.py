"""VAT rates of Australia, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.au.sources import FREE, RATE
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal(10), since=date(2000, 7, 1), source=RATE),
    Rate(name="zero", percent=Decimal(0), since=date(2000, 7, 1), source=FREE),
)
