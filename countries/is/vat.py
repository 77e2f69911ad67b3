"""VAT of Iceland (virðisaukaskattur)."""

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
    title="Lög um virðisaukaskatt nr. 50/1988, 2. og 5. gr.",
    url="https://www.althingi.is/lagas/nuna/1988050.html",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_RATE = Source(
    title="Lög um virðisaukaskatt nr. 50/1988, 14. gr.",
    url="https://www.althingi.is/lagas/nuna/1988050.html",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The rates and the days of 2010 and 2015 read in news (Avalara, VAT association)."),
)
_LOW = Source(
    title="Lög um virðisaukaskatt nr. 50/1988, 14. gr. 2. mgr.",
    url="https://www.althingi.is/lagas/nuna/1988050.html",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "The list read in a country guide (vatupdate.com, 2021); which codes they "
        "are is our reading."
    ),
)
_EXEMPT = Source(
    title="Lög um virðisaukaskatt nr. 50/1988, 2. gr. 3. mgr.",
    url="https://www.althingi.is/lagas/nuna/1988050.html",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(24), since=date(2015, 1, 1), source=_RATE),
    Rate(
        name=STANDARD,
        percent=Decimal("25.5"),
        since=date(2010, 1, 1),
        until=date(2014, 12, 31),
        source=_RATE,
    ),
    Rate(name="reduced", percent=Decimal(11), since=date(2015, 1, 1), source=_RATE),
    Rate(
        name="reduced",
        percent=Decimal(7),
        since=date(2007, 3, 1),
        until=date(2014, 12, 31),
        source=_RATE,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2010, 1, 1), source=_ACT),
)

_LOWER_RATES = (
    LowerRate(
        what="Food",
        cn=("02", "03", "04", "07", "08", "09", "10", "11", "16", "17", "18", "19", "20", "21"),
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Oil seeds and plants that are eaten",
        cn=("1201", "1202", "1204", "1206", "1207", "1208", "1212"),
        asks="whether it is sold as food",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Edible fats and oils",
        cn=(
            *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
            *("1515", "1516", "1517"),
        ),
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Water and drinks without alcohol, vinegar",
        cn=("2201", "2202", "2209"),
        rate="reduced",
        source=_LOW,
    ),
    # At the standard rate until 2015, when they paid more excise instead.
    LowerRate(
        what="Alcoholic drinks",
        cn=("2203", "2204", "2205", "2206", "2208"),
        rate="reduced",
        since=date(2016, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        asks="whether it heats buildings or swimming pools",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Oil for heating",
        cn=("2710",),
        asks="whether it heats buildings or swimming pools",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(what="Condoms", cn=("401410",), rate="reduced", source=_LOW),
    LowerRate(
        what="Books, newspapers, magazines, music",
        cn=("4901", "4902", "4903", "4904"),
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Recorded music",
        cn=("8523",),
        asks="whether it is recorded music without pictures",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Menstrual products, reusable nappies",
        cn=("9619",),
        asks="whether they are for menstruation or reusable nappies",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(what="Hot water for heating", cpa=("35.30",), rate="reduced", source=_LOW),
    LowerRate(
        what="Tolls of roads, bridges and tunnels",
        cpa=("52.21.22", "52.21.23"),
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Sightseeing by land",
        cpa=("49.39",),
        asks="whether it is regular public transport, which is exempt",
        rate="reduced",
        since=date(2016, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Sightseeing by sea and air",
        cpa=("50.1", "50.3", "51.10.1"),
        asks="whether it is regular public transport, which is exempt",
        rate="reduced",
        since=date(2016, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Accommodation", cpa=("55.1", "55.2", "55.3", "55.9"), rate="reduced", source=_LOW
    ),
    LowerRate(
        what="Restaurants and catering",
        cpa=("56",),
        asks="whether the drinks are alcoholic",
        rate="reduced",
        until=date(2015, 12, 31),
        source=_LOW,
    ),
    LowerRate(
        what="Restaurants and catering, drinks as well",
        cpa=("56",),
        rate="reduced",
        since=date(2016, 1, 1),
        source=_LOW,
    ),
    LowerRate(
        what="Electronic books, newspapers and magazines",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(what="Music as files", cpa=("59.20.3",), rate="reduced", source=_LOW),
    LowerRate(
        what="Radio and television licences",
        cpa=("60.10", "60.20"),
        asks="whether it is a licence or subscription",
        rate="reduced",
        source=_LOW,
    ),
    LowerRate(
        what="Travel agents", cpa=("79.1",), rate="reduced", since=date(2016, 1, 1), source=_LOW
    ),
    LowerRate(
        what="Baths and saunas",
        cpa=("96.04",),
        rate="reduced",
        since=date(2016, 1, 1),
        source=_LOW,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Regular public transport, taxis, school buses",
        cpa=("49.10.1", "49.31", "49.32", "51.10.11"),
        source=_EXEMPT,
    ),
    Exemption(what="Banks, securities, credit", cpa=("64", "66.1", "66.30"), source=_EXEMPT),
    Exemption(what="Insurance", cpa=("65", "66.2"), source=_EXEMPT),
    Exemption(
        what="Property let",
        cpa=("68.20",),
        asks="whether the landlord is registered for it of his own will",
        source=_EXEMPT,
    ),
    Exemption(what="Property sold", cpa=("68.10",), source=_EXEMPT),
    Exemption(what="Travel agents", cpa=("79.1",), until=date(2015, 12, 31), source=_EXEMPT),
    Exemption(what="Education", cpa=("85",), source=_EXEMPT),
    Exemption(what="Health", cpa=("86",), source=_EXEMPT),
    Exemption(what="Social services", cpa=("87", "88"), source=_EXEMPT),
    Exemption(
        what="Writers, composers and performing artists", cpa=("90.01", "90.03"), source=_EXEMPT
    ),
    Exemption(what="Libraries, museums", cpa=("91.01", "91.02", "91.03", "91.04"), source=_EXEMPT),
    Exemption(what="Lotteries and betting", cpa=("92",), source=_EXEMPT),
    Exemption(what="Sports", cpa=("93.1",), source=_EXEMPT),
    Exemption(what="Burials", cpa=("96.03",), source=_EXEMPT),
)

VAT = VatSystem(
    code="IS",
    country="Iceland",
    name="Virðisaukaskattur (VSK)",
    currencies=(Currency(code="ISK"),),
    identifier=Identifier(name="VSK-númer", prefix="IS", pattern=r"IS\d{5,6}", source=_ACT),
    rates=_RATES,
    declared_since=date(2010, 1, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(2000000),
            currency="ISK",
            applies_to="turnover of twelve months",
            since=date(2017, 1, 1),
            source=_ACT,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1000000),
            currency="ISK",
            applies_to="turnover of twelve months",
            until=date(2016, 12, 31),
            source=_ACT,
        ),
    ),
    notes={
        "domestic reverse charge": "None is known to us.",
        "electric cars": (
            "Lower tax on electric, hydrogen and plug-in cars, up to limits of the "
            "price, ended on 2023-12-31; it is not declared."
        ),
    },
)
