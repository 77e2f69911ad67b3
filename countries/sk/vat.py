"""Value added tax of Slovakia (DPH): zákon č. 222/2004 Z. z."""

from datetime import date
from decimal import Decimal

from countries.sk.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://www.slov-lex.sk/"
_READ_ON = date(2026, 11, 21)

_RATES = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 27",
    url="https://www.financnasprava.sk/sk/podnikatelia/dane/dan-z-pridanej-hodnoty/sadzby-dane",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax authority on 2025; the standard rates in the Commission's table of 2021 with "
    "TEDB (2026-09).",
)
_TEN = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 27 (do 31. decembra 2024)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="10 % until 2024, 5 % from 2023: money.sk, crowe.com. 2007 is from memory.",
)
_CHARGES = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 69 ods. 10 až 12",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="PwC (2017-12-21) and moore-bdr.sk: crops, metals, telephones, circuits, 5,000 and 2018; "
    "ps-bpo.com: construction since 2016. Gold, scrap, other days and the codes from memory.",
)
_THRESHOLDS = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 4",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="50,000 and 62,500: EY and togetthere.info; 49,790: EY, hnonline.sk.",
)

_ANTI_FRAUD_SINCE = date(2014, 1, 1)
_FIVE_THOUSAND = Decimal(5_000)

VAT = VatSystem(
    code="SK",
    country="Slovakia",
    name="Daň z pridanej hodnoty (DPH)",
    currencies=(
        Currency(code="EUR", since=date(2009, 1, 1)),
        Currency(code="SKK", until=date(2008, 12, 31)),
    ),
    identifier=Identifier(
        name="identifikačné číslo pre daň (IČ DPH)",
        prefix="SK",
        pattern=r"SK[0-9]{10}",
        source=Source(
            title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 4",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.sk.dph), and EY.",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(23), since=date(2025, 1, 1), source=_RATES),
        Rate(
            name="standard",
            percent=Decimal(20),
            since=date(2011, 1, 1),
            until=date(2024, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="standard",
            percent=Decimal(19),
            since=date(2004, 1, 1),
            until=date(2010, 12, 31),
            source=_RATES,
        ),
        Rate(name="reduced", percent=Decimal(19), since=date(2025, 1, 1), source=_RATES),
        Rate(
            name="reduced",
            percent=Decimal(10),
            since=date(2007, 1, 1),
            until=date(2024, 12, 31),
            source=_TEN,
        ),
        Rate(name="second reduced", percent=Decimal(5), since=date(2023, 1, 1), source=_TEN),
    ),
    declared_since=date(2007, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=(
        ReverseCharge(
            what="Cereals and industrial crops that are not for final consumers",
            cn=("1001", "1002", "1003", "1004", "1005", "1007", "1201", "1205", "1206"),
            since=date(2018, 1, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Cereals and industrial crops that are not for final consumers",
            cn=("1001", "1002", "1003", "1004", "1005", "1007", "1201", "1205", "1206"),
            minimum=_FIVE_THOUSAND,
            since=_ANTI_FRAUD_SINCE,
            until=date(2017, 12, 31),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Gold of 325 thousandths or more",
            cn=("7108",),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Iron and steel, and some articles of it",
            cn=("72", "7301", "7308", "7314"),
            since=date(2018, 1, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Iron and steel, and some articles of it",
            cn=("72", "7301", "7308", "7314"),
            minimum=_FIVE_THOUSAND,
            since=_ANTI_FRAUD_SINCE,
            until=date(2017, 12, 31),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Metal waste and scrap",
            cn=(
                *("2618", "2619", "2620", "7112", "7204", "7404", "7503", "7602", "7802", "7902"),
                "8002",
            ),
            since=date(2009, 4, 1),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Mobile telephones",
            cn=("851712", "851713", "851714"),
            minimum=_FIVE_THOUSAND,
            since=_ANTI_FRAUD_SINCE,
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Integrated circuits before they are built into a product",
            cn=("854231",),
            minimum=_FIVE_THOUSAND,
            since=_ANTI_FRAUD_SINCE,
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Construction (section F of the classification), goods with assembly too",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            since=date(2016, 1, 1),
            source=_CHARGES,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=True,
            only_established_buyers=True,
            source=Source(
                title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 69 ods. 2",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.M,
                note="From memory.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(62_500),
            currency="EUR",
            applies_to="turnover of the current year: from the supply that exceeds it",
            since=date(2025, 1, 1),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50_000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(49_790),
            currency="EUR",
            since=date(2009, 7, 1),
            until=date(2024, 12, 31),
            source=_THRESHOLDS,
        ),
    ),
    notes={
        "rates": "The name `reduced` went from 10 to 19 % in 2025, and `second reduced` holds the "
        "5 % that began with social housing in 2023. In 2010 a rate of 6 % held for what farmers "
        "sell themselves; it is not declared.",
        "food": "Food bears 19 % since 2025, some of it 5 % (annex 7, point 2), and what is sweet "
        "or salty 23 % since 2026. Where the list of 5 % divides a heading it is asked for.",
        "temporary": "Ski lifts, swimming pools and other sports facilities bore 10 % in 2023 and "
        "2024, and for a time before.",
        "small businesses": "No sentence for the invoices of who is not registered was found.",
        "reverse charge": "Since 2019 crops and metals sold with a till's receipt (a simplified "
        "invoice) are not charged to the customer. Emission allowances, and buildings sold with "
        "the option to tax, are, and have no code. The charges on telephones and circuits rest on "
        "Article 199a, whose end (2026) the act does not repeat as we know it.",
    },
)
