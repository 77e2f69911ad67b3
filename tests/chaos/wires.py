"""The adapters of the simulator: real in all but the socket, over which anything may go wrong."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from typing_extensions import override

from gateway.archive.service import EvidenceItem
from gateway.transmissions import routes, tape
from gateway.transmissions.adapter import (
    Acknowledgement,
    Answer,
    Message,
    Request,
    Signal,
)
from gateway.transmissions.batching import Outcome
from gateway.transmissions.conduct import Batch, Conduct, Limit, Offline, Shape
from gateway.transmissions.errors import GivenUp, Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.routes import Route
from gateway.transmissions.states import Fact, Regulatory, Transport
from tests.chaos.authorities import ALL, Authority, Reply

_SHAPES = {
    "sim-clearance": Shape.CLEARANCE,
    "sim-poll": Shape.POLL,
    "sim-network": Shape.NETWORK,
    "sim-chain": Shape.LOCAL,
    "sim-batch": Shape.CLEARANCE,
}
_LIMITS = {
    "sim-clearance": (Limit(operation="send", scope="authority", tokens=1, seconds=20),),
    "sim-poll": (Limit(operation="ask", scope="credential", tokens=2, seconds=60),),
}
_OFFLINE = {"sim-chain": Offline(after=timedelta(seconds=30), within=timedelta(days=2))}
_VERDICTS = {"accepted": Regulatory.ACCEPTED, "rejected": Regulatory.REJECTED}
TIMEOUT = 10.0
"""Seconds that a sender waits for an answer."""


class Trouble(StrEnum):
    """What may go wrong with one exchange."""

    NONE = "goes well"
    NOT_CONNECTED = "no connection"
    DROP_BEFORE = "dropped before it was accepted"
    DROP_AFTER = "dropped after it was accepted"
    ERROR_BEFORE = "500 before it was accepted"
    ERROR_AFTER = "500 after it was accepted"
    BUSY = "429 with Retry-After"
    SLOW = "slow answer"
    TIMED_OUT = "answer after the sender gave up"
    LATE = "arrived after the sender gave up"
    GARBLED = "an answer nobody can read"
    REVOKED = "certificate revoked"
    SIGNAL_FIRST = "signal before the answer"


class Exchanges:
    """Carries requests to an authority, through whatever trouble the schedule draws.

    Args:
        authority: The other side.
        trouble: Draws what goes wrong with the next exchange.
        wait: Lets time pass while the sender waits.
        moment: Called around the wire, where a process may freeze or die.
        deliver: Hands over the signals that are due.
    """

    def __init__(
        self,
        authority: Authority,
        trouble: Callable[[Authority, str], tuple[Trouble, float]],
        wait: Callable[[float], None],
        moment: Callable[[str], None],
        deliver: Callable[[Authority], None],
    ) -> None:
        self.authority = authority
        self._trouble = trouble
        self._wait = wait
        self._moment = moment
        self._deliver = deliver

    def exchange(self, request: Request) -> Answer:
        """Write a request once and read its answer.

        Raises:
            Retry: Nothing was written.
            Unknown: Nobody knows.
        """
        return tape.through(request, self._go)

    def _go(self, request: Request) -> Answer:
        self._moment("before the wire")
        if not tape.allowed():
            raise Retry("lease_ended", "it took too long until it could be sent")
        trouble, amount = self._trouble(self.authority, request.method)
        answer = self._not_taken(trouble, amount, request)
        if answer is not None:
            return answer
        if trouble is Trouble.SLOW:
            self._wait(amount)
        reply = self._asked(request)
        if trouble is Trouble.SIGNAL_FIRST:
            self._deliver(self.authority)
        if trouble is Trouble.TIMED_OUT:
            self._wait(TIMEOUT)
            raise Unknown("timeout", trouble)
        self._moment("after the wire")
        if trouble is Trouble.DROP_AFTER:
            raise Unknown("connection_lost", trouble)
        spoilt = {Trouble.ERROR_AFTER: Answer(500, b"{}"), Trouble.GARBLED: Answer(200, b"<html>")}
        return spoilt.get(trouble, Answer(reply.status, reply.body, reply.retry_after))

    def _not_taken(self, trouble: Trouble, amount: float, request: Request) -> Answer | None:
        """Play what happens before the authority takes anything in; None when it does."""
        if trouble in {Trouble.NOT_CONNECTED, Trouble.REVOKED}:
            raise Retry(trouble.name.lower(), trouble)
        if trouble is Trouble.DROP_BEFORE:
            raise Unknown("connection_lost", trouble)
        if trouble is Trouble.LATE:
            for head, body in _sent(request):
                self.authority.later(head, body, amount)
            self._wait(TIMEOUT)
            raise Unknown("timeout", trouble)
        if trouble is Trouble.BUSY:
            for head, _ in _sent(request):
                self.authority.quiet_until[head["message_id"]] = self.authority.clock() + amount
            return Answer(429, b"{}", amount)
        return Answer(500, b"{}") if trouble is Trouble.ERROR_BEFORE else None

    def _asked(self, request: Request) -> Reply:
        if request.method != "POST":
            return self.authority.enquire(_name(request))
        if self.authority.rules.batch > 1:
            return self.authority.submit_all(_sent(request))
        return self.authority.submit(_head(request), request.body)


@contextmanager
def routed() -> Iterator[None]:
    """Let the engine know the channels of the simulator, wherever it looks."""
    own = {
        rules.name: Route(rules.name, "sandbox", lanes=None if rules.ordered else 2)
        for rules in ALL
    }
    before = routes.ROUTES
    modules = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("gateway.") and vars(module).get("ROUTES") is before
    ]
    for module in modules:
        module.__dict__["ROUTES"] = MappingProxyType({**before, **own})
    try:
        yield
    finally:
        for module in modules:
            module.__dict__["ROUTES"] = before


class Adapter:
    """One wire of the simulator."""

    def __init__(self, exchanges: Exchanges) -> None:
        rules = exchanges.authority.rules
        self.channel = rules.name
        self._exchanges = exchanges
        self.conduct = Conduct(
            shape=_SHAPES[rules.name],
            resend_is_safe=rules.ordered or rules.name == "sim-clearance",
            settle=timedelta(seconds=30),
            deadline=timedelta(days=3),
            verdict_within=timedelta(hours=2),
            response_within=timedelta(0),
            usual_answer=timedelta(minutes=5),
            first_ask=timedelta(seconds=30),
            longest_ask=timedelta(hours=1),
            limits=_LIMITS.get(rules.name, ()),
            offline=_OFFLINE.get(rules.name),
            batch=Batch(most=rules.batch) if rules.batch > 1 else None,
        )

    def endpoint(self, message: Message) -> str:
        del message
        return f"{self.channel}.example:443"

    def prepare(self, message: Message) -> Request:
        said = json.loads(message.payload)
        headers = (
            ("Message-Id", message.message_id),
            ("Sender", message.sender),
            ("Document", said["document"]),
            ("Sequence", str(said["sequence"])),
            ("Previous", said["previous"]),
        )
        url = f"https://{self.endpoint(message)}/submissions"
        return Request("POST", url, headers, message.payload)

    def send(self, request: Request) -> Answer:
        return self._exchanges.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        del message
        return self._read(answer)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        url = f"https://{self.endpoint(message)}/submissions/{message.message_id}"
        headers = (("Message-Id", message.message_id),)
        answer = self._exchanges.exchange(Request("GET", url, headers, b""))
        if answer.status == 404 and b"never seen" in answer.body:
            return None
        return self._read(answer)

    def _read(self, answer: Answer) -> Acknowledgement:
        evidence = EvidenceItem("receipt", "answer.json", "application/json", answer.body)
        if answer.status in {425, 429, 503}:
            raise Retry(f"http_{answer.status}", "not now", retry_after=answer.retry_after)
        if answer.status in {409, 422}:
            raise Refused(f"http_{answer.status}", "not wanted", evidence=(evidence,))
        said = _json(answer.body)
        if answer.status != 200 or said is None:
            raise Unknown(f"http_{answer.status}", "it proves nothing", evidence=(evidence,))
        if said["state"] == "given up":
            raise GivenUp("given_up", "it failed", evidence=(evidence,))
        if said["state"] == "refused":
            raise Refused("refused", "not wanted", evidence=(evidence,))
        fact = Fact(transport=Transport.SUBMITTED)
        verdict = said.get("verdict")
        names = {"reference": said["reference"]}
        if verdict is not None and self.conduct.shape in {Shape.CLEARANCE, Shape.LOCAL}:
            cleared = replace(fact, regulatory=Regulatory.CLEARED)
            return Acknowledgement(evidence, cleared, correlations=names)
        signals = (self.signal(json.dumps(said["signal"]).encode()),) if verdict else ()
        return Acknowledgement(evidence, fact, signals, correlations=names)

    def signal(self, content: bytes) -> Signal:
        """Read a signal."""
        said = json.loads(content)
        verdict = _VERDICTS[said["verdict"]]
        transport = Transport.DELIVERED if verdict is Regulatory.ACCEPTED else None
        return Signal(
            id=said["id"],
            keys=(("reference", said["reference"]),),
            layer="network",
            code=said["verdict"],
            fact=Fact(transport=transport, regulatory=verdict, key=said["id"]),
            evidence=EvidenceItem("signal", f"{said['id']}.json", "application/json", content),
        )


class BatchAdapter(Adapter):
    """A wire that carries several messages at once."""

    def goes_with(self, first: Message, other: Message) -> bool:
        return first.deferred == other.deferred

    def prepare_all(self, messages: Sequence[Message]) -> Request:
        each = [super(BatchAdapter, self).prepare(message) for message in messages]
        body = json.dumps([[dict(one.headers), one.body.decode()] for one in each]).encode()
        return Request("POST", each[0].url, (), body)

    @override
    def prepare(self, message: Message) -> Request:
        return self.prepare_all([message])

    def interpret_all(self, messages: Sequence[Message], answer: Answer) -> Sequence[Outcome]:
        del messages
        said = _json(answer.body)
        if answer.status != 200 or said is None:
            return [self._read(answer)]
        return [self._outcome(Answer(status, body.encode())) for status, body in said["each"]]

    @override
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        (outcome,) = self.interpret_all([message], answer)
        if isinstance(outcome, TransmissionError):
            raise outcome
        return outcome

    def _outcome(self, answer: Answer) -> Outcome:
        try:
            return self._read(answer)
        except TransmissionError as error:
            return error


def adapter(exchanges: Exchanges) -> Adapter:
    """Return the adapter to an authority."""
    kind = BatchAdapter if exchanges.authority.rules.batch > 1 else Adapter
    return kind(exchanges)


def _sent(request: Request) -> list[tuple[dict[str, Any], bytes]]:
    """Return what a request submits, each with its head; nothing where it asks."""
    if request.method != "POST":
        return []
    if request.headers:
        return [(_head(request), request.body)]
    each = [
        Request("POST", "", tuple(head.items()), body.encode())
        for head, body in json.loads(request.body)
    ]
    return [(_head(one), one.body) for one in each]


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = json.loads(body)
    except ValueError:
        return None
    return said


def _head(request: Request) -> dict[str, Any]:
    named = dict(request.headers)
    return {
        "message_id": named["Message-Id"],
        "sender": named["Sender"],
        "document": named["Document"],
        "sequence": int(named["Sequence"]),
        "previous": named["Previous"],
    }


def _name(request: Request) -> str:
    return dict(request.headers)["Message-Id"]
