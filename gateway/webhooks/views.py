"""Endpoints and deliveries as the API shows them."""

import json
from typing import Any

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.webhooks.ledger import DeliveryRow
from gateway.webhooks.repository import EndpointRow


def endpoint_json(row: EndpointRow) -> dict[str, Any]:
    """Return an endpoint as JSON (`WebhookEndpointView`), without its secret."""
    return {
        "id": public_id("whk", row.id),
        "object": "webhook_endpoint",
        "environment": row.environment,
        "entity_id": row.entity_id and public_id("ent", row.entity_id),
        "url": row.url,
        "description": row.description,
        "event_types": list(row.event_types),
        "enabled": row.enabled,
        "disabled_reason": row.disabled_reason,
        "disabled_at": row.disabled_at and written(row.disabled_at),
        "failing_since": row.failing_since and written(row.failing_since),
        "previous_secret_until": row.previous_until and written(row.previous_until),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def delivery_json(row: DeliveryRow) -> dict[str, Any]:
    """Return a delivery as JSON (`WebhookDeliveryView`)."""
    return {
        "id": public_id("whd", row.id),
        "object": "webhook_delivery",
        "webhook_endpoint_id": public_id("whk", row.endpoint_id),
        "event_id": public_id("evt", row.event_id),
        "type": row.type,
        "state": row.state,
        "next_attempt_at": row.due_at and written(row.due_at),
        "attempts": list(row.attempts),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def detail_json(row: DeliveryRow, payload: bytes) -> dict[str, Any]:
    """Return a delivery with what is sent (`WebhookDeliveryDetail`)."""
    return {**delivery_json(row), "payload": json.loads(payload)}
