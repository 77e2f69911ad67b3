"""`why` over real histories: what moved what, what is waited for, and until when."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from gateway.channels.sandbox_network import CONDUCT
from gateway.transmissions import explaining, waiting
from gateway.transmissions.axes import AxisState, Business, Regulatory, Transport
from gateway.transmissions.conduct import Offline
from gateway.transmissions.waiting import Behind, Place, Waiting
from tests.gateway.transmissions.stage import Stage

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
Json = Mapping[str, Any]


def why(stage: Stage, transmission: UUID) -> Json:
    with stage.database.transaction(stage.owner, read_only=True) as tx:
        return explaining.why(tx, transmission, "issued", CONDUCT)


def moves(found: Json) -> list[tuple[str, str, str]]:
    """Return event type, axis and rule of everything that moved."""
    return [
        (event["type"].removeprefix("transmission."), move["axis"], move["rule"])
        for event in found["events"]
        for move in event["moves"]
        if move["moved"]
    ]


def test_the_whole_way_of_an_accepted_message(stage: Stage) -> None:
    transmission = stage.queue()
    waits = why(stage, transmission)
    assert moves(waits) == [("queued", "transport", "transport_step")]
    assert waits["waiting"]["what"] == "send"
    assert waits["waiting"]["until"] is not None
    assert (waits["headline"]["status"], waits["headline"]["reason"]) == ("scheduled", "transport")
    assert waits["attempts"] == []
    with stage.working():
        stage.until_answered(transmission)
    found = why(stage, transmission)
    moved = moves(found)
    assert ("submitting", "transport", "transport_step") in moved
    assert ("verdict", "regulatory", "verdict_first") in moved
    assert ("response", "business", "buyer_word") in moved
    assert found["state"]["business"] == "accepted"
    assert (found["headline"]["status"], found["headline"]["reason"]) == ("accepted", "buyer")
    assert found["headline"]["transmission_id"] == found["id"]
    assert found["waiting"]["what"] == "nothing"
    assert found["names"] == {"message-id": stage.view(transmission).message_id}
    assert found["attempts"][0]["outcome"] == "acknowledged"
    proven = {event["type"]: event["evidence_id"] for event in found["events"]}
    assert proven["transmission.verdict"].startswith("arc_")
    assert len(found["summary"]) >= 5


def test_an_outcome_nobody_knows_is_a_question_with_an_end(silent_stage: Stage) -> None:
    stage = silent_stage
    stage.network.fail({"fault": "drop_after_accept", "nth": 1, "count": 1})
    transmission = stage.queue()
    patient = stage.adapter(settle=datetime.timedelta(hours=1))
    with stage.working(adapter=patient):
        stage.until(transmission, lambda view: view.transport == "outcome_unknown")
    found = why(stage, transmission)
    expected = found["waiting"]
    assert (expected["what"], expected["reason"]) == ("question", "connection_lost")
    next_at, until = (datetime.datetime.fromisoformat(expected[n]) for n in ("next_at", "until"))
    begun = datetime.datetime.fromisoformat(found["attempts"][0]["begun_at"])
    assert next_at > begun + datetime.timedelta(minutes=59)
    assert abs(until - begun - datetime.timedelta(minutes=15)) < datetime.timedelta(seconds=5)


def place(state: str, **more: object) -> Place:
    values: dict[str, Any] = {
        "id": 1,
        "transmission_id": UUID(int=1),
        "lane": "sandbox-network/1",
        "state": state,
        "due_at": NOW,
        "attempts": 0,
        "claimed_at": NOW,
        "created_at": NOW - datetime.timedelta(hours=1),
        "resumed_at": None,
        "reason": None,
        "waits_for": None,
        "traceparent": None,
    }
    return Place(**(values | more))


PENDING = AxisState(Transport.SUBMITTED, Regulatory.PENDING, Business.NONE)
JUDGED = AxisState(Transport.DELIVERED, Regulatory.ACCEPTED, Business.NONE)


@pytest.mark.parametrize(
    ("held", "state", "behind", "what", "until"),
    [
        (None, PENDING, False, "nothing", None),
        (place("closed"), PENDING, False, "nothing", None),
        (place("stuck", due_at=None), PENDING, False, "person", None),
        (place("queued"), PENDING, False, "send", NOW + datetime.timedelta(hours=23)),
        (place("queued"), PENDING, True, "turn", NOW + datetime.timedelta(hours=23)),
        (
            place("queued", resumed_at=NOW),
            PENDING,
            False,
            "send",
            NOW + datetime.timedelta(hours=24),
        ),
        (
            place("deferred", waits_for="h:1"),
            PENDING,
            False,
            "breaker",
            NOW + datetime.timedelta(hours=23),
        ),
        (place("sending"), PENDING, False, "answer", None),
        (place("unknown"), PENDING, False, "question", NOW + datetime.timedelta(minutes=15)),
        (place("sent"), PENDING, False, "verdict", NOW + datetime.timedelta(minutes=25)),
        (place("sent"), JUDGED, False, "buyer", NOW + datetime.timedelta(hours=1)),
    ],
)
def test_what_is_waited_for_follows_from_row_and_state(
    held: Place | None,
    state: AxisState,
    behind: bool,  # noqa: FBT001 - a column of the table
    what: str,
    until: datetime.datetime | None,
) -> None:
    head = Behind(UUID(int=2), UUID(int=3), Waiting("person")) if behind else None
    found = waiting.waiting(held, state, CONDUCT, behind=head)
    assert (found.what, found.until) == (what, until)
    assert found.what in waiting.WORDS


def test_what_stands_still_waits_for_the_operator_and_has_no_next_moment() -> None:
    for held, what in ((place("queued"), "paused"), (place("unknown"), "paused")):
        found = waiting.waiting(held, PENDING, CONDUCT, paused=True)
        assert (found.what, found.next_at) == (what, None)
    asked = waiting.waiting(place("sent"), PENDING, CONDUCT, paused=True)
    assert (asked.what, asked.next_at) == ("verdict", None)  # it may yet be pushed


def test_what_the_law_gives_after_an_outage_counts_from_the_issue() -> None:
    offline = Offline(after=datetime.timedelta(0), within=datetime.timedelta(hours=48))
    held = place("queued", resumed_at=NOW)
    found = waiting.waiting(held, PENDING, replace(CONDUCT, offline=offline))
    assert found.until == NOW + datetime.timedelta(hours=47)
