"""Belgian VAT (btw, TVA)."""

from datetime import date
from decimal import Decimal

from countries.be.lower_goods import LOWER_GOODS
from countries.be.lower_services import LOWER_SERVICES
from countries.be.rates import RATES
from countries.be.reverse_charges import REVERSE_CHARGES
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
    title="Btw-Wetboek / Code de la TVA, Article 51 § 2, 5°",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Goods too, says the table of vatcalc.com; the article is from memory.",
)
_SMALL = Source(
    title="Btw-Wetboek / Code de la TVA, Article 56bis",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "25 000 at vatcalc.com (2025) and vatupdate.com (2019); its first day and the "
        "older amount from memory."
    ),
)
_ID = Source(
    title="Btw-Wetboek / Code de la TVA, Article 50",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.be.vat knows it.",
)

VAT = VatSystem(
    code="BE",
    country="Belgium",
    name="Belasting over de toegevoegde waarde (btw) / Taxe sur la valeur ajoutée (TVA)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Btw-identificatienummer / Numéro d'identification à la TVA",
        prefix="BE",
        pattern="BE[01][0-9]{9}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(1994, 1, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=True, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(25000),
            currency="EUR",
            since=date(2016, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(15000),
            currency="EUR",
            since=date(2014, 4, 1),
            until=date(2015, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note=(
                "Bijzondere vrijstellingsregeling voor kleine ondernemingen, btw niet "
                "toepasselijk (artikel 56bis Btw-Wetboek) / Régime particulier de franchise des "
                "petites entreprises, TVA non applicable (article 56bis du Code de la TVA)"
            ),
            source=_SMALL,
        ),
    ),
    notes={
        "reform of 2026": (
            "Of the changes announced for 2026-03-01 only those of stays and "
            "pesticides came into force; what was found ends in February 2026. "
            "Take-away, culture, sport (from 6 to 12 %) and drinks without "
            "alcohol in restaurants (from 21 to 12 %) were put off: read again."
        ),
        "coal": "12 % on coal is said to have ended or to end; no source was found.",
        "dwellings": (
            "6 % for dwellings of ten years and older, for rebuilding, for the "
            "disabled, 12 % for social housing: no code tells, so it is asked. "
            "Boilers for fossil fuels left both on 2025-07-29."
        ),
        "reverse charge": (
            "Emission allowances and certificates of green electricity are "
            "under it and have no code. The buyer must file periodic returns."
        ),
        "covid": "Zero rates of 2020 to 2023 for vaccines and tests are not declared.",
    },
)
