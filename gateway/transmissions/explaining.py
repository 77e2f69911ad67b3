"""`why`: all that led to where a transmission stands, as data and in a few sentences."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gateway.events import service as events
from gateway.events.service import EventView
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import lineage, names, recorded, service, waiting
from gateway.transmissions.axes import AxisState
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.facts import as_fact
from gateway.transmissions.lineage import HEADLINE_MEANING, MEANING, HeadlineReason, Rule, Stage
from gateway.transmissions.recorded import AttemptView
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import project

Json = dict[str, Any]


def why(
    tx: TenantTransaction,
    transmission_id: UUID,
    document_state: str,
    conduct: Conduct | None,
) -> Json:
    """Return the lineage of a transmission.

    Args:
        tx: Sees the transmission.
        transmission_id: Which.
        document_state: Of its document: `issued`, `voided` or `corrected`.
        conduct: How its wire behaves, where that is known here.

    Raises:
        NotFoundProblem: There is none with this id for this tenant.
    """
    view = service.get(tx, transmission_id)
    told = events.of_transmission(tx, transmission_id)
    facts = [as_fact(event.data) for event in told]
    state = project(facts)
    expected = waiting.next_steps(tx, [view], conduct)[view.id]
    ahead = None if expected.behind is None else expected.behind.document_id
    prefixes = events.document_prefixes(tx, [] if ahead is None else [ahead])
    sent = service.for_documents(tx, [view.document_id])[view.document_id]
    siblings, standing = service.in_force(sent), service.standing(document_state, sent)
    headline = lineage.headline_reason(standing, [_state(one) for one in siblings])
    history = list(zip(told, lineage.stages(facts), strict=True))
    tried = recorded.of_transmission(tx, transmission_id)
    return {
        "object": "why",
        "id": public_id("trn", view.id),
        "document_id": view.document_id,
        "channel": view.channel,
        "state": _axes(state),
        "headline": _headline(headline, siblings),
        "waiting": waiting.as_json(expected, prefixes),
        "events": [_event(event, stage) for event, stage in history],
        "attempts": [attempt_json(one) for one in tried],
        "names": names.of(tx, view.id, view.channel),
        "summary": [
            *_summary(headline, state, history, tried),
            waiting.sentence(
                expected, None if ahead is None else public_id(prefixes[ahead], ahead)
            ),
        ],
    }


def attempt_json(one: AttemptView) -> Json:
    """Return an attempt as JSON, without the bytes."""
    return {
        "number": one.number,
        "purpose": one.purpose,
        "attempt": one.attempt,
        "outcome": one.outcome,
        "reason": one.reason,
        "endpoint": one.endpoint,
        "credential": one.credential,
        "begun_at": written(one.begun_at),
        "ended_at": one.ended_at and written(one.ended_at),
        "code_version": one.code_version,
        "decisions": dict(one.decisions),
        "exchanges": one.exchanges,
    }


def _state(view: TransmissionView) -> AxisState:
    return AxisState(view.transport, view.regulatory, view.business, view.action_required)


def _axes(state: AxisState) -> Json:
    return {
        "transport": state.transport,
        "regulatory": state.regulatory,
        "business": state.business,
        "action_required": state.action_required,
    }


def _headline(reason: HeadlineReason, siblings: Sequence[TransmissionView]) -> Json:
    deciding = None if reason.deciding is None else siblings[reason.deciding]
    return {
        "status": reason.word,
        "reason": reason.reason,
        "meaning": HEADLINE_MEANING[reason.reason],
        "transmission_id": deciding and public_id("trn", deciding.id),
    }


def _event(event: EventView, stage: Stage) -> Json:
    return {
        "id": public_id("evt", event.id),
        "type": event.type,
        "at": written(event.at),
        "evidence_id": event.evidence_id and public_id("arc", event.evidence_id),
        "data": dict(event.data),
        "moves": [
            {
                "axis": move.axis,
                "before": move.before,
                "after": move.after,
                "moved": move.moved,
                "rule": move.rule,
                "meaning": MEANING[move.rule],
            }
            for move in stage.moves
        ],
    }


def _summary(
    headline: HeadlineReason,
    state: AxisState,
    history: Sequence[tuple[EventView, Stage]],
    tried: Sequence[AttemptView],
) -> list[str]:
    """Say it in a few sentences: the headline, each axis with what decided it."""
    said = [f"The document is {headline.word}. {HEADLINE_MEANING[headline.reason]}"]
    for axis, now in _axes(state).items():
        deciding = _last_move(history, axis)
        if deciding is not None and now is not None:
            event, rule = deciding
            said.append(
                f"{axis.replace('_', ' ').capitalize()} is {now} since {written(event.at)}"
                f" ({event.type}). {MEANING[rule]}"
            )
    said += [
        f"{event.type} of {written(event.at)} changed no status: {MEANING[move.rule]}"
        for event, stage in history
        for move in stage.moves
        if move.rule in {Rule.VERDICT_CLASH, Rule.BUYER_CLASH, Rule.TRANSPORT_CLASH}
    ]
    if tried:
        counts: dict[str, int] = {}
        for one in tried:
            word = f"{one.purpose}: {one.outcome or 'on the wire'}"
            counts[word] = counts.get(word, 0) + 1
        listed = ", ".join(f"{count} x {word}" for word, count in counts.items())
        gone = recorded.dropped(tried)
        listed += f", {gone} x not kept" if gone else ""
        said.append(f"It went over the wire {len(tried) + gone} times ({listed}).")
    return said


def _last_move(
    history: Sequence[tuple[EventView, Stage]], axis: str
) -> tuple[EventView, Rule] | None:
    for event, stage in reversed(history):
        for move in stage.moves:
            if move.axis == axis and move.moved:
                return event, move.rule
    return None
