"""Finished exports on disk, by the SHA-256 of their content, until they expire.

Exports of the same documents are the same bytes, hence one file. Which file is whose stands in the
job that made it; nobody gets at one but through that.
"""

import datetime
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Stored:
    """A finished file.

    Attributes:
        size: Bytes.
        sha256: Hexadecimal.
    """

    size: int
    sha256: str


class ExportStore:
    """The finished exports of one installation; threads and processes may share it.

    Args:
        root: Their directory, made when first needed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    @contextmanager
    def draft(self) -> Iterator[IO[bytes]]:
        """Open a new file to write to; it is gone at the end unless it was kept."""
        self._incoming.mkdir(mode=0o750, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as file:
            path = Path(file.name)
            try:
                yield file
            finally:
                path.unlink(missing_ok=True)

    def keep(self, file: IO[bytes], now: datetime.datetime) -> Stored:
        """Give a draft that is written its name; it expires some time after `now`."""
        file.flush()
        os.fsync(file.fileno())
        path = Path(file.name)
        with path.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        size = path.stat().st_size
        target = self.path(digest)
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        os.utime(path, (now.timestamp(), now.timestamp()))
        path.rename(target)  # over the same bytes, if they are there: they then stay longer
        return Stored(size, digest)

    def path(self, sha256: str) -> Path:
        """Return where the file with this digest is, or was."""
        return self._root / sha256[:2] / sha256

    def expire(self, before: datetime.datetime) -> int:
        """Remove files made before a moment, and drafts of killed workers; return how many."""
        removed = 0
        for path in self._root.glob("*/*"):
            try:
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
            except FileNotFoundError:  # another process does the same
                continue
        return removed
