"""What checking a signature says, in the words of ETSI EN 319 102-1 (5.1.3, tables 5 and 6).

A report is data, not an exception: hostile and broken signatures are the ordinary case. Whoever
reads a document after its signature was checked reads `Signature.signed` and nothing else: a
document may hold more than was signed, and that is how it is forged.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Indication(StrEnum):
    """The main word."""

    TOTAL_PASSED = "TOTAL-PASSED"
    TOTAL_FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class SubIndication(StrEnum):
    """Why it did not pass."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    POLICY_PROCESSING_ERROR = "POLICY_PROCESSING_ERROR"
    SIGNATURE_POLICY_NOT_AVAILABLE = "SIGNATURE_POLICY_NOT_AVAILABLE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    NO_POE = "NO_POE"
    TRY_LATER = "TRY_LATER"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"


class Outcome(StrEnum):
    """What one check came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        id: A stable name: `format`, `reference`, `signature`, `algorithm`, `certificate`,
            `revocation`, `signing-certificate`, `timestamp`, `policy` ...
        outcome: What came of it.
        detail: The same for people, with what to do where something can be done.
    """

    id: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Bytes that the signature covers, as they were digested (after transforms).

    Attributes:
        name: The reference's URI, a file's name, or `payload`.
        content: What was digested: for XML the canonical bytes of the signed node, to be parsed
            anew by whoever reads it.
        digest_algorithm: `sha256` ...
        file: True when it is a file, of this name, beside the signature; False when it is inside
            the signature's own document, whatever it is called there, or its payload.
    """

    name: str
    content: bytes
    digest_algorithm: str
    file: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and what is known of it.

    Attributes:
        format: `XMLDSig`, `XAdES-B`, `XAdES-T`, `CAdES-B`, `CAdES-T`, `PAdES-B`, `JWS` ...
        indication: The main word.
        sub_indication: Why it did not pass; None when it did.
        checks: All that was looked at, in order; the first that failed gave the word.
        signed: What it covers; empty unless the mathematics hold.
        certificate: The signer's, in DER, if there is one.
        subject: Its subject, RFC 4514.
        claimed_at: When the signer says it was signed.
        proven_at: The earliest moment at which a trusted time stamp proves that it was there.
        algorithm: As the signature names it.
    """

    format: str
    indication: Indication
    sub_indication: SubIndication | None
    checks: tuple[Check, ...]
    signed: tuple[Signed, ...] = ()
    certificate: bytes | None = None
    subject: str | None = None
    claimed_at: datetime.datetime | None = None
    proven_at: datetime.datetime | None = None
    algorithm: str | None = None

    @property
    def passed(self) -> bool:
        """True when everything that was asked for holds."""
        return self.indication is Indication.TOTAL_PASSED


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """Every signature of a document.

    Attributes:
        signatures: In the order they stand; empty when there is none, which is not a pass.
    """

    signatures: tuple[Signature, ...]

    @property
    def indication(self) -> Indication:
        """The worst of all; INDETERMINATE when nothing is signed."""
        found = {one.indication for one in self.signatures}
        if Indication.TOTAL_FAILED in found:
            return Indication.TOTAL_FAILED
        return (
            Indication.TOTAL_PASSED
            if found == {Indication.TOTAL_PASSED}
            else Indication.INDETERMINATE
        )
