"""What the log is told of a legal hold: that it was placed, what it covers, and when it ended.

Each is a file of evidence about the entity. A hold that is lifted, narrowed or taken out of the
database behind our back is no longer what the log says of it, and `gateway fsck` names it.
"""

import datetime
from typing import Final

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.service import EvidenceItem
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.retention.repository import HoldRow

ROLE: Final = "legal-hold"

_VERSION = 1


def placed(row: HoldRow) -> EvidenceItem:
    """Return the evidence that a hold was placed; without its reason, which may name somebody."""
    return _item(
        row,
        "placed",
        {
            "document": row.document,
            "kinds": None if row.kinds is None else list(row.kinds),
            "issued_from": _day(row.issued_from),
            "issued_until": _day(row.issued_until),
            "at": written(row.placed_at),
            "by": {"kind": row.placed_by_kind, "id": row.placed_by},
        },
    )


def ended(row: HoldRow) -> EvidenceItem:
    """Return the evidence that a hold ended."""
    if row.ended_at is None:
        raise AssertionError("a hold that lasts has no end to tell of")
    by: JsonValue = {"kind": row.ended_by_kind, "id": row.ended_by}
    return _item(row, "ended", {"at": written(row.ended_at), "by": by})


def _day(value: datetime.date | None) -> str | None:
    return None if value is None else value.isoformat()


def _item(row: HoldRow, what: str, more: dict[str, JsonValue]) -> EvidenceItem:
    said: dict[str, JsonValue] = {
        "legal_hold": what,
        "version": _VERSION,
        "entity": public_id("ent", row.entity_id),
        "hold": str(row.id),
        **more,
    }
    return EvidenceItem(ROLE, f"legal-hold-{what}.json", "application/json", canonical(said))
