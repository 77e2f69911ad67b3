"""The evidence set of a document: readable, judged, dated, each file with its place in the log."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request, Response

from formats.pdf.view import view
from gateway.archive.service import ArchiveEntry
from gateway.events.service import EventView
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.web.audit.room import Visit, opened
from gateway.web.audit.speech import Speech
from gateway.web.audit.subjects import report_of, subject_of

router = APIRouter(include_in_schema=False)


@router.get("/audit/documents/{document_id}", name="audit_document")
def show(request: Request, document_id: str) -> Response:
    """Show a document and everything that is kept of it."""
    return opened(request, "record", lambda visit: _shown(visit, document_id))


def _shown(visit: Visit, public: str) -> Response:
    subject, speech = subject_of(visit, public), visit.speech
    names = {one.id: one.name for one in subject.entries}
    return visit.page(
        "audit_document.html",
        subject=subject,
        labels=speech.printed.labels,
        view=None if subject.invoice is None else view(subject.invoice, speech.printed),
        report=_report(report_of(visit, subject)),
        files=[file_of(one, speech) for one in subject.entries],
        happened=[_event(one, names) for one in subject.events],
    )


def file_of(entry: ArchiveEntry, speech: Speech) -> dict[str, str]:
    """Return a file as the pages name it; its size in bytes, so that it can be compared."""
    return {
        "id": public_id("arc", entry.id),
        "role": entry.role,
        "name": entry.name,
        "media_type": entry.media_type,
        "size": speech.printed.number(Decimal(entry.size)),
        "sha256": entry.sha256.hex(),
        "index": str(entry.log_index),
        "at": written(entry.at),
    }


def _report(report: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what is shown of a validation report, whichever members it has."""
    if report is None:
        return None
    return {
        "gone": report.get("gone"),
        "valid": report.get("valid"),
        "layers": [
            (str(one.get("id", "")), str(one.get("outcome", "")), str(one.get("reason") or ""))
            for one in report.get("layers") or ()
        ],
        "findings": [
            (str(one.get("rule", "")), str(one.get("flag", "")), str(one.get("message", "")))
            for one in report.get("findings") or ()
        ],
    }


def _event(event: EventView, names: Mapping[Any, str]) -> dict[str, str]:
    evidence = event.evidence_id
    return {
        "at": written(event.at),
        "type": event.type,
        "data": json.dumps(dict(event.data), ensure_ascii=False, sort_keys=True)
        if event.data
        else "",
        "file": "" if evidence is None else names.get(evidence, ""),
        "file_id": "" if evidence is None else public_id("arc", evidence),
    }
