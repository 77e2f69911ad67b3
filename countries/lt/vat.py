"""Value added tax of Lithuania (PVM): Pridėtinės vertės mokesčio įstatymas."""

from datetime import date
from decimal import Decimal

from countries.lt.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://e-seimas.lrs.lt/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 19 straipsnis, 1 dalis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09); lrs.lt on 2026.",
)
_LOWER = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 19 straipsnis, 3 ir 4 dalys",
    url="https://www.lrs.lt/sip/portal.show?p_k=2&p_r=35403&p_t=292096",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="12 % instead of 9 %: the Seimas' press service, sovos.com. When 9 and 5 % began is "
    "from memory.",
)
_CHARGES = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 96 straipsnis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="leinonen.eu (2019): goods and works; when they began, and codes, from memory.",
)
_ELECTRONICS = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 96 straipsnis, 1 dalis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Since August 2019: leinonen.eu, marosavat.com. That it went on after June 2022, to the "
    "end of Article 199a, is from memory.",
)
_THRESHOLD = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 71 straipsnis, 2 dalis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="EY (2022): 45,000. A permission to raise it to 55,000 (2021-2024) was not used, from "
    "memory; before 2015 in litas.",
)

VAT = VatSystem(
    code="LT",
    country="Lithuania",
    name="Pridėtinės vertės mokestis (PVM)",
    currencies=(
        Currency(code="EUR", since=date(2015, 1, 1)),
        Currency(code="LTL", until=date(2014, 12, 31)),
    ),
    identifier=Identifier(
        name="PVM mokėtojo kodas",
        prefix="LT",
        pattern=r"LT([0-9]{9}|[0-9]{12})",
        source=Source(
            title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 71 straipsnis",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.lt.pvm), and EY.",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(21), since=date(2009, 9, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(19),
            since=date(2009, 1, 1),
            until=date(2009, 8, 31),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal(12), since=date(2026, 1, 1), source=_LOWER),
        Rate(
            name="reduced",
            percent=Decimal(9),
            since=date(2004, 5, 1),
            until=date(2025, 12, 31),
            source=_LOWER,
        ),
        Rate(name="second reduced", percent=Decimal(5), since=date(2004, 5, 1), source=_LOWER),
    ),
    declared_since=date(2009, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=(
        ReverseCharge(
            what="Wood: logs, boards, beams",
            cn=("4401", "4403", "4404", "4406", "4407"),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Waste and scrap of metals",
            cn=(
                *("2618", "2619", "2620", "7112", "7204", "7404", "7503", "7602", "7802", "7902"),
                "8002",
            ),
            source=_CHARGES,
        ),
        ReverseCharge(
            what="Tablets and laptops",
            cn=("847130",),
            since=date(2019, 8, 1),
            until=date(2026, 12, 31),
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Hard disks",
            cn=("847170",),
            since=date(2019, 8, 1),
            until=date(2022, 2, 28),
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Mobile telephones",
            cn=("851712", "851713", "851714"),
            since=date(2019, 8, 1),
            until=date(2026, 12, 31),
            source=_ELECTRONICS,
        ),
        ReverseCharge(
            what="Construction",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            since=date(2015, 7, 1),
            source=_CHARGES,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=None,
            unless_registered=True,
            source=Source(
                title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 95 straipsnis",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note="The table of vatcalc.com (2024): goods yes, services about property no. "
                "The condition is from memory; events and restaurants were not found.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(45_000),
            currency="EUR",
            since=date(2015, 1, 1),
            source=_THRESHOLD,
        ),
    ),
    notes={
        "food": "Food bears the standard rate.",
        "heating": "District heat, hot water and firewood left the lower rate with 2025; a text "
        "of October 2025 on vatupdate.com still names them, against the Seimas and four others.",
        "sport": "One source lists sports admission at 12 % in 2026; the Seimas names arts and "
        "culture only, so sport is not declared.",
        "reverse charge": "Since May 2025 a buyer under the scheme of small businesses is not "
        "charged for construction. What bankrupt sellers sell is charged to the customer too. "
        "Sales paid in cash or by card at the counter are left out of the charge on electronics.",
        "small businesses": "No sentence for the invoices of who is not registered was found.",
    },
)
