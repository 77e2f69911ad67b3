"""The rates of Estonian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Käibemaksuseadus (KMS) § 15",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "22 % (2024), 24 % (2025-07), 13 and 9 % (2025) in ibericode's table and at "
        "marosavat.com; 5 % at emta.ee; days before 2024 from memory."
    ),
)
_PRESS = Source(
    title="Käibemaksuseadus (KMS) § 15 lg 2 ja 5",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=("5 % at emta.ee, 9 % since 2025 in ibericode's table; from 2022-08-01 from memory."),
)
_STAYS = Source(
    title="Käibemaksuseadus (KMS) § 15 lg 2 ja 4",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "13 % since 2025 in ibericode's table and at mindlink.lv; marosavat.com still "
        "lists stays at 9 %."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(24), since=date(2025, 7, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(22),
        since=date(2024, 1, 1),
        until=date(2025, 6, 30),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(20),
        since=date(2009, 7, 1),
        until=date(2023, 12, 31),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(18),
        since=date(2004, 5, 1),
        until=date(2009, 6, 30),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(9), since=date(2009, 1, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(5),
        since=date(2004, 5, 1),
        until=date(2008, 12, 31),
        source=_RATES,
    ),
    # Stays only.
    Rate(name="second reduced", percent=Decimal(13), since=date(2025, 1, 1), source=_STAYS),
    # The press only.
    Rate(
        name="super reduced",
        percent=Decimal(5),
        since=date(2022, 8, 1),
        until=date(2024, 12, 31),
        source=_PRESS,
    ),
)
