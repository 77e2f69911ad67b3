"""Value added tax of Slovenia (DDV): Zakon o davku na dodano vrednost (ZDDV-1)."""

from datetime import date
from decimal import Decimal

from countries.si.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://pisrs.si/"
_READ_ON = date(2026, 11, 21)

_TWO_SOURCES = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 41. člen",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Read in GOBL's Slovenian regime (July 2026) and vatupdate.com; the standard rates also "
    "in the Commission's table of 2021. The act was not opened.",
)
_ONE_SOURCE = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 41. člen",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="The rate is in every source; the day it began, and 8.5 % before it, are from memory.",
)
_CHARGES = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 76.a člen",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The explanation of the tax office of 2009-12-31 (gzs.si), vatcalc.com; the codes of "
    "annex III.a are read across from memory.",
)
_SMALL = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 94. člen",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="50,000 before and 60,000 from 2025: data.si. The first day of 50,000 is from memory.",
)

VAT = VatSystem(
    code="SI",
    country="Slovenia",
    name="Davek na dodano vrednost (DDV)",
    currencies=(
        Currency(code="EUR", since=date(2007, 1, 1)),
        Currency(code="SIT", until=date(2006, 12, 31)),
    ),
    identifier=Identifier(
        name="ID za DDV",
        prefix="SI",
        pattern=r"SI[0-9]{8}",
        source=Source(
            title="Zakon o davku na dodano vrednost (ZDDV-1), 80. člen",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.si.ddv).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(22), since=date(2013, 7, 1), source=_TWO_SOURCES),
        Rate(
            name="standard",
            percent=Decimal(20),
            since=date(2002, 1, 1),
            until=date(2013, 6, 30),
            source=_TWO_SOURCES,
        ),
        Rate(
            name="reduced",
            percent=Decimal("9.5"),
            since=date(2013, 7, 1),
            source=_ONE_SOURCE,
        ),
        Rate(
            name="reduced",
            percent=Decimal("8.5"),
            since=date(2002, 1, 1),
            until=date(2013, 6, 30),
            source=_ONE_SOURCE,
        ),
        # The act calls it "posebna nižja stopnja".
        Rate(
            name="second reduced", percent=Decimal(5), since=date(2020, 1, 1), source=_TWO_SOURCES
        ),
    ),
    declared_since=date(2002, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=(
        ReverseCharge(
            what="Waste, scrap and used materials of metal, paper, glass, rubber and plastics",
            cn=(
                *("2618", "2619", "2620", "3915", "4004", "4115", "4707", "6310", "7001"),
                *("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
            ),
            since=date(2010, 1, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Construction, with repair, cleaning, maintenance and demolition of buildings",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            since=date(2010, 1, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Staff supplied for construction",
            cpa=("78.2", "78.3"),
            asks="whether the staff works in construction",
            since=date(2010, 1, 1),
            source=_CHARGES,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2022, 1, 22),
            goods=True,
            services=True,
            unless_registered=True,
            source=Source(
                title="Zakon o davku na dodano vrednost (ZDDV-1), 76. člen",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.B,
                note="vatcalc.com, January 2022.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(60_000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50_000),
            currency="EUR",
            since=date(2013, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="DDV ni obračunan na podlagi prvega odstavka 94. člena ZDDV-1",
            source=_SMALL,
        ),
    ),
    notes={
        "drinks": "Since 2025 drinks, juices and syrups with added sugar or sweetener bear 22 %; "
        "food supplements of 2202 99 still bear 9.5 %.",
        "hygiene": "becompliant.tax counts napkins but no sanitary towels in annex I; Tolley's "
        "appendix has all products of hygienic protection.",
        "reverse charge": "Emission allowances, and property sold with the option to tax, are "
        "charged to the customer as well and have no code. A Polish source counts Slovenia among "
        "the countries that do so with gas and electricity; no Slovenian one was found. The "
        "construction services are those of section F of the national classification.",
        "foreign suppliers": "Before 22 January 2022 a foreign seller of goods, or of services "
        "about property, had to register.",
        "temporary": "Energy bore 9.5 % from September 2022 to May 2023.",
    },
)
