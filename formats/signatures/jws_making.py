"""JSON Web Signatures made by a `Signer`; who signed stands in the header as certificates."""

import base64
import datetime
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from formats.signatures.signer import Algorithm, Signer, SignerError

NAMES: Final = {
    Algorithm.RSA_SHA256: "RS256",
    Algorithm.RSA_SHA384: "RS384",
    Algorithm.RSA_SHA512: "RS512",
    Algorithm.RSA_PSS_SHA256: "PS256",
    Algorithm.RSA_PSS_SHA384: "PS384",
    Algorithm.RSA_PSS_SHA512: "PS512",
    Algorithm.ECDSA_SHA256: "ES256",
    Algorithm.ECDSA_SHA384: "ES384",
    Algorithm.ECDSA_SHA512: "ES512",
    Algorithm.ED25519: "Ed25519",
}
"""Algorithms and what JWS calls them (RFC 7518 3.1, RFC 9864 2.2)."""

WIDTHS: Final = {"ES256": 32, "ES384": 48, "ES512": 66}
"""Bytes of each of the two numbers of an ECDSA signature (RFC 7518 3.4)."""


def encoded(content: bytes) -> str:
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def sign(  # noqa: PLR0913 - what there is to say of a signature
    payload: bytes,
    signer: Signer,
    *,
    kind: str | None = None,
    at: datetime.datetime | None = None,
    header: Mapping[str, Any] | None = None,
    algorithm: Algorithm | None = None,
    flattened: bool = False,
) -> bytes:
    """Return a JWS.

    Args:
        payload: What is signed.
        signer: Whose key; its certificates go along (`x5c`).
        kind: What it is (`typ`), so that a receipt cannot pass for an order.
        at: When it is signed, as the signer says (`iat`).
        header: More members of the protected header.
        algorithm: Instead of the signer's usual one.
        flattened: As JSON with three members, instead of three parts with points between.

    Raises:
        SignerError: The key cannot be used, or JWS has no name for the algorithm.
    """
    chosen = algorithm or signer.algorithm
    name = NAMES.get(chosen)
    if name is None:
        raise SignerError(f"JWS has no name for {chosen}")
    members: dict[str, Any] = {"alg": name}
    if kind is not None:
        members["typ"] = kind
    if at is not None:
        members["iat"] = int(at.timestamp())
    chain = [base64.b64encode(bytes(der)).decode("ascii") for der in signer.certificate_chain]
    if chain:
        members["x5c"] = chain
    members |= header or {}
    protected = encoded(json.dumps(members, separators=(",", ":")).encode("ascii"))
    body = encoded(payload)
    signature = signer.sign(f"{protected}.{body}".encode("ascii"), chosen)
    width = WIDTHS.get(name)
    if width is not None:
        signature = b"".join(half.to_bytes(width) for half in decode_dss_signature(signature))
    last = encoded(signature)
    if not flattened:
        return f"{protected}.{body}.{last}".encode("ascii")
    parts = {"payload": body, "protected": protected, "signature": last}
    return json.dumps(parts, separators=(",", ":")).encode("ascii")
