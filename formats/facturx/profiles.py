"""The profiles of Factur-X 1.09 / ZUGFeRD 2.5: CII documents that live in a PDF.

Each level has a schema and rules of its own. What a level has room for is read from both; a test
reads them again. MINIMUM, BASIC WL and EXTENDED break rules of EN 16931 by design, so
our rules of it are not asked there.
"""

from dataclasses import replace

from formats.cii.profile import EN16931_CII, ROOT
from formats.facturx.levels import HybridLevel
from formats.profile import Profile
from formats.xrechnung.profile import XRECHNUNG_CII

_ZUGFERD_2_0 = "urn:zugferd.de:2p0:"


def _terms(numbers: str) -> frozenset[str]:
    """Return the terms of EN 16931 that ranges name: `1-3 5` is BT-1, BT-2, BT-3 and BT-5."""
    ranges = (part.partition("-") for part in numbers.split())
    return frozenset(
        f"BT-{number}"
        for first, _, last in ranges
        for number in range(int(first), int(last or first) + 1)
    )


# Less what a level's schema has, because other places need the type, and its rules mark as not
# used: BT-48 and BT-55 in MINIMUM, BT-45 in BASIC WL, also BT-137, -138, -142 and -143 in BASIC.
MINIMUM_TERMS = _terms("1-3 5 10 13 23-24 27 30-32 40 44 47 109-110 112 115")
BASIC_WL_TERMS = _terms(
    "1-3 5-6 8-10 12-13 16 19-32 34-40 44 46-55 59-81 83-84 89-113 115-121 162-165"
)
BASIC_TERMS = BASIC_WL_TERMS | _terms("126-127 129-131 134-136 139-141 144-153 157")
EN16931_TERMS = _terms("1-3 5-165")
"""All of EN 16931."""

# What lies beyond EN 16931 and still has its place: further identifiers of buyer, payee and place
# of delivery, and tax registrations that are not VAT's.
_BASIC_WL_MORE = frozenset({"BT-46*", "BT-60*", "BT-71*", "UBL-PartyTaxScheme"})
_BASIC_MORE = _BASIC_WL_MORE | {"BT-149-1"}  # the base quantity of the gross price
_EN16931_MORE = _BASIC_MORE | {
    *("BT-11-0", "BT-41-0", "BT-56-0"),  # names of project and departments
    *("BT-7*", "BT-17*", "BT-18*"),
}


def _level(level: HybridLevel, name: str, variant: str | None) -> Profile:
    return replace(
        EN16931_CII,
        id=f"facturx-{name}",
        name=f"Factur-X 1.09 {level}",
        customization_id=level.guideline,
        schemas={ROOT: f"eu.factur-x:{name}-xsd"},
        rule_sets=(f"eu.factur-x:{name}",),
        variants=() if variant is None else (variant,),  # ZUGFeRD 2.0: the code lists have both
        hybrid=level,
    )


FACTURX_MINIMUM = replace(
    _level(HybridLevel.MINIMUM, "minimum", f"{_ZUGFERD_2_0}minimum"),
    rules=(),
    carried=MINIMUM_TERMS,
)
FACTURX_BASIC_WL = replace(
    _level(HybridLevel.BASIC_WL, "basic-wl", f"{_ZUGFERD_2_0}basicwl"),
    rules=(),
    carried=BASIC_WL_TERMS | _BASIC_WL_MORE,
)
FACTURX_BASIC = replace(
    _level(HybridLevel.BASIC, "basic", f"urn:cen.eu:en16931:2017#compliant#{_ZUGFERD_2_0}basic"),
    carried=BASIC_TERMS | _BASIC_MORE,
)
FACTURX_EN16931 = replace(
    _level(HybridLevel.EN16931, "en16931", None),
    carried=EN16931_TERMS | _EN16931_MORE,
)
FACTURX_EXTENDED = replace(
    _level(
        HybridLevel.EXTENDED,
        "extended",
        f"urn:cen.eu:en16931:2017#conformant#{_ZUGFERD_2_0}extended",
    ),
    rules=(),
)
FACTURX_XRECHNUNG = replace(
    XRECHNUNG_CII,
    id="facturx-xrechnung",
    name=f"Factur-X 1.09 {HybridLevel.XRECHNUNG}",
    hybrid=HybridLevel.XRECHNUNG,
)

FACTURX_PROFILES = (
    *(FACTURX_MINIMUM, FACTURX_BASIC_WL, FACTURX_BASIC),
    *(FACTURX_EN16931, FACTURX_EXTENDED, FACTURX_XRECHNUNG),
)
