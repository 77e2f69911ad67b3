"""The recorder: what went over the wire, and what decided it, of every attempt."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from gateway.transmissions import attempts
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.attempts import AttemptView
from gateway.transmissions.lanes import LaneLostError
from tests.gateway.transmissions.stage import QUICK, Stage

ONCE = {"nth": 1, "count": 1}


def recorded(stage: Stage, transmission: UUID) -> tuple[AttemptView, ...]:
    with stage.database.transaction(stage.owner) as tx:
        return attempts.of_transmission(tx, transmission)


def test_a_send_is_kept_with_both_sides_bytes(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    send = recorded(stage, transmission)[0]
    assert (send.number, send.purpose, send.attempt) == (1, "send", 1)
    assert (send.outcome, send.reason) == ("acknowledged", "answered")
    assert send.ended_at is not None
    assert send.ended_at >= send.begun_at
    assert send.endpoint == stage.network.url.removeprefix("http://")
    (exchange,) = send.exchanges
    assert exchange.request.startswith(b"POST ")
    assert exchange.answer is not None
    assert (exchange.number, exchange.answer.status) == (0, 200)
    assert hashlib.sha256(exchange.body).digest() == stage.view(transmission).payload_sha256
    assert {"lane", "epoch", "due_at", "row"} <= set(send.decisions)


def test_an_unanswered_send_and_the_question_about_it_are_kept(silent_stage: Stage) -> None:
    stage = silent_stage
    stage.network.fail({"fault": "drop_after_accept", **ONCE})
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    send, ask = recorded(stage, transmission)[:2]
    assert (send.outcome, send.reason, send.exchanges[0].answer) == (
        "unknown",
        "connection_lost",
        None,
    )
    assert (ask.purpose, ask.outcome, ask.attempt) == ("ask", "acknowledged", 1)
    assert [one.request[:4] for one in ask.exchanges] == [b"GET "]
    assert ask.exchanges[0].answer is not None


def test_the_draw_that_put_an_attempt_off_is_kept(stage: Stage) -> None:
    stage.network.kill()
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.attempts >= 2)
    first = recorded(stage, transmission)[0]
    assert (first.outcome, first.reason) == ("retry", "not_connected")
    (draw,) = first.decisions["draws"]
    assert 0 <= draw < 1
    assert "retry_at" in first.decisions


def test_an_attempt_whose_owner_is_gone_has_no_end(silent_stage: Stage) -> None:
    stage = silent_stage
    killed = stage.adapter()
    whole = killed.send

    def send(request: Request) -> Answer:
        whole(request)
        raise LaneLostError("gone")

    killed.send = send  # type: ignore[method-assign] # dies right after the wire
    transmission = stage.queue()
    with stage.working(adapter=killed):
        stage.until(transmission, lambda view: view.transport == "submitting")
    with stage.working(replace(QUICK, first_delay=timedelta(milliseconds=50))):
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    send_, ask = recorded(stage, transmission)[:2]
    assert (send_.outcome, send_.ended_at) == ("lost", None)
    assert (ask.purpose, ask.outcome) == ("ask", "acknowledged")


def test_secret_headers_are_never_kept() -> None:
    request = Request(
        "POST", "https://a.test/x", (("Authorization", "Bearer s3cret"), ("A", "b")), b""
    )
    assert b"s3cret" not in request.head()
    assert request.head().endswith(b"A: b")
