"""HTTP for events: one ordered feed per entity, that can be waited on."""

import datetime
import time
from typing import Annotated, Any, Literal, Protocol
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from gateway.events import service
from gateway.events.notifier import Notifier
from gateway.events.service import EventView, Page
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.pagination import DEFAULT_LIMIT, Limit
from gateway.kit.tenancy import Tenant
from gateway.tenants import service as tenants
from gateway.tenants.access import CallerDependency, NamedEntity, entity_tenant

router = APIRouter(prefix="/v1/events", tags=["Events"])

MAX_WAIT = 30
_FIRST_LOOK = 0.05  # seconds: a hint may come a moment before its event is behind the horizon
_LOOK = 1.0


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def notifier(self) -> Notifier:
        """Wakes who waits."""


class Event(BaseModel):
    """Something that happened; never changed afterwards."""

    id: str = Field(description="evt_...")
    object: Literal["event"] = "event"
    type: str = Field(description="invoice.finalized, transmission.submitted ...")
    at: datetime.datetime
    document_id: str | None
    transmission_id: str | None
    subject_id: str | None = Field(description="What else it concerns, e.g. cus_...")
    evidence_id: str | None = Field(description="The archive entry that proves it.")
    data: dict[str, Any]


class EventFeed(BaseModel):
    """The next events, oldest first."""

    object: Literal["list"] = "list"
    data: list[Event]
    cursor: str = Field(description="Pass it as `after` to go on, also when `data` is empty.")


@router.get("", operation_id="list_events", summary="Follow what happens")
async def list_events(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: CallerDependency,
    named: NamedEntity,
    after: Annotated[
        str | None, Query(max_length=64, description="`cursor` of the page before.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    wait: Annotated[
        int, Query(ge=0, le=MAX_WAIT, description="Seconds to wait for the first event.")
    ] = 0,
) -> EventFeed:
    """Return the events after a place in the feed, in an order that never changes.

    Nothing is ever inserted before a cursor that was handed out: who goes on from `cursor` misses
    nothing. With `wait` the answer is held back until there is something, or the time is over.
    """
    doors: Doors = request.app.state.runtime
    tenant = entity_tenant(caller, named)
    deadline = time.monotonic() + wait
    pause = _LOOK
    with doors.notifier.subscribe(tenant.entity_ids) as subscription:
        while True:
            feed = await run_in_threadpool(_read, doors.database, tenant, after, limit)
            remaining = deadline - time.monotonic()
            if feed.data or remaining <= 0 or doors.notifier.ending:
                return feed
            woken = await subscription.wait(min(pause, remaining))
            pause = _FIRST_LOOK if woken else min(_LOOK, pause * 2)


def _read(database: Database, tenant: Tenant, after: str | None, limit: int) -> EventFeed:
    with database.transaction(tenant, read_only=True) as tx:
        tenants.get_entity(tx, tx.entity_id)  # an account key may name any id
        page = service.feed(tx, after, limit)
        documents = {event.document_id for event in page.events if event.document_id}
        return _shown(page, service.document_prefixes(tx, documents) if documents else {})


def _shown(page: Page, prefixes: dict[UUID, str]) -> EventFeed:
    return EventFeed(data=[_event(event, prefixes) for event in page.events], cursor=page.cursor)


def _event(event: EventView, prefixes: dict[UUID, str]) -> Event:
    document = event.document_id
    prefix = prefixes.get(document) if document else None
    return Event(
        id=public_id("evt", event.id),
        type=event.type,
        at=event.at,
        document_id=public_id(prefix, document) if document and prefix else None,
        transmission_id=_public("trn", event.transmission_id),
        subject_id=event.subject_id,
        evidence_id=_public("arc", event.evidence_id),
        data=dict(event.data),
    )


def _public(prefix: str, value: UUID | None) -> str | None:
    return None if value is None else public_id(prefix, value)
