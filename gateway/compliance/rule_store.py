"""Compiled rule sets on disk, so that the next process need not compile them again.

What is kept is code, so it is read only from files that nobody else could have written. A store
that cannot be read or written costs time and nothing else.
"""

import os
import stat
import tempfile
from pathlib import Path

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_LARGEST = 64 * 1024 * 1024


class RuleStore:
    """Keeps compiled rule sets in a directory of this account; a `formats` `Store`.

    Args:
        directory: Made when the first one is kept.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, name: str) -> bytes | None:
        """Return what was kept; None where there is nothing, or others could have written it."""
        try:
            if not _own(self._directory.stat()):
                return None
            # Not blocking: a FIFO of that name would never answer.
            descriptor = os.open(self._directory / name, os.O_RDONLY | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(file.fileno())
                fit = stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST
                return file.read() if fit and _own(status) else None
        except OSError:
            return None

    def save(self, name: str, content: bytes) -> None:
        """Keep a compiled rule set; whole or not at all."""
        temporary = None
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=self._directory, prefix=".new-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(temporary).replace(self._directory / name)
        except OSError:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)


def _own(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE
