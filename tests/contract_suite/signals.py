"""What every adapter must do with verdicts that are pushed."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import permutations
from typing import Any

from typing_extensions import override

from gateway.channels.statements import StatementError
from gateway.transmissions.adapter import MESSAGE_ID, Message, Signal
from gateway.transmissions.states import project
from tests.contract_suite.cases import ALWAYS, case
from tests.contract_suite.party import Party, once


class Heard:
    """What was pushed, in the order it came."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self.bodies: list[bytes] = []

    def put(self, body: bytes) -> None:
        with self._came:
            self.bodies.append(body)
            self._came.notify_all()

    def about(self, message: Message, count: int, seconds: float = 10) -> list[bytes]:
        """Wait for so many pushes about a message."""
        with self._came:
            self._came.wait_for(lambda: len(self._of(message)) >= count, seconds)
            found = self._of(message)
        assert len(found) >= count, found
        return found

    def _of(self, message: Message) -> list[bytes]:
        return [body for body in self.bodies if message.message_id in _payload(body)]


def _payload(body: bytes) -> str:
    text = json.loads(body)["payload"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


@contextmanager
def listening() -> Iterator[tuple[str, Heard]]:
    """Take what is pushed."""
    heard = Heard()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", heard
        finally:
            server.shutdown()
            thread.join()


def _read(party: Any, bodies: list[bytes]) -> list[Signal]:  # noqa: ANN401 - with `signal`
    return [party.adapter.signal(body) for body in bodies]


@case("faults", "signals")
def a_signal_names_its_message(party: Any) -> None:  # noqa: ANN401 - a party that hears
    message = party.message()
    once(party, message)
    for signal in _read(party, party.heard.about(message, 2)):
        assert (MESSAGE_ID, message.message_id) in signal.keys


@case("faults", "signals")
def no_order_of_signals_gives_another_state(party: Any) -> None:  # noqa: ANN401 - the same
    message = party.message()
    party.fail({"fault": "out_of_order_signals", **ALWAYS})
    proof = once(party, message)
    signals = _read(party, party.heard.about(message, 2))
    assert [one.layer for one in signals] == ["buyer", "network"]
    states = {
        project([*(one.fact for one in order), proof.fact]) for order in permutations(signals)
    }
    states |= {
        project([proof.fact, *(one.fact for one in order)]) for order in permutations(signals)
    }
    assert len(states) == 1


@case("faults", "signals")
def a_signal_that_comes_twice_is_the_same_signal(party: Any) -> None:  # noqa: ANN401 - the same
    message = party.message()
    party.fail({"fault": "duplicate_signals", **ALWAYS})
    once(party, message)
    signals = _read(party, party.heard.about(message, 4))
    assert len({one.id for one in signals}) == 2
    facts = [one.fact for one in signals]
    assert project(facts) == project({one.key: one for one in facts}.values())


@case("faults", "signals")
def a_signal_may_come_before_the_answer(party: Any) -> None:  # noqa: ANN401 - the same
    message = party.message()
    party.fail({"fault": "signal_before_response", **ALWAYS})
    once(party, message)
    early = party.heard.about(message, 2, seconds=0)
    assert project([one.fact for one in _read(party, early)]).arrived


@case("faults", "signals")
def a_signal_of_a_stranger_is_not_read(party: Party) -> None:
    party_: Any = party
    message = party.message()
    once(party, message)
    body = party_.heard.about(message, 2)[0]
    for forged in party_.forgeries(body):
        try:
            signal = party_.adapter.signal(forged)
        except StatementError:
            continue
        raise AssertionError(f"it was believed: {signal}")
