"""Goods and services tax of Singapore."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import (
    STANDARD,
    Currency,
    Exemption,
    Identifier,
    Rate,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_READ = date(2026, 11, 21)

_RATE = Source(
    title="Goods and Services Tax Act 1993, section 16",
    url="https://sso.agc.gov.sg/Act/GSTA1993",
    read_on=_READ,
    confidence=Confidence.A,
    note=("7, 8 and 9 per cent and both days read in newspapers and several advisers' notes."),
)
_EXEMPT = Source(
    title="Goods and Services Tax Act 1993, Fourth Schedule",
    url="https://sso.agc.gov.sg/Act/GSTA1993",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The kinds read on pages of the tax authority; which codes they are is our reading."),
)
_ACCOUNTING = Source(
    title="Goods and Services Tax Act 1993, section 38A",
    url="https://www.iras.gov.sg/taxes/goods-services-tax-(gst)/gst-rules/customer-accounting-for-prescribed-goods",
    read_on=_READ,
    confidence=Confidence.A,
    note="The page of the tax authority, and several advisers.",
)
_THRESHOLD = Source(
    title="Goods and Services Tax Act 1993, First Schedule",
    url="https://sso.agc.gov.sg/Act/GSTA1993",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_NUMBER = Source(
    title="IRAS, GST registration",
    url="https://www.iras.gov.sg/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: the number of the entity (UEN), or one that begins with M.",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(9), since=date(2024, 1, 1), source=_RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(8),
        since=date(2023, 1, 1),
        until=date(2023, 12, 31),
        source=_RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(7),
        since=date(2007, 7, 1),
        until=date(2022, 12, 31),
        source=_RATE,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(1994, 4, 1), source=_RATE),
)

_EXEMPTIONS = (
    Exemption(
        what="Financial services of the schedule",
        cpa=("64", "66.12"),
        asks="whether a fee is paid for a service that the schedule leaves out",
        source=_EXEMPT,
    ),
    Exemption(what="Life insurance", cpa=("65.11",), source=_EXEMPT),
    Exemption(
        what="Dwellings sold or let",
        cpa=("68.10.11", "68.20.11"),
        asks="whether furniture is let with it",
        source=_EXEMPT,
    ),
    Exemption(
        what="Precious metals for investment",
        cn=("7106", "7108", "7110"),
        asks="whether it is for investment, of the purity and form of the schedule",
        since=date(2012, 10, 1),
        source=_EXEMPT,
    ),
)

_REVERSE_CHARGES = (
    # The value must exceed 10000 dollars.
    ReverseCharge(
        what="Mobile telephones",
        cn=("851713", "851714"),
        asks="whether they are sold with a subscription (then no)",
        minimum=Decimal("10000.01"),
        since=date(2019, 1, 1),
        source=_ACCOUNTING,
    ),
    ReverseCharge(
        what="Memory cards",
        cn=("852351",),
        asks="whether it is a memory card, and no USB drive",
        minimum=Decimal("10000.01"),
        since=date(2019, 1, 1),
        source=_ACCOUNTING,
    ),
    ReverseCharge(
        what="Software from the shelf",
        cn=("852349", "852380"),
        asks="whether it is software on a medium or with a key in a box",
        minimum=Decimal("10000.01"),
        since=date(2019, 1, 1),
        source=_ACCOUNTING,
    ),
)

VAT = VatSystem(
    code="SG",
    country="Singapore",
    name="Goods and Services Tax (GST)",
    currencies=(Currency(code="SGD"),),
    identifier=Identifier(
        name="GST registration number",
        prefix="",
        pattern=r"M[A-Z0-9-]{9,11}|\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z]",
        source=_NUMBER,
    ),
    rates=_RATES,
    declared_since=date(2007, 7, 1),
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1000000),
            currency="SGD",
            applies_to="turnover of a calendar year, or of the next twelve months",
            source=_THRESHOLD,
        ),
    ),
    notes={
        "zero rate": (
            "Only exports and international services of section 21(3) are at zero; no "
            "goods are at home."
        ),
        "digital tokens": (
            "Tokens of digital payment are exempt since 2020-01-01; no code names them."
        ),
    },
)
