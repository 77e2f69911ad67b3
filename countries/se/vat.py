"""Value added tax of Sweden (moms): Mervärdesskattelag (2023:200), before it (1994:200)."""

from datetime import date
from decimal import Decimal

from countries.se.lower_rates import LOWER_RATES
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

_URL = "https://www.riksdagen.se/sv/dokument-och-lagar/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Mervärdesskattelag (2023:200), 9 kap. 2 §",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09): since 1 July 1990; GOBL says "
    "1 January 1990.",
)
_LOWER = Source(
    title="Mervärdesskattelag (2023:200), 9 kap. 3-18 §§",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="GOBL's Swedish regime, after the tax agency's legal guidance.",
)
_CONSTRUCTION = Source(
    title="Mervärdesskattelag (2023:200), 16 kap. 13 §",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The tax agency's guidance (edition 2021.17); the day and the paragraph from memory.",
)
_ELECTRONICS = Source(
    title="Mervärdesskattelag (2023:200), 16 kap. 16 §; prop. 2020/21:20",
    url="https://www4.skatteverket.se/rattsligvagledning/edition/2024.6/423312.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax agency's guidance and the bill: the total must exceed 100,000 kronor.",
)
_METALS = Source(
    title="Mervärdesskattelag (2023:200), 16 kap. 14 och 15 §§",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="marosavat.com names gold and scrap of metals; days, paragraphs and codes from memory.",
)
_SMALL = Source(
    title="Mervärdesskattelag (2023:200), 18 kap.; before July 2023 (1994:200), 9 d kap.",
    url="https://www4.skatteverket.se/rattsligvagledning/411638.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax agency: 80,000 before, 120,000 from 2025. 30,000, and July 2022, from memory.",
)
_SENTENCE = Source(
    title="Mervärdesskattelag (2023:200), 17 kap. 24 § och 18 kap.",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="A reference to the provision is asked for; the wording is ours.",
)

_ELECTRONICS_SINCE = date(2021, 4, 1)
_HUNDRED_THOUSAND = Decimal(100_000)

VAT = VatSystem(
    code="SE",
    country="Sweden",
    name="Mervärdesskatt (moms)",
    currencies=(Currency(code="SEK"),),
    identifier=Identifier(
        name="momsregistreringsnummer (VAT-nummer)",
        prefix="SE",
        pattern=r"SE[0-9]{10}01",
        source=Source(
            title="Mervärdesskattelag (2023:200), 17 kap.",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.se.vat), which asks for the 01.",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(25), since=date(1990, 7, 1), source=_STANDARD),
        Rate(name="reduced", percent=Decimal(12), since=date(1996, 1, 1), source=_LOWER),
        Rate(name="second reduced", percent=Decimal(6), since=date(1996, 1, 1), source=_LOWER),
    ),
    declared_since=date(1996, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Medicines on prescription or to hospitals (with the right to deduct)",
            cn=("3003", "3004"),
            asks="whether the medicine is dispensed on prescription or sold to a hospital",
            source=Source(
                title="Mervärdesskattelag (2023:200), 10 kap. 13 §",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.B,
                note="skatteverket.se on rates; the paragraph is from memory.",
            ),
        ),
    ),
    reverse_charges=(
        ReverseCharge(
            what="Gold materials, and investment gold with the option to tax",
            cn=("7108",),
            source=_METALS,
        ),
        ReverseCharge(
            what="Scrap and waste of metals, spent batteries",
            cn=(
                *("2618", "2619", "2620", "7112", "7204", "7404", "7503", "7602", "7802"),
                *("7902", "8002", "8101", "8102", "8103", "8104", "8105", "8106", "8107"),
                *("8108", "8109", "8110", "8111", "8112", "8113", "854911", "854912"),
            ),
            since=date(2013, 1, 1),
            source=_METALS,
        ),
        ReverseCharge(
            what="Tablets and laptops",
            cn=("847130",),
            minimum=_HUNDRED_THOUSAND,
            since=_ELECTRONICS_SINCE,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Mobile telephones",
            cn=("851712", "851713", "851714"),
            minimum=_HUNDRED_THOUSAND,
            since=_ELECTRONICS_SINCE,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Integrated circuits before they are built into a product",
            cn=("854231",),
            minimum=_HUNDRED_THOUSAND,
            since=_ELECTRONICS_SINCE,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Game consoles",
            cn=("950450",),
            minimum=_HUNDRED_THOUSAND,
            since=_ELECTRONICS_SINCE,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Construction services, cleaning of building sites, staff for them",
            cpa=("41.00.3", "41.00.4", "42", "43", "78.2", "78.3", "81.2"),
            asks="whether the buyer sells construction services more than occasionally, and the "
            "service is for construction",
            since=date(2007, 7, 1),
            source=_CONSTRUCTION,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=True,
            unless_registered=True,
            source=Source(
                title="Mervärdesskattelag (2023:200), 16 kap. 6-11 §§",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="marosavat.com, vatdesk.eu, orbitax.com; paragraphs from memory. Who chose "
                "to be registered owes it himself, not who had to be for something else.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(120_000),
            currency="SEK",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(80_000),
            currency="SEK",
            since=date(2022, 7, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(30_000),
            currency="SEK",
            since=date(2017, 1, 1),
            until=date(2022, 6, 30),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            since=date(2023, 7, 1),
            note="Undantag från skatteplikt enligt 18 kap. mervärdesskattelagen (2023:200)",
            source=_SENTENCE,
        ),
        SmallBusiness(
            since=date(2017, 1, 1),
            until=date(2023, 6, 30),
            note="Undantag från skatteplikt enligt 9 d kap. mervärdesskattelagen (1994:200)",
            source=_SENTENCE,
        ),
    ),
    notes={
        "food": "6 % from 1 April 2026 to the end of 2027, then 12 % again; restaurants stay at "
        "12 %, so that what is eaten in the place and what is taken away differ. Chewing gum is "
        "food, tap water is not taxed as food.",
        "repairs": "12 % from 2017, 6 % from July 2022, 12 % from April 2023.",
        "reverse charge": "Emission allowances are charged to the customer as well (since 2011); "
        "no code is theirs. For electronics the total of an invoice must exceed, and not only "
        "reach, 100,000 kronor.",
        "sport": "Sport of the state, municipalities and non-profit bodies is exempt.",
    },
)
