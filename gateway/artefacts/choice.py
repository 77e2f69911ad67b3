"""Artefacts chosen by what a person calls them."""

from collections.abc import Sequence

from schemas import Catalog, Declaration, UnknownArtefactError
from schemas.errors import near


def chosen(catalog: Catalog, names: Sequence[str]) -> tuple[Declaration, ...]:
    """Return the artefacts of ids, families and groups of these, all when none is named.

    Raises:
        UnknownArtefactError: A name is none of them.
    """
    manifest = catalog.manifest
    if not names:
        return manifest.declarations
    found: dict[str, Declaration] = {}
    for name in names:
        declaration = manifest.artefact(name)
        family = manifest.family(name) or manifest.group(name)
        versions = family if declaration is None else (declaration,)
        if not versions:
            raise UnknownArtefactError(name, near(name, manifest.declarations))
        found.update((each.id, each) for each in versions)
    return tuple(found.values())
