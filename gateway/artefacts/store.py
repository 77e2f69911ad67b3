"""The cache on disk: an artefact is in it whole, with its declared bytes, or not at all.

Files are written into a folder of their own below `.incoming`, flushed to the disk, and the folder
is renamed into place; a process that dies in between leaves something that nobody looks at, and
the next sync removes it. One sync at a time writes, the others wait.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from gateway.artefacts.errors import StoreError
from schemas.declaration import Declaration, Source
from schemas.places import cache_folder

_POLL_SECONDS = 0.1
_BUSY = frozenset({errno.EACCES, errno.EAGAIN})


class Store:
    """The cache of fetched files, to be written.

    Args:
        cache: Its folder; made when it is first opened.
    """

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.incoming = cache / ".incoming"

    @contextlib.contextmanager
    def opened(self, seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the cache against other syncs, and clear away what dead ones left.

        Args:
            seconds: How long to wait for another sync.
            waiting: Called once if there is one.

        Raises:
            StoreError: It cannot be written, or the other one is not done in time.
        """
        with _said(self.cache):
            self.cache.mkdir(parents=True, exist_ok=True)
            lock = (self.cache / ".lock").open("wb")
        with lock:
            _wait(lock.fileno(), seconds, waiting)
            with _said(self.cache):
                shutil.rmtree(self.incoming, ignore_errors=True)
                self.incoming.mkdir(exist_ok=True)
            try:
                yield
            finally:
                shutil.rmtree(self.incoming, ignore_errors=True)

    def scratch(self) -> Path:
        """Return a new folder that is removed when the cache is closed; raises `StoreError`."""
        with _said(self.cache):
            return Path(tempfile.mkdtemp(dir=self.incoming))

    def put(self, declaration: Declaration, source: Source, files: Mapping[str, bytes]) -> None:
        """Put the checked files of a source into the cache.

        Raises:
            StoreError: It cannot be written; nothing of it is then in the cache.
        """
        final = cache_folder(self.cache, declaration, source)
        with _said(self.cache):
            folder = Path(tempfile.mkdtemp(dir=self.incoming))
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, content)
            for directory in {folder, *(each for each in folder.rglob("*") if each.is_dir())}:
                directory.chmod(0o755)
                _flush(directory)
            final.parent.mkdir(parents=True, exist_ok=True)
            self._discard(final)
            folder.rename(final)
            _flush(final.parent)

    def discard(self, declaration: Declaration, source: Source) -> None:
        """Take out what is in the cache for a source; raises `StoreError`."""
        with _said(self.cache):
            self._discard(cache_folder(self.cache, declaration, source))

    def _discard(self, final: Path) -> None:
        """Move it away first: between a rename and the next there is no half of it."""
        if final.exists():
            final.rename(Path(tempfile.mkdtemp(dir=self.incoming)) / final.name)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _wait(descriptor: int, seconds: float, waiting: Callable[[], None]) -> None:
    deadline = time.monotonic() + seconds
    said = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _BUSY:
                raise StoreError(f"the cache cannot be locked: {error.strerror}") from error
        else:
            return
        if time.monotonic() > deadline:
            raise StoreError(f"another sync is not done after {seconds:g} s")
        if not said:
            waiting()
            said = True
        time.sleep(_POLL_SECONDS)


@contextlib.contextmanager
def _said(cache: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{cache} cannot be written: {error.strerror}") from error
