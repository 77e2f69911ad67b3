"""What a message says: Standard Webhooks' `type`, `timestamp`, `data`, and where it stands. Pure.

Built once, when an event is handed to endpoints, and never again: every attempt and every replay
sends the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.events.sequence import Placed
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.json_body import to_json

MOST_BYTES = 20_000
"""Standard Webhooks asks for less than 20 kB."""

_LARGE = (
    ("entity", "metadata"),
    ("details",),
    ("document", "metadata"),
    ("document",),
)
"""What is left out, in this order, of a payload that would be too large."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a payload says beside the event itself.

    Attributes:
        account_id: Whose.
        environment: `sandbox` or `live`.
        entity: Id, name and metadata of the entity.
        document: The summary of the document concerned, if one is.
    """

    account_id: UUID
    environment: str
    entity: Mapping[str, Any]
    document: Mapping[str, Any] | None


def build(placed: Placed, name: str, around: Surroundings) -> bytes:
    """Return the bytes of a message about an event, under one of its names."""
    event = placed.event
    data: dict[str, Any] = {
        "entity": dict(around.entity),
        "document": None if around.document is None else dict(around.document),
        "transmission_id": _public("trn", event.transmission_id),
        "subject_id": event.subject_id,
        "evidence_id": _public("arc", event.evidence_id),
        "details": dict(event.data),
    }
    payload = {
        "id": public_id("evt", event.id),
        "type": name,
        "timestamp": written(event.at),
        "cursor": placed.place.cursor,
        "account_id": public_id("acc", around.account_id),
        "entity_id": public_id("ent", placed.entity_id),
        "environment": around.environment,
        "data": data,
    }
    return _fitting(payload, data)


def build_test(event_id: UUID, endpoint: Mapping[str, Any], name: str, timestamp: str) -> bytes:
    """Return the bytes of the message that an endpoint is tried with."""
    return to_json(
        {
            "id": public_id("evt", event_id),
            "type": name,
            "timestamp": timestamp,
            "cursor": None,
            "account_id": endpoint["account_id"],
            "entity_id": endpoint["entity_id"],
            "environment": endpoint["environment"],
            "data": {"webhook_endpoint_id": endpoint["id"], "details": {}},
        }
    )


def _fitting(payload: dict[str, Any], data: dict[str, Any]) -> bytes:
    left_out: list[str] = []
    for path in ((), *_LARGE):
        if path:
            parent = data if len(path) == 1 else data[path[0]]
            if not parent or not parent[path[-1]]:
                continue
            parent[path[-1]] = None
            left_out.append("/data/" + "/".join(path))
            payload["left_out"] = left_out
        content = to_json(payload)
        if len(content) <= MOST_BYTES:
            return content
    raise ValueError("ids alone do not make a payload too large")


def _public(prefix: str, value: UUID | None) -> str | None:
    return None if value is None else public_id(prefix, value)
