"""The files of a command line: which there are, and their bytes, never more than we can judge."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

STDIN = "-"
STANDARD_INPUT = "standard input"
"""Its name in reports."""

MOST_BYTES = 50 * 1024 * 1024
"""The largest file that is read: as large as a PDF may be (XML and JSON may be 20 MiB)."""

_ENDINGS = frozenset({".xml", ".pdf", ".json"})


def found(names: Iterable[str]) -> Iterator[str]:
    """Yield the files to judge, in order; a directory stands for the documents below it.

    Of a directory come the files that end in .xml, .pdf or .json, by name, at any depth; hidden
    ones and what symbolic links lead to are left out.
    """
    for name in names:
        if name != STDIN and Path(name).is_dir():
            yield from _below(name)
        else:
            yield name


def content_of(name: str) -> bytes:
    """Return the bytes of a file; one byte more than `MOST_BYTES` where it is larger.

    Raises:
        OSError: It cannot be read.
    """
    if name == STDIN:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _below(directory: str) -> Iterator[str]:
    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.lower() in _ENDINGS:
                yield str(Path(folder, file))
