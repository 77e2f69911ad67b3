"""HTTP for what people do to transmissions: try again, take back. Neither guesses."""

import datetime
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Protocol

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.access import WriterTransaction
from gateway.transmissions import service
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.endpoints import shown
from gateway.transmissions.journal import Journal
from gateway.transmissions.operations import Operator
from gateway.transmissions.schemas import Transmission

router = APIRouter(prefix="/v1/transmissions/{transmission_id}", tags=["Transmissions"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def journal(self) -> Journal:
        """Records steps of transmissions."""

    def conduct_of(self, channel: str) -> Conduct | None:
        """Return how a channel's wire behaves, where that is known here."""


@router.post(
    "/retry",
    operation_id="retry_transmission",
    summary="Try it again now",
    response_model=Transmission,
)
def retry_transmission(
    request: Request, tx: WriterTransaction, once: Idempotency, transmission_id: str
) -> Response:
    """Send what is stuck again, or now what waits for its turn.

    409 `outcome-unknown` when its bytes may have arrived and sending them twice is not safe, 409
    `transmission-arrived` when the other side has them.
    """
    doors: Doors = request.app.state.runtime

    def act(operator: Operator) -> None:
        view = service.get(tx, parse_id(transmission_id, "trn"))
        conduct = doors.conduct_of(view.channel)
        operator.retry(view.id, resend_is_safe=conduct is not None and conduct.resend_is_safe)

    return once(tx, lambda: _acted(doors, tx, transmission_id, once.key, act))


@router.post(
    "/cancel",
    operation_id="cancel_transmission",
    summary="Take it back before it is sent",
    response_model=Transmission,
)
def cancel_transmission(
    request: Request, tx: WriterTransaction, once: Idempotency, transmission_id: str
) -> Response:
    """Take a document back that was never sent. It stays issued; void or correct it.

    409 `order-matters` on channels that must not miss one, 409 `duty` where the law wants the
    authority to be told of every document, 409 `outcome-unknown` when its bytes may have arrived.
    """
    doors: Doors = request.app.state.runtime

    def act(operator: Operator) -> None:
        operator.cancel(parse_id(transmission_id, "trn"))

    return once(tx, lambda: _acted(doors, tx, transmission_id, once.key, act))


def _acted(
    doors: Doors,
    tx: TenantTransaction,
    transmission_id: str,
    key: str | None,
    act: Callable[[Operator], None],
) -> Answer:
    """Act in the name of the caller, and return where the transmission stands then.

    It is done as the worker does it, in a transaction of its own that ends before ours. Should
    ours fail, the event knows the caller's key: the same request again finds it done.
    """
    found = service.get(tx, parse_id(transmission_id, "trn")).id
    now: datetime.datetime = clock.now()
    act(
        Operator(
            database=doors.database,
            journal=doors.journal,
            tenant=tx.tenant,
            actor=tx.tenant.actor,
            reason="asked for over the API",
            now=now,
            once=None if key is None else hashlib.sha256(key.encode()).hexdigest()[:32],
        )
    )
    view = shown(tx, [service.get(tx, found)])[0]
    return Answer(HTTPStatus.OK, view.model_dump_json().encode())
