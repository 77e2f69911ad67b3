"""Evidence sets on the disk: how many a second, beside plain files that are fsynced one by one.

    python -m benchmarks.archive             # about two minutes, under the present directory
    python -m benchmarks.archive --sets 50 --threads 1 2

A set is the five files that issuing an invoice makes, of its sizes; every byte of it is new. Turns
alternate, so that a change in the disk's speed meets all. What is timed is the clock on the wall:
the disk is what is waited for. The directory must be on the disk that is to be measured.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

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
    for threads in chosen.threads:
        found: dict[str, list[float]] = {}
        for _ in range(chosen.rounds):
            for name, subject_in in SUBJECTS.items():
                with tempfile.TemporaryDirectory(dir=chosen.directory) as root:
                    rate = turn(subject_in, Path(root), chosen.sets, threads)
                found.setdefault(name, []).append(rate)
        for name, rates in found.items():
            print(f"{threads} threads, {name}: {statistics.median(rates):.0f}")  # noqa: T201


def turn(
    subject_in: Callable[[Path], Callable[[], Subject]], root: Path, sets: int, threads: int
) -> float:
    """Store sets with several threads; return how many a second."""
    made = subject_in(root)
    each = sets // threads
    work = [[[os.urandom(size) for size in SIZES] for _ in range(each)] for _ in range(threads)]
    start = threading.Barrier(threads + 1)

    def run(mine: Sequence[Sequence[bytes]]) -> None:
        store = made()
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
    return each * threads / (time.perf_counter() - began)


def together(root: Path) -> Callable[[], Subject]:
    """Return what stores the files of a set together; each thread is an entity."""
    store = DiskStore(root)

    def made() -> Subject:
        owner = new_id()
        return lambda contents: store.put_many(owner, contents)

    return made


def one_by_one(root: Path) -> Callable[[], Subject]:
    """Return what stores them in the same store, one after the other."""
    store = DiskStore(root)

    def made() -> Subject:
        owner = new_id()
        return lambda contents: [store.put(owner, content) for content in contents]

    return made


def plain_files(root: Path) -> Callable[[], Subject]:
    """Return what writes each as a file of a flat directory, and fsyncs it; names are not."""

    def made() -> Subject:
        def write(contents: Sequence[bytes]) -> None:
            for content in contents:
                with (root / new_id().hex).open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())

        return write

    return made


SUBJECTS = {
    "plain files, each fsynced": plain_files,
    "the store, one by one": one_by_one,
    "the store, a set together": together,
}


if __name__ == "__main__":
    main()
