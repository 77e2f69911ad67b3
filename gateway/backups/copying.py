"""Copying an archive. Its files never change, so a file that has its name is the file.

How long each is kept stands beside it, and may get longer: that is copied anew each time.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from gateway.archive.stores.terms import SUFFIX

_BLOB = re.compile(r"[0-9a-f]{64}")
ENTITIES = "entities"
_AT_ONCE = 8
"""Directories that are copied at the same time: a disk makes small files one by one slowly."""


@dataclass(slots=True)
class Copied:
    """What was copied.

    Attributes:
        files: Files that the copy has.
        bytes: Their size.
        linked: How many of them are the same as those of a former backup, and take no room.
    """

    files: int = 0
    bytes: int = 0
    linked: int = 0


def count_archive(source: Path) -> Copied:
    """Count the files of an archive, without reading them."""
    counted = Copied()
    for folder in _folders(source / ENTITIES):
        with os.scandir(folder) as entries:
            for entry in entries:
                if _BLOB.fullmatch(entry.name) is not None:
                    counted.files += 1
                    counted.bytes += entry.stat().st_size
    return counted


def copy_archive(
    source: Path,
    target: Path,
    former: Path | None = None,
    told: Callable[[int], None] = lambda _files: None,
) -> Copied:
    """Copy what is not in the target yet; files that come meanwhile may or may not be in it.

    What has the name and not the size of a file is copied again: a machine that stopped may have
    kept a name without bytes.

    Args:
        source: `<data>/archive`; nothing in it is opened for writing.
        target: The copy.
        former: Another copy, whose files are linked where the file system can.
        told: Called with how many files there are so far, now and then.

    Raises:
        OSError: A file cannot be read or written.
    """
    copied = Copied()

    def copy(folder: Path) -> Copied:
        place = folder.relative_to(source)
        return _copy_folder(folder, target / place, None if former is None else former / place)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="copy") as pool:
        for _, folders in groupby(_folders(source / ENTITIES), key=lambda one: one.parent):
            for part in pool.map(copy, folders):
                copied.files += part.files
                copied.bytes += part.bytes
                copied.linked += part.linked
                told(copied.files)
    return copied


def _copy_folder(source: Path, target: Path, former: Path | None) -> Copied:
    """Copy the files of one directory."""
    copied = Copied()
    target.mkdir(parents=True, exist_ok=True)
    present = {entry.name: entry.stat().st_size for entry in os.scandir(target)}
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX):
                _put(Path(entry.path), target / entry.name, None, 0)
            if _BLOB.fullmatch(entry.name) is None:
                continue
            size = entry.stat().st_size
            copied.files += 1
            copied.bytes += size
            if present.get(entry.name) == size:
                continue
            old = None if former is None else former / entry.name
            copied.linked += _put(Path(entry.path), target / entry.name, old, size)
    return copied


def _folders(root: Path) -> Iterator[Path]:
    """Yield the directories that hold files: `<entity>/<two letters>`."""
    for owner in sorted(root.iterdir()) if root.is_dir() else ():
        yield from sorted(one for one in owner.iterdir() if one.is_dir())


def _put(source: Path, target: Path, former: Path | None, size: int) -> bool:
    """Copy a file, or link the former copy of it; tell whether it was linked."""
    if former is not None:
        try:
            if former.stat().st_size == size:
                target.unlink(missing_ok=True)
                target.hardlink_to(former)
                return True
        except OSError:  # it is not there, or lies on another disk
            target.unlink(missing_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    except FileNotFoundError:  # destroyed meanwhile: its time was over
        part.unlink(missing_ok=True)
    return False
