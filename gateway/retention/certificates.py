"""The certificate of a document's destruction: what, by which rule, who, when.

Canonical JSON, archived as evidence of the document itself: it is a leaf of the log after those of
what was destroyed, and stays.
"""

import datetime
from typing import Final

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.service import ArchiveEntry, EvidenceItem
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.retention.destruction_repository import DestructionRow, ItemRow

ROLE: Final = "destruction-certificate"

_VERSION = 1


def certificate(
    row: DestructionRow,
    item: ItemRow,
    entries: tuple[ArchiveEntry, ...],
    now: datetime.datetime,
) -> EvidenceItem:
    """Return the certificate of one document.

    Args:
        row: The destruction, approved.
        item: The document.
        entries: Its evidence, which is destroyed.
        now: The moment.
    """
    if row.decided_at is None:  # a check constraint of the database
        raise AssertionError("nothing is destroyed that nobody approved")
    said: dict[str, JsonValue] = {
        "certificate": "destruction",
        "version": _VERSION,
        "entity": public_id("ent", row.entity_id),
        "document": item.document,
        "kind": item.kind,
        "number": item.number,
        "retain_until": item.retain_until.isoformat(),
        "rule": dict(item.rule),
        "destruction": public_id("dst", row.id),
        "reason": row.reason,
        "proposed": _by(row.proposed_by_kind, row.proposed_by, row.proposed_at),
        "approved": _by(str(row.decided_by_kind), row.decided_by, row.decided_at),
        "destroyed_at": written(now),
        "evidence": [
            {
                "id": public_id("arc", entry.id),
                "role": entry.role,
                "name": entry.name,
                "size": entry.size,
                "sha256": entry.sha256.hex(),
                "log_index": entry.log_index,
            }
            for entry in entries
        ],
    }
    return EvidenceItem(ROLE, "destruction.json", "application/json", canonical(said))


def _by(kind: str, id_: str | None, at: datetime.datetime) -> JsonValue:
    return {"kind": kind, "id": id_, "at": written(at)}
