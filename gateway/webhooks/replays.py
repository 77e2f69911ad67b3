"""Sending again: one delivery, or what an endpoint missed in a span of time."""

import datetime
from uuid import UUID

from gateway.events import sequence
from gateway.events.sequence import Place
from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.pagination import read_id_cursor, write_cursor
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem, NotFoundProblem, RequestInvalidProblem
from gateway.webhooks import ledger, repository, service
from gateway.webhooks.catalogue import TEST
from gateway.webhooks.handover import hand_over, queued, wanted
from gateway.webhooks.ledger import DeliveryRow
from gateway.webhooks.payload import build_test
from gateway.webhooks.repository import EndpointRow
from gateway.webhooks.schemas import ReplayInput

AT_ONCE = 1000
"""Events that one request looks at."""


class EndpointDisabledProblem(ConflictProblem):
    """The endpoint is disabled, so nothing is sent there.

    Enable it first: PATCH it with `{"enabled": true}`.
    """

    type = "webhook-endpoint-disabled"
    title = "The endpoint is disabled"


def get(tx: TenantTransaction, endpoint_id: UUID, delivery_id: UUID) -> DeliveryRow:
    """Return a delivery to an endpoint.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    service.get(tx, endpoint_id)
    row = ledger.delivery_by_id(tx, endpoint_id, delivery_id)
    if row is None:
        raise NotFoundProblem
    return row


def page(
    tx: TenantTransaction,
    endpoint_id: UUID,
    *,
    state: str | None,
    before: UUID | None,
    limit: int,
) -> list[DeliveryRow]:
    """Return one page of the log of an endpoint, newest first.

    Raises:
        NotFoundProblem: There is no such endpoint for this caller.
    """
    service.get(tx, endpoint_id)
    return ledger.delivery_page(tx, endpoint_id, state=state, before=before, limit=limit)


def payload(tx: TenantTransaction, row: DeliveryRow) -> bytes:
    """Return what a delivery sends."""
    return ledger.payload(tx, row.message_id)


def test(tx: TenantTransaction, endpoint_id: UUID, now: datetime.datetime) -> DeliveryRow:
    """Queue a message that says nothing; it is tried once, and does not count for the endpoint.

    Raises:
        NotFoundProblem: There is no such endpoint for this caller.
        EndpointDisabledProblem: It is disabled.
    """
    endpoint = _open(tx, endpoint_id)
    event_id, owner = new_id(), _owner(endpoint)
    said = {
        "id": public_id("whk", endpoint.id),
        "account_id": public_id("acc", endpoint.account_id),
        "entity_id": endpoint.entity_id and public_id("ent", endpoint.entity_id),
        "environment": endpoint.environment,
    }
    message_id, delivery_id = new_id(), new_id()
    message = {
        **owner,
        "id": message_id,
        "event_id": event_id,
        "type": TEST,
        "payload": build_test(event_id, said, TEST, written(now)),
        "created_at": now,
    }
    delivery = {
        **owner,
        "id": delivery_id,
        "endpoint_id": endpoint.id,
        "message_id": message_id,
        "event_id": event_id,
        "type": TEST,
        "event_at": now,
        "state": "pending",
        "attempts": [],
        "created_at": now,
        "updated_at": now,
    }
    ledger.add(tx, [message], [delivery], [queued(delivery, now)])
    return get(tx, endpoint_id, delivery_id)


def again(
    tx: TenantTransaction, endpoint_id: UUID, delivery_id: UUID, now: datetime.datetime
) -> DeliveryRow:
    """Send a delivery again, with all its attempts; one that waits is sent now.

    Raises:
        NotFoundProblem: There is none for this caller.
        EndpointDisabledProblem: The endpoint is disabled.
    """
    endpoint = _open(tx, endpoint_id, lock=True)
    row = get(tx, endpoint_id, delivery_id)
    if row.state == "pending":
        ledger.hasten(tx, row.id, now)
    else:
        ledger.queue_again(tx, [row], endpoint.environment, now)
    return get(tx, endpoint_id, delivery_id)


def many(
    tx: TenantTransaction, endpoint_id: UUID, given: ReplayInput, now: datetime.datetime
) -> tuple[int, str | None]:
    """Send again what happened in a span of time; return how much, and where to go on.

    Raises:
        NotFoundProblem: There is no such endpoint for this caller.
        EndpointDisabledProblem: It is disabled.
        RequestInvalidProblem: The cursor is not one of ours.
    """
    endpoint = _open(tx, endpoint_id, lock=True)
    until = given.until or now
    if given.which == "missed":
        return _missed(tx, endpoint, given, until, now)
    rows = ledger.settled_between(
        tx,
        endpoint_id,
        states=("failed",) if given.which == "failed" else ("failed", "delivered"),
        since=given.since,
        until=until,
        after=read_id_cursor(given.cursor),
        limit=AT_ONCE,
    )
    ledger.queue_again(tx, rows, endpoint.environment, now)
    return len(rows), write_cursor(rows[-1].id) if len(rows) == AT_ONCE else None


def _missed(
    tx: TenantTransaction,
    endpoint: EndpointRow,
    given: ReplayInput,
    until: datetime.datetime,
    now: datetime.datetime,
) -> tuple[int, str | None]:
    """Queue what has no delivery to the endpoint, of the events that were handed over by now."""
    if endpoint.entity_id is None:
        tx = tx.for_all_entities()
    elif tx.tenant.account_wide:
        tx = tx.for_entity(endpoint.entity_id)
    reached = repository.hold_feed(tx, wait=True)
    found = sequence.between(
        tx,
        since=given.since,
        until=until,
        after=_place(given.cursor),
        before=reached or Place(0, 0),
        limit=AT_ONCE,
    )
    known = ledger.delivered_events(tx, endpoint.id, [one.event.id for one in found])
    missed = [one for one in found if one.event.id not in known]
    count = hand_over(tx, wanted(missed, [endpoint], also_older=True), now)
    return count, found[-1].place.cursor if len(found) == AT_ONCE else None


def _place(cursor: str | None) -> Place:
    if cursor is None:
        return Place(0, 0)
    try:
        return Place.read(cursor)
    except ValueError:
        message = "is not a cursor of this replay"
        raise RequestInvalidProblem([{"pointer": "/cursor", "message": message}]) from None


def _open(tx: TenantTransaction, endpoint_id: UUID, *, lock: bool = False) -> EndpointRow:
    endpoint = service.get(tx, endpoint_id, lock=lock)
    if not endpoint.enabled:
        raise EndpointDisabledProblem("This endpoint is disabled; enable it first.")
    return endpoint


def _owner(endpoint: EndpointRow) -> dict[str, object]:
    return {
        "account_id": endpoint.account_id,
        "entity_id": endpoint.entity_id,
        "environment": endpoint.environment,
    }
