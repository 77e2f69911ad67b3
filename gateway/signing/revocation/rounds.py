"""The round that asks about certificates of keys, again and again, and writes down what is said.

Of each certificate the moment is kept at which it is asked about next. Nothing is asked while a
transaction is open. What is revoked signs no more from the commit on that says so.
"""

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cryptography import x509

from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.outbound import Policy
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import repository, stores
from gateway.signing.repository import CertificateRow
from gateway.signing.revocation.answers import AGAIN, LONGEST, Answer, Answers, forget
from gateway.signing.revocation.sources import Source
from gateway.signing.revocation.verdicts import HOLD, Verdict, issuer_of, verdict_on
from gateway.signing.tables import certificate
from gateway.signing.watch import take

UNKNOWN_AGAIN = datetime.timedelta(minutes=15)
"""After how long it is asked again about what nobody answered."""

_TAKEN = datetime.timedelta(minutes=10)
_SECONDS = 10.0  # of one look: others of the process wait meanwhile
_KEPT = datetime.timedelta(days=40)  # answers that nobody asked for since


@dataclass(frozen=True, slots=True)
class RevocationRounds:
    """Asks whether certificates were revoked.

    Attributes:
        outbound: Which addresses may be asked.
        seconds: From the end of one look for what is due to the next.
    """

    database: Database
    outbound: Policy
    seconds: ClassVar[float] = 60.0

    def look(self, now: datetime.datetime) -> None:
        """Ask about what is due, as long as there is time."""
        ends = time.monotonic() + _SECONDS
        while time.monotonic() < ends:
            taken = take(self.database, certificate.c.check_at, now, _TAKEN)
            if taken is None:
                forget(self.database, now - _KEPT)
                return
            tenant, certificate_id = taken
            with self.database.transaction(tenant) as tx:
                row = repository.certificate_by_id(tx, certificate_id)
                known = [one.certificate for one in stores.members(tx)]
            if row is None:
                continue
            verdict = None if row.not_after < now else self.verdict(row, known, now)
            with self.database.transaction(tenant) as tx:
                note(tx, row, verdict, now)

    def verdict(
        self, row: CertificateRow, known: Sequence[bytes], now: datetime.datetime
    ) -> Verdict:
        """Return what is said of a certificate now.

        Args:
            row: The certificate.
            known: Others, among which its issuer may be that does not stand in its chain.
            now: When.
        """
        leaf = x509.load_der_x509_certificate(row.certificate)
        answers = Answers(self.database, self.outbound)
        issuer = issuer_of(leaf, (*row.chain, *known))
        asked: list[str] = []

        def ask(source: Source) -> Answer:
            asked.append(source.name)
            return answers.of(source, now)

        found = verdict_on(leaf, issuer, ask, now)
        if found.status == "unknown":
            answers.doubt(asked, now)
        return found


def note(
    tx: TenantTransaction, row: CertificateRow, verdict: Verdict | None, now: datetime.datetime
) -> None:
    """Write down what is said of a certificate, and when it is asked about again.

    Revoked is for good, but for what its authority only holds back: that signs again once the
    authority says that it is good, and not because nobody answers.

    Args:
        tx: A transaction about the certificate's entity.
        row: The certificate.
        verdict: What is said; None: it has expired, and is asked about no more.
        now: When.
    """
    if verdict is None:
        repository.update_certificate(tx, row.id, {"check_at": None})
        return
    held = row.revocation_detail.get("reason") == HOLD
    if row.revocation == "revoked" and (not held or verdict.status == "unknown"):
        again = now + UNKNOWN_AGAIN if held else None
        repository.update_certificate(tx, row.id, {"check_at": again})
        return
    values = {
        "revocation": verdict.status,
        "revocation_detail": verdict.told(now),
        "revoked_at": verdict.revoked_at,
        "check_at": _next(row, verdict, now),
    }
    repository.update_certificate(tx, row.id, values)
    if verdict.status == "revoked" and row.revocation != "revoked":
        _tell(tx, row, verdict, now)


def _next(
    row: CertificateRow, verdict: Verdict, now: datetime.datetime
) -> datetime.datetime | None:
    if verdict.hopeless or (verdict.status == "revoked" and verdict.reason != HOLD):
        return None
    if verdict.status == "unknown":
        return max(now + UNKNOWN_AGAIN, row.not_before)
    ends = None if verdict.answer is None else verdict.answer.next_update
    soon = now + LONGEST
    return soon if ends is None else max(min(soon, ends), now + AGAIN)


def _tell(
    tx: TenantTransaction, row: CertificateRow, verdict: Verdict, now: datetime.datetime
) -> None:
    key = repository.key_by_id(tx, row.key_id)
    if key is None:
        return
    certificate_id = public_id("crt", row.id)
    since = written(verdict.revoked_at or now)
    events.append(
        tx,
        type="certificate.revoked",
        subject_id=certificate_id,
        data={
            "certificate_id": certificate_id,
            "signing_key_id": public_id("sgk", key.id),
            "name": key.name,
            "purposes": list(key.purposes),
            "subject": row.subject,
            "revoked_at": since,
            "reason": verdict.reason,
        },
        dedup_key=f"{certificate_id} revoked {since}",
        now=now,
    )
