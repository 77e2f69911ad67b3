"""What the authority decides: register a record, know it again, or refuse it. The protocol.

* `POST /records`: a signed record; 200 registered, 409 a fork, 422 refused, 429 too early.
* `GET /records/{seller}/{sequence}`: what was answered to that record, or 404: never seen.
* `GET /records/{seller}`: the seller's last place, and its digest.
* `GET /records/{seller}?after=7`: the records from behind a place, a hundred at most, and whether
  there are more.

Every answer is signed. A record that is refused for what it says keeps its place in the chain;
one that cannot be attributed, or is out of order, leaves no trace.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.x509.oid import NameOID

from gateway.sandbox.authority import record as records
from gateway.sandbox.authority.record import Record
from gateway.sandbox.authority.rules import AHEAD, PROMPT, RULES, WITHIN
from gateway.sandbox.kit import jws, replies
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.clock import Ids
from gateway.sandbox.kit.compliance import Rulebook, RuleBrokenError
from gateway.sandbox.kit.jws import SIGNED, Envelope, Seal
from gateway.sandbox.kit.registrations import Registration, Registrations
from gateway.sandbox.kit.replies import Reply

PAGE = 100
"""So many records are told at a time."""
_DIGITS = 15


@dataclass(slots=True)
class Judge:
    """Decides.

    Attributes:
        ca: Whose certificates callers and signers have.
        registered: What was registered.
        rulebook: Counts what was judged.
        seal: Signs what is said.
        ids: Makes registration numbers.
        wait_seconds: How long a seller must wait after each record.
    """

    ca: CertificateAuthority
    registered: Registrations
    rulebook: Rulebook
    seal: Seal
    ids: Ids
    wait_seconds: int = 0

    def take(self, call: Call, now: datetime.datetime, *, caller: bool) -> Reply:
        """Answer a call; inside one transaction of the book.

        Args:
            call: What is asked.
            now: By the authority's clock.
            caller: Whether it came with a certificate, where one is wanted.
        """
        try:
            self.rulebook.must("SA-TLS", "a certificate is wanted", 403, kept=caller)
            return self._register(call, now) if call.method == "POST" else self._know(call, now)
        except RuleBrokenError as refusal:
            finding = {"rule": refusal.rule, "message": str(refusal)}
            reply = self._signed(refusal.status, self._refused(call, [finding], now, refusal.more))
            wait = refusal.more.get("wait_seconds")
            headers = {} if wait is None else {"Retry-After": str(wait)}
            return Reply(reply.status, reply.body, {**reply.headers, **headers})

    def _register(self, call: Call, now: datetime.datetime) -> Reply:
        record = self._attributed(call.body, now)
        known = self.registered.find(record.key)
        digest = record.digest if known is None else known.digest
        unforked = digest == record.digest
        self.rulebook.must("SA-FORK", "another has this place", 409, kept=unforked, digest=digest)
        if known is not None:
            self.registered.again(record.key)
            return self._signed(known.status, known.answer)
        last = self.registered.last(record.seller)
        self._see_place(record, last, now)
        deferred = call.headers.get("deferred") == "true"
        findings = self._findings(record, last, now - record.generated_at, deferred=deferred)
        if findings:
            status, answer = 422, self._refused(call, findings, now, _about(record))
        else:
            status, answer = 200, self.seal.seal("registration", self._registration(record, now))
        self.registered.enter(
            Registration(
                key=record.key,
                owner=record.seller,
                position=record.sequence,
                digest=record.digest,
                state="refused" if findings else "accepted",
                status=status,
                answer=answer,
                reason="; ".join(f"{one['rule']}: {one['message']}" for one in findings) or None,
                registered_at=now.isoformat(),
                message_id=call.headers.get("message-id", ""),
                number=record.number,
                remark=json.dumps(
                    {
                        "wait": self.wait_seconds,
                        "deferred": deferred,
                        "generated_at": record.values["generated_at"],
                    }
                ),
                content=call.body,
            )
        )
        return self._signed(status, answer)

    def _know(self, call: Call, now: datetime.datetime) -> Reply:
        _, seller, *place = call.parts
        about: dict[str, Any] = {"seller": seller, "at": now.isoformat()}
        if not place and call.query:
            return self._listed(call, seller, now)
        if not place:
            last = self.registered.last(seller)
            known = {"last": 0, "digest": ""}
            if last is not None:
                known = {"last": last.position, "digest": last.digest}
            return self._signed(200, self.seal.seal("notice", {**about, **known}))
        found = self.registered.find(f"{seller}/{place[0]}")
        if found is None:
            about |= {"state": "never seen", "sequence": place[0]}
            return self._signed(404, self.seal.seal("notice", about))
        return self._signed(200, found.answer)

    def _listed(self, call: Call, seller: str, now: datetime.datetime) -> Reply:
        after = parse_qs(call.query).get("after", [""])[0]
        asked = after.isascii() and after.isdigit() and len(after) <= _DIGITS
        self.rulebook.must("SA-QUERY", "after is a place", 400, kept=asked)
        found = self.registered.behind(seller, int(after), PAGE + 1)
        told = {
            "seller": seller,
            "after": int(after),
            "records": [_as_told(one) for one in found[:PAGE]],
            "more": len(found) > PAGE,
            "at": now.isoformat(),
        }
        return self._signed(200, self.seal.seal("ledger", told))

    def _attributed(self, content: bytes, now: datetime.datetime) -> Record:
        """Return the record in a message, once it is known whose it is."""
        try:
            envelope = Envelope.read(content)
        except jws.UnreadableError as error:
            raise self.rulebook.broken("SA-JWS", str(error), 400) from error
        self.rulebook.must("SA-JWS", "", kept=True)
        try:
            signer = envelope.verify(self.ca.root.certificate, now)
        except jws.UnsignedError as error:
            raise self.rulebook.broken("SA-SIGNATURE", str(error)) from error
        good = not self.ca.is_revoked(signer)
        self.rulebook.must("SA-SIGNATURE", "the certificate is revoked", kept=good)
        try:
            record = records.read(envelope.content)
        except records.MalformedError as error:
            raise self.rulebook.broken("SA-RECORD", str(error)) from error
        self.rulebook.must("SA-RECORD", "", kept=True)
        own = _signs_for(signer, record.seller)
        self.rulebook.must("SA-SELLER", "the certificate is another's", kept=own)
        return record

    def _see_place(
        self, record: Record, last: Registration | None, now: datetime.datetime
    ) -> None:
        """See that a record is the next of its seller, and that it is time for it."""
        expected, previous, free_at = 1, "", now
        if last is not None:
            expected, previous = (last.position or 0) + 1, last.digest
            wait = datetime.timedelta(seconds=json.loads(last.remark)["wait"])
            free_at = datetime.datetime.fromisoformat(last.registered_at) + wait
        follows = record.sequence == expected
        self.rulebook.must(
            "SA-ORDER", "the predecessor is missing", kept=follows, expected=expected
        )
        linked = record.values["previous"] == previous
        self.rulebook.must("SA-CHAIN", "previous is another record", kept=linked, digest=previous)
        made = record.generated_at <= now + AHEAD
        self.rulebook.must("SA-CLOCK", "it is from the future", kept=made)
        left = int((free_at - now).total_seconds()) + 1
        self.rulebook.must("SA-WAIT", "too early", 429, kept=free_at <= now, wait_seconds=left)

    def _findings(
        self,
        record: Record,
        last: Registration | None,
        age: datetime.timedelta,
        *,
        deferred: bool,
    ) -> list[dict[str, str]]:
        """Return what is wrong with what an attributed record in its place says."""
        before = "" if last is None else json.loads(last.remark)["generated_at"]
        self.rulebook.judged("SA-DECLARED", kept=deferred or age <= PROMPT)
        checks = {
            "SA-TIME": before <= record.values["generated_at"],
            "SA-LATE": age <= WITHIN,
            "SA-DUPLICATE": self.registered.accepted_as(record.seller, record.number) is None,
            "SA-AMOUNTS": record.adds_up,
        }
        return [
            {"rule": rule, "message": f"it must be: {RULES[rule]}"}
            for rule, kept in checks.items()
            if not self.rulebook.judged(rule, kept=kept)
        ]

    def _registration(self, record: Record, now: datetime.datetime) -> dict[str, Any]:
        number = self.ids.of("registration", record.key, record.digest)
        return {
            **_about(record),
            "registration": f"SA-{number.upper()}",
            "registered_at": now.isoformat(),
            "wait_seconds": self.wait_seconds,
        }

    def _refused(
        self,
        call: Call,
        findings: list[dict[str, str]],
        now: datetime.datetime,
        more: dict[str, Any],
    ) -> str:
        """Return a signed refusal of the bytes that were sent."""
        sent = hashlib.sha256(call.body).hexdigest()
        said = {"sent_sha256": sent, "findings": findings, "at": now.isoformat()}
        return self.seal.seal("refusal", {**more, **said})

    def _signed(self, status: int, answer: str) -> Reply:
        return replies.plain(status, answer, SIGNED)


def _as_told(one: Registration) -> dict[str, Any]:
    record = json.loads(Envelope.read(one.content).content)
    said = json.loads(Envelope.read(one.answer.encode()).content)
    return {
        "sequence": one.position,
        "digest": one.digest,
        "previous": record["previous"],
        "state": one.state,
        "kind": record["kind"],
        "number": record["number"],
        "registration": said.get("registration", ""),
    }


def _about(record: Record) -> dict[str, Any]:
    return {"seller": record.seller, "sequence": record.sequence, "digest": record.digest}


def _signs_for(signer: x509.Certificate, seller: str) -> bool:
    named = signer.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)
    return not named or any(str(one.value) == seller for one in named)
