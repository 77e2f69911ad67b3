"""Every profile the product can write and read, by our id and by the document's own."""

from collections.abc import Mapping
from types import MappingProxyType

from formats.cii.profile import EN16931_CII
from formats.cius.fr.profile import FR_CTC_EXTENDED_CII, FR_CTC_EXTENDED_UBL
from formats.cius.hr.profile import HR_CIUS
from formats.cius.nl.profile import NLCIUS
from formats.cius.no.profile import EHF
from formats.cius.pt.profile import CIUS_PT
from formats.cius.ro.profile import CIUS_RO, CIUS_RO_CII
from formats.cius.rs.profile import RS_SEF, RS_SEF_EXTENSION
from formats.facturx.profiles import FACTURX_PROFILES
from formats.peppol.profile import PEPPOL_BIS_3, PEPPOL_BIS_3_SELF_BILLING
from formats.pint.profile import PINT_PROFILES
from formats.profile import Profile, Syntax
from formats.ubl.profile import EN16931_UBL
from formats.xrechnung.profile import XRECHNUNG_PROFILES

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        entry.id: entry
        for entry in (
            PEPPOL_BIS_3,
            PEPPOL_BIS_3_SELF_BILLING,
            EN16931_UBL,
            EN16931_CII,
            *XRECHNUNG_PROFILES,
            *FACTURX_PROFILES,
            FR_CTC_EXTENDED_UBL,
            FR_CTC_EXTENDED_CII,
            CIUS_RO,
            CIUS_RO_CII,
            HR_CIUS,
            CIUS_PT,
            RS_SEF,
            RS_SEF_EXTENSION,
            NLCIUS,
            *PINT_PROFILES,
            EHF,
        )
    }
)
"""By our id. Where two share an identifier, the first is what a document is taken for."""


def profile(profile_id: str) -> Profile:
    """Return the profile with this id. Raises `KeyError` for an id that there is not."""
    return PROFILES[profile_id]


def profile_for(
    customization_id: str | None, syntax: Syntax | None = None, *, hybrid: bool = False
) -> Profile | None:
    """Return the profile a document claims to follow (BT-24), or None if it is none of ours.

    The whole identifier counts: an extension (`...billing:3.0#conformant#...`) allows what its
    base does not, so the base's rules would judge it wrongly; an older version (XRechnung 2.3) is
    another specification.

    Args:
        customization_id: BT-24.
        syntax: Of the document; None takes the first profile with this identifier, UBL before CII.
        hybrid: Whether the document was found in a PDF. The identifier of EN 16931 then means
            that level of Factur-X, whose rules are not those of plain CII.
    """
    found = _BY_IDENTIFIER.get((customization_id or "").strip(), ())
    fitting = [entry for entry in found if syntax in {None, entry.syntax}]
    fitting.sort(key=lambda entry: (entry.hybrid is not None) is not hybrid)  # stable
    return fitting[0] if fitting else None


def _by_identifier() -> dict[str, list[Profile]]:
    """Every identifier that documents carry, with the profiles that share it."""
    profiles: dict[str, list[Profile]] = {}
    for entry in PROFILES.values():
        for identifier in (entry.customization_id, *entry.variants):
            profiles.setdefault(identifier, []).append(entry)
    return profiles


_BY_IDENTIFIER = _by_identifier()
