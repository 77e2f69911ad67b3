"""CAdES and plain CMS signatures (.p7m, .p7s): checked into a report.

What is signed is what stands in `Signature.signed`; a p7m inside a p7m is opened too, up to
`MAX_DEPTH`, and its signatures follow those around it.
"""

from dataclasses import replace

from formats.signatures import cms_reading as reading
from formats.signatures import timestamp
from formats.signatures.certificates import subject_of
from formats.signatures.cms_judging import Judged, judge
from formats.signatures.cms_reading import SignedData, SignerInfo, UnreadableCmsError
from formats.signatures.digests import Digests
from formats.signatures.report import (
    Check,
    Indication,
    Outcome,
    Signature,
    SignatureReport,
    Signed,
    SubIndication,
)
from formats.signatures.trust import Purpose, Revocations, Terms, indication_of

MAX_DEPTH = 4
"""Messages inside messages that are opened."""


def check(
    data: bytes,
    terms: Terms,
    *,
    detached: bytes | None = None,
    digests: Digests | None = None,
) -> SignatureReport:
    """Check every signer of a message, and of the messages inside it. Never raises.

    Args:
        data: The message: DER, BER, base64 or PEM.
        terms: Whom to believe, when, and what is known.
        detached: What is signed, when it is not inside. When it is inside too, the two must be
            the same.
        digests: What is known of that file already, from other messages about it.
    """
    digests = digests or Digests()
    found: list[Signature] = []
    content: bytes | None = data
    name = "payload"
    for depth in range(MAX_DEPTH + 1):
        if content is None or (depth and not reading.is_signed_data(content)):
            break
        if depth == MAX_DEPTH:
            found.append(unreadable(f"More than {MAX_DEPTH} messages are inside one another."))
            break
        signatures, content = _one(content, terms, detached if depth == 0 else None, name, digests)
        found += signatures
        name = f"{name}/payload"
    return SignatureReport(tuple(found))


def unreadable(detail: str, form: str = "CMS") -> Signature:
    """Return what is said of bytes that cannot be read as a signature."""
    return Signature(
        format=form,
        indication=Indication.TOTAL_FAILED,
        sub_indication=SubIndication.FORMAT_FAILURE,
        checks=(Check("format", Outcome.FAILED, detail),),
    )


def _one(
    data: bytes, terms: Terms, detached: bytes | None, name: str, digests: Digests
) -> tuple[list[Signature], bytes | None]:
    """Check one message; return its signatures, and what is inside when all of them hold."""
    try:
        message = reading.read(data)
    except UnreadableCmsError as error:
        return [unreadable(str(error))], None
    inside = message.content
    if inside is not None and detached is not None and inside != detached:
        detail = "The content inside is not the file that was handed in beside it."
        return [unreadable(detail)], None
    content = detached if inside is None else inside
    signatures = [
        check_signer(message, one, content, terms, name=name, digests=digests)
        for one in message.signers
    ]
    hold = all(signature.signed for signature in signatures)
    return signatures, inside if hold else None


def check_signer(  # noqa: PLR0913 - the parts of the question
    message: SignedData,
    signer: SignerInfo,
    content: bytes | None,
    terms: Terms,
    *,
    name: str,
    cades: str = "CAdES",
    digests: Digests | None = None,
) -> Signature:
    """Check one signer of a message. Never raises.

    Args:
        message: The message.
        signer: The signer.
        content: What is signed, None when nobody has it.
        terms: Whom to believe, when, and what is known.
        name: What the report calls the content.
        cades: What the report calls a signature that binds its certificate: `PAdES` in a PDF.
        digests: What is known of the content already, from other signers.
    """
    try:
        judged = judge(message, signer, content, terms.at, digests=digests)
        proven, form = None, cades if judged.bound else "CMS"
        if judged.bound:
            form = f"{cades}-B"
        if judged.holds:
            judged, stamp = _stamped(judged, signer, terms)
            proven = None if stamp is None else stamp.proven
            form = form.replace("-B", "-T") if proven is not None else form
            judged = _trusted(judged, signer, message, terms, stamp)
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        return unreadable(f"The signature cannot be judged: {error!r}", cades)
    certificate = judged.chain[0] if judged.chain else None
    signed = (
        (Signed(name, content, signer.digest),) if judged.holds and content is not None else ()
    )
    return Signature(
        format=form,
        indication=indication_of(judged.sub),
        sub_indication=judged.sub,
        checks=judged.checks,
        signed=signed,
        certificate=certificate,
        subject=None if certificate is None else subject_of(certificate),
        claimed_at=signer.claimed_at,
        proven_at=proven,
        algorithm=signer.algorithm_name,
    )


def _stamped(
    judged: Judged, signer: SignerInfo, terms: Terms
) -> tuple[Judged, timestamp.Timestamp | None]:
    """Look for the earliest moment that a believed time stamp proves.

    As in XML: one whose authority is not trusted proves nothing and takes nothing away; one that
    is broken, about something else or from later keeps the signature from passing.
    """
    best: timestamp.Timestamp | None = None
    for token in signer.stamps[:8]:
        stamp = timestamp.check(token, signer.signature, terms)
        if stamp.proven is None:
            detail = f"A time stamp proves nothing: {stamp.reason}"
            judged = _unbelieved(judged, stamp, detail)
            continue
        judged = judged.passed("timestamp", f"It existed on {stamp.proven:%Y-%m-%d %H:%M:%S}Z.")
        if best is None or best.proven is None or stamp.proven < best.proven:
            best = stamp
    return judged, best


def _unbelieved(judged: Judged, stamp: timestamp.Timestamp, detail: str) -> Judged:
    if stamp.sub is SubIndication.TIMESTAMP_ORDER_FAILURE:
        return judged.failed("timestamp", detail, stamp.sub)
    if indication_of(stamp.sub) is Indication.TOTAL_FAILED:
        return judged.failed("timestamp", detail, SubIndication.SIG_CONSTRAINTS_FAILURE)
    return judged.open("timestamp", detail)


def _trusted(
    judged: Judged,
    signer: SignerInfo,
    message: SignedData,
    terms: Terms,
    stamp: timestamp.Timestamp | None,
) -> Judged:
    """Judge the signer's certificate at the proven moment, or else at the moment asked for."""
    proven = None if stamp is None else stamp.proven
    known = terms.revocations
    terms = replace(terms, revocations=Revocations((*known.crls, *message.crls), known.ocsps))
    checks, sub = terms.path(judged.chain, purpose=Purpose.SIGNATURE, at=proven)
    judged = replace(judged, checks=(*judged.checks, *checks), sub=judged.sub or sub)
    if signer.attributes_der is None:
        detail = "There are no signed attributes: nothing says when, or by which certificate."
        return judged.failed("format", detail, SubIndication.SIG_CONSTRAINTS_FAILURE)
    return judged
