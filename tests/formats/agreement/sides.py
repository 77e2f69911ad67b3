"""What is compared: an official rule set in one syntax, and our rules for it on the model."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.cii import rules as cii
from formats.en16931 import rules as en16931
from formats.en16931.model import Invoice
from formats.findings import Finding
from formats.peppol import rules as peppol
from formats.profile import Syntax
from formats.validation.compilation import read
from formats.validation.document import Document
from formats.validation.rules import CompiledRules
from formats.validation.schematron.model import Cases, Check, Each, Statement
from formats.xrechnung import rules as xrechnung
from schemas import Artefact, Catalog
from tests.kept_rules import store

DAY = datetime.date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Side:
    """One official rule set, and ours.

    Attributes:
        name: As the page calls it.
        family: The official set.
        syntax: Of the documents it is for.
        check: Our rules on the model.
        rules: The ids that these can find.
    """

    name: str
    family: str
    syntax: Syntax
    check: Callable[[Invoice], tuple[Finding, ...]]
    rules: frozenset[str]

    def ours(self, invoice: Invoice) -> frozenset[str]:
        """Return the official ids that our rules find broken."""
        return frozenset(finding.rule for finding in self.check(invoice))


SIDES = {
    side.name: side
    for side in (
        Side("EN-UBL", "eu.cen.en16931:ubl", Syntax.UBL, en16931.check, en16931.RULES),
        Side("EN-CII", "eu.cen.en16931:cii", Syntax.CII, cii.check, cii.RULES),
        Side("PEPPOL", "eu.peppol.bis3:invoice", Syntax.UBL, peppol.check, peppol.RULES),
        Side(
            "PEPPOL-SELF",
            "eu.peppol.bis3:invoice-self-billing",
            Syntax.UBL,
            peppol.check,
            peppol.RULES,
        ),
        Side("XR-UBL", "de.xrechnung:ubl", Syntax.UBL, xrechnung.check, xrechnung.RULES),
        Side("XR-CII", "de.xrechnung:cii", Syntax.CII, xrechnung.check_in_cii, xrechnung.RULES),
    )
}


class Official:
    """The official rule sets in force on `DAY`, run by our own engine.

    That engine is held to Saxon's findings by tests/conformance.
    """

    def __init__(self, official: Path) -> None:
        self.folder = official
        self._engine = CompiledRules(store(), now=lambda: _NOW)

    def ids(self, side: Side) -> frozenset[str]:
        """Return the ids of every rule that the set of a side has."""
        return _ids(self.folder, side.family)

    def found(self, side: Side, document: Document) -> frozenset[str]:
        """Return the rules that fire on a document, whatever their severity."""
        artefact = _artefact(self.folder, side.family)
        return frozenset(
            finding.rule for finding in self._engine.run(artefact, document, anything=True)
        )


_NOW = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)


@cache
def _artefact(official: Path, family: str) -> Artefact:
    return Catalog((official,)).artefact(family, DAY)


@cache
def _ids(official: Path, family: str) -> frozenset[str]:
    rule_set = read(_artefact(official, family))
    return frozenset(
        check.id
        for pattern in rule_set.patterns
        for rule in pattern.rules
        for check in _checks(rule.body)
    )


def _checks(body: tuple[Statement, ...]) -> Iterator[Check]:
    for statement in body:
        if isinstance(statement, Check):
            yield statement
        elif isinstance(statement, Cases):
            for _, branch in statement.branches:
                yield from _checks(branch)
            yield from _checks(statement.otherwise)
        elif isinstance(statement, Each):
            yield from _checks(statement.body)
