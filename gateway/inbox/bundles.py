"""What a bundle says of a received document: what it is, and what happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.archive.bundle import JsonValue, timestamp
from gateway.events import service as events
from gateway.inbox.repository import ReceivedRow
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import service as tenants


@dataclass(frozen=True, slots=True)
class Bundled:
    """A received document, for its bundle.

    Attributes:
        row: The document, as it stands.
        entity: The name of who received it.
    """

    row: ReceivedRow
    entity: str

    @property
    def id(self) -> UUID:
        """Its id in the database."""
        return self.row.id

    def as_json(self) -> Mapping[str, JsonValue]:
        """Return the content of `document.json`; what could not be read in it is null."""
        row = self.row
        return {
            "id": public_id("rcv", row.id),
            "uuid": str(row.id),
            "kind": "received_document",
            "number": row.number,
            "profile": row.profile,
            "issue_date": None if row.issue_date is None else row.issue_date.isoformat(),
            "received_at": timestamp(row.created_at),
            "retain_until": row.retain_until.isoformat(),
            "content_sha256": row.sha256.hex(),
            "entity": {"id": public_id("ent", row.entity_id), "name": self.entity},
            "status": {"state": row.state, "verdict": row.verdict, "business": row.business},
        }


Told = tuple[Bundled, Sequence[Mapping[str, JsonValue]]]
"""What `gateway.archive.bundling.Bundle.add` takes."""


def told(tx: TenantTransaction, row: ReceivedRow) -> Told:
    """Return what a received document is, and its events in order."""
    happened: list[Mapping[str, JsonValue]] = [
        {
            "id": public_id("evt", event.id),
            "type": event.type,
            "at": written(event.at),
            "data": dict(event.data),
        }
        for event in events.of_subject(tx, public_id("rcv", row.id))
    ]
    return Bundled(row, tenants.get_entity(tx, row.entity_id).name), happened
