"""INV9: the axes of every transmission, added up again from its events."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

_EVENTS = """
select t.id, t.transport, t.regulatory, t.business, t.action_required, t.attempts,
       t.turn, t.deferred, t.facts, e.data
  from transmission t left join event e
    on e.entity_id = t.entity_id and e.transmission_id = t.id order by t.id, e.position
"""
_GRANTS = [
    "duplicate_of_accepted",
    "accepted",
    "accepted_with_warnings",
    "reported",
    "cleared",
    "cancel_requested",
    "cancelled",
]
_DENIALS = ["expired", "rejected"]
_CONSENTS = ["accepted", "completed", "paid_partially", "paid"]
_OPEN = [
    "acknowledged",
    "in_process",
    "under_query",
    "suspended",
    "disputed",
    "partially_accepted",
    "conditionally_accepted",
]
_ENDS = ("delivered", "failed_permanent", "cancelled_before_send")
_STEPS = [
    "created",
    "prepared",
    "submitting",
    "failed_retryable",
    "deferred",
    "outcome_unknown",
    "queued",
]

_Fact = Mapping[str, Any]


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Compare every stored state with the one its events make."""
    for _, group in groupby(stream(connection, _EVENTS), key=lambda row: row.id):
        events = list(group)
        report.saw("transmissions")
        _compare(events[0], [row.data for row in events if row.data is not None], report)


def _compare(row: Any, facts: Sequence[_Fact], report: InvariantReport) -> None:  # noqa: ANN401 - a row
    report.saw("events", len(facts))
    where = f"transmission {row.id}"
    if not facts:
        report.blame(where, "it has no events")
        return
    action = row.action_required and row.action_required.partition(":")[0]
    axes = (row.transport, row.regulatory, row.business, action)
    stored = (*axes, row.attempts, row.turn, row.deferred)
    computed = (
        *state(facts),
        max(fact.get("attempt", 0) for fact in facts),
        max(fact.get("turn", 0) for fact in facts),
        any(fact.get("transport") == "deferred" for fact in facts),
    )
    if row.facts is not None and state(row.facts) != state(facts):
        report.blame(where, "the facts kept beside it make another state than its events")
    names = ("transport", "regulatory", "business", "action required", "attempts", "turn", "once")
    for name, shown, true in zip(names, stored, computed, strict=True):
        if shown != true:
            report.blame(where, f"{name} {shown}, its events make it {true}")


def state(facts: Sequence[_Fact]) -> tuple[str, str, str, str | None]:
    """Return transport, regulatory, business and required action of a list of facts.

    A fact said again (same `key`, or the same content) counts once. Final words absorb; of two
    that contradict each other the first stays, and a person is asked for. What a person decided
    makes void what was said on the same axis in the turns before.
    """
    once: dict[object, _Fact] = {}
    for fact in facts:
        content = {name: fact.get(name) for name in _NAMES}
        once.setdefault(fact.get("key") or tuple(content.items()), fact)
    known = list(once.values())
    judged = _after_decision(known, "regulatory")
    answered = _after_decision(known, "business")
    regulatory, clash_1 = _final(_without_refused(judged), "regulatory", _GRANTS, _DENIALS)
    business, clash_2 = _final(answered, "business", _CONSENTS, ["rejected"])
    transport, clash_3 = _transport(_after_decision(known, "transport"))
    found = (
        transport,
        regulatory or "pending",
        business or _latest_open_word(answered) or "none",
    )
    if clash_1 or clash_2 or clash_3:
        return (*found, "contradiction")
    return (*found, _action(known, *found[:2]))


_NAMES = (
    *("transport", "regulatory", "business", "attempt", "issued_at", "action", "key"),
    *("turn", "decided", "stands"),
)


def _after_decision(facts: list[_Fact], axis: str) -> list[_Fact]:
    """Return the last decision about an axis and what came after it; all if there was none."""
    decided = [fact for fact in facts if fact.get("decided") and axis in fact]
    if not decided:
        return facts
    turn = max(fact.get("turn", 0) for fact in decided)
    last = next(fact for fact in decided if fact.get("turn", 0) == turn)
    later = [fact for fact in facts if fact.get("turn", 0) >= turn and fact is not last]
    return [last, *later]


def _without_refused(facts: list[_Fact]) -> list[_Fact]:
    """Return all but the requests to cancel that were refused at the same time or later."""
    refusals = [_issued_at(fact) for fact in facts if fact.get("stands")]
    if not refusals:
        return facts
    return [
        fact
        for fact in facts
        if fact.get("regulatory") != "cancel_requested" or _issued_at(fact) > max(refusals)
    ]


def _final(
    facts: Sequence[_Fact], axis: str, favourable: Sequence[str], adverse: Sequence[str]
) -> tuple[str | None, bool]:
    """Return the strongest final word of the side that spoke first, and whether both spoke."""
    words = [fact[axis] for fact in facts if fact.get(axis) in {*favourable, *adverse}]
    if not words:
        return None, False
    side = favourable if words[0] in favourable else adverse
    strongest = max((word for word in words if word in side), key=side.index)
    return strongest, any(word not in side for word in words)


def _latest_open_word(facts: Sequence[_Fact]) -> str | None:
    words = [
        (_issued_at(fact), _OPEN.index(fact["business"]))
        for fact in facts
        if fact.get("business") in _OPEN
    ]
    return _OPEN[max(words)[1]] if words else None


def _issued_at(fact: _Fact) -> float:
    said = fact.get("issued_at")
    return datetime.datetime.fromisoformat(said).timestamp() if said else float("-inf")


def _transport(facts: Sequence[_Fact]) -> tuple[str, bool]:
    said = [fact["transport"] for fact in facts if "transport" in fact]
    ends = [word for word in said if word in _ENDS]
    judged = any(
        fact.get("regulatory", "pending") not in {"pending", "not_applicable"}
        or fact.get("business", "none") != "none"
        for fact in facts
    )
    arrived = judged or "submitted" in said
    if ends:
        taken_back = ends[0] == "cancelled_before_send"
        return ends[0], len(set(ends)) > 1 or (taken_back and arrived)
    if arrived:
        return "submitted", False
    steps = [
        (fact.get("turn", 0), fact.get("attempt", 0), _STEPS.index(fact["transport"]))
        for fact in facts
        if fact.get("transport") in _STEPS
    ]
    return (_STEPS[max(steps)[2]] if steps else "created"), False


def _action(facts: Sequence[_Fact], transport: str, regulatory: str) -> str | None:
    """Return the first request for a person whose reason still holds."""
    arrived = transport in {"submitted", "delivered"}
    over = transport in {"failed_permanent", "cancelled_before_send"}
    in_force = {
        "unresolved": not arrived and not over,
        "no_verdict": arrived and regulatory == "pending",
        "stuck": not arrived and not over,
        "late": not arrived and not over,
        "reissue": over,
        "contradiction": True,
    }
    turn = max((fact.get("turn", 0) for fact in facts), default=0)
    for fact in facts:
        if fact.get("turn", 0) >= turn and in_force.get(fact.get("action", "")):
            return str(fact["action"])
    return None
