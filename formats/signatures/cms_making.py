"""CAdES signatures (ETSI EN 319 122-1) made by a `Signer`: level B, and T with a time stamp.

Our own structure over asn1crypto, so that the only thing asked of the key is `Signer.sign` over
the DER of the signed attributes: a token behind PKCS#11 or a key service does it as well.
"""

import datetime
from collections.abc import Callable
from typing import Any, Final

from asn1crypto import algos, cms, tsp, x509

from formats.signatures import algorithms
from formats.signatures import cms_reading as reading
from formats.signatures.signer import Algorithm, Signer, SignerError

Stamp = Callable[[bytes], bytes]
"""Gets a time stamp token (RFC 3161) over some bytes; where from is the caller's business."""

_SHA256: Final = "sha256"


def sign(  # noqa: PLR0913 - what there is to say of a signature
    content: bytes,
    signer: Signer,
    *,
    at: datetime.datetime,
    algorithm: Algorithm | None = None,
    detached: bool = False,
    stamp: Stamp | None = None,
    claims_time: bool = True,
) -> bytes:
    """Return a CAdES-B signature in DER, CAdES-T with a time stamp.

    FatturaPA's .p7m is the attached kind (CAdES-BES). One more signer is `add_signer`.

    Args:
        content: What is signed.
        signer: Whose key; its certificate goes along.
        at: When it is signed, as the signer says (signing-time).
        algorithm: Instead of the signer's usual one.
        detached: Leave the content out: it travels beside (.p7s).
        stamp: Gets a time stamp over the signature.
        claims_time: PAdES-B has the time in the PDF and not here (ETSI EN 319 142-1 6.3).

    Raises:
        SignerError: The key cannot be used, has no certificate, or the algorithm is no longer
            believed.
    """
    info, chain = _signer_info(
        content, signer, at if claims_time else None, algorithm or signer.algorithm, stamp
    )
    signed: dict[str, Any] = {
        "version": "v1",
        "digest_algorithms": [info["digest_algorithm"]],
        "encap_content_info": {
            "content_type": "data",
            **({} if detached else {"content": content}),
        },
        "certificates": chain,
        "signer_infos": [info],
    }
    message = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})
    encoded: bytes = message.dump()
    return encoded


def add_signer(
    message: bytes,
    signer: Signer,
    *,
    at: datetime.datetime,
    content: bytes | None = None,
    stamp: Stamp | None = None,
) -> bytes:
    """Return a message with one more signer beside those it has; theirs stay as they are.

    Args:
        message: Signed data.
        signer: Who signs too.
        at: When, as the signer says.
        content: What is signed, when the message is detached.
        stamp: Gets a time stamp over the new signature.

    Raises:
        UnreadableCmsError: The message is none, or what is signed is missing.
        SignerError: The key cannot be used.
    """
    read = reading.read(message)
    signed = read.content if read.content is not None else content
    if signed is None or read.content_type != reading.DATA:
        raise reading.UnreadableCmsError("What is signed is missing: hand it in.")
    info, chain = _signer_info(signed, signer, at, signer.algorithm, stamp)
    outer = cms.ContentInfo.load(reading.plain(message))
    parsed = outer["content"]
    digests = [one.dump() for one in parsed["digest_algorithms"]]
    if info["digest_algorithm"].dump() not in digests:
        parsed["digest_algorithms"].append(info["digest_algorithm"])
    known = set(read.certificates)
    for certificate in chain:
        if certificate.dump() not in known:
            parsed["certificates"].append(cms.CertificateChoices("certificate", certificate))
    parsed["signer_infos"].append(info)
    encoded: bytes = cms.ContentInfo({"content_type": "signed_data", "content": parsed}).dump()
    return encoded


def _signer_info(
    content: bytes,
    signer: Signer,
    at: datetime.datetime | None,
    algorithm: Algorithm,
    stamp: Stamp | None,
) -> tuple[cms.SignerInfo, list[x509.Certificate]]:
    chain = _chain(signer)
    digest = algorithms.digest_name(algorithm)
    problem = algorithms.digest_problem(digest, algorithms.FOREVER - datetime.timedelta(1))
    if problem is not None:
        raise SignerError(problem)
    identifier = algos.DigestAlgorithm({"algorithm": digest})
    scheme = signature_identifier(algorithm)
    attributes = [
        _attribute("content_type", "data"),
        _attribute("message_digest", algorithms.digest(digest, content)),
        _attribute("signing_certificate_v2", _reference(chain[0])),
        _attribute(
            "cms_algorithm_protection",
            cms.CMSAlgorithmProtection(
                {"digest_algorithm": identifier, "signature_algorithm": scheme}
            ),
        ),
    ]
    if at is not None:
        attributes.append(_attribute("signing_time", cms.Time({"utc_time": _utc(at)})))
    signed = cms.CMSAttributes(attributes)
    signature = signer.sign(signed.dump(), algorithm)
    fields: dict[str, Any] = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": chain[0].issuer,
                "serial_number": chain[0].serial_number,
            }
        },
        "digest_algorithm": identifier,
        "signed_attrs": signed,
        "signature_algorithm": scheme,
        "signature": signature,
    }
    if stamp is not None:
        token = cms.ContentInfo.load(stamp(signature))
        fields["unsigned_attrs"] = [_attribute("signature_time_stamp_token", token)]
    return cms.SignerInfo(fields), chain


def _utc(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC).replace(microsecond=0)


def _chain(signer: Signer) -> list[x509.Certificate]:
    chain = [x509.Certificate.load(bytes(der)) for der in signer.certificate_chain]
    if not chain:
        raise SignerError("the key has no certificate")
    return chain


def _attribute(name: str, value: Any) -> cms.CMSAttribute:  # noqa: ANN401 - of the library
    return cms.CMSAttribute({"type": name, "values": [value]})


def _reference(certificate: x509.Certificate) -> tsp.SigningCertificateV2:
    """Name the signer's certificate in what is signed (ESS, RFC 5035).

    SHA-256 is the default and therefore left out, as DER wants it.
    """
    fields = {"cert_hash": algorithms.digest(_SHA256, certificate.dump())}
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(fields)]})


def signature_identifier(algorithm: Algorithm) -> algos.SignedDigestAlgorithm:
    """Return an algorithm as CMS names it."""
    digest = algorithms.digest_name(algorithm)
    if algorithm is Algorithm.ED25519:
        return algos.SignedDigestAlgorithm({"algorithm": "ed25519"})
    if algorithm.startswith("ecdsa"):
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"})
    if algorithm.startswith("rsa-pkcs1v15"):
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    hashing = algos.DigestAlgorithm({"algorithm": digest})
    parameters = {
        "hash_algorithm": hashing,
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": hashing},
        "salt_length": len(algorithms.digest(digest, b"")),
    }
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})
