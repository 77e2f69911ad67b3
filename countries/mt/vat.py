"""Value added tax of Malta (VAT): Value Added Tax Act, chapter 406 of the laws."""

from datetime import date
from decimal import Decimal

from countries.mt.lower_rates import LOWER_RATES
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

_URL = "https://legislation.mt/eli/cap/406/eng"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Value Added Tax Act (Cap. 406), article 18",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09).",
)
_LOWER = Source(
    title="Value Added Tax Act (Cap. 406), Eighth Schedule; Legal Notice 231 of 2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="12 % since 2024: mondaq.com, vatcalc.com, forvismazars.com; 7 and 5 %: vatupdate.com. "
    "When 7 and 5 % began is from memory.",
)
_ZERO = Source(
    title="Value Added Tax Act (Cap. 406), Fifth Schedule, Part One",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Tolley's appendix: exemption with credit. The day is that of accession.",
)
_THRESHOLDS = Source(
    title="Value Added Tax Act (Cap. 406), article 11 and Sixth Schedule",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="35,000 for all since 2025: PwC, regfollower.com. The years before from memory.",
)

_GOODS = "supplies of goods"
_SERVICES = "supplies of services"

VAT = VatSystem(
    code="MT",
    country="Malta",
    name="Value Added Tax, Taxxa fuq il-Valur Miżjud (VAT)",
    currencies=(
        Currency(code="EUR", since=date(2008, 1, 1)),
        Currency(code="MTL", until=date(2007, 12, 31)),
    ),
    identifier=Identifier(
        name="VAT identification number",
        prefix="MT",
        pattern=r"MT[0-9]{8}",
        source=Source(
            title="Value Added Tax Act (Cap. 406), article 10",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.mt.vat).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(18), since=date(2004, 1, 1), source=_STANDARD),
        # Allowed as a parking rate, because the Directive knows two reduced ones.
        Rate(name="parking", percent=Decimal(12), since=date(2024, 1, 1), source=_LOWER),
        Rate(name="reduced", percent=Decimal(7), since=date(2011, 1, 1), source=_LOWER),
        Rate(name="second reduced", percent=Decimal(5), since=date(2004, 1, 1), source=_LOWER),
        Rate(name="zero", percent=Decimal(0), since=date(2004, 5, 1), source=_ZERO),
    ),
    declared_since=date(2004, 5, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Water supplied by a public authority",
            cpa=("36.00",),
            source=Source(
                title="Value Added Tax Act (Cap. 406), Fifth Schedule, Part Two",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="A student's notes on the act (scribd.com).",
            ),
        ),
    ),
    reverse_charges=(
        ReverseCharge(
            what="Gas and electricity to a taxable dealer",
            cn=("271111", "271121", "2716"),
            asks="whether the buyer buys it to sell it again",
            source=Source(
                title="Value Added Tax Act (Cap. 406), article 20",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="The table of vatcalc.com (2024) says that Malta charges gas and "
                "electricity; the condition is the Directive's.",
            ),
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=None,
            only_established_buyers=True,
            source=Source(
                title="Value Added Tax Act (Cap. 406), article 20(2)",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="The table of vatcalc.com (2024): goods, not services about property. The "
                "condition is from memory.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(35_000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(35_000),
            currency="EUR",
            applies_to=_GOODS,
            since=date(2011, 1, 1),
            until=date(2024, 12, 31),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(30_000),
            currency="EUR",
            applies_to=_SERVICES,
            since=date(2021, 1, 1),
            until=date(2024, 12, 31),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(20_000),
            currency="EUR",
            applies_to=_SERVICES,
            since=date(2018, 1, 1),
            until=date(2020, 12, 31),
            source=_THRESHOLDS,
        ),
    ),
    notes={
        "zero": "The act calls it exemption with credit: food but not catering, medicines, and "
        "some transport. An invoice shows 0 %.",
        "twelve": "12 % also holds for keeping and managing securities and for managing credit of "
        "others, which no code tells from exempt finance.",
        "reverse charge": "The table of vatcalc.com also names construction; no other source "
        "does, so it is not declared.",
        "small businesses": "No sentence for invoices under article 11 was found.",
    },
)
