"""R13 for every compiled rule: whichever fails, and however, no document is valid by it."""

import copy
import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from formats.findings import Flag, Outcome, Report
from formats.profile import Profile
from formats.registry import PROFILES
from formats.validation.document import Document
from formats.validation.pipeline import judge
from formats.validation.rules import STOPPED, CompiledRules
from formats.validation.runtime.engine import Program, Stopped
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.tree import Node
from schemas import Artefact, Catalog
from tests.kept_rules import store

pytestmark = [pytest.mark.official, pytest.mark.timeout(600)]

DAY = datetime.date(2026, 11, 20)
NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
MOST = 60
"""Documents that are looked through for one that reaches a rule."""

LINES = {"InvoiceLine", "CreditNoteLine", "IncludedSupplyChainTradeLineItem"}
LINE_COUNT = 40

SETS = {
    "eu.cen.en16931:ubl": ("en16931-ubl", "en16931/ubl/examples/*.xml"),
    "eu.cen.en16931:cii": ("en16931-cii", "en16931/cii/examples/*.xml"),
    "eu.peppol.bis3:invoice": ("peppol-bis-3", "peppol-bis3/rules/*examples/*.xml"),
    "de.xrechnung:ubl": ("xrechnung-ubl", "xrechnung/testsuite/**/*ubl*.xml"),
    "de.xrechnung:cii": ("xrechnung-cii", "xrechnung/testsuite/**/*uncefact*.xml"),
}


def _raising(error: BaseException) -> Callable[..., None]:
    def rule(*_: object) -> None:
        raise error

    return rule


def _leaving(answer: object) -> Callable[..., None]:
    def rule(_nodes: object, _tree: object, out: list[Any]) -> None:
        out.append(answer)

    return rule


FAULTS = {
    "meets an error of XPath": _raising(DynamicError("FORG0001", "no")),
    "raises": _raising(RuntimeError("no")),
    "recurses": _raising(RecursionError()),
    "has no memory": _raising(MemoryError()),
    "divides by nothing": _raising(ZeroDivisionError()),
    "times out": _raising(TimeoutError()),
    "leaves None": _leaving(None),
    "leaves text": _leaving("BR-01"),
    "leaves holes": _leaving((None, None, None)),
    "leaves a list": _leaving([0]),
}


class Bench:
    """A rule set loaded for itself, whose rules can be replaced one by one."""

    def __init__(self, family: str, official: Path) -> None:
        self.engine = CompiledRules(store(), now=lambda: NOW)
        self.catalog = Catalog([official])
        self.artefact: Artefact = self.catalog.resolve(family, DAY)
        self.engine.prepare(self.artefact)
        (loaded,) = self.engine._loaded.values()
        self.program: Program = loaded.program
        self.rules = self.program._rules
        name, pattern = SETS[family]
        # Only what is asked here may spoil the verdict: no schema, no rules of ours.
        self.profile = replace(PROFILES[name], rules=(), rule_sets=(family,), levels={})
        self.documents = [
            content
            for content in map(Path.read_bytes, sorted(official.glob(pattern))[:MOST])
            if etree.QName(etree.fromstring(content)).localname in self.profile.schemas
        ]

    def judged(self, content: bytes, profile: Profile | None = None) -> Report:
        return judge(
            content,
            profile=profile or self.profile,
            as_of=DAY,
            catalog=self.catalog,
            engine=self.engine,
        )

    def spoil(self, number: int, rule: Callable[..., None]) -> None:
        """Replace a rule, and its twin that is asked when it meets an error."""
        spoilt = tuple(rule if n == number else each for n, each in enumerate(self.rules))
        self.program._rules = spoilt
        self.program._exact = spoilt

    def mend(self) -> None:
        self.program._rules = self.rules
        self.program._exact = None

    def reached(self, content: bytes) -> set[int]:
        """Return which rules look at a document."""
        seen: set[int] = set()
        document = Document(content)

        def noting(number: int, rule: Callable[..., None]) -> Callable[..., None]:
            def noted(*arguments: Any) -> None:  # noqa: ANN401
                seen.add(number)
                rule(*arguments)

            return noted

        self.program._rules = tuple(
            each and noting(number, each) for number, each in enumerate(self.rules)
        )
        self.program.run(document.tree, NOW)
        document.release()
        self.mend()
        return seen


@cache
def _bench(family: str, official: Path) -> Bench:
    return Bench(family, official)


@pytest.fixture(params=sorted(SETS))
def bench(request: pytest.FixtureRequest, official: Path) -> Iterator[Bench]:
    bench = _bench(request.param, official)
    yield bench
    bench.mend()


def test_no_rule_fails_unnoticed(bench: Bench) -> None:
    """Each rule that a document reaches fails in every way; of those valid before, none is."""
    left = {number for number, rule in enumerate(bench.rules) if rule is not None}
    once_valid = 0
    for content in bench.documents:
        fresh = sorted(left & bench.reached(content))
        if not fresh:
            continue
        left.difference_update(fresh)
        once_valid += bench.judged(content).valid
        for number in fresh:
            for fault, rule in FAULTS.items():
                bench.spoil(number, rule)
                report = bench.judged(content)
                bench.mend()
                assert not report.valid, (number, fault)
                layer = report.layers[-1]
                if any(each.outcome is not Outcome.RAN for each in report.layers[:-1]):
                    continue  # pragma: no cover - the schema was missing
                if layer.outcome is Outcome.NOT_JUDGED:
                    continue  # the schema refuses the document already
                assert layer.outcome is Outcome.CRASHED, (number, fault, layer)
                assert layer.reason, (number, fault)
    rules = sum(rule is not None for rule in bench.rules)
    assert once_valid
    assert len(left) < 0.9 * rules, f"{len(left)} of {rules} rules were never reached"
    for number in left:
        _never_reached(bench, number)


def _never_reached(bench: Bench, number: int) -> None:
    """No document at hand has what the rule looks at: it is put in the place of all others."""
    for rule in FAULTS.values():
        spoilt = tuple(each and rule for each in bench.rules)
        bench.program._rules = bench.program._exact = spoilt
        assert spoilt[number] is rule
    report = bench.judged(bench.documents[0])
    bench.mend()
    assert not report.valid


def test_every_rule_that_stops_is_told(bench: Bench) -> None:
    """As many rules stopped by an error as a document reaches: each is in the report."""
    content = bench.documents[0]
    reached = bench.reached(content)
    assert len(reached) > 3

    def stopping(number: int) -> Callable[..., None]:
        def rule(nodes: Sequence[Node], _: object, out: list[Any]) -> None:
            error = DynamicError("FORG0001", f"rule {number}")
            out.extend(Stopped(0, node, error) for node in nodes)

        return rule

    bench.program._rules = tuple(
        each and stopping(number) for number, each in enumerate(bench.rules)
    )
    report = bench.judged(content)
    bench.mend()
    assert not report.valid
    told = [each.message.rpartition(" ")[2] for each in report.findings if each.rule == STOPPED]
    assert {int(each) for each in told} == reached
    assert {each.flag for each in report.findings} == {Flag.FATAL}


def test_the_same_fault_in_every_line_is_told_for_every_line(bench: Bench) -> None:
    """One rule over many elements looks at each of them, not at one of them many times."""
    root = etree.fromstring(bench.documents[0])
    line = next(each for each in root.iter("*") if etree.QName(each).localname in LINES)
    codes = [each for each in line.iter("*") if "unitCode" in each.attrib]
    for code in codes:
        code.set("unitCode", "nothing like it")
    parent = line.getparent()
    assert parent is not None
    at = parent.index(line)
    parent[at : at + 1] = [copy.deepcopy(line) for _ in range(LINE_COUNT)]
    found: dict[str, set[str | None]] = {}
    for each in bench.judged(etree.tostring(root)).findings:
        found.setdefault(each.rule, set()).add(each.location)
    if bench.artefact.family.startswith("eu.cen."):
        assert max(map(len, found.values())) >= LINE_COUNT
    numbers = [len(places) for places in found.values() if len(places) > 1]
    assert all(number % LINE_COUNT == 0 for number in numbers)
