"""Austrian VAT (Umsatzsteuer)."""

from datetime import date
from decimal import Decimal

from countries.at.lower_goods import LOWER_GOODS
from countries.at.lower_services import LOWER_SERVICES
from countries.at.rates import RATES
from countries.at.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_LETTING = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 6 Abs. 1 Z 16, § 10 Abs. 2 Z 3",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_FOREIGN = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 19 Abs. 1",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at vatupdate.com and in the Umsatzsteuerrichtlinien Rz 2601; the table of "
        "vatcalc.com wrongly has goods too."
    ),
)
_SMALL = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 6 Abs. 1 Z 27",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "55 000 at vatcalc.com (2025), 35 000 at uk-accountant.com, 30 000 at "
        "vatupdate.com (2019); net until 2024 and gross since from memory."
    ),
)
_ID = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) Art. 28 BMR",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.at.uid knows it.",
)

VAT = VatSystem(
    code="AT",
    country="Austria",
    name="Umsatzsteuer (USt)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Umsatzsteuer-Identifikationsnummer (UID)",
        prefix="AT",
        pattern="ATU[0-9]{8}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(1995, 1, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    exemptions=(
        Exemption(what="Letting of dwellings", cpa=("68.20.11",), exempt=False, source=_LETTING),
    ),
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(55000),
            currency="EUR",
            applies_to="gross turnover",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(35000),
            currency="EUR",
            applies_to="net turnover",
            since=date(2020, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(30000),
            currency="EUR",
            applies_to="net turnover",
            since=date(2007, 1, 1),
            until=date(2019, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Umsatzsteuerbefreit – Kleinunternehmer gemäß § 6 Abs. 1 Z 27 UStG",
            source=_SMALL,
        ),
    ),
    notes={
        "metals": (
            "Below 5 000 EUR an invoice the supplier may choose to charge the tax "
            "himself: declared as under the reverse charge at any amount."
        ),
        "4.9 per cent": (
            "The list of food is the one decided on 2026-01-28; the enacted text "
            "was not found. Berries, dried and prepared fruit, oils, fish, meat "
            "and cheese are not on it."
        ),
        "foreign suppliers": (
            "For goods only with work on site (Werklieferung). Not for "
            "tolls, tickets of events, and letting of land by its owner."
        ),
        "zero": (
            "Articles free of tax since 2026 are declared at a zero rate: the input tax "
            "stays deductible."
        ),
        "territories": "Jungholz and Mittelberg have a standard rate of 19 %.",
        "reverse charge": (
            "Not declared, for want of codes: emission allowances and "
            "certificates of gas and electricity, goods given as security, land "
            "sold by order of a court."
        ),
        "covid": "Zero rates for masks (2020, 2023), vaccines and tests are not declared.",
    },
)
