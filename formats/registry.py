"""Every profile the product can write and read, by our id and by the document's own."""

import functools
import importlib
from collections.abc import Iterator, Mapping

from typing_extensions import override

from formats.profile import Profile, Syntax
from formats.xml import WHITESPACE


class _Profiles(Mapping[str, Profile]):
    """Every profile by its id. They are loaded together when one is asked for, in 50 ms."""

    @override
    def __getitem__(self, profile_id: str) -> Profile:
        return _every()[profile_id]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(_every())

    @override
    def __len__(self) -> int:
        return len(_every())


PROFILES: Mapping[str, Profile] = _Profiles()
"""By our id."""

_EN16931 = "urn:cen.eu:en16931:2017"
_PEPPOL = f"{_EN16931}#compliant#urn:fdc:peppol.eu:2017:poacc"
_USUAL = {
    (f"{_PEPPOL}:billing:3.0", Syntax.UBL): "formats.peppol.profile:PEPPOL_BIS_3",
    (f"{_PEPPOL}:selfbilling:3.0", Syntax.UBL): "formats.peppol.profile:PEPPOL_BIS_3_SELF_BILLING",
    (_EN16931, Syntax.UBL): "formats.ubl.profile:EN16931_UBL",
    (_EN16931, Syntax.CII): "formats.cii.profile:EN16931_CII",
}
"""What most documents claim: found without loading the others, which a single call would feel."""


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
    # XML's white space only: another space makes another identifier to whoever looks it up.
    identifier = (customization_id or "").strip(WHITESPACE)
    if syntax is not None and not hybrid and (usual := _USUAL.get((identifier, syntax))):
        module, _, name = usual.partition(":")
        entry: Profile = getattr(importlib.import_module(module), name)
        return entry
    found = _by_identifier().get(identifier, ())
    fitting = [entry for entry in found if syntax in {None, entry.syntax}]
    fitting.sort(key=lambda entry: (entry.hybrid is not None) is not hybrid)  # stable
    return fitting[0] if fitting else None


@functools.cache
def _every() -> Mapping[str, Profile]:
    from formats.every_profile import EVERY  # noqa: PLC0415 - see `_Profiles`

    return {entry.id: entry for entry in EVERY}


@functools.cache
def _by_identifier() -> Mapping[str, list[Profile]]:
    """Every identifier that documents carry, with the profiles that share it."""
    profiles: dict[str, list[Profile]] = {}
    for entry in PROFILES.values():
        for identifier in (entry.customization_id, *entry.variants):
            profiles.setdefault(identifier, []).append(entry)
    return profiles
