"""The authority's desk: its keys, its ledger, and which call is whose."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from typing_extensions import override

from gateway.sandbox.authority.judgement import Judge
from gateway.sandbox.authority.rules import RULES
from gateway.sandbox.kit import jws, registrations, replies, view
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.certified import CertifiedDesk, Operation
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.jws import SIGNED, Envelope, Seal
from gateway.sandbox.kit.registrations import Registrations
from gateway.sandbox.kit.replies import Reply

KIND = "sandbox-authority"
_COLUMNS = (
    *("registered_at", "state", "owner", "position", "number", "message_id", "repeats"),
    *("digest", "reason", "remark"),
)
_DISCLAIMER = "A made-up authority for trying things out: no country has it, nothing here is law."


class Office(CertifiedDesk):
    """The authority.

    Besides the usual, the control plane has `GET ledger`; `PUT script` `{"wait_seconds": 3}`.

    Args:
        directory: Keys and ledger.
        seed: Of the ids it gives out.
        mutual_tls: Whether records must come with a client certificate.
    """

    name = KIND
    title = "Sandbox authority"

    def __init__(self, directory: Path, *, seed: int = 0, mutual_tls: bool = True) -> None:
        super().__init__(
            directory,
            tables=registrations.TABLE,
            places=("records", "registry"),
            rules=RULES,
            seed=seed,
            mutual_tls=mutual_tls,
        )
        own = self.own("seal", Use.SEAL)
        self._stranger = Seal(self.stranger(own, Use.SEAL), KIND)
        self.judge = Judge(
            self.ca, Registrations(self.book), self.rulebook, Seal(own, KIND), self.ids
        )

    @override
    def operation(self, call: Call) -> Operation | None:
        """Return what a call is; chance goes by what is signed, not by whom."""
        match call.method, call.parts:
            case "POST", ["records"]:
                try:
                    return Operation("records", Envelope.read(call.body).content)
                except jws.UnreadableError:
                    return Operation("records", call.body)
            case "GET", ["records", _] | ["records", _, _]:
                return Operation("registry", call.target.encode(), enquiry=True)
            case _:
                return None

    @override
    def decide(self, call: Call, skew: float) -> Reply:
        return self.judge.take(call, self.clock.now(skew), caller=self.is_caller(call))

    @override
    def answer(self, call: Call) -> Reply:
        if call.method == "GET" and call.parts[0] == "ledger":
            return replies.plain(200, self.page(call.query), replies.HTML)
        return super().answer(call)

    @override
    def forged(self, reply: Reply) -> Reply:
        return replies.plain(reply.status, self._stranger.forged(reply.body), SIGNED)

    @override
    def page(self, query: str) -> str:
        shown = parse_qs(query).get("d", ["-"])[0]
        rows = [
            {**row, "class": "shown" if row["digest"].startswith(shown) else row["state"]}
            for row in reversed(self.judge.registered.rows())
        ]
        found = f" {shown}: {'' if any(row['class'] == 'shown' for row in rows) else 'not '}found."
        return view.page(
            "Sandbox authority",
            [
                ("Registered", view.table(_COLUMNS, rows)),
                ("Counters", view.counters(self.book.counters())),
            ],
            under=_DISCLAIMER + (found if shown != "-" else ""),
        )

    @override
    def deeds(self) -> Deeds:
        return {
            **super().deeds(),
            ("GET", "ledger"): lambda _, __: self.ledger(),
            ("PUT", "script"): lambda _, value: done(lambda: self._play(**value)),
        }

    def ledger(self) -> dict[str, Any]:
        """Return the book as JSON."""
        return {
            "records": self.judge.registered.rows(),
            "counters": self.book.counters(),
        }

    def _play(self, *, wait_seconds: int) -> None:
        self.judge.wait_seconds = int(wait_seconds)
