"""HTTP for transmissions: where they stand, why, and what went over the wire."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants.access import ReaderTransaction
from gateway.transmissions import browsing, explaining, recorded, secrecy, service, waiting
from gateway.transmissions.browsing import Wanted
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.recorded import RecordedExchange
from gateway.transmissions.replaying import Wires, replay
from gateway.transmissions.schemas import (
    AttemptList,
    Replay,
    Transmission,
    TransmissionList,
    WaitingView,
    Why,
)
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import Business, Regulatory, Transport
from gateway.transmissions.waiting import Waiting

router = APIRouter(prefix="/v1/transmissions", tags=["Transmissions"])

_SOONEST = 1  # seconds until a poll is worth making


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def wires(self) -> Wires:
        """The adapters, for replays: they cannot send."""

    def conduct_of(self, channel: str) -> Conduct | None:
        """Return how a channel's wire behaves, where that is known here."""

    def standing_of(self, tx: TenantTransaction, document_id: UUID) -> str:
        """Return where a document stands: `issued`, `voided` ..."""

    def issued_now(self, tx: TenantTransaction, document_id: UUID) -> dict[str, Any]:
        """Return what would be issued now, as a difference."""


@router.get("", operation_id="list_transmissions", summary="List transmissions")
def list_transmissions(  # noqa: PLR0913, PLR0917 - one for each filter
    tx: ReaderTransaction,
    document_id: Annotated[str | None, Query(description="Of this document.")] = None,
    channel: Annotated[str | None, Query(max_length=64, description="By this channel.")] = None,
    transport: Annotated[Transport | None, Query(description="That got so far.")] = None,
    regulatory: Annotated[Regulatory | None, Query(description="Judged so.")] = None,
    business: Annotated[Business | None, Query(description="Answered so.")] = None,
    action_required: Annotated[
        bool | None, Query(description="That wait for a person, or do not.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> TransmissionList:
    """Return transmissions, newest first; a draft has none."""
    wanted = Wanted(
        None if document_id is None else _document(tx, document_id),
        channel,
        transport,
        regulatory,
        business,
        action_required,
    )
    ids = browsing.page(tx, wanted, after=read_id_cursor(cursor), limit=limit + 1)
    page = shown(tx, [service.get(tx, one) for one in ids[:limit]])
    more = write_cursor(ids[limit - 1]) if len(ids) > limit else None
    return TransmissionList(data=page, next_cursor=more)


@router.get("/{transmission_id}", operation_id="get_transmission", summary="Get a transmission")
def get_transmission(
    tx: ReaderTransaction, transmission_id: str, response: Response
) -> Transmission:
    """Return where one transmission stands; `Retry-After` says when to ask again."""
    found = shown(tx, [service.get(tx, _id(transmission_id))])[0]
    if found.next_poll_at is not None:
        left = (found.next_poll_at - clock.now()).total_seconds()
        response.headers["Retry-After"] = str(max(_SOONEST, round(left)))
    return found


@router.get("/{transmission_id}/why", operation_id="why_transmission", summary="Why it stands so")
def why_transmission(tx: ReaderTransaction, request: Request, transmission_id: str) -> Why:
    """Return each event with the axis it moved and the rule that decided, and what comes next.

    Rules have stable ids; `summary` says the same in a few sentences.
    """
    doors: Doors = request.app.state.runtime
    view = service.get(tx, _id(transmission_id))
    standing = doors.standing_of(tx, view.document_id)
    found = explaining.why(tx, view.id, standing, doors.conduct_of(view.channel))
    return Why.model_validate({**found, "document_id": _public(tx, view.document_id)})


@router.get(
    "/{transmission_id}/replay",
    operation_id="replay_transmission",
    summary="Put it to today's code",
)
def replay_transmission(tx: ReaderTransaction, request: Request, transmission_id: str) -> Replay:
    """Prepare, interpret and decide again from the record, and say what differs.

    Nothing is sent. `now` is what would be sent now, `issued_now` what the document would look
    like and be judged if it were issued now.
    """
    doors: Doors = request.app.state.runtime
    view = service.get(tx, _id(transmission_id))
    found = replay(tx, view.id, doors.wires)
    found["issued_now"] = doors.issued_now(tx, view.document_id)
    return Replay.model_validate(found)


@router.get("/{transmission_id}/attempts", operation_id="list_attempts", summary="List attempts")
def list_attempts(tx: ReaderTransaction, transmission_id: str) -> AttemptList:
    """Return every time that bytes were sent or the other side was asked, in order.

    Of what is tried more often than a hundred times the first ten and the newest are kept;
    `dropped` says how many are not.
    """
    view = service.get(tx, _id(transmission_id))
    found = recorded.of_transmission(tx, view.id)
    data = [explaining.attempt_json(one) for one in found]
    return AttemptList.model_validate({"data": data, "dropped": recorded.dropped(found)})


_EXCHANGE = Annotated[int, Query(ge=0, le=10_000, description="Which request of the attempt.")]
_HTTP: dict[int | str, dict[str, Any]] = {200: {"content": {"message/http": {}}}}


@router.get(
    "/{transmission_id}/attempts/{number}/request",
    operation_id="get_attempt_request",
    summary="Get the bytes that were sent",
    response_class=Response,
    responses=_HTTP,
)
def get_attempt_request(
    tx: ReaderTransaction, transmission_id: str, number: int, exchange: _EXCHANGE = 0
) -> Response:
    """Return a request as it was written; secrets are left out."""
    one = _exchange(tx, transmission_id, number, exchange)
    head = secrecy.masked_head(one.request).encode()
    return _message(head, secrecy.masked_body(one.body))


@router.get(
    "/{transmission_id}/attempts/{number}/response",
    operation_id="get_attempt_response",
    summary="Get the bytes that came back",
    response_class=Response,
    responses=_HTTP,
)
def get_attempt_response(
    tx: ReaderTransaction, transmission_id: str, number: int, exchange: _EXCHANGE = 0
) -> Response:
    """Return an answer as it came; secrets are left out. 404 when no whole answer came."""
    answer = _exchange(tx, transmission_id, number, exchange).answer
    if answer is None:
        raise NotFoundProblem("No whole answer came.")
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in answer.headers)]
    head = secrecy.masked_head("\r\n".join(lines).encode()).encode()
    return _message(head, secrecy.masked_body(answer.body))


def _exchange(
    tx: TenantTransaction, transmission_id: str, number: int, exchange: int
) -> RecordedExchange:
    view = service.get(tx, _id(transmission_id))
    for one in recorded.exchanges(tx, view.id, number, place=exchange):
        return one
    raise NotFoundProblem


def _message(head: bytes, body: bytes) -> Response:
    headers = {"Content-Disposition": "attachment"}
    return Response(head + b"\r\n\r\n" + body, headers=headers, media_type="message/http")


def _id(transmission_id: str) -> UUID:
    return parse_id(transmission_id, "trn")


def _document(tx: TenantTransaction, document_id: str) -> UUID:
    found = parse_id(document_id, "inv", "crn")
    prefix = events.document_prefixes(tx, [found]).get(found)
    if prefix is None or not document_id.startswith(prefix):
        raise NotFoundProblem
    return found


def _public(tx: TenantTransaction, document_id: UUID) -> str:
    return public_id(events.document_prefixes(tx, [document_id])[document_id], document_id)


def shown(tx: TenantTransaction, views: Sequence[TransmissionView]) -> list[Transmission]:
    """Return transmissions as the API shows them."""
    steps = waiting.next_steps(tx, views)
    ahead = {step.behind.document_id for step in steps.values() if step.behind}
    prefixes = events.document_prefixes(tx, ahead | {view.document_id for view in views})
    return [_one(view, steps[view.id], prefixes) for view in views]


def _one(view: TransmissionView, step: Waiting, prefixes: Mapping[UUID, str]) -> Transmission:
    return Transmission(
        id=public_id("trn", view.id),
        document_id=public_id(prefixes[view.document_id], view.document_id),
        channel=view.channel,
        message_id=view.message_id,
        sender=view.sender,
        receiver=view.receiver,
        sha256=view.payload_sha256.hex(),
        transport=view.transport,
        regulatory=view.regulatory,
        business=view.business,
        action_required=view.action_required,
        attempts=view.attempts,
        next_poll_at=step.next_at if step.behind is None else step.behind.next.next_at,
        waiting=WaitingView.model_validate(waiting.as_json(step, prefixes)),
        created_at=view.created_at,
        updated_at=view.updated_at,
    )
