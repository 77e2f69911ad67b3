"""HTTP for webhooks: `/v1/webhook-endpoints`, their log and replays, `/v1/event-types`."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.openapi import takes
from gateway.tenants.access import CallerDependency, OwnReader, OwnWriter
from gateway.webhooks import replays, service
from gateway.webhooks.catalogue import CATALOGUE
from gateway.webhooks.schemas import (
    DeliveryState,
    EventTypeList,
    NewWebhookEndpointView,
    ReplayInput,
    ReplayView,
    SecretRotation,
    WebhookDeliveryDetail,
    WebhookDeliveryList,
    WebhookDeliveryView,
    WebhookEndpointChange,
    WebhookEndpointInput,
    WebhookEndpointList,
    WebhookEndpointView,
)
from gateway.webhooks.service import Webhooks
from gateway.webhooks.views import delivery_json, detail_json, endpoint_json

event_types = APIRouter(prefix="/v1/event-types", tags=["Events"])
router = APIRouter(prefix="/v1/webhook-endpoints", tags=["Webhooks"])

_ONE = "/{endpoint_id}"
_DELIVERIES = f"{_ONE}/deliveries"


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def webhooks(self) -> Webhooks:
        """What endpoints are made with."""


def _webhooks(request: Request) -> Webhooks:
    doors: Doors = request.app.state.runtime
    return doors.webhooks


@event_types.get("", response_model=EventTypeList)
def list_event_types(_caller: CallerDependency) -> dict[str, Any]:
    """List every type of event that an endpoint can ask for, with what it means."""
    return {
        "data": [
            {"name": one.name, "description": one.description, "alias": one.alias}
            for one in CATALOGUE.values()
        ]
    }


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewWebhookEndpointView,
    openapi_extra=takes(WebhookEndpointInput),
)
def create_webhook_endpoint(
    request: Request, tx: OwnWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Create an endpoint: an address that events are sent to from now on.

    The answer shows its secret, once. Repeated with the same Idempotency-Key, it names the same
    endpoint with `secret` null.
    """

    def run() -> Answer:
        given = validated(WebhookEndpointInput, parse_json(content))
        row, secret = _webhooks(request).create(tx, given, clock.now())
        return _with_secret(HTTPStatus.CREATED, endpoint_json(row), secret)

    return once(tx, run)


@router.get("", response_model=WebhookEndpointList)
def list_webhook_endpoints(
    tx: OwnReader,
    metadata: MetadataFilter,
    entity_id: Annotated[str | None, Query(description="Only those of this entity.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List endpoints, newest first. A key of one entity sees that entity's own."""
    before = read_id_cursor(cursor)
    rows = service.page(tx, entity=entity_id, metadata=metadata, before=before, limit=limit + 1)
    page = rows[:limit]
    return {
        "data": [endpoint_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get(_DELIVERIES, response_model=WebhookDeliveryList)
def list_webhook_deliveries(
    tx: OwnReader,
    endpoint_id: str,
    state: DeliveryState | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List what was sent to an endpoint and what came back, newest first."""
    rows = replays.page(
        tx,
        parse_id(endpoint_id, "whk"),
        state=state,
        before=read_id_cursor(cursor),
        limit=limit + 1,
    )
    page = rows[:limit]
    return {
        "data": [delivery_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get(f"{_DELIVERIES}/{{delivery_id}}", response_model=WebhookDeliveryDetail)
def read_webhook_delivery(tx: OwnReader, endpoint_id: str, delivery_id: str) -> dict[str, Any]:
    """Read a delivery with the payload it sends."""
    row = replays.get(tx, parse_id(endpoint_id, "whk"), parse_id(delivery_id, "whd"))
    return detail_json(row, replays.payload(tx, row))


@router.post(
    f"{_DELIVERIES}/{{delivery_id}}/replay",
    status_code=HTTPStatus.ACCEPTED,
    response_model=WebhookDeliveryView,
)
def replay_webhook_delivery(
    tx: OwnWriter, once: Idempotency, endpoint_id: str, delivery_id: str
) -> Response:
    """Send a delivery again: the same bytes under the same `webhook-id`, with all its attempts."""
    identifiers = parse_id(endpoint_id, "whk"), parse_id(delivery_id, "whd")

    def run() -> Answer:
        row = replays.again(tx, *identifiers, clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(delivery_json(row)))

    return once(tx, run)


@router.post(
    f"{_ONE}/replay",
    status_code=HTTPStatus.ACCEPTED,
    response_model=ReplayView,
    openapi_extra=takes(ReplayInput),
)
def replay_webhook_events(
    tx: OwnWriter, once: Idempotency, endpoint_id: str, content: JsonContent
) -> Response:
    """Send again what happened in a span of time, up to 1,000 events in one call.

    With `next_cursor` in the answer there is more: send the same request with it as `cursor`.
    """
    identifier = parse_id(endpoint_id, "whk")

    def run() -> Answer:
        given = validated(ReplayInput, parse_json(content))
        queued, cursor = replays.many(tx, identifier, given, clock.now())
        body = {"object": "webhook_replay", "queued": queued, "next_cursor": cursor}
        return Answer(HTTPStatus.ACCEPTED, to_json(body))

    return once(tx, run)


@router.post(f"{_ONE}/test", status_code=HTTPStatus.ACCEPTED, response_model=WebhookDeliveryView)
def test_webhook_endpoint(tx: OwnWriter, once: Idempotency, endpoint_id: str) -> Response:
    """Send the endpoint a message of the type `webhook.test`, once; the log says how it went."""
    identifier = parse_id(endpoint_id, "whk")

    def run() -> Answer:
        row = replays.test(tx, identifier, clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(delivery_json(row)))

    return once(tx, run)


@router.post(
    f"{_ONE}/rotate-secret",
    response_model=NewWebhookEndpointView,
    openapi_extra=takes(SecretRotation),
)
def rotate_webhook_secret(
    request: Request, tx: OwnWriter, once: Idempotency, endpoint_id: str, content: JsonContent
) -> Response:
    """Give an endpoint a new secret, shown once.

    For `overlap_hours` every message carries two signatures, one with each secret.
    """
    identifier = parse_id(endpoint_id, "whk")

    def run() -> Answer:
        given = validated(SecretRotation, parse_json(content))
        row, secret = _webhooks(request).rotate(tx, identifier, given, clock.now())
        return _with_secret(HTTPStatus.OK, endpoint_json(row), secret)

    return once(tx, run)


@router.get(_ONE, response_model=WebhookEndpointView)
def read_webhook_endpoint(tx: OwnReader, endpoint_id: str) -> dict[str, Any]:
    """Read an endpoint, without its secret."""
    return endpoint_json(service.get(tx, parse_id(endpoint_id, "whk")))


@router.patch(_ONE, response_model=WebhookEndpointView, openapi_extra=takes(WebhookEndpointChange))
def change_webhook_endpoint(
    request: Request, tx: OwnWriter, endpoint_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change an endpoint by JSON Merge Patch; `{"enabled": true}` wakes a disabled one.

    What waited for it is sent then. What happened while it was disabled is not, unless asked for:
    see replay, `missed`.
    """
    identifier = parse_id(endpoint_id, "whk")
    row = _webhooks(request).change(tx, identifier, parse_json(content), clock.now())
    return endpoint_json(row)


@router.delete(_ONE, status_code=HTTPStatus.NO_CONTENT)
def delete_webhook_endpoint(tx: OwnWriter, endpoint_id: str) -> Response:
    """Delete an endpoint. Nothing more is sent there, and its secret is destroyed."""
    service.delete(tx, parse_id(endpoint_id, "whk"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _with_secret(status: HTTPStatus, shown: dict[str, Any], secret: str) -> Answer:
    return Answer(
        status,
        to_json({**shown, "secret": secret}),
        stored_body=to_json({**shown, "secret": None}),
    )
