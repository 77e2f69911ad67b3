"""A run of mutations in words and figures."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.conformance.mutations.campaign import Result, Wish
from tests.conformance.mutations.tally import Tally, Told
from tests.conformance.rule_sets.comparison import Difference

_OF_A_KIND = 4
"""Differences of one kind and rule set that are printed."""


def changed_share(result: Result) -> float:
    """Return the share of mutants whose verdict is not their original's."""
    mutants = sum(tally.mutants for tally in result.tallies)
    return sum(tally.changed for tally in result.tallies) / max(1, mutants)


def lost(result: Result) -> list[str]:
    """Return the rules that an official subject makes fire and no mutant of any set does."""
    fired = _fired(result)
    return sorted(
        f"{tally.rule_set} {told[0]}: {told[1]:.200}"
        for tally in result.tallies
        for told in tally.lost
        if told not in fired
    )


def never(result: Result) -> dict[str, list[str]]:
    """Return, by rule set, the rules that nothing made fire in it or in another set."""
    fired = _fired(result)
    found = {
        tally.rule_set: [
            f"{check.rule} {'reached' if check.context in tally.looked else 'not reached'}: "
            f"{check.test:.200}"
            for check in tally.never
            if (check.rule, check.test) not in fired
        ]
        for tally in result.tallies
    }
    return {name: rules for name, rules in sorted(found.items()) if rules}


def lines(wish: Wish, result: Result) -> Iterator[str]:
    """Yield the report for people."""
    totals = [sum(getattr(each, name) for each in result.tallies) for name in _FIGURES]
    yield f"seeds {wish.seeds.start}-{wish.seeds.stop}, {wish.jobs} jobs, {result.seconds:.0f} s"
    yield "mutants changed rejected fired/checks differences  rule set"
    for tally in sorted(result.tallies, key=lambda each: -each.mutants):
        yield _line(tally)
    yield f"{totals[0]} mutants, {changed_share(result):.1%} changed, {totals[2]} rejected"
    yield f"{len(lost(result))} rules fire on an official subject and on no mutant"
    for line in lost(result):
        yield f"  {line}"
    unfired = never(result)
    yield f"{sum(map(len, unfired.values()))} rules fire on nothing (listed by --output)"
    differences = [each for tally in result.tallies for each in tally.differences]
    yield f"{len(differences)} differences {dict(Counter(each.kind for each in differences))}"
    for each in _some(differences):
        yield f"  {each.rule_set}, {each.subject}: {each.kind} {each.rule} {each.location}"
        yield f"    ours {each.ours:.300}; theirs {each.theirs:.300}"


def _some(differences: list[Difference]) -> Iterator[Difference]:
    seen: Counter[tuple[str, str]] = Counter()
    for each in differences:
        seen[each.rule_set, each.kind] += 1
        if seen[each.rule_set, each.kind] <= _OF_A_KIND:
            yield each


_FIGURES = ("mutants", "changed", "rejected")


def write(path: Path, wish: Wish, result: Result) -> None:
    """Write all of it as JSON."""
    content = {
        "seeds": [wish.seeds.start, wish.seeds.stop],
        "seconds": round(result.seconds, 1),
        "changed": changed_share(result),
        "lost": lost(result),
        "never": never(result),
        "rule_sets": {
            each.rule_set: {
                "family": each.family,
                **{name: getattr(each, name) for name in _FIGURES},
                "fired": sum(each.fired.values()),
                "rules_fired": sorted({rule for rule, _ in each.fired}),
                "seconds": round(each.seconds, 1),
            }
            for each in result.tallies
        },
        "differences": [asdict(each) for tally in result.tallies for each in tally.differences],
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def _fired(result: Result) -> set[Told]:
    return {told for tally in result.tallies for told in tally.fired}


def _line(tally: Tally) -> str:
    told = {(check.rule, check.test) for check in tally.checks}
    done = told & (tally.fired.keys() | tally.official.keys())
    return (
        f"{tally.mutants:7} {tally.changed / max(1, tally.mutants):7.0%} {tally.rejected:8} "
        f"{len(done):5}/{len(told):<6} {len(tally.differences):11}  {tally.rule_set}"
    )
