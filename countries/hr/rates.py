"""The rates of Croatian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "25, 13, 5 and 0 % read at esavjetovanja.gov.hr and in the Commission's lists; "
        "days before 2014 from memory."
    ),
)
_SOLAR = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 5. (NN 113/22)",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Read at vecernji.hr (2022-09); the first day is from memory.",
)

RATES = (
    Rate(name="standard", percent=Decimal(25), since=date(2012, 3, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(23),
        since=date(2009, 8, 1),
        until=date(2012, 2, 29),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(13), since=date(2014, 1, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(10),
        since=date(2006, 1, 1),
        until=date(2013, 12, 31),
        source=_RATES,
    ),
    Rate(name="second reduced", percent=Decimal(5), since=date(2013, 1, 1), source=_RATES),
    Rate(name="zero", percent=Decimal(0), since=date(2022, 10, 1), source=_SOLAR),
    Rate(
        name="zero",
        percent=Decimal(0),
        since=date(2006, 1, 1),
        until=date(2012, 12, 31),
        source=_RATES,
    ),
)
