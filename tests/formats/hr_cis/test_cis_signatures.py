"""Requests are signed as the manual wants it; answers are believed when CIS signed them."""

import base64
import datetime
import functools
import hashlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree

from formats.hr_cis import Failure, InvoiceRequest, InvoiceResponse, write_response
from formats.hr_cis.answers import SIGNERS, Authority, UnprovenAnswerError, opened
from formats.hr_cis.signing import sealed
from formats.signatures.report import Outcome
from formats.signatures.signer import Algorithm, SignerError
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import check
from tests.formats.hr_cis.answering import DS, ENVELOPE, answer, signed
from tests.formats.hr_cis.samples import HEADER, REQUEST, invoice
from tests.formats.signatures.pki import DAY, NOW, Entity, SoftwareSigner, key_usage, root, rsa_key

JIR = "2cf55235-9470-4b5c-a539-463f52b109d2"
TAKEN = InvoiceResponse(header=HEADER, jir=JIR)
REFUSED = InvoiceResponse(header=HEADER, failures=(Failure(code="s005", message="OIB"),))


@functools.cache
def cis(common: str = "fiskalcistest") -> Entity:
    return ca().issue(
        common, key=rsa_key(common), usage=key_usage("digital_signature", "key_encipherment")
    )


@functools.cache
def ca() -> Entity:
    return root("Demo CA")


def trusting(*others: Entity) -> Authority:
    return Authority(tuple(one.certificate for one in others or (ca(),)))


def taxpayer() -> SoftwareSigner:
    return ca().issue("FISKAL 1", key=rsa_key("FISKAL 1")).signer()


@pytest.mark.parametrize("request_", [REQUEST, InvoiceRequest(header=HEADER, invoice=invoice())])
def test_a_request_is_signed_as_a_whole(request_: InvoiceRequest) -> None:
    content = sealed(request_, taxpayer())
    terms = Terms(TrustStore("test", (ca().der,)), NOW)
    (signature,) = check(content, terms).signatures
    failed = {one.id for one in signature.checks if one.outcome is Outcome.FAILED}
    assert failed == {"algorithm"}  # SHA-1, which the manual wants
    assert signature.algorithm == f"{DS}rsa-sha1"
    (covered,) = signature.signed
    assert (covered.name, covered.digest_algorithm) == ("#RacunZahtjev", "sha1")
    assert etree.QName(etree.fromstring(covered.content)).localname == "RacunZahtjev"


def test_the_signature_holds_for_a_reader_that_knows_nothing_of_ours() -> None:
    """Digest and value over what libxml2 makes of the message, and the key of the certificate."""
    content = sealed(REQUEST, taxpayer())
    body = etree.fromstring(content)[0][0]
    alone = etree.fromstring(etree.tostring(body))
    signature = alone.find(f"{{{DS}}}Signature")
    assert signature is not None
    info = etree.fromstring(etree.tostring(signature[0]))
    alone.remove(signature)
    plain = etree.tostring(alone, method="c14n", exclusive=True)
    digest = hashlib.sha1(plain).hexdigest()  # noqa: S324 - the manual's
    assert base64.b64decode(info.findtext(f".//{{{DS}}}DigestValue") or "").hex() == digest
    value = base64.b64decode(signature.findtext(f"{{{DS}}}SignatureValue") or "")
    held = signature.findtext(f".//{{{DS}}}X509Certificate") or ""
    key = x509.load_der_x509_certificate(base64.b64decode(held)).public_key()
    octets = etree.tostring(info, method="c14n", exclusive=True)
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(value, octets, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the manual's


def test_the_same_request_has_the_same_bytes() -> None:
    signer = taxpayer()
    assert sealed(REQUEST, signer) == sealed(REQUEST, signer)


def test_a_key_that_cannot_sign_so_signs_nothing() -> None:
    with pytest.raises(SignerError):
        sealed(REQUEST, ca().issue("EC").signer())
    with pytest.raises(SignerError):
        sealed(REQUEST, SoftwareSigner(rsa_key("FISKAL 1"), (), Algorithm.RSA_SHA256))


@pytest.mark.parametrize("common", ["fiskalcis", "fiskalcistest"])
@pytest.mark.parametrize("said", [TAKEN, REFUSED])
def test_what_cis_signed_is_believed(common: str, said: InvoiceResponse) -> None:
    assert opened(answer(said, cis(common)), trusting(), NOW) == said


def test_its_own_certificate_may_be_the_one_that_is_trusted() -> None:
    assert opened(answer(TAKEN, cis()), trusting(cis()), NOW) == TAKEN


@functools.cache
def hostile() -> dict[str, bytes]:
    good = answer(TAKEN, cis()).decode()
    other = "2cf55235-9470-4b5c-a539-463f52b109d3"
    unsigned = write_response(InvoiceResponse(header=HEADER, jir=other))
    stranger = root("Other CA").issue("fiskalcistest", key=rsa_key("stranger"))
    inner = signed(write_response(TAKEN), cis())
    forged = unsigned.replace('Id="RacunOdgovor"', 'Id="forged"')
    return {
        "another JIR": good.replace(JIR, other).encode(),
        "no signature": (ENVELOPE % unsigned).encode(),
        "a stranger": answer(TAKEN, stranger),
        "a taxpayer": answer(TAKEN, ca().issue("FISKAL 1", key=rsa_key("FISKAL 1"))),
        "almost the name": answer(TAKEN, cis("fiskalcistest2")),
        "expired": answer(TAKEN, ca().issue("fiskalcis", key=rsa_key("old"), end=NOW - DAY)),
        "a short key": answer(TAKEN, ca().issue("fiskalcis", key=rsa_key("short", 1024))),
        "MD5": answer(TAKEN, cis(), digest="http://www.w3.org/2001/04/xmldsig-more#md5"),
        "two answers, one signed": (ENVELOPE % (forged + inner)).encode(),
        "two answers, both signed": (ENVELOPE % (inner + inner)).encode(),
        "wrapped": (
            ENVELOPE % forged.replace("</tns:Zaglavlje>", f"</tns:Zaglavlje>{inner}")
        ).encode(),
        "the signature beside another answer": (
            ENVELOPE
            % (forged + "<x>" + inner[inner.index("<Signature") : inner.rindex("</")] + "</x>")
        ).encode(),
        "the same id twice": (ENVELOPE % (unsigned + inner)).encode(),
        "a document type": b"<!DOCTYPE x []>" + good.encode(),
        "nothing": b"",
        "HMAC": answer(TAKEN, cis(), method=f"{DS}hmac-sha1"),
        "another message": (
            ENVELOPE % signed(unsigned.replace("RacunOdgovor", "EchoResponse"), cis())
        ).encode(),
    }


# what was not signed is never read: the two that hold a good answer give that one alone
_HARMLESS = {"two answers, one signed", "wrapped"}


@pytest.mark.parametrize("name", sorted(hostile()))
def test_what_cis_did_not_sign_is_not_believed(name: str) -> None:
    body = hostile()[name]
    if name in _HARMLESS:
        assert opened(body, trusting(), NOW) == TAKEN
        return
    with pytest.raises(UnprovenAnswerError):
        opened(body, trusting(), NOW)


@pytest.mark.official
def test_the_demo_certificate_of_cis_leads_to_fina_and_has_the_name(official: Path) -> None:
    """What signs answers of the test system: its key usage, its name and its path are taken."""
    folder = official / "hr-fiskalizacija/demo-ca"
    own, issuing, _ = x509.load_pem_x509_certificates((folder / "democis1.pem").read_bytes())
    above = x509.load_pem_x509_certificate((folder / "demo2014_root_ca.pem").read_bytes())
    (name,) = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value in SIGNERS
    terms = Authority((above, issuing)).terms(datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC))
    checks, reason = terms.path([own.public_bytes(Encoding.DER)])
    assert reason is None, checks
    assert {one.id for one in checks if one.outcome is not Outcome.PASSED} == {"revocation"}


def test_whom_nobody_trusts_is_not_believed() -> None:
    with pytest.raises(UnprovenAnswerError):
        opened(answer(TAKEN, cis()), Authority(()), NOW)
    assert opened(answer(TAKEN, cis()), trusting(), NOW).jir == JIR
