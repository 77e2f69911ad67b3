"""Value added tax of Poland (VAT): the act of 11 March 2004."""

from datetime import date
from decimal import Decimal

from countries.pl.lower_rates import LOWER_RATES
from countries.pl.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Rate,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://isap.sejm.gov.pl/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Ustawa o podatku od towarów i usług, art. 41 ust. 1, art. 146ea i 146ef",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="GOBL's Polish regime, and the Commission's table of 2021 with TEDB (2026-09).",
)
_LOWER = Source(
    title="Ustawa o podatku od towarów i usług, art. 41 ust. 2 i 2a, art. 146ea i 146ef",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="GOBL's Polish regime.",
)
_ZERO = Source(
    title="Ustawa o podatku od towarów i usług, art. 41 ust. 3, art. 83; rozporządzenia z 2022 "
    "i 2023 w sprawie obniżonych stawek",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="0 % on food in 2023: a binding rate decision on interpretacje.pl; the day is memory.",
)
_SMALL = Source(
    title="Ustawa o podatku od towarów i usług, art. 113 ust. 1 i 9",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="240,000 (Dz. U. 2025 poz. 896) and 200,000: prawo-dla-ksiegowych.pl, gazetaprawna.pl, "
    "taxe.pl. Since 2017, and the sentence, from memory.",
)

VAT = VatSystem(
    code="PL",
    country="Poland",
    name="Podatek od towarów i usług (VAT)",
    currencies=(Currency(code="PLN", since=date(1995, 1, 1)),),
    identifier=Identifier(
        name="numer identyfikacji podatkowej (NIP)",
        prefix="PL",
        pattern=r"PL[0-9]{10}",
        source=Source(
            title="Ustawa o podatku od towarów i usług, art. 97",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.pl.nip).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(23), since=date(2011, 1, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(22),
            since=date(1993, 7, 5),
            until=date(2010, 12, 31),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal(8), since=date(2011, 1, 1), source=_LOWER),
        Rate(
            name="reduced",
            percent=Decimal(7),
            since=date(2000, 9, 4),
            until=date(2010, 12, 31),
            source=_LOWER,
        ),
        Rate(name="second reduced", percent=Decimal(5), since=date(2011, 1, 1), source=_LOWER),
        Rate(
            name="second reduced",
            percent=Decimal(3),
            since=date(2000, 9, 4),
            until=date(2010, 12, 31),
            source=_LOWER,
        ),
        Rate(name="zero", percent=Decimal(0), since=date(2004, 5, 1), source=_ZERO),
    ),
    declared_since=date(2004, 5, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2011, 4, 1),
            goods=True,
            services=True,
            only_established_buyers=True,
            unless_registered=True,
            source=Source(
                title="Ustawa o podatku od towarów i usług, art. 17 ust. 1 pkt 4 i 5",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="polishtax.com and accace.com. The first day, and that a registered seller "
                "may charge services himself only when they are about property, from memory.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(240_000),
            currency="PLN",
            since=date(2026, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(200_000),
            currency="PLN",
            since=date(2017, 1, 1),
            until=date(2025, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Sprzedaż zwolniona z VAT na podstawie art. 113 ust. 1 (lub 9) ustawy o podatku "
            "od towarów i usług",
            source=_SMALL,
        ),
    ),
    notes={
        "codes": "Since 1 July 2020 the act names goods by CN and services by PKWiU 2015 (which "
        "follows CPA 2.1). Before, both went by PKWiU 2008, and some goods bore other rates: "
        "pastry, tropical fruit, seafood, spices, firewood, hygiene. What is declared is the list "
        "since then.",
        "temporary": "In 2022 gas and fertilizers bore 0 %, electricity and heat 5 %, motor fuels "
        "8 % (Tarcza antyinflacyjna); food bore 0 % from February 2022 to March 2024.",
        "reverse charge": "Annexes 11 and 14 were repealed on 1 November 2019; the obligatory "
        "split payment took their place. The charge on exchanges ends with 2026, as Article 199a "
        "does; emission allowances traded there are charged too, but have no code.",
        "flat rates": "Taxi drivers may choose a flat 4 %, farmers receive 7 % (ryczałt); neither "
        "is a rate that an ordinary invoice can bear.",
        "thresholds": "Who has no amount of turnover to wait for (advisers, jewellers, sellers of "
        "new cars or of building land ...) is listed in art. 113 ust. 13.",
    },
)
