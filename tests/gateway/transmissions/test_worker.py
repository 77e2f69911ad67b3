"""One document through the worker, against a real receiver that misbehaves in every way it can."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.transmissions import tape
from gateway.transmissions.adapter import Answer, Message, Request
from tests.gateway.sandbox.invoices import RECEIVER, invoice
from tests.gateway.transmissions.stage import QUICK, Stage

ONCE = {"nth": 1, "count": 1}


def test_a_document_is_delivered_and_answered(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        view = stage.until_answered(transmission)
    assert (view.transport, view.attempts, view.action_required) == ("delivered", 1, None)
    types = stage.types(transmission)
    said = {"verdict", "response"}  # they may overtake our own answer
    assert [one for one in types if one not in said] == ["queued", "submitting", "submitted"]
    assert sorted(set(types) & said) == ["response", "verdict"]
    (message,) = stage.network.messages().values()
    assert (message["state"], message["duplicates"]) == ("accepted", 0)
    assert all(event.evidence_id for event in stage.events(transmission)[1:])


@pytest.mark.parametrize(
    ("fault", "resent"),
    [
        ("drop_before_accept", True),
        ("http_500_before_accept", True),
        ("http_503_before_accept", True),
        ("drop_after_accept", False),
        ("http_500_after_accept", False),
        ("http_503_after_accept", False),
    ],
)
def test_an_unknown_outcome_is_asked_about_before_anything_else(
    stage: Stage,
    fault: str,
    resent: bool,  # noqa: FBT001
) -> None:
    stage.network.fail({"fault": fault, **ONCE})
    transmission = stage.queue()
    with stage.working():
        view = stage.until_answered(transmission)
    assert stage.network.fired() == {fault: 1}
    assert view.attempts == (2 if resent else 1)
    types = [name for name in stage.types(transmission) if name not in {"verdict", "response"}]
    middle = ["requeued", "submitting"] if resent else []
    assert types == ["queued", "submitting", "outcome_unknown", *middle, "submitted"]
    (message,) = stage.network.messages().values()
    assert (message["state"], message["duplicates"]) == ("accepted", 0)
    assert stage.network.ledger()["counters"]["enquiry"] >= 1


def test_a_slow_answer_is_an_unknown_outcome_not_a_second_message(stage: Stage) -> None:
    stage.network.fail({"fault": "latency", "seconds": 1.0, **ONCE})
    transmission = stage.queue()
    with stage.working(adapter=stage.adapter(read_seconds=0.3, settle=timedelta(seconds=2))):
        view = stage.until_answered(transmission)
    assert stage.reached()["outcome_unknown"] == 1
    assert view.attempts == 1
    assert [one["duplicates"] for one in stage.network.messages().values()] == [0]


def test_signals_said_twice_count_once(stage: Stage) -> None:
    stage.network.fail({"fault": "duplicate_signals", **ONCE})
    transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    assert stage.reached()["verdict"] == stage.reached()["response"] == 1
    pushes: list[int] = []
    until = time.monotonic() + 10  # the first copy is enough for us, not for the network's book
    while pushes != [2, 2]:
        assert time.monotonic() < until, pushes
        (message,) = stage.network.messages().values()
        pushes = [signal["pushes"] for signal in message["signals"]]


def test_a_verdict_may_come_before_our_own_answer(stage: Stage) -> None:
    stage.network.fail({"fault": "signal_before_response", **ONCE})
    transmission = stage.queue()
    with stage.working():
        view = stage.until_answered(transmission)
    types = stage.types(transmission)
    assert max(types.index("verdict"), types.index("response")) < types.index("submitted")
    assert (view.transport, view.action_required) == ("delivered", None)


def test_a_verdict_may_come_before_an_answer_that_never_comes(stage: Stage) -> None:
    stage.network.fail(
        {"fault": "signal_before_response", **ONCE}, {"fault": "drop_after_accept", **ONCE}
    )
    transmission = stage.queue()
    with stage.working():
        view = stage.until_answered(transmission)
    assert "outcome_unknown" in stage.types(transmission)
    assert view.attempts == 1
    assert stage.types(transmission)[-1] == "submitted"  # the receipt was asked for all the same


def test_the_buyer_may_speak_before_the_network(stage: Stage) -> None:
    stage.network.fail({"fault": "out_of_order_signals", **ONCE})
    transmission = stage.queue()
    with stage.working():
        view = stage.until_answered(transmission)
    types = stage.types(transmission)
    assert types.index("response") < types.index("verdict")
    assert (view.transport, view.action_required) == ("delivered", None)


def test_late_signals_are_waited_for(stage: Stage) -> None:
    stage.network.fail({"fault": "late_signals", "seconds": 1.0, **ONCE})
    transmission = stage.queue()
    with stage.working():
        sent = stage.until(transmission, lambda view: view.transport == "submitted")
        assert sent.regulatory == "pending"
        assert [state for state, _ in stage.rows()] == ["sent"]
        assert all(due_at is not None for _, due_at in stage.rows())
        stage.until_answered(transmission)


def test_verdicts_that_are_not_pushed_are_asked_for(silent_stage: Stage) -> None:
    transmission = silent_stage.queue()
    soon = timedelta(milliseconds=300)
    adapter = silent_stage.adapter(first_ask=soon, longest_ask=soon)
    with silent_stage.working(adapter=adapter):
        view = silent_stage.until_answered(transmission)
    assert (view.transport, view.attempts) == ("delivered", 1)


def test_a_definite_no_is_final_and_says_why(stage: Stage) -> None:
    transmission = stage.queue(invoice("R-1", payable="119.01"))
    with stage.working():
        view = stage.until(transmission, lambda one: one.transport == "failed_permanent")
    assert (view.regulatory, view.attempts) == ("rejected", 1)
    assert stage.rows() == [("closed", None)]
    refused = stage.events(transmission)[-1]
    assert refused.data["reason"] == "http_422"
    assert refused.data["detail"].startswith("BR-CO-16:")
    assert refused.evidence_id is not None


def test_the_networks_refusal_is_a_verdict(stage: Stage) -> None:
    stage.network.play({"network": "RE"})
    transmission = stage.queue()
    with stage.working():
        view = stage.until(transmission, lambda one: one.regulatory == "rejected")
    assert (view.transport, view.business) == ("submitted", "none")


@pytest.mark.parametrize(
    ("code", "business"), [("RE", "rejected"), ("UQ", "under_query"), ("PD", "paid")]
)
def test_the_buyers_word_is_taken_over(stage: Stage, code: str, business: str) -> None:
    stage.network.play({"buyer": code, "receiver": RECEIVER})
    transmission = stage.queue()
    with stage.working():
        view = stage.until(transmission, lambda one: one.business == business)
    assert view.regulatory == "accepted"


def test_without_a_connection_nothing_was_sent_and_it_is_tried_again(stage: Stage) -> None:
    stage.network.kill()
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.attempts >= 2)
        assert "outcome_unknown" not in stage.types(transmission)
        stage.network.start()
        view = stage.until_answered(transmission)
    assert view.attempts >= 3
    assert stage.reached()["failed_retryable"] >= 2


def test_an_outcome_that_stays_unknown_asks_for_a_person_until_it_is_known(stage: Stage) -> None:
    stage.network.fail({"fault": "latency", "seconds": 2.0, **ONCE})
    transmission = stage.queue()
    policy = replace(QUICK, escalate_after=timedelta(seconds=1))
    with stage.working(policy, stage.adapter(read_seconds=0.3)):
        stage.until(transmission, lambda view: view.transport == "outcome_unknown")
        stage.network.kill()  # what it was about to store is lost; nobody can tell
        stage.until(transmission, lambda view: view.action_required == "unresolved")
        assert all(due_at is not None for _, due_at in stage.rows())
        stage.network.start()
        view = stage.until_answered(transmission)
    assert view.action_required is None
    assert stage.reached()["action_required"] == 1


def test_a_silent_network_asks_for_a_person(stage: Stage) -> None:
    stage.network.play({"network": "none"})
    transmission = stage.queue()
    soon = timedelta(milliseconds=200)
    adapter = stage.adapter(verdict_within=1.5 * soon, first_ask=soon, longest_ask=soon)
    with stage.working(adapter=adapter):
        view = stage.until(transmission, lambda one: one.action_required is not None)
    assert (view.action_required, view.transport) == ("no_verdict", "submitted")
    assert all(due_at is not None for _, due_at in stage.rows())


def test_a_row_our_own_code_fails_on_is_stuck_and_shown_and_stops_nobody(stage: Stage) -> None:
    adapter = stage.adapter()
    whole = adapter.prepare

    def prepare(message: Message) -> Request:
        if b"POISON" in message.payload:
            raise ValueError("our own mistake")
        return whole(message)

    adapter.prepare = prepare  # type: ignore[method-assign] # a planted bug
    poisoned = stage.queue(number="POISON")
    healthy = stage.queue(number="R-2")
    with stage.working(replace(QUICK, poison_after=2), adapter):
        view = stage.until(poisoned, lambda one: one.action_required is not None)
        stage.until(healthy, lambda one: one.business == "accepted")
    assert (view.action_required, view.transport) == ("stuck", "queued")
    assert ("stuck", None) in stage.rows()


def test_after_its_deadline_a_document_is_not_sent(stage: Stage) -> None:
    adapter = stage.adapter(deadline=timedelta(0))
    transmission = stage.queue()
    with stage.working(adapter=adapter):
        view = stage.until(transmission, lambda one: one.action_required is not None)
    assert (view.action_required, view.attempts) == ("stuck", 0)
    assert stage.network.messages() == {}


def test_where_resending_is_declared_safe_nobody_is_asked(silent_stage: Stage) -> None:
    stage = silent_stage  # a verdict that is pushed would prove the arrival
    adapter = stage.adapter(resend_is_safe=True, first_ask=timedelta(minutes=1))
    stage.network.fail({"fault": "drop_after_accept", **ONCE})
    transmission = stage.queue()
    with stage.working(adapter=adapter):
        view = stage.until(transmission, lambda one: one.transport == "submitted")
    assert view.attempts == 2
    assert [one["duplicates"] for one in stage.network.messages().values()] == [1]
    assert "enquiry" not in stage.network.ledger()["counters"]


def test_what_a_verdict_proves_to_have_arrived_is_not_sent_again(stage: Stage) -> None:
    adapter = stage.adapter(resend_is_safe=True, settle=timedelta(seconds=3))
    stage.network.fail({"fault": "drop_after_accept", **ONCE})
    transmission = stage.queue()
    with stage.working(adapter=adapter):
        view = stage.until_answered(transmission)
    assert view.attempts == 1
    assert [one["duplicates"] for one in stage.network.messages().values()] == [0]


def test_a_stopping_worker_finishes_what_is_on_the_wire(stage: Stage) -> None:
    stage.network.fail({"fault": "latency", "seconds": 0.5, **ONCE})
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport == "submitting")
    assert "submitted" in stage.types(transmission)
    assert "outcome_unknown" not in stage.types(transmission)


def test_bytes_written_after_a_takeover_find_a_closed_door_on_both_sides(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gap after the last look, held open: same Message-Id there, an old epoch here."""
    monkeypatch.setattr(tape, "allowed", lambda: True)
    slow = stage.adapter()
    whole = slow.send
    reached, go_on, written = (threading.Event() for _ in range(3))

    def send(request: Request) -> Answer:
        reached.set()
        assert go_on.wait(20)
        answer = whole(request)
        written.set()
        return answer

    slow.send = send  # type: ignore[method-assign] # frozen right before the wire
    transmission = stage.queue()
    with stage.working(replace(QUICK, threads=1, lease_seconds=0.5, renew_seconds=60), slow):
        assert reached.wait(10)
        with stage.working(QUICK):
            stage.until_answered(transmission)
            before = stage.view(transmission), stage.types(transmission)
            go_on.set()
            assert written.wait(10)
    assert (stage.view(transmission), stage.types(transmission)) == before
    assert before[0].attempts >= 2  # more where a busy machine lets an enquiry time out
    assert stage.reached()["requeued"] == stage.reached()["submitted"] == 1
    (message,) = stage.network.messages().values()
    assert (message["state"], message["duplicates"]) == ("accepted", 1)
