"""Documents that are no invoices: estimates, proformas, delivery notes, orders, receipts.

EN 16931 has no syntax for them, and no authority asks for them. What is issued is the canonical
document as JSON: numbered, frozen and archived like an invoice, judged by what makes sense of any
of them, and never sent over a network of invoices.
"""

from formats.en16931 import Invoice
from formats.findings import Finding, LayerOutcome, Outcome, Report
from formats.registry import PROFILES
from formats.validation.pipeline import judge_model
from gateway.compliance.profiles import PLAIN
from gateway.documents.preparation import as_text
from gateway.kinds import DocumentKind

PROFILE = "gateway-json"
"""How they are written: the canonical document, sorted names, no spaces, UTF-8."""

MEDIA_TYPE = "application/json"

_LAYER = "gateway.documents:commercial"
_ALWAYS = frozenset({"BR-05", "BR-06", "BR-07", "BR-16", "BR-21", "BR-22", "BR-25"})
"""A currency, who sells and who buys, and lines that say what and how much."""

_WITH_PRICES = _ALWAYS | {"BR-24", "BR-26", "BR-27"}
_AMOUNTS = ("BR-CO-1", "GW-")
"""Sums that do not add up, whatever the document is."""


def judge(kind: DocumentKind, invoice: Invoice) -> Report:
    """Return what is wrong with a document that is no invoice."""
    judged = judge_model(invoice, PROFILES[PLAIN])
    if not all(layer.ran for layer in judged.layers):
        return judged
    return Report((LayerOutcome(_LAYER, Outcome.RAN),), relevant(kind, judged.findings))


def relevant(kind: DocumentKind, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return those of the findings on an invoice that a document of this kind must heed."""
    wanted = _ALWAYS if kind is DocumentKind.DELIVERY_NOTE else _WITH_PRICES
    return tuple(
        finding
        for finding in findings
        if finding.rule in wanted or finding.rule.startswith(_AMOUNTS)
    )


def write(kind: DocumentKind, invoice: Invoice) -> bytes:
    """Return the bytes that are issued."""
    document = invoice.model_dump(mode="json", exclude_none=True)
    document.pop("process_control", None)  # it follows no specification of invoices
    return as_text({"kind": kind.value, **document}).encode()
