"""The trust service's desk: certificates, revocations, and time stamps.

* `GET /ca.pem`, `GET /crl`, `POST /ocsp`, `POST /test-certificates` (see `kit/public.py`).
* `POST /tsa`: an `application/timestamp-query`.
"""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from typing_extensions import override

from gateway.sandbox.kit import ca, certificates, playing, public, replies, view
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.trust.stamping import RULES, Stamper

_STAMP = "application/timestamp-reply"
_COLUMNS = ("serial", "subject", "use", "issued_at", "not_after", "revoked_at")


class TrustService(Desk):
    """The service; `PUT certificates/{serial}` `{"revoked": true}` revokes.

    Args:
        directory: Keys and ledger.
        seed: Of the stamps' numbers.
    """

    name = "sandbox-trust"
    limit = 1024 * 1024

    def __init__(self, directory: Path, *, seed: int = 0) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(
            Book(directory / "ledger.sqlite", ca.TABLE),
            faults=playing.USUAL,
            places=("tsa", "public"),
            rules=RULES,
            seed=seed,
        )
        self.ca = CertificateAuthority.open(directory, "Sandbox trust CA", self.book, self.clock)
        self._directory = directory

    @cached_property
    def _stamper(self) -> Stamper:
        """Made when it is needed: its certificate names the address that is listened on."""
        own = certificates.kept(
            self._directory, "tsa", lambda: self.ca.issue("Sandbox time stamps", Use.TIME_STAMPING)
        )
        return Stamper(own, self.rulebook, self._serial)

    def _serial(self, digest: bytes) -> int:
        self.book.count("stamped")
        given = self.book.counters()["stamped"]
        return int(self.ids.of("stamp", given, digest.hex()), 16)

    @override
    def answer(self, call: Call) -> Reply:
        stamping = (call.method, call.path) == ("POST", "/tsa")
        subject = hashlib.sha256(call.target.encode() + call.body).hexdigest()
        return self.player.around(
            subject,
            lambda _, skew: self._stamped(call, skew) if stamping else self._told(call),
            where="tsa" if stamping else "public",
        )

    def _stamped(self, call: Call, skew: float) -> Reply:
        with self.book.writing():
            content = self._stamper.answer(call.body, self.clock.now(skew))
        return replies.plain(200, content, _STAMP)

    def _told(self, call: Call) -> Reply:
        return public.told(self.ca, call) or replies.as_json({"error": "not found"}, 404)

    @override
    def forged(self, reply: Reply) -> Reply:
        """Return an answer whose signature, which comes last, does not fit."""
        content = reply.body[:-1] + bytes([reply.body[-1] ^ 1])
        return Reply(reply.status, content, reply.headers)

    @override
    def page(self, query: str) -> str:
        del query
        return view.page(
            "Sandbox trust service",
            [
                ("Certificates", view.table(_COLUMNS, self.ca.issued())),
                ("Counters", view.counters(self.book.counters())),
            ],
            under="For trying things out: whoever asks is given a certificate.",
        )

    @override
    def deeds(self) -> Deeds:
        return {
            ("GET", "certificates"): lambda _, __: self.ca.issued(),
            ("PUT", "certificates"): lambda serial, value: done(lambda: self._mark(serial, value)),
        }

    def _mark(self, serial: str, value: dict[str, Any]) -> None:
        self.ca.revoke(serial, revoked=bool(value["revoked"]))
