"""One document by a new process: `gateway validate` beside a new process with SaxonC."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.documents import valid
from benchmarks.saxon import PROGRAM
from schemas import Catalog

MOST = 0.5
"""What share of SaxonC's time ours may take."""

_LINES = 10


@dataclass(frozen=True, slots=True)
class Process:
    """What one process took, its start and end included.

    Attributes:
        processor: Seconds of processor time, its children's too.
        wall: Seconds by the clock on the wall.
    """

    processor: float
    wall: float


def run(catalog: Catalog, rule_sets: Sequence[str], day: date, rounds: int) -> Iterator[str]:
    """Run both in turn and yield medians and their ratio.

    Ours finds its rules compiled, as every run but the first does; SaxonC keeps nothing between
    processes. Ours also judges by our own rules and by the schema.
    """
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        document = home / "one.xml"
        document.write_bytes(valid(_LINES))
        sheets = []
        for number, name in enumerate(rule_sets):
            sheets.append(home / f"{number}.xsl")
            sheets[-1].write_bytes(catalog.artefact(name, day).content)
        environment = os.environ | {
            "PYTHONDONTWRITEBYTECODE": "",  # what is installed has its byte code
            "GATEWAY_DATA": str(home / "data"),
            "GATEWAY_SCHEMAS_DIR": str(catalog.places.directories[0]),
        }
        gateway = [str(Path(sys.executable).with_name("gateway")), "validate", str(document)]
        saxon = [sys.executable, str(PROGRAM), str(document), *map(str, sheets)]
        ours, theirs = [], []
        for number in range(-1, rounds):  # the first round fills caches, ours and the disk's
            mine, other = process(gateway, environment), process(saxon, environment)
            if number >= 0:
                ours.append(mine)
                theirs.append(other)
    yield _row("processor", [each.processor for each in ours], [each.processor for each in theirs])
    yield _row("wall", [each.wall for each in ours], [each.wall for each in theirs])


def process(command: Sequence[str], environment: Mapping[str, str]) -> Process:
    """Run a process to its end and return what it took.

    Raises:
        CalledProcessError: It failed; the document is valid to both.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Process(spent, wall)


def _row(clock: str, ours: Sequence[float], theirs: Sequence[float]) -> str:
    mine, other = statistics.median(ours), statistics.median(theirs)
    return (
        f"cold, {_LINES} lines, {clock}: gateway validate {mine:.3f} s, SaxonC {other:.3f} s: "
        f"{mine / other:.2f} of it  goal {MOST}: {'held' if mine <= MOST * other else 'missed'}"
    )
