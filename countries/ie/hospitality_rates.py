"""Hospitality and hairdressing in Ireland, which went back and forth between 9 and 13.5 %."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.irishstatutebook.ie/"
_READ_ON = date(2026, 11, 21)

_NOW = Source(
    title="Value-Added Tax Consolidation Act 2010, section 46(1)(ca); Finance Act 2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Food, catering and hairdressing since 1 July 2026: deloitte.com, bdo.ie, rte.ie.",
)
_BEFORE = Source(
    title="Value-Added Tax Consolidation Act 2010, section 46(1)(ca), as it was",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="2019: Revenue's note (charteredaccountants.ie), accordancevat.com; November 2020 to "
    "August 2023: odonovanlavin.ie (marosavat.com ends it in February 2023); 2011: memory.",
)

_MEALS_AND_HAIR = ("56.10", "56.21", "56.29", "96.02.11", "96.02.12")
_STAYS_AND_SIGHTS = ("55.10", "55.20", "55.30", "55.90", "59.14", "91.02", "91.03", "93.21")
_ALL = (*_STAYS_AND_SIGHTS, *_MEALS_AND_HAIR)

# Alcohol, soft drinks and bottled water bear the standard rate also with a meal (CPA 56.30).
HOSPITALITY = (
    LowerRate(
        what="Meals in restaurants, hot take-away, catering; hairdressing",
        cpa=_MEALS_AND_HAIR,
        rate="second reduced",
        since=date(2026, 7, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Meals in restaurants, hot take-away, catering; hairdressing",
        cpa=_MEALS_AND_HAIR,
        rate="reduced",
        since=date(2023, 9, 1),
        until=date(2026, 6, 30),
        source=_BEFORE,
    ),
    LowerRate(
        what="Accommodation, cinemas, museums, amusement parks",
        cpa=_STAYS_AND_SIGHTS,
        rate="reduced",
        since=date(2023, 9, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Hospitality, cinemas, museums, amusement parks, hairdressing",
        cpa=_ALL,
        rate="second reduced",
        since=date(2020, 11, 1),
        until=date(2023, 8, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Hospitality, cinemas, museums, amusement parks, hairdressing",
        cpa=_ALL,
        rate="reduced",
        since=date(2019, 1, 1),
        until=date(2020, 10, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Hospitality, cinemas, museums, amusement parks, hairdressing",
        cpa=_ALL,
        rate="second reduced",
        since=date(2011, 7, 1),
        until=date(2018, 12, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Hospitality, cinemas, museums, amusement parks, hairdressing",
        cpa=_ALL,
        rate="reduced",
        until=date(2011, 6, 30),
        source=_BEFORE,
    ),
)
