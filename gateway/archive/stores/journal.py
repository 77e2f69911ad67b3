"""One journal: a file that the sets of all threads are appended to, and synced for all at once.

Whoever comes while it is synced shares the next sync. The file is filled with zeros before it is
needed and written over when all of it is settled: a sync then waits for its blocks alone, not for
what else the file system is about to write down.
"""

import errno
import fcntl
import os
import secrets
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from gateway.archive.stores import durable, records
from gateway.archive.stores.records import BLOCK, Part
from gateway.kit.ids import new_id

SUFFIX = ".journal"
_MODE = 0o640
_STEP = 1 << 20  # bytes that it grows by at least


class Journal:
    """A journal that this process writes; `create` makes one. Thread-safe.

    The lock on its file says that its writer lives.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._change = threading.Condition()
        self.generation = b""
        """Of its sets; another one when they are settled."""
        self._end = self._room = 0  # bytes: written to, filled
        self._written = self._synced = 0  # records
        self._syncing = False
        self._failure: OSError | None = None
        self.placed: list[Path] = []
        """The files of its sets, which are in their places."""
        self.doubted = False
        """Whether the disk refused something while files of its sets were written: then no sync of
        the whole file system speaks for them."""
        self.writers = 0
        """Sets that are not in their places yet; who counts them has a lock of his own."""

    @classmethod
    def create(cls, directory: Path) -> Self:
        """Make one. Nobody may be looking for journals without a writer meanwhile.

        Raises:
            OSError: The disk refuses.
        """
        path = directory / f"{new_id().hex}{SUFFIX}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        made = cls(path, os.open(path, flags, _MODE))
        try:
            fcntl.flock(made._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made._fill(_STEP)
            made.begin_again()
            durable.sync_directory(directory)
        except BaseException:
            made.close()
            path.unlink(missing_ok=True)
            raise
        return made

    @property
    def size(self) -> int:
        """Bytes that are written; a block where there is no set."""
        return self._end

    @property
    def empty(self) -> bool:
        """Whether it has no set."""
        return self._end <= BLOCK

    @property
    def failed(self) -> bool:
        """Whether the disk refused a sync: then nothing more is written to it."""
        return self._failure is not None

    def append(self, parts: Sequence[Part]) -> None:
        """Write a set and wait until it is on the disk.

        Raises:
            OSError: The disk refuses; the set may be there.
        """
        with self._change:
            self._refuse_failed()
            record = records.record(self.generation, parts)
            self._fill(self._end + len(record))
            _write(self._descriptor, record, self._end)
            self._end += len(record)
            self._written += 1
            mine = self._written
            while self._synced < mine:
                self._refuse_failed()
                if self._syncing:
                    self._change.wait()
                else:
                    self._sync()

    def begin_again(self) -> None:
        """Forget all sets, because they are settled. Nobody appends meanwhile.

        Raises:
            OSError: The disk refuses; it has its sets, or none.
        """
        generation = secrets.token_bytes(records.GENERATION)
        _write(self._descriptor, records.header(generation), 0)
        self._flush()
        self.generation, self._end = generation, BLOCK
        self.placed.clear()
        self.doubted = False

    def sets(self) -> Iterable[tuple[Part, ...]]:
        """Read the sets back.

        Raises:
            OSError: The disk refuses.
        """
        return records.whole(os.pread(self._descriptor, self._end, 0))

    def close(self) -> None:
        """Let it go; if it is still there, it has no writer any more."""
        os.close(self._descriptor)

    def _refuse_failed(self) -> None:
        if self._failure is not None:
            raise OSError(self._failure.errno, self._failure.strerror) from self._failure

    def _fill(self, size: int) -> None:
        """Have zeros up to this size, so that no sync of a set has to grow the file.

        Raises:
            OSError: The disk refuses.
        """
        if size <= self._room:
            return
        room = max(size, 2 * self._room)
        room += -room % _STEP
        _write(self._descriptor, bytes(room - self._room), self._room)
        self._flush()
        self._room = room

    def _flush(self) -> None:
        """Sync the file with its size.

        Raises:
            OSError: The disk refuses; no sync after this one is believed.
        """
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            self._failure = error
            raise

    def _sync(self) -> None:
        """Sync what is written; others write meanwhile."""
        self._syncing, upto = True, self._written
        self._change.release()
        failure: OSError | None = None
        try:
            _sync_named(self._descriptor)
        except OSError as error:
            failure = error
        finally:
            self._change.acquire()
            self._syncing = False
            self._change.notify_all()
        # What a failed sync left out, the next one may not try again; and where two run at once,
        # one of them alone is told.
        self._failure = self._failure or failure
        if self._failure is None:
            self._synced = upto


def _sync_named(descriptor: int) -> None:
    """Sync a file that still has a name: what nobody finds again is not kept.

    Raises:
        OSError: The disk refuses, or somebody took the file away.
    """
    os.fdatasync(descriptor)
    if os.fstat(descriptor).st_nlink == 0:
        raise OSError(errno.ESTALE, "the journal was taken away")


def _write(descriptor: int, content: bytes, at: int) -> None:
    left = memoryview(content)
    while left:
        written = os.pwrite(descriptor, left, at)
        left, at = left[written:], at + written
