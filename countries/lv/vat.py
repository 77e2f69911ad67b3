"""Value added tax of Latvia (PVN): Pievienotās vērtības nodokļa likums."""

from datetime import date
from decimal import Decimal

from countries.lv.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://likumi.lv/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Pievienotās vērtības nodokļa likums, 41. pants",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09).",
)
_LOWER = Source(
    title="Pievienotās vērtības nodokļa likums, 42. pants",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="5 % since 2018: avalara.com, EY. 12 % since 2011, and 10 % before, from memory.",
)
_CHARGES = Source(
    title="Pievienotās vērtības nodokļa likums, 141.-143.5 pants",
    url="https://www.fm.gov.lv/en/reverse-vat-charge-procedure",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The ministry of finance: what, and since when; the codes are read across here.",
)
_LATER = Source(
    title="Pievienotās vērtības nodokļa likums, 143.2-143.5 pants",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="EY (2018), investineu.com (2019), bdo.global (2020); grain's day, precious metals and "
    "codes from memory.",
)
_THRESHOLD = Source(
    title="Pievienotās vērtības nodokļa likums, 59. pants",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="40,000 since 2018: EY. 50,000 in 2024: regfollower.com, mindlink.lv; its "
    "first day is from memory.",
)

VAT = VatSystem(
    code="LV",
    country="Latvia",
    name="Pievienotās vērtības nodoklis (PVN)",
    currencies=(
        Currency(code="EUR", since=date(2014, 1, 1)),
        Currency(code="LVL", until=date(2013, 12, 31)),
    ),
    identifier=Identifier(
        name="PVN reģistrācijas numurs",
        prefix="LV",
        pattern=r"LV[0-9]{11}",
        source=Source(
            title="Pievienotās vērtības nodokļa likums, 66. pants",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.lv.pvn).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(21), since=date(2012, 7, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(22),
            since=date(2011, 1, 1),
            until=date(2012, 6, 30),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(21),
            since=date(2009, 1, 1),
            until=date(2010, 12, 31),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal(12), since=date(2011, 1, 1), source=_LOWER),
        Rate(
            name="reduced",
            percent=Decimal(10),
            since=date(2009, 1, 1),
            until=date(2010, 12, 31),
            source=_LOWER,
        ),
        Rate(name="second reduced", percent=Decimal(5), since=date(2018, 1, 1), source=_LOWER),
    ),
    declared_since=date(2009, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Theatre, circus and concerts, museums, libraries, zoos",
            cpa=("90.01", "91.04"),
            asks="whether it is one of the cultural services that the act exempts",
            source=Source(
                title="Pievienotās vērtības nodokļa likums, 52. pants",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.M,
                note="From memory.",
            ),
        ),
    ),
    reverse_charges=(
        ReverseCharge(
            what="Cereals, oil seeds and industrial crops",
            cn=("1001", "1002", "1003", "1004", "1005", "1008", "1201", "1205", "1206"),
            since=date(2016, 7, 1),
            source=_LATER,
        ),
        ReverseCharge(
            what="Timber, and services on it",
            cn=("4401", "4403", "4404", "4406", "4407", "4409"),
            since=date(1999, 7, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Raw precious metals and their alloys",
            cn=("7106", "7108", "7110", "7112"),
            since=date(2017, 1, 1),
            source=_LATER,
        ),
        ReverseCharge(
            what="Scrap metal, and services on it",
            cn=("2618", "2619", "2620", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
            since=date(2011, 10, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Semi-finished products of iron and other metals",
            cn=(
                *("7206", "7207", "7208", "7209", "7210", "7211", "7212", "7213", "7214", "7215"),
                *("7216", "7217", "7403", "7407", "7408", "7601", "7604", "7605", "7606"),
            ),
            asks="whether the cabinet's list of metal products has it",
            since=date(2018, 1, 1),
            source=_LATER,
        ),
        ReverseCharge(
            what="Tablets and laptops",
            cn=("847130",),
            since=date(2016, 4, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Household appliances",
            cn=("8418", "8422", "8450", "8508", "8509", "8516"),
            asks="whether it is one of the household appliances and electronics of the act",
            since=date(2018, 1, 1),
            until=date(2019, 12, 31),
            source=_LATER,
        ),
        ReverseCharge(
            what="Mobile telephones",
            cn=("851712", "851713", "851714"),
            since=date(2016, 4, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Integrated circuits",
            cn=("854231",),
            since=date(2016, 4, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Game consoles",
            cn=("950450",),
            since=date(2018, 1, 1),
            source=_LATER,
        ),
        ReverseCharge(
            what="Services on timber: felling, sawing",
            cpa=("02.40", "16.10.9"),
            since=date(1999, 7, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Construction",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            since=date(2012, 1, 1),
            source=_CHARGES,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=False,
            asks="whether the seller installs or assembles the goods in Latvia",
            source=Source(
                title="Pievienotās vērtības nodokļa likums, 86. un 87. pants",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="The table of vatcalc.com (2024): installed goods only.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50_000),
            currency="EUR",
            since=date(2024, 1, 1),
            source=_THRESHOLD,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(40_000),
            currency="EUR",
            since=date(2018, 1, 1),
            until=date(2023, 12, 31),
            source=_THRESHOLD,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50_000),
            currency="EUR",
            since=date(2014, 1, 1),
            until=date(2017, 12, 31),
            source=_THRESHOLD,
        ),
    ),
    notes={
        "food": "Food bears the standard rate but for what infants eat, fruit and vegetables "
        "usual in Latvia and, from July 2026 to June 2027, bread, fresh milk, poultry and eggs. "
        "One summary ends that at 30 July 2027, the others at 30 June.",
        "books": "Since 2026 the 5 % holds for publications in Latvian, Latgalian, Livonian and "
        "the languages of the Union, the EEA, Switzerland, candidates and the OECD.",
        "reverse charge": "Construction products and household electronics were charged to the "
        "customer in 2018 and 2019. What rests on Article 199a has no end here, though the "
        "Directive's is 2026. Electronics: only when not paid in cash or by another's card.",
        "small businesses": "No sentence for the invoices of who is not registered was found.",
    },
)
