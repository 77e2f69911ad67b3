"""One manifest file read: its archives, file sets and artefacts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from schemas.artefact import Kind, Relation
from schemas.declaration import Archive, Declaration, Source, SourceType
from schemas.tables import ManifestError, Table

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.() +-]*(/[A-Za-z0-9_][A-Za-z0-9_.() +-]*)*")
_COMMIT = re.compile(r"[0-9a-f]{10,40}")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*:[a-z0-9][a-z0-9.-]*:[A-Za-z0-9][A-Za-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the artefacts of a file have in common, by name."""

    sets: Mapping[str, Mapping[str, str]]
    archives: Mapping[str, Archive]


def read(document: Mapping[str, object], place: str) -> tuple[Declaration, ...]:
    """Return the artefacts of one file.

    Args:
        document: The file's tables, as `tomllib` reads them.
        place: Its name, for messages.

    Raises:
        ManifestError: Something is missing, misspelled, of another type or unsafe.
    """
    top = Table(document, place)
    shared = _Shared(
        sets={name: _files(table) for name, table in top.take_tables_by_name("file_sets")},
        archives={name: _archive(table) for name, table in top.take_tables_by_name("archives")},
    )
    declarations = tuple(_declaration(table, shared) for table in top.take_tables("artefact"))
    top.finish()
    return declarations


def _declaration(table: Table, shared: _Shared) -> Declaration:
    identifier = table.take("id", str)
    table.place = identifier
    if not _ID.fullmatch(identifier):  # its parts become folders of the cache
        raise ManifestError(f"{identifier}: an id is group:name:version")
    entry = table.take("entry", str)
    files = _files_of(table, shared)
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
        sources=tuple(
            _source(source, shared, entry, files) for source in table.take_tables("source")
        ),
    )
    table.finish()
    if not declaration.sources:
        raise ManifestError(f"{identifier}: a source is needed")
    return declaration


def _source(table: Table, shared: _Shared, entry: str, files: Mapping[str, str]) -> Source:
    own_entry = table.take_optional("entry", str)
    own_files = _files_of(table, shared) or files
    if (own_entry or entry) not in own_files:
        raise ManifestError(
            f"{table.place}: the entry {own_entry or entry} is not among the files"
        )
    archive = table.take_optional("archive", str)
    if archive is not None and archive not in shared.archives:
        raise ManifestError(f"{table.place}: no archives.{archive}")
    try:
        source = Source(
            type=SourceType(table.take("type", str)),
            base=table.take_optional("base", str) or "",
            relation=Relation(table.take("relation", str)),
            files=MappingProxyType(dict(own_files)),
            distribution=table.take_optional("distribution", str),
            version=table.take_optional("version", str),
            address=table.take_optional("address", str),
            archive=None if archive is None else shared.archives[archive],
            entry=own_entry,
        )
    except ValueError as error:
        raise ManifestError(f"{table.place}: {error}") from error
    table.finish()
    _check_keys(source, table.place)
    return source


def _check_keys(source: Source, place: str) -> None:
    """Refuse keys that belong to another type of source."""
    pinned = source.distribution is not None and source.version is not None
    if pinned is not (source.type is SourceType.PACKAGE):
        raise ManifestError(f"{place}: distribution and version belong to a package source")
    wheel = source.archive is not None and source.archive.distribution is not None
    if wheel is not (source.type is SourceType.WHEEL):
        raise ManifestError(f"{place}: a wheel source has the archive of a wheel, no other has")
    addresses = (source.address is not None) + (source.archive is not None and not wheel)
    if addresses != (source.type is SourceType.ADDRESS):
        raise ManifestError(f"{place}: an address source has one address or archive, no other has")
    if source.address is not None:
        _check_address(source.address, place)
        if source.base or not source.address.endswith("/"):
            raise ManifestError(f"{place}: an address ends with / and has no base")
        if not any(_COMMIT.fullmatch(part) for part in source.address.split("/")):
            raise ManifestError(f"{place}: an address is pinned to a commit")


def _files_of(table: Table, shared: _Shared) -> dict[str, str]:
    files = _files(Table(table.take_optional("files", dict) or {}, f"{table.place}.files"))
    name = table.take_optional("file_set", str)
    if name is None:
        return files
    if name not in shared.sets:
        raise ManifestError(f"{table.place}: no file_sets.{name}")
    return {**shared.sets[name], **files}


def _files(table: Table) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, sha256 in table.take_all().items():
        _check_file(name, table.place)
        files[name] = _sha256(sha256, f"{table.place}: {name}")
    return files


def _archive(table: Table) -> Archive:
    archive = Archive(
        file=table.take("file", str),
        sha256=_sha256(table.take("sha256", str), table.place),
        distribution=table.take_optional("distribution", str),
        version=table.take_optional("version", str),
        address=table.take_optional("address", str),
    )
    table.finish()
    _check_file(archive.file, table.place)
    wheel = archive.distribution is not None and archive.version is not None
    if wheel is (archive.address is not None) or "/" in archive.file:
        raise ManifestError(f"{table.place}: a distribution with its version, or an address")
    if archive.address is not None:
        _check_address(archive.address, table.place)
    return archive


def _sha256(value: object, place: str) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ManifestError(f"{place} needs 64 lower-case hexadecimal digits")
    return value


def _check_file(name: str, place: str) -> None:
    # A name that could leave its folder would turn a typo into reading a foreign file.
    if not _FILE.fullmatch(name) or ".." in PurePosixPath(name).parts or name.endswith(" "):
        raise ManifestError(f"{place}: {name!r} is not a plain relative path")


def _check_address(address: str, place: str) -> None:
    parts = urlsplit(address)
    plain = parts.scheme == "https" and parts.hostname and parts.username is None
    if not plain or parts.query or parts.fragment:
        raise ManifestError(f"{place}: {address!r} is not a plain https address")
