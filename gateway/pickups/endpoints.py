"""HTTP for what is fetched from authorities: `/v1/pickups`."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import to_json
from gateway.pickups import service
from gateway.pickups.schemas import PickupList
from gateway.pickups.service import PickupRow
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/pickups", tags=["Inbox"])


@router.get(
    "",
    response_model=PickupList,
    operation_id="list_pickups",
    summary="List what is fetched into the inbox",
)
def list_pickups(tx: ReaderTransaction) -> dict[str, Any]:
    """List what authorities hold for the entity and the gateway fetches, and how that goes.

    The entity's settings say what: `fiscalization.receives` for KSeF.
    """
    return _json(service.listed(tx))


@router.post(
    "/run",
    status_code=HTTPStatus.ACCEPTED,
    response_model=PickupList,
    operation_id="run_pickups",
    summary="Fetch into the inbox now",
)
def run_pickups(tx: WriterTransaction, once: Idempotency) -> Response:
    """Have it fetched now, or as soon as the authority lets itself be asked: see `due_at`."""

    def run() -> Answer:
        return Answer(HTTPStatus.ACCEPTED, to_json(_json(service.hurry(tx, clock.now()))))

    return once(tx, run)


def _json(rows: Iterable[PickupRow]) -> dict[str, Any]:
    return {"object": "list", "data": [_one(row) for row in rows]}


def _one(row: PickupRow) -> dict[str, Any]:
    moments = ("since", "due_at", "fetched_at", "received_at", "failing_since")
    said = {name: getattr(row, name) for name in moments}
    return {
        "object": "pickup",
        "channel": row.channel,
        "role": row.role,
        "state": "working" if row.failing_since is None else "failing",
        **{name: None if at is None else written(at) for name, at in said.items()},
        "reason": row.reason,
        "detail": row.detail,
    }
