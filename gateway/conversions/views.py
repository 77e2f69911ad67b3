"""Reports of conversions as JSON: the command line and the API print the same."""

import json
from decimal import Decimal
from typing import Any

from formats.en16931 import Invoice
from formats.en16931.changes import Change
from formats.fidelity import FidelityReport, Loss
from formats.findings import Finding
from formats.profile import Profile
from formats.reading import Reading
from formats.refusal import Refusal

Json = dict[str, Any]


def invoice_json(invoice: Invoice) -> Json:
    """Return the canonical invoice; what is absent is left out. Reading it gives it again."""
    return invoice.model_dump(mode="json", exclude_defaults=True)


def report_json(report: FidelityReport) -> Json:
    """Return what was lost."""
    return {"lossless": report.lossless, "losses": [loss_json(loss) for loss in report.losses]}


def loss_json(loss: Loss) -> Json:
    """Return one loss; members that say nothing are left out."""
    return _filled(
        {
            "fate": loss.fate.value,
            "term": loss.term,
            "name": loss.name,
            "value": loss.value,
            "source": loss.source,
            "line": loss.line,
            "pointer": loss.pointer,
            "detail": loss.detail,
        }
    )


def finding_json(finding: Finding) -> Json:
    """Return a finding about the amounts of JSON or a spreadsheet."""
    return _filled(
        {
            "rule": finding.rule,
            "flag": finding.flag.value,
            "message": finding.message,
            "term": finding.term,
            "pointer": finding.pointer,
            "fix": finding.fix,
        }
    )


def reading_json(reading: Reading) -> Json:
    """Return what a document is, and what of it the invoice does not say."""
    return {
        "source": reading.source.value,
        "profile": None if reading.profile is None else reading.profile.id,
        **report_json(FidelityReport(reading.losses)),
        "findings": [finding_json(finding) for finding in reading.findings],
    }


def change_json(change: Change) -> Json:
    """Return one difference between two invoices."""
    return _filled(
        {
            "kind": change.kind.value,
            "term": change.term,
            "name": change.name,
            "pointer": change.pointer,
            "old_pointer": change.old_pointer,
            "old": change.old,
            "new": change.new,
        }
    )


def profile_json(profile: Profile) -> Json:
    """Return what can be told of a profile."""
    return {
        "id": profile.id,
        "name": profile.name,
        "syntax": profile.syntax.value,
        "customization_id": profile.customization_id,
        "process_id": profile.process_id,
        "hybrid": None if profile.hybrid is None else profile.hybrid.value,
        "unproven": profile.unproven,
    }


def refusal_json(refusal: Refusal) -> Json:
    """Return why a document was not read."""
    parts = [
        _filled(
            {
                "place": part.place,
                "column": part.column,
                "message": part.message,
                "fix": part.fix,
            }
        )
        for part in refusal.parts
    ]
    head = {"code": refusal.code, "message": refusal.message, "line": refusal.line}
    return {**_filled(head), "errors": parts}


def _filled(members: Json) -> Json:
    return {name: value for name, value in members.items() if value is not None}


def json_bytes(value: object) -> bytes:
    """Write a parsed body again, numbers at their digits."""
    return json.dumps(value, default=_number, ensure_ascii=False).encode()


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
