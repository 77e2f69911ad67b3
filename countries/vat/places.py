"""Which kind of service a code is, where that decides the place of supply."""

from functools import lru_cache

from countries.vat.codes import digits
from countries.vat.facts import SupplyKind

_BY_CODE: tuple[tuple[str, SupplyKind], ...] = (
    ("41", SupplyKind.REAL_ESTATE),
    ("42", SupplyKind.REAL_ESTATE),
    ("43", SupplyKind.REAL_ESTATE),
    ("55", SupplyKind.REAL_ESTATE),  # VATD-47 names hotels
    ("68", SupplyKind.REAL_ESTATE),
    ("7111", SupplyKind.REAL_ESTATE),  # architects
    ("811", SupplyKind.REAL_ESTATE),
    ("8121", SupplyKind.REAL_ESTATE),
    ("8122", SupplyKind.REAL_ESTATE),
    ("8130", SupplyKind.REAL_ESTATE),
    ("49", SupplyKind.TRANSPORT),
    ("50", SupplyKind.TRANSPORT),
    ("51", SupplyKind.TRANSPORT),
    ("5320", SupplyKind.TRANSPORT),
    ("60", SupplyKind.DIGITAL),
    ("61", SupplyKind.DIGITAL),
)

PASSENGERS = ("491", "4931", "4932", "4939", "501", "503", "511")
FREIGHT = ("492", "494", "495", "502", "504", "512", "532")
RESTAURANTS = ("56",)
"""VATD-55."""
SHORT_HIRE = ("771", "7734", "7735", "773911", "773913", "773914")
"""Means of transport, VATD-56; containers are none (VATR-38)."""
PERFORMED = ("8230", "85", "90", "91", "93", "33", "95", "52")
"""For consumers where they are carried out: VATD-54."""
LISTED = (
    "582", "60", "61", "62", "63", "64", "65", "66", "69", "702", "71", "72", "731", "732",
    "743", "7722", "7729", "7731", "7732", "7733", "773912", "773919", "774", "78",
)  # fmt: skip
"""For consumers outside the Union: VATD-59."""


def is_one_of(code: str | None, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a code begins with one of some prefixes."""
    return code is not None and digits(code).startswith(prefixes)


@lru_cache(maxsize=8192)
def meant_by(kind: SupplyKind, code: str | None) -> SupplyKind:
    """Return the kind that decides the place: a service's code can name a narrower one."""
    if kind is not SupplyKind.SERVICE or code is None:
        return kind
    bare = digits(code)
    return next((narrower for prefix, narrower in _BY_CODE if bare.startswith(prefix)), kind)
