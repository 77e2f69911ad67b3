"""The layer of national rules: what the seller's country asks beyond EN 16931."""

from countries.base import Country
from formats.en16931 import Invoice
from formats.findings import Finding, LayerOutcome, Outcome, Report


def judge(country: Country | None, invoice: Invoice) -> tuple[LayerOutcome, tuple[Finding, ...]]:
    """Return the outcome of the national rules and what they found; a failure is `crashed`."""
    if country is None:
        reason = "the seller's country is not declared, so its own rules are not known"
        return LayerOutcome("countries:rules", Outcome.NOT_JUDGED, reason=reason), ()
    layer = f"countries.{country.code.lower()}:rules"
    try:
        findings = country.check(invoice)
    except Exception as error:  # noqa: BLE001 - whatever a rule does, it is not "valid"
        reason = f"{type(error).__name__}: {error}"
        return LayerOutcome(layer, Outcome.CRASHED, reason=reason), ()
    return LayerOutcome(layer, Outcome.RAN), findings


def with_national_layer(report: Report, country: Country | None, invoice: Invoice) -> Report:
    """Put the national layer in front of a report."""
    outcome, findings = judge(country, invoice)
    return Report((outcome, *report.layers), (*findings, *report.findings))
