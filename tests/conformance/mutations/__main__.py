"""`python -m tests.conformance.mutations --seeds 0-20000 --jobs 2`: mutants, judged by both."""

import argparse
import re
import sys
from pathlib import Path

from tests.conformance.engines import compiled_rules, official_folder, saxon_twice
from tests.conformance.mutations.campaign import Wish, campaign
from tests.conformance.mutations.report import lines, lost, write
from tests.conformance.mutations.tally import Tally


def _seeds(text: str) -> range:
    found = re.fullmatch(r"([0-9]+)-([0-9]+)", text)
    if found is None:
        raise argparse.ArgumentTypeError("two numbers: 0-20000")
    return range(int(found[1]), int(found[2]))


def main() -> int:
    """Run, print the report, and return 1 when there is any difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(20_000), metavar="A-B")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--name", default="", help="only rule sets whose path holds this")
    parser.add_argument("--compiled", action="store_true", help="no Schematron sources")
    parser.add_argument("--quick", action="store_true", help="the seeds only, not what they miss")
    parser.add_argument("--tries", type=int, default=0, help="mutants per rule that nothing fired")
    parser.add_argument("--saxon", action="store_true", help="Saxon beside Saxon, to try this")
    parser.add_argument("--output", type=Path, help="all of it as JSON")
    wanted = parser.parse_args()
    wish = Wish(
        official=official_folder(),
        seeds=wanted.seeds,
        jobs=wanted.jobs,
        engine=saxon_twice if wanted.saxon else compiled_rules,
        name=wanted.name,
        sources=not wanted.compiled,
        reach=not wanted.quick,
        tries=wanted.tries,
    )

    def progress(tally: Tally) -> None:
        _say(f"{tally.mutants:6} {len(tally.differences):4} differences  {tally.rule_set}")

    result = campaign(wish, progress)
    for line in lines(wish, result):
        _say(line)
    if wanted.output:
        write(wanted.output, wish, result)
    wrong = any(tally.differences for tally in result.tallies) or lost(result)
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
