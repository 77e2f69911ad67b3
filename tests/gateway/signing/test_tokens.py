"""Keys on a token: they sign as others do, also after the token was away."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from pkcs11 import Attribute, KeyType, Mechanism
from pkcs11.util.ec import encode_named_curve_parameters
from pydantic import SecretStr

from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import desk, kinds, making
from gateway.signing.making import NewKey, PublicHalf
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import TokenPlace
from gateway.signing.schemas import CertificateRequestInput, SubjectInput
from gateway.signing.service import Vault
from gateway.signing.tokens import Token
from tests.gateway.houses import House
from tests.gateway.signing.authority import NOW, Authority
from tests.gateway.signing.test_vault import check

PIN = "1234-tok"
LABEL = "gateway-test"
ROOT = Authority.root()

pytestmark = pytest.mark.softhsm


@pytest.fixture(scope="module")
def token(softhsm: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    home = tmp_path_factory.mktemp("softhsm")
    (home / "tokens").mkdir()
    (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'tokens'}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(home / "softhsm2.conf"))
        subprocess.run(  # noqa: S603 - the words are ours
            [  # noqa: S607 - whichever is installed
             "softhsm2-util", "--init-token", "--free", "--label", LABEL,
             "--so-pin", "so-pin-1", "--pin", PIN],
            check=True, capture_output=True, env=dict(os.environ),
        )  # fmt: skip
        made = Token(str(softhsm), LABEL, SecretStr(PIN))
        made.forget()  # read the configuration, whoever loaded the library before
        _fill(made)
        yield made
        made.forget()


def _fill(token: Token) -> None:
    library = pkcs11.lib(token.library)
    with library.get_token(token_label=LABEL).open(user_pin=PIN, rw=True) as session:
        session.generate_keypair(KeyType.RSA, 2048, store=True, label="rsa", id=b"\1")
        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
        parameters.generate_keypair(
            store=True, label="ec", id=b"\2", mechanism=Mechanism.EC_KEY_PAIR_GEN
        )


def signer_of(token: Token, label: str) -> tuple[PublicKeyTypes, Signer]:
    public, place = token.public(label)
    return public, token.signer(place, kinds.kind_of(public), ())


@pytest.mark.parametrize(
    ("label", "sort"), [("rsa", rsa.RSAPublicKey), ("ec", ec.EllipticCurvePublicKey)]
)
def test_a_key_on_a_token_signs_as_any_other(token: Token, label: str, sort: type) -> None:
    public, signer = signer_of(token, label)
    assert isinstance(public, sort)
    for algorithm in kinds.algorithms(kinds.kind_of(public)):
        if "pss" in algorithm and algorithm is not Algorithm.RSA_PSS_SHA256:
            continue
        check(public, signer.sign(b"text", algorithm), b"text", algorithm)
    with pytest.raises(SignerError):
        signer.sign(b"text", Algorithm.ED25519)


# The library says on its own, and too late, that what it had open is closed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_signs_again_after_the_token_was_away(token: Token) -> None:
    public, signer = signer_of(token, "ec")
    signer.sign(b"before")
    lost = token._session
    assert lost is not None
    library = pkcs11.lib(token.library)
    for lose in (
        lost.close,
        library.finalize,
        library.reinitialize,
    ):
        lose()
        signature = signer.sign(b"after")
        check(public, signature, b"after", Algorithm.ECDSA_SHA256)


def test_many_sign_at_once_and_one_session_stays(token: Token) -> None:
    public, signer = signer_of(token, "ec")
    made: list[bytes] = []
    seen: list[object] = []

    def work() -> None:
        for _ in range(5):
            made.append(signer.sign(b"text"))
            seen.append(token._session)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 60
    for signature in made:
        check(public, signature, b"text", Algorithm.ECDSA_SHA256)
    assert {id(one) for one in seen} == {id(token._session)}


def test_the_time_it_has_is_for_each_signature_anew(token: Token) -> None:
    hasty = replace(token, seconds=0.5)
    public, signer = signer_of(hasty, "rsa")
    begun = time.monotonic()
    signatures = 0
    while time.monotonic() < begun + 0.7:
        check(public, signer.sign(b"text"), b"text", Algorithm.RSA_SHA256)
        signatures += 1
    assert signatures > 5
    hasty.forget()


def test_a_wrong_pin_is_tried_once(token: Token) -> None:
    token.forget()
    wrong = replace(token, pin=SecretStr("0000-no"))
    with pytest.raises(SignerError, match="PinIncorrect"):
        wrong.public("ec")
    assert "0000" not in repr(wrong)
    assert token.public("ec")[1].label == "ec"


def test_what_is_not_there_is_an_error_in_words(token: Token) -> None:
    with pytest.raises(SignerError, match="NoSuchKey"):
        token.public("nobody")
    gone = replace(token, label="elsewhere")
    with pytest.raises(SignerError, match="NoSuchToken"):
        gone.public("ec")
    with pytest.raises(KeyUnusableProblem):
        token.signer(TokenPlace("elsewhere", "ec", None), "p-256", ())


def test_the_vault_signs_with_a_key_on_a_token(
    tx: TenantTransaction, house: House, token: Token
) -> None:
    vault = Vault(house.runtime.vault.encryption, token)
    public, place = token.public("ec")
    given = NewKey("HSM", ["fiscal-signature", "client-tls"])
    row = making.refer(tx, given, PublicHalf.of(public, "token"), place, NOW)
    asked = CertificateRequestInput(subject=SubjectInput(common_name="HSM"))
    request = x509.load_pem_x509_csr(desk.request(tx, vault, row.id, asked).encode())
    assert request.is_signature_valid
    making.add_certificate(tx, row, [ROOT.issue(request.public_key())], NOW)
    signer = vault.for_purpose(tx, "fiscal-signature", at=NOW)
    check(public, signer.sign(b"text"), b"text", signer.algorithm)
    with pytest.raises(KeyUnusableProblem):
        vault.credential(tx, "client-tls", at=NOW).tls()
    with pytest.raises(KeyUnusableProblem) as caught:
        house.runtime.vault.for_purpose(tx, "fiscal-signature", at=NOW)
    assert caught.value.reason == "locked"
