"""What the access point decides: take, refuse or recognise a message, and what to say later."""

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from gateway.kit.clock import now
from gateway.sandbox.kit.clock import Ids
from gateway.sandbox.kit.faults import Fault
from gateway.sandbox.kit.playing import Player
from gateway.sandbox.network import arithmetic, document, identifiers
from gateway.sandbox.network.findings import Finding
from gateway.sandbox.network.handover import HandoverBook
from gateway.sandbox.network.identity import Identity
from gateway.sandbox.network.ledger import Entry, Ledger, Signal
from gateway.sandbox.network.script import Script

_BUYER_AFTER = 0.2  # seconds between the network's verdict and the buyer's
_SILENT = "none"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message as it came over the wire.

    Attributes:
        payload: The body.
        message_id: Header Message-Id.
        sender: Header Sender-Id, a participant id.
        receiver: Header Receiver-Id, a participant id.
        content_digest: Header Content-Digest (RFC 9530).
    """

    payload: bytes
    message_id: str
    sender: str
    receiver: str
    content_digest: str

    @property
    def digest(self) -> str:
        """The digest of the bytes as received, in the form of RFC 9530."""
        return f"sha-256=:{base64.b64encode(hashlib.sha256(self.payload).digest()).decode()}:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: an HTTP status and a signed statement.

    Attributes:
        status: 200 receipt; 400, 409 or 422 refusal.
        body: The signed JSON text.
        accepted: True when this very call entered the message in the book.
    """

    status: int
    body: str
    accepted: bool = False


class AccessPoint:
    """The receiver: its book, its keys, its judgement.

    Attributes:
        handovers: Where it is noted that what was taken is handed over to the system behind it;
            None: there is none.
    """

    def __init__(
        self,
        ledger: Ledger,
        identity: Identity,
        player: Player,
        script: Script,
        ids: Ids,
    ) -> None:
        self.handovers: HandoverBook | None = None
        self.ledger = ledger
        self.identity = identity
        self.player = player
        self.script = script
        self.ids = ids

    def receive(self, envelope: Envelope) -> Answer:
        """Judge a message and enter it in the book.

        The same id with the same bytes gets the stored answer again; with other bytes it is
        refused (409) and the first message stands.
        """
        if envelope.content_digest != envelope.digest:
            finding = Finding("SN-DIGEST", f"the bytes have {envelope.digest}")
            return self._refuse(envelope, HTTPStatus.BAD_REQUEST, [finding])
        if (known := self.ledger.message(envelope.message_id)) is not None:
            return self._again(envelope, known)
        read, findings = self._judge(envelope)
        if not self.script.knows(envelope.receiver):
            findings = [Finding("SN-RECEIVER", f"{envelope.receiver} is in no directory")]
        with self.ledger.writing():
            if (known := self.ledger.message(envelope.message_id)) is not None:
                return self._again(envelope, known)
            flagged = False
            if read is not None and not findings:
                earlier = self.ledger.accepted_as(read.seller, read.number, read.type_code)
                if earlier is not None and self.script.refuses_duplicates:
                    findings = [Finding("SN-DUPLICATE", f"accepted before as {earlier}")]
                flagged = earlier is not None
            answer = (
                self._refuse(envelope, HTTPStatus.UNPROCESSABLE_ENTITY, findings)
                if findings or read is None
                else Answer(HTTPStatus.OK, self._receipt(envelope), accepted=True)
            )
            entry = Entry(
                message_id=envelope.message_id,
                digest=envelope.digest,
                sender=envelope.sender,
                receiver=envelope.receiver,
                state="accepted" if answer.accepted else "refused",
                status=answer.status,
                answer=answer.body,
                received_at=now().isoformat(),
                payload=envelope.payload,
                seller=read.seller if read else None,
                number=read.number if read else None,
                type_code=read.type_code if read else None,
                reason="; ".join(f"{one.rule}: {one.message}" for one in findings) or None,
                flagged=flagged and answer.accepted,
            )
            signals = self._signals(envelope, entry) if answer.accepted else []
            handed = self.handovers if _delivered(signals) else None
            if handed is not None:
                signals = [
                    replace(one, due_at=None) if one.layer == "buyer" else one for one in signals
                ]
            self.ledger.enter(entry, signals)
            if handed is not None:
                statement = self.identity.seal_compact("delivery", self._about(envelope))
                handed.enter(envelope.message_id, statement, now().timestamp())
        return answer

    def enquire(self, message_id: str) -> dict[str, Any] | None:
        """Return what is known of a message: its state, the stored answer, what was said since."""
        known = self.ledger.message(message_id)
        if known is None:
            return None
        signals = self.ledger.issued_signals(message_id, now().timestamp())
        return {
            "message_id": message_id,
            "state": known["state"],
            "digest": known["digest"],
            "status": known["status"],
            "answer": json.loads(known["answer"]),
            "signals": [json.loads(signal) for signal in signals],
        }

    def _judge(self, envelope: Envelope) -> tuple[document.Document | None, list[Finding]]:
        try:
            read = document.read(document.parse(envelope.payload))
        except document.UnreadableError as error:
            return None, [Finding("SN-UNREADABLE", str(error))]
        findings = document.schema_findings(read)
        if not findings:  # arithmetic on what the schema did not accept would be guessing
            findings = [*arithmetic.findings(read), *identifiers.findings(read)]
        findings += document.participant_findings(read, envelope.sender, envelope.receiver)
        return read, findings

    def _again(self, envelope: Envelope, known: dict[str, Any]) -> Answer:
        if known["digest"] == envelope.digest:
            self.ledger.count_duplicate(envelope.message_id)
            return Answer(known["status"], known["answer"])
        finding = Finding("SN-MESSAGE-ID", "this Message-Id came with other bytes before")
        return self._refuse(envelope, HTTPStatus.CONFLICT, [finding])

    def _receipt(self, envelope: Envelope) -> str:
        return self.identity.seal("receipt", self._about(envelope))

    def _refuse(self, envelope: Envelope, status: HTTPStatus, findings: list[Finding]) -> Answer:
        reasons = [{"rule": one.rule, "message": one.message} for one in findings]
        statement = {**self._about(envelope), "findings": reasons}
        return Answer(int(status), self.identity.seal("refusal", statement))

    def _about(self, envelope: Envelope) -> dict[str, Any]:
        return {
            "message_id": envelope.message_id,
            "digest": envelope.digest,
            "sender": envelope.sender,
            "receiver": envelope.receiver,
            "access_point": self.identity.name,
            "at": now().isoformat(),
        }

    def _signals(self, envelope: Envelope, entry: Entry) -> list[Signal]:
        line = self.script.line(envelope.receiver, entry.number)
        if line.network == _SILENT:
            return []
        subject = f"{entry.seller}|{entry.number}|{entry.type_code}"
        struck = self.player.struck
        late = struck(Fault.LATE_SIGNALS, subject) or struck(Fault.SLOW_ASYNC, subject)
        copies = 2 if struck(Fault.DUPLICATE_SIGNALS, subject) else 1
        first = now().timestamp() + (late.seconds if late else 0)
        due = {"network": first, "buyer": first + _BUYER_AFTER}
        if struck(Fault.OUT_OF_ORDER_SIGNALS, subject):
            due = {"network": first + _BUYER_AFTER, "buyer": first}
        codes = {"network": line.network}
        if line.network != "RE" and line.buyer != _SILENT:
            codes["buyer"] = line.buyer
        return [
            self._signal(envelope, layer, code, due[layer], copies)
            for layer, code in codes.items()
        ]

    def _signal(
        self, envelope: Envelope, layer: str, code: str, due_at: float, copies: int
    ) -> Signal:
        identifier = self.ids.of("signal", envelope.message_id, layer)
        about = self._about(envelope)
        statement = {**about, "signal_id": identifier, "layer": layer, "code": code}
        return Signal(
            id=identifier,
            message_id=envelope.message_id,
            layer=layer,
            code=code,
            envelope=self.identity.seal("signal", statement),
            issued_at=about["at"],
            due_at=due_at,
            copies=copies,
        )


def _delivered(signals: list[Signal]) -> bool:
    return any(one.layer == "network" and one.code != "RE" for one in signals)
