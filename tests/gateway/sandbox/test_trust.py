"""The trust service, judged by others' code: cryptography, OpenSSL, asn1crypto and pyHanko."""

import asyncio
import datetime
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from asn1crypto import algos, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from gateway.sandbox.kit.certificates import name, new_key
from gateway.sandbox.kit.door import running
from gateway.sandbox.trust.service import TrustService
from gateway.sandbox.trust.stamping import POLICY


@dataclass
class Trust:
    """The service over a socket."""

    url: str
    client: httpx2.Client
    root: x509.Certificate

    def issued(self, use: str = "signature") -> x509.Certificate:
        key = new_key()
        asked = x509.CertificateSigningRequestBuilder().subject_name(name("Somebody"))
        request = asked.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
        answer = self.client.post(f"{self.url}/test-certificates?use={use}", content=request)
        assert answer.status_code == 201, answer.text
        return x509.load_pem_x509_certificates(answer.content)[0]

    def revoke(self, certificate: x509.Certificate) -> None:
        url = f"{self.url}/__sandbox/certificates/{certificate.serial_number:x}"
        assert self.client.put(url, json={"revoked": True}).status_code == 200

    def stamped(self, **members: Any) -> tsp.TimeStampResp:  # noqa: ANN401 - of a request
        return tsp.TimeStampResp.load(self.answered(**members))

    def answered(self, **members: Any) -> bytes:  # noqa: ANN401 - of a request
        imprint = {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": hashlib.sha256(b"content").digest(),
        }
        usual = {"version": "v1", "message_imprint": imprint, "cert_req": True, "nonce": 7}
        content = tsp.TimeStampReq({**usual, **members}).dump()
        answer = self.client.post(f"{self.url}/tsa", content=content)
        assert answer.headers["content-type"] == "application/timestamp-reply"
        return answer.content


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    directory: Path = tmp_path_factory.mktemp("trust")
    service = TrustService(directory)
    with running(service) as door, httpx2.Client(trust_env=False) as client:
        service.ca.here = door.url
        root = x509.load_pem_x509_certificate(client.get(f"{door.url}/ca.pem").content)
        yield Trust(door.url, client, root)
    service.book.close()


def test_a_certificate_says_where_its_revocation_is_told(trust: Trust) -> None:
    made = trust.issued()
    made.verify_directly_issued_by(trust.root)
    point = made.extensions.get_extension_for_class(x509.CRLDistributionPoints).value[0]
    assert point.full_name is not None
    assert point.full_name[0].value == f"{trust.url}/crl"
    access = made.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value[0]
    assert access.access_location.value == f"{trust.url}/ocsp"


def _crl(trust: Trust) -> x509.CertificateRevocationList:
    crl = x509.load_der_x509_crl(trust.client.get(f"{trust.url}/crl").content)
    key = trust.root.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert crl.is_signature_valid(key)
    return crl


def test_revocations_are_listed(trust: Trust) -> None:
    good, bad = trust.issued(), trust.issued("client-tls")
    trust.revoke(bad)
    crl = _crl(trust)
    assert crl.get_revoked_certificate_by_serial_number(bad.serial_number) is not None
    assert crl.get_revoked_certificate_by_serial_number(good.serial_number) is None


def test_revocations_are_told_one_by_one(trust: Trust) -> None:
    good, bad = trust.issued(), trust.issued()
    trust.revoke(bad)
    nonce = secrets.token_bytes(16)
    found = []
    for one in (good, bad):
        asked = ocsp.OCSPRequestBuilder().add_certificate(one, trust.root, hashes.SHA1())  # noqa: S303 - as clients ask
        request = asked.add_extension(x509.OCSPNonce(nonce), critical=False).build()
        content = request.public_bytes(serialization.Encoding.DER)
        answer = trust.client.post(f"{trust.url}/ocsp", content=content)
        response = ocsp.load_der_ocsp_response(answer.content)
        key = trust.root.public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(response.signature, response.tbs_response_bytes, ec.ECDSA(hashes.SHA256()))
        assert response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == nonce
        found.append(response.certificate_status)
    assert found == [ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED]


@pytest.mark.parametrize("content", [b"", b"\x30\x00", b"x" * 100])
def test_what_is_no_question_is_malformed(trust: Trust, content: bytes) -> None:
    answer = trust.client.post(f"{trust.url}/ocsp", content=content)
    status = ocsp.load_der_ocsp_response(answer.content).response_status
    assert status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_a_weak_key_gets_no_certificate(trust: Trust) -> None:
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is the point
    asked = x509.CertificateSigningRequestBuilder().subject_name(name("Weak"))
    request = asked.sign(weak, hashes.SHA256(), rsa_padding=padding.PKCS1v15())
    pem = request.public_bytes(serialization.Encoding.PEM)
    assert trust.client.post(f"{trust.url}/test-certificates", content=pem).status_code == 422
    broken = pem.replace(b"M", b"N", 3)
    assert trust.client.post(f"{trust.url}/test-certificates", content=broken).status_code == 422


def test_a_stamp_is_over_what_was_asked(trust: Trust) -> None:
    response = trust.stamped()
    assert response["status"]["status"].native == "granted"
    info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == hashlib.sha256(b"content").digest()
    assert (info["nonce"].native, info["policy"].native) == (7, POLICY)
    age = datetime.datetime.now(datetime.UTC) - info["gen_time"].native
    assert abs(age) < datetime.timedelta(minutes=1)


def test_another_library_believes_a_stamp(trust: Trust) -> None:
    token = trust.stamped()["time_stamp_token"]["content"]
    root = asn1_x509.Certificate.load(trust.root.public_bytes(serialization.Encoding.DER))
    context = ValidationContext(trust_roots=[root])
    status = asyncio.run(
        validate_tst_signed_data(token, context, lambda how: hashlib.new(how, b"content").digest())
    )
    assert status["intact"]
    assert status["valid"]
    assert status["trust_problem_indic"] is None


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"req_policy": "1.2.3"}, {"unaccepted_policy"}),
        (
            {
                "message_imprint": {
                    "hash_algorithm": algos.DigestAlgorithm({"algorithm": "md5"}),
                    "hashed_message": bytes(16),
                }
            },
            {"bad_alg"},
        ),
    ],
)
def test_what_is_not_stamped_is_refused_by_reason(
    trust: Trust, members: dict[str, Any], why: set[str]
) -> None:
    response = core.Sequence.load(trust.answered(**members))  # there is no token in it
    status = tsp.PKIStatusInfo.load(response[0].dump())
    assert (status["status"].native, status["fail_info"].native) == ("rejection", why)


def test_a_stopped_clock_stamps_the_same_moment(trust: Trust) -> None:
    control = f"{trust.url}/__sandbox/clock"
    trust.client.put(control, json={"stopped_at": "2027-01-01T00:00:00Z"})
    try:
        content = trust.stamped()["time_stamp_token"]["content"]["encap_content_info"]["content"]
        assert content.parsed["gen_time"].native.year == 2027
    finally:
        trust.client.put(control, json={})
    assert trust.client.put(control, json={"stopped_at": "2027-01-01"}).status_code == 400
