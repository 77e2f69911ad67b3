"""Time stamps (RFC 3161): asking for one, reading the answer, and what a token proves.

A token says that some bytes existed at a moment. It proves it only when a time stamping
authority that is trusted signed it: `check` says whether, and the moment, or the reason.
"""

import datetime
from dataclasses import dataclass
from typing import ClassVar

from asn1crypto import cms, core, tsp

from formats.signatures import algorithms
from formats.signatures import cms_reading as reading
from formats.signatures.cms_judging import Judged, judge
from formats.signatures.report import Check, Outcome, SubIndication
from formats.signatures.structure import check_structure
from formats.signatures.trust import Purpose, Terms

MAX_BYTES = 256 * 1024
"""Of an answer or a token; usual ones have two to eight kilobytes."""


class UnreadableTimestampError(ValueError):
    """The bytes are no answer of a time stamping authority, or not to what was asked."""


class TimestampRefusedError(Exception):
    """The authority answered, and gives no time stamp.

    Attributes:
        status: `rejection`, `waiting` ...
        failure: Why, in the words of RFC 3161 2.4.2, such as `bad_alg`; empty when not said.
    """

    def __init__(self, status: str, failure: str, text: str) -> None:
        super().__init__(f"The time stamping authority says {status}: {text or failure or '-'}.")
        self.status = status
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a token says, and whether it is believed.

    Attributes:
        claimed: The moment it names, None when it cannot be read.
        proven: The same when it is believed: the bytes existed then. Else None.
        sub: Why it is not believed.
        checks: All that was looked at.
        policy: The authority's policy, as an object identifier.
        serial: The token's number.
        accuracy: How far off the moment may be.
        authority: The authority's certificate in DER.
    """

    claimed: datetime.datetime | None
    proven: datetime.datetime | None
    sub: SubIndication | None
    checks: tuple[Check, ...]
    policy: str | None = None
    serial: int | None = None
    accuracy: datetime.timedelta = datetime.timedelta()
    authority: bytes | None = None

    @property
    def reason(self) -> str:
        """Why it is not believed, for people; empty when it is."""
        failed = [check.detail for check in self.checks if check.outcome is not Outcome.PASSED]
        return failed[-1] if self.proven is None and failed else ""


def request(
    data: bytes, *, nonce: int | None, digest: str = "sha256", policy: str | None = None
) -> bytes:
    """Return the request for a time stamp over some bytes (`application/timestamp-query`).

    Args:
        data: What is to be stamped; the authority sees its digest only.
        nonce: A fresh random number, so that an old answer cannot be played again.
        digest: Which digest.
        policy: The authority's policy that is wanted, as an object identifier.
    """
    fields = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": digest},
            "hashed_message": algorithms.digest(digest, data),
        },
        "cert_req": True,
    }
    if nonce is not None:
        fields["nonce"] = nonce
    if policy is not None:
        fields["req_policy"] = policy
    encoded: bytes = tsp.TimeStampReq(fields).dump()
    return encoded


def token_of(answer: bytes, data: bytes, *, nonce: int | None, policy: str | None = None) -> bytes:
    """Return the token of an answer (`application/timestamp-reply`); its signature is not checked.

    Args:
        answer: What the authority sent.
        data: What was to be stamped.
        nonce: The request's.
        policy: The request's.

    Raises:
        TimestampRefusedError: The authority gave none.
        UnreadableTimestampError: It is no answer, or to another question.
    """
    if len(answer) > MAX_BYTES:
        raise UnreadableTimestampError(f"The answer has {len(answer)} bytes.")
    try:
        check_structure(answer)
        parsed = _Answer.load(answer, strict=True)
        status = parsed["status"]["status"].native
        failure = ",".join(sorted(parsed["status"]["fail_info"].native or ()))
        text = "; ".join(parsed["status"]["status_string"].native or ())
        token: bytes = b"" if status not in _GRANTED else parsed["time_stamp_token"].dump()
    except Exception as error:
        raise UnreadableTimestampError(f"It is no answer by RFC 3161: {error}") from error
    if status not in _GRANTED:
        raise TimestampRefusedError(status, failure, text)
    info = _read(token)[1]
    if info["nonce"].native != nonce:
        raise UnreadableTimestampError("The answer is to another request: the nonce differs.")
    if policy is not None and info["policy"].dotted != policy:
        raise UnreadableTimestampError("The answer is under another policy than was asked for.")
    if not _imprint_fits(info, data):
        raise UnreadableTimestampError("The answer is about other bytes.")
    return token


class _Answer(core.Sequence):  # type: ignore[misc]
    """`TimeStampResp`; asn1crypto's own does not know that a refusal comes without a token."""

    _fields: ClassVar[list[tuple[object, ...]]] = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


_GRANTED = frozenset({"granted", "granted_with_mods"})


def check(
    token: bytes,
    data: bytes,
    terms: Terms,
    *,
    policies: frozenset[str] | None = None,
    certificates: tuple[bytes, ...] = (),
) -> Timestamp:
    """Say what a token proves about some bytes. Never raises.

    Args:
        token: The time stamp token, a CMS message.
        data: What it is said to be about: for a signature the signature's value.
        terms: Whom to believe, what is known of revoked certificates, and the moment of
            judgement; a token from a later moment proves nothing yet.
        policies: The authority's policies that are accepted, None for any.
        certificates: More certificates that may help, in DER.
    """
    if len(token) > MAX_BYTES:
        return _unreadable(f"The token has {len(token)} bytes.")
    try:
        message, info = _read(token)
        return _checked(message, info, data, terms, policies, certificates)
    except UnreadableTimestampError as error:
        return _unreadable(str(error))
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a proof
        return _unreadable(f"The token cannot be judged: {error!r}")


def _read(token: bytes) -> tuple[reading.SignedData, tsp.TSTInfo]:
    try:
        message = reading.read(token)
    except reading.UnreadableCmsError as error:
        raise UnreadableTimestampError(f"The token is unreadable: {error}") from error
    if message.content_type != reading.TST_INFO or message.content is None:
        raise UnreadableTimestampError("The message is signed, but is no time stamp token.")
    if len(message.signers) != 1:
        raise UnreadableTimestampError("A time stamp token has exactly one signer.")
    try:
        info = tsp.TSTInfo.load(message.content, strict=True)
        _ = info.native
    except Exception as error:
        raise UnreadableTimestampError(f"The token's content is unreadable: {error}") from error
    if info["extensions"].native and any(one["critical"].native for one in info["extensions"]):
        raise UnreadableTimestampError("The token has a critical extension that nobody knows.")
    return message, info


def _imprint_fits(info: tsp.TSTInfo, data: bytes) -> bool:
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name not in algorithms.DIGESTS:
        return False
    return bool(imprint["hashed_message"].native == algorithms.digest(name, data))


def _checked(  # noqa: PLR0913, PLR0917 - the parts of the question
    message: reading.SignedData,
    info: tsp.TSTInfo,
    data: bytes,
    terms: Terms,
    policies: frozenset[str] | None,
    certificates: tuple[bytes, ...],
) -> Timestamp:
    claimed: datetime.datetime = info["gen_time"].native
    judged = _about(Judged(), info, data, terms, policies)
    if judged.sub is None:
        judged = judge(message, message.signers[0], message.content, terms.at, certificates)
    if judged.sub is None and not judged.bound:
        detail = "The token does not say which certificate it is by (RFC 3161 2.4.2)."
        judged = judged.failed(
            "signing-certificate", detail, SubIndication.SIG_CONSTRAINTS_FAILURE
        )
    if judged.sub is None:
        checks, sub = terms.path(judged.chain, purpose=Purpose.TIME_STAMP)
        judged = Judged((*judged.checks, *checks), sub, judged.holds, judged.chain, judged.bound)
        if sub is None:
            judged = _within(judged, claimed)
    return Timestamp(
        claimed=claimed,
        proven=claimed if judged.sub is None else None,
        sub=judged.sub,
        checks=judged.checks,
        policy=info["policy"].dotted,
        serial=info["serial_number"].native,
        accuracy=_accuracy(info),
        authority=judged.chain[0] if judged.chain else None,
    )


def _about(
    judged: Judged,
    info: tsp.TSTInfo,
    data: bytes,
    terms: Terms,
    policies: frozenset[str] | None,
) -> Judged:
    """Check what the token says, whoever says it."""
    name = info["message_imprint"]["hash_algorithm"]["algorithm"].native
    problem = algorithms.digest_problem(name, terms.at)
    if problem is not None:
        return judged.failed("algorithm", problem, SubIndication.CRYPTO_CONSTRAINTS_FAILURE)
    if not _imprint_fits(info, data):
        return judged.failed(
            "reference", "The token is about other bytes.", SubIndication.HASH_FAILURE
        )
    if policies is not None and info["policy"].dotted not in policies:
        detail = f"The authority's policy {info['policy'].dotted} is not accepted."
        return judged.failed("policy", detail, SubIndication.SIG_CONSTRAINTS_FAILURE)
    if info["gen_time"].native > terms.at + _accuracy(info):
        detail = "The token is from after the moment of judgement."
        return judged.failed("timestamp", detail, SubIndication.TIMESTAMP_ORDER_FAILURE)
    return judged


def _within(judged: Judged, claimed: datetime.datetime) -> Judged:
    """Check that the authority's certificate was valid at the token's own moment."""
    certificate = reading.readable_certificate(judged.chain[0])
    if certificate is not None and (
        certificate.not_valid_before <= claimed <= certificate.not_valid_after
    ):
        return judged
    detail = "The authority's certificate was not valid when the token says it was made."
    return judged.failed("certificate", detail, SubIndication.NOT_YET_VALID)


def _accuracy(info: tsp.TSTInfo) -> datetime.timedelta:
    value = info["accuracy"].native
    if not value:
        return datetime.timedelta()
    return datetime.timedelta(
        seconds=value["seconds"] or 0,
        milliseconds=value["millis"] or 0,
        microseconds=value["micros"] or 0,
    )


def _unreadable(detail: str) -> Timestamp:
    check_ = Check("format", Outcome.FAILED, detail)
    return Timestamp(None, None, SubIndication.FORMAT_FAILURE, (check_,))


__all__ = (
    "Timestamp",
    "TimestampRefusedError",
    "UnreadableTimestampError",
    "check",
    "request",
    "token_of",
)
