"""Corsica: France, where much of what bears 5.5 or 10 per cent on the mainland bears 2.1.

The prefixes are those of the mainland's own list (`countries.fr`): a longer one there would win.
"""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate, Rate
from countries.vat.territory import Territory

_SOURCE = Source(
    title="Code général des impôts, article 297",
    url="https://www.legifrance.gouv.fr/codes/id/LEGIARTI000033469142",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "The article as published by Légifrance for September 2023, and the tax authority's "
        "3 G 1112 of 1998 on what bears 2.1 per cent. Which codes it means is our reading."
    ),
)

_SINCE = date(2014, 1, 1)
"""The 10 per cent of today were 8 before: what is said of goods and services begins with them."""

_RATES = (
    Rate(name="petroleum", percent=Decimal(13), since=date(2010, 1, 1), source=_SOURCE),
    Rate(
        name="second super reduced",
        percent=Decimal("0.9"),
        since=date(2010, 1, 1),
        source=_SOURCE,
    ),
)

_GOODS = (
    LowerRate(
        what="Food and drinks without alcohol, and animals, plants and feed of farms",
        cn=(
            *("0102", "0103", "0104", "0105", "02", "03", "04", "06", "07", "08", "09", "10"),
            *("11", "1501", "1502", "1507", "1508", "1509", "1510", "1511", "1512", "1513"),
            *("1514", "1515", "16", "1701", "1702", "1703", "1801", "1804", "1805", "19", "20"),
            *("21", "2201", "2202", "2209", "23", "2501"),
        ),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Chocolate",
        cn=("1806",),
        asks="whether it is plain chocolate, chocolates, cocoa beans or cocoa butter",
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Petroleum products", cn=("2710",), rate="petroleum", since=_SINCE, source=_SOURCE
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        asks="whether the electricity is supplied at low voltage",
        rate="second reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Organic fertilizers, firewood and pellets",
        cn=("3101", "440111", "440112", "44013", "44014"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Farm machines",
        cn=("8432", "8433", "8701"),
        asks="whether the machine is on the minister's list for Corsica",
        rate="second reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
)

_SERVICES = (
    LowerRate(
        what="Water through mains, sewerage",
        cpa=("36.00.1", "37.00"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Household waste",
        cpa=("38.1", "38.11.1", "38.2"),
        asks="whether it is household waste",
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Construction",
        cpa=("41.00.4", "42"),
        rate="second reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Works on dwellings, specialised construction",
        cpa=("41.00.3", "43"),
        asks="whether it saves energy in a dwelling older than two years",
        rate="second reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Passenger transport",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Cinemas, museums, monuments, zoos, amusement parks",
        cpa=("59.14", "91.02", "91.03", "91.04", "93.21"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Television by subscription",
        cpa=("61.10.5", "61.20.5", "61.30.2"),
        rate="super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Theatres, concerts, circuses",
        cpa=("90.01",),
        asks="whether it is one of the first 140 performances (0.9 %)",
        rate="second super reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
    LowerRate(
        what="Dwellings, sold new",
        cpa=("41.00.1", "41.00.2"),
        rate="second reduced",
        since=_SINCE,
        source=_SOURCE,
    ),
)

TERRITORIES = (
    Territory(
        code="FR-20R",
        name="Corsica",
        country="FR",
        taxed_as="FR",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="FR",
        rates=_RATES,
        lower_rates=(*_GOODS, *_SERVICES),
        codes_declared=True,
        note=(
            "The mainland's rates, with 13 and 0.9 per cent beside them, and other things that "
            "bear them. Medicines, the press, aids for the disabled and meals bear what they "
            "bear on the mainland."
        ),
        source=_SOURCE,
    ),
)
