"""VAT of the United Kingdom. Northern Ireland is besides in `countries.vat.territories` (XI)."""

from datetime import date
from decimal import Decimal

from countries.gb.exemptions import EXEMPTIONS
from countries.gb.goods import GOODS
from countries.gb.rates import RATES
from countries.gb.services import SERVICES
from countries.gb.sources import CONSTRUCTION, GOLD, NUMBER, REGISTRATION, SECTION_55A
from countries.vat.system import (
    Currency,
    Identifier,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_REVERSE_CHARGES = (
    ReverseCharge(
        what="Construction services",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        asks=("whether the buyer is in the Construction Industry Scheme and not the end user"),
        since=date(2021, 3, 1),
        source=CONSTRUCTION,
    ),
    # HS 2022 headings; all was 851712 before.
    ReverseCharge(
        what="Mobile telephones",
        cn=("851713", "851714"),
        minimum=Decimal(5000),
        since=date(2007, 6, 1),
        source=SECTION_55A,
    ),
    ReverseCharge(
        what="Mobile telephones, in the nomenclature until 2021",
        cn=("851712",),
        minimum=Decimal(5000),
        since=date(2007, 6, 1),
        until=date(2021, 12, 31),
        source=SECTION_55A,
    ),
    ReverseCharge(
        what="Computer chips: integrated circuits before they are built in",
        cn=("854231",),
        minimum=Decimal(5000),
        since=date(2007, 6, 1),
        source=SECTION_55A,
    ),
    ReverseCharge(
        what="Gold: investment gold, grains, and alloys of half gold", cn=("7108",), source=GOLD
    ),
    ReverseCharge(
        what="Gas and electricity",
        cn=("2711", "2716"),
        asks="whether the buyer resells most of the gas or electricity",
        since=date(2014, 7, 1),
        source=SECTION_55A,
    ),
    ReverseCharge(
        what="Telecommunications",
        cpa=("61.10.1", "61.20.1", "61.30.1", "61.90.1"),
        asks="whether the buyer resells the telecommunications",
        since=date(2016, 2, 1),
        source=SECTION_55A,
    ),
)

VAT = VatSystem(
    code="GB",
    country="United Kingdom",
    name="Value Added Tax (VAT)",
    currencies=(Currency(code="GBP"),),
    identifier=Identifier(
        name="VAT registration number",
        prefix="GB",
        pattern=r"GB(\d{9}(\d{3})?|(GD|HA)\d{3})",
        source=NUMBER,
    ),
    rates=RATES,
    declared_since=date(1997, 9, 1),
    lower_rates=(*GOODS, *SERVICES),
    codes_declared=True,
    exemptions=EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(90000),
            currency="GBP",
            since=date(2024, 4, 1),
            source=REGISTRATION,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(85000),
            currency="GBP",
            since=date(2017, 4, 1),
            until=date(2024, 3, 31),
            source=REGISTRATION,
        ),
    ),
    notes={
        "emission allowances": (
            "Emission allowances (since 2010-11-01) and renewable energy certificates "
            "(since 2019-06-14) are under the reverse charge too; no CPA code names "
            "them."
        ),
        "energy-saving materials": (
            "Installed in dwellings: zero from 2022-04-01 to 2027-03-31 (in Northern "
            "Ireland from 2023-05-01), 5 per cent before and after. CPA 43 asks."
        ),
        "food": (
            "Hot take-away food and all catering bear the standard rate; which snack "
            "is confectionery is decided case by case."
        ),
        "schools": (
            "Schools run for profit are taxed since 2025-01-01; the question under "
            "education covers them."
        ),
        "small businesses": (
            "There is no exemption in the sense of the Union: who is below the "
            "threshold need not register and charges no VAT."
        ),
    },
)
