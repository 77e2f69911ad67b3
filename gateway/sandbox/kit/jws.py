"""Signed statements of local authorities, and reading what callers sign: JWS (RFC 7515).

This is the authorities' own code: they share none with the gateway's side that they judge.
"""

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from gateway.sandbox.kit.certificates import Pair

SIGNED = "application/jose+json"
_COORDINATE = 32  # bytes of r and of s in an ES256 signature (RFC 7518 section 3.4)
_MEMBERS = frozenset({"payload", "protected", "signature"})
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class UnreadableError(Exception):
    """It is no flattened JWS."""


class UnsignedError(Exception):
    """It is one, and the signature or the certificate is not good."""


Finder = Callable[[Mapping[str, Any]], x509.Certificate | None]
"""From a header to the certificate that it names, where it does not hold it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Signs statements as JWS, ES256 or RS256 as the key is, with the certificate in `x5c`.

    Attributes:
        pair: Whose signature it is.
        kind: Before every statement's own kind in `typ`: `sandbox-network`.
    """

    pair: Pair
    kind: str

    @property
    def name(self) -> str:
        """Who signs: the certificate's common name."""
        return self.pair.name

    def seal(self, kind: str, statement: Mapping[str, Any]) -> str:
        """Return a statement as signed JSON text (flattened); see `seal_compact`.

        Args:
            kind: `receipt`, `refusal` ...: part of the signed header, so that one can never be
                passed off as another.
            statement: What is said.
        """
        return flattened(self.seal_compact(kind, statement))

    def seal_compact(self, kind: str, statement: Mapping[str, Any]) -> str:
        """Return a statement as a header field carries it: the compact serialization."""
        payload = encoded(json.dumps(statement, ensure_ascii=False).encode())
        return self._signed(f"{self.kind}-{kind}+jws", payload)

    def forged(self, text: bytes) -> bytes:
        """Return a statement of somebody else with this signature in place of his."""
        said = json.loads(text)
        kind = json.loads(decoded(said["protected"]))["typ"]
        return flattened(self._signed(kind, said["payload"])).encode()

    def _signed(self, typ: str, payload: str) -> str:
        header = {"typ": typ, "x5c": [base64.b64encode(self.pair.der).decode()]}
        return compact(self.pair, header, payload)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A JWS as it was sent; nothing in it is proven yet.

    Attributes:
        protected: The header's text.
        payload: The payload's text.
        signature: The bytes.
        header: The header, read.
        content: The payload's bytes.
        chain: The certificates in `x5c`, or the one that the header names otherwise.
    """

    protected: str
    payload: str
    signature: bytes
    header: Mapping[str, Any]
    content: bytes
    chain: Sequence[x509.Certificate]

    @classmethod
    def read(cls, text: bytes) -> "Envelope":
        """Read a flattened one.

        Raises:
            UnreadableError: It is none.
        """
        try:
            value = _members(text)
            parts = (str(value["protected"]), str(value["payload"]), value["signature"])
            return cls._of(*parts, _shown)
        except _UNREADABLE as error:
            raise UnreadableError(f"not a flattened JWS: {type(error).__name__}") from error

    @classmethod
    def read_compact(cls, text: str, find: Finder | None = None) -> "Envelope":
        """Read a compact one.

        Args:
            text: Three parts and two points.
            find: Finds the certificate that the header names; None: it holds it in `x5c`.

        Raises:
            UnreadableError: It is none, or names no certificate.
        """
        try:
            protected, payload, signature = text.split(".")
            return cls._of(protected, payload, signature, find or _shown)
        except _UNREADABLE as error:
            raise UnreadableError(f"not a compact JWS: {type(error).__name__}") from error

    @classmethod
    def _of(cls, protected: str, payload: str, signature: str, find: Finder) -> "Envelope":
        header = json.loads(decoded(protected))
        leaf = find(header)
        if leaf is None:
            raise UnreadableError("the header names no certificate that is known")
        return cls(protected, payload, decoded(signature), header, decoded(payload), (leaf,))

    def verify(self, root: x509.Certificate, now: datetime.datetime) -> x509.Certificate:
        """Check signature and certificate; return the signer's certificate.

        Raises:
            UnsignedError: The signature is not one of a certificate of `root`, in force, for
                signing; or the header asks for something that is not understood.
        """
        leaf = self.chain[0]
        try:
            leaf.verify_directly_issued_by(root)
            usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as error:
            raise UnsignedError("the certificate is not of the authority's CA") from error
        if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
            raise UnsignedError("the certificate is not in force")
        if not usage.digital_signature:
            raise UnsignedError("the certificate is not for signing")
        if "crit" in self.header:
            raise UnsignedError("a critical header is not understood")  # RFC 7515, 4.1.11
        try:
            self._check(leaf)
        except InvalidSignature as error:
            raise UnsignedError("the signature does not fit") from error
        return leaf

    def _check(self, leaf: x509.Certificate) -> None:
        """Check the signature with the algorithm that fits the key, never another."""
        key, signed = leaf.public_key(), f"{self.protected}.{self.payload}".encode()
        algorithm = self.header.get("alg")
        if algorithm == "RS256" and isinstance(key, rsa.RSAPublicKey):
            key.verify(self.signature, signed, padding.PKCS1v15(), hashes.SHA256())
            return
        on_curve = isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1"
        if algorithm != "ES256" or not on_curve or len(self.signature) != 2 * _COORDINATE:
            raise UnsignedError("alg is RS256 or ES256, as the key is")
        numbers = (self.signature[:_COORDINATE], self.signature[_COORDINATE:])
        der = encode_dss_signature(*(int.from_bytes(number) for number in numbers))
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(der, signed, ec.ECDSA(hashes.SHA256()))


def _shown(header: Mapping[str, Any]) -> x509.Certificate | None:
    chain = [base64.b64decode(one, validate=True) for one in header["x5c"]]
    return x509.load_der_x509_certificate(chain[0]) if chain else None


def compact(pair: Pair, header: Mapping[str, Any], payload: str) -> str:
    """Return a compact JWS over a payload in base64url, with a header of the protocol's own."""
    own = isinstance(pair.key, rsa.RSAPrivateKey)
    whole = {"alg": "RS256" if own else "ES256", **header}
    protected = encoded(json.dumps(whole, separators=(",", ":")).encode())
    signature = pair.sign(f"{protected}.{payload}".encode())
    if not own:
        numbers = decode_dss_signature(signature)
        signature = b"".join(part.to_bytes(_COORDINATE) for part in numbers)
    return f"{protected}.{payload}.{encoded(signature)}"


def _members(text: bytes) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict) or set(value) != _MEMBERS:
        raise ValueError("other members")
    return value


def encoded(content: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64url without padding.

    Raises:
        ValueError: It is none.
    """
    if "=" in text or "+" in text or "/" in text:
        raise ValueError("not base64url")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def flattened(compact: str) -> str:
    """Return a compact JWS in the flattened JSON serialization."""
    protected, payload, signature = compact.split(".")
    return json.dumps({"payload": payload, "protected": protected, "signature": signature})
