"""Value added tax of Luxembourg (TVA): the act of 12 February 1979."""

from datetime import date
from decimal import Decimal

from countries.lu.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://legilux.public.lu/"
_READ_ON = date(2026, 11, 21)

_RATES = Source(
    title="Loi modifiée du 12 février 1979 concernant la taxe sur la valeur ajoutée, articles "
    "39 et 40",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The standard rate: the Commission's table of 2021 with TEDB (2026-09). All rates since "
    "1970: thevatman.eu; those of 2023: chronicle.lu.",
)
_ELECTRONICS = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, article 61, paragraphe 3; loi du "
    "22 décembre 2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="EY, BDO and vat-solutions.com; the end of 2026: vat-consult.be. The codes of annex F "
    "are those of the Directive's list of metals, from memory.",
)
_ENERGY = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, article 61, paragraphe 3",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Gas and electricity: asd-int.com, vat-consult.be; EY says certificates of them. That "
    "the buyer resells is the Directive's condition; the first day was not found.",
)
_SMALL = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, article 57",
    url="https://pfi.public.lu/fr/professionnel/tva/sme.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax authority: 50,000 from 2025, before it 35,000, and the sentence. 30,000, and "
    "2021, are from memory.",
)

_SINCE = date(2024, 1, 1)
_EXPIRY = date(2026, 12, 31)
_TEN_THOUSAND = Decimal(10_000)

VAT = VatSystem(
    code="LU",
    country="Luxembourg",
    name="Taxe sur la valeur ajoutée (TVA)",
    currencies=(Currency(code="EUR", since=date(1999, 1, 1)),),
    identifier=Identifier(
        name="numéro d'identification TVA",
        prefix="LU",
        pattern=r"LU[0-9]{8}",
        source=Source(
            title="Loi modifiée du 12 février 1979 concernant la TVA, article 62",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.lu.tva).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(17), since=date(2024, 1, 1), source=_RATES),
        Rate(
            name="standard",
            percent=Decimal(16),
            since=date(2023, 1, 1),
            until=date(2023, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="standard",
            percent=Decimal(17),
            since=date(2015, 1, 1),
            until=date(2022, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="standard",
            percent=Decimal(15),
            since=date(1992, 1, 1),
            until=date(2014, 12, 31),
            source=_RATES,
        ),
        Rate(name="parking", percent=Decimal(14), since=date(2024, 1, 1), source=_RATES),
        Rate(
            name="parking",
            percent=Decimal(13),
            since=date(2023, 1, 1),
            until=date(2023, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="parking",
            percent=Decimal(14),
            since=date(2015, 1, 1),
            until=date(2022, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="parking",
            percent=Decimal(12),
            since=date(1993, 1, 1),
            until=date(2014, 12, 31),
            source=_RATES,
        ),
        Rate(name="reduced", percent=Decimal(8), since=date(2024, 1, 1), source=_RATES),
        Rate(
            name="reduced",
            percent=Decimal(7),
            since=date(2023, 1, 1),
            until=date(2023, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="reduced",
            percent=Decimal(8),
            since=date(2015, 1, 1),
            until=date(2022, 12, 31),
            source=_RATES,
        ),
        Rate(
            name="reduced",
            percent=Decimal(6),
            since=date(1983, 7, 1),
            until=date(2014, 12, 31),
            source=_RATES,
        ),
        Rate(name="super reduced", percent=Decimal(3), since=date(1983, 7, 1), source=_RATES),
    ),
    declared_since=date(1993, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=(
        ReverseCharge(
            what="Gas and electricity to a taxable dealer",
            cn=("271111", "271121", "2716"),
            asks="whether the buyer buys it to sell it again",
            until=_EXPIRY,
            source=_ENERGY,
        ),
        ReverseCharge(
            what="Metals, raw or semi-finished, with precious ones",
            cn=(
                *("7106", "7107", "7108", "7109", "7110", "7111", "7201", "7202", "7203", "7205"),
                *("7206", "7207", "7208", "7209", "7210", "7211", "7212", "7213", "7214", "7215"),
                *("7216", "7217", "7218", "7219", "7220", "7221", "7222", "7223", "7224", "7225"),
                *("7226", "7227", "7228", "7229", "7401", "7402", "7403", "7405", "7406", "7407"),
                *("7408", "7409", "7410", "7501", "7502", "7504", "7505", "7506", "7601", "7603"),
                *("7604", "7605", "7606", "7607", "7801", "7804", "7901", "7903", "7904", "7905"),
                *("8001", "8003", "8101", "8102", "8103", "8104", "8105", "8106", "8107", "8108"),
                *("8109", "8110", "8111", "8112", "8113"),
            ),
            minimum=_TEN_THOUSAND,
            since=_SINCE,
            until=_EXPIRY,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Tablets and laptops",
            cn=("847130",),
            minimum=_TEN_THOUSAND,
            since=_SINCE,
            until=_EXPIRY,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Mobile telephones, headphones",
            cn=("851713", "851714", "851830"),
            minimum=_TEN_THOUSAND,
            since=_SINCE,
            until=_EXPIRY,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Integrated circuits before they are built into a product",
            cn=("854231",),
            minimum=_TEN_THOUSAND,
            since=_SINCE,
            until=_EXPIRY,
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Game consoles",
            cn=("950450",),
            minimum=_TEN_THOUSAND,
            since=_SINCE,
            until=_EXPIRY,
            source=_ELECTRONICS,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=False,
            services=False,
            source=Source(
                title="Loi modifiée du 12 février 1979 concernant la TVA, article 61",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.B,
                note="The table of vatcalc.com (2024): Article 194 is not used.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(50_000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(35_000),
            currency="EUR",
            since=date(2021, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(30_000),
            currency="EUR",
            since=date(2017, 1, 1),
            until=date(2020, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="TVA non applicable - Article 57, paragraphe 1er, de la loi modifiée du 12 "
            "février 1979",
            source=_SMALL,
        ),
    ),
    notes={
        "temporary": "In 2023 all rates but the lowest were a point lower.",
        "reverse charge": "The invoice must exceed, and not only reach, 10,000 euros. Emission "
        "allowances are charged to the customer as well; no code is theirs.",
        "names": "Luxembourg calls 14 % the intermediate rate; the Directive's word is parking.",
        "housing": "3 % on building a first home is given by refund or on authorisation, up to a "
        "total of 50,000 euros of tax.",
    },
)
