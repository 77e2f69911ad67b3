"""Goods and services tax of New Zealand: hardly an exception."""

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
    title="Goods and Services Tax Act 1985, sections 8, 11, 14 and 51",
    url="https://www.legislation.govt.nz/act/public/1985/0141/latest/whole.html",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(15), since=date(2010, 10, 1), source=_ACT),
    Rate(
        name=STANDARD,
        percent=Decimal("12.5"),
        since=date(1989, 7, 1),
        until=date(2010, 9, 30),
        source=_ACT,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(1986, 10, 1), source=_ACT),
)

_LOWER_RATES = (
    LowerRate(
        what="New fine metals",
        cn=("7106", "7108", "7110"),
        asks=("whether it is the first supply of new fine metal by its refiner to a dealer"),
        rate="zero",
        source=_ACT,
    ),
    LowerRate(
        what="Land, also with buildings, between registered businesses",
        cpa=("68.10",),
        asks=(
            "whether the buyer is registered, makes taxable supplies with it and will "
            "not live there"
        ),
        rate="zero",
        since=date(2011, 4, 1),
        source=_ACT,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Financial services",
        cpa=("64", "66.12"),
        asks="whether it is a financial service to a business, which may be at zero",
        source=_ACT,
    ),
    Exemption(what="Life insurance", cpa=("65.11",), source=_ACT),
    Exemption(
        what="Dwellings let",
        cpa=("68.20.11",),
        asks="whether it is let for a short stay",
        source=_ACT,
    ),
    Exemption(
        what="Fine metals",
        cn=("7106", "7108", "7110"),
        asks="whether it is fine metal that is no longer new",
        source=_ACT,
    ),
)

VAT = VatSystem(
    code="NZ",
    country="New Zealand",
    name="Goods and Services Tax (GST)",
    currencies=(Currency(code="NZD"),),
    identifier=Identifier(
        name="GST number (IRD number)", prefix="", pattern=r"\d{8,9}", source=_ACT
    ),
    rates=_RATES,
    declared_since=date(1989, 7, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(60000),
            currency="NZD",
            since=date(2009, 4, 1),
            source=_ACT,
        ),
    ),
    notes={
        "domestic reverse charge": "None; between registered businesses land is at zero instead.",
        "donated goods": "What a body without profit sells of donated goods is exempt.",
        "health and education": "Taxed at the standard rate.",
    },
)
