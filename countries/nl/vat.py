"""Value added tax of the Netherlands (btw): Wet op de omzetbelasting 1968."""

from datetime import date
from decimal import Decimal

from countries.nl.lower_rates import LOWER_RATES
from countries.nl.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    Rate,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_TITLE = "Wet op de omzetbelasting 1968, artikel 9"
_URL = "https://wetten.overheid.nl/"
_READ_ON = date(2026, 11, 21)

_TWO_SOURCES = Source(
    title=_TITLE,
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="19 to 21 % and 6 to 9 %: Deloitte and others; 19 % from 2001: Statistics Netherlands, "
    "and the Commission's table of 2021 in the data of vatnode.dev.",
)
_SIX_PERCENT = Source(
    title=_TITLE,
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Statistics Netherlands says 1987; the Commission's table (memory) says October 1986.",
)
_SOLAR = Source(
    title="Wet op de omzetbelasting 1968, Tabel II",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory. Domestic supplies only: exports had the rate before.",
)
_SMALL = Source(
    title="Wet op de omzetbelasting 1968, artikel 25",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="20,000: kvk.nl and mkbservicedesk.nl; the first day is from memory.",
)
_REGISTRATION = Source(
    title="Besluit kleineondernemersregeling, registratiedrempel",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="kvk.nl: 1,800 before, 2,200 from 2025. The first day of 1,800 is from memory.",
)

VAT = VatSystem(
    code="NL",
    country="Netherlands",
    name="Belasting over de toegevoegde waarde (btw)",
    currencies=(Currency(code="EUR", since=date(1999, 1, 1)),),
    identifier=Identifier(
        name="btw-id",
        prefix="NL",
        pattern=r"NL[0-9]{9}B[0-9]{2}",
        source=Source(
            title="Wet op de omzetbelasting 1968, artikel 2a",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.nl.btw).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(21), since=date(2012, 10, 1), source=_TWO_SOURCES),
        Rate(
            name="standard",
            percent=Decimal(19),
            since=date(2001, 1, 1),
            until=date(2012, 9, 30),
            source=_TWO_SOURCES,
        ),
        Rate(name="reduced", percent=Decimal(9), since=date(2019, 1, 1), source=_TWO_SOURCES),
        Rate(
            name="reduced",
            percent=Decimal(6),
            since=date(1987, 1, 1),
            until=date(2018, 12, 31),
            source=_SIX_PERCENT,
        ),
        Rate(name="zero", percent=Decimal(0), since=date(2023, 1, 1), source=_SOLAR),
    ),
    declared_since=date(2001, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Services of undertakers (standstill of the Directive's Annex X)",
            cpa=("96.03",),
            source=Source(
                title="Wet op de omzetbelasting 1968, artikel 11, eerste lid, onderdeel h",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.M,
                note="From memory.",
            ),
        ),
        Exemption(
            what="Services of writers, composers, cartoonists and journalists (standstill)",
            cpa=("90.03.11",),
            source=Source(
                title="Wet op de omzetbelasting 1968, artikel 11, eerste lid, onderdeel q",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.B,
                note="loorbachfd.nl and rendement.nl; the letter is from memory.",
            ),
        ),
        # The Directive's list would ask; here they bear the lower rate.
        Exemption(
            what="Admission to museums and collections",
            cpa=("91.02", "91.03"),
            exempt=False,
            source=Source(
                title="Wet op de omzetbelasting 1968, Tabel I, onderdeel b, post 14",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="pwc.nl, vatupdate.com (2025) on what was to leave the lower rate.",
            ),
        ),
    ),
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=True,
            only_established_buyers=True,
            source=Source(
                title="Wet op de omzetbelasting 1968, artikel 12, derde lid",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="marosavat.com and globalvatcompliance.com; sovos.com: all supplies.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(20_000),
            currency="EUR",
            since=date(2020, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(2_200),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_REGISTRATION,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1_800),
            currency="EUR",
            since=date(2020, 1, 1),
            until=date(2024, 12, 31),
            source=_REGISTRATION,
        ),
    ),
    small_business=(
        SmallBusiness(
            since=date(2020, 1, 1),
            note="Vrijgesteld van omzetbelasting op grond van artikel 25 van de Wet op de "
            "omzetbelasting 1968",
            source=_SMALL,
        ),
    ),
    notes={
        "accommodation": "Stays bear 21 % since 2026; camping, and culture, books and sport, "
        "which were to follow, stayed at 9 % (Wet behoud verlaagd btw-tarief op cultuur, media en "
        "sport).",
        "farming": "Rearing and growing for others, and licences on plant varieties, left the "
        "lower rate with 2024; no code tells them from other agricultural services (CPA 01.6).",
        "reverse charge": "The end of Article 199a (2026) is not in the Dutch rules as we read "
        "them. Also charged to the customer, with no code of their own: emission allowances, "
        "certificates of gas and electricity, property sold with the option to tax, goods sold "
        "under execution or given as security.",
        "territories": "Bonaire, Saba, Sint Eustatius, Aruba, Curacao and Sint Maarten are not "
        "part of the Union's VAT territory.",
    },
)
