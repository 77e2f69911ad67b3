"""JSON Web Signatures (RFC 7515), compact and flattened: made by a `Signer`, and checked.

Ours rather than joserfc's, which wants the private key itself and knows nothing of certificates;
it is the second opinion of the tests. Who signed is said by certificates in the protected header
(`x5c`) and by nothing else: no key is taken from the message, none is fetched, a shared secret
(`HS256`) or no signature (`none`) does not exist here.
"""

import base64
import binascii
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from formats.json.parsing import MalformedJsonError, parse_json
from formats.signatures import algorithms
from formats.signatures.certificates import Certificate, UnreadableCertificateError, subject_of
from formats.signatures.cms_judging import Judged
from formats.signatures.jws_making import NAMES, WIDTHS, encoded
from formats.signatures.report import (
    Check,
    Indication,
    Outcome,
    Signature,
    SignatureReport,
    Signed,
    SubIndication,
)
from formats.signatures.signer import Algorithm
from formats.signatures.trust import MAX_CERTIFICATES, Terms, indication_of

MAX_BYTES = 16 * 1024 * 1024
MAX_HEADER = 256 * 1024
"""Of a header, before and after base64: room for a chain, and not for a flood."""

_ALGORITHMS: Final = {name: algorithm for algorithm, name in NAMES.items()} | {
    "EdDSA": Algorithm.ED25519  # its name until RFC 9864; with a key on another curve it fails
}
_CURVES: Final = {"ES256": "secp256r1", "ES384": "secp384r1", "ES512": "secp521r1"}
_REFUSED: Final = {
    "crit": "It asks for extensions that are not known here (crit).",
    "b64": "Its payload is not base64url (b64, RFC 7797).",
    "jwk": "It brings a bare key (jwk); only certificates say who signed.",
    "zip": "Its payload is compressed.",
}
_NEVER_FETCHED: Final = ("jku", "x5u", "kid")
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


class _RefusedError(Exception):
    """It is no JWS as it is wanted here; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A JWS taken apart.

    Attributes:
        protected: The header as it was signed, in base64url.
        payload: The payload as it was signed, in base64url.
        signature: The signature's bytes.
        header: What the protected header says.
        content: The payload's bytes.
    """

    protected: str
    payload: str
    signature: bytes
    header: Mapping[str, Any]
    content: bytes


def looks_like(data: bytes) -> bool:
    """Tell whether bytes look like a JWS, compact or in JSON."""
    head = data[:64].lstrip()
    if head.startswith(b"{"):
        return b'"signature"' in data[:MAX_BYTES] and b'"protected"' in data[:MAX_BYTES]
    text = data.strip()
    return head.startswith(b"eyJ") and text.count(b".") == 2  # noqa: PLR2004 - three parts


def check(
    data: bytes, terms: Terms, *, kind: str | None = None, detached: bytes | None = None
) -> SignatureReport:
    """Check a JWS. Never raises.

    Args:
        data: The text, compact or flattened JSON.
        terms: Whom to believe, when, and what is known.
        kind: The `typ` it must have: a receipt is not an order. None for any.
        detached: The payload, when it travels beside (RFC 7515 appendix F).
    """
    try:
        return SignatureReport((_checked(data, terms, kind, detached),))
    except _RefusedError as error:
        return SignatureReport((_refused(str(error)),))
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        return SignatureReport((_refused(f"It cannot be judged: {error!r}"),))


def _checked(data: bytes, terms: Terms, kind: str | None, detached: bytes | None) -> Signature:
    parts = _taken_apart(data, detached)
    judged = _form(parts.header, kind)
    name = parts.header.get("alg")
    algorithm = _ALGORITHMS.get(name) if isinstance(name, str) else None
    chain: tuple[bytes, ...] = ()
    if algorithm is None:
        detail = f"The algorithm {name!r} is not among those that are believed."
        judged = judged.failed("algorithm", detail, SubIndication.CRYPTO_CONSTRAINTS_FAILURE)
    else:
        judged = judged.passed("algorithm", str(name))
        chain = _chain(parts.header)
        judged = _verified(judged, parts, algorithm, chain)
        if judged.holds:
            checks, sub = terms.path(chain)
            judged = Judged((*judged.checks, *checks), judged.sub or sub, holds=True)
    digest = "" if algorithm is None else algorithms.digest_name(algorithm)
    certificate = chain[0] if chain else None
    return Signature(
        format="JWS",
        indication=indication_of(judged.sub),
        sub_indication=judged.sub,
        checks=judged.checks,
        signed=(Signed("payload", parts.content, digest),) if judged.holds else (),
        certificate=certificate,
        subject=None if certificate is None else subject_of(certificate),
        claimed_at=_claimed(parts.header),
        algorithm=str(name),
    )


def _refused(detail: str) -> Signature:
    return Signature(
        format="JWS",
        indication=Indication.TOTAL_FAILED,
        sub_indication=SubIndication.FORMAT_FAILURE,
        checks=(Check("format", Outcome.FAILED, detail),),
    )


def _taken_apart(data: bytes, detached: bytes | None) -> _Parts:
    if len(data) > MAX_BYTES:
        raise _RefusedError(f"{len(data)} bytes; more than {MAX_BYTES} are not read.")
    if data.lstrip()[:1] == b"{":
        envelope = _object(data)
        if set(envelope) != {"payload", "protected", "signature"}:
            raise _RefusedError(
                "A flattened JWS has payload, protected and signature, and nothing else."
            )
        texts = [envelope["protected"], envelope["payload"], envelope["signature"]]
    else:
        try:
            texts = list(data.strip().decode("ascii").split("."))
        except UnicodeDecodeError:
            raise _RefusedError("It is not ASCII.") from None
    if len(texts) != 3 or not all(isinstance(text, str) for text in texts):  # noqa: PLR2004
        raise _RefusedError("A JWS has three parts.")
    protected, payload, signature = texts
    if detached is not None:
        beside = encoded(detached)
        if payload not in {"", beside}:
            raise _RefusedError("The payload inside is not the file that was handed in beside it.")
        payload = beside
    if len(protected) > MAX_HEADER:
        raise _RefusedError(f"A header of {len(protected)} bytes.")
    return _Parts(
        protected,
        payload,
        _decoded(signature),
        _object(_decoded(protected)),
        _decoded(payload),
    )


def _object(content: bytes) -> dict[str, Any]:
    """Read a JSON object; a member that stands twice is refused, as all that is ambiguous."""
    try:
        value = parse_json(content)
    except MalformedJsonError as error:
        raise _RefusedError(f"It is not JSON: {error.detail}") from error
    if not isinstance(value, dict):
        raise _RefusedError("It is not a JSON object.")
    return value


def _decoded(text: str) -> bytes:
    """Read base64url without padding; each value has one spelling only (RFC 7515 section 2)."""
    if not _BASE64URL.fullmatch(text):
        raise _RefusedError("A part is not base64url.")
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise _RefusedError(f"A part is not base64url: {error}.") from error
    if encoded(content) != text:
        raise _RefusedError("A part is not base64url as it is written: bits are left over.")
    return content


def _form(header: Mapping[str, Any], kind: str | None) -> Judged:
    judged = Judged()
    for name, detail in _REFUSED.items():
        if name in header:
            return judged.failed("format", detail, SubIndication.FORMAT_FAILURE)
    if kind is not None and header.get("typ") != kind:
        detail = f"It is not of the kind {kind}, but {header.get('typ')!r}."
        return judged.failed("format", detail, SubIndication.FORMAT_FAILURE)
    judged = judged.passed("format")
    unread = [name for name in _NEVER_FETCHED if name in header]
    if unread:
        judged = judged.open("reference", f"Not looked at, never fetched: {', '.join(unread)}.")
    return judged


def _chain(header: Mapping[str, Any]) -> tuple[bytes, ...]:
    texts = header.get("x5c", [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _RefusedError("x5c is not a list of texts.")
    if len(texts) > MAX_CERTIFICATES:
        raise _RefusedError(f"x5c has {len(texts)} certificates.")
    try:
        return tuple(base64.b64decode(text, validate=True) for text in texts)
    except (binascii.Error, ValueError) as error:
        raise _RefusedError("x5c holds something else than base64.") from error


def _verified(
    judged: Judged, parts: _Parts, algorithm: Algorithm, chain: tuple[bytes, ...]
) -> Judged:
    if judged.sub is not None:
        return judged
    missing = SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    if not chain:
        detail = "There is no certificate (x5c): nothing says who signed."
        return judged.failed("signing-certificate", detail, missing)
    try:
        certificate = Certificate.read(chain[0])
    except UnreadableCertificateError as error:
        return judged.failed("signing-certificate", str(error), missing)
    named = parts.header.get("x5t#S256")
    if named is not None and named != encoded(algorithms.digest("sha256", chain[0])):
        detail = "It names another certificate than the one it brings (x5t#S256)."
        return judged.failed("signing-certificate", detail, missing)
    judged = judged.passed("signing-certificate")
    key = algorithms.public_key(certificate.parsed.public_key.dump())
    signature = None if key is None else _signature(key, parts)
    data = f"{parts.protected}.{parts.payload}".encode("ascii")
    if key is None or signature is None or not algorithms.verify(key, algorithm, signature, data):
        detail = "The signature is not by the certificate's key, or something was changed."
        return judged.failed("signature", detail, SubIndication.SIG_CRYPTO_FAILURE)
    judged = judged.passed("signature")
    return Judged(judged.checks, judged.sub, holds=True, chain=chain)


def _signature(key: PublicKeyTypes, parts: _Parts) -> bytes | None:
    """Return the signature as the mathematics want it; None when it cannot be by such a key."""
    name = parts.header["alg"]
    width = WIDTHS.get(name)
    if width is None:
        return parts.signature
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != _CURVES[name]:
        return None  # RFC 7518 3.4: each ES algorithm has its one curve
    if len(parts.signature) != 2 * width:
        return None
    halves = parts.signature[:width], parts.signature[width:]
    return encode_dss_signature(*(int.from_bytes(half) for half in halves))


def _claimed(header: Mapping[str, Any]) -> datetime.datetime | None:
    seconds = header.get("iat")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
