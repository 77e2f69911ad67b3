"""What was exchanged once, put to today's code: offline, and the same every time."""

import dataclasses
import datetime
import json
import socket
from collections.abc import Callable, Iterator
from typing import Any, NoReturn
from uuid import UUID

import pytest
from typing_extensions import override

from gateway.channels.sandbox_network import SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.transmissions import comparison, secrecy
from gateway.transmissions.adapter import Acknowledgement, Adapter, Answer, Message, Request
from gateway.transmissions.errors import Refused
from gateway.transmissions.replaying import Wires, replay
from gateway.wires import ClosedWire, ClosedWireError
from tests.gateway.transmissions.stage import QUICK, Stage

Json = dict[str, Any]
Clock = Callable[[], datetime.datetime]


def wires_of(stage: Stage, kind: type[SandboxNetwork] = SandboxNetwork) -> Wires:
    def find(_: str, clock: Clock) -> Adapter:
        anchor = TrustAnchor.load(stage.network.trust)
        return kind(stage.network.url, anchor, ClosedWire(), clock=clock)

    return find


def replayed(stage: Stage, transmission: UUID, wires: Wires | None = None) -> Json:
    with stage.database.transaction(stage.owner, read_only=True) as tx:
        return replay(tx, transmission, wires or wires_of(stage), QUICK)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Close the network to Python; libpq, which holds the database, is not asked."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    def close() -> None:
        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "create_connection", refuse)

    yield close
    monkeypatch.undo()


def exchanged(stage: Stage) -> UUID:
    """Return a transmission that was put off, sent without answer, asked about and judged."""
    stage.network.fail(
        {"fault": "http_503_before_accept", "nth": 1, "count": 1},
        {"fault": "drop_after_accept", "nth": 2, "count": 1},
    )
    transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    return transmission


def test_todays_code_does_what_was_done_and_sends_nothing(
    stage: Stage, no_network: Callable[[], None]
) -> None:
    transmission = exchanged(stage)
    before = stage.network.messages()
    stage.network.kill()
    no_network()
    found = replayed(stage, transmission)
    assert found["same"] is True, found
    outcomes = [(one["purpose"], one["recorded"]["outcome"]) for one in found["attempts"]]
    assert ("send", "unknown") in outcomes
    assert ("ask", "never_seen") in outcomes
    assert all(one["request"] == [] for one in found["attempts"])
    assert found["now"]["changes"] == []
    assert before
    assert replayed(stage, transmission) == found, "it depends on when it is asked"


def test_what_a_draw_decided_is_computed_again(
    silent_stage: Stage, no_network: Callable[[], None]
) -> None:
    stage = silent_stage
    stage.network.fail({"fault": "http_500_after_accept", "nth": 1, "count": 1})
    transmission = stage.queue()
    with stage.working():
        stage.until(transmission, lambda view: view.transport in {"submitted", "delivered"})
    no_network()
    found = replayed(stage, transmission)
    assert found["same"] is True, found
    loose = dataclasses.replace(QUICK, first_delay=datetime.timedelta(minutes=5))
    with stage.database.transaction(stage.owner, read_only=True) as tx:
        other = replay(tx, transmission, wires_of(stage), loose)
    drawn = [one["decisions"] for one in other["attempts"] if one.get("decisions")]
    for decisions in drawn:
        assert decisions["recorded_retry_at"] != decisions["replayed_retry_at"]
    assert other["same"] is (not drawn)


class Renamed(SandboxNetwork):
    """A version of the adapter that names a header otherwise, and adds one."""

    @override
    def prepare(self, message: Message) -> Request:
        made = super().prepare(message)
        headers = [("Message-Id", "another"), *made.headers[1:], ("Authorization", "Bearer x1")]
        return dataclasses.replace(made, headers=tuple(headers))


class Stricter(SandboxNetwork):
    """A version of the adapter that takes no answer for an answer."""

    @override
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        raise Refused("changed", "today's code refuses")


def test_a_request_that_would_look_otherwise_is_told_without_its_secrets(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    found = replayed(stage, transmission, wires_of(stage, Renamed))
    assert found["same"] is False
    told = found["now"]["changes"]
    message_id = stage.view(transmission).message_id
    assert told == [
        {"part": "header", "place": "message-id", "old": message_id, "new": "another"},
        {"part": "header", "place": "authorization", "old": None, "new": "(secret)"},
    ]
    assert "x1" not in json.dumps(found)


def test_an_answer_that_would_be_read_otherwise_is_told(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    found = replayed(stage, transmission, wires_of(stage, Stricter))
    assert found["same"] is False
    send = found["attempts"][0]
    assert send["recorded"]["outcome"] == "acknowledged"
    assert send["replayed"] == {"outcome": "refused", "reason": "changed"}


def test_a_wire_that_is_not_known_here_is_said(stage: Stage) -> None:
    transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    found = replayed(stage, transmission, lambda _channel, _clock: None)
    assert found["same"] is False
    assert found["attempts"][0]["not_replayed"] == "the wire is not known here"


def test_a_closed_wire_sends_nothing_even_without_a_record() -> None:
    with pytest.raises(ClosedWireError):
        ClosedWire().exchange(Request("POST", "http://127.0.0.1:1/", (), b""))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b'{"a": 1, "b": [1]}', b'{"b":[1],"a":1}', [("writing", "byte 2", ...)]),
        (b'{"a": 1}', b'{"a": 2}', [("body", "/a", (1, 2))]),
        (b'{"a": null}', b"{}", [("body", "/a", (None, None))]),
        (b'{"a": [1, 2]}', b'{"a": [1]}', [("body", "/a/1", (2, None))]),
        (b'{"x": {"password": "p1"}}', b'{"x": {"password": "p2"}}', [
            ("body", "/x/password", ("(secret)", "(secret)"))
        ]),
        (b"<a><b>1</b></a>", b"<a>\n <b>1</b></a>", [("writing", "byte 3", ...)]),
        (b"<a><b>1</b></a>", b"<a><b>2</b></a>", [("body", "/a/b[1]", ("1", "2"))]),
        (b'<a b="1"/>', b'<a b="2"/>', [("body", "/a/@b", ("1", "2"))]),
        (b"<a><b/></a>", b"<a><b/><c/></a>", [("body", "/a/c[1]", (None, "c"))]),
        (b"abc", b"abd", [("body", "byte 2", ...)]),
        (b"same", b"same", []),
    ],
)  # fmt: skip
def test_bodies_are_compared_by_what_they_are(
    old: bytes, new: bytes, expected: list[tuple[str, str, Any]]
) -> None:
    found = list(comparison.bodies(old, new))
    assert [(one["part"], one["place"]) for one in found] == [one[:2] for one in expected]
    for one, (_, _, values) in zip(found, expected, strict=True):
        assert values is ... or (one["old"], one["new"]) == values


def test_secrets_are_left_out_of_what_is_shown() -> None:
    head = b"POST /x HTTP/1.1\r\nAuthorization: Bearer abc\r\nX-Api-Key: k1\r\nHost: h"
    shown = secrecy.masked_head(head)
    assert shown == (
        "POST /x HTTP/1.1\r\nAuthorization: (secret)\r\nX-Api-Key: (secret)\r\nHost: h"
    )
    body = b'{"access_token": "abc", "n": 1, "deep": [{"clientSecret": "s"}]}'
    assert json.loads(secrecy.masked_body(body)) == {
        "access_token": "(secret)",
        "n": 1,
        "deep": [{"clientSecret": "(secret)"}],
    }
    assert secrecy.masked_body(b'{ "n" : 1 }') == b'{ "n" : 1 }'
