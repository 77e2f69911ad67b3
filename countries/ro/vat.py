"""Value added tax of Romania (TVA): Legea nr. 227/2015 privind Codul fiscal, titlul VII."""

from datetime import date
from decimal import Decimal

from countries.ro.lower_rates import LOWER_RATES
from countries.ro.reverse_charges import REVERSE_CHARGES
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

_URL = "https://legislatie.just.ro/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291 alin. (1); Legea nr. 141/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09); regfollower.com on August 2025.",
)
_LOWER = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291 alin. (2) și (3); Legea nr. 141/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="11 % instead of 5 and 9 %: regfollower.com, bakermckenzie.com; the days on which 5 and "
    "9 % began are from memory.",
)
_SMALL = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 310; Ordonanța Guvernului nr. 22/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="395,000 and 300,000: bdo.ro, teaha.ro, vatabout.com. 2018 and 220,000 from memory; so "
    "is the sentence.",
)

VAT = VatSystem(
    code="RO",
    country="Romania",
    name="Taxa pe valoarea adăugată (TVA)",
    currencies=(
        Currency(code="RON", since=date(2005, 7, 1)),
        Currency(code="ROL", until=date(2005, 6, 30)),
    ),
    identifier=Identifier(
        name="cod de înregistrare în scopuri de TVA",
        prefix="RO",
        pattern=r"RO[0-9]{2,10}",
        source=Source(
            title="Legea nr. 227/2015 privind Codul fiscal, art. 316",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.ro.cf).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(21), since=date(2025, 8, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(19),
            since=date(2017, 1, 1),
            until=date(2025, 7, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(20),
            since=date(2016, 1, 1),
            until=date(2016, 12, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(24),
            since=date(2010, 7, 1),
            until=date(2015, 12, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(19),
            since=date(2000, 1, 1),
            until=date(2010, 6, 30),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal(11), since=date(2025, 8, 1), source=_LOWER),
        Rate(
            name="reduced",
            percent=Decimal(9),
            since=date(2004, 1, 1),
            until=date(2025, 7, 31),
            source=_LOWER,
        ),
        Rate(
            name="second reduced",
            percent=Decimal(5),
            since=date(2008, 12, 15),
            until=date(2025, 7, 31),
            source=_LOWER,
        ),
    ),
    declared_since=date(2008, 12, 15),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Prostheses and orthopaedic products (with the right to deduct)",
            cn=("9021",),
            since=date(2023, 1, 1),
            until=date(2025, 7, 31),
            source=Source(
                title="Legea nr. 227/2015 privind Codul fiscal, art. 294 alin. (5)",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="Its end: bakermckenzie.com; its first day is from memory.",
            ),
        ),
    ),
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2007, 1, 1),
            goods=True,
            services=True,
            unless_registered=True,
            source=Source(
                title="Legea nr. 227/2015 privind Codul fiscal, art. 307 alin. (6)",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="marosavat.com and vatcalc.com; the first day is from memory.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(395_000),
            currency="RON",
            since=date(2025, 9, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(300_000),
            currency="RON",
            since=date(2018, 4, 1),
            until=date(2025, 8, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(220_000),
            currency="RON",
            until=date(2018, 3, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            since=date(2016, 1, 1),
            note="Regim special de scutire pentru întreprinderile mici, art. 310 din Legea nr. "
            "227/2015 privind Codul fiscal",
            source=_SMALL,
        ),
    ),
    notes={
        "housing": "Dwellings contracted before August 2025 bore 9 % until 31 July 2026, within "
        "120 square metres and 600,000 lei; that rate is over and is not declared beside 11 %.",
        "sugar": "Foods with added sugar of 10 grams or more in 100 bear the standard rate since "
        "2024; food supplements do since August 2025.",
        "prostheses": "Exempt until July 2025; which rate prostheses bear since was not found.",
        "contradiction": "A summary of the draft of 2025 sent accommodation and restaurants to "
        "21 % and kept feed at 11 %; the law as reported keeps the first at 11 % and names food "
        "for people only.",
        "reverse charge": "Emission allowances, green certificates, buildings and land are "
        "charged to the customer as well and have no code.",
    },
)
