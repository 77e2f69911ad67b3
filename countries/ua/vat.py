"""VAT of Ukraine (податок на додану вартість)."""

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

_RATE = Source(
    title="Податковий кодекс України, стаття 193",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "The rates of 14 and 7 per cent read in notices that quote the article; "
        "the day of 7 per cent from memory."
    ),
)
_CROPS = Source(
    title=("Податковий кодекс України, підпункт «г» пункту 193.1; закони 1115-IX і 1600-IX"),
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.A,
    note="The codes and both days read in two notices that quote the acts.",
)
_SEVEN = Source(
    title="Податковий кодекс України, підпункт «в» пункту 193.1",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "Medicines and medical devices read in a notice that quotes it, culture "
        "and hotels in a country guide of 2021."
    ),
)
_FUEL = Source(
    title="Податковий кодекс України, підрозділ 2 розділу XX, пункт 82",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; the first day most of all.",
)
_ART_197 = Source(
    title="Податковий кодекс України, статті 196 і 197",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_ART_181 = Source(
    title="Податковий кодекс України, пункт 181.1",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The amount read in news of 2026, which also say that a rise to 4 million is planned."),
)
_ART_183 = Source(
    title="Податковий кодекс України, стаття 183",
    url="https://zakon.rada.gov.ua/laws/show/2755-17",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: twelve digits for companies.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(20), since=date(1997, 10, 1), source=_RATE),
    Rate(name="reduced", percent=Decimal(14), since=date(2021, 3, 1), source=_CROPS),
    Rate(name="second reduced", percent=Decimal(7), since=date(2014, 4, 1), source=_RATE),
    Rate(name="zero", percent=Decimal(0), since=date(1997, 10, 1), source=_RATE),
)

_LOWER_RATES = (
    LowerRate(
        what="Cattle, pigs, sheep",
        cn=("0102", "0103", "010410"),
        rate="reduced",
        since=date(2021, 3, 1),
        until=date(2021, 7, 31),
        source=_CROPS,
    ),
    LowerRate(
        what="Milk",
        cn=("0401",),
        asks="whether it is whole milk",
        rate="reduced",
        since=date(2021, 3, 1),
        until=date(2021, 7, 31),
        source=_CROPS,
    ),
    LowerRate(
        what="Wheat, barley, maize, soya, rape, sunflower",
        cn=("1001", "1003", "1005", "1201", "1205", "1206"),
        rate="reduced",
        since=date(2021, 3, 1),
        source=_CROPS,
    ),
    LowerRate(
        what="Rye, oats, linseed, other oil seeds, sugar beet",
        cn=("1002", "1004", "1204", "1207", "121291"),
        rate="reduced",
        since=date(2021, 3, 1),
        until=date(2021, 7, 31),
        source=_CROPS,
    ),
    LowerRate(
        what="Petrol, diesel",
        cn=("2710",),
        asks="whether it is motor fuel",
        rate="second reduced",
        since=date(2022, 3, 17),
        until=date(2023, 6, 30),
        source=_FUEL,
    ),
    LowerRate(
        what="Liquefied gas as motor fuel",
        cn=("2711",),
        asks="whether it is motor fuel",
        rate="second reduced",
        since=date(2022, 3, 17),
        until=date(2023, 6, 30),
        source=_FUEL,
    ),
    LowerRate(
        what="Medicines of the state register",
        cn=("3003", "3004"),
        rate="second reduced",
        since=date(2014, 4, 1),
        source=_SEVEN,
    ),
    LowerRate(
        what="Blood products, vaccines",
        cn=("3002",),
        asks="whether it is in the state register of medicines",
        rate="second reduced",
        since=date(2014, 4, 1),
        source=_SEVEN,
    ),
    LowerRate(
        what="Medical devices",
        cn=("9018", "9019", "9021", "9022"),
        asks="whether it is a medical device that may be put on the market",
        rate="second reduced",
        since=date(2014, 4, 1),
        source=_SEVEN,
    ),
    LowerRate(
        what="Accommodation in hotels and the like",
        cpa=("55.1", "55.2", "55.3"),
        rate="second reduced",
        since=date(2021, 1, 1),
        source=_SEVEN,
    ),
    LowerRate(
        what="Cinema and film distribution",
        cpa=("59.13", "59.14"),
        rate="second reduced",
        since=date(2021, 1, 1),
        source=_SEVEN,
    ),
    LowerRate(
        what="Theatre, concerts, museums, zoos: admission",
        cpa=("90.01", "90.02", "91.02", "91.03", "91.04"),
        rate="second reduced",
        since=date(2021, 1, 1),
        source=_SEVEN,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Urban passenger transport at regulated fares",
        cpa=("49.31",),
        asks="whether its fare is set by a public body",
        source=_ART_197,
    ),
    Exemption(
        what="Banking, credit, securities", cpa=("64", "66.11", "66.12", "66.30"), source=_ART_197
    ),
    Exemption(what="Insurance and its agents", cpa=("65", "66.22"), source=_ART_197),
    Exemption(what="Land", cpa=("68.10.13", "68.10.15"), source=_ART_197),
    Exemption(
        what="Dwellings that are not new",
        cpa=("68.10.11",),
        asks="whether it is not the first supply",
        source=_ART_197,
    ),
    Exemption(
        what="Dwellings let",
        cpa=("68.20.11",),
        asks="whether a public landlord lets it to a person",
        source=_ART_197,
    ),
    Exemption(
        what="Education of licensed schools", cpa=("85.1", "85.2", "85.3", "85.4"), source=_ART_197
    ),
    Exemption(what="Health of licensed providers", cpa=("86",), source=_ART_197),
    Exemption(what="Social services", cpa=("87", "88"), source=_ART_197),
    Exemption(
        what="Lotteries", cpa=("92",), asks="whether it is a state lottery", source=_ART_197
    ),
    Exemption(what="Funerals", cpa=("96.03",), source=_ART_197),
    Exemption(
        what="Software",
        cpa=("62.01", "58.2"),
        since=date(2013, 1, 1),
        until=date(2022, 12, 31),
        source=_ART_197,
    ),
    Exemption(
        what="Books, newspapers and magazines made in Ukraine",
        cn=("4901", "4902", "4903"),
        asks="whether it was made in Ukraine",
        source=_ART_197,
    ),
)

VAT = VatSystem(
    code="UA",
    country="Ukraine",
    name="Податок на додану вартість (ПДВ)",
    currencies=(Currency(code="UAH"),),
    identifier=Identifier(
        name="Індивідуальний податковий номер (ІПН)", prefix="", pattern=r"\d{12}", source=_ART_183
    ),
    rates=_RATES,
    declared_since=date(1997, 10, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1000000),
            currency="UAH",
            applies_to="turnover of twelve months",
            source=_ART_181,
        ),
    ),
    notes={
        "domestic reverse charge": (
            "None is known to us; the customer owes the tax on services from abroad only."
        ),
        "tax invoices": (
            "A податкова накладна is registered with the tax authority; it is not the invoice."
        ),
        "war": (
            "Measures of the state of war change often; supplies for defence are "
            "exempt or at zero, which no code tells."
        ),
    },
)
