"""Files that were written without waiting for the disk, and now are to be on it.

One call for a whole file system (`syncfs`) is worth thousands for its files. It is used where it
is known to say that something could not be written: ext4 and XFS under Linux since 5.8
(man 2 syncfs). Elsewhere each file and each directory is synced.
"""

import ctypes
import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path

from gateway.archive.stores import durable

_REPORTING = frozenset({"ext4", "xfs"})
_SINCE = (5, 8)


class Settling:
    """Makes files durable.

    Args:
        root: The highest directory that may be new; its own name is durable.

    Raises:
        OSError: The disk refuses.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Opened before anything is written: it is told of what failed since.
        self._descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._whole = _reports(self._descriptor)

    def settle(self, files: Iterable[Path]) -> None:
        """Return when these files and their names are on the disk.

        Raises:
            OSError: Some may not be, and asking again is no proof: they are to be written again.
        """
        if self._whole:
            _syncfs(self._descriptor)
        else:
            self.one_by_one(files)

    def one_by_one(self, files: Iterable[Path]) -> None:
        """Do the same without leaning on the whole file system.

        Raises:
            OSError: As `settle`.
        """
        named = list(dict.fromkeys(files))
        durable.sync_files(named)
        directories = dict.fromkeys(
            above
            for file in named
            for above in file.parents
            if above == self._root or self._root in above.parents
        )
        durable.sync_directories(list(directories))

    def close(self) -> None:
        """Let the directory go."""
        os.close(self._descriptor)


def _reports(descriptor: int) -> bool:
    """Say whether `syncfs` can be believed for the file system of this directory."""
    release = re.match(r"(\d+)\.(\d+)", platform.release())
    if platform.system() != "Linux" or release is None:
        return False
    if (int(release[1]), int(release[2])) < _SINCE:
        return False
    device = os.fstat(descriptor).st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = Path("/proc/self/mountinfo").read_text(errors="replace").splitlines()
    except OSError:
        return False
    # man 5 proc_pid_mountinfo: the third field is the device; behind " - " the type is the first.
    kinds = {
        mount.partition(" - ")[2].split(" ")[0]
        for mount in mounts
        if mount.split(" ")[2] == wanted
    }
    return bool(kinds) and kinds <= _REPORTING and hasattr(_libc(), "syncfs")


def _syncfs(descriptor: int) -> None:
    if _libc().syncfs(descriptor):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
