"""What the bundle of a received document says it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from gateway.archive.bundle import JsonValue, timestamp
from gateway.inbox.repository import ReceivedRow
from gateway.kit.ids import public_id


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
