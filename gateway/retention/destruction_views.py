"""What the API says of destructions."""

import base64
import datetime
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gateway.archive.service import Archive
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.retention.certificates import ROLE
from gateway.retention.destruction_repository import DestructionRow, ItemRow
from gateway.retention.destructions import standing


def destruction_json(row: DestructionRow, now: datetime.datetime) -> dict[str, Any]:
    """Return a destruction (`DestructionView`)."""
    decided = row.decided_by_kind
    return {
        "id": public_id("dst", row.id),
        "object": "destruction",
        "entity_id": public_id("ent", row.entity_id),
        "state": standing(row, now),
        "reason": row.reason,
        "proposed_at": written(row.proposed_at),
        "proposed_by": {"kind": row.proposed_by_kind, "id": row.proposed_by},
        "expires_at": written(row.expires_at),
        "decided_at": row.decided_at and written(row.decided_at),
        "decided_by": None if decided is None else {"kind": decided, "id": row.decided_by},
        "decision_reason": row.decision_reason,
        "job_id": row.job_id and public_id("job", row.job_id),
        "erasure_id": row.erasure_id and public_id("ers", row.erasure_id),
        "done_at": row.done_at and written(row.done_at),
    }


def detail_json(
    row: DestructionRow, items: Sequence[ItemRow], now: datetime.datetime
) -> dict[str, Any]:
    """Return a destruction with all that it lists (`DestructionDetailView`)."""
    return {
        **destruction_json(row, now),
        "counts": dict(sorted(Counter(item.kind for item in items).items())),
        "documents": [_item_json(item) for item in items],
    }


def certificate_json(archive: Archive, tx: TenantTransaction, document_id: UUID) -> dict[str, Any]:
    """Return the certificate of a document with its proof (`DestructionCertificateView`).

    Raises:
        NotFoundProblem: It was not destroyed, or there is no such document.
    """
    found = [entry for entry in archive.entries(tx, document_id) if entry.role == ROLE]
    if not found:
        raise NotFoundProblem
    entry, size = found[0], archive.size(tx)
    return {
        "object": "destruction_certificate",
        "certificate": json.loads(archive.read(tx, entry.id)),
        "sha256": entry.sha256.hex(),
        "leaf": base64.b64encode(entry.leaf).decode(),
        "log_index": entry.log_index,
        "checkpoint": archive.checkpoint(tx),
        "proof": [value.hex() for value in archive.inclusion(tx, entry.log_index, size)],
    }


def _item_json(item: ItemRow) -> dict[str, Any]:
    return {
        "id": item.document,
        "object": "destruction_item",
        "kind": item.kind,
        "number": item.number,
        "retain_until": item.retain_until.isoformat(),
        "rule": dict(item.rule),
        "state": item.state,
        "spared_because": item.spared_because,
    }
