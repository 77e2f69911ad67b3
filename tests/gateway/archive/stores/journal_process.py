"""A process that is killed at one step after the other while it archives, or while it restores.

`journal_process.py <directory> write|restore`: for each n a child works in `<directory>/<n>` and
is killed (SIGKILL) at its n-th call that changes the disk. What it did stands in `<n>.did`, one
JSON array a line. The last child is not killed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from gateway.archive.stores import settling
from gateway.archive.stores.disk import DiskStore

OWNER = UUID(int=7)
CALLS = ("pwrite", "fdatasync", "fsync", "rename", "unlink", "mkdir", "open")


class Watch:
    """Tells what is done before and after, and kills at the n-th call."""

    def __init__(self, left: int, did: Path) -> None:
        self.left = left
        self._did = os.open(did, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._write = os.write

    def say(self, *what: object) -> None:
        self._write(self._did, json.dumps(what).encode() + b"\n")

    def over(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            about = given[0] if given else ""
            if isinstance(about, int):
                about = Path(f"/proc/self/fd/{about}").readlink()
            where: list[object] = []
            if name == "pwrite":
                where = [given[2], len(given[1])]
            elif name == "rename":
                where = [str(given[1])]
            self.say("begin", name, str(about), *where)
            found = real(*given, **named)
            self.say("done", name, str(about), *where)
            return found

        return call


def sets(number: int) -> list[list[bytes]]:
    return [[b"%d %d %d " % (number, one, part) * 400 for part in range(2)] for one in range(4)]


def write(root: Path, number: int, watch: Watch) -> None:
    """Archive some sets, settle in the middle, and end as a process does."""
    store = DiskStore(root, journal=True)
    for place, contents in enumerate(sets(number)):
        digests = store.put_many(OWNER, contents)
        watch.say("acknowledged", *(digest.hex() for digest in digests))
        if place == 1:
            store.settle()


def restore(root: Path, number: int, watch: Watch) -> None:
    del number, watch
    DiskStore(root, journal=True)


def main() -> None:
    directory, what = Path(sys.argv[1]), {"write": write, "restore": restore}[sys.argv[2]]
    for number in range(200):
        child = os.fork()
        if not child:
            watch = Watch(number, directory / f"{number}.did")
            for name in CALLS:
                setattr(os, name, watch.over(name, getattr(os, name)))
            settling._syncfs = watch.over("syncfs", settling._syncfs)
            what(directory / str(number), number, watch)
            sys.exit()
        if not os.waitpid(child, 0)[1]:
            return
    sys.exit("it was killed every time")


if __name__ == "__main__":
    main()
