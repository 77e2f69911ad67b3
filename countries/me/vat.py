"""VAT of Montenegro (porez na dodatu vrijednost)."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import (
    STANDARD,
    Currency,
    Exemption,
    Identifier,
    LowerRate,
    Rate,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_READ = date(2026, 11, 21)

_ACT = Source(
    title=("Zakon o porezu na dodatu vrijednost (Službeni list RCG 65/01), član 24. i 42."),
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.B,
    note="The threshold of today read in a tax guide of 2023; the rest from memory.",
)
_RATE = Source(
    title="Zakon o porezu na dodatu vrijednost, član 24.",
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "19 per cent from July 2013 (as planned) and 21 from 2018 read in news and "
        "a country guide."
    ),
)
_ART_24A = Source(
    title="Zakon o porezu na dodatu vrijednost, član 24a.",
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The list before 2025 read in an adviser's page; which codes it means is our reading."),
)
_REFORM = Source(
    title=(
        "Zakon o izmjenama i dopunama Zakona o PDV (Službeni list CG 94/24), članovi 24a. i 24b."
    ),
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("Read in an adviser's note of December 2024, which names examples of both rates."),
)
_MEALS = Source(
    title="Zakon o porezu na dodatu vrijednost, član 24a. (Službeni list CG 146/21)",
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.B,
    note="Read in news: from 2022-01-08 at 7 per cent.",
)
_EXEMPT = Source(
    title="Zakon o porezu na dodatu vrijednost, član 26. i 27.",
    url="https://www.sluzbenilist.me/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; some kinds read in a country guide.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(21), since=date(2018, 1, 1), source=_RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(19),
        since=date(2013, 7, 1),
        until=date(2017, 12, 31),
        source=_RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(17),
        since=date(2003, 4, 1),
        until=date(2013, 6, 30),
        source=_RATE,
    ),
    Rate(name="reduced", percent=Decimal(7), since=date(2006, 1, 1), source=_ART_24A),
    Rate(name="second reduced", percent=Decimal(15), since=date(2025, 1, 1), source=_REFORM),
)

_LOWER_RATES = (
    LowerRate(
        what="Meat, milk, fat, oil, sugar, flour",
        cn=(
            *("0201", "0202", "0203", "0204", "0206", "0207", "0401", "0402", "1101"),
            *("1102", "1501", "1507", "1509", "1510", "1512", "1514", "1515", "1516"),
            *("1517", "1701"),
        ),
        rate="reduced",
        source=_ART_24A,
    ),
    LowerRate(
        what="Bread", cn=("1905",), asks="whether it is bread", rate="reduced", source=_ART_24A
    ),
    LowerRate(
        what="Food for infants",
        cn=("1901",),
        asks="whether it is food for infants",
        rate="reduced",
        source=_ART_24A,
    ),
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        asks="whether the health insurance fund pays for it, which makes it zero",
        rate="reduced",
        source=_ART_24A,
    ),
    LowerRate(
        what="Textbooks",
        cn=("4901",),
        asks="whether it is a textbook (reduced) or another book (second reduced)",
        rate="reduced",
        since=date(2025, 1, 1),
        source=_REFORM,
    ),
    LowerRate(
        what="Books", cn=("4901",), rate="reduced", until=date(2024, 12, 31), source=_ART_24A
    ),
    LowerRate(what="Newspapers and periodicals", cn=("4902",), rate="reduced", source=_ART_24A),
    LowerRate(
        what="Menstrual products, nappies for babies",
        cn=("9619",),
        asks="whether they are for menstruation or for babies",
        rate="reduced",
        since=date(2025, 1, 1),
        source=_REFORM,
    ),
    LowerRate(
        what="Implants, orthotics, prosthetics", cn=("9021",), rate="reduced", source=_ART_24A
    ),
    LowerRate(
        what="Feed, fertilisers, plant protection, seeds",
        cn=("1209", "2309", "31", "3808"),
        asks="whether it is for farming",
        rate="reduced",
        until=date(2024, 12, 31),
        source=_ART_24A,
    ),
    LowerRate(
        what="Computers, telephones, cars",
        cn=("8471", "8517", "8703"),
        rate=STANDARD,
        source=_ART_24A,
    ),
    LowerRate(
        what="Drinking water, except in bottles", cpa=("36.00",), rate="reduced", source=_ART_24A
    ),
    LowerRate(
        what="Passengers and their luggage in public transport",
        cpa=("49.1", "49.31", "49.39", "50.1", "50.3"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_ART_24A,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.1", "55.2", "55.3"),
        rate="second reduced",
        since=date(2025, 1, 1),
        source=_REFORM,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.1", "55.2", "55.3"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_ART_24A,
    ),
    LowerRate(
        what="Meals and drinks served",
        cpa=("56.10", "56.21", "56.30"),
        asks="whether the drink is alcoholic, sweetened or coffee",
        rate="second reduced",
        since=date(2025, 1, 1),
        source=_REFORM,
    ),
    LowerRate(
        what="Meals and drinks served",
        cpa=("56.10", "56.21", "56.30"),
        asks="whether the drink is alcoholic, sweetened or coffee",
        rate="reduced",
        since=date(2022, 1, 8),
        until=date(2024, 12, 31),
        source=_MEALS,
    ),
    LowerRate(
        what="Cinema, theatre, concerts, museums, fairs, amusement parks, zoos",
        cpa=("59.14", "90.01", "91.02", "91.04", "93.21"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_ART_24A,
    ),
    LowerRate(
        what="Funerals", cpa=("96.03",), rate="reduced", until=date(2024, 12, 31), source=_ART_24A
    ),
    LowerRate(
        what="Telecommunications, software, professional and business services",
        cpa=("61", "62", "63", "69", "70", "71", "73", "74", "78", "80", "82"),
        rate=STANDARD,
        source=_ART_24A,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Public postal services",
        cpa=("53.10",),
        asks="whether the public post provides it",
        source=_EXEMPT,
    ),
    Exemption(
        what="Public broadcasting",
        cpa=("60",),
        asks="whether it is public broadcasting without commercial purpose",
        source=_EXEMPT,
    ),
    Exemption(
        what="Banking, credit, securities, funds",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=_EXEMPT,
    ),
    Exemption(what="Insurance and its intermediaries", cpa=("65", "66.22"), source=_EXEMPT),
    Exemption(
        what="Property, except new buildings",
        cpa=("68.10",),
        asks="whether it is the first transfer of a new building",
        source=_EXEMPT,
    ),
    Exemption(what="Dwellings let for more than sixty days", cpa=("68.20.11",), source=_EXEMPT),
    Exemption(what="Education", cpa=("85.1", "85.2", "85.3", "85.4"), source=_EXEMPT),
    Exemption(what="Health", cpa=("86",), source=_EXEMPT),
    Exemption(what="Social care", cpa=("87", "88"), source=_EXEMPT),
    Exemption(
        what="Culture of bodies without profit",
        cpa=("90", "91"),
        asks="whether a body without profit provides it",
        source=_EXEMPT,
    ),
    Exemption(what="Games of chance", cpa=("92",), source=_EXEMPT),
    Exemption(what="Religious services", cpa=("94.91",), source=_EXEMPT),
)

VAT = VatSystem(
    code="ME",
    country="Montenegro",
    name="Porez na dodatu vrijednost (PDV)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(name="PIB", prefix="", pattern=r"\d{8}", source=_ACT),
    rates=_RATES,
    declared_since=date(2006, 1, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=False,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(30000),
            currency="EUR",
            since=date(2022, 1, 1),
            source=_ACT,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(18000),
            currency="EUR",
            until=date(2021, 12, 31),
            source=_ACT,
        ),
    ),
    notes={
        "2025": (
            "The reform of 2025 moved much from 7 to 15 per cent. Only what was read "
            "is declared; passenger transport, tickets, funerals and farm supplies are "
            "left open since then, and so is every code that is not named."
        ),
        "domestic reverse charge": "None is known to us.",
    },
)
