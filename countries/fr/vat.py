"""French VAT (TVA) in metropolitan France."""

from datetime import date
from decimal import Decimal

from countries.fr.lower_goods import LOWER_GOODS
from countries.fr.lower_services import LOWER_SERVICES
from countries.fr.rates import RATES
from countries.fr.reverse_charges import REVERSE_CHARGES
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
    title="Code général des impôts (CGI), article 283, 1, second alinéa",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note="BOI-TVA-DECLA-10-10-20 (2023-01-18) read; the first day is from memory.",
)
_SMALL = Source(
    title="Code général des impôts (CGI), articles 293 B et 293 E",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Amounts of 2025 in amendments of the Assemblée nationale; that 2026 kept three "
        "amounts at clementine.fr; 2021 at uk-accountant.com; 2023 from memory."
    ),
)
_ID = Source(
    title="Code général des impôts (CGI), article 286 ter",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.fr.tva knows it.",
)

VAT = VatSystem(
    code="FR",
    country="France",
    name="Taxe sur la valeur ajoutée (TVA)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Numéro de TVA intracommunautaire",
        prefix="FR",
        pattern="FR[0-9A-HJ-NP-Z]{2}[0-9]{9}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2000, 4, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(goods=True, services=True, since=date(2006, 9, 1), source=_FOREIGN),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(85000),
            currency="EUR",
            applies_to="goods, meals on the premises and stays",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(37500),
            currency="EUR",
            applies_to="other services",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50000),
            currency="EUR",
            applies_to="lawyers, authors and performers, for their own work",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(91900),
            currency="EUR",
            applies_to="goods, meals on the premises and stays",
            since=date(2023, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(36800),
            currency="EUR",
            applies_to="other services",
            since=date(2023, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(85800),
            currency="EUR",
            applies_to="goods, meals on the premises and stays",
            since=date(2020, 1, 1),
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(34400),
            currency="EUR",
            applies_to="other services",
            since=date(2020, 1, 1),
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="TVA non applicable, art. 293 B du CGI",
            vatex="VATEX-FR-FRANCHISE",
            source=_SMALL,
        ),
    ),
    notes={
        "territories": (
            "Corsica, Guadeloupe, Martinique and Réunion have rates of their own; "
            "Guyane and Mayotte have no VAT; Monaco is taxed like France."
        ),
        "food": (
            "Confectionery (1704), margarine and vegetable fats (1516, 1517) and caviar "
            "bear the standard rate; prepared food sold for immediate consumption bears "
            "10 %, which no customs code tells."
        ),
        "services": (
            "Help at home (5.5 or 10 %), tickets of sports events (5.5 % since 2015), "
            "riding schools, and most supplies of social housing have no code of "
            "their own: not declared."
        ),
        "reverse charge": (
            "Not declared, for want of codes: emission allowances and "
            "guarantees of origin. Gas and electricity between established "
            "dealers: not known."
        ),
        "small business": (
            "One amount of 25 000 EUR was enacted for 2025, then suspended and given up."
        ),
        "covid": (
            "5.5 % on masks and disinfectants (2020 to 2022) and 0 % on vaccines and "
            "tests are not declared."
        ),
    },
)
