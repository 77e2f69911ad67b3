"""A schema and its published compiled form say the same, or the difference is explained here."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from formats.validation.schematron.model import Check, RuleSet
from formats.validation.xslt import stylesheet
from tests.formats.validation.schematron.conftest import Read
from tests.formats.validation.schematron.official_schemas import compiled, schemas
from tests.formats.validation.schematron.test_official_schemas import NOT_READ

ANOTHER_VERSION = {
    # The build puts rules of Peppol in, and the code lists.
    "xrechnung/schematron/schematron/cii/XRechnung-CII-validation.sch": (0, 22),
    "xrechnung/schematron/schematron/ubl/XRechnung-UBL-validation.sch": (0, 21),
    # The schema is younger than what was compiled.
    "hr-fiskalizacija/HRUBLSchematron/HR-CIUS-EXT-EN16931-UBL.sch": (6, 6),
}
"""How many checks only the source has, and only the compiled form."""

NEVER_VISITED = {
    # Two rules about an attribute, compiled by a skeleton that never comes to attributes.
    "peppol-pint/sch/pint-ae-2026.5/billing/PINT-jurisdiction-aligned-rules.sch",
    "peppol-pint/sch/pint-ae-2026.5/selfbilling/PINT-jurisdiction-aligned-rules.sch",
}

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def pairs(official: Path, schema: Read) -> dict[str, tuple[RuleSet, RuleSet]]:
    """Both forms of every schema that has two."""
    found = {}
    for entry in schemas(official):
        form = compiled(official, entry)
        if form is not None and entry not in NOT_READ:
            beside = {path.name: path.read_bytes() for path in form.parent.iterdir()}
            found[entry] = schema(entry), stylesheet.read(beside, form.name)
    return found


def _checks(rule_set: RuleSet) -> Iterator[Check]:
    for pattern in rule_set.patterns:
        for rule in pattern.rules:
            yield from (each for each in rule.body if isinstance(each, Check))


def _judgements(rule_set: RuleSet) -> Counter[tuple[str, str, str, str]]:
    return Counter((c.id, c.kind, c.severity, repr(c.test)) for c in _checks(rule_set))


def _said(check: Check) -> list[list[str]]:
    """Return message and diagnostics, white space collapsed, as every reader of SVRL does."""
    return [
        " ".join("".join(part if isinstance(part, str) else repr(part) for part in text)).split()
        for text in (check.message, *check.diagnostics)
    ]


def test_the_checks_are_the_same(pairs: dict[str, tuple[RuleSet, RuleSet]]) -> None:
    assert len(pairs) == 81
    different = {}
    for entry, (ours, theirs) in pairs.items():
        mine, other = _judgements(ours), _judgements(theirs)
        if mine != other:
            different[entry] = ((mine - other).total(), (other - mine).total())
    assert different == ANOTHER_VERSION


def test_the_rules_are_the_same_in_the_same_order(
    pairs: dict[str, tuple[RuleSet, RuleSet]],
) -> None:
    for entry, (ours, theirs) in pairs.items():
        if entry not in ANOTHER_VERSION:
            mine, other = (
                [
                    [
                        (
                            rule.context,
                            [e if not isinstance(e, Check) else e.test for e in rule.body],
                        )
                        for rule in pattern.rules
                    ]
                    for pattern in rule_set.patterns
                ]
                for rule_set in (ours, theirs)
            )
            assert mine == other, entry


def test_the_messages_are_the_same(pairs: dict[str, tuple[RuleSet, RuleSet]]) -> None:
    for entry, (ours, theirs) in pairs.items():
        if entry not in ANOTHER_VERSION:
            assert list(map(_said, _checks(ours))) == list(map(_said, _checks(theirs))), entry


def test_variables_functions_keys_and_documents_are_the_same(
    pairs: dict[str, tuple[RuleSet, RuleSet]],
) -> None:
    for entry, (ours, theirs) in pairs.items():
        if entry not in ANOTHER_VERSION:
            assert {v.name: v for v in ours.variables} == {v.name: v for v in theirs.variables}
            assert {f.name: f for f in ours.functions} == {f.name: f for f in theirs.functions}
            assert sorted(map(repr, ours.keys)) == sorted(map(repr, theirs.keys))
            assert ours.documents.items() <= theirs.documents.items(), entry


def test_no_pattern_asks_for_nodes_that_the_compiled_form_does_not_visit(
    pairs: dict[str, tuple[RuleSet, RuleSet]],
) -> None:
    missed = {
        entry
        for entry, (ours, theirs) in pairs.items()
        if entry not in ANOTHER_VERSION
        for mine, other in zip(ours.visited.values(), theirs.visited.values(), strict=True)
        if mine not in {"elements", other}
    }
    assert missed == NEVER_VISITED
