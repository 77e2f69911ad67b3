"""Which artefact judges a document of a day, found on this machine and checked byte for byte."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from schemas.artefact import Artefact, Relation
from schemas.declaration import Declaration, Source, listing
from schemas.errors import (
    ArtefactMissingError,
    SourceRefusedError,
    UnknownArtefactError,
    fix,
    near,
)
from schemas.manifest import Manifest
from schemas.places import Places


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source of an artefact as found on this machine.

    Attributes:
        source: What the manifest declares.
        reason: Why it is not used; None when it is good.
        absent: True when nothing is there, so that nothing is wrong either.
    """

    source: Source
    reason: str | None
    absent: bool = False

    @property
    def name(self) -> str:
        """The source's name for people."""
        return self.source.name

    @property
    def relation(self) -> Relation:
        """How its bytes stand to the publisher's."""
        return self.source.relation

    @property
    def good(self) -> bool:
        """True when it has the declared bytes."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Availability:
    """One declared artefact and whether it can be used; for `gateway doctor` and `schemas`."""

    declaration: Declaration
    sources: tuple[SourceState, ...]

    @property
    def id(self) -> str:
        """The versioned id."""
        return self.declaration.id

    @property
    def used(self) -> SourceState | None:
        """The source whose bytes are used: the first good one."""
        return next((source for source in self.sources if source.good), None)

    @property
    def available(self) -> bool:
        """True when a source is good."""
        return self.used is not None

    @property
    def wrong(self) -> tuple[SourceState, ...]:
        """The sources that are there and have other bytes than declared."""
        return tuple(each for each in self.sources if not each.good and not each.absent)

    @property
    def reason(self) -> str | None:
        """Why it is not available, None when it is."""
        return None if self.available else _refusals(self.sources)


class Catalog:
    """Resolves a family and a day to checked bytes.

    Every file is hashed when its artefact is first resolved; from then on the bytes that were
    hashed are the bytes that are used, kept in memory, so a file changed later cannot slip in
    between the check and the use. A refusal is not remembered: installing the file is enough.

    Args:
        directories: Roots of `directory` sources, in the order they are tried.
        cache: Where fetched files lie, `<cache>/<group>/<name>/<version>/<digest>/`.
        manifest: What may be resolved.
    """

    def __init__(
        self,
        directories: Sequence[Path] = (),
        *,
        cache: Path | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        self.places = Places(tuple(directories), cache)
        self.manifest = manifest or Manifest.load()
        self._found: dict[str, Artefact] = {}
        self._lock = Lock()

    def resolve(self, family: str, as_of: date) -> Artefact:
        """Return the version of a family in force on a day.

        Raises:
            ArtefactMissingError: No version is in force, or no source has the declared bytes.
        """
        declaration = self.in_force(family, as_of)
        artefact = self._once(declaration)
        if as_of < declaration.in_force_from:
            note = (
                f"in force from {declaration.in_force_from}, used for {as_of} "
                f"because {declaration.earlier}"
            )
            return replace(artefact, source=f"{artefact.source}; {note}")
        return artefact

    def artefact(self, name: str, as_of: date) -> Artefact:
        """Return the artefact of an id, or the version of a family in force on a day.

        Args:
            name: `eu.cen.en16931:ubl:1.3.16`, whatever the day, or `eu.cen.en16931:ubl`.
            as_of: The day, for a family.

        Raises:
            UnknownArtefactError: Neither an id nor a family has this name.
            ArtefactMissingError: No version is in force, or no source has the declared bytes.
        """
        declaration = self.manifest.artefact(name)
        if declaration is not None:
            return self._once(declaration)
        if not self.manifest.family(name):
            raise UnknownArtefactError(name, near(name, self.manifest.declarations))
        return self.resolve(name, as_of)

    def artefacts(self) -> tuple[Availability, ...]:
        """Return every declared artefact with the state of each source, in manifest order.

        Reads and hashes all of them, whatever was resolved before: it tells the disk's truth.
        """
        return tuple(self.availability(each) for each in self.manifest.declarations)

    def availability(self, declaration: Declaration) -> Availability:
        """Return one artefact with the state of each source, all of them read and hashed."""
        return Availability(declaration, tuple(self._states(declaration)))

    def in_force(self, family: str, as_of: date) -> Declaration:
        """Return what the manifest declares for a family and a day.

        Raises:
            ArtefactMissingError: No version is in force.
        """
        declaration = self.manifest.in_force(family, as_of)
        if declaration is not None:
            return declaration
        known = ", ".join(
            f"{version.version} ({version.in_force_from} to {version.in_force_until or 'now'})"
            for version in self.manifest.family(family)
        )
        reason = f"no version is in force on {as_of}; known: {known or 'none'}"
        raise ArtefactMissingError(family, reason, "see `gateway schemas list`")

    def _once(self, declaration: Declaration) -> Artefact:
        with self._lock:
            artefact = self._found.get(declaration.id)
            if artefact is None:
                artefact = self._found[declaration.id] = self._load(declaration)
        return artefact

    def _load(self, declaration: Declaration) -> Artefact:
        states = []
        for source in declaration.sources:
            try:
                root, files = self.places.read(declaration, source)
            except SourceRefusedError as refused:
                states.append(SourceState(source, str(refused), refused.absent))
                continue
            entry = source.entry or declaration.entry
            return Artefact(
                id=declaration.id,
                family=declaration.family,
                version=declaration.version,
                publisher=declaration.publisher,
                licence=declaration.licence,
                kind=declaration.kind,
                path=root / entry,
                sha256=_digest(source.files),
                source=source.name,
                relation=source.relation,
                entry=entry,
                files=MappingProxyType(files),
            )
        raise ArtefactMissingError(declaration.id, _refusals(states), fix(declaration.id))

    def _states(self, declaration: Declaration) -> Iterator[SourceState]:
        for source in declaration.sources:
            try:
                self.places.read(declaration, source)
            except SourceRefusedError as refused:
                yield SourceState(source, str(refused), refused.absent)
            else:
                yield SourceState(source, None)


def _digest(files: Mapping[str, str]) -> str:
    if len(files) == 1:
        return next(iter(files.values()))
    return hashlib.sha256(listing(files).encode()).hexdigest()


def _refusals(states: Sequence[SourceState]) -> str:
    return "; ".join(f"{state.name}: {state.reason}" for state in states)
