"""The signed form in which JSON travels to FURS and back: `{"token": "<compact JWS>"}`.

The header of a request names the signer's certificate (subject, issuer, serial number); that of an
answer brings it (`x5c`). RS256 is the same each time, so a message has the same bytes each time.
Source: FURS, Tehnična dokumentacija 1.3, chapter 8; RFC 7515.
"""

import base64
import binascii
import datetime
import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from formats.furs import distinguished_names
from formats.furs.messages import Message, read_json
from formats.furs.structure import FursError
from formats.json.parsing import MalformedJsonError, parse_json
from formats.signatures import algorithms
from formats.signatures.certificates import Certificate, UnreadableCertificateError
from formats.signatures.jws_making import encoded
from formats.signatures.signer import Algorithm, Signer, SignerError

MEDIA_TYPE = "application/json; charset=UTF-8"

AUTHORITY = "77695771"
"""FURS's own tax number, an organisational unit of the certificate that signs its answers.

Its CA certifies the taxpayers, too, so being of that CA is not enough. (Certificate of the test
system, 2015; to be compared with the one of production.)
"""

MAX_BYTES = 1024 * 1024
_NO_CERTIFICATE = (
    UnreadableCertificateError,
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class UnprovenAnswerError(ValueError):
    """It is no answer that FURS signed; nothing in it may be believed."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who is believed to be FURS.

    Attributes:
        certificates: Of its CA, or of the signer himself.
        unit: What the signer's certificate has as an organisational unit.
    """

    certificates: Sequence[x509.Certificate]
    unit: str = AUTHORITY

    def key(self, der: bytes, now: datetime.datetime) -> RSAPublicKey:
        """Return the key of a certificate that is believed.

        Raises:
            UnprovenAnswerError: It is not FURS's, or not in force.
        """
        try:
            units = distinguished_names.units(Certificate.read(der).parsed.subject)
            leaf = x509.load_der_x509_certificate(der)
            key = leaf.public_key()
        except _NO_CERTIFICATE as error:
            raise UnprovenAnswerError("x5c holds no certificate") from error
        issuer = next((one for one in self.certificates if _vouches(one, leaf)), None)
        if issuer is None:
            raise UnprovenAnswerError("the certificate is not of the trusted CA")
        if self.unit not in units:
            raise UnprovenAnswerError("the certificate is not FURS's own")
        for one in (leaf, issuer):
            if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
                raise UnprovenAnswerError("a certificate is not in force")
        if not isinstance(key, RSAPublicKey) or not _signs(leaf):
            raise UnprovenAnswerError("the certificate is not for RSA signatures")
        return key


def sealed(content: bytes, signer: Signer) -> bytes:
    """Return a message as the body of a request.

    Args:
        content: In JSON.
        signer: Of the taxpayer, with his certificate.

    Raises:
        SignerError: The key is not RSA, or there is no certificate.
    """
    if not signer.certificate_chain:
        raise SignerError("FURS wants to know the certificate, and the key has none")
    signed = f"{_header(bytes(signer.certificate_chain[0]))}.{encoded(content)}"
    signature = signer.sign(signed.encode("ascii"), Algorithm.RSA_SHA256)
    return json.dumps({"token": f"{signed}.{encoded(signature)}"}).encode("ascii")


@functools.lru_cache(maxsize=256)
def _header(der: bytes) -> str:
    """Return the header that names a certificate; reading one takes longer than signing."""
    parsed = Certificate.read(der).parsed
    header = {
        "alg": "RS256",
        "subject_name": distinguished_names.written(parsed.subject),
        "issuer_name": distinguished_names.written(parsed.issuer),
        "serial": parsed.serial_number,
    }
    return encoded(json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode())


def content_of(body: bytes) -> bytes:
    """Return what a signed message of ours carries, without looking at the signature.

    Raises:
        UnprovenAnswerError: It is none.
    """
    return _Token.read(body).content


def opened(body: bytes, authority: Authority, now: datetime.datetime) -> Message:
    """Return what FURS said, once its signature is checked.

    Args:
        body: Of the answer.
        authority: Who is believed.
        now: For the certificates.

    Raises:
        UnprovenAnswerError: It did not say it, or it is no message.
    """
    token = _Token.read(body)
    if token.header.get("alg") != "RS256" or "crit" in token.header:
        raise UnprovenAnswerError("alg must be RS256, and nothing critical")
    chain = token.header.get("x5c")
    if not isinstance(chain, list) or not chain or not isinstance(chain[0], str):
        raise UnprovenAnswerError("the header brings no certificate (x5c)")
    try:
        der = base64.b64decode(chain[0], validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnprovenAnswerError("x5c is not base64") from error
    key = authority.key(der, now)
    if not algorithms.verify(key, Algorithm.RSA_SHA256, token.signature, token.signed):
        raise UnprovenAnswerError("the signature does not fit")
    try:
        return read_json(token.content)
    except FursError as error:
        raise UnprovenAnswerError(f"it is no answer: {error}") from error


@dataclass(frozen=True, slots=True)
class _Token:
    header: Mapping[str, Any]
    content: bytes
    signature: bytes
    signed: bytes

    @classmethod
    def read(cls, body: bytes) -> "_Token":
        members = _object(body)
        token = members.get("token")
        if set(members) != {"token"} or not isinstance(token, str):
            raise UnprovenAnswerError("not an object with a token, and nothing else")
        parts = token.split(".")
        if len(parts) != 3:  # noqa: PLR2004 - RFC 7515, 3.1
            raise UnprovenAnswerError("a token has three parts")
        header, content, signature = (_decoded(part) for part in parts)
        return cls(_object(header), content, signature, f"{parts[0]}.{parts[1]}".encode("ascii"))


def _object(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise UnprovenAnswerError("too large")
    try:
        value = parse_json(content)
    except MalformedJsonError as error:
        raise UnprovenAnswerError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise UnprovenAnswerError("not a JSON object")
    return value


def _decoded(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise UnprovenAnswerError("a part is not base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise UnprovenAnswerError("a part is not base64url") from error


def _vouches(trusted: x509.Certificate, leaf: x509.Certificate) -> bool:
    if trusted == leaf:
        return True
    try:
        leaf.verify_directly_issued_by(trusted)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _signs(leaf: x509.Certificate) -> bool:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
        constraints = leaf.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.digital_signature and not constraints.ca
