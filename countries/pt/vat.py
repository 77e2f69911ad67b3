"""Value added tax of Portugal (IVA), on the mainland: Código do IVA (CIVA)."""

from datetime import date
from decimal import Decimal

from countries.pt.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://info.portaldasfinancas.gov.pt/pt/informacao_fiscal/codigos_tributarios/civa_rep/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Código do IVA, artigo 18.º, n.º 1, alínea c)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09), and a copy of the CIVA.",
)
_LOWER = Source(
    title="Código do IVA, artigo 18.º, n.º 1, alíneas a) e b)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="GOBL's Portuguese regime since 2011; 5 and 12 % before July 2010: a copy of the CIVA.",
)
_ZERO = Source(
    title="Lei n.º 17/2023, de 14 de abril (cabaz alimentar)",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory; extended from October 2023 to 4 January 2024.",
)
_CHARGES = Source(
    title="Código do IVA, artigo 2.º, n.º 1, alíneas i), j), l) e m), e anexo E",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_FARMING = Source(
    title="Lei n.º 10-A/2022, de 28 de abril, artigo 4.º, e Orçamento do Estado para 2026",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="portugalpulse.com and aman-alliance.org (Lusa): extended to the end of 2026. The day it "
    "began, feed and the codes from memory.",
)
_ARTICLE_194 = Source(
    title="Código do IVA, artigo 2.º, n.º 1, alínea g); Ofício Circulado n.º 30235/2021",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="vatdesk.eu, marosavat.com, EY: also when the seller has a Portuguese number, unless "
    "he has a representative.",
)
_SMALL = Source(
    title="Código do IVA, artigo 53.º; Decreto-Lei n.º 35/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="15,000: gonti.pt and accountservice.pt. The years before 2025 are from memory.",
)

VAT = VatSystem(
    code="PT",
    country="Portugal",
    name="Imposto sobre o valor acrescentado (IVA)",
    currencies=(Currency(code="EUR", since=date(1999, 1, 1)),),
    identifier=Identifier(
        name="número de identificação fiscal (NIF)",
        prefix="PT",
        pattern=r"PT[0-9]{9}",
        source=Source(
            title="Código do IVA, artigo 31.º",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.pt.nif).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(23), since=date(2011, 1, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(21),
            since=date(2010, 7, 1),
            until=date(2010, 12, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(20),
            since=date(2008, 7, 1),
            until=date(2010, 6, 30),
            source=_STANDARD,
        ),
        # The "taxa intermédia" and, below it, the "taxa reduzida".
        Rate(name="reduced", percent=Decimal(13), since=date(2010, 7, 1), source=_LOWER),
        Rate(
            name="reduced",
            percent=Decimal(12),
            since=date(1996, 7, 1),
            until=date(2010, 6, 30),
            source=_LOWER,
        ),
        Rate(name="second reduced", percent=Decimal(6), since=date(2010, 7, 1), source=_LOWER),
        Rate(
            name="second reduced",
            percent=Decimal(5),
            since=date(1992, 3, 24),
            until=date(2010, 6, 30),
            source=_LOWER,
        ),
        Rate(
            name="zero",
            percent=Decimal(0),
            since=date(2023, 4, 18),
            until=date(2024, 1, 4),
            source=_ZERO,
        ),
    ),
    declared_since=date(2008, 7, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Fertilizers, soil correctives, flours, cereals and seeds for farming (with the "
            "right to deduct)",
            cn=("31", "1001", "1002", "1003", "1004", "1005", "1007", "1008", "1209"),
            asks="whether it is used in agricultural production",
            since=date(2022, 4, 29),
            until=date(2026, 12, 31),
            source=_FARMING,
        ),
        Exemption(
            what="Feed for cattle, poultry and other animals for food (with the right to deduct)",
            cn=("2302", "2303", "2304", "2306", "2309"),
            asks="whether it is used in agricultural production",
            since=date(2022, 4, 29),
            until=date(2026, 12, 31),
            source=_FARMING,
        ),
    ),
    reverse_charges=(
        ReverseCharge(
            what="Cork, wood, pine cones and pine nuts in their shell",
            cn=("080291", "4403", "4501", "4502"),
            asks="whether the seller grows it and the buyer is in the trade",
            since=date(2019, 11, 15),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Waste, scrap and recyclable materials, and services on them",
            cn=(
                *("2618", "2619", "2620", "3915", "4004", "4115", "4707", "6310", "7001"),
                *("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
            ),
            since=date(2006, 10, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Construction, with repair, maintenance and demolition of buildings",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            since=date(2007, 4, 1),
            source=_CHARGES,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2002, 1, 1),
            goods=True,
            services=True,
            only_established_buyers=True,
            unless_registered=True,
            source=_ARTICLE_194,
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(15_000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(14_500),
            currency="EUR",
            since=date(2024, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(13_500),
            currency="EUR",
            since=date(2023, 1, 1),
            until=date(2023, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(12_500),
            currency="EUR",
            since=date(2021, 1, 1),
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(11_000),
            currency="EUR",
            since=date(2020, 4, 1),
            until=date(2020, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="IVA - regime de isenção (artigo 53.º do CIVA)",
            source=_SMALL,
        ),
    ),
    notes={
        "territories": "The Azores and Madeira have lower rates of the same names; they are "
        "declared with the territories.",
        "zero": "0 % on a basket of 46 foods from 18 April 2023 to 4 January 2024.",
        "housing": "A bill of late 2025 gives 6 % on building homes up to a price or rent, until "
        "2029 or 2032; whether and from when it is law was not found, so it is asked for.",
        "reverse charge": "Emission allowances (since 2010), and buildings sold with the waiver "
        "of the exemption, are charged to the customer as well and have no code. The buyer of "
        "construction must have the right to deduct; the bill on housing drops that condition.",
        "energy": "Boilers for biomass, pellets and briquettes bore 6 % until 30 June 2025 as "
        "solar panels did; when that began was not found, so it is not declared.",
        "drinks": "With a meal, alcohol, soft drinks, juices and sparkling water bear 23 %.",
    },
)
