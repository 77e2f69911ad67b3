"""What a key on a token signs is what any key signs: CMS, JWS, PDF and ASiC."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures import asic_making, cms_making, jws_making, pdf_making
from formats.signatures.asic_making import File
from formats.signatures.report import Indication
from formats.signatures.signer import Signer
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.verification import Kind, verify
from gateway.signing import kinds
from gateway.signing.tokens import Token
from tests.formats.facturx.documents import pages
from tests.formats.signatures.pki import END, NOW, START, ec_key, house, key_usage, named
from tests.gateway.signing.test_tokens import token

__all__ = ("token",)
TOP, MIDDLE, _ = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)

pytestmark = [
    pytest.mark.softhsm,
    # The library says on its own, and too late, that what it had open is closed.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def certified_signer(token: Token, label: str) -> Signer:
    public, place = token.public(label)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named(f"On a token: {label}"))
        .issuer_name(MIDDLE.certificate.subject)
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(END)
        .add_extension(key_usage("digital_signature"), critical=True)
        .sign(ec_key("Issuing CA"), hashes.SHA256())
    )
    chain = (certificate.public_bytes(Encoding.DER), MIDDLE.der)
    return token.signer(place, kinds.kind_of(public), chain)


@pytest.mark.parametrize("label", ["rsa", "ec"])
def test_a_token_signs_documents(token: Token, label: str) -> None:
    signer = certified_signer(token, label)
    made = {
        Kind.CMS: cms_making.sign(b"hello", signer, at=NOW),
        Kind.JWS: jws_making.sign(b"{}", signer, at=NOW),
        Kind.PDF: pdf_making.seal(pages(), signer, at=NOW),
        Kind.ASIC: asic_making.container([File("a", "text/plain", b"a")], signer, at=NOW),
    }
    for kind, content in made.items():
        verification = verify(content, TERMS)
        assert verification.kind is kind
        assert verification.report.indication is Indication.TOTAL_PASSED
        assert verification.report.signatures[0].subject == f"CN=On a token: {label},O=Test,C=SI"
