"""Domestic supplies in Poland for which the customer owes the VAT ("odwrotne obciążenie")."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_URL = "https://isap.sejm.gov.pl/"
_READ_ON = date(2026, 11, 21)
_REPEALED = date(2019, 10, 31)
"""The last day of annexes 11 and 14; since then the buyer pays the VAT to a separate account."""

_EXCHANGES = Source(
    title="Ustawa o podatku od towarów i usług, art. 145e-145k; Dz. U. 2025 poz. 222",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="wtssaja.pl and tpa-group.pl (January 2026): until the end of 2026.",
)
_ANNEX_11 = Source(
    title="Ustawa o podatku od towarów i usług, art. 17 ust. 1 pkt 7, załącznik nr 11 (uchylony)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="The rule: accace.com; the goods, read across from PKWiU, and the days from memory.",
)
_ANNEX_14 = Source(
    title="Ustawa o podatku od towarów i usług, art. 17 ust. 1 pkt 8, załącznik nr 14 (uchylony)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Rulings of 2017 to 2019 (epodatnik.pl) apply it; the days from memory.",
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Gas and electricity on an exchange, regulated market or organised platform",
        cn=("271111", "271121", "2716"),
        asks="whether it is traded on an exchange or regulated market, and bought to be resold",
        since=date(2023, 4, 1),
        until=date(2026, 12, 31),
        source=_EXCHANGES,
    ),
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("3915", "4004", "4707", "7001"),
            *("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2011, 4, 1),
        until=_REPEALED,
        source=_ANNEX_11,
    ),
    ReverseCharge(
        what="Gold, unwrought or semi-finished",
        cn=("7108",),
        since=date(2013, 10, 1),
        until=_REPEALED,
        source=_ANNEX_11,
    ),
    ReverseCharge(
        what="Products of steel",
        cn=("7208", "7209", "7210", "7211", "7212", "7213", "7214", "7215", "7216", "7217"),
        since=date(2013, 10, 1),
        until=_REPEALED,
        source=_ANNEX_11,
    ),
    ReverseCharge(
        what="Portable computers, mobile telephones and game consoles",
        cn=("847130", "851712", "950450"),
        minimum=Decimal(20_000),
        since=date(2015, 7, 1),
        until=_REPEALED,
        source=_ANNEX_11,
    ),
    ReverseCharge(
        what="Processors",
        cn=("854231",),
        since=date(2017, 1, 1),
        until=_REPEALED,
        source=_ANNEX_11,
    ),
    ReverseCharge(
        what="Construction services of subcontractors",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        asks="whether the seller is a subcontractor",
        since=date(2017, 1, 1),
        until=_REPEALED,
        source=_ANNEX_14,
    ),
)
