"""A record as it is sent: a JWS (RFC 7515) in flattened form, with the signer's certificate.

Only what the scheme needs is here, and only making it: whoever must believe a signature checks it
with `formats.signatures`.
"""

import base64
import json
from collections.abc import Mapping
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from formats.sandbox_scheme.record import RecordError
from formats.signatures.signer import Algorithm, Signer, SignerError

MEDIA_TYPE = "application/jose+json"

_NAMES: Mapping[Algorithm, str] = MappingProxyType(
    {Algorithm.RSA_SHA256: "RS256", Algorithm.ECDSA_SHA256: "ES256"}
)
_P256_BYTES = 32


def usable(signer: Signer) -> str | None:
    """Return why the scheme cannot be signed with a key; None when it can.

    Asked before a number is taken, so that the answer costs none.
    """
    if signer.algorithm not in _NAMES:
        return f"it signs {signer.algorithm.value}, the scheme takes RSA or P-256 with SHA-256"
    if not signer.certificate_chain:
        return "it has no certificate, which the authority needs to know whose it is"
    return None


def sealed(record: bytes, signer: Signer) -> bytes:
    """Return a record's bytes signed; RS256 or ES256 as the signer's key is.

    Raises:
        SignerError: The key cannot be used, or not for this scheme.
    """
    if reason := usable(signer):
        raise SignerError(reason)
    chain = [base64.b64encode(one).decode() for one in signer.certificate_chain]
    header = {"alg": _NAMES[signer.algorithm], "cty": "application/json", "x5c": chain}
    protected = _encoded(_compact(header))
    payload = _encoded(record)
    signature = signer.sign(f"{protected}.{payload}".encode())
    if signer.algorithm is Algorithm.ECDSA_SHA256:
        r, s = decode_dss_signature(signature)  # RFC 7518, 3.4: two numbers side by side
        signature = r.to_bytes(_P256_BYTES) + s.to_bytes(_P256_BYTES)
    return _compact({"payload": payload, "protected": protected, "signature": _encoded(signature)})


def opened(message: bytes) -> bytes:
    """Return the record inside a signed one, without checking the signature.

    Raises:
        RecordError: It is no JWS in flattened form.
    """
    try:
        payload = json.loads(message)["payload"]
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except (ValueError, TypeError, KeyError):
        raise RecordError("it is no JWS in flattened form") from None


def _compact(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
