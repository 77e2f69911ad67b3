"""Replay: what was sent and answered once, put to today's code. Offline, and the same every time.

Requests are prepared again from the stored bytes and compared; answers as they were recorded are
read again; due times are computed again from the recorded draws. The wire is a `Player`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import (
    batching,
    comparison,
    names,
    recorded,
    secrecy,
    service,
    tape,
)
from gateway.transmissions.adapter import (
    MESSAGE_ID,
    Adapter,
    Answer,
    Message,
    UnsignableError,
)
from gateway.transmissions.attempts import CODE_VERSION
from gateway.transmissions.errors import Declined, Refused, Retry, TransmissionError
from gateway.transmissions.playing import NotOnRecordError, Player, parts
from gateway.transmissions.policy import Policy
from gateway.transmissions.recorded import AttemptView, RecordedExchange
from gateway.transmissions.tables import transmission

Json = dict[str, Any]
Wires = Callable[[str, Callable[[], datetime.datetime]], Adapter | None]
"""Returns the adapter of a channel, living by the given clock; None where it is not known here."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a replayed attempt came to."""

    word: str
    reason: str | None = None
    retry_after: float | None = None


def replay(
    tx: TenantTransaction, transmission_id: UUID, wires: Wires, policy: Policy | None = None
) -> Json:
    """Put every attempt of a transmission to today's code.

    Args:
        tx: Sees the transmission.
        transmission_id: Which.
        wires: The adapters.
        policy: How patient the workers are.

    Raises:
        NotFoundProblem: There is none with this id for this tenant.
    """
    view = service.get(tx, transmission_id)
    message = _message(tx, transmission_id)
    kept = recorded.of_transmission(tx, view.id)
    device = _Device(wires, view.channel, policy or Policy())
    replayed, sent = [], None
    for one in kept:  # the bytes of one attempt at a time
        exchanged = recorded.exchanges(tx, view.id, one.number)
        then = _then(tx, message, one)
        replayed.append(_attempt(then, one, exchanged, device))
        if one.purpose == "send":
            sent = one, then, [(each.request, each.body) for each in exchanged[:1]]
    return {
        "object": "replay",
        "transmission_id": public_id("trn", view.id),
        "channel": view.channel,
        "code_version": CODE_VERSION,
        "attempts": replayed,
        "now": _now(sent, device),
        "same": all(one["same"] for one in replayed),
    }


def _message(tx: TenantTransaction, transmission_id: UUID) -> Message:
    """Return what a transmission sends; its attempt is not said."""
    view = service.get(tx, transmission_id)
    payload: bytes = tx.execute(
        tx.select(transmission, transmission.c.payload).where(transmission.c.id == view.id)
    ).scalar_one()
    called = {MESSAGE_ID: view.message_id} | names.of(tx, view.id, view.channel)
    return Message(
        view.id,
        view.document_id,
        view.message_id,
        view.sender,
        view.receiver,
        payload,
        correlations=MappingProxyType(called),
    )


@dataclass(frozen=True, slots=True)
class _Then:
    """What one attempt carried.

    Attributes:
        messages: All messages of its request, as they were then.
        place: Which of them is replayed.
    """

    messages: tuple[Message, ...]
    place: int = 0


def _then(tx: TenantTransaction, message: Message, one: AttemptView) -> _Then:
    """Return what an attempt carried: the message, and those in one request with it."""
    if one.purpose != "send":
        return _Then((replace(message, attempt=one.attempt),))
    company = recorded.company(tx, one.id)
    place = [made.id for _, made in company].index(one.id)
    carried = [message if made.id == one.id else _message(tx, of) for of, made in company]
    return _Then(
        tuple(
            replace(
                each,
                attempt=made.attempt,
                at=made.begun_at,
                deferred=bool(made.decisions.get("deferred")),
            )
            for each, (_, made) in zip(carried, company, strict=True)
        ),
        place,
    )


@dataclass(frozen=True, slots=True)
class _Device:
    """What a transmission is replayed with."""

    wires: Wires
    channel: str
    policy: Policy

    def adapter(self, moment: datetime.datetime) -> Adapter | None:
        """Return the adapter as if it were that moment."""
        return self.wires(self.channel, lambda: moment)


def _attempt(
    then: _Then, one: AttemptView, exchanged: tuple[RecordedExchange, ...], device: _Device
) -> Json:
    """Return one attempt, replayed at the moment it was made."""
    adapter = device.adapter(one.ended_at or one.begun_at)
    found: Json = {
        "number": one.number,
        "purpose": one.purpose,
        "at": written(one.begun_at),
        "code_version": one.code_version,
        "recorded": {"outcome": one.outcome, "reason": one.reason},
    }
    if adapter is None:
        return {**found, "same": False, "not_replayed": "the wire is not known here"}
    player = Player(exchanged)
    try:
        with tape.running(player):
            outcome = _outcome(adapter, then, one, player)
    except NotOnRecordError as error:
        same = not player.changes and one.outcome not in {"acknowledged", "refused", "never_seen"}
        return {**found, "request": player.changes, "same": same, "not_replayed": str(error)}
    decided = _decisions(one, outcome, device.policy)
    same_outcome = (outcome.word, outcome.reason) == (one.outcome, one.reason)
    if one.outcome in {"acknowledged", "never_seen"} or not outcome.reason:
        same_outcome = outcome.word == one.outcome
    return {
        **found,
        "request": player.changes,
        "replayed": {"outcome": outcome.word, "reason": outcome.reason},
        "decisions": decided,
        "same": same_outcome and not player.changes and decided.get("same", True),
    }


def _answer(adapter: Adapter, then: _Then, player: Player) -> Answer:
    """Return what was answered to what was sent.

    A replay has no key: a request that is signed is not made again, nor compared.
    """
    try:
        request = batching.prepare(adapter, then.messages)
    except UnsignableError:
        return player.answered()
    return adapter.send(request)


def _outcome(adapter: Adapter, then: _Then, one: AttemptView, player: Player) -> _Outcome:
    """Return what today's code makes of what was exchanged."""
    try:
        if one.purpose == "send":
            answer = _answer(adapter, then, player)
            outcome = batching.interpret(adapter, then.messages, answer)[then.place]
            if isinstance(outcome, TransmissionError):
                raise outcome
            return _Outcome("acknowledged")
        found = adapter.reconcile(then.messages[0])
    except NotOnRecordError:
        raise
    except TransmissionError as error:
        word = {Retry: "retry", Declined: "retry", Refused: "refused"}.get(type(error), "unknown")
        return _Outcome(word, error.reason, error.retry_after)
    if found is None:
        return _Outcome("never_seen")
    said = found.signals or found.fact.regulatory is not None or found.fact.business is not None
    silent = one.purpose == "verdict" and not said
    return _Outcome("unknown", "no_verdict") if silent else _Outcome("acknowledged")


def _decisions(one: AttemptView, outcome: _Outcome, policy: Policy) -> Json:
    """Return when it was to be tried again, then and now, from the same draw."""
    said: Mapping[str, Any] = one.decisions
    if "retry_at" not in said or not said.get("draws") or one.ended_at is None:
        return {}
    drawn = said["draws"][-1]
    again = policy.retry_at(
        one.ended_at, said.get("failures", 0), lambda: drawn, outcome.retry_after
    )
    then = datetime.datetime.fromisoformat(said["retry_at"])
    return {
        "draw": drawn,
        "recorded_retry_at": written(then),
        "replayed_retry_at": written(again),
        "same": then == again,
    }


def _now(
    sent: tuple[AttemptView, _Then, list[tuple[bytes, bytes]]] | None,
    device: _Device,
) -> Json:
    """Return what would be sent now, as a difference to what was sent last."""
    if sent is None:
        return {"not_prepared": "it was never sent"}
    last, then, before = sent
    adapter = device.adapter(last.begun_at)
    if adapter is None:
        return {"not_prepared": "the wire is not known here"}
    again = [replace(one, attempt=one.attempt + 1) for one in then.messages]
    try:
        request = batching.prepare(adapter, again)
    except UnsignableError:
        return {"not_prepared": "it is signed, and a replay has no key"}
    old = next(iter(before), None)
    head, body = parts(request, request.body if old is None else old[1])
    return {
        "request": secrecy.masked_head(head),
        "bytes": len(body),
        "changes": None if old is None else comparison.requests(old, (head, body)),
    }
