"""Value added tax of Italy (IVA): DPR 633/1972."""

from datetime import date
from decimal import Decimal

from countries.it.lower_rates import LOWER_RATES
from countries.it.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    Rate,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://www.normattiva.it/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 16",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 and TEDB (2026-09), both in the data of vatnode.dev.",
)
_REDUCED = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 16 e Tabella A",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="The three rates are in GOBL's Italian regime; the days on which they began are memory.",
)
_EXEMPT = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 10, nn. 14 e 27",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_ARTICLE_194 = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 17, secondo comma",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="sovos.com: all supplies. That the buyer must be established in Italy is from memory.",
)
_FLAT_RATE = Source(
    title="Legge 23 dicembre 2014, n. 190, art. 1, commi 54-89",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="85,000: the tax authority's Circolare 32/E of 2023. 65,000 from memory; the sentence "
    "after ionos.it, which gives one like it.",
)

VAT = VatSystem(
    code="IT",
    country="Italy",
    name="Imposta sul valore aggiunto (IVA)",
    currencies=(Currency(code="EUR", since=date(1999, 1, 1)),),
    identifier=Identifier(
        name="partita IVA",
        prefix="IT",
        pattern=r"IT[0-9]{11}",
        source=Source(
            title="DPR 26 ottobre 1972, n. 633, art. 35",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.it.iva).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(22), since=date(2013, 10, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(21),
            since=date(2011, 9, 17),
            until=date(2013, 9, 30),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(20),
            since=date(1997, 10, 1),
            until=date(2011, 9, 16),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal(10), since=date(1995, 2, 24), source=_REDUCED),
        Rate(name="second reduced", percent=Decimal(5), since=date(2016, 1, 1), source=_REDUCED),
        Rate(name="super reduced", percent=Decimal(4), since=date(1989, 1, 1), source=_REDUCED),
    ),
    declared_since=date(1997, 10, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Urban transport of passengers by taxi (standstill of the Directive's Annex X)",
            cpa=("49.32.11",),
            source=_EXEMPT,
        ),
        Exemption(what="Funeral services", cpa=("96.03",), source=_EXEMPT),
    ),
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2010, 1, 1),
            goods=True,
            services=True,
            only_established_buyers=True,
            source=_ARTICLE_194,
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(85_000),
            currency="EUR",
            applies_to="natural persons (regime forfetario)",
            since=date(2023, 1, 1),
            source=_FLAT_RATE,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(65_000),
            currency="EUR",
            applies_to="natural persons (regime forfetario)",
            since=date(2019, 1, 1),
            until=date(2022, 12, 31),
            source=_FLAT_RATE,
        ),
    ),
    small_business=(
        SmallBusiness(
            since=date(2015, 1, 1),
            note=(
                "Operazione senza applicazione dell'IVA ai sensi dell'art. 1, commi 54-89, "
                "della Legge n. 190/2014 (regime forfetario)"
            ),
            source=_FLAT_RATE,
        ),
    ),
    notes={
        "territories": "Livigno, Campione d'Italia and the Italian waters of Lake Lugano are "
        "outside the tax; they are declared with the territories.",
        "temporary": "Gas for combustion and district heat bore 5 % from October 2021 (heat: a "
        "year later) to the end of 2023; goods against COVID-19 were taxed at 0 % in 2020, which "
        "is not declared.",
        "reverse charge": "The charges of Article 199a end with 2026 as the Directive stands; "
        "whether they go on was not found. Emission allowances (art. 17, sesto comma, d-bis) and "
        "buildings sold with the option to tax (a-bis) are charged to the customer as well, but "
        "no code of CPA 2.1 is theirs.",
        "food": "Tabella A names its goods by a tariff older than the Combined Nomenclature; the "
        "codes here are read across, mostly from memory.",
        "social services": "Social cooperatives tax health and care at 5 %; others exempt it.",
        "registration": "There is no amount below which a business need not register.",
    },
)
