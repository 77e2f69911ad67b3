"""VAT of Serbia (porez na dodatu vrednost)."""

from datetime import date
from decimal import Decimal

from countries.rs.exemptions import EXEMPTIONS
from countries.rs.lower_rates import LOWER_RATES
from countries.rs.rates import RATES
from countries.rs.sources import ART_10, ART_33, NUMBER
from countries.vat.system import (
    Currency,
    Identifier,
    ReverseCharge,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_REVERSE_CHARGES = (
    ReverseCharge(
        what="Secondary raw materials",
        cn=(
            *("2618", "2619", "3915", "4004", "4707", "5103", "5202", "5505", "6310"),
            *("7001", "7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
            *("8548", "8549"),
        ),
        since=date(2013, 1, 1),
        source=ART_10,
    ),
    ReverseCharge(
        what="Gas and electricity to who trades them",
        cn=("271121", "2716"),
        asks="whether the buyer acquires it to sell it on",
        since=date(2016, 1, 1),
        source=ART_10,
    ),
    # Between two businesses in the register; the minimum is of the invoice.
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        minimum=Decimal(500000),
        since=date(2017, 1, 1),
        source=ART_10,
    ),
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        since=date(2015, 10, 15),
        until=date(2016, 12, 31),
        source=ART_10,
    ),
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        asks="whether the buyer is the investor",
        since=date(2013, 1, 1),
        until=date(2015, 10, 14),
        source=ART_10,
    ),
)

VAT = VatSystem(
    code="RS",
    country="Serbia",
    name="Porez na dodatu vrednost (PDV)",
    currencies=(Currency(code="RSD"),),
    identifier=Identifier(name="PIB", prefix="RS", pattern=r"RS\d{9}", source=NUMBER),
    rates=RATES,
    declared_since=date(2005, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(8000000),
            currency="RSD",
            applies_to="turnover of twelve months",
            since=date(2013, 1, 1),
            source=ART_33,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Poreski obveznik nije u sistemu PDV, član 33. Zakona o PDV", source=ART_33
        ),
    ),
    notes={
        "buildings with option": (
            "The buyer owes the tax on buildings whose sale the seller has opted to "
            "tax (since 2013), and on mortgaged property (since 2013); both hang on "
            "facts that no code tells."
        ),
        "bottled water": "Drinking water bears 10 per cent except in bottles.",
    },
)
