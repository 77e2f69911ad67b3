"""What the API takes and gives for webhooks."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from formats.en16931.group import Text
from gateway.kit.moments import Moment
from gateway.tenants.schemas import Environment, Input, Metadata, View
from gateway.webhooks.catalogue import is_known
from gateway.webhooks.signing import check_secret

DeliveryState = Literal["pending", "delivered", "failed"]
DisabledReason = Literal["by_you", "gone", "failing"]


def _known(pattern: str) -> str:
    if not is_known(pattern):
        raise ValueError("is no type of event; GET /v1/event-types lists them; invoice.* and * do")
    return pattern


EventPattern = Annotated[str, Field(max_length=100), AfterValidator(_known)]
EventPatterns = Annotated[
    list[EventPattern],
    Field(
        min_length=1,
        max_length=100,
        description="Types of event (`GET /v1/event-types`), `invoice.*` for all of one, or `*`.",
    ),
]
Url = Annotated[str, Field(max_length=2000, examples=["https://example.com/hooks/invoices"])]
Description = Annotated[Text, Field(max_length=500)]
Secret = Annotated[
    str,
    Field(max_length=100, description="`whsec_` and 24 to 64 bytes in base64, if you bring one."),
    AfterValidator(check_secret),
]


class WebhookEndpointInput(Input):
    """An address that events are sent to.

    With an account's key and without `entity_id` it gets the events of all entities of the
    account in the environment of the key.
    """

    url: Url = Field(description="https, on a public address; in the sandbox also http.")
    event_types: EventPatterns = Field(default=["*"])
    entity_id: str | None = Field(default=None, description="Only the events of this entity.")
    description: Description = ""
    enabled: bool = True
    metadata: Metadata = Field(default={})
    secret: Secret | None = None


class WebhookEndpointChange(Input):
    """What to change of an endpoint, as JSON Merge Patch (RFC 7396)."""

    url: Url | None = None
    event_types: EventPatterns | None = None
    description: Description | None = None
    enabled: bool | None = Field(
        default=None, description="True also forgets why it was disabled, and goes on sending."
    )
    metadata: dict[str, Any] | None = None


class SecretRotation(Input):
    """A new secret for an endpoint."""

    secret: Secret | None = Field(default=None, description="Without one we make it.")
    overlap_hours: int = Field(
        default=24,
        ge=0,
        le=168,
        description="How long messages also carry a signature with the secret before.",
    )


class WebhookEndpointView(View):
    """An endpoint, without its secret."""

    id: str = Field(examples=["whk_01jd0000000000000000000000"])
    object: Literal["webhook_endpoint"] = "webhook_endpoint"
    environment: Environment
    entity_id: str | None = Field(description="Null: all entities of the account.")
    url: str
    description: str
    event_types: list[str]
    enabled: bool
    disabled_reason: DisabledReason | None = Field(
        description="`by_you`; `gone`: it answered 410; `failing`: nothing arrived for 75 hours."
    )
    disabled_at: datetime.datetime | None
    failing_since: datetime.datetime | None = Field(
        description="The first failure since the last success; null while all is well."
    )
    previous_secret_until: datetime.datetime | None = Field(
        description="Until when messages are also signed with the secret before."
    )
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class NewWebhookEndpointView(WebhookEndpointView):
    """An endpoint with its secret, which is shown now and never again.

    Also not when the request is repeated with its Idempotency-Key.
    """

    secret: str | None


class WebhookEndpointList(View):
    """One page of endpoints, newest first."""

    object: Literal["list"] = "list"
    data: list[WebhookEndpointView]
    next_cursor: str | None


class AttemptView(View):
    """One attempt at a delivery."""

    at: datetime.datetime
    outcome: Literal["delivered", "failed", "unknown"] = Field(
        description="`unknown`: we ended in the middle of it, and tried again."
    )
    status: int | None = Field(description="What the endpoint answered, if it did.")
    latency_ms: int | None
    error: str | None
    excerpt: str | None = Field(description="How the body of the answer begins.")


class WebhookDeliveryView(View):
    """An event on its way to an endpoint."""

    id: str = Field(examples=["whd_01jd0000000000000000000000"])
    object: Literal["webhook_delivery"] = "webhook_delivery"
    webhook_endpoint_id: str
    event_id: str = Field(description="The `webhook-id` that it is sent with, every time.")
    type: str
    state: DeliveryState
    next_attempt_at: datetime.datetime | None
    attempts: list[AttemptView] = Field(description="Oldest first; the last 50.")
    created_at: datetime.datetime
    updated_at: datetime.datetime


class WebhookDeliveryDetail(WebhookDeliveryView):
    """A delivery with what is sent."""

    payload: dict[str, Any]


class WebhookDeliveryList(View):
    """One page of deliveries, newest first."""

    object: Literal["list"] = "list"
    data: list[WebhookDeliveryView]
    next_cursor: str | None


class ReplayInput(Input):
    """Which events to send again."""

    which: Literal["failed", "missed", "all"] = Field(
        description="`failed`: what was given up. `all`: also what arrived. `missed`: what was "
        "never sent, because the endpoint was disabled, younger, or asked for other types."
    )
    since: Moment = Field(description="The first moment of the events.")
    until: Moment | None = Field(
        default=None, description="The moment after the last; without it, now."
    )
    cursor: str | None = Field(
        default=None, max_length=200, description="`next_cursor` of the answer before."
    )


class ReplayView(View):
    """How many deliveries were queued."""

    object: Literal["webhook_replay"] = "webhook_replay"
    queued: int
    next_cursor: str | None = Field(
        description="Not null: there is more; send the same request with it as `cursor`."
    )


class EventTypeView(View):
    """A type of event."""

    object: Literal["event_type"] = "event_type"
    name: str
    description: str
    alias: bool = Field(description="True for the second name of an event of the feed.")


class EventTypeList(View):
    """Every type of event there is."""

    object: Literal["list"] = "list"
    data: list[EventTypeView]
    next_cursor: None = None
