"""Events become deliveries: one for each endpoint that asked, and the message they share."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from gateway.documents.summary import summaries
from gateway.events.sequence import Placed
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.webhooks import ledger
from gateway.webhooks.catalogue import names_of, wanted_name
from gateway.webhooks.payload import Surroundings, build
from gateway.webhooks.repository import EndpointRow

Wanted = tuple[Placed, str, EndpointRow]
"""An event, the name it goes by, and an endpoint that asked for it by that name."""


def wanted(
    events: Iterable[Placed], endpoints: Sequence[EndpointRow], *, also_older: bool = False
) -> list[Wanted]:
    """Return who is to be told what.

    Args:
        events: What happened, in order.
        endpoints: Who could be told.
        also_older: True also for what happened before an endpoint was made.
    """
    found = []
    for placed in events:
        names = names_of(placed.event.type, placed.event.data)
        for endpoint in endpoints:
            own = endpoint.entity_id in {None, placed.entity_id}
            if own and (also_older or placed.place.xid >= endpoint.since):
                name = wanted_name(endpoint.event_types, names)
                if name is not None:
                    found.append((placed, name, endpoint))
    return found


def hand_over(tx: TenantTransaction, found: Sequence[Wanted], now: datetime.datetime) -> int:
    """Queue deliveries that do not exist yet and return how many.

    The caller holds the account's feed, so that nobody else does the same.
    """
    if not found:
        return 0
    messages = ledger.messages_of(tx, {placed.event.id for placed, _, _ in found})
    missing = {
        (placed.event.id, name): placed
        for placed, name, _ in found
        if (placed.event.id, name) not in messages
    }
    new_messages = _written(tx, missing, now)
    messages |= {(row["event_id"], row["type"]): row["id"] for row in new_messages}
    deliveries = [
        {
            **_owner(tx, placed.entity_id),
            "id": new_id(),
            "endpoint_id": endpoint.id,
            "message_id": messages[placed.event.id, name],
            "event_id": placed.event.id,
            "type": name,
            "event_at": placed.event.at,
            "state": "pending",
            "attempts": [],
            "created_at": now,
            "updated_at": now,
        }
        for placed, name, endpoint in found
    ]
    ledger.add(tx, new_messages, deliveries, [queued(row, now) for row in deliveries])
    return len(deliveries)


def queued(delivery: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """Return the row of the queue that has a delivery sent now."""
    return {
        "account_id": delivery["account_id"],
        "entity_id": delivery["entity_id"],
        "environment": delivery["environment"],
        "delivery_id": delivery["id"],
        "endpoint_id": delivery["endpoint_id"],
        "state": "queued",
        "due_at": now,
        "attempts": 0,
        "claims": 0,
    }


def _written(
    tx: TenantTransaction, missing: Mapping[tuple[UUID, str], Placed], now: datetime.datetime
) -> list[dict[str, Any]]:
    """Return the rows of the messages that do not exist yet."""
    placed = missing.values()
    entities = {one.entity_id: _entity(tx, one.entity_id) for one in placed}
    documents = summaries(tx, {one.event.document_id for one in placed if one.event.document_id})
    rows = []
    for (event_id, name), one in missing.items():
        document_id = one.event.document_id
        around = Surroundings(
            tx.tenant.account_id,
            tx.tenant.environment,
            entities[one.entity_id],
            documents.get(document_id) if document_id else None,
        )
        rows.append(
            {
                **_owner(tx, one.entity_id),
                "id": new_id(),
                "event_id": event_id,
                "type": name,
                "payload": build(one, name, around),
                "created_at": now,
            }
        )
    return rows


def _owner(tx: TenantTransaction, entity_id: UUID) -> dict[str, Any]:
    return {
        "account_id": tx.tenant.account_id,
        "entity_id": entity_id,
        "environment": tx.tenant.environment,
    }


def _entity(tx: TenantTransaction, entity_id: UUID) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": public_id("ent", entity_id), "name": None, "metadata": {}}
    try:
        row = tenants.get_entity(tx, entity_id)
    except NotFoundProblem:  # it was deleted since
        return shown
    return {**shown, "name": row.name, "metadata": dict(row.metadata)}
