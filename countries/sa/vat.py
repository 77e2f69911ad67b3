"""VAT of Saudi Arabia."""

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
    title=("Value Added Tax Law (Royal Decree M/113), Article 2; Royal Order A/638 of 2020"),
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "5 per cent on the page of the tax authority as it was; 15 from July 2020 "
        "in news of that year."
    ),
)
_ZERO = Source(
    title="VAT Implementing Regulations, Articles 33 to 36",
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.B,
    note="The kinds read in a release of the tax authority, as reported.",
)
_EXEMPT = Source(
    title="VAT Implementing Regulations, Articles 29 and 30",
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The kinds read in a release of the tax authority, as reported, and on its page."),
)
_PROPERTY = Source(
    title="Royal Order A/84 of 1 October 2020; Real Estate Transaction Tax",
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The order and its first day read in the alerts of several law firms: "
        "another tax in its place."
    ),
)
_THRESHOLD = Source(
    title="Unified VAT Agreement of the Gulf states, Article 50",
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_NUMBER = Source(
    title="VAT Implementing Regulations, Article 53; E-invoicing resolution",
    url="https://zatca.gov.sa/en/RulesRegulations/Taxes/Pages/vat.aspx",
    read_on=_READ,
    confidence=Confidence.A,
    note="Fifteen digits, a 3 at both ends: rules of the e-invoice (BR-KSA-40).",
)

_RATES = (
    Rate(name=STANDARD, percent=Decimal(15), since=date(2020, 7, 1), source=_RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(5),
        since=date(2018, 1, 1),
        until=date(2020, 6, 30),
        source=_RATE,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2018, 1, 1), source=_ZERO),
)

_LOWER_RATES = (
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        asks="whether it is on the list of the ministry of health",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Medical equipment",
        cn=("9018", "9019", "9020", "9021", "9022"),
        asks="whether it is on the list of the ministry of health",
        rate="zero",
        source=_ZERO,
    ),
    LowerRate(
        what="Metals for investment",
        cn=("7106", "7108", "7110"),
        asks="whether it is at least 99 per cent pure and traded worldwide",
        rate="zero",
        source=_ZERO,
    ),
)

_EXEMPTIONS = (
    Exemption(
        what="Financial services without an explicit fee",
        cpa=("64", "66.12", "66.30"),
        asks="whether an explicit fee, commission or discount is paid",
        source=_EXEMPT,
    ),
    Exemption(what="Life insurance", cpa=("65.11",), source=_EXEMPT),
    Exemption(what="Property sold", cpa=("68.10",), since=date(2020, 10, 4), source=_PROPERTY),
    Exemption(what="Dwellings let", cpa=("68.20.11",), source=_EXEMPT),
)

VAT = VatSystem(
    code="SA",
    country="Saudi Arabia",
    name="ضريبة القيمة المضافة / Value Added Tax (VAT)",
    currencies=(Currency(code="SAR"),),
    identifier=Identifier(
        name="VAT registration number", prefix="", pattern=r"3\d{13}3", source=_NUMBER
    ),
    rates=_RATES,
    declared_since=date(2018, 1, 1),
    lower_rates=_LOWER_RATES,
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(375000),
            currency="SAR",
            since=date(2018, 1, 1),
            source=_THRESHOLD,
        ),
    ),
    notes={
        "citizens": (
            "The state bears the tax on private schools and health care of citizens, "
            "and on a first home: the invoice shows it at zero (VATEX-SA-EDU, "
            "VATEX-SA-HEA), which no code tells."
        ),
        "domestic reverse charge": (
            "None is known to us; the customer owes the tax on what he buys from who "
            "is not resident."
        ),
    },
)
