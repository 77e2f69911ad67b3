"""Many random rule sets, each with some random documents."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Any

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath.lexer import XPathSyntaxError
from tests.conformance.random_rules.documents import document
from tests.conformance.random_rules.judging import (
    STOPPED,
    CrashError,
    Ours,
    Saxon,
    differing,
    judged,
    prepare,
)
from tests.conformance.random_rules.schema import Rule, Schema, schema
from tests.conformance.random_rules.sheet import guarded

DOCUMENTS = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """A check of which we say something else than Saxon.

    Attributes:
        seed: Of the rule set.
        check: Its id.
        content: The document.
        place, ours, theirs: What is said where.
        rules: The rule set, with this check alone.
        which: Of our two programs: `quick`, or `exact` alone.
    """

    seed: int
    check: str
    content: bytes
    place: str
    ours: str
    theirs: str
    rules: Schema
    which: str

    @property
    def kind(self) -> str:
        """`crash`, `we go on`, `we stop` or `value`."""
        if self.ours.startswith("crash"):
            return "crash"
        if STOPPED in self.theirs:
            return "we go on"
        return "we stop" if STOPPED in self.ours else "value"


@dataclass(slots=True)
class Tally:
    """What was compared.

    Attributes:
        sets: Rule sets.
        checks: Their expressions that both compile.
        compared: Such expressions times documents.
        said: Findings that both have at the same place.
        errors: Places where both stop.
        skipped: Expressions Saxon refuses.
        whole: Documents that Saxon stops at as a whole, or rule sets it refuses.
        refused: Expressions we refuse and Saxon does not, by reason.
        differences: All of them.
    """

    sets: int = 0
    checks: int = 0
    compared: int = 0
    said: int = 0
    errors: int = 0
    skipped: int = 0
    whole: "Counter[str]" = field(default_factory=Counter)
    refused: "Counter[str]" = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


def campaign(
    seeds: Iterable[int], saxon: Saxon, progress: Callable[[int, Tally], None] | None = None
) -> Tally:
    """Judge the rule sets of some seeds."""
    tally = Tally()
    for seed in seeds:
        _one(seed, saxon, tally)
        if progress is not None:
            progress(seed, tally)
    return tally


def _one(seed: int, saxon: Saxon, tally: Tally) -> None:
    random = Random(f"rules {seed}")  # noqa: S311 - repeatable, not secret
    whole = schema(random)
    contents = [document(random) for _ in range(DOCUMENTS)]
    known = usable(whole, saxon, tally)
    if known is None:
        return
    rules, ours = known
    tally.sets += 1
    tally.checks += len(rules.checks)
    tally.compared += len(rules.checks) * DOCUMENTS
    sheet, key = guarded(rules), saxon.key()
    for content in contents:
        theirs = saxon.judged(key, sheet, content)
        if isinstance(theirs, str):
            tally.whole[f"a document: {theirs[-120:]}"] += 1
            _stops_too(seed, rules, ours, content, theirs=theirs, tally=tally)
            continue
        for which, program in (("quick", ours.quick), ("exact", ours.exact)):
            try:
                mine = judged(program, content)
            except CrashError as error:
                tally.differences.append(
                    Difference(seed, "", content, "", f"crash: {error}", "", rules, which)
                )
                break
            found = differing(mine, theirs)
            for check, place, one, other in found:
                only = rules.only(frozenset({check}))
                tally.differences.append(
                    Difference(seed, check, content, place, one, other, only, which)
                )
            if found:
                break
            if which == "quick":
                both = mine & theirs
                errors = sum(count for key_, count in both.items() if key_[2] == STOPPED)
                tally.errors += errors
                tally.said += both.total() - errors


def _stops_too(  # noqa: PLR0913 - what a difference says
    seed: int, rules: Schema, ours: Ours, content: bytes, *, theirs: str, tally: Tally
) -> None:
    """Add a difference when Saxon stops as a whole, for a reason of the rules, and we nowhere."""
    if "Internal error" in theirs:
        return  # a defect of its own
    try:
        mine = judged(ours.quick, content)
    except CrashError as error:
        says = f"crash: {error}"
    else:
        if any(says == STOPPED for _, _, says in mine):
            return
        says = "goes on"
    tally.differences.append(
        Difference(seed, "", content, "", says, f"{STOPPED}: {theirs}", rules, "quick")
    )


def usable(whole: Schema, saxon: Saxon, tally: Tally) -> tuple[Schema, Ours] | None:
    """Return a rule set without what one of the two refuses, and ours of it."""
    rules = _framed(whole, saxon, tally)
    if saxon.refuses(rules) is not None:
        kept = [check for check in rules.checks if not saxon.refuses(_alone(rules, check.id))]
        tally.skipped += len(rules.checks) - len(kept)
        rules = rules.only(frozenset(check.id for check in kept))
        if (reason := saxon.refuses(rules)) is not None:
            tally.whole[f"only together: {reason[:120]}"] += 1
            return None
    try:
        return rules, prepare(rules)
    except (UnsupportedRuleError, XPathSyntaxError, CrashError):
        pass
    wanted = []
    for check in rules.checks:
        alone = _alone(rules, check.id)
        try:
            prepare(alone)
        except (UnsupportedRuleError, XPathSyntaxError) as error:
            tally.refused[_reason(error)] += 1
        except CrashError as error:
            tally.differences.append(
                Difference(0, check.id, b"", "", f"crash: {error}", "", alone, "compiler")
            )
        else:
            wanted.append(check.id)
    rules = rules.only(frozenset(wanted))
    return rules, prepare(rules)


def _framed(whole: Schema, saxon: Saxon, tally: Tally) -> Schema:
    """Return a rule set whose variables, keys, functions and contexts both take."""
    bare = whole.only(frozenset())
    if saxon.refuses(bare) is None and _refused(bare) is None:
        return whole
    rules = replace(whole, lets=(), keys=(), functions=(), patterns=())
    for less in _grown(whole):
        bare = less(rules).only(frozenset())
        if (reason := saxon.refuses(bare)) is not None:
            tally.whole[reason.rpartition("file:")[2][:90]] += 1
        elif (reason := _refused(bare)) is not None:
            tally.refused[f"frame: {reason}"] += 1
        else:
            rules = less(rules)
    return rules


def _grown(whole: Schema) -> Iterator[Callable[[Schema], Schema]]:
    """Yield what adds a part to a rule set."""
    for key in whole.keys:
        yield partial(_with, keys=(key,))
    for function in whole.functions:
        yield partial(_with, functions=(function,))
    for let in whole.lets:
        yield partial(_with, lets=(let,))
    for pattern in whole.patterns:
        yield partial(_with, patterns=((),))
        for rule in pattern:
            yield partial(_with_rule, rule=rule)


def _with(rules: Schema, **more: tuple[Any, ...]) -> Schema:
    return replace(rules, **{name: getattr(rules, name) + added for name, added in more.items()})


def _with_rule(rules: Schema, rule: Rule) -> Schema:
    *before, last = rules.patterns
    return replace(rules, patterns=(*before, (*last, rule)))


def _refused(rules: Schema) -> str | None:
    try:
        prepare(rules)
    except (UnsupportedRuleError, XPathSyntaxError) as error:
        return _reason(error)
    return None


def _alone(rules: Schema, check: str) -> Schema:
    return rules.only(frozenset({check}))


def _reason(error: Exception) -> str:
    return str(error).rpartition(": ")[2][:90]
