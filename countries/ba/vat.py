"""VAT of Bosnia and Herzegovina: one rate for all."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import (
    STANDARD,
    Currency,
    Exemption,
    Identifier,
    Rate,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_READ = date(2026, 11, 21)

_ACT = Source(
    title=("Zakon o porezu na dodanu vrijednost (Službeni glasnik BiH 9/05), član 23. i 57."),
    url="https://www.uino.gov.ba/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_EXEMPT = Source(
    title=("Zakon o porezu na dodanu vrijednost (Službeni glasnik BiH 9/05), član 24. i 25."),
    url="https://www.uino.gov.ba/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)

_RATES = (Rate(name=STANDARD, percent=Decimal(17), since=date(2006, 1, 1), source=_ACT),)

_EXEMPTIONS = (
    Exemption(
        what="Public postal services",
        cpa=("53.10",),
        asks="whether the public post provides it",
        source=_EXEMPT,
    ),
    Exemption(
        what="Banking, credit, securities, funds",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=_EXEMPT,
    ),
    Exemption(what="Insurance and its intermediaries", cpa=("65", "66.22"), source=_EXEMPT),
    Exemption(
        what="Property, except new buildings",
        cpa=("68.10",),
        asks="whether it is a new building before its first use",
        source=_EXEMPT,
    ),
    Exemption(what="Dwellings let for more than sixty days", cpa=("68.20.11",), source=_EXEMPT),
    Exemption(what="Education", cpa=("85.1", "85.2", "85.3", "85.4"), source=_EXEMPT),
    Exemption(what="Health", cpa=("86",), source=_EXEMPT),
    Exemption(what="Social care", cpa=("87", "88"), source=_EXEMPT),
    Exemption(
        what="Culture of public bodies",
        cpa=("90", "91"),
        asks="whether a public or recognised body provides it",
        source=_EXEMPT,
    ),
    Exemption(what="Games of chance", cpa=("92",), source=_EXEMPT),
    Exemption(
        what="Sport of clubs without profit",
        cpa=("93.1",),
        asks="whether a body without profit provides it to who takes part",
        source=_EXEMPT,
    ),
    Exemption(what="Religious services", cpa=("94.91",), source=_EXEMPT),
)

VAT = VatSystem(
    code="BA",
    country="Bosnia and Herzegovina",
    name="Porez na dodanu vrijednost (PDV)",
    currencies=(Currency(code="BAM"),),
    identifier=Identifier(name="PDV broj", prefix="", pattern=r"\d{12}", source=_ACT),
    rates=_RATES,
    declared_since=date(2006, 1, 1),
    codes_declared=True,
    exemptions=_EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(100000),
            currency="BAM",
            since=date(2024, 1, 1),
            source=_ACT,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(50000),
            currency="BAM",
            since=date(2006, 1, 1),
            until=date(2023, 12, 31),
            source=_ACT,
        ),
    ),
    notes={
        "construction": (
            "A special scheme for subcontractors has the tax paid by the customer of "
            "the works in some cases (Article 42); it is not declared."
        ),
        "threshold": "The day on which it doubled is not sure.",
    },
)
