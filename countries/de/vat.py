"""German VAT (Umsatzsteuer)."""

from datetime import date
from decimal import Decimal

from countries.de.lower_goods import LOWER_GOODS
from countries.de.lower_services import LOWER_SERVICES
from countries.de.rates import RATES
from countries.de.reverse_charges import REVERSE_CHARGES
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

_READ_ON = date(2026, 11, 21)
_IDENTIFIER = Source(
    title="Umsatzsteuergesetz (UStG) § 27a",
    url="https://www.gesetze-im-internet.de/ustg_1980/__27a.html",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.de.vat knows it.",
)
_SMALL = Source(
    title="Umsatzsteuergesetz (UStG) § 19 (Jahressteuergesetz 2024)",
    url="https://www.gesetze-im-internet.de/ustg_1980/__19.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note=(
        "Amounts of 2024 and 2025 at vatcalc.com, 22 000 at uk-accountant.com; from memory that "
        "since 2025 they are net and the second ends the scheme at once."
    ),
)
_FOREIGN = Source(
    title="Umsatzsteuergesetz (UStG) § 13b Abs. 2 Nr. 1 and 5, Abs. 6",
    url="https://www.gesetze-im-internet.de/ustg_1980/__13b.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Text of 2023 read in the BMF's Umsatzsteuer-Handausgabe.",
)
_BEFORE = "turnover of the year before"
_RUNNING = "turnover of the running year"
_2024 = date(2024, 12, 31)

VAT = VatSystem(
    code="DE",
    country="Germany",
    name="Umsatzsteuer (USt)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Umsatzsteuer-Identifikationsnummer (USt-IdNr.)",
        prefix="DE",
        pattern="DE[1-9][0-9]{8}",
        source=_IDENTIFIER,
    ),
    rates=RATES,
    declared_since=date(1998, 4, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(25000),
            currency="EUR",
            applies_to=_BEFORE,
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(100000),
            currency="EUR",
            applies_to=_RUNNING,
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(22000),
            currency="EUR",
            applies_to=_BEFORE,
            since=date(2020, 1, 1),
            until=_2024,
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50000),
            currency="EUR",
            applies_to=_RUNNING + ", as foreseen when it begins",
            until=_2024,
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Umsatzsteuerfrei: Steuerbefreiung für Kleinunternehmer gemäß § 19 UStG",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        SmallBusiness(
            note="Kein Ausweis von Umsatzsteuer, da Kleinunternehmer gemäß § 19 UStG",
            until=_2024,
            source=_SMALL,
        ),
    ),
    notes={
        "foreign suppliers": (
            "For goods only where they are supplied with work on site (Werklieferung) or are gas, "
            "electricity, heat or cold through a network. Not for passengers carried, tickets of "
            "fairs, and meals on ships, trains and aircraft (§ 13b Abs. 6)."
        ),
        "photovoltaics": (
            "Batteries, inverters and the installation of the same plant bear 0 % like the "
            "modules; no code tells, so they are declared at the standard rate."
        ),
        "charities": "Much of what charities supply bears 7 % (§ 12 Abs. 2 Nr. 8): not declared.",
        "reverse charge": (
            "Not declared, for want of codes: emission allowances (since 2010-07-01), gas and "
            "electricity certificates (since 2020-01-01), goods given as security."
        ),
        "metals": "Between 2014-10-01 and 2014-12-31 a longer list without the 5 000 EUR.",
        "territories": "Büsingen and Heligoland are outside the territory of the tax.",
    },
)
