"""Time stamps as RFC 3161 has them; the service's own code, on asn1crypto."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import algos, cms, core, tsp, x509

from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.kit.compliance import Rulebook

POLICY = "2.999.1"
"""Of the stamps; below the arc that is set aside for examples."""

RULES = {
    "TS-REQUEST": "a request is one of RFC 3161, version 1, without critical extensions",
    "TS-DIGEST": "the digest is SHA-256, SHA-384 or SHA-512, and as long as that",
    "TS-POLICY": "no other policy is asked for",
}
_SIZES = {"sha256": 32, "sha384": 48, "sha512": 64}


class _Refusal(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
    """A response without a token, which asn1crypto's own class does not write."""

    _fields = [("status", tsp.PKIStatusInfo)]  # noqa: RUF012 - asn1crypto's way


@dataclass(frozen=True, slots=True)
class Stamper:
    """Stamps.

    Attributes:
        pair: Signs; a certificate for time stamping and nothing else.
        rulebook: Counts what was judged.
        serial: Makes the number of a stamp out of what is stamped.
    """

    pair: Pair
    rulebook: Rulebook
    serial: Callable[[bytes], int]

    def answer(self, request: bytes, now: datetime.datetime) -> bytes:
        """Return the answer to a request, granted or not, in DER."""
        try:
            asked = tsp.TimeStampReq.load(request, strict=True)
            imprint = asked["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            digest = imprint["hashed_message"].native
            policy, nonce = asked["req_policy"].native, asked["nonce"].native
            version, wants = asked["version"].native, bool(asked["cert_req"].native)
            critical = [one for one in asked["extensions"] or () if one["critical"].native]
        except (ValueError, TypeError, KeyError):
            self.rulebook.judged("TS-REQUEST", kept=False)
            return _refused("bad_data_format")
        if not self.rulebook.judged("TS-REQUEST", kept=version == "v1" and not critical):
            return _refused("unaccepted_extensions" if critical else "bad_request")
        if not self.rulebook.judged("TS-DIGEST", kept=_SIZES.get(algorithm) == len(digest)):
            return _refused("bad_alg")
        if not self.rulebook.judged("TS-POLICY", kept=policy in {None, POLICY}):
            return _refused("unaccepted_policy")
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": POLICY,
                "message_imprint": imprint,
                "serial_number": self.serial(digest),
                "gen_time": now.replace(microsecond=0),
                "accuracy": {"seconds": 1},
                **({} if nonce is None else {"nonce": nonce}),
            }
        )
        token = cms.ContentInfo(
            {"content_type": "signed_data", "content": self._signed(info.dump(), with_chain=wants)}
        )
        granted = {"status": {"status": "granted"}, "time_stamp_token": token}
        return bytes(tsp.TimeStampResp(granted).dump())

    def _signed(self, content: bytes, *, with_chain: bool) -> cms.SignedData:
        own = x509.Certificate.load(self.pair.der)
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        certificate_id = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(self.pair.der).digest()})
        attributes = cms.CMSAttributes(
            [
                _attribute("content_type", "tst_info"),
                _attribute("message_digest", hashlib.sha256(content).digest()),
                _attribute(
                    "signing_certificate_v2", tsp.SigningCertificateV2({"certs": [certificate_id]})
                ),
            ]
        )
        signature = self.pair.sign(attributes.dump())
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.IssuerAndSerialNumber(
                    {"issuer": own.issuer, "serial_number": own.serial_number}
                ),
                "digest_algorithm": sha256,
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": signature,
            }
        )
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [sha256],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": cms.ParsableOctetString(content),
                },
                **({"certificates": [own]} if with_chain else {}),
                "signer_infos": [signer],
            }
        )


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": (value,)})


def _refused(why: str) -> bytes:
    status = {"status": "rejection", "fail_info": tsp.PKIFailureInfo({why})}
    return bytes(_Refusal({"status": status}).dump())
