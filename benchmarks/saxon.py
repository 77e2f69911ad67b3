"""The other end of `saxon_process`: asks SaxonC to judge documents and to say what it took."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).with_name("saxon_process.py")


@dataclass(frozen=True, slots=True)
class Spent:
    """What one judgement took.

    Attributes:
        processor: Nanoseconds of processor time.
        wall: Nanoseconds by the clock on the wall.
        found: How many findings there were.
    """

    processor: int
    wall: int
    found: int


class Saxon:
    """A SaxonC process with its stylesheets compiled.

    Attributes:
        version: What it says it is.
    """

    def __init__(self, process: "subprocess.Popen[str]", stylesheets: Sequence[Path]) -> None:
        self._process = process
        answer = self._ask(compile=[str(each) for each in stylesheets])
        self.version = str(answer["ready"])

    def judge(self, document: Path) -> Spent:
        """Return what judging a file took; its bytes are in memory when the clock starts."""
        return Spent(**self._ask(judge=str(document)))

    def _ask(self, **request: object) -> dict[str, int]:
        assert self._process.stdin is not None  # noqa: S101 - opened below
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"SaxonC's process ended: {self._process.wait()}")
        return dict(json.loads(answer))


@contextmanager
def saxon(stylesheets: Sequence[Path]) -> Iterator[Saxon]:
    """Start SaxonC and end it.

    Args:
        stylesheets: Compiled Schematron that opens no other file.
    """
    command = [sys.executable, str(PROGRAM)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and file
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Saxon(process, stylesheets)
