"""Judging documents by EN 16931 and Peppol BIS, beside SaxonC with its stylesheets compiled.

Run from the root of the repository: `python -m benchmarks.validation`; with `--cold` one document
by a new process. What is compared with what, and what is not, stands in README.md beside this
file. Needs the official files: `GATEWAY_OFFICIAL`, by default `../shared/official`.
"""

import argparse
import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from lxml import etree

from benchmarks import cold
from benchmarks.documents import KINDS, valid
from benchmarks.saxon import Saxon, Spent, saxon
from benchmarks.timing import measure
from formats.validation import xsd
from formats.validation.document import Document
from formats.validation.rules import CompiledRules
from schemas import Artefact, Catalog

RULE_SETS = ("eu.cen.en16931:ubl:1.3.16", "eu.peppol.bis3:invoice:2026.5")
SCHEMA = "org.oasis-open.ubl:invoice:2.1"
GOALS = {10: 5.0, 1_000: 4.0, 10_000: 4.0}
"""How many times longer SaxonC is to take, by lines."""

SCHEMA_GOAL = 250.0
"""Microseconds for parsing and the schema, 10 lines."""

_DAY = date(2026, 11, 21)
_OFFICIAL = Path(__file__).parents[2] / "shared" / "official"


@dataclass(slots=True)
class Subject:
    """One document, and what its judgements took."""

    name: str
    lines: int
    content: bytes
    path: Path
    ours: list[Spent] = field(default_factory=list)
    theirs: list[Spent] = field(default_factory=list)


class Ours:
    """Our side: from the bytes to findings with messages, locations and lines."""

    def __init__(self, artefacts: Sequence[Artefact]) -> None:
        self._artefacts = artefacts
        self._rules = CompiledRules()
        for artefact in artefacts:
            self._rules.prepare(artefact)

    def judge(self, content: bytes) -> Spent:
        """Judge a document, nothing remembered of it, and return what that took."""
        wall, processor = time.perf_counter_ns(), time.process_time_ns()
        document = Document(content)
        found = [each for one in self._artefacts for each in self._rules.run(one, document)]
        document.release()
        spent = time.process_time_ns() - processor
        return Spent(spent, time.perf_counter_ns() - wall, len(found))


def catalog() -> Catalog:
    """Return the catalogue over the official files of this machine."""
    return Catalog([Path(os.environ.get("GATEWAY_OFFICIAL", _OFFICIAL))])


def in_turn(ours: Ours, theirs: Saxon, subjects: Sequence[Subject], rounds: int) -> None:
    """Have every document judged by both in every round, one turn after the other.

    Raises:
        RuntimeError: The two do not find equally much.
    """
    for number in range(-1, rounds):  # the first round is a warm-up
        for subject in subjects:
            calls = range(_calls(subject.lines))
            gc.collect()
            mine = [ours.judge(subject.content) for _ in calls]
            other = [theirs.judge(subject.path) for _ in calls]
            if {each.found for each in mine} != {each.found for each in other}:
                raise RuntimeError(f"{subject.name}: {mine[0].found}, {other[0].found} findings")
            if number >= 0:
                subject.ours += mine
                subject.theirs += other


def _calls(lines: int) -> int:
    """Return how often a document is judged in a round: small ones oftener."""
    return max(1, min(20, 2_000 // lines))


def rows(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield a table: medians of processor time, and the ratio of each clock."""
    yield (
        f"{'':32} {'findings':>8} {'ours':>11} {'SaxonC':>11}"
        f" {'ratio':>6} {'wall':>6} {'calls':>6}"
    )
    for each in subjects:
        mine, other = _median(each.ours, _processor), _median(each.theirs, _processor)
        wall = _median(each.theirs, _wall) / _median(each.ours, _wall)
        goal = GOALS.get(each.lines)
        remark = "" if goal is None else f"  goal {goal:.0f}: {_word(other / mine >= goal)}"
        yield (
            f"{each.name:32} {each.ours[0].found:8} {mine / 1e6:8.2f} ms {other / 1e6:8.2f} ms"
            f" {other / mine:6.1f} {wall:6.1f} {len(each.ours):6}{remark}"
        )


def growth(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield how our time grows with the lines, kind by kind."""
    by_kind: dict[str, list[Subject]] = {}
    for each in subjects:
        by_kind.setdefault(each.name.rpartition(", ")[0], []).append(each)
    for kind, sizes in by_kind.items():
        for less, more in pairwise(sizes):
            ratio = _median(more.ours, _processor) / _median(less.ours, _processor)
            yield f"{kind}: t({more.lines}) / t({less.lines}) = {ratio:.1f}"


def _processor(spent: Spent) -> int:
    return spent.processor


def _wall(spent: Spent) -> int:
    return spent.wall


def _median(spent: Sequence[Spent], clock: Callable[[Spent], int]) -> float:
    return statistics.median(map(clock, spent))


def _word(held: object) -> str:
    return "held" if held else "missed"


def schema_alone(artefact: Artefact, lines: int, rounds: int) -> str:
    """Return how long parsing and the schema take, without any rule."""
    content = valid(lines)

    def check() -> None:
        if xsd.check_element(artefact, Document(content).root):
            raise RuntimeError("the schema refuses what is valid")

    name = f"parse and XSD alone, {lines} lines"
    median = measure({name: check}, rounds=rounds, budget=0.1)[name].median
    remark = f"  goal {SCHEMA_GOAL:.0f}: {_word(median <= SCHEMA_GOAL)}" if lines == 10 else ""  # noqa: PLR2004
    return f"{name}: {median:.0f} us{remark}"


def run(sizes: Sequence[int], rounds: int, *, grow: bool) -> Iterator[str]:
    """Measure everything and yield the report, line by line."""
    official = catalog()
    artefacts = [official.artefact(each, _DAY) for each in RULE_SETS]
    with tempfile.TemporaryDirectory() as home:
        sheets = [
            _written(Path(home), f"{n}.xsl", each.content) for n, each in enumerate(artefacts)
        ]
        subjects = [
            Subject(f"{kind}, {lines} lines", lines, content, path)
            for kind, make in KINDS.items()
            for lines in sizes
            for content in (make(lines),)
            for path in (_written(Path(home), f"{kind} {lines}.xml", content),)
        ]
        with saxon(sheets) as theirs:
            yield (
                f"Python {platform.python_version()}, lxml {etree.__version__}, {theirs.version}; "
                f"{rounds} rounds, garbage collector on; {' and '.join(RULE_SETS)}"
            )
            in_turn(Ours(artefacts), theirs, subjects, rounds)
        yield from rows(subjects)
    if grow:
        yield from growth(subjects)
    yield schema_alone(official.artefact(SCHEMA, _DAY), sizes[0], rounds)


def _written(home: Path, name: str, content: bytes) -> Path:
    path = home / name
    path.write_bytes(content)
    return path


def main(arguments: list[str] | None = None) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[10, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--growth", action="store_true", help="also how the time grows")
    parser.add_argument(
        "--cold", action="store_true", help="one document by a new process instead"
    )
    options = parser.parse_args(arguments)
    report = (
        cold.run(catalog(), RULE_SETS, _DAY, options.rounds)
        if options.cold
        else run(options.lines, options.rounds, grow=options.growth)
    )
    for line in report:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
