"""Judging by named artefacts fails closed, as the profiles' judge does."""

import datetime

import pytest
from typing_extensions import override

from formats.findings import Finding, Layer, Outcome
from formats.validation.compiler.program import compiled
from formats.validation.document import Document
from formats.validation.named import judge_by
from formats.validation.rules import CompiledRules
from formats.validation.schematron.model import (
    Check,
    Pattern,
    Rule,
    RuleSet,
    UnsupportedRuleError,
)
from formats.validation.xpath.parser import parse
from schemas import Artefact, Catalog
from tests.kept_rules import store

DAY = datetime.date(2026, 11, 1)
EN = "eu.cen.en16931:ubl:1.3.16"
UBL = "org.oasis-open.ubl:invoice:2.1"


class Failing:
    """An engine that fails at every rule set."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(
        self, artefact: Artefact, document: Document, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        assert not anything
        assert document.content, artefact.id
        raise self.error


class Unprintable(Exception):  # noqa: N818 - it is no error of ours
    """An exception that cannot be shown."""

    @override
    def __str__(self) -> str:
        raise ValueError("no words")


@pytest.mark.parametrize(
    "error", [KeyError("x"), IndexError(), RecursionError(), MemoryError(), Unprintable()]
)
def test_an_engine_that_fails_is_a_crash_whatever_it_raises(error: Exception) -> None:
    report = judge_by(b"<a/>", [EN], as_of=DAY, catalog=Catalog(), engine=Failing(error))
    crashed = report.layers[-1]
    assert (crashed.id, crashed.outcome, crashed.layer) == (EN, Outcome.CRASHED, Layer.SCHEMATRON)
    assert not report.valid


def test_without_an_engine_rules_are_not_judged_and_schemas_are() -> None:
    report = judge_by(b"<a/>", [UBL, EN], as_of=DAY, catalog=Catalog(), engine=None)
    assert [layer.outcome for layer in report.layers[1:]] == [Outcome.RAN, Outcome.NOT_JUDGED]
    assert not report.valid


def test_bytes_that_are_no_document_leave_every_artefact_not_judged() -> None:
    report = judge_by(b"<a", [UBL, EN], as_of=DAY, catalog=Catalog(), engine=CompiledRules())
    assert [layer.outcome for layer in report.layers] == [
        Outcome.RAN,
        Outcome.NOT_JUDGED,
        Outcome.NOT_JUDGED,
    ]
    assert [(each.rule, each.layer) for each in report.findings] == [
        ("XML-not-well-formed", Layer.XSD)
    ]


def test_rules_wait_for_their_schema_only_where_the_kind_is_known() -> None:
    rules = CompiledRules(store())
    every = judge_by(b"<a/>", [UBL, EN], as_of=DAY, catalog=Catalog(), engine=rules)
    assert every.layers[-1].reason == "none of its rules looked at the document"
    known = judge_by(b"<a/>", [UBL, EN], as_of=DAY, catalog=Catalog(), engine=rules, in_order=True)
    assert known.layers[-1].reason == f"the document is not valid to {UBL}"


def test_rules_that_compare_values_as_nodes_are_refused_when_compiled() -> None:
    rule = Rule((parse("a", {}),), (Check("R1", "assert", parse("1 is 2", {}), "", ()),))
    rules = RuleSet("", (), (), (), (Pattern("p", (rule,)),))
    for optimise in (True, False):
        with pytest.raises(UnsupportedRuleError):
            compiled(rules, optimise=optimise)
