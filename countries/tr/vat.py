"""VAT of Türkiye (katma değer vergisi)."""

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
    VatSystem,
)

_READ = date(2026, 11, 21)

_RATE = Source(
    title=(
        "Mal ve Hizmetlere Uygulanacak KDV Oranları (2007/13033 sayılı BKK); 7346 "
        "sayılı Cumhurbaşkanı Kararı"
    ),
    url="https://www.resmigazete.gov.tr/eskiler/2007/12/20071230-5.htm",
    read_on=_READ,
    confidence=Confidence.A,
    note=("Decree 7346 read in the alerts of several advisers; the rates before it from memory."),
)
_LISTS = Source(
    title="2007/13033 sayılı Bakanlar Kurulu Kararı, (I) ve (II) sayılı listeler",
    url="https://www.resmigazete.gov.tr/eskiler/2007/12/20071230-5.htm",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; the lists are long and only what is sure is declared.",
)
_FOOD = Source(
    title="5189 sayılı Cumhurbaşkanı Kararı (13 Şubat 2022)",
    url="https://www.resmigazete.gov.tr/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("That food fell from 8 to 1 per cent in 2022 read in news; the day from memory."),
)
_HYGIENE = Source(
    title="5359 ve 7346 sayılı Cumhurbaşkanı Kararları",
    url="https://www.resmigazete.gov.tr/",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "From 2022-04-01 at 8 per cent, from 2023-07-10 at 20, read in several advisers' alerts."
    ),
)
_EXEMPT = Source(
    title="3065 sayılı Katma Değer Vergisi Kanunu, madde 13 ve 17",
    url="https://www.mevzuat.gov.tr/mevzuat?MevzuatNo=3065",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "Feed, aids for the disabled and public health care read in a comparison "
        "of 2017; the rest from memory."
    ),
)
_NUMBER = Source(
    title="213 sayılı Vergi Usul Kanunu",
    url="https://www.mevzuat.gov.tr/mevzuat?MevzuatNo=213",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: ten digits; persons have the eleven of their identity number.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(20), since=date(2023, 7, 10), source=_RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(18),
        since=date(2001, 5, 15),
        until=date(2023, 7, 9),
        source=_RATE,
    ),
    Rate(name="reduced", percent=Decimal(10), since=date(2023, 7, 10), source=_RATE),
    Rate(
        name="reduced",
        percent=Decimal(8),
        since=date(2001, 5, 15),
        until=date(2023, 7, 9),
        source=_RATE,
    ),
    Rate(name="second reduced", percent=Decimal(1), since=date(2001, 5, 15), source=_RATE),
)

_LOWER_RATES = (
    LowerRate(
        what="Food",
        cn=("02", "03", "04", "07", "08", "09", "10", "11", "16", "17", "18", "19", "20", "21"),
        rate="second reduced",
        since=date(2022, 2, 14),
        source=_FOOD,
    ),
    LowerRate(
        what="Food",
        cn=("02", "03", "04", "07", "08", "09", "10", "11", "16", "17", "18", "19", "20", "21"),
        asks="whether it is on list I (wheat, flour, bread, pulses) or list II",
        rate="reduced",
        until=date(2022, 2, 13),
        source=_LISTS,
    ),
    LowerRate(
        what="Edible oils",
        cn=("1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514", "1515", "1517"),
        rate="second reduced",
        since=date(2022, 2, 14),
        source=_FOOD,
    ),
    LowerRate(
        what="Edible oils",
        cn=("1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514", "1515", "1517"),
        rate="reduced",
        until=date(2022, 2, 13),
        source=_LISTS,
    ),
    LowerRate(
        what="Sweet and sparkling drinks, alcohol",
        cn=("2202", "2203", "2204", "2205", "2206", "2207", "2208"),
        asks="whether it is a fruit juice, a milk drink or a lemonade",
        rate=STANDARD,
        source=_LISTS,
    ),
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=_LISTS),
    LowerRate(
        what="Soap, detergents, wet wipes",
        cn=("3401", "3402"),
        rate=STANDARD,
        since=date(2023, 7, 10),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Soap, detergents, wet wipes",
        cn=("3401", "3402"),
        rate="reduced",
        since=date(2022, 4, 1),
        until=date(2023, 7, 9),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Toothpaste, dental floss",
        cn=("3306",),
        rate="reduced",
        since=date(2022, 4, 1),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Toilet paper, towels, napkins",
        cn=("4818",),
        rate=STANDARD,
        since=date(2023, 7, 10),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Toilet paper, towels, napkins",
        cn=("4818",),
        rate="reduced",
        since=date(2022, 4, 1),
        until=date(2023, 7, 9),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Yarns, fabrics, carpets, clothing, other textiles",
        cn=("50", "51", "52", "53", "54", "55", "57", "58", "60", "61", "62", "63"),
        rate="reduced",
        source=_LISTS,
    ),
    LowerRate(
        what="Shoes", cn=("6401", "6402", "6403", "6404", "6405"), rate="reduced", source=_LISTS
    ),
    LowerRate(
        what="Computers, telephones, cars",
        cn=("8471", "8517", "8703"),
        rate=STANDARD,
        source=_LISTS,
    ),
    LowerRate(what="Accommodation", cpa=("55.1", "55.2", "55.3"), rate="reduced", source=_LISTS),
    LowerRate(
        what="Restaurants and cafés",
        cpa=("56.10",),
        asks=(
            "whether it is a place of the first class or of a hotel with three stars, "
            "or the drink is alcoholic"
        ),
        rate="reduced",
        source=_LISTS,
    ),
    LowerRate(
        what="Cinema, theatre, opera: tickets",
        cpa=("59.14", "90.01"),
        rate="reduced",
        source=_LISTS,
    ),
    LowerRate(what="Education of private schools", cpa=("85",), rate="reduced", source=_LISTS),
    LowerRate(
        what="Health of people, and of animals", cpa=("75", "86"), rate="reduced", source=_LISTS
    ),
    LowerRate(
        what="Care of children, the old and the disabled",
        cpa=("87", "88"),
        rate="reduced",
        source=_LISTS,
    ),
    LowerRate(
        what="Telecommunications, software, professional and business services",
        cpa=("61", "62", "63", "69", "70", "71", "73", "74", "78", "80", "82"),
        rate=STANDARD,
        source=_LISTS,
    ),
    LowerRate(what="Funerals", cpa=("96.03",), rate="second reduced", source=_LISTS),
)

_EXEMPTIONS = (
    Exemption(
        what="Banking and what bears the tax on bank and insurance transactions",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=_EXEMPT,
    ),
    Exemption(what="Insurance and its intermediaries", cpa=("65", "66.22"), source=_EXEMPT),
    Exemption(
        what="Property let by persons who do no business with it",
        cpa=("68.20",),
        asks="whether the property belongs to a business",
        source=_EXEMPT,
    ),
    Exemption(
        what="Books and periodicals in print",
        cn=("4901", "4902", "4903"),
        since=date(2019, 2, 1),
        source=_EXEMPT,
    ),
    Exemption(
        what="Gold, precious stones",
        cn=("7108", "7102", "7103"),
        asks="whether it is bullion or a stone, and not worked",
        source=_EXEMPT,
    ),
    Exemption(
        what="Health and care in public institutions",
        cpa=("86", "87", "88"),
        asks="whether a public institution gives it",
        source=_EXEMPT,
    ),
    Exemption(what="Feed", cn=("2309",), since=date(2016, 1, 1), source=_EXEMPT),
    Exemption(
        what="Aids for the disabled",
        cn=("8713", "9021"),
        asks="whether it is made for the use of disabled people",
        source=_EXEMPT,
    ),
)

VAT = VatSystem(
    code="TR",
    country="Türkiye",
    name="Katma değer vergisi (KDV)",
    currencies=(Currency(code="TRY"),),
    identifier=Identifier(
        name="Vergi kimlik numarası (VKN)", prefix="", pattern=r"\d{10}", source=_NUMBER
    ),
    rates=_RATES,
    declared_since=date(2007, 12, 30),
    lower_rates=_LOWER_RATES,
    codes_declared=False,
    exemptions=_EXEMPTIONS,
    notes={
        "withholding": (
            "The buyer pays a part of the tax himself (kısmi tevkifat: 2/10 to 9/10 by "
            "kind of supply, of invoices above a limit). That is no reverse charge, "
            "for the seller shows and owes the rest; it is not declared."
        ),
        "2020 and 2021": (
            "From 2020-07-31 to 2021-07-31 restaurants, hotels and events had 8 and 1 "
            "per cent in place of 18 and 8; it is not declared."
        ),
        "passenger transport": "At the standard rate.",
        "registration": "There is no threshold.",
    },
)
