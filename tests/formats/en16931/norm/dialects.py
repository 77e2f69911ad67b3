"""What each dialect of EN 16931 defines beyond it, as identifiers.

Written down from what the dialects publish: rules, schemas, manuals and commented examples. A
number that stands for the scheme of an identifier is not listed: it is part of the value's type
(`SchemedIdentifier`), as BT-29-1 is of BT-29.
"""


def _numbered(prefix: str, *ranges: range, width: int = 1) -> frozenset[str]:
    return frozenset(f"{prefix}{number:0{width}}" for each in ranges for number in each)


FACTUR_X = _numbered("BT-X-", range(1, 617)) - _numbered(
    "BT-X-",
    range(14, 15),
    range(23, 24),
    range(48, 50),  # now BT-186, which the revised EN 16931 has
    range(53, 54),
    range(288, 290),
)
"""Factur-X 1.09 EXTENDED: every number up to the last but those that are given no more."""

FACTUR_X_GROUPS = _numbered("BG-X-", range(1, 96)) - {
    f"BG-X-{number}" for number in (6, 16, 19, 50, 58, 63, 86, 88, 89)
}
"""Without those that only hold the legal organisation of a party, and numbers not in use."""

REVISED_NORM = frozenset(
    f"BT-{number}" for number in (167, *range(173, 178), 179, 180, 186, 193, 215, 216)
)
"""Of the revision of EN 16931-1, as Factur-X EXTENDED has them already."""

XRECHNUNG = frozenset(("BG-DEX-01", "BG-DEX-09", "BT-DEX-001", "BT-DEX-002", "BT-DEX-003"))
"""The extension of XRechnung 3.0: sub invoice lines and third party payments."""

_FRENCH_SCHEMES = {7, 9, 13, 30, 47, 49, 53, 70, 72, 76, 93, 95, 99, 116, 118, 122, 148}
_FRENCH_UNKNOWN = {10, 50, 73, 96, 119, 147, 150, 165, *range(169, 177), 193, 194}
"""Numbers whose meaning is in nothing that is at hand."""

FRANCE = frozenset(
    f"EXT-FR-FE-{number:02}"
    for number in range(1, 202)
    if number not in _FRENCH_SCHEMES | _FRENCH_UNKNOWN
) | _numbered("EXT-FR-FE-BG-", range(1, 6), range(10, 11), width=2)
"""EXTENDED-CTC-FR of AFNOR XP Z12-012, version 1.4."""

CROATIA = _numbered("HR-BT-", range(1, 26)) | _numbered("HR-BG-", range(1, 4))
"""HR CIUS 2025 with its extension."""

PINT = _numbered("IBT-", range(166, 200)) - {"IBT-191", "IBT-194", "IBT-195", "IBT-198"} | {
    "IBT-084-1",
    "IBT-118-1",
    "IBT-198",
    "IBG-35",
    "IBG-36",
    "IBG-37",
}
"""PINT 1.1.3; IBT-194 is said where IBT-094 is meant, 191 and 195 nowhere."""

EMIRATES = (_numbered("BTAE-", range(1, 23), width=2) - {"BTAE-06", "BTAE-20", "BTAE-21"}) | {
    "BTAE-17-1"
}
"""PINT AE 2026.5. BTAE-06 is what BT-8 is elsewhere, BTAE-20 a supporting document (BG-24)."""

OMAN = _numbered("BTOM-", range(1, 35), width=3) - {
    "BTOM-012",
    "BTOM-020",  # a supporting document (BG-24), as BTOM-027 and BTOM-014 are
    "BTOM-027",
    "BTOM-028",
    "BTOM-029",
}
"""PINT OM 1.0.1."""

DIALECTS = {
    "Factur-X": FACTUR_X,
    "Factur-X groups": FACTUR_X_GROUPS,
    "revised EN 16931": REVISED_NORM,
    "XRechnung": XRECHNUNG,
    "France": FRANCE,
    "Croatia": CROATIA,
    "PINT": PINT,
    "PINT AE": EMIRATES,
    "PINT OM": OMAN,
}
