"""Reports as JSON: what `--output jsonl` prints and `POST /v1/validate` answers."""

from typing import Any

from formats.findings import Finding, LayerOutcome
from gateway.validations.judged import Judged

Json = dict[str, Any]


def report_json(judged: Judged) -> Json:
    """Return verdict, layers and findings; every member is there, null where it says nothing."""
    return {
        "valid": judged.valid,
        "judged": judged.complete,
        "layers": [layer_json(layer) for layer in judged.report.layers],
        "findings": [finding_json(finding) for finding in judged.report.findings],
    }


def layer_json(layer: LayerOutcome) -> Json:
    """Return what became of one layer."""
    return {
        "id": layer.id,
        "layer": None if layer.layer is None else layer.layer.value,
        "outcome": layer.outcome.value,
        "source": layer.source,
        "reason": layer.reason,
    }


def finding_json(finding: Finding) -> Json:
    """Return one finding; `patch` is an empty list where there is no mechanical way."""
    return {
        "rule": finding.rule,
        "rule_set": finding.rule_set,
        "layer": None if finding.layer is None else finding.layer.value,
        "flag": finding.flag.value,
        "message": finding.message,
        "term": finding.term,
        "pointer": finding.pointer,
        "location": finding.location,
        "line": finding.line,
        "fix": finding.fix,
        "patch": [dict(operation) for operation in finding.patch],
    }
