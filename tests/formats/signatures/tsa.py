"""A time stamping authority for tests: answers requests as RFC 3161 asks, or not quite."""

import datetime
from collections.abc import Callable
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509

from formats.signatures import algorithms
from formats.signatures.cms_making import signature_identifier
from tests.formats.signatures.pki import NOW, Entity, stamping

POLICY = "1.2.3.4.1"


def token(  # noqa: PLR0913 - all that can be wrong
    data: bytes,
    *,
    by: Entity | None = None,
    at: datetime.datetime = NOW,
    nonce: int | None = None,
    digest: str = "sha256",
    ess: str | None = "v2",
    ess_of: Entity | None = None,
    content_type: str = "tst_info",
    change: Callable[[dict[str, Any]], None] | None = None,
) -> bytes:
    """Return a token over some bytes."""
    authority = by or stamping()
    fields: dict[str, Any] = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": {
            "hash_algorithm": {"algorithm": digest},
            "hashed_message": algorithms.digest(digest, data),
        },
        "serial_number": 7,
        "gen_time": at,
        "accuracy": {"seconds": 1},
    }
    if nonce is not None:
        fields["nonce"] = nonce
    if change is not None:
        change(fields)
    info = tsp.TSTInfo(fields).dump()
    certificate = x509.Certificate.load(authority.der)
    named = (ess_of or authority).der
    attributes = [
        _attribute("content_type", content_type),
        _attribute("message_digest", algorithms.digest("sha256", info)),
    ]
    if ess == "v2":
        one = {"cert_hash": algorithms.digest("sha256", named)}
        value = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(one)]})
        attributes.append(_attribute("signing_certificate_v2", value))
    elif ess == "v1":
        old = {"cert_hash": algorithms.digest("sha1", named)}
        attributes.append(
            _attribute("signing_certificate", tsp.SigningCertificate({"certs": [old]}))
        )
    signed = cms.CMSAttributes(attributes)
    signer = authority.signer()
    signature = signer.sign(signed.dump())
    return _message(info, certificate, authority, signed, signature, content_type)


def _message(  # noqa: PLR0913, PLR0917
    info: bytes,
    certificate: x509.Certificate,
    authority: Entity,
    signed: cms.CMSAttributes,
    signature: bytes,
    content_type: str,
) -> bytes:
    algorithm = authority.signer().algorithm
    hashing = algos.DigestAlgorithm({"algorithm": algorithms.digest_name(algorithm)})
    message = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v3",
                    "digest_algorithms": [hashing],
                    "encap_content_info": {
                        "content_type": content_type,
                        "content": core.ParsableOctetString(info),
                    },
                    "certificates": [x509.Certificate.load(der) for der in authority.chain],
                    "signer_infos": [
                        {
                            "version": "v1",
                            "sid": {
                                "issuer_and_serial_number": {
                                    "issuer": certificate.issuer,
                                    "serial_number": certificate.serial_number,
                                }
                            },
                            "digest_algorithm": hashing,
                            "signed_attrs": signed,
                            "signature_algorithm": signature_identifier(algorithm),
                            "signature": signature,
                        }
                    ],
                }
            ),
        }
    )
    encoded: bytes = message.dump()
    return encoded


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": name, "values": [value]})


def answer(asked: bytes, data: bytes, **changes: Any) -> bytes:  # noqa: ANN401
    """Answer a request."""
    wanted = tsp.TimeStampReq.load(asked)
    made = token(data, nonce=wanted["nonce"].native, **changes)
    return granted(made)


def granted(made: bytes) -> bytes:
    fields = {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(made)}
    encoded: bytes = tsp.TimeStampResp(fields).dump()
    return encoded


def refused(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {failure}})
    encoded: bytes = tsp.PKIStatusInfo.dump(status)
    return b"\x30" + bytes([len(encoded)]) + encoded
