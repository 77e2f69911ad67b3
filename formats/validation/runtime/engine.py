"""A compiled rule set at work on a document."""

import datetime
import decimal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, TypeAlias

from formats.binding.collector import paused
from formats.validation.runtime.arithmetic import EXACT
from formats.validation.runtime.candidates import Candidates, Pattern, Rule
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.library import LIBRARY
from formats.validation.runtime.matching import (
    Filter,
    Tests,
    attributes,
    named,
    passing,
    ways,
)
from formats.validation.runtime.place import Place
from formats.validation.runtime.questions import question
from formats.validation.runtime.tree import NOW, Node, Tree

_AT_ONCE = 500
"""Nodes a rule looks at before somebody may say that time is up."""

_BIG = 5_000
"""Elements of a document for which the collector is better kept quiet."""

Found: TypeAlias = tuple[int, Node, str]
"""A check that fired: its number, the node, the message."""

RuleFunction: TypeAlias = Callable[[Sequence[Node], Tree, list[Any]], None]
Alarm: TypeAlias = tuple[int, RuleFunction]
"""A rule, and one of its checks that forbids what was found."""

Planned: TypeAlias = tuple[int, tuple[Tests, ...] | None, Filter | None]
"""A rule, and the ways in which it matches; None when it matches whatever is at the place.

Where there is one way, it stands beside as a question.
"""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A check that stopped with an error.

    Attributes:
        check: Its number.
        node: What it looked at.
        error: What went wrong.
    """

    check: int
    node: Node
    error: DynamicError


class Program:
    """A rule set, compiled and loaded.

    Args:
        code: The compiled module.
        exact: Gives the module that meets errors as the oracle does; asked for when one is met.
        documents: Other documents the rules read.
    """

    def __init__(
        self,
        code: CodeType,
        exact: Callable[[], CodeType],
        documents: Mapping[str, Tree],
    ) -> None:
        self._documents = documents
        module = self._load(code)
        self.checks: tuple[tuple[str, str], ...] = tuple(module["CHECKS"])
        self._patterns: tuple[Pattern, ...] = module["PATTERNS"]
        self._candidates = Candidates(self._patterns)
        self._rules: tuple[RuleFunction | None, ...] = module["RULES"]
        self._alarms: dict[tuple[str, ...], list[Alarm]] = {}
        for rule, function, paths in module["ALARMS"]:
            for path in paths:
                self._alarms.setdefault(path, []).append((rule, function))
        self._alarmed = frozenset(rule for rule, _, _ in module["ALARMS"])
        self._exact_code = exact
        self._exact: tuple[RuleFunction | None, ...] | None = None
        self._blind = self._rules_for_anything()
        self._asks_prefixes = any(
            condition[2] == "name"
            for _, rules in self._patterns
            for contexts, _ in rules
            for _, steps in contexts
            for step in steps
            for condition in step[4]
        )
        self._asks_attributes = any(
            visited
            and any(steps and steps[-1][1] for contexts, _ in rules for _, steps in contexts)
            for visited, rules in self._patterns
        )
        self._asks_document = any(
            not steps
            for _, rules in self._patterns
            for contexts, _ in rules
            for _, steps in contexts
        )

    def _rules_for_anything(self) -> frozenset[int]:
        """Return the rules that look at whatever there is: at a document of another kind, too.

        Where all rules are such, nothing can be told from their names.
        """
        rules = [rule for _, rules in self._patterns for rule in rules]
        found = {
            number
            for contexts, number in rules
            if all(steps and steps[-1][2:4] == (None, None) for _, steps in contexts)
        }
        return frozenset(found if len(found) < len(rules) else ())

    def _load(self, code: CodeType) -> dict[str, Any]:
        module: dict[str, Any] = {
            **LIBRARY,
            "CONSTANTS": {},
            "DOCUMENTS": self._documents,
            "Stopped": Stopped,
        }
        exec(code, module)  # noqa: S102 - compiled from a checked artefact by our own compiler
        return module

    def run(
        self,
        tree: Tree,
        now: datetime.datetime | None = None,
        ticking: Callable[[], None] | None = None,
    ) -> tuple[list[Found], list[Stopped], int]:
        """Return what fires, what stopped, and how many nodes any rule looked at.

        Args:
            tree: The document.
            now: The moment; only a rule that asks for it needs it.
            ticking: Called now and then; raises when time is up.
        """
        out: list[Any] = []
        tree.memo[NOW] = now
        work = _Work(tree, out, ticking)
        big = tree.last > _BIG
        with decimal.localcontext(EXACT), paused(when=big):
            if self._asks_document:
                self._document(work)
            raised: list[Alarm] = []
            for place, nodes in tree.at.items():
                # What a place plans depends on prefixes only where rules ask for them.
                key = (self, tree.prefix(place.tag)) if self._asks_prefixes else self
                plan = place.plans.get(key)
                if plan is None:
                    plan = (
                        self._planned(place, nodes[0], tree),
                        self._alarms.get(place.path()[1:], ()),
                    )
                    place.plan(key, plan)
                patterns, alarms = plan
                for planned in patterns:
                    self._pattern(planned, nodes, work)
                if alarms:
                    raised += alarms
                if self._asks_attributes:
                    self._attributes(place, nodes, work)
            for number, check in dict.fromkeys(raised):
                check(work.watched.get(number, ()), tree, out)
        found = [each for each in out if each.__class__ is tuple]
        stopped = [each for each in out if each.__class__ is Stopped]
        if len(found) + len(stopped) != len(out):
            raise TypeError("a rule answered something else than findings")
        return found, stopped, work.seen

    def _planned(
        self, place: Place, node: Node, tree: Tree, attribute: str | None = None
    ) -> tuple[tuple[Planned, ...], ...]:
        """Return what every pattern does at a place, those left out that do nothing."""
        plans = (
            self._plan(rules, place, (node, tree), attribute)
            for visited, rules in self._candidates.of(attribute or place.tag)
            if attribute is None or visited
        )
        return tuple(plan for plan in plans if plan)

    @staticmethod
    def _plan(
        rules: tuple[Rule, ...], place: Place, sample: tuple[Node, Tree], attribute: str | None
    ) -> tuple[Planned, ...]:
        plan: list[Planned] = []
        for contexts, number in rules:
            every = named(
                (
                    tests
                    for context in contexts
                    for tests in ways(context, place, attribute=attribute)
                ),
                *sample,
            )
            if not every:
                continue
            sure = () in every
            plan.append((number, None if sure else every, None if sure else question(every)))
            if sure:
                break
        return tuple(plan)

    def _pattern(self, plan: tuple[Planned, ...], nodes: Sequence[Any], work: "_Work") -> None:
        remaining = nodes
        matched: Sequence[Any] = ()
        for number, every, asked in plan:
            if matched:
                taken = set(matched)
                remaining = [node for node in remaining if node not in taken]
            if every is None:
                self._apply(number, remaining, work)
                return
            try:
                matched = (
                    passing(remaining, every, work.tree)
                    if asked is None
                    else asked(remaining, work.tree)
                )
            except DynamicError:
                matched = passing(remaining, every, work.tree)
            if matched:
                self._apply(number, matched, work)
                if len(matched) == len(remaining):
                    return

    def _document(self, work: "_Work") -> None:
        for _, rules in self._patterns:
            for contexts, number in rules:
                if any(not steps for _, steps in contexts):
                    self._apply(number, [work.tree], work)
                    break

    def _attributes(self, place: Place, nodes: Sequence[Any], work: "_Work") -> None:
        for name, found in attributes(nodes).items():
            key = (self, "attribute", name)
            plan = place.plans.get(key)
            if plan is None:
                plan = self._planned(place, found[0], work.tree, name)
                place.plan(key, plan)
            for planned in plan:
                self._pattern(planned, found, work)

    def _apply(self, number: int, nodes: Sequence[Any], work: "_Work") -> None:
        if number not in self._blind:
            work.seen += len(nodes)
        rule = self._rules[number]
        if rule is None:
            return
        if number in self._alarmed:
            work.watched[number] = nodes
        if len(nodes) <= _AT_ONCE:
            self._some(number, rule, nodes, work)
            return
        for start in range(0, len(nodes), _AT_ONCE):
            self._some(number, rule, nodes[start : start + _AT_ONCE], work)

    def _some(self, number: int, rule: RuleFunction, nodes: Sequence[Any], work: "_Work") -> None:
        if work.ticking is not None:
            work.ticking()
        out = work.out
        mark = len(out)
        try:
            rule(nodes, work.tree, out)
        except DynamicError:
            del out[mark:]
            work.watched.pop(number, None)
            self._exactly(number, nodes, work)

    def _exactly(self, number: int, nodes: Sequence[Any], work: "_Work") -> None:
        """Run a rule as the oracle would, to find out whether it meets the error too."""
        if self._exact is None:
            self._exact = self._load(self._exact_code())["RULES"]
        rule = self._exact[number]
        assert rule is not None  # noqa: S101 - both modules have the same rules
        rule(nodes, work.tree, work.out)


@dataclass(slots=True)
class _Work:
    """One run: the document, what was found, how many nodes were looked at."""

    tree: Tree
    out: list[Any]
    ticking: Callable[[], None] | None
    seen: int = 0
    watched: dict[int, Sequence[Any]] = field(default_factory=dict)
    """Nodes of rules with alarms; not where an error was met: the exact twin asks all checks."""
