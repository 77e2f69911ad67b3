"""A store on disk.

`<root>/entities/<owner>/ab/abcd...`: a name is its content's digest, so nothing can be replaced
without showing. A blob is durable (file and directories fsynced) before `put` returns; the
transaction that names it may then commit. What one that is rolled back leaves behind is harmless.
"""

import datetime
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from typing_extensions import override

from gateway.archive.stores import durable, terms
from gateway.archive.stores.ciphers import AsTheyAre, Cipher
from gateway.archive.stores.problems import ArchiveUnavailableProblem, EvidenceDamagedProblem
from gateway.archive.stores.protocol import Place, Store
from gateway.archive.stores.terms import Term

_PROBE = 4096  # bytes
_BLOB = re.compile(r"[0-9a-f]{64}")
_PART = 2  # letters of a name that stand before it as a directory


class DiskStore(Store):
    """The blobs of one installation; any number of threads and processes may share it.

    Args:
        root: Directory of the archive, made when missing.
        cipher: How bytes are written down.

    Raises:
        ArchiveUnavailableProblem: The directory cannot be made.
    """

    def __init__(self, root: Path, cipher: Cipher | None = None) -> None:
        self._root, self._entities = root, root / "entities"
        self._incoming = root / "incoming"
        self._cipher = cipher or AsTheyAre()
        self._directories = durable.Directories(self._entities)
        with _answering():
            durable.make_directory(self._incoming)
            durable.make_directory(self._entities)

    def path(self, owner: UUID, digest: bytes) -> Path:
        """Return where the blob is, or would be."""
        name = digest.hex()
        return self._entities / str(owner) / name[:_PART] / name

    @override
    def put(self, owner: UUID, content: bytes) -> bytes:
        """Store bytes durably and return their SHA-256; see `Store.put`."""
        return self.put_many(owner, (content,))[0]

    @override
    def put_many(self, owner: UUID, contents: Sequence[bytes]) -> tuple[bytes, ...]:
        """Store several; see `Store.put_many`."""
        digests = tuple(sha256(content).digest() for content in contents)
        fresh: dict[Path, bytes] = {}
        there: list[Path] = []
        with _answering():
            for digest, content in dict(zip(digests, contents, strict=True)).items():
                target = self.path(owner, digest)
                self._directories.make(target.parent)
                if target.exists():
                    self.get(owner, digest)
                    there.append(target)
                else:
                    fresh[target] = self._cipher.seal(owner, digest, content)
            durable.create(fresh, self._incoming, there)
        return digests

    @override
    def get(self, owner: UUID, digest: bytes) -> bytes:
        """Return bytes, checked; see `Store.get`."""
        with _answering():
            try:
                stored = self.path(owner, digest).read_bytes()
            except FileNotFoundError as error:
                detail = f"Blob {digest.hex()} is missing."
                raise EvidenceDamagedProblem(detail, missing=True) from error
        content = self._cipher.open(owner, digest, stored)
        if sha256(content).digest() != digest:
            raise EvidenceDamagedProblem(f"Blob {digest.hex()} on disk has other bytes.")
        return content

    @override
    def keep(self, owner: UUID, digest: bytes, until: datetime.date, *, hold: bool) -> None:
        """Have bytes kept; see `Store.keep`."""
        blob = self.path(owner, digest)
        with _answering(), terms.one_at_a_time(self._root):
            if not blob.exists():
                raise EvidenceDamagedProblem(f"Blob {blob.name} is missing.", missing=True)
            before = Term.of(blob)
            after = (before or Term(until)).longer(until, hold=hold)
            if after != before:
                after.write(blob, self._incoming)

    @override
    def destroy(self, owner: UUID, digest: bytes, *, now: datetime.datetime) -> None:
        """Destroy bytes whose last day is over; see `Store.destroy`."""
        blob = self.path(owner, digest)
        with _answering(), terms.one_at_a_time(self._root):
            term = Term.of(blob)
            if term is None and not blob.exists():
                return
            terms.check_over(term, blob.name, now)
            blob.unlink(missing_ok=True)
            # Whoever dies here comes again: the term still says that the day is over.
            durable.sync_directory(blob.parent)
            terms.path_of(blob).unlink(missing_ok=True)
            durable.sync_directory(blob.parent)

    @override
    def walk(self, after: Place | None = None) -> Iterator[Place]:
        """Yield every place that has bytes, in order; see `Store.walk`."""
        begin = ("", "") if after is None else (str(after.owner), after.digest.hex())
        with _answering():
            for owner in _names(self._entities):
                if owner < begin[0]:
                    continue
                least = begin[1] if owner == begin[0] else ""
                for part in _names(self._entities / owner):
                    if part < least[:_PART]:
                        continue
                    for name in _names(self._entities / owner / part):
                        if name > least and _BLOB.fullmatch(name):
                            yield Place(UUID(owner), bytes.fromhex(name))

    @override
    def probe(self) -> None:
        """Write some bytes and take them away again; see `Store.probe`."""
        with _answering(), tempfile.TemporaryFile(dir=self._incoming) as file:
            file.write(bytes(_PROBE))


@contextmanager
def _answering() -> Iterator[None]:
    """Say of whatever the disk refuses that the archive is not available."""
    try:
        yield
    except OSError as error:
        raise ArchiveUnavailableProblem(error) from error


def _names(directory: Path) -> list[str]:
    return sorted(one.name for one in directory.iterdir())
