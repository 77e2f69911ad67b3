"""Signed statements of other access points: flattened JWS (RFC 7515), ES256, chain in `x5c`.

Only what `open_statement` returns may be read: it comes out of the signed bytes themselves.
"""

import base64
import binascii
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gateway.kit.json_body import parse_json
from gateway.problems import MalformedJsonProblem

MAX_BYTES = 1024 * 1024
"""The largest statement that is looked at."""

_HEADER = frozenset({"alg", "typ", "x5c"})
_COORDINATE = 32  # bytes of r and of s (RFC 7518 section 3.4)


class StatementError(Exception):
    """The bytes are not a statement at all."""


class StatementForgedError(StatementError):
    """It is a statement, but not one by somebody we trust."""


class TrustAnchor:
    """The one CA whose access points are believed.

    Args:
        certificate: The CA's certificate.
    """

    def __init__(self, certificate: x509.Certificate) -> None:
        self._certificate = certificate

    @classmethod
    def load(cls, path: Path) -> "TrustAnchor":
        """Read it from a PEM file.

        Raises:
            OSError, ValueError: There is no certificate.
        """
        return cls(x509.load_pem_x509_certificate(path.read_bytes()))

    def key_of(
        self,
        leaf: x509.Certificate,
        now: datetime.datetime,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> ec.EllipticCurvePublicKey:
        """Return the key of a certificate that this CA issued for signing and that is in force.

        Args:
            leaf: The certificate.
            now: The moment.
            purpose: What it must be for by its extended key usage. A CA that certifies its
                users, too, would else let each of them speak for it.

        Raises:
            StatementForgedError: It is not such a certificate.
        """
        try:
            leaf.verify_directly_issued_by(self._certificate)
            usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
            constraints = leaf.extensions.get_extension_for_class(x509.BasicConstraints).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as error:
            raise StatementForgedError("the certificate is not of the trusted CA") from error
        for certificate in (leaf, self._certificate):
            if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
                raise StatementForgedError("a certificate is not in force")
        key = leaf.public_key()
        if constraints.ca or not usage.digital_signature:
            raise StatementForgedError("the certificate is not for signing")
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            raise StatementForgedError("the certificate's key is not P-256")
        if purpose is not None and purpose not in _purposes(leaf):
            raise StatementForgedError("the certificate is another's, not for such statements")
        return key


def _purposes(leaf: x509.Certificate) -> list[x509.ObjectIdentifier]:
    try:
        return list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return []


def open_statement(
    content: bytes,
    *,
    kind: str,
    anchor: TrustAnchor,
    now: datetime.datetime,
    purpose: x509.ObjectIdentifier | None = None,
) -> Mapping[str, Any]:
    """Verify a statement and return what it says.

    Args:
        content: The JSON text.
        kind: The `typ` it must have: a receipt is not a signal.
        anchor: Who is believed.
        now: For the certificates.
        purpose: See `TrustAnchor.key_of`.

    Raises:
        StatementForgedError: Signature, certificate or kind are wrong.
        StatementError: It cannot be read.
    """
    envelope = _object(content[: MAX_BYTES + 1])
    if set(envelope) != {"payload", "protected", "signature"}:
        raise StatementError("not a flattened JWS")
    protected, payload = _text(envelope["protected"]), _text(envelope["payload"])
    header = _object(_decode(protected))
    if set(header) != _HEADER or header["alg"] != "ES256":
        raise StatementForgedError("alg must be ES256, and the header holds nothing else")
    if header["typ"] != kind:
        raise StatementForgedError(f"it is no {kind}")
    key = anchor.key_of(_leaf(header["x5c"]), now, purpose)
    signature = _decode(_text(envelope["signature"]))
    if len(signature) != 2 * _COORDINATE:
        raise StatementForgedError("the signature has the wrong length")
    numbers = (signature[:_COORDINATE], signature[_COORDINATE:])
    der = encode_dss_signature(*(int.from_bytes(number) for number in numbers))
    try:
        key.verify(der, f"{protected}.{payload}".encode("ascii"), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise StatementForgedError("the signature does not fit") from error
    return _object(_decode(payload))


def _leaf(chain: object) -> x509.Certificate:
    if not isinstance(chain, list) or len(chain) != 1:
        raise StatementError("x5c must hold the one certificate")
    try:
        der = base64.b64decode(_text(chain[0]), validate=True)
        return x509.load_der_x509_certificate(der)
    except (binascii.Error, ValueError, x509.InvalidVersion) as error:
        raise StatementError("x5c holds no certificate") from error


def _object(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise StatementError("too large")
    try:
        value = parse_json(content)
    except MalformedJsonProblem as error:
        raise StatementError(f"not JSON: {error.detail}") from error
    if not isinstance(value, dict):
        raise StatementError("not a JSON object")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise StatementError("a member is not ASCII text")
    return value


def _decode(text: str) -> bytes:
    padding = "=" * (-len(text) % 4)
    try:
        return base64.b64decode(text + padding, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise StatementError("a member is not base64url") from error
