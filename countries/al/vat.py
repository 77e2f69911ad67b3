"""VAT of Albania (tatimi mbi vlerën e shtuar)."""

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
    title="Ligji nr. 92/2014 për tatimin mbi vlerën e shtuar, neni 49",
    url="https://www.tatime.gov.al/",
    read_on=_READ,
    confidence=Confidence.B,
    note="20 per cent read in several guides; its first day from memory.",
)
_LOW = Source(
    title="Ligji nr. 92/2014 për tatimin mbi vlerën e shtuar, neni 49",
    url="https://www.tatime.gov.al/",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "6 per cent for books, advertising and accommodation read on the page of "
        "the tax authority, in KPMG's news and in guides."
    ),
)
_FARMS = Source(
    title="Ligji nr. 92/2014, neni 49, ndryshimet e vitit 2022",
    url="https://www.tatime.gov.al/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("10 per cent read in a country guide; the day from memory. Exempt from 2019."),
)
_EXEMPT = Source(
    title="Ligji nr. 92/2014 për tatimin mbi vlerën e shtuar, nenet 51 deri 56",
    url="https://www.tatime.gov.al/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; books until 2018 and vets read in advisers' news.",
)
_THRESHOLD = Source(
    title="Ligji nr. 92/2014, neni 117; VKM nr. 953/2014",
    url="https://www.tatime.gov.al/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(20), since=date(1997, 10, 1), source=_ACT),
    Rate(name="reduced", percent=Decimal(6), since=date(2017, 6, 1), source=_LOW),
    Rate(name="second reduced", percent=Decimal(10), since=date(2022, 1, 1), source=_FARMS),
)

_LOWER_RATES = (
    LowerRate(
        what="Fertilisers, seeds, seedlings",
        cn=("31", "1209", "0602"),
        asks="whether it is a farm input of the list",
        rate="second reduced",
        since=date(2022, 1, 1),
        source=_FARMS,
    ),
    LowerRate(
        what="Pesticides",
        cn=("3808",),
        asks="whether it is a farm input of the list",
        rate="second reduced",
        since=date(2022, 1, 1),
        source=_FARMS,
    ),
    LowerRate(
        what="Books", cn=("4901", "4903"), rate="reduced", since=date(2019, 1, 1), source=_LOW
    ),
    LowerRate(
        what="Electric buses for public transport",
        cn=("870240",),
        asks=("whether it has nine places and more beside the driver and is for public transport"),
        rate="second reduced",
        since=date(2022, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Electric buses for public transport",
        cn=("870240",),
        asks=("whether it has nine places and more beside the driver and is for public transport"),
        rate="reduced",
        since=date(2019, 1, 1),
        until=date(2021, 12, 31),
        source=_LOW,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.1", "55.2", "55.3"),
        rate="reduced",
        since=date(2017, 6, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Meals in certified farm tourism",
        cpa=("56.10",),
        asks="whether a certified farm serves it, and no drinks",
        rate="reduced",
        since=date(2018, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Advertising in audiovisual media",
        cpa=("59.11.3", "60.10.3", "60.20.4"),
        asks="whether it is advertising in audiovisual media",
        rate="reduced",
        since=date(2019, 1, 1),
        source=_LOW,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Public postal services",
        cpa=("53.10",),
        asks="whether the public post provides it",
        source=_EXEMPT,
    ),
    Exemption(what="Advertising in print", cpa=("58.13.3", "58.14.3"), source=_EXEMPT),
    Exemption(
        what="Banking, credit, securities, funds",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=_EXEMPT,
    ),
    Exemption(what="Insurance and its intermediaries", cpa=("65", "66.22"), source=_EXEMPT),
    Exemption(
        what="Land and buildings",
        cpa=("68.10",),
        asks="whether it is a new building, or the seller has opted to tax",
        source=_EXEMPT,
    ),
    Exemption(
        what="Dwellings let",
        cpa=("68.20.11",),
        asks="whether it is let for two months at most",
        source=_EXEMPT,
    ),
    Exemption(
        what="Vets, except for pets",
        cpa=("75",),
        asks="whether the animal is a pet",
        since=date(2019, 1, 1),
        source=_EXEMPT,
    ),
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
    Exemption(what="Newspapers and magazines", cn=("4902",), source=_EXEMPT),
    Exemption(what="Books", cn=("4901", "4903"), until=date(2018, 12, 31), source=_EXEMPT),
    Exemption(what="Medicines", cn=("3003", "3004"), source=_EXEMPT),
)

VAT = VatSystem(
    code="AL",
    country="Albania",
    name="Tatimi mbi vlerën e shtuar (TVSH)",
    currencies=(Currency(code="ALL"),),
    identifier=Identifier(name="NIPT", prefix="", pattern=r"[A-Z]\d{8}[A-Z]", source=_ACT),
    rates=_RATES,
    declared_since=date(1997, 10, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(10000000),
            currency="ALL",
            since=date(2021, 1, 1),
            source=_THRESHOLD,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(2000000),
            currency="ALL",
            since=date(2018, 4, 1),
            until=date(2020, 12, 31),
            source=_THRESHOLD,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(5000000),
            currency="ALL",
            since=date(2014, 1, 1),
            until=date(2018, 3, 31),
            source=_THRESHOLD,
        ),
    ),
    notes={
        "domestic reverse charge": "None is known to us.",
        "farmers": (
            "Who buys from a farmer writes the invoice and pays him a compensation; it is no rate."
        ),
    },
)
