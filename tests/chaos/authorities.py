"""Authorities of the four shapes, without a socket: each has a book, and rules of its own.

They share nothing with the gateway but bytes: a request in, an answer out. What they accepted
stands in their book, and the book is the truth a schedule is judged by.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

Json = dict[str, Any]


@dataclass
class Entry:
    """One submission that the authority took in.

    Attributes:
        message_id: The sender's id.
        digest: Of the bytes.
        sequence: Its place, at an authority that wants an order.
        accepted: False when the authority does not want it.
        reference: What the authority calls it.
        verdict: `accepted` or `rejected`; said at once by clearance, later by the others.
        verdict_at: When it is said.
        again: How often the same bytes came again and were recognised.
    """

    message_id: str
    document: str
    digest: str
    sender: str
    sequence: int
    accepted: bool
    reference: str
    verdict: str
    verdict_at: float
    again: int = 0


@dataclass(frozen=True)
class Rules:
    """What kind of authority it is.

    Attributes:
        name: The channel.
        recognises: It knows bytes again that it has; otherwise a second submission is a second
            registration.
        ordered: It wants every sender's records in order, each naming its predecessor.
        late_verdict: Seconds until the verdict, at most; None: the answer is the verdict.
        pushes: It signals verdicts; otherwise it is asked.
        refuses: Share of documents it does not want. Who wants an order keeps their place.
        batch: How many of them may come at once.
        gives_up: Share of questions upon which it says that it failed, once for a message, and
            wants the same bytes again.
    """

    name: str
    recognises: bool = True
    ordered: bool = False
    late_verdict: float | None = None
    pushes: bool = False
    refuses: float = 0.1
    batch: int = 1
    gives_up: float = 0.0


@dataclass
class Push:
    """A signal on its way to us."""

    due: float
    content: bytes
    tries: int = 0


@dataclass
class Reply:
    """What comes back over the wire.

    Attributes:
        status: Of HTTP.
        body: JSON.
        retry_after: Seconds to wait.
    """

    status: int
    body: bytes
    retry_after: float | None = None


@dataclass
class Authority:
    """One authority and its book.

    Attributes:
        rules: What kind it is.
        clock: The schedule's seconds.
        chance: The schedule's chance.
        place: Begins its references, which nobody else may use.
        entries: What it took in.
        refused: What it turned down at once, with the reason.
        places: The last place in order of each sender, and the digest of the record there.
        pushes: What it has yet to say.
        in_flight: What will arrive though its sender gave up.
        closed_until: Maintenance: it answers 503.
        away_until: Nobody can connect.
        quiet_until: Until when a message must not come again.
        complaints: What senders must not do, and did.
        given_up: What it took, and has not any more.
    """

    rules: Rules
    clock: Callable[[], float]
    chance: Random
    place: str = ""
    entries: list[Entry] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    pushes: list[Push] = field(default_factory=list)
    in_flight: list[tuple[float, Json, bytes]] = field(default_factory=list)
    closed_until: float = 0
    away_until: float = 0
    quiet_until: dict[str, float] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)

    # -- what senders do --------------------------------------------------------------------

    def submit(self, head: Json, body: bytes) -> Reply:
        """Take a submission in."""
        return self._shut() or self._submitted(head, body)

    def submit_all(self, sent: list[tuple[Json, bytes]]) -> Reply:
        """Take several submissions in, one after the other; say what became of each."""
        if (shut := self._shut()) is not None:
            return shut
        if len(sent) > self.rules.batch:
            self.complaints.append(f"{len(sent)} at once")
        said = [self._submitted(head, body) for head, body in sent]
        return _reply(200, each=[[one.status, one.body.decode()] for one in said])

    def _shut(self) -> Reply | None:
        self.arrive()
        now = self.clock()
        if now < self.closed_until:
            return Reply(503, b"{}", float(int(self.closed_until - now) + 1))
        return None

    def _submitted(self, head: Json, body: bytes) -> Reply:
        message_id, digest = head["message_id"], hashlib.sha256(body).hexdigest()
        if self.clock() < self.quiet_until.get(message_id, 0):
            self.complaints.append(f"{head['document']} came again before it was asked to")
        return self._enter(head, digest, message_id)

    def _enter(self, head: Json, digest: str, message_id: str) -> Reply:
        known = [one for one in self.entries if one.message_id == message_id]
        if known and self.rules.recognises:
            known[0].again += 1
            if known[0].digest != digest:
                return _reply(409, error="other bytes under the same id")
            return self._receipt(known[0])
        if message_id in self.refused:
            return _reply(422, error=self.refused[message_id])
        if self.rules.ordered and (wrong := self._out_of_order(head)) is not None:
            return wrong
        wanted = self.chance.random() >= self.rules.refuses
        if not wanted and self.rules.late_verdict is None:
            self.refused[message_id] = "not wanted"
            self.places[head["sender"]] = head["sequence"], digest
            return _reply(422, error="not wanted")
        delay = (
            0.0
            if self.rules.late_verdict is None
            else self.chance.uniform(0, self.rules.late_verdict)
        )
        entry = Entry(
            message_id=message_id,
            document=head["document"],
            digest=digest,
            sender=head["sender"],
            sequence=head["sequence"],
            accepted=wanted,
            reference=f"{self.place}-{len(self.entries) + 1}",
            verdict="accepted" if wanted else "rejected",
            verdict_at=self.clock() + delay,
        )
        self.entries.append(entry)
        self.places[entry.sender] = entry.sequence, digest
        if self.rules.pushes:
            self.pushes.append(Push(entry.verdict_at, self.signal(entry)))
        return self._receipt(entry)

    def _out_of_order(self, head: Json) -> Reply | None:
        last, digest = self.places.get(head["sender"], (0, None))
        if head["sequence"] <= last:
            self.complaints.append(f"fork: another record {head['sequence']}")
            return _reply(409, error="fork")
        if head["sequence"] > last + 1:
            self.complaints.append(f"record {head['sequence']} overtook {last + 1}")
            return _reply(425, error="out of order")
        if last and head["previous"] != digest:
            self.complaints.append(f"record {head['sequence']} names another predecessor")
            return _reply(409, error="fork")
        return None

    def enquire(self, message_id: str) -> Reply:
        """Say whether a submission was taken in, and what became of it."""
        self.arrive()
        if self.clock() < self.closed_until:
            return Reply(503, b"{}", float(int(self.closed_until - self.clock()) + 1))
        if message_id in self.refused:
            return _reply(200, state="refused", error=self.refused[message_id])
        for entry in self.entries:
            if entry.message_id == message_id and not self._gives_up(entry):
                return self._receipt(entry)
        if message_id in self.given_up:
            return _reply(200, state="given up")
        return _reply(404, state="never seen")

    def _gives_up(self, entry: Entry) -> bool:
        if entry.message_id in self.given_up or self.clock() >= entry.verdict_at:
            return False
        if not self.rules.gives_up or self.chance.random() >= self.rules.gives_up:
            return False
        self.given_up.add(entry.message_id)
        self.entries.remove(entry)
        return True

    def later(self, head: Json, body: bytes, seconds: float) -> None:
        """Let a submission arrive when its sender has long given up waiting."""
        self.in_flight.append((self.clock() + seconds, head, body))

    def arrive(self) -> None:
        """Take in what was under way and has arrived by now."""
        now = self.clock()
        arrived = sorted((one for one in self.in_flight if one[0] <= now), key=lambda one: one[0])
        self.in_flight = [one for one in self.in_flight if one[0] > now]
        for _, head, body in arrived:
            self._enter(head, hashlib.sha256(body).hexdigest(), head["message_id"])

    # -- what it says -----------------------------------------------------------------------

    def _receipt(self, entry: Entry) -> Reply:
        said: Json = {"state": "taken", "reference": entry.reference, "digest": entry.digest}
        if self.clock() >= entry.verdict_at:
            said["verdict"] = entry.verdict
            said["signal"] = json.loads(self.signal(entry))
        return _reply(200, **said)

    def signal(self, entry: Entry) -> bytes:
        """Return the signal of a verdict; the same in every copy."""
        said = {
            "id": hashlib.sha256(f"{self.rules.name}|{entry.reference}".encode()).hexdigest()[:32],
            "reference": entry.reference,
            "verdict": entry.verdict,
        }
        return json.dumps(said).encode()

    # -- what a schedule is judged by -------------------------------------------------------

    def taken(self, message_id: str) -> list[Entry]:
        """Return the registrations of a message."""
        return [one for one in self.entries if one.message_id == message_id]


def _reply(status: int, **said: object) -> Reply:
    return Reply(status, json.dumps(said).encode())


ALL = (
    Rules("sim-clearance"),
    Rules("sim-poll", recognises=False, late_verdict=120, gives_up=0.2),
    Rules("sim-network", late_verdict=60, pushes=True),
    Rules("sim-chain", ordered=True, refuses=0),
    Rules("sim-batch", ordered=True, batch=3),
)
"""Clearance, submit and poll, network with signals, an ordered chain, and one in batches."""
