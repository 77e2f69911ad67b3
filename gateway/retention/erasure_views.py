"""What the API says of erasures."""

import datetime
from typing import Any

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.retention.erasure_repository import ErasureRow
from gateway.retention.erasures import Remaining, standing
from gateway.retention.views import rule_json


def erasure_json(row: ErasureRow, now: datetime.datetime) -> dict[str, Any]:
    """Return an erasure (`ErasureView`)."""
    decided = row.decided_by_kind
    return {
        "id": public_id("ers", row.id),
        "object": "erasure",
        "entity_id": public_id("ent", row.entity_id),
        "customer_id": public_id("cus", row.customer_id),
        "state": standing(row, now),
        "reason": row.reason,
        "requested_at": written(row.requested_at),
        "requested_by": {"kind": row.requested_by_kind, "id": row.requested_by},
        "expires_at": written(row.expires_at),
        "decided_at": row.decided_at and written(row.decided_at),
        "decided_by": None if decided is None else {"kind": decided, "id": row.decided_by},
        "decision_reason": row.decision_reason,
        "next_look_at": row.due_at and written(row.due_at),
        "done_at": row.done_at and written(row.done_at),
    }


def remaining_json(one: Remaining) -> dict[str, Any]:
    """Return a document that names the customer (`ErasureDocumentView`)."""
    found = one.explained
    paper = found.paper
    return {
        "id": paper.public_id,
        "object": "erasure_document",
        "kind": paper.kind,
        "number": paper.row.number,
        "issued": found.basis.issued.isoformat(),
        "retain_until": paper.retain_until.isoformat(),
        "rule": rule_json(found.by_law.terms[0]),
        "holds": [public_id("hld", held.id) for held in found.holds],
        "kept_because": one.because,
    }
