"""Greek VAT (ΦΠΑ) outside the islands with rates of their own."""

from datetime import date
from decimal import Decimal

from countries.gr.lower_rates import LOWER_RATES
from countries.gr.rates import RATES
from countries.gr.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_FOREIGN = Source(
    title="Κώδικας ΦΠΑ (ν. 2859/2000), άρθρο 35 παρ. 1",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Goods too, says the table of vatcalc.com; the article is from memory.",
)
_SMALL = Source(
    title="Κώδικας ΦΠΑ (ν. 5144/2024), άρθρο 44",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Amount at vatupdate.com (2019) and uk-accountant.com; the article's number (39 "
        "of ν. 2859/2000) from memory."
    ),
)
_ID = Source(
    title="Κώδικας ΦΠΑ (ν. 5144/2024)",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.gr.vat knows it.",
)

VAT = VatSystem(
    code="GR",
    country="Greece",
    name="Φόρος Προστιθέμενης Αξίας (ΦΠΑ)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Αριθμός Φορολογικού Μητρώου (ΑΦΜ) με πρόθεμα EL",
        prefix="EL",
        pattern="EL[0-9]{9}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2010, 3, 15),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=True, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(10000),
            currency="EUR",
            since=date(2015, 1, 1),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Απαλλασσόμενη από ΦΠΑ μικρή επιχείρηση, άρθρο 44 του Κώδικα ΦΠΑ (ν. 5144/2024)",
            source=_SMALL,
        ),
    ),
    notes={
        "territories": (
            "On Leros, Lesbos, Kos, Samos, Chios and others the rates are thirty "
            "per cent lower; Mount Athos is outside the territory of the tax."
        ),
        "take-away": (
            "Coffee, cocoa and tea taken away or delivered bear 13 %; served on the "
            "premises 24 % since 2024-07-01."
        ),
        "food": (
            "Coffee, tea, sugar, chocolate and ice cream are at the standard rate. "
            "Between 2015-07-20 and 2019-05-19 the list of fresh food was shorter than "
            "its chapters."
        ),
        "reverse charge": (
            "Gas, electricity, emission allowances and works for public bodies "
            "are not declared: what holds was not found."
        ),
        "services": (
            "Care at home, repairs of dwellings (13 % until 2015) and social services "
            "have conditions no code tells: not declared."
        ),
    },
)
