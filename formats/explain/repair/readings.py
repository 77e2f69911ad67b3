"""What else amounts may mean goes into the fix, where that is why there is no patch."""

from dataclasses import replace

from formats.en16931.model import Invoice
from formats.explain.catalogue import fix_words
from formats.explain.repair import amounts
from formats.explain.repair.edits import Case
from formats.explain.repair.subject import Subject
from formats.findings import Finding
from formats.profile import Profile


def with_readings(
    findings: tuple[Finding, ...],
    invoice: Invoice,
    profile: Profile | None,
    subject: Subject,
    language: str,
) -> tuple[Finding, ...]:
    """Name in the fix what else amounts may mean, where that is why there is no patch."""
    rules = frozenset(finding.rule for finding in findings if not finding.patch)
    other = amounts.other_reading(Case(invoice, rules, profile, subject.states))
    if other is None:
        return findings
    words = fix_words(other.name, language, *other.values)
    return tuple(
        replace(finding, fix=f"{finding.fix or ''} {words}".strip())
        if finding.rule in amounts.RULES and not finding.patch
        else finding
        for finding in findings
    )
