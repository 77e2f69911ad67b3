"""VAT of North Macedonia (данок на додадена вредност)."""

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
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_READ = date(2026, 11, 21)

_ACT = Source(
    title="Закон за данокот на додадена вредност (Службен весник 44/99)",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_RATE = Source(
    title="Закон за данокот на додадена вредност, член 28",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "18, 10 and 5 per cent read on the page of the ministry and in guides; days from memory."
    ),
)
_ART_30 = Source(
    title=(
        "Закон за данокот на додадена вредност, член 30; Одлука за добрата и "
        "услугите со повластена даночна стапка"
    ),
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The list read at the chamber of commerce; which codes it means is our reading."),
)
_MEALS = Source(
    title="Закон за данокот на додадена вредност, член 30 (10 %)",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("Read in a country guide: served food and drinks without alcohol, from 2021-01-01."),
)
_ART_23 = Source(
    title="Закон за данокот на додадена вредност, член 23",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_ART_32A = Source(
    title="Закон за данокот на додадена вредност, член 32-а",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; a bookkeeper's page on it was found, not read.",
)
_ART_51 = Source(
    title="Закон за данокот на додадена вредност, член 51",
    url="https://www.ujp.gov.mk/",
    read_on=_READ,
    confidence=Confidence.B,
    note="The amount read on the page of the ministry.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(18), since=date(2003, 4, 1), source=_RATE),
    Rate(name="reduced", percent=Decimal(5), since=date(2003, 4, 1), source=_RATE),
    Rate(name="second reduced", percent=Decimal(10), since=date(2021, 1, 1), source=_MEALS),
)

_LOWER_RATES = (
    LowerRate(
        what="Livestock",
        cn=("0102", "0103", "0104", "0105"),
        rate="reduced",
        since=date(2014, 8, 6),
        source=_ART_30,
    ),
    LowerRate(
        what="Food",
        cn=(
            *("02", "03", "04", "07", "08", "09", "10", "11", "12", "15", "16", "17", "18"),
            *("19", "20", "21"),
        ),
        asks=(
            "whether it is a basic product of the list (reduced), another of it "
            "(second reduced) or none"
        ),
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Feed",
        cn=("2309",),
        asks="whether it is feed for livestock",
        rate="reduced",
        since=date(2014, 8, 6),
        source=_ART_30,
    ),
    LowerRate(what="Fertilisers", cn=("31",), rate="reduced", source=_ART_30),
    LowerRate(
        what="Plant protection",
        cn=("3808",),
        asks="whether it protects plants",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=_ART_30),
    LowerRate(
        what="Books, newspapers, periodicals, maps",
        cn=("4901", "4902", "4903", "4905"),
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Farm machines",
        cn=("8432", "8433", "8436", "8701"),
        asks="whether it is a farm machine of the list",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(what="Computers", cn=("8471",), rate="reduced", source=_ART_30),
    LowerRate(
        what="Solar heaters",
        cn=("841919",),
        asks="whether it is a thermal solar system",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Menstrual products",
        cn=("9619",),
        asks="whether they are for menstruation or for babies",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(what="Telephones, cars", cn=("8517", "8703"), rate=STANDARD, source=_ART_30),
    LowerRate(
        what="Drinking water and waste water",
        cpa=("36.00", "37.00"),
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Public cleaning and waste",
        cpa=("38.1",),
        asks="whether it is a public service",
        rate="reduced",
        source=_ACT,
    ),
    LowerRate(
        what="First sale of dwellings within five years",
        cpa=("41.00.1",),
        asks="whether it is the first sale within five years",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Passengers and their luggage",
        cpa=("49.1", "49.31", "49.32", "49.39"),
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(what="Accommodation", cpa=("55.1", "55.2"), rate="reduced", source=_ART_30),
    LowerRate(
        what="Food and drinks served",
        cpa=("56.10", "56.21", "56.30"),
        asks="whether the drinks are alcoholic",
        rate="second reduced",
        since=date(2021, 1, 1),
        source=_MEALS,
    ),
    LowerRate(
        what="Software",
        cpa=("58.2",),
        asks="whether it is software for computers of the list",
        rate="reduced",
        source=_ART_30,
    ),
    LowerRate(
        what="Telecommunications, professional and business services",
        cpa=(
            *("61", "62.02", "62.03", "62.09", "63", "69", "70", "71", "73", "74", "78"),
            *("80", "82"),
        ),
        rate=STANDARD,
        source=_ART_30,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Postal services",
        cpa=("53.10",),
        asks="whether it is the universal service",
        source=_ART_23,
    ),
    Exemption(
        what="Banking, credit, securities, funds",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=_ART_23,
    ),
    Exemption(what="Insurance and its intermediaries", cpa=("65", "66.22"), source=_ART_23),
    Exemption(
        what="Dwellings sold later than five years, or let",
        cpa=("68.10.11", "68.20.11"),
        asks="whether it is the first sale within five years",
        source=_ART_23,
    ),
    Exemption(what="Land", cpa=("68.10.13", "68.10.15"), source=_ART_23),
    Exemption(what="Education", cpa=("85.1", "85.2", "85.3", "85.4"), source=_ART_23),
    Exemption(what="Health", cpa=("86",), source=_ART_23),
    Exemption(what="Social care", cpa=("87", "88"), source=_ART_23),
    Exemption(what="Museums, libraries, theatres, zoos", cpa=("90.01", "91"), source=_ART_23),
    Exemption(what="Games of chance", cpa=("92",), source=_ART_23),
    Exemption(
        what="Sport of bodies without profit",
        cpa=("93.1",),
        asks="whether a body without profit provides it",
        source=_ART_23,
    ),
)

_REVERSE_CHARGES = (
    ReverseCharge(
        what="Waste and scrap",
        cn=("3915", "4707", "7001", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        source=_ART_32A,
    ),
    ReverseCharge(what="Construction", cpa=("41.00.3", "41.00.4", "42", "43"), source=_ART_32A),
)

VAT = VatSystem(
    code="MK",
    country="North Macedonia",
    name="Данок на додадена вредност (ДДВ)",
    currencies=(Currency(code="MKD"),),
    identifier=Identifier(name="Даночен број", prefix="MK", pattern=r"MK\d{13}", source=_ACT),
    rates=_RATES,
    declared_since=date(2003, 4, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=False,
    exemptions=_EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(2000000),
            currency="MKD",
            since=date(2019, 1, 1),
            source=_ART_51,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1000000),
            currency="MKD",
            until=date(2018, 12, 31),
            source=_ART_51,
        ),
    ),
    notes={
        "food": (
            "Decisions of the government moved food between 5 and 10 per cent in 2023 "
            "and 2024 and lowered some to nothing for months in 2022; which is where "
            "is asked."
        ),
        "reverse charge": (
            "The first days are not known here, and property sold by option or by "
            "force falls under it too."
        ),
    },
)
