"""The rates of Czech VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Zákon č. 235/2004 Sb., o dani z přidané hodnoty, § 47",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "2024 read at sovos.com and dauc.cz (zákon č. 349/2023 Sb.); the older days are "
        "from memory."
    ),
)
_BOOKS = Source(
    title="Zákon č. 235/2004 Sb., § 71i (zákon č. 349/2023 Sb.)",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Exempt with deduction of the input tax: read at sovos.com and dauc.cz; the "
        "paragraph is from memory."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(21), since=date(2013, 1, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(20),
        since=date(2010, 1, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(19),
        since=date(2004, 5, 1),
        until=date(2009, 12, 31),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(12), since=date(2024, 1, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(15),
        since=date(2013, 1, 1),
        until=date(2023, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(14),
        since=date(2012, 1, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(10),
        since=date(2010, 1, 1),
        until=date(2011, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(9),
        since=date(2008, 1, 1),
        until=date(2009, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="reduced",
        percent=Decimal(5),
        since=date(2004, 5, 1),
        until=date(2007, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(10),
        since=date(2015, 1, 1),
        until=date(2023, 12, 31),
        source=_RATES,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2024, 1, 1), source=_BOOKS),
)
