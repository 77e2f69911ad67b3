"""The access point's desk: messages, enquiries, and receivers' answers, with whatever befalls."""

import json
import urllib.parse
from http import HTTPStatus
from pathlib import Path
from typing import Any

from typing_extensions import override

from gateway.sandbox.kit import playing, replies
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.faults import Fault
from gateway.sandbox.kit.jws import SIGNED
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.network import responses, view
from gateway.sandbox.network.access_point import AccessPoint, Envelope
from gateway.sandbox.network.delivery import Pusher
from gateway.sandbox.network.handover import HandoverBook
from gateway.sandbox.network.identity import open_identity, stranger
from gateway.sandbox.network.ledger import Ledger
from gateway.sandbox.network.script import Script

_SIGNALS = (
    Fault.SLOW_ASYNC,
    Fault.LATE_SIGNALS,
    Fault.OUT_OF_ORDER_SIGNALS,
    Fault.DUPLICATE_SIGNALS,
    Fault.SIGNAL_BEFORE_RESPONSE,
)
_NAMES = ("Message-Id", "Sender-Id", "Receiver-Id", "Content-Digest")


class NetworkDesk(Desk):
    """The access point behind its socket; `GET ledger` and `PUT script` besides the usual.

    Args:
        directory: Keys and ledger.
        signals_url: Where verdicts are pushed to; None: they are asked for.
        handover: Whether accepted messages are handed over to a receiver's system.
        seed: Of the signals' ids.
    """

    name = "sandbox-network"

    def __init__(
        self,
        directory: Path,
        signals_url: str | None = None,
        *,
        handover: bool = False,
        seed: int = 0,
    ) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.ledger = Ledger(directory / "ledger.sqlite")
        super().__init__(
            self.ledger,
            faults=(*playing.USUAL, *_SIGNALS),
            places=("messages", "enquiries", "participants"),
            seed=seed,
        )
        now = self.clock.now()
        self.pusher = Pusher(self.ledger, signals_url)
        self.handovers = HandoverBook(self.ledger) if handover else None
        self.access_point = AccessPoint(
            self.ledger,
            open_identity(directory, now),
            self.player,
            Script(),
            self.ids,
        )
        self.access_point.handovers = self.handovers
        self._stranger = stranger(now)

    @override
    def answer(self, call: Call) -> Reply:
        match call.method, call.path.split("/")[1:]:
            case "POST", ["messages"]:
                return self._message(call)
            case "POST", ["messages", quoted, "response"]:
                return self._response(urllib.parse.unquote(quoted), call.body)
            case "GET", ["messages", *quoted]:
                return self._enquiry("/".join(quoted))
            case "GET", ["participants", quoted]:
                return self._participant(urllib.parse.unquote(quoted))
            case _:
                return replies.as_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def _message(self, call: Call) -> Reply:
        values = [call.headers.get(name.lower(), "") for name in _NAMES]
        if not all(values):
            missing = f"POST /messages with the headers {', '.join(_NAMES)}"
            return replies.as_json({"error": missing}, HTTPStatus.BAD_REQUEST)
        envelope = Envelope(call.body, *(urllib.parse.unquote(value) for value in values))
        self.ledger.count("message")
        return self.player.around(
            envelope.digest,
            lambda attempt, _: self._taken(envelope, attempt),
            where="messages",
            who=envelope.receiver,
        )

    def _taken(self, envelope: Envelope, attempt: str) -> Reply:
        answer = self.access_point.receive(envelope)
        early = Fault.SIGNAL_BEFORE_RESPONSE
        if answer.accepted and self.player.struck(early, attempt, where="messages"):
            self.pusher.push_now(envelope.message_id)
        return replies.plain(answer.status, answer.body, SIGNED)

    def _enquiry(self, message_id: str) -> Reply:
        self.ledger.count("enquiry")

        def known(_: str, __: float) -> Reply:
            found = self.access_point.enquire(message_id)
            status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
            return replies.as_json(found or {"state": "never seen"}, status)

        return self.player.around(message_id, known, where="enquiries", named=True)

    def _participant(self, participant: str) -> Reply:
        self.ledger.count("lookup")

        def known(_: str, __: float) -> Reply:
            registered = self.access_point.script.knows(participant)
            return replies.as_json({"participant": participant, "registered": registered})

        return self.player.around(participant, known, where="participants", named=True)

    def _response(self, message_id: str, body: bytes) -> Reply:
        try:
            said = json.loads(body)
        except ValueError as error:
            return replies.as_json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        status, answer = responses.respond(self.access_point, message_id, said)
        return replies.as_json(answer, status)

    @override
    def forged(self, reply: Reply) -> Reply:
        """Return an answer whose statement a stranger signed, inside an enquiry's too."""
        said = json.loads(reply.body)
        if "protected" in said:
            return replies.plain(reply.status, self._stranger.forged(reply.body), SIGNED)
        if "answer" in said:
            forged = self._stranger.forged(json.dumps(said["answer"]).encode())
            said["answer"] = json.loads(forged)
        return replies.as_json(said, reply.status)

    @override
    def page(self, query: str) -> str:
        del query
        return view.page(self.access_point)

    @override
    def deeds(self) -> Deeds:
        script = self.access_point.script
        return {
            ("GET", "ledger"): lambda _, __: view.ledger(self.access_point),
            ("GET", "script"): lambda _, __: script.as_json(),
            ("PUT", "script"): lambda _, value: done(lambda: self._play(value)),
        }

    def _play(self, value: dict[str, Any]) -> None:
        lines, duplicates = value.get("lines", []), value.get("duplicates", "refuse")
        unreachable = value.get("unreachable", [])
        self.access_point.script.replace(lines, duplicates, unreachable)
