"""VAT of the United Arab Emirates."""

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
    title="Federal Decree-Law No. 8 of 2017 on Value Added Tax",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_ZERO = Source(
    title=("Federal Decree-Law No. 8 of 2017, Article 45; Cabinet Decision No. 52 of 2017"),
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_EXEMPT = Source(
    title=("Federal Decree-Law No. 8 of 2017, Article 46; Cabinet Decision No. 52 of 2017"),
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_HYDROCARBONS = Source(
    title="Federal Decree-Law No. 8 of 2017, Article 48(3)",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_GOLD = Source(
    title="Cabinet Decision No. 25 of 2018",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "That it covered gold and diamonds until the next one read in several "
        "alerts; its first day from memory."
    ),
)
_PRECIOUS = Source(
    title="Cabinet Decision No. 127 of 2024; Public Clarification VATP043",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.A,
    note=("Read in several alerts; one says 25, one 26 February 2025, and the tax authority 26."),
)
_DEVICES = Source(
    title="Cabinet Decision No. 91 of 2023",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "That electronic devices fall under it read in alerts; its number and "
        "first day from memory."
    ),
)
_SCRAP = Source(
    title="Cabinet Decision No. 153 of 2025",
    url="https://uaelegislation.gov.ae/en/legislations/1227",
    read_on=_READ,
    confidence=Confidence.A,
    note="Read in the ministry's announcement and several alerts.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(5), since=date(2018, 1, 1), source=_ACT),
    Rate(name="zero", percent=Decimal(0), since=date(2018, 1, 1), source=_ZERO),
)

_LOWER_RATES = (
    LowerRate(
        what="Crude oil and natural gas",
        cn=("2709", "271111", "271121"),
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        asks="whether it is registered with the ministry of health",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Medical equipment",
        cn=("9018", "9019", "9020", "9021", "9022"),
        asks="whether it is registered with the ministry of health",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Precious metals for investment",
        cn=("7106", "7108", "7110"),
        asks="whether it is at least 99 per cent pure and traded worldwide",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Printed and digital goods of schools",
        cn=("4901",),
        asks="whether a school supplies it for its curriculum",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="First supply of dwellings within three years",
        cpa=("41.00.1", "68.10.11"),
        asks="whether it is the first supply within three years",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Schools, and universities in public hands",
        cpa=("85.1", "85.2", "85.3", "85.4"),
        asks=(
            "whether the curriculum is recognised, and for a university whether it is "
            "publicly owned or funded"
        ),
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Preventive and basic health care",
        cpa=("86",),
        asks="whether it is preventive or treats a sickness, and is not cosmetic",
        rate="zero",
        source=_ZERO,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Local passenger transport",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.1", "50.3", "51.10.11"),
        source=_EXEMPT,
    ),
    Exemption(
        what="Financial services without an explicit fee",
        cpa=("64", "66.12", "66.30"),
        asks="whether an explicit fee, commission or discount is paid",
        source=_EXEMPT,
    ),
    Exemption(what="Life insurance", cpa=("65.11",), source=_EXEMPT),
    Exemption(what="Bare land", cpa=("68.10.13", "68.10.15"), source=_EXEMPT),
    Exemption(
        what="Dwellings sold or let",
        cpa=("68.10.11", "68.20.11"),
        asks=(
            "whether it is the first supply within three years, or let for less than six months"
        ),
        source=_EXEMPT,
    ),
)

_REVERSE_CHARGES = (
    ReverseCharge(
        what="Gold and diamonds",
        cn=("7102", "7108"),
        asks=("whether the buyer declared that he resells them or makes gold or diamonds of them"),
        since=date(2018, 6, 1),
        until=date(2025, 2, 25),
        source=_GOLD,
    ),
    ReverseCharge(
        what="Jewellery of gold and diamonds",
        cn=("7113",),
        asks=(
            "whether the buyer declared that he resells it, and gold or diamonds are "
            "its main value"
        ),
        since=date(2018, 6, 1),
        until=date(2025, 2, 25),
        source=_GOLD,
    ),
    ReverseCharge(
        what=("Gold, silver, palladium, platinum, diamonds, pearls, rubies, sapphires, emeralds"),
        cn=("7101", "7102", "7103", "7104", "7106", "7108", "7110"),
        asks=("whether the buyer declared that he resells them or makes such goods of them"),
        since=date(2025, 2, 26),
        source=_PRECIOUS,
    ),
    ReverseCharge(
        what="Jewellery of them",
        cn=("7113", "7116"),
        asks=(
            "whether the buyer declared that he resells it, and metals or stones are "
            "its main value"
        ),
        since=date(2025, 2, 26),
        source=_PRECIOUS,
    ),
    ReverseCharge(
        what="Crude oil, gas, hydrocarbons",
        cn=("2709", "2710", "2711"),
        asks="whether the buyer resells them or makes energy of them",
        since=date(2018, 1, 1),
        source=_HYDROCARBONS,
    ),
    ReverseCharge(
        what="Mobile telephones, computers, their parts",
        cn=("851713", "851714", "8471", "847330"),
        asks=("whether the buyer declared that he resells them or makes such devices of them"),
        since=date(2023, 10, 30),
        source=_DEVICES,
    ),
    ReverseCharge(
        what="Scrap of metals",
        cn=("7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        asks="whether the buyer declared that he resells or processes it",
        since=date(2026, 1, 14),
        source=_SCRAP,
    ),
)

VAT = VatSystem(
    code="AE",
    country="United Arab Emirates",
    name="ضريبة القيمة المضافة / Value Added Tax (VAT)",
    currencies=(Currency(code="AED"),),
    identifier=Identifier(
        name="Tax Registration Number (TRN)", prefix="", pattern=r"100\d{12}", source=_ACT
    ),
    rates=_RATES,
    declared_since=date(2018, 1, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(375000),
            currency="AED",
            since=date(2018, 1, 1),
            source=_ACT,
        ),
    ),
    notes={
        "designated zones": (
            "Goods in designated zones are mostly outside the tax; no code tells where they are."
        ),
        "voluntary registration": "Possible from 187500 dirhams.",
    },
)
