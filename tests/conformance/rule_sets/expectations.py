"""What publishers declare, beside what a judge says: unit tests, and counts per rule."""

from collections import Counter
from collections.abc import Iterator

from tests.conformance.rule_sets.checks import Checks
from tests.conformance.rule_sets.inventory import RuleSet
from tests.conformance.rule_sets.subjects import Subject
from tests.oracle.verdict import Verdict


def broken_units(
    rule_set: RuleSet, subject: Subject, verdict: Verdict, checks: Checks
) -> Iterator[str]:
    """Yield the declared expectations of a unit test that a verdict does not meet.

    An expectation of a rule that the set does not have says nothing about the set.
    """
    if not rule_set.row.units_hold:
        return
    known = {check.rule for check in checks.checks}
    fired = {each.rule for each in verdict.fired}
    for rule, must_fire in subject.expected.items():
        name = f"{rule_set.name} {subject.name} {rule}"
        if rule in known and (rule in fired) is not must_fire:
            yield f"{name}: {'does not fire' if must_fire else 'fires'}; {verdict.error or ''}"


def broken_counts(subject: Subject, verdict: Verdict) -> Iterator[str]:
    """Yield where a verdict is not what `EXPECTED.json` declares."""
    if subject.stops and verdict.error is None:
        yield f"{subject.name}: the rules stop with an error, we do not"
    if subject.declared is None:
        return
    if verdict.error is not None:
        yield f"{subject.name}: {verdict.error}"
        return
    declared = {
        (severity, rule): times
        for severity, rules in subject.declared.items()
        for rule, times in rules.items()
    }
    found = Counter((fired.flag.value, fired.rule) for fired in verdict.fired)
    if found != declared:
        yield f"{subject.name}: declared {declared}, found {dict(found)}"
