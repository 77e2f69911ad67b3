"""The recorder: what went over the wire, and what decided it, of every attempt."""

import hashlib
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.kit import clock
from gateway.transmissions import attempts, recorded, secrecy
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.attempts import Decisions
from gateway.transmissions.journal import Journal
from gateway.transmissions.lanes import LaneLostError
from gateway.transmissions.recorded import AttemptView, RecordedExchange
from gateway.transmissions.tables import exchange
from gateway.transmissions.tape import Exchange
from tests.gateway.transmissions.stage import QUICK, Stage
from tests.security.scanning import scan

ONCE = {"nth": 1, "count": 1}


def listed(stage: Stage, transmission: UUID) -> tuple[AttemptView, ...]:
    with stage.database.transaction(stage.owner) as tx:
        return recorded.of_transmission(tx, transmission)


def exchanged(stage: Stage, transmission: UUID, one: AttemptView) -> tuple[RecordedExchange, ...]:
    with stage.database.transaction(stage.owner) as tx:
        found = recorded.exchanges(tx, transmission, one.number)
    assert len(found) == one.exchanges
    return found


def test_a_send_is_kept_with_both_sides_bytes(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    send = listed(stage, transmission)[0]
    assert (send.number, send.purpose, send.attempt) == (1, "send", 1)
    assert (send.outcome, send.reason) == ("acknowledged", "answered")
    assert send.ended_at is not None
    assert send.ended_at >= send.begun_at
    assert send.endpoint == stage.network.url.removeprefix("http://")
    (only,) = exchanged(stage, transmission, send)
    assert only.request.startswith(b"POST ")
    assert only.answer is not None
    assert (only.number, only.answer.status) == (0, 200)
    assert hashlib.sha256(only.body).digest() == stage.view(transmission).payload_sha256
    assert {"lane", "epoch", "due_at", "row"} <= set(send.decisions)


def test_an_unanswered_send_and_the_question_about_it_are_kept(silent_stage: Stage) -> None:
    stage = silent_stage
    stage.network.fail({"fault": "drop_after_accept", **ONCE})
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    send, ask = listed(stage, transmission)[:2]
    assert (send.outcome, send.reason) == ("unknown", "connection_lost")
    assert [one.answer for one in exchanged(stage, transmission, send)] == [None]
    assert (ask.purpose, ask.outcome, ask.attempt) == ("ask", "acknowledged", 1)
    (only,) = exchanged(stage, transmission, ask)
    assert only.request[:4] == b"GET "
    assert only.answer is not None


def test_the_draw_that_put_an_attempt_off_is_kept(stage: Stage) -> None:
    stage.network.kill()
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.attempts >= 2)
    first = listed(stage, transmission)[0]
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
    send_, ask = listed(stage, transmission)[:2]
    assert (send_.outcome, send_.ended_at) == ("lost", None)
    (only,) = exchanged(stage, transmission, send_)
    with stage.database.transaction(stage.owner) as tx:  # his successor archived what he had sent
        assert stage.archive.read(tx, send_.id) == only.request
    assert (ask.purpose, ask.outcome) == ("ask", "acknowledged")


def test_of_many_attempts_the_first_and_the_newest_are_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "KEPT", 4)
    monkeypatch.setattr(attempts, "_FIRST", 1)
    transmission, decisions = stage.queue(), Decisions(lambda: 0.5)
    journal, request = Journal(stage.archive), Request("POST", "http://h/x", (), b"other")
    for _ in range(7):
        with stage.database.worker_transaction(stage.owner) as tx:
            held = journal.hold(tx, transmission)
            begun = attempts.begin(
                tx,
                held.message,
                "send",
                endpoint="h",
                decisions=decisions,
                now=held.created_at,
            )
            attempts.carry(tx, [begun], request)
    kept = listed(stage, transmission)
    assert [one.number for one in kept] == [1, 5, 6, 7]
    assert recorded.dropped(kept) == 3
    assert [exchanged(stage, transmission, one)[0].body for one in kept] == [b"other"] * 4
    with stage.database.worker_transaction(stage.owner) as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(exchange)).scalar_one() == 4
    assert recorded.dropped(()) == 0


def test_of_headers_only_those_that_are_named_are_kept() -> None:
    headers = (
        ("Authorization", "Bearer s3cret"),
        ("X-Api-Key", "s3cret"),
        ("SessionToken", "s3cret"),
        ("X-Whatever", "s3cret"),
        ("Content-Type", "application/xml"),
        ("Version", "2"),
    )
    request = Request(
        "POST",
        "https://u:s3cret@a.test/x?n=1&token=s3cret",
        headers,
        b"",
        recorded_headers=frozenset({"version"}),
    )
    assert request.head().decode().split("\r\n") == [
        "POST https://(secret)@a.test/x?n=1&token=(secret)",
        "Authorization: (secret)",
        "X-Api-Key: (secret)",
        "SessionToken: (secret)",
        "X-Whatever: (secret)",
        "Content-Type: application/xml",
        "Version: 2",
    ]


S = "s3cret-of-16-bytes"
SECRETS = (
    (f'{{"access_token": "{S}", "n": 1}}', '{"access_token": "(secret)", "n": 1}'),
    (f'[{{"sessionKeyId": "{S}"}}]', '[{"sessionKeyId": "(secret)"}]'),
    (f"<a><password>{S}</password><b>1</b></a>", "<a><password>(secret)</password><b>1</b></a>"),
    (
        f'<x:a xmlns:x="urn:x" apiKey="{S}"><x:sessionKeyId><b>{S}</b></x:sessionKeyId></x:a>',
        '<x:a xmlns:x="urn:x" apiKey="(secret)"><x:sessionKeyId>(secret)</x:sessionKeyId></x:a>',
    ),
    (f"user=a&password={S}", "user=a&password=(secret)"),
    (f"sessionKeyId={S}", "sessionKeyId=(secret)"),
    (f"<password>{S}</password><b>", "<password>(secret)</password><b>"),
    (f'{{"n": 1, "password": "{S}"', '{"n": 1, "password": "(secret)"'),
)


@pytest.mark.parametrize(("body", "kept"), SECRETS)
def test_of_bodies_everything_but_secrets_is_kept(body: str, kept: str) -> None:
    request = Request("POST", "https://a.test/", (), b"", secret_parts=frozenset({"sessionkeyid"}))
    assert request.kept(body.encode()).decode() == kept
    assert request.kept(kept.encode()).decode() == kept


@pytest.mark.parametrize(
    "body", [b"", b'{ "n" : 1.10 }', b"<a  b='1'/>", b"a=1&b=2", b"\x00\xfftoken=1", b"plain"]
)
def test_what_has_no_secret_is_kept_byte_for_byte(body: bytes) -> None:
    assert Request("POST", "https://a.test/", (), b"").kept(body) == body


def test_masking_a_long_body_takes_no_time() -> None:
    begun = time.process_time()
    for body in (b"a" * 10**6, b"token=" * 10**5, b"a " * 10**5, b"a:" * 10**5, b"<a" * 10**5):
        secrecy.masked_body(body)
    assert time.process_time() - begun < 3


def test_secrets_are_blanked_before_anything_is_stored(stage: Stage) -> None:
    transmission = stage.queue()
    headers = (("SessionToken", S), ("X-Api-Key", S), ("Accept", "*/*"))
    given = (("Set-Cookie", S), ("X-Session", S), ("Location", f"https://a.test/?token={S}"))
    bodies = [body.encode() for body, _ in SECRETS]
    requests = [
        Request(
            "POST",
            f"https://a.test/?sessionKeyId={S}",
            headers,
            body,
            secret_parts=frozenset({"sessionkeyid"}),
        )
        for body in bodies
    ]
    made_of = [
        Exchange(request, Answer(200, body, headers=given))
        for request, body in zip(requests, reversed(bodies), strict=True)
    ]
    decisions, now = Decisions(lambda: 0.5), clock.now()
    view = stage.view(transmission)
    message = Message(
        transmission, view.document_id, view.message_id, view.sender, view.receiver, b"<a/>"
    )
    with stage.database.worker_transaction(stage.owner) as tx:
        begun = attempts.begin(tx, message, "send", endpoint="x", decisions=decisions, now=now)
        (made,) = attempts.carry(tx, [begun], requests[0])
        attempts.end(
            tx,
            made,
            "acknowledged",
            reason=None,
            exchanges=made_of,
            decisions=decisions,
            now=now,
        )
    with stage.database.transaction(stage.owner) as tx:
        rows = tx.execute(tx.select(exchange, *exchange.c)).all()
        proof = attempts.requests(tx, transmission, ())
    assert len(rows) == len(SECRETS)
    whole = requests[0].head() + b"\r\n\r\n" + requests[0].kept(bodies[0])
    assert [one.content for one in proof] == [whole]
    places = {
        "database": [bytes(value) for row in rows for value in row if isinstance(value, bytes)],
        "headers": [str(row.headers).encode() for row in rows],
        "archive": [one.content for one in proof],
    }
    assert b"(secret)" in b"".join(places["headers"])
    assert scan(places, {"canary": S.encode()}) == set()
