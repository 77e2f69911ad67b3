"""The bytes of one source, got from where the manifest says, or from a directory in its place."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx2

from gateway.artefacts import archives, publishers, wheels
from gateway.artefacts.errors import FetchError, UnreachableError
from gateway.artefacts.policy import Policy
from gateway.kit import http
from schemas.declaration import Archive, Source, SourceType
from schemas.errors import SourceRefusedError
from schemas.places import checked, compare

Count = Callable[[int], None]


class Origins:
    """Gets sources, and keeps an archive that several artefacts come from.

    Args:
        policy: Bounds every transfer.
        directory: Look here, and nowhere else; None uses pip and the network. It is laid out as
            the `directory` sources say; archives lie in it by their file name, and files of an
            address by their host and path, as `wget -x` leaves them.
        scratch: Makes a folder that may be written to.
        count: Told how many bytes have come.
    """

    def __init__(
        self, policy: Policy, directory: Path | None, scratch: Callable[[], Path], count: Count
    ) -> None:
        self._policy = policy
        self._directory = directory
        self._scratch = scratch
        self._count = count
        self._client: httpx2.Client | None = None
        self._archives: dict[str, bytes | FetchError] = {}
        self._unreachable: set[str] = set()

    def close(self) -> None:
        """End the connections."""
        if self._client is not None:
            self._client.close()

    def reaches(self, source: Source) -> bool:
        """Return whether a source is one that can be asked here at all."""
        if source.type is SourceType.PACKAGE:
            return False
        return self._directory is not None or source.type is not SourceType.DIRECTORY

    def get(self, source: Source) -> Mapping[str, bytes]:
        """Return every file of a source, its bytes those that the manifest declares.

        Raises:
            FetchError: They are not to be had from it.
        """
        try:
            if source.archive is not None:
                content = self._archive(source.archive)
                limit = self._policy.most_bytes
                files = archives.members(content, source.base, source.files, limit)
            elif self._directory is not None:
                return checked(self._directory / _below(source), source.files)
            else:
                files = self._addressed(source.address or "", source.files)
            for name, content in files.items():
                compare(name, content, source.files[name])
        except SourceRefusedError as refused:
            raise FetchError(str(refused)) from refused
        return files

    def _addressed(self, address: str, names: Iterable[str]) -> dict[str, bytes]:
        return {name: self._fetched(address + quote(name)) for name in names}

    def _archive(self, archive: Archive) -> bytes:
        """Return a checked archive; what failed once in a sync is not asked for again."""
        found = self._archives.get(archive.sha256)
        if found is None:
            try:
                found = self._new_archive(archive)
            except FetchError as error:
                found = error
            self._archives[archive.sha256] = found
        if isinstance(found, FetchError):
            raise found
        return found

    def _new_archive(self, archive: Archive) -> bytes:
        if self._directory is not None:
            name = archive.file
            return checked(self._directory, {name: archive.sha256})[name]
        if archive.address is not None:
            content = self._fetched(archive.address)
        else:
            content = wheels.download(archive, self._scratch(), self._policy)
            self._count(len(content))
        compare(archive.file, content, archive.sha256)
        return content

    def _fetched(self, address: str) -> bytes:
        """Ask a publisher; one who was not there is not waited for again and again."""
        host = urlsplit(address).netloc
        if host in self._unreachable:
            raise FetchError(f"{address}: {host} was not reached before")
        if self._client is None:
            self._client = http.client(
                connect_seconds=self._policy.connect_seconds,
                read_seconds=self._policy.silence_seconds,
            )
        try:
            return publishers.fetch(self._client, address, self._policy, self._count)
        except UnreachableError:
            self._unreachable.add(host)
            raise


def _below(source: Source) -> str:
    """Return where a directory has the files of a source."""
    if source.address is None:
        return source.base
    parts = urlsplit(source.address)
    return unquote(f"{parts.netloc}{parts.path}")
