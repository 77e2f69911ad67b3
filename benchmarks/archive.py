"""Evidence sets on the disk: how many a second, beside plain files that are fsynced one by one.

    python -m benchmarks.archive             # about two minutes, under the present directory
    python -m benchmarks.archive --sets 50 --threads 1 2

A set is the five files that issuing an invoice makes, of its sizes; every byte of it is new. Turns
alternate, so that a change in the disk's speed meets all. What is timed is the clock on the wall,
until all files of a turn are durable under their own names: a journal that is not settled yet
would only move the work to later. Nothing is deleted before the end: ext4 gives the inodes of
deleted files out again after minutes only, and looks for others meanwhile. The directory must be
on the disk that is to be measured.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from gateway.archive.stores.disk import DiskStore
from gateway.kit.ids import new_id

GOAL = 500  # sets a second
SIZES = (6_000, 2_000, 9_000, 3_000, 4_000)  # document, input, report, tax decision, rendition
_ROUNDS = 3

Subject = Callable[[Sequence[bytes]], object]
"""Stores one set."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=400, help="in one turn, over all threads")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--directory", type=Path, default=Path())
    chosen = parser.parse_args(arguments)
    print(f"evidence sets a second (goal {GOAL}): median of {chosen.rounds} turns")  # noqa: T201
    with tempfile.TemporaryDirectory(dir=chosen.directory) as directory:
        for threads in chosen.threads:
            found: dict[str, list[float]] = {}
            for _ in range(chosen.rounds):
                for name, subject_in in SUBJECTS.items():
                    root = Path(tempfile.mkdtemp(dir=directory))
                    rate = turn(subject_in, root, chosen.sets, threads)
                    found.setdefault(name, []).append(rate)
            for name, rates in found.items():
                print(f"{threads} threads, {name}: {statistics.median(rates):.0f}")  # noqa: T201


def turn(subject_in: Callable[[Path], "Measured"], root: Path, sets: int, threads: int) -> float:
    """Store sets with several threads; return how many a second."""
    measured = subject_in(root)
    each = sets // threads
    work = [[[os.urandom(size) for size in SIZES] for _ in range(each)] for _ in range(threads)]
    start = threading.Barrier(threads + 1)

    def run(mine: Sequence[Sequence[bytes]]) -> None:
        store = measured.made()
        start.wait()
        for contents in mine:
            store(contents)

    started = [threading.Thread(target=run, args=(mine,)) for mine in work]
    for thread in started:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in started:
        thread.join()
    measured.ended()
    return each * threads / (time.perf_counter() - began)


class Measured(NamedTuple):
    """Something that stores sets.

    Attributes:
        made: Returns what a thread stores its sets with; each thread is an entity.
        ended: Returns when all of them are durable.
    """

    made: Callable[[], Subject]
    ended: Callable[[], None]


def journaled(root: Path) -> Measured:
    """Return a store as installations have it."""
    store = DiskStore(root, journal=True)

    def made() -> Subject:
        owner = new_id()
        return lambda contents: store.put_many(owner, contents)

    return Measured(made, store.settle)


def together(root: Path) -> Measured:
    """Return a store without a journal: it waits for all files of a set together."""
    store = DiskStore(root)

    def made() -> Subject:
        owner = new_id()
        return lambda contents: store.put_many(owner, contents)

    return Measured(made, store.settle)


def plain_files(root: Path) -> Measured:
    """Return what writes each as a file of a flat directory, and fsyncs it; names are not."""

    def made() -> Subject:
        def write(contents: Sequence[bytes]) -> None:
            for content in contents:
                with (root / new_id().hex).open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())

        return write

    return Measured(made, lambda: None)


class Shared:
    """A file that all threads append to: who comes while it is synced shares the next sync.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)
        self._change = threading.Condition()
        self._written = self._synced = 0
        self._syncing = False

    def __del__(self) -> None:
        self._file.close()

    def append(self, content: bytes) -> None:
        """Write and wait until it is on the disk."""
        with self._change:
            self._file.write(content)
            self._written += 1
            mine = self._written
            while self._synced < mine:
                if self._syncing:
                    self._change.wait()
                else:
                    self._sync()

    def _sync(self) -> None:
        """Sync what is written; others write meanwhile."""
        self._syncing, upto = True, self._written
        self._change.release()
        try:
            os.fdatasync(self._file.fileno())
        finally:
            self._change.acquire()
            self._syncing = False
            self._change.notify_all()
        self._synced = upto


def shared(root: Path) -> Measured:
    """Return what appends sets of all threads to one file, and makes no files of them."""
    journal = Shared(root / "journal")
    return Measured(lambda: lambda contents: journal.append(b"".join(contents)), lambda: None)


SUBJECTS = {
    "plain files, each fsynced": plain_files,
    "the store without a journal": together,
    "the store": journaled,
    "one journal, no files": shared,
}


if __name__ == "__main__":
    main()
