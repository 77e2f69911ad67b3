"""PKCS #12 files: all that programs write is read, and what is wrong has its own name."""

import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    serialize_key_and_certificates,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.signing.kinds import PrivateKey
from gateway.signing.pkcs12 import rc2
from gateway.signing.pkcs12.reading import MOST_BYTES, read
from gateway.signing.problems import KeyRefusedProblem
from tests.gateway.signing import legacy_files
from tests.gateway.signing.authority import Authority, p256, rsa_key
from tests.gateway.signing.files import (
    PASSWORD,
    certificate_bag,
    encrypted,
    file,
    key_bag,
    plain,
    shrouded_bag,
)

ROOT = Authority.root()
ISSUER = ROOT.under()
KEY = p256()
LEAF = ISSUER.issue(KEY)
GOOD = file([encrypted(certificate_bag(LEAF)), plain(shrouded_bag(KEY))])


def spki(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def why(content: bytes, password: str = PASSWORD) -> str:
    with pytest.raises(KeyRefusedProblem) as caught:
        read(content, password)
    assert password not in caught.value.detail
    return caught.value.reason


def written(key: PrivateKey, how: KeySerializationEncryption, *more: x509.Certificate) -> bytes:
    return serialize_key_and_certificates(b"seal", key, ISSUER.issue(key), more or None, how)


def _by(scheme: PBES, digest: hashes.HashAlgorithm) -> KeySerializationEncryption:
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(3000)
    return builder.key_cert_algorithm(scheme).hmac_hash(digest).build(PASSWORD.encode())


@pytest.mark.parametrize(
    "how",
    [
        BestAvailableEncryption(PASSWORD.encode()),
        _by(PBES.PBESv1SHA1And3KeyTripleDESCBC, hashes.SHA1()),  # noqa: S303 - as in use
        _by(PBES.PBESv2SHA256AndAES256CBC, hashes.SHA512()),
    ],
)
@pytest.mark.parametrize("key", [KEY, rsa_key(), ed25519.Ed25519PrivateKey.generate()])
def test_what_the_library_writes_is_read(how: KeySerializationEncryption, key: PrivateKey) -> None:
    found = read(written(key, how, ISSUER.certificate, ROOT.certificate), PASSWORD)
    assert spki(found.private) == spki(key)
    assert {one.subject for one in found.certificates} >= {
        ISSUER.certificate.subject,
        ROOT.certificate.subject,
    }
    assert why(written(key, how), "other") == "wrong_password"


@pytest.mark.parametrize(
    ("content", "password"),
    [
        (legacy_files.RC2_40, "geslo"),
        (legacy_files.RC2_128, "geslo čšž"),
        (legacy_files.NO_PASSWORD, ""),
    ],
)
def test_what_old_programs_wrote_is_read(content: bytes, password: str) -> None:
    found = read(content, password)
    (certificate,) = found.certificates
    assert certificate.subject.rfc4514_string() == "CN=Old"
    assert certificate.public_key() == found.private.public_key()
    assert why(content, password + "x") == "wrong_password"


@pytest.mark.parametrize(  # RFC 2268, section 5
    ("key", "bits", "plain_text", "sealed"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"),
        ("88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"),
        ("88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"),
    ],
)
def test_rc2_decrypts_the_vectors_of_its_rfc(
    key: str, bits: int, plain_text: str, sealed: str
) -> None:
    found = rc2.decrypt(bytes.fromhex(key), bits, bytes(8), bytes.fromhex(sealed))
    assert found.hex() == plain_text


def test_every_thing_that_is_wrong_has_its_name() -> None:
    other, small = p256(), rsa_key(1024)
    certificates = encrypted(certificate_bag(LEAF))
    cases = {
        "no_key": file([certificates]),
        "several_keys": file([plain(key_bag(KEY), key_bag(other))]),
        "weak_key": file([plain(key_bag(small))]),
        "unreadable": b"not a file at all",
        "too_large": bytes(MOST_BYTES + 1),
        "unsupported": file([plain(key_bag(KEY))], digest="md5"),
    }
    for reason, content in cases.items():
        assert why(content) == reason
    assert why(GOOD, "other") == "wrong_password"
    assert read(GOOD, PASSWORD).certificates == (LEAF,)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256K1()),
        ec.generate_private_key(ec.BrainpoolP256R1()),
        ec.generate_private_key(ec.SECP224R1()),
    ],
)
def test_curves_that_are_not_taken_are_refused(key: ec.EllipticCurvePrivateKey) -> None:
    assert why(file([plain(key_bag(key))])) == "weak_key"


def test_keys_of_other_sorts_are_refused() -> None:
    key = dsa.generate_private_key(1024)  # noqa: S505 - what is to be refused
    assert why(file([plain(key_bag(key))])) == "weak_key"


def test_a_file_that_would_burn_the_processor_is_refused_at_once() -> None:
    many = 2_000_000_000
    begun = time.process_time()
    for content in (
        file([plain(key_bag(KEY))], iterations=many),
        file([encrypted(certificate_bag(LEAF), iterations=many)]),
        file([plain(shrouded_bag(KEY, many))]),
        file([encrypted(shrouded_bag(KEY, many))]),  # seen only once it is decrypted
        file([encrypted(certificate_bag(LEAF), iterations=9_000)] * 16, iterations=1_980_000),
    ):
        assert why(content) in {"too_slow", "wrong_password"}
    assert time.process_time() - begun < 5
    assert why(file([encrypted(shrouded_bag(KEY, many))])) == "too_slow"
    assert why(file([plain(key_bag(KEY))] * 17)) == "too_large"
    assert why(file([plain(*[certificate_bag(LEAF)] * 41)])) == "too_large"


def test_a_changed_file_is_refused() -> None:
    for place in range(0, len(GOOD), 37):
        changed = bytearray(GOOD)
        changed[place] ^= 0x41
        with pytest.raises(KeyRefusedProblem):
            read(bytes(changed), PASSWORD)


@settings(max_examples=80)
@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.text(max_size=8))
def test_anything_else_is_refused_in_words(noise: bytes, place: int, password: str) -> None:
    for content in (noise, GOOD[:place] + noise, GOOD[:place] + noise + GOOD[place:]):
        if content != GOOD:
            with pytest.raises(KeyRefusedProblem):
                read(content, password)
