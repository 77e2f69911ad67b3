"""What is fetched from authorities into an entity's inbox, on its checklist. Pure."""

from collections.abc import Iterable, Iterator

from gateway.pickups.service import PickupRow
from gateway.readiness.items import Item

_FIXES = {
    "permission_missing": "Have InvoiceRead granted in KSeF to the holder of the key.",
    "credential_unusable": "POST /v1/signing-keys/import",
    "number_missing": "PATCH /v1/entities/{entity_id}",
}


def pickups(rows: Iterable[PickupRow]) -> Iterator[Item]:
    """Yield an item for each thing that is fetched: good, or why it is not."""
    for row in rows:
        failing = row.failing_since is not None
        yield Item(
            id=f"pickup:{row.channel}:{row.role}",
            title=f"Invoices that {row.channel} holds ({row.role})",
            state="failing" if row.told_at else "warning" if failing else "done",
            required_for=(),
            fields=("/settings/fiscalization/receives",),
            why=f"{row.reason}: {row.detail}"
            if failing
            else f"They are in the inbox up to {row.since:%Y-%m-%d %H:%M} UTC.",
            fix=_FIXES.get(row.reason or "", "GET /v1/pickups") if failing else None,
        )
