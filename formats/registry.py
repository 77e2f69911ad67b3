"""Every profile the product can write and read, by our id and by the document's own."""

from collections.abc import Mapping
from types import MappingProxyType

from formats.peppol.profile import PEPPOL_BIS_3, PEPPOL_BIS_3_SELF_BILLING
from formats.profile import Profile
from formats.ubl.profile import EN16931_UBL

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {entry.id: entry for entry in (PEPPOL_BIS_3, PEPPOL_BIS_3_SELF_BILLING, EN16931_UBL)}
)
"""By our id."""

_BY_CUSTOMIZATION = {entry.customization_id: entry for entry in PROFILES.values()}


def profile(profile_id: str) -> Profile:
    """Return the profile with this id. Raises `KeyError` for an id that there is not."""
    return PROFILES[profile_id]


def profile_for(customization_id: str | None) -> Profile | None:
    """Return the profile a document claims to follow (BT-24), or None if it is none of ours.

    The whole identifier counts: an extension (`...billing:3.0#conformant#...`) allows what its
    base does not, so the base's rules would judge it wrongly.
    """
    return _BY_CUSTOMIZATION.get((customization_id or "").strip())
