"""What stands in journals whose writer is no more, put back into its place.

A machine that stopped may have kept names without bytes, or neither: what is in a journal is
right. Who is stopped while restoring leaves the journal, and the next one restores it again.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import structlog

from gateway.archive.stores import durable, records
from gateway.archive.stores.journal import SUFFIX
from gateway.archive.stores.records import BLOCK, Part
from gateway.archive.stores.settling import Settling

_log = structlog.get_logger(__name__)


class Ground:
    """Where an archive's files are.

    Args:
        archive: Its directory.
    """

    def __init__(self, archive: Path) -> None:
        self.archive, self.entities = archive, archive / "entities"
        self.incoming, self.journals = archive / "incoming", archive / "journals"

    def path(self, owner: UUID, digest: bytes) -> Path:
        """Return where a file is, or would be."""
        name = digest.hex()
        return self.entities / str(owner) / name[:2] / name

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for whoever else makes a journal, or looks for those without a writer.

        Raises:
            OSError: The disk refuses.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self.archive / "journals.lock", flags, 0o640)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def restore(ground: Ground) -> None:
    """Restore from the journals that nobody writes any more, and take them away.

    Raises:
        OSError: The disk refuses; the journals that are left are to be restored again.
    """
    if not _journals(ground):
        return
    with ground.alone():
        for path in _journals(ground):
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            except FileNotFoundError:
                continue  # its writer took it away, as all of it is settled
            try:
                if _is_written(descriptor) or os.fstat(descriptor).st_nlink == 0:
                    continue
                put_back(ground, records.whole(path.read_bytes()), path.stem)
                path.unlink()
                durable.sync_directory(ground.journals)
            finally:
                os.close(descriptor)


def put_back(
    ground: Ground, sets: Iterable[tuple[Part, ...]], journal: str, *, anew: bool = False
) -> None:
    """Have the files of a journal as it says, on the disk.

    Args:
        ground: Where.
        sets: What they are.
        journal: Its name, for the log.
        anew: Write all of them, also those that read as they should: the disk refused them.

    Raises:
        OSError: The disk refuses.
    """
    settling, files, written = Settling(ground.entities), list[Path](), 0
    try:
        for part in (one for parts in sets for one in parts):
            target = ground.path(part.owner, part.digest)
            if anew or _read(target) != part.stored:
                durable.place({target: part.stored}, ground.incoming)
                written += 1
            files.append(target)
        if anew:
            settling.one_by_one(files)
        else:
            settling.settle(files)
    finally:
        settling.close()
    if files:
        _log.warning("archive_restored", journal=journal, files=len(files), written=written)


def holds(ground: Ground, owner: UUID, digest: bytes) -> bool:
    """Say whether a journal could bring these bytes back.

    Raises:
        OSError: The disk does not answer.
    """
    for path in _journals(ground):
        try:
            with path.open("rb") as file:
                begin = file.read(2 * BLOCK)
                if not records.begins(begin):
                    continue
                content = begin + file.read()
        except FileNotFoundError:
            continue  # its writer took it away
        for parts in records.whole(content):
            if any((part.owner, part.digest) == (owner, digest) for part in parts):
                return True
    return False


def _journals(ground: Ground) -> list[Path]:
    try:
        return sorted(path for path in ground.journals.iterdir() if path.suffix == SUFFIX)
    except FileNotFoundError:
        return []


def _is_written(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _read(path: Path) -> bytes | None:
    """Return what is there; None also where nothing can be: it is written then, or that fails."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
