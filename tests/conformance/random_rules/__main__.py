"""`python -m tests.conformance.random_rules --seeds 0-500`: random rule sets, judged by both."""

import argparse
import re
import sys
from collections import Counter

from tests.conformance.random_rules.campaign import Difference, Tally, campaign
from tests.conformance.random_rules.judging import Saxon
from tests.conformance.random_rules.shrinking import shrunk
from tests.oracle.saxon import SaxonOracle


def _seeds(text: str) -> range:
    found = re.fullmatch(r"([0-9]+)-([0-9]+)", text)
    if found is None:
        raise argparse.ArgumentTypeError("two numbers: 0-500")
    return range(int(found[1]), int(found[2]))


def main() -> int:
    """Run, print the report, and return 1 when there is any difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(100), metavar="A-B")
    parser.add_argument("--shrink", type=int, default=20, help="differences to cut down")
    parser.add_argument("--kind", default="", help="only such differences are cut down")
    wanted = parser.parse_args()
    with SaxonOracle(most_stylesheets=400) as oracle:
        saxon = Saxon(oracle)
        tally = campaign(wanted.seeds, saxon, _progress)
        for line in _lines(tally):
            _say(line)
        seen: set[tuple[int, str]] = set()
        for difference in tally.differences:
            key = (difference.seed, difference.check)
            wished = not wanted.kind or difference.kind == wanted.kind
            if wished and key not in seen and len(seen) < wanted.shrink:
                seen.add(key)
                _show(shrunk(difference, saxon))
    return 1 if tally.differences else 0


def _progress(seed: int, tally: Tally) -> None:
    if seed % 10 == 9:
        _say(f"{seed:6} {tally.compared:7} compared {len(tally.differences):4} differences")


def _lines(tally: Tally) -> list[str]:
    return [
        f"{tally.sets} rule sets, {tally.checks} expressions, {tally.compared} comparisons",
        f"{tally.said} findings and {tally.errors} errors at the same places",
        f"{tally.skipped} expressions that Saxon refuses; stopped as a whole:",
        *(f"    {count:5} {reason}" for reason, count in tally.whole.most_common()),
        f"{tally.refused.total()} expressions that we refuse:",
        *(f"    {count:5} {reason}" for reason, count in tally.refused.most_common()),
        f"{len(tally.differences)} differences:",
        *(
            f"    {count:5} {kind}"
            for kind, count in Counter(
                f"{each.kind}, {each.which}" for each in tally.differences
            ).most_common()
        ),
    ]


def _show(difference: Difference) -> None:
    _say(
        f"--- seed {difference.seed} {difference.check} at {difference.place}, {difference.which}"
    )
    _say(f"    ours: {difference.ours}\n    theirs: {difference.theirs}")
    for name, value in difference.rules.lets:
        _say(f"    let ${name} := {value.text}")
    for key in difference.rules.keys:
        _say(f"    key {key}")
    for function in difference.rules.functions:
        _say(f"    {function}")
    for rules in difference.rules.patterns:
        for rule in rules:
            _say(f"    rule {rule.context}")
            for name, value in rule.lets:
                _say(f"      let ${name} := {value.text}")
            for check in rule.checks:
                shown = f"  shows {check.shown.text}" if check.shown else ""
                _say(f"      {check.kind} {check.test.text}{shown}")
    _say(f"    {difference.content.decode()}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
