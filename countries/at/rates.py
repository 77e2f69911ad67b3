"""The rates of Austrian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "2016 and the parking rate in ibericode's table of rates; the older days are from memory."
    ),
)
_LOW = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 3a (4,9 %)",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Decision of the government of 2026-01-28 with its list read at kurier.at, "
        "oe24.at and lex-press.at; the enacted text and its codes were not found."
    ),
)
_FIVE = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 28 Abs. 52 (5 %)",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2020-07-01 to 2021-12-31.",
)
_ZERO = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994), menstrual articles and contraceptives",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at bmfwf.gv.at, tara24.at and oe24.at: from 2026-01-01 free of tax; the "
        "input tax stays deductible."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(20), since=date(1995, 1, 1), source=_RATES),
    Rate(name="reduced", percent=Decimal(10), since=date(1995, 1, 1), source=_RATES),
    Rate(name="second reduced", percent=Decimal(13), since=date(2016, 1, 1), source=_RATES),
    Rate(name="super reduced", percent=Decimal("4.9"), since=date(2026, 7, 1), source=_LOW),
    Rate(
        name="super reduced",
        percent=Decimal(5),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    # Wine sold by who grew it.
    Rate(name="parking", percent=Decimal(13), since=date(2016, 1, 1), source=_RATES),
    Rate(
        name="parking",
        percent=Decimal(12),
        since=date(1995, 1, 1),
        until=date(2015, 12, 31),
        source=_RATES,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2024, 1, 1), source=_ZERO),
)
