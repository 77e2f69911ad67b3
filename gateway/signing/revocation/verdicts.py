"""What answers say of one certificate: good, revoked, or that nobody who must know says so.

An answer counts when the certificate's issuer signed it, or a responder that the issuer appointed,
and when it holds at the moment. The issuer is whoever's key signed the certificate; whether the
issuer is trusted for anything is no question here.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from formats.signatures.report import Outcome, SubIndication
from formats.signatures.trust import Purpose, Revocations, TrustStore, check_path
from gateway.kit.clock import written
from gateway.signing import certificates
from gateway.signing.revocation.answers import Answer
from gateway.signing.revocation.sources import Source, names_anybody, sources

_AHEAD = datetime.timedelta(minutes=5)  # by which an authority's clock may differ from ours

HOLD = "certificate_hold"
"""The one reason that an authority may take back (RFC 5280 5.3.1)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a certificate's revocation.

    Attributes:
        status: `good`, `revoked` or `unknown`.
        detail: Why it is unknown; of a revoked one, why it was.
        source: Who says so: `ocsp` or `crl`.
        answer: The answer that says so.
        revoked_at: Since when it is revoked.
        reason: Why, in RFC 5280's words: `key_compromise` ...
        hopeless: Nobody will ever say more: the certificate names nobody who could be asked.
    """

    status: str
    detail: str | None = None
    source: str | None = None
    answer: Answer | None = None
    revoked_at: datetime.datetime | None = None
    reason: str | None = None
    hopeless: bool = False

    def told(self, now: datetime.datetime) -> dict[str, Any]:
        """Return it as it is kept beside the status."""
        answer = self.answer
        moments = {
            "checked_at": now if answer is None else answer.fetched_at,
            "this_update": None if answer is None else answer.this_update,
            "next_update": None if answer is None else answer.next_update,
        }
        return {
            "source": self.source,
            "detail": self.detail,
            "reason": self.reason,
            **{name: moment and written(moment) for name, moment in moments.items()},
        }


def verdict_on(
    leaf: x509.Certificate,
    issuer: x509.Certificate | None,
    ask: Callable[[Source], Answer],
    now: datetime.datetime,
) -> Verdict:
    """Ask about a certificate until somebody who must know says something.

    Args:
        leaf: The certificate.
        issuer: Its issuer's; None: not here.
        ask: Returns what a source says.
        now: When.
    """
    if not names_anybody(leaf):
        detail = "The certificate names nobody who could be asked (no OCSP, no CRL over HTTP)."
        return Verdict("unknown", detail, hopeless=True)
    if issuer is None:
        return Verdict(
            "unknown",
            "The issuer's certificate is not here, without which no answer can be checked: send"
            " it with the certificate or, if it is a root, have it put into a trust store.",
        )
    silent: list[str] = []
    for source in sources(leaf, issuer):
        answer = ask(source)
        said = _judged(leaf, issuer, source, answer, now)
        if said.status != "unknown":
            return said
        silent.append(f"{source.kind} {source.url}: {said.detail}")
    return Verdict("unknown", "; ".join(silent)[:1000])


def issuer_of(leaf: x509.Certificate, known: Iterable[bytes]) -> x509.Certificate | None:
    """Return who issued a certificate, among certificates in DER; None: none of them did."""
    for der in known:
        try:
            one = x509.load_der_x509_certificate(der)
        except ValueError:
            continue
        if certificates.issued(one, leaf):
            return one
    return None


def _judged(
    leaf: x509.Certificate,
    issuer: x509.Certificate,
    source: Source,
    answer: Answer,
    now: datetime.datetime,
) -> Verdict:
    """Say what one answer comes to."""
    if not answer.content:
        return Verdict("unknown", answer.failure)
    single = (answer.content,)
    given = Revocations(ocsps=single) if source.kind == "ocsp" else Revocations(crls=single)
    checks, sub = check_path(
        (leaf.public_bytes(Encoding.DER),),
        TrustStore("issuer", (issuer.public_bytes(Encoding.DER),)),
        _moment(answer, now),
        given,
        revocation="require",
        purpose=Purpose.ANY,
    )
    if sub is None:
        return Verdict("good", None, source.kind, answer)
    said = [check.detail for check in checks if check.outcome is Outcome.FAILED]
    detail = said[-1] if said else str(sub)
    if sub is SubIndication.REVOKED_NO_POE:
        since, reason = _since(leaf, source, answer.content)
        return Verdict("revoked", detail, source.kind, answer, since or now, reason)
    return Verdict("unknown", detail if answer.failure is None else f"{detail} {answer.failure}")


def _moment(answer: Answer, now: datetime.datetime) -> datetime.datetime:
    """Return the moment at which an answer is judged: now, or when it was made a little later.

    A responder's clock may be ahead of ours, and it may answer after we looked at ours.
    """
    made = answer.this_update
    return made if made is not None and now < made <= now + _AHEAD else now


def _since(
    leaf: x509.Certificate, source: Source, content: bytes
) -> tuple[datetime.datetime | None, str | None]:
    """Return since when, and why, in an answer that was believed already."""
    try:
        if source.kind == "ocsp":
            told = ocsp.load_der_ocsp_response(content)
            return told.revocation_time_utc, _word(told.revocation_reason)
        entry = x509.load_der_x509_crl(content).get_revoked_certificate_by_serial_number(
            leaf.serial_number
        )
        if entry is None:
            return None, None
        return entry.revocation_date_utc, _word(_reason(entry))
    except ValueError:
        return None, None


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return None


def _word(reason: x509.ReasonFlags | None) -> str | None:
    return None if reason is None else reason.name
