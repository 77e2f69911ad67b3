"""Signed messages: our own header, the manual's answers, and what is not believed."""

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from typing_extensions import override

from formats.furs import BusinessPremiseResponse, InvoiceResponse, read_json, write_json
from formats.furs.distinguished_names import units, written
from formats.furs.jws import Authority, UnprovenAnswerError, content_of, opened, sealed
from formats.signatures.signer import Algorithm, SignerError
from tests.formats.furs.samples import REQUESTS

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
THEN = datetime.datetime(2015, 8, 26, tzinfo=datetime.UTC)
FURS = "CN=FURS,2.5.4.5=#130131,OU=77695771,OU=DavPotRacTEST,O=state-institutions,C=SI"
EOR = "b5f1c310-3dea-4331-82f8-d2dc72d9d018"


def named(**parts: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(getattr(NameOID, at), said) for at, said in parts.items()]
    )


@dataclass(frozen=True)
class Holder:
    """A key with a certificate: a signer."""

    key: Any
    certificate: x509.Certificate
    algorithm: Algorithm = Algorithm.RSA_SHA256

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return (self.certificate.public_bytes(serialization.Encoding.DER),)

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        assert algorithm is Algorithm.RSA_SHA256
        signature: bytes = self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return signature


class Bare(Holder):
    """A key without one."""

    @property
    @override
    def certificate_chain(self) -> Sequence[bytes]:
        return ()


def certified(
    subject: x509.Name,
    issuer: Holder | None,
    *,
    key: Any = None,  # noqa: ANN401 - RSA or EC
    days: int = 100,
    signs: bool = True,
) -> Holder:
    own = key or rsa.generate_private_key(65537, 2048)
    by = issuer or Holder(own, None)  # type: ignore[arg-type] # signs itself
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(own.public_key())
        .serial_number(2575988469811686647)
        .not_valid_before(NOW - datetime.timedelta(days=101))
        .not_valid_after(NOW - datetime.timedelta(days=101) + datetime.timedelta(days=101 + days))
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(_usage(signs=signs, ca=issuer is None), critical=True)
    )
    return Holder(own, builder.sign(by.key, hashes.SHA256()))


def _usage(*, signs: bool, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


ROOT = certified(named(COUNTRY_NAME="SI", COMMON_NAME="Tax CA Test"), None)
OFFICE = named(
    COUNTRY_NAME="SI", ORGANIZATIONAL_UNIT_NAME="77695771", SERIAL_NUMBER="1", COMMON_NAME="FURS"
)
SHOP = named(COUNTRY_NAME="SI", ORGANIZATIONAL_UNIT_NAME="99999862", COMMON_NAME='ŠPELA, "S.P."')
OFFICIAL = certified(OFFICE, ROOT)
SELLER = certified(SHOP, ROOT)
TRUSTED = Authority((ROOT.certificate,))
SAID = {
    "InvoiceResponse": {
        "Header": {"MessageID": EOR, "DateTime": "2026-11-22T10:00:00"},
        "UniqueInvoiceID": EOR,
    }
}


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def answer(
    by: Holder = OFFICIAL,
    said: Any = SAID,  # noqa: ANN401 - JSON
    bend: Callable[[bytes], bytes] = lambda signature: signature,
    **header: Any,  # noqa: ANN401 - JSON
) -> bytes:
    chain = [base64.b64encode(by.certificate_chain[0]).decode()]
    head = {"alg": "RS256", "x5c": chain} | header
    signed = f"{encoded(json.dumps(head).encode())}.{encoded(json.dumps(said).encode())}"
    signature = bend(by.sign(signed.encode(), Algorithm.RSA_SHA256))
    return json.dumps({"token": f"{signed}.{encoded(signature)}"}).encode()


def published(official: Path) -> list[bytes]:
    """Return the signed answers that are printed in the manual."""
    text = (official / "si-furs/spec/TehnicnaDokumentacijaVer1.3.txt").read_text()
    text = re.sub(r"\n=== page \d+ ===\n[\s\n]*\d+/113[ \n]*", "", text)
    tokens = (re.sub(r"\s", "", found) for found in re.findall(r'"token"\s*:\s*"([^"]+)"', text))
    return [
        json.dumps({"token": one}).encode()
        for one in dict.fromkeys(tokens)
        if one.count(".") == 2 and b'"x5c"' in base64.urlsafe_b64decode(one.split(".")[0] + "==")
    ]


@pytest.mark.official
def test_the_manual_s_answers_are_read_and_none_of_them_is_proof(official: Path) -> None:
    """Their printed signatures do not fit the certificate that they bring, and which is FURS's."""
    content = (official / "si-furs/test-certs/test-sign.cer").read_bytes()
    pinned = Authority((x509.load_der_x509_certificate(content),))
    answers = published(official)
    first, second, last = [read_json(content_of(one)) for one in answers]
    assert isinstance(first, InvoiceResponse)
    assert first.eor == "2c6416a6-d41f-48f7-a4cf-bbbe9d86725f"
    assert isinstance(second, BusinessPremiseResponse)
    assert second.error is None
    assert isinstance(last, BusinessPremiseResponse)
    assert last.error is not None
    assert last.error.code == "S002"
    for one in answers:
        with pytest.raises(UnprovenAnswerError, match="does not fit"):
            opened(one, pinned, THEN)
        with pytest.raises(UnprovenAnswerError, match="in force"):
            opened(one, pinned, NOW)
        with pytest.raises(UnprovenAnswerError, match="trusted CA"):
            opened(one, TRUSTED, THEN)


@pytest.mark.official
def test_names_are_written_as_furs_writes_them(official: Path) -> None:
    content = (official / "si-furs/test-certs/test-sign.cer").read_bytes()
    parsed = asn1.Certificate.load(content)
    assert written(parsed.subject) == FURS
    assert written(parsed.issuer) == "CN=Tax CA Test,O=state-institutions,C=SI"
    assert units(parsed.subject) == ("DavPotRacTEST", "77695771")


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: type(one).__name__)
def test_a_request_is_signed_as_the_manual_says(request_: Any) -> None:  # noqa: ANN401
    content = write_json(request_)
    body = sealed(content, SELLER)
    assert sealed(content, SELLER) == body
    header, payload, signature = json.loads(body)["token"].split(".")
    head = json.loads(base64.urlsafe_b64decode(header + "=="))
    assert head == {
        "alg": "RS256",
        "subject_name": 'CN=ŠPELA\\, \\"S.P.\\",OU=99999862,C=SI',
        "issuer_name": "CN=Tax CA Test,C=SI",
        "serial": 2575988469811686647,
    }
    # by hand: the block that RFC 8017 makes of the digest, from the signature and the public key
    public = SELLER.key.public_key().public_numbers()
    raised = pow(
        int.from_bytes(base64.urlsafe_b64decode(signature + "==")), public.e, public.n
    ).to_bytes(256)
    assert raised.endswith(hashlib.sha256(f"{header}.{payload}".encode()).digest())
    assert content_of(body) == content
    assert read_json(content_of(body)) == request_


def test_a_key_without_a_certificate_signs_nothing() -> None:
    with pytest.raises(SignerError):
        sealed(b"{}", Bare(SELLER.key, SELLER.certificate))


def test_what_furs_signs_is_believed() -> None:
    message = opened(answer(), TRUSTED, NOW)
    assert isinstance(message, InvoiceResponse)
    assert message.eor == EOR
    opened(answer(), Authority((OFFICIAL.certificate,)), NOW)


OTHER_ROOT = certified(named(COMMON_NAME="Tax CA Test"), None)
EXPIRED = certified(OFFICE, ROOT, days=-1)
FOR_OTHERS = certified(OFFICE, ROOT, signs=False)
STRANGER = certified(OFFICE, OTHER_ROOT)
CURVED = certified(OFFICE, ROOT, key=ec.generate_private_key(ec.SECP256R1()))


@pytest.mark.parametrize(
    "body",
    [
        answer(SELLER),
        answer(STRANGER),
        answer(EXPIRED),
        answer(FOR_OTHERS),
        answer(bend=lambda signature: signature[:-1] + bytes([signature[-1] ^ 1])),
        answer(bend=lambda _: b""),
        answer(alg="none"),
        answer(alg="HS256"),
        answer(alg="RS512"),
        answer(crit=["b64"]),
        answer(x5c=[]),
        answer(x5c="MII"),
        answer(x5c=["MII"]),
        answer(x5c=["AAAA"]),
        answer(x5c=[1]),
        answer(x5c=[base64.b64encode(CURVED.certificate_chain[0]).decode()]),
        answer(x5c=[base64.b64encode(STRANGER.certificate_chain[0]).decode()]),
        answer(said={"InvoiceResponse": {}}),
        answer(said=[]),
        b"",
        b"[]",
        b'{"token": 1}',
        b'{"token": "a.b"}',
        b'{"token": "AAAAA.AA.AA"}',
        b'{"token": "a.b.c", "more": 1}',
        b'{"token": "\\u010d.b.c"}',
        b'{"token": "eyJhbGciOiJSUzI1NiJ9.e30=.AA"}',
        b"<html>",
        b" " * (1024 * 1024 + 1),
    ],
)
def test_nothing_else_is_believed(body: bytes) -> None:
    with pytest.raises(UnprovenAnswerError):
        opened(body, TRUSTED, NOW)


def test_a_swapped_payload_is_not_believed() -> None:
    header, _, signature = json.loads(answer())["token"].split(".")
    other = encoded(json.dumps(SAID).replace(EOR, EOR[::-1].replace("-", "0")).encode())
    with pytest.raises(UnprovenAnswerError):
        opened(json.dumps({"token": f"{header}.{other}.{signature}"}).encode(), TRUSTED, NOW)
