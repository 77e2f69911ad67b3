import base64
import json
import os

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given
from hypothesis import strategies as st

from formats.ksef_api.bodies import FormCode, Sized, batch_session, invoice, online_session
from formats.ksef_api.encryption import EncryptionError, PublicKey, SessionKey, digest, wrap
from tests.formats.signatures.pki import ec_key, root, rsa_key

KEY = rsa_key("ministry")
PUBLIC = PublicKey.of(root("Ministry", key=KEY).der)
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
SECRET = SessionKey(bytes(range(32)), bytes(range(16)))
FORM = FormCode("FA (3)", "1-0E", "FA")


@given(st.binary(max_size=190), st.binary(min_size=32, max_size=32))
def test_oaep_is_what_openssl_reads(secret: bytes, seed: bytes) -> None:
    assert KEY.decrypt(wrap(secret, PUBLIC, seed), OAEP) == secret


def test_the_same_seed_gives_the_same_bytes_and_another_others() -> None:
    seeds = bytes(32), bytes(31) + b"\1"
    first, again, other = (wrap(b"x", PUBLIC, one) for one in (seeds[0], seeds[0], seeds[1]))
    assert first == again != other


@pytest.mark.parametrize(("secret", "seed"), [(bytes(191), bytes(32)), (b"x", bytes(31))])
def test_what_does_not_fit_is_refused(secret: bytes, seed: bytes) -> None:
    with pytest.raises(EncryptionError):
        wrap(secret, PUBLIC, seed)


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_pieces_are_encrypted_as_the_whole(content: bytes, step: int) -> None:
    update, end = SECRET.encrypting()
    pieces = [update(content[at : at + step]) for at in range(0, len(content), step)]
    sealed = b"".join(pieces) + end()
    assert sealed == SECRET.encrypt(content)
    assert len(sealed) == len(content) // 16 * 16 + 16
    assert SECRET.decrypt(sealed) == content


def test_aes_is_that_of_nist() -> None:
    # NIST SP 800-38A, F.2.5 CBC-AES256.Encrypt, first block
    key = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
    secret = SessionKey(bytes.fromhex(key), bytes(range(16)))
    plain = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")
    assert secret.encrypt(plain)[:16].hex() == "f58c4c04d6e5f1ba779eabfb5f7bfbd6"


def test_another_key_reads_nothing() -> None:
    other = SessionKey(bytes(32), bytes(16))
    with pytest.raises(EncryptionError):
        other.decrypt(SECRET.encrypt(b"FA"))
    with pytest.raises(EncryptionError):
        SECRET.decrypt(b"short")
    with pytest.raises(EncryptionError):
        SessionKey(bytes(16), bytes(16))


def test_only_rsa_keys_of_certificates_are_read() -> None:
    for wrong in (b"no certificate", root("EC", key=ec_key("EC")).der):
        with pytest.raises(EncryptionError):
            PublicKey.of(wrong)


def test_the_body_of_an_invoice_says_what_it_holds() -> None:
    content = b"<Faktura/>"
    body = json.loads(invoice(content, SECRET))
    sealed = base64.b64decode(body["encryptedInvoiceContent"])
    assert SECRET.decrypt(sealed) == content
    assert (body["invoiceHash"], body["invoiceSize"]) == (digest(content), 10)
    assert (body["encryptedInvoiceHash"], body["encryptedInvoiceSize"]) == (digest(sealed), 16)
    assert body["offlineMode"] is False
    assert "hashOfCorrectedInvoice" not in body


def test_a_technical_correction_is_an_offline_invoice() -> None:
    refused = digest(b"refused")
    body = json.loads(invoice(b"<Faktura/>", SECRET, corrects=refused))
    assert (body["offlineMode"], body["hashOfCorrectedInvoice"]) == (True, refused)


def test_a_session_tells_its_key_to_the_ministry_alone() -> None:
    body = json.loads(online_session(FORM, SECRET, PUBLIC, os.urandom(32)))
    told = body["encryption"]
    assert KEY.decrypt(base64.b64decode(told["encryptedSymmetricKey"]), OAEP) == SECRET.key
    assert base64.b64decode(told["initializationVector"]) == SECRET.iv
    assert told["publicKeyId"] == PUBLIC.id
    assert body["formCode"] == {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}
    assert FormCode.parse(str(FORM)) == FORM


def test_a_batch_declares_the_plain_package_and_its_encrypted_parts() -> None:
    parts = Sized.of(b"one"), Sized.of(b"two!")
    body = json.loads(
        batch_session(FORM, Sized.of(b"zip"), parts, secret=SECRET, key=PUBLIC, seed=bytes(32))
    )
    assert body["batchFile"] == {
        "fileSize": 3,
        "fileHash": digest(b"zip"),
        "compressionType": "Zip",
        "fileParts": [
            {"ordinalNumber": 1, "fileSize": 3, "fileHash": digest(b"one")},
            {"ordinalNumber": 2, "fileSize": 4, "fileHash": digest(b"two!")},
        ],
    }
