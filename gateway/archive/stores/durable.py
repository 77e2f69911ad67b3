"""Files and directories that are on the disk when the call returns."""

import errno
import functools
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path

from gateway.kit.ids import new_id

_DIRECTORY_MODE = 0o750
_FILE_MODE = 0o440
_REMEMBERED = 50_000
_AT_ONCE = 16  # threads that wait for the disk

# Where the file system has no hard links (some network file systems, FAT).
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})


def create(files: Mapping[Path, bytes], incoming: Path, also: Iterable[Path] = ()) -> None:
    """Create files whole or not at all; who is there already stays.

    Args:
        files: Content by path; their directories exist.
        incoming: A directory of the same file system, where they are written first.
        also: Files that are there already, whose writers may not have made the names durable yet.

    Raises:
        OSError: The disk refuses; some may be there.
    """
    with ExitStack() as undo:
        written = {target: _written(content, incoming, undo) for target, content in files.items()}
        _together(_sync_file, list(written.values()))
        for target, draft in written.items():
            _name(draft, target)
    _together(sync_directory, list(dict.fromkeys(target.parent for target in (*files, *also))))


def place(files: Mapping[Path, bytes], incoming: Path) -> None:
    """Create files whole or not at all, with their directories, and do not wait for the disk.

    What another wrote there meanwhile is replaced: it is the same.

    Args:
        files: Content by path.
        incoming: As for `create`.

    Raises:
        OSError: The disk refuses; some may be there.
    """
    for target, content in files.items():
        draft = incoming / new_id().hex
        descriptor = os.open(
            draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FILE_MODE
        )
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                os.fchmod(descriptor, _FILE_MODE)
                left = memoryview(content)
                while left:
                    left = left[file.write(left) :]
            try:
                draft.rename(target)
            except FileNotFoundError:
                _make(target.parent)
                draft.rename(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def replace(path: Path, content: bytes, incoming: Path) -> None:
    """Write a file anew, so that a reader finds the old content or the new.

    Raises:
        OSError: The disk refuses.
    """
    with ExitStack() as undo:
        draft = _written(content, incoming, undo)
        _sync_file(draft)
        draft.replace(path)
    sync_directory(path.parent)


def make_directory(path: Path) -> None:
    """Make a directory and its parents; each new name is durable in its parent.

    Raises:
        OSError: The disk refuses.
    """
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
    sync_directory(path.parent)


class Directories:
    """Directories whose names are durable, as far as this process knows.

    That one is there is not enough: whoever made it may not have come to the sync, or failed.

    Args:
        root: The highest; it exists.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._durable = root, set[Path]()

    def make(self, path: Path) -> None:
        """Make a directory below the root, with those between.

        Raises:
            OSError: The disk refuses.
        """
        if path == self._root or (path in self._durable and path.is_dir()):
            return
        self.make(path.parent)
        path.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
        sync_directory(path.parent)
        if len(self._durable) >= _REMEMBERED:
            self._durable.clear()
        self._durable.add(path)


def sync_files(paths: Sequence[Path]) -> None:
    """Make the bytes of files durable, waiting for all at once.

    Raises:
        OSError: The disk refuses one; all were tried.
    """
    _together(_sync_file, paths)


def sync_directories(paths: Sequence[Path]) -> None:
    """Make the names in directories durable, waiting for all at once.

    Raises:
        OSError: The disk refuses one; all were tried.
    """
    _together(sync_directory, paths)


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable.

    Raises:
        OSError: The disk refuses.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written(content: bytes, incoming: Path, undo: ExitStack) -> Path:
    """Write bytes under a passing name, which `undo` takes away."""
    descriptor, name = tempfile.mkstemp(dir=incoming)
    draft = Path(name)
    undo.callback(draft.unlink, missing_ok=True)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), _FILE_MODE)
    return draft


def _make(path: Path) -> None:
    """Make a directory and its parents, without waiting for the disk."""
    try:
        path.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
    except FileNotFoundError:
        _make(path.parent)
        path.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _together(sync: Callable[[Path], None], paths: Sequence[Path]) -> None:
    """Wait for all of them at once: a journal commits for many what it would for each.

    Raises:
        OSError: One failed; all have ended.
    """
    if len(paths) < 2:  # noqa: PLR2004 - nobody to wait with
        for path in paths:
            sync(path)
        return
    outcomes = [_pool(os.getpid()).submit(sync, path) for path in paths]
    wait(outcomes)
    for outcome in outcomes:
        outcome.result()


@functools.cache
def _pool(_: int) -> ThreadPoolExecutor:
    """Return the threads of a process; one that was forked has none of its parent's."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fsync")


def _name(draft: Path, target: Path) -> None:
    """Give a finished file its name without replacing one that is there."""
    try:
        os.link(draft, target)
    except FileExistsError:
        return  # another writer of the same bytes was first
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # It replaces at worst the same bytes, written by another a moment ago.
        draft.rename(target)
