"""The authority's desk: its keys, its ledger, and which call is whose."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from typing_extensions import override

from gateway.sandbox.authority.judgement import Judge
from gateway.sandbox.authority.rules import RULES
from gateway.sandbox.kit import (
    ca,
    certificates,
    jws,
    playing,
    public,
    registrations,
    replies,
    view,
)
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.jws import SIGNED, Envelope, Seal
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.registrations import Registrations
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.kit.tls import Tls

KIND = "sandbox-authority"
_COLUMNS = (
    *("registered_at", "state", "owner", "position", "number", "message_id", "repeats"),
    *("digest", "reason", "remark"),
)
_DISCLAIMER = "A made-up authority for trying things out: no country has it, nothing here is law."


class Office(Desk):
    """The authority.

    Besides the usual, the control plane has `GET ledger`; `PUT script` `{"wait_seconds": 3}`;
    `GET certificates`, `PUT certificates/{serial}` `{"revoked": true}`.

    Args:
        directory: Keys and ledger.
        seed: Of the ids it gives out.
        mutual_tls: Whether records must come with a client certificate.
    """

    name = KIND

    def __init__(self, directory: Path, *, seed: int = 0, mutual_tls: bool = True) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(
            Book(directory / "ledger.sqlite", registrations.TABLE + ca.TABLE),
            faults=playing.USUAL,
            places=("records", "registry"),
            rules=RULES,
            seed=seed,
        )
        now = self.clock.now()
        self.ca = CertificateAuthority.open(
            directory, "Sandbox authority CA", self.book, self.clock
        )
        self.tls = Tls(directory, self.ca)
        self._own(directory, "server", Use.SERVER_TLS, "127.0.0.1", "localhost", "::1")
        seal = Seal(self._own(directory, "leaf", Use.SIGNATURE), KIND)
        self.judge = Judge(
            self.ca, Registrations(self.book), self.rulebook, seal, self.ids, mutual_tls
        )
        stranger = certificates.new_ca("Stranger", now)
        self._stranger = Seal(certificates.new_leaf(seal.name, stranger, Use.SIGNATURE, now), KIND)

    def _own(self, directory: Path, stem: str, use: Use, *hosts: str) -> certificates.Pair:
        return certificates.kept(
            directory, stem, lambda: self.ca.issue(f"Sandbox authority {stem}", use, *hosts)
        )

    @override
    def answer(self, call: Call) -> Reply:
        match call.method, call.parts:
            case "POST", ["records"]:
                return self._around("records", call)
            case "GET", ["records", _] | ["records", _, _]:
                return self._around("registry", call)
            case "GET", ["ledger", *_]:
                return replies.plain(200, self.page(call.query), replies.HTML)
            case _:
                told = public.told(self.ca, call)
                return told or replies.as_json({"error": "not found"}, 404)

    def _around(self, where: str, call: Call) -> Reply:
        """Take a call with whatever befalls it; chance goes by what is signed, not by whom."""
        content = call.target.encode()
        if call.body:
            try:
                content = Envelope.read(call.body).content
            except jws.UnreadableError:
                content = call.body
        return self.player.around(
            hashlib.sha256(content).hexdigest(),
            lambda _, skew: self._taken(call, skew),
            where=where,
            named=where == "registry",
        )

    def _taken(self, call: Call, skew: float) -> Reply:
        with self.book.writing():
            self.book.count(f"asked:{call.method}")
            return self.judge.take(call, self.clock.now(skew))

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
            ("GET", "ledger"): lambda _, __: self.ledger(),
            ("PUT", "script"): lambda _, value: done(lambda: self._play(**value)),
            ("GET", "certificates"): lambda _, __: self.ca.issued(),
            ("PUT", "certificates"): lambda serial, value: done(lambda: self._mark(serial, value)),
        }

    def ledger(self) -> dict[str, Any]:
        """Return the book as JSON."""
        return {
            "records": self.judge.registered.rows(),
            "counters": self.book.counters(),
        }

    def _play(self, *, wait_seconds: int) -> None:
        self.judge.wait_seconds = int(wait_seconds)

    def _mark(self, serial: str, value: dict[str, Any]) -> None:
        self.ca.revoke(serial, revoked=bool(value["revoked"]))
        self.tls.renew()
