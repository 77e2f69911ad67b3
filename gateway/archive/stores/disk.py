"""A store on disk.

`<root>/entities/<owner>/ab/abcd...`: a name is its content's digest, so nothing can be replaced
without showing. A blob is durable before `put` returns, with its file and directories fsynced or
in the journal of its set (`gateway.archive.stores.journals`); the transaction that names it may
then commit. What one that is rolled back leaves behind is harmless.
"""

import datetime
import errno
import re
import tempfile
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from typing_extensions import override

from gateway.archive.stores import durable, restoring, terms
from gateway.archive.stores.ciphers import AsTheyAre, Cipher
from gateway.archive.stores.journals import Journals
from gateway.archive.stores.problems import ArchiveUnavailableProblem, EvidenceDamagedProblem
from gateway.archive.stores.protocol import Place, Store
from gateway.archive.stores.records import Part
from gateway.archive.stores.restoring import Ground
from gateway.archive.stores.terms import Term

_PROBE = 4096  # bytes
_LARGE = 4 << 20  # bytes: a set that waits for the disk file by file, and leaves the journal small
_BLOB = re.compile(r"[0-9a-f]{64}")
_PART = 2  # letters of a name that stand before it as a directory


class DiskStore(Store):
    """The blobs of one installation; any number of threads and processes may share it.

    Args:
        root: Directory of the archive, made when missing.
        cipher: How bytes are written down.
        journal: Whether sets go through a journal: one wait for the disk instead of one a file.

    Raises:
        ArchiveUnavailableProblem: The directory cannot be made, or what a process left in its
            journal when it was stopped cannot be restored.
    """

    def __init__(self, root: Path, cipher: Cipher | None = None, *, journal: bool = False) -> None:
        self._root, self._ground = root, Ground(root)
        self._entities, self._incoming = self._ground.entities, self._ground.incoming
        self._cipher = cipher or AsTheyAre()
        self._directories = durable.Directories(self._entities)
        self._journal, self._lock = journal, threading.Lock()
        self._journals: Journals | None = None
        with _answering():
            durable.make_directory(self._incoming)
            durable.make_directory(self._entities)
            restoring.restore(self._ground)

    @property
    @override
    def locks(self) -> bool:
        """False: whoever may delete a file may delete what was said of it."""
        return False

    def path(self, owner: UUID, digest: bytes) -> Path:
        """Return where the blob is, or would be."""
        return self._ground.path(owner, digest)

    @override
    def put(self, owner: UUID, content: bytes) -> bytes:
        """Store bytes durably and return their SHA-256; see `Store.put`."""
        return self.put_many(owner, (content,))[0]

    @override
    def put_many(self, owner: UUID, contents: Sequence[bytes]) -> tuple[bytes, ...]:
        """Store several; see `Store.put_many`."""
        digests = tuple(sha256(content).digest() for content in contents)
        fresh: dict[Path, bytes] = {}
        parts: dict[Path, Part] = {}
        with _answering():
            for digest, content in dict(zip(digests, contents, strict=True)).items():
                target = self.path(owner, digest)
                if target.exists():
                    stored, _ = self._found(owner, digest)
                else:
                    stored = fresh[target] = self._cipher.seal(owner, digest, content)
                parts[target] = Part(owner, digest, stored)
            if self._journal and sum(len(part.stored) for part in parts.values()) <= _LARGE:
                # Those that are there, too: whoever placed them may not have settled them yet.
                with self._written().holding(tuple(parts.values()), tuple(parts)):
                    durable.place(fresh, self._incoming)
            else:
                for target in parts:
                    self._directories.make(target.parent)
                durable.create(fresh, self._incoming, parts.keys() - fresh.keys())
        return digests

    @override
    def get(self, owner: UUID, digest: bytes) -> bytes:
        """Return bytes, checked; see `Store.get`."""
        with _answering():
            return self._found(owner, digest)[1]

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
            self._refuse_written(owner, digest)
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
    def set_aside(self, owner: UUID, digest: bytes) -> None:
        """Move a file to `<root>/set-aside/<owner>`, never over another; see `Store.set_aside`."""
        blob = self.path(owner, digest)
        aside = self._root / "set-aside" / str(owner)
        with _answering(), terms.one_at_a_time(self._root):
            durable.make_directory(aside)
            before = aside.glob(f"{blob.name}.*")
            number = 1 + sum(1 for one in before if one.suffix != terms.SUFFIX)
            for path in (terms.path_of(blob), blob):  # who dies between comes again for the blob
                if path.exists():
                    path.rename(aside / f"{blob.name}.{number}{path.suffix}")
            durable.sync_directory(aside)
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

    def settle(self) -> None:
        """Return when nothing that this process stored needs its journal any more.

        Raises:
            ArchiveUnavailableProblem: The disk does not come to that.
        """
        with _answering():
            self._settle()

    def _settle(self) -> None:
        if self._journals is not None and not self._journals.inherited:
            self._journals.settle()

    def _found(self, owner: UUID, digest: bytes) -> tuple[bytes, bytes]:
        """Return what is stored and what it says, checked.

        Raises:
            EvidenceDamagedProblem: It is missing or altered.
            OSError: The disk does not answer.
        """
        try:
            return self._read(owner, digest)
        except EvidenceDamagedProblem:
            # Another machine may have stopped while this one went on: its journal is right.
            restoring.restore(self._ground)
            return self._read(owner, digest)

    def _read(self, owner: UUID, digest: bytes) -> tuple[bytes, bytes]:
        try:
            stored = self.path(owner, digest).read_bytes()
        except FileNotFoundError as error:
            detail = f"Blob {digest.hex()} is missing."
            raise EvidenceDamagedProblem(detail, missing=True) from error
        content = self._cipher.open(owner, digest, stored)
        if sha256(content).digest() != digest:
            raise EvidenceDamagedProblem(f"Blob {digest.hex()} on disk has other bytes.")
        return stored, content

    def _written(self) -> Journals:
        """Return the journals that this process writes."""
        with self._lock:
            if self._journals is None or self._journals.inherited:
                self._journals = Journals(self._ground)
                weakref.finalize(self, self._journals.close)
            return self._journals

    def _refuse_written(self, owner: UUID, digest: bytes) -> None:
        """Refuse to destroy what a journal could bring back.

        Raises:
            OSError: One has it, and does not settle; or the disk does not answer.
        """
        self._settle()
        restoring.restore(self._ground)
        if restoring.holds(self._ground, owner, digest):
            raise OSError(errno.EBUSY, "a journal still has it")


@contextmanager
def _answering() -> Iterator[None]:
    """Say of whatever the disk refuses that the archive is not available."""
    try:
        yield
    except OSError as error:
        raise ArchiveUnavailableProblem(error) from error


def _names(directory: Path) -> list[str]:
    return sorted(one.name for one in directory.iterdir())
