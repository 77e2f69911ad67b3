"""Whose key made a signature: the claimed keys are tried, the one that fits is named."""

from dataclasses import dataclass

from formats.signatures.report import SubIndication
from formats.signatures.xml.algorithms import METHODS, Method
from formats.signatures.xml.certificates import Certificate, same_key
from formats.signatures.xml.findings import Findings
from formats.signatures.xml.keys import Claimed
from formats.signatures.xml.mathematics import PublicKey, is_right
from formats.signatures.xml.names import DS
from formats.signatures.xml.rejection import Rejected, constrained
from formats.signatures.xml.structure import Structure

_MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Who signed.

    Attributes:
        method: How.
        key: With which key.
        certificate: Whose; None when the signature holds a bare key only.
        others: The other certificates that came along.
    """

    method: Method
    key: PublicKey
    certificate: Certificate | None
    others: tuple[Certificate, ...] = ()


def find_signer(
    structure: Structure, claims: Claimed, preferred: tuple[Certificate, ...], findings: Findings
) -> Found:
    """Find the key that made the signature, and note that the mathematics hold.

    Args:
        structure: The signature.
        claims: What its KeyInfo holds.
        preferred: Those of the certificates that it says it means.
        findings: Where it is noted.

    Raises:
        Rejected: No key fits, there is none, or the method is not known.
    """
    method = _method(structure.method)
    candidates = list(dict.fromkeys((*preferred, *claims.certificates)))
    usable = [(one, one.key) for one in candidates if one.key is not None]
    tried: list[tuple[Certificate | None, PublicKey]] = [*usable[:_MOST_TRIED]]
    if claims.key is not None:
        tried.append((None, claims.key))
    if not tried:
        raise Rejected(
            "certificate",
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            "The signature holds no certificate and no key; hand its certificate in.",
        )
    for certificate, key in tried:
        if is_right(key, method, structure.value, structure.signed_octets):
            findings.passed("signature", "The signature value is right for the key.")
            if certificate and claims.key and not same_key(key, claims.key):
                raise constrained("certificate", "KeyValue is another key than the certificate's.")
            others = tuple(one for one in candidates if one is not certificate)
            return Found(method, key, certificate, others)
    raise Rejected(
        "signature", SubIndication.SIG_CRYPTO_FAILURE, "The signature value fits none of the keys."
    )


def _method(uri: str) -> Method:
    method = METHODS.get(uri)
    if method is not None:
        return method
    what = "HMAC proves nothing of the signer" if "hmac" in uri else "It is not known"
    raise Rejected(
        "algorithm",
        SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
        f"The signature method {uri.removeprefix(DS)[:100]!r} is not accepted: {what}.",
    )
