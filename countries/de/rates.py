"""The rates of German VAT; the half year of 2020 at 16 and 5 % is in between."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_SOURCE = Source(
    title="Umsatzsteuergesetz (UStG) § 12; for 2020: § 28 Abs. 1 and 2",
    url="https://www.gesetze-im-internet.de/ustg_1980/__12.html",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="Dates as in GOBL's German regime, which follows the OECD tax database.",
)
_SOLAR = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 3 (Jahressteuergesetz 2022)",
    url="https://www.gesetze-im-internet.de/ustg_1980/__12.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

RATES = (
    Rate(name="standard", percent=Decimal(19), since=date(2021, 1, 1), source=_SOURCE),
    Rate(
        name="standard",
        percent=Decimal(16),
        since=date(2020, 7, 1),
        until=date(2020, 12, 31),
        source=_SOURCE,
    ),
    Rate(
        name="standard",
        percent=Decimal(19),
        since=date(2007, 1, 1),
        until=date(2020, 6, 30),
        source=_SOURCE,
    ),
    Rate(
        name="standard",
        percent=Decimal(16),
        since=date(1998, 4, 1),
        until=date(2006, 12, 31),
        source=_SOURCE,
    ),
    Rate(name="reduced", percent=Decimal(7), since=date(2021, 1, 1), source=_SOURCE),
    Rate(
        name="reduced",
        percent=Decimal(5),
        since=date(2020, 7, 1),
        until=date(2020, 12, 31),
        source=_SOURCE,
    ),
    Rate(
        name="reduced",
        percent=Decimal(7),
        since=date(1993, 1, 1),
        until=date(2020, 6, 30),
        source=_SOURCE,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2023, 1, 1), source=_SOLAR),
)
