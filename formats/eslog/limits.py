"""How long texts and numbers of each term may be, by the schema of e-SLOG 2.0.

Source: the simple types of eSLOG20_INVOIC_v200.xsd, by the element that each term stands in.
"""

from collections.abc import Mapping
from types import MappingProxyType

_BY_LENGTH: Mapping[int, tuple[str, ...]] = {
    3: (
        *("BT-3", "BT-5", "BT-6", "BT-8", "BT-21", "BT-40", "BT-55", "BT-69", "BT-80", "BT-81"),
        *("BT-95", "BT-98", "BT-102", "BT-105", "BT-118", "BT-140", "BT-145", "BT-151", "BT-159"),
    ),
    6: ("BT-126", "BT-132"),
    8: ("BT-130", "BT-150"),
    11: ("BT-86", "NBT-012"),
    17: ("BT-38", "BT-53", "BT-67", "BT-78", "BT-121"),
    35: (
        *("BT-35", "BT-36", "BT-37", "BT-50", "BT-51", "BT-52", "BT-64", "BT-65", "BT-66"),
        *("BT-75", "BT-76", "BT-77", "BT-162", "BT-163", "BT-164", "BT-165", "BT-84", "BT-85"),
        *("BT-87", "BT-88", "BT-91", "BT-97", "BT-104", "BT-139", "BT-144", "BT-155", "BT-156"),
        *("BT-157", "BT-158", "NBT-010", "NBT-011"),
    ),
    70: (
        *("BT-1", "BT-10", "BT-11", "BT-12", "BT-13", "BT-14", "BT-15", "BT-16", "BT-17"),
        *("BT-18", "BT-19", "BT-25", "BT-27", "BT-28", "BT-29", "BT-30", "BT-31", "BT-32"),
        *("BT-39", "BT-44", "BT-45", "BT-46", "BT-47", "BT-48", "BT-54", "BT-59", "BT-60"),
        *("BT-61", "BT-62", "BT-63", "BT-68", "BT-70", "BT-71", "BT-79", "BT-83", "BT-89"),
        *("BT-90", "BT-128", "BT-133", "NBT-013"),
    ),
    256: ("BT-41", "BT-56", "BT-153"),
    512: (
        *("BT-24", "BT-34", "BT-42", "BT-43", "BT-49", "BT-57", "BT-58", "BT-154", "BT-160"),
        *("BT-161", "NBT-020", "NBT-021", "NBT-022", "NBT-023", "NBT-024", "NBT-041", "NBT-042"),
    ),
    2560: ("BT-20", "BT-22", "BT-33", "BT-82", "BT-120", "BT-127"),
}
LENGTHS = MappingProxyType({term: most for most, terms in _BY_LENGTH.items() for term in terms})
"""Characters of a text, or of an identifier's value."""

SCHEMES = MappingProxyType(
    dict.fromkeys(("BT-29", "BT-46", "BT-60", "BT-71"), 6)
    | dict.fromkeys(("BT-18", "BT-30", "BT-34", "BT-47", "BT-49", "BT-61", "BT-128"), 4)
    | dict.fromkeys(("BT-157", "BT-158"), 4)
)
"""Characters of an identifier's scheme."""

_BY_DIGITS: Mapping[int, tuple[str, ...]] = {
    9: ("BT-149",),
    10: ("BT-94", "BT-96", "BT-101", "BT-103", "BT-119", "BT-138", "BT-143", "BT-152", "NBT-053"),
    15: ("BT-146", "BT-148"),
    18: (
        *("BT-92", "BT-93", "BT-99", "BT-100", "BT-106", "BT-107", "BT-108", "BT-109", "BT-110"),
        *("BT-111", "BT-112", "BT-113", "BT-114", "BT-115", "BT-116", "BT-117", "BT-129"),
        *("BT-131", "BT-136", "BT-137", "BT-141", "BT-142", "BT-147", "NBT-051", "NBT-052"),
    ),
}
DIGITS = MappingProxyType({term: digits for digits, terms in _BY_DIGITS.items() for term in terms})
"""Digits of a number; six of them at most stand behind the point."""

MOST = MappingProxyType(
    {"BG-1": 80, "BG-17": 5, "BG-23": 9, "BG-27": 29, "BG-32": 98, "BT-158": 23}
)
"""Occurrences, less what the same elements hold besides."""
