"""Our rules agree with the official ones, run by Saxon, on invoices that nobody would write."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from formats.en16931 import rules as en16931_rules
from formats.en16931.model import Invoice
from formats.findings import Finding, Flag
from formats.peppol import rules as peppol_rules
from formats.ubl import read, write
from schemas import Catalog
from tests.formats.samples import any_invoices
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

_DAY = datetime.date(2026, 11, 1)
_EXAMPLES = 100

_NEVER_FIRES = {
    "BR-DEC-13",
    "BR-DEC-15",
}  # the artefact compares with an element that is not there
_EMPTY = {  # an attribute or element that is there but empty: the reader takes it for absent
    *("BR-17", "BR-23", "BR-49", "BR-54", "BR-55", "BR-62", "BR-63", "BR-64", "BR-65"),
    *("BR-CL-07", "BR-CL-10", "BR-CL-11", "BR-CL-13", "BR-CL-16", "BR-CL-21", "BR-CL-23"),
    *(
        "BR-CL-25",
        "BR-CL-26",
        "PEPPOL-EN16931-R003",
        "PEPPOL-EN16931-R130",
        "PEPPOL-EN16931-CL008",
    ),
}
_ODD_CURRENCY = {"BR-53", "PEPPOL-EN16931-R055", "PEPPOL-EN16931-CL007"}  # none, or with spaces
_SPACE = {"BR-B-01", "BR-B-02", "BR-CO-09"}  # the artefact does not trim here
_EXPLAINED = _NEVER_FIRES | _EMPTY | _ODD_CURRENCY | _SPACE


def _fatal(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule for finding in findings if finding.flag is Flag.FATAL}


@pytest.mark.parametrize(
    ("family", "rules", "check"),
    [
        ("eu.cen.en16931:ubl", en16931_rules.RULES, en16931_rules.check),
        ("eu.peppol.bis3:invoice", peppol_rules.RULES, peppol_rules.check),
    ],
)
def test_the_same_rules_are_broken(
    family: str,
    rules: frozenset[str],
    check: Callable[[Invoice], tuple[Finding, ...]],
    official: Path,
) -> None:
    compared = rules - _EXPLAINED
    artefact = Catalog((official,)).resolve(family, _DAY)
    agreed: set[str] = set()

    with SaxonOracle() as oracle:

        @settings(
            max_examples=_EXAMPLES,
            derandomize=True,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(any_invoices)
        def compare(source: Invoice) -> None:
            # A total in the accounting currency alone is read as the invoice's own.
            assume(source.totals.total_vat is not None)
            # A party of whom nothing is said has no cac:Party, so no rule looks for its address.
            content = write(source)
            assume(b"<cac:AccountingCustomerParty/>" not in content)
            # A document of which blank texts are all that is said is read as none (BR-52).
            assume(b"<cbc:ID/>\n  </cac:AdditionalDocumentReference>" not in content)
            found = _fatal(check(read(content))) & compared
            assert found == _fatal(oracle.run(artefact, content)) & compared
            agreed.update(found)

        compare()
    assert len(agreed) >= len(compared) // 3
