"""The time of a document counts from its first byte to its last layer; late is never valid."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from formats.conversion import convert
from formats.facturx.hybrid import embed
from formats.findings import TIME_SPENT, Layer, Outcome, Report
from formats.pdf import render
from formats.profile import Profile
from formats.registry import PROFILES
from formats.validation import xsd
from formats.validation.layers import XML_LAYER
from formats.validation.pipeline import READING_LAYER
from formats.validation.recognition import recognise
from formats.validation.rules import CompiledRules
from gateway.compliance.validation import Budget, Validator
from gateway.validations.bodies import read_body
from gateway.validations.judged import Asked, Judged
from gateway.validations.service import judge
from schemas import Catalog
from tests.formats.samples import invoice
from tests.kept_rules import store

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECONDS = 30.0
PLAIN = PROFILES["en16931-ubl"]


class Clock:
    """A clock that somebody moves: by hand, or at the n-th look at it."""

    def __init__(self, late_at: int | None = None) -> None:
        self.late_at = late_at
        self.looks = 0
        self.time = 0.0

    def __call__(self) -> float:
        self.looks += 1
        if self.looks == self.late_at:
            self.time += 2 * SECONDS
        return self.time


def slow(clock: Clock, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same work, which takes longer than a document may."""

    def working(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the work takes
        clock.time += 2 * SECONDS
        return work(*arguments, **named)

    working.__module__ = work.__module__
    return working


@pytest.fixture(scope="module")
def good() -> bytes:
    """An invoice that is judged completely with what the installed packages carry."""
    return convert(PROFILES["peppol-bis-3"].write(invoice()), PLAIN).content


@pytest.fixture(scope="module")
def engine() -> CompiledRules:
    engine = CompiledRules(store())
    engine.prepare(Catalog().resolve("eu.cen.en16931:ubl", DAY))
    return engine


def validator(clock: Clock, engine: CompiledRules) -> Validator:
    budget = Budget(SECONDS, clock)
    engine._ticking = budget.ticking  # compiled once, asked by many
    return Validator(Catalog(), engine, budget)


def late(report: Report) -> list[str]:
    """Return the layers that had no time, in order; all after the first of them are the same."""
    assert not report.valid
    (finding,) = [each for each in report.findings if each.rule == TIME_SPENT]
    assert "Send a smaller document" in finding.message
    first = next(n for n, layer in enumerate(report.layers) if layer.id == finding.rule_set)
    assert all(layer.ran for layer in report.layers[:first])
    assert {layer.outcome for layer in report.layers[first:]} == {Outcome.NOT_JUDGED}
    return [layer.id for layer in report.layers[first:]]


OFFICIAL = ["eu.cen.en16931:ubl:1.3.16"]
SCHEMA = ["org.oasis-open.ubl:invoice:2.1", *OFFICIAL]
OWN = ["formats.en16931:semantic", *SCHEMA]


@pytest.mark.parametrize(("which", "after"), [("read", OWN), ("rules", SCHEMA), ("xsd", OFFICIAL)])
def test_after_a_slow_layer_the_next_ends_at_once(
    monkeypatch: pytest.MonkeyPatch,
    good: bytes,
    engine: CompiledRules,
    which: str,
    after: list[str],
) -> None:
    clock = Clock()
    profile: Profile = PLAIN
    if which == "read":
        profile = dataclasses.replace(PLAIN, read=slow(clock, PLAIN.read))
    elif which == "rules":
        first, *others = PLAIN.rules
        profile = dataclasses.replace(PLAIN, rules=(slow(clock, first), *others))
    else:
        monkeypatch.setattr(xsd, "check_element", slow(clock, xsd.check_element))
    report = validator(clock, engine).validate(good, profile, DAY)
    assert late(report) == after


def test_what_comes_before_the_layers_counts(
    monkeypatch: pytest.MonkeyPatch, good: bytes, engine: CompiledRules
) -> None:
    clock = Clock()
    monkeypatch.setattr("gateway.validations.service.recognise", slow(clock, recognise))
    judged = judge(good, Asked(DAY), validator(clock, engine))
    assert late(judged.report)[0] == XML_LAYER
    assert not judged.complete, "nothing is known of it"


def test_a_body_that_is_slow_to_read_has_no_time_left(
    monkeypatch: pytest.MonkeyPatch, good: bytes, engine: CompiledRules
) -> None:
    clock = Clock()
    body = _body(good)
    assert judge(body, Asked(DAY), validator(clock, engine)).valid
    monkeypatch.setattr("gateway.validations.bodies.read_body", slow(clock, read_body))
    judged = judge(body, Asked(DAY), validator(clock, engine))
    assert late(judged.report)[0] == XML_LAYER
    assert not judged.complete


def test_a_reading_that_had_no_time_is_not_called_unreadable(
    good: bytes, engine: CompiledRules
) -> None:
    clock = Clock(late_at=3)  # the first look sets the end, the second is before the XML
    report = validator(clock, engine).validate(good, PLAIN, DAY)
    assert late(report)[0] == READING_LAYER
    assert {each.layer for each in report.fatal} == {Layer.SEMANTIC}


def test_named_rules_have_the_same_time(good: bytes, engine: CompiledRules) -> None:
    names = ("org.oasis-open.ubl:invoice:2.1", "eu.cen.en16931:ubl")
    for late_at, first in ((2, XML_LAYER), (3, SCHEMA[0]), (4, SCHEMA[1])):
        judged = judge(good, Asked(DAY, rules=names), validator(Clock(late_at), engine))
        assert late(judged.report)[0] == first
        assert not judged.complete


def _body(good: bytes) -> bytes:
    return json.dumps(PLAIN.read(good).model_dump(mode="json", exclude_none=True)).encode()


def _hybrid(good: bytes) -> bytes:
    profile = PROFILES["facturx-en16931"]
    assert profile.hybrid is not None
    return embed(
        render(PLAIN.read(good)), convert(good, profile).content, profile.hybrid, modified=NOW
    )


@pytest.mark.parametrize("source", ["xml", "json", "hybrid"])
def test_whenever_time_is_up_a_document_is_late_and_never_valid(
    good: bytes, engine: CompiledRules, source: str
) -> None:
    """The clock jumps at the n-th look at it, for each n that a whole judgement has."""
    content = good
    if source == "json":
        content = _body(good)
    elif source == "hybrid":
        content = _hybrid(good)
    patient = Clock()
    whole = judge(content, Asked(DAY), validator(patient, engine))
    assert whole.complete
    late_ones = 0
    for late_at in range(2, patient.looks + 1):
        judged: Judged = judge(content, Asked(DAY), validator(Clock(late_at), engine))
        if TIME_SPENT in {finding.rule for finding in judged.report.findings}:
            assert late(judged.report), late_at
            assert not judged.complete, late_at
            late_ones += 1
        else:  # only whether there is time for patches was asked after that
            assert judged.report.layers == whole.report.layers, late_at
            assert late_at > late_ones + 1, late_at
    assert late_ones > 10, "nobody looks"
