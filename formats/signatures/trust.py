"""Whether a certificate leads to somebody who is trusted, at a moment, without asking anybody.

Paths are built here, within bounds, from what was handed in; each is judged by
pyhanko-certvalidator, which does the whole of RFC 5280 section 6.1 (names, constraints of names
and of length, policies, unknown critical extensions), reads CRLs and OCSP responses, and speaks
in typed errors that translate into the words of ETSI EN 319 102-1. `cryptography`'s verifier was
the other choice: it knows web servers' rules, no revocation, and one kind of error. Its
keys and signatures are what is believed here in the end (`formats.signatures.algorithms`).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from formats.signatures.certificates import Certificate, UnreadableCertificateError
from formats.signatures.paths import TooManyPathsError, paths
from formats.signatures.report import Check, Indication, Outcome, SubIndication

RevocationMode = Literal["ignore", "if-known", "require"]

MAX_CERTIFICATES = 64
"""More in one signature is an attack on whoever builds paths; real ones have three to six."""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Whom to believe.

    Attributes:
        name: What operators call it.
        anchors: Certificates in DER that are believed as they are: roots, or a signer's own.
        extra: Further CA certificates in DER that help to find a way, and are not believed.
    """

    name: str
    anchors: tuple[bytes, ...]
    extra: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Revocations:
    """What is known of revoked certificates: lists and answers in DER, fetched by others."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


class Purpose(StrEnum):
    """What the certificate was used for, which its key usage must allow."""

    SIGNATURE = "signature"
    TIME_STAMP = "time-stamp"
    ANY = "any"


Verdict = tuple[tuple[Check, ...], SubIndication | None]
"""What was looked at, and why it is not a pass; None when it is."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms signatures are judged.

    Attributes:
        store: Whom to believe; None: nobody, and nothing is a TOTAL-PASSED.
        at: The moment.
        revocations: What is known of revoked certificates.
        revocation: What is made of it, see `check_path`.
        stamps: Whom to believe about time stamps; None: those of `store`.
    """

    store: TrustStore | None
    at: datetime.datetime
    revocations: Revocations = Revocations()
    revocation: RevocationMode = "if-known"
    stamps: TrustStore | None = None

    def path(
        self,
        chain: Sequence[bytes],
        *,
        purpose: Purpose = Purpose.SIGNATURE,
        at: datetime.datetime | None = None,
    ) -> Verdict:
        """Judge a certificate on these terms, see `check_path`."""
        store = self.store
        if purpose is Purpose.TIME_STAMP and self.stamps is not None:
            store = self.stamps
        return check_path(
            chain,
            store,
            at or self.at,
            self.revocations,
            revocation=self.revocation,
            purpose=purpose,
        )


def indication_of(sub: SubIndication | None) -> Indication:
    """Return the main word that goes with a reason (ETSI EN 319 102-1, table 5)."""
    if sub is None:
        return Indication.TOTAL_PASSED
    return Indication.TOTAL_FAILED if sub in _FATAL else Indication.INDETERMINATE


_FATAL = frozenset(
    {
        SubIndication.FORMAT_FAILURE,
        SubIndication.HASH_FAILURE,
        SubIndication.SIG_CRYPTO_FAILURE,
        SubIndication.REVOKED,
        SubIndication.EXPIRED,
        SubIndication.NOT_YET_VALID,
    }
)


def check_path(  # noqa: PLR0913 - the seam that every format uses
    chain: Sequence[bytes],
    store: TrustStore | None,
    at: datetime.datetime,
    revocations: Revocations = Revocations(),
    *,
    revocation: RevocationMode = "if-known",
    purpose: Purpose = Purpose.SIGNATURE,
) -> Verdict:
    """Judge a certificate. Never raises, whatever the bytes are.

    Args:
        chain: Certificates in DER: the one in question first, the others in any order.
        store: Whom to believe; None: nobody, and the answer is NO_CERTIFICATE_CHAIN_FOUND.
        at: The moment at which it is judged: now, or when a time stamp proves the signature.
        revocations: What is known of revoked certificates.
        revocation: `ignore`: not looked at. `if-known`: a certificate of which nothing (usable)
            is known counts as good. `require`: every certificate below the anchor needs a good
            answer, or it is TRY_LATER.
        purpose: What it was used for.

    Returns:
        The checks in order, and why it is not a pass: NOT_YET_VALID, OUT_OF_BOUNDS_NO_POE
        (expired), REVOKED_NO_POE, CRYPTO_CONSTRAINTS_FAILURE, CHAIN_CONSTRAINTS_FAILURE,
        NO_CERTIFICATE_CHAIN_FOUND, NO_SIGNING_CERTIFICATE_FOUND, TRY_LATER; None when it is one.
        `indication_of` says how bad each is.
    """
    terms = Terms(store, at, revocations, revocation)
    try:
        return _judge(chain, terms, purpose)
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        return (_failed("certificate", f"The certificates cannot be judged: {error!r}"),), (
            SubIndication.NO_CERTIFICATE_CHAIN_FOUND
        )


def _judge(chain: Sequence[bytes], terms: Terms, purpose: Purpose) -> Verdict:
    if not chain:
        detail = "There is no certificate; the signer must send it along."
        return (_failed("certificate", detail),), SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    if len(chain) > MAX_CERTIFICATES:
        detail = f"{len(chain)} certificates; more than {MAX_CERTIFICATES} are not looked at."
        return (_failed("certificate", detail),), SubIndication.CHAIN_CONSTRAINTS_FAILURE
    try:
        leaf = Certificate.read(chain[0])
    except UnreadableCertificateError as error:
        return (_failed("certificate", str(error)),), SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    checks: list[Check] = []
    for check, sub in (_algorithm(leaf, terms.at), _usage(leaf, purpose)):
        checks.append(check)
        if sub is not None:
            return tuple(checks), sub
    if terms.store is None:
        detail = "No trust store was given, so nobody is trusted: give one to get a verdict."
        checks.append(Check("certificate", Outcome.NOT_JUDGED, detail))
        return tuple(checks), SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    found, sub = _best(leaf, chain[1:], terms.store, terms)
    return (*checks, *found), sub


def _best(leaf: Certificate, others: Sequence[bytes], store: TrustStore, terms: Terms) -> Verdict:
    """Judge the ways to an anchor until one passes; the first tells why, when none does."""
    from formats.signatures.validation import judge  # noqa: PLC0415 - the library loads slowly

    first: Verdict | None = None
    known = terms.revocations
    try:
        for path in paths(leaf, others, store.anchors, store.extra):
            verdict = judge(path, terms.at, known.crls, known.ocsps, terms.revocation)
            if verdict[1] is None:
                return verdict
            first = first or verdict
    except TooManyPathsError as error:
        if first is None:
            detail = str(error)
            return (_failed("certificate", detail),), SubIndication.CHAIN_CONSTRAINTS_FAILURE
    return first or _astray(leaf, store)


def _astray(leaf: Certificate, store: TrustStore) -> Verdict:
    what = "is signed by itself and" if leaf.self_issued else f"was issued by {leaf.issuer}, which"
    detail = f"The certificate {what} leads to nobody in the trust store {store.name}."
    return (_failed("certificate", detail),), SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def _algorithm(leaf: Certificate, at: datetime.datetime) -> tuple[Check, SubIndication | None]:
    problem = leaf.key_problem(at)
    if problem is None:
        return Check("algorithm", Outcome.PASSED, leaf.key_name), None
    detail = f"The signer's key: {problem}."
    return _failed("algorithm", detail), SubIndication.CRYPTO_CONSTRAINTS_FAILURE


def _usage(leaf: Certificate, purpose: Purpose) -> tuple[Check, SubIndication | None]:
    problem = {
        Purpose.ANY: lambda: None,
        Purpose.SIGNATURE: leaf.signing_problem,
        Purpose.TIME_STAMP: leaf.time_stamping_problem,
    }[purpose]()
    if problem is None:
        return Check("key-usage", Outcome.PASSED), None
    return _failed("key-usage", f"{problem}."), SubIndication.CHAIN_CONSTRAINTS_FAILURE


def _failed(name: str, detail: str) -> Check:
    return Check(name, Outcome.FAILED, detail)


__all__ = (
    "MAX_CERTIFICATES",
    "Purpose",
    "RevocationMode",
    "Revocations",
    "Terms",
    "TrustStore",
    "Verdict",
    "check_path",
    "indication_of",
)
