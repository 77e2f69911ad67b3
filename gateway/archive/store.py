"""A write-once store on disk: bytes under their SHA-256, never changed, never deleted.

`<root>/sha256/ab/cd/abcd...`: a name is its content's digest, so nothing can be replaced without
showing. A blob is durable (file and directories fsynced) before `put` returns; the transaction
that names it may then commit. What a rolled-back transaction leaves behind is harmless.
"""

import errno
import os
import tempfile
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from gateway.problems import Problem, UnavailableProblem

_DIRECTORY_MODE = 0o750
_FILE_MODE = 0o440
_RETRY_AFTER = 30  # seconds; a full disk is not emptied in one
_PROBE = 4096  # bytes

# Where the file system has no hard links (some network file systems, FAT).
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})


class ArchiveUnavailableProblem(UnavailableProblem):
    """The archive cannot take or give bytes now: its disk is full, failing or read-only.

    Nothing was issued. Send the same request again, with the same Idempotency-Key, after
    `Retry-After` seconds; the operator finds the reason in `detail`.
    """

    type = "archive-unavailable"
    title = "The archive is not available"

    def __init__(self, error: OSError) -> None:
        name = errno.errorcode.get(error.errno or 0, type(error).__name__)
        super().__init__(
            f"The archive cannot be used: {error.strerror or error} ({name}).",
            retry_after=_RETRY_AFTER,
        )


class EvidenceDamagedProblem(Problem):
    """Archived bytes are missing or are no longer those that were archived.

    They are not handed out. The operator must look at the disk and at `gateway fsck`; the log
    still proves what the bytes were.
    """

    type = "evidence-damaged"
    title = "The evidence is damaged"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class BlobStore:
    """The blobs of one installation; any number of threads and processes may share it.

    Args:
        root: Directory of the archive, made when missing.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        try:
            _make_directory(self._incoming)
            _make_directory(root / "sha256")
        except OSError as error:
            raise ArchiveUnavailableProblem(error) from error

    def path(self, digest: bytes) -> Path:
        """Return where the blob with this SHA-256 is, or would be."""
        name = digest.hex()
        return self._root / "sha256" / name[:2] / name[2:4] / name

    def put(self, content: bytes) -> bytes:
        """Store bytes durably and return their SHA-256.

        Raises:
            ArchiveUnavailableProblem: The disk refuses.
            EvidenceDamagedProblem: Other bytes are already there under this digest.
        """
        digest = sha256(content).digest()
        target = self.path(digest)
        try:
            _make_directory(target.parent)
            if not target.exists():
                self._write(content, target)
            elif target.read_bytes() != content:
                raise EvidenceDamagedProblem(f"Blob {digest.hex()} on disk has other bytes.")
            # Also when it was there: its writer may not have come to this line yet.
            _sync_directory(target.parent)
        except OSError as error:
            raise ArchiveUnavailableProblem(error) from error
        return digest

    def get(self, digest: bytes) -> bytes:
        """Return the bytes with this SHA-256, checked.

        Raises:
            EvidenceDamagedProblem: They are missing or altered.
            ArchiveUnavailableProblem: The disk does not answer.
        """
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise EvidenceDamagedProblem(f"Blob {digest.hex()} is missing.") from error
        except OSError as error:
            raise ArchiveUnavailableProblem(error) from error
        if sha256(content).digest() != digest:
            raise EvidenceDamagedProblem(f"Blob {digest.hex()} on disk has other bytes.")
        return content

    def probe(self) -> None:
        """Write some bytes and take them away again, to see whether the disk takes any.

        Raises:
            ArchiveUnavailableProblem: It does not.
        """
        try:
            with tempfile.TemporaryFile(dir=self._incoming) as file:
                file.write(bytes(_PROBE))
        except OSError as error:
            raise ArchiveUnavailableProblem(error) from error

    def _write(self, content: bytes, target: Path) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        incoming = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), _FILE_MODE)
                os.fsync(file.fileno())
            _place(incoming, target)
        finally:
            incoming.unlink(missing_ok=True)


def _place(incoming: Path, target: Path) -> None:
    """Give the finished file its name without replacing one that is there."""
    try:
        os.link(incoming, target)
    except FileExistsError:
        return  # another writer of the same bytes was first
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # It replaces at worst the same bytes, written by another a moment ago.
        incoming.rename(target)


def _make_directory(path: Path) -> None:
    """Make a directory and its parents durable: each new name is fsynced in its parent."""
    if path.is_dir():
        return
    _make_directory(path.parent)
    path.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
