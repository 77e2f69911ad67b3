"""Cypriot VAT (ΦΠΑ)."""

from datetime import date
from decimal import Decimal

from countries.cy.lower_goods import LOWER_GOODS
from countries.cy.lower_services import LOWER_SERVICES
from countries.cy.rates import RATES
from countries.cy.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_FOREIGN = Source(
    title=(
        "Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), άρθρο 11, Δέκατο Τρίτο Παράρτημα"
    ),
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Services and installed goods, no others: marosavat.com, rightax.com.cy and vatcalc.com."
    ),
)
_SMALL = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), Πρώτο Παράρτημα",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Amount read at vatcalc.com (2025) and ouryclark.com.",
)
_ID = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000)",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.cy.vat knows it.",
)

VAT = VatSystem(
    code="CY",
    country="Cyprus",
    name="Φόρος Προστιθέμενης Αξίας (ΦΠΑ)",
    currencies=(
        Currency(code="EUR", since=date(2008, 1, 1)),
        Currency(code="CYP", until=date(2007, 12, 31)),
    ),
    identifier=Identifier(
        name="Αριθμός Εγγραφής ΦΠΑ",
        prefix="CY",
        pattern="CY[0-9]{8}[A-Z]",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2003, 1, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(15600),
            currency="EUR",
            source=_SMALL,
        ),
    ),
    notes={
        "foreign suppliers": (
            "For goods only where they are installed, by a supplier who is "
            "not registered either. Phones with a contract for talk time are "
            "not under the reverse charge."
        ),
        "zero rates": (
            "The decrees name their goods by customs code: those of 2026 were read, "
            "those before in press only. Between 2024-10-01 and 2024-12-31 "
            "vegetables are uncertain."
        ),
        "theatres": (
            "Sources differ on whether 3 % is for every ticket or for first "
            "performances: it is asked."
        ),
        "electricity": (
            "Lower rates of electricity (2021 to 2023 and later) were not found "
            "and are not declared."
        ),
        "small business": "Which sentence an exempt business prints is not known.",
        "territories": (
            "The tax does not reach the north of the island; Akrotiri and Dhekelia "
            "count as Cyprus."
        ),
        "reverse charge": (
            "Not declared, for want of codes: emission allowances, land given to creditors."
        ),
    },
)
