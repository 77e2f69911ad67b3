"""The rules of EN 16931 of a document in CII, under their official ids.

They are those of `formats.en16931.rules`, which follow the artefact for UBL, less where the
artefact for CII does not ask (`lenient`), and more where it alone asks (`strict`).
"""

from formats.cii import lenient, strict
from formats.en16931 import rules as en16931
from formats.en16931.model import Invoice
from formats.en16931.rules import other_taxes
from formats.findings import Finding

RULE_SET = en16931.RULE_SET
RULES = en16931.RULES


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what EN 16931 finds wrong with the invoice as CII; never raises."""
    seen = other_taxes.as_en16931(invoice)
    found = tuple(lenient.applied(en16931.check(seen), seen))
    known = {(finding.rule, _subject(finding)) for finding in found}
    beyond = [each for each in strict.check(seen) if (each.rule, _subject(each)) not in known]
    refused = {each.pointer for each in beyond}  # an amount that is refused passes by no slack
    return (
        *(each for each in found if each.rule != "GW-11" or each.pointer not in refused),
        *beyond,
    )


def _subject(finding: Finding) -> str:
    """Return what a finding is about: the document, or one row of a list."""
    pointer = finding.pointer or ""
    if finding.rule.startswith("BR-O-1") or pointer.startswith(("/totals", "/vat_acc")):
        return finding.rule  # said once of a document
    return pointer
