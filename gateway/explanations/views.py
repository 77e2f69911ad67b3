"""Explanations as JSON: the command line and the API print the same."""

import base64
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from formats.explain.explanation import Explanation
from gateway.conversions.views import change_json, loss_json
from gateway.explanations.service import Mended, Subject, combined
from gateway.validations.views import report_json

Json = dict[str, Any]

_MOST_LOSSES = 1_000


def answer_json(
    explanations: Sequence[Explanation],
    language: str,
    subject: Subject | None,
    mended: Mended | None,
) -> Json:
    """Return the whole answer (`ExplanationsView`)."""
    patch: tuple[Any, ...] = ()
    if subject is not None and subject.value is not None:
        found = [finding.patch for finding in subject.judged.report.findings]
        patch = combined(subject.value, found)
    return {
        "object": "explanations",
        "language": language,
        "valid": None if subject is None else subject.judged.valid,
        "explanations": [explanation_json(one) for one in explanations],
        "patch": [dict(operation) for operation in patch],
        "applied": None if mended is None or subject is None else _applied(mended, subject),
    }


def explanation_json(explanation: Explanation) -> Json:
    """Return one explanation."""
    return {
        **asdict(explanation),
        "knowledge": explanation.knowledge.value,
        "patch": [dict(operation) for operation in explanation.patch],
    }


def _applied(mended: Mended, subject: Subject) -> Json:
    content = None if mended.content is None else base64.b64encode(mended.content).decode()
    return {
        "document": plain(mended.value),
        "content": content,
        **report_json(mended.judged),
        "changes": [change_json(change) for change in mended.changes],
        "losses": [loss_json(loss) for loss in subject.losses[:_MOST_LOSSES]],
    }


def plain(value: Any) -> Any:  # noqa: ANN401 - parsed JSON
    """Return parsed JSON as any writer takes it; a number of too many digits becomes a text."""
    if isinstance(value, Decimal):
        short = float(value)
        return short if Decimal(repr(short)) == value else f"{value:f}"
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value
