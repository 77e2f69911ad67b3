"""Reports of validation as they are stored and shown: pointers lead into the body as sent."""

from typing import Any

from formats.findings import Finding, LayerOutcome, Report
from gateway.documents.preparation import Body
from gateway.documents.problems import finding_json


def findings_json(findings: tuple[Finding, ...], body: Body) -> list[dict[str, Any]]:
    """Return findings as JSON, their pointers into the body as sent; each one once.

    Two layers may find the same rule broken at the same place; the first says it best.
    """
    listed: dict[tuple[str, str | None, str | None, int | None], dict[str, Any]] = {}
    for finding in findings:
        pointer = finding.pointer
        item = finding_json(finding, None if pointer is None else body.pointers.as_sent(pointer))
        listed.setdefault((finding.rule, pointer, finding.location, finding.line), item)
    return list(listed.values())


def layer_json(layer: LayerOutcome) -> dict[str, Any]:
    """Return one layer's outcome as JSON."""
    members = {
        "id": layer.id,
        "outcome": layer.outcome.value,
        "source": layer.source,
        "reason": layer.reason,
    }
    return {name: value for name, value in members.items() if value is not None}


def report_json(report: Report, body: Body) -> dict[str, Any]:
    """Return a report as it is stored and shown."""
    return {
        "valid": report.valid,
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": findings_json(report.findings, body),
    }
