"""The record of the made-up authority: one spelling, one digest, one signature."""

import base64
import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509 import load_der_x509_certificate
from hypothesis import given
from hypothesis import strategies as st

from formats.sandbox_scheme import (
    Record,
    RecordError,
    digest,
    opened,
    qr_payload,
    read,
    sealed,
    usable,
    write,
)
from formats.signatures.signer import SignerError
from tests.formats.sandbox_scheme.keys import TestSigner, rsa_signer

FIRST = Record(
    currency="EUR",
    document_sha256="ab" * 32,
    generated_at=datetime.datetime(2026, 11, 22, 10, 0, 5, tzinfo=datetime.UTC),
    issue_date=datetime.date(2026, 11, 22),
    kind="invoice",
    number="2026/1 č",
    previous="",
    seller="SI50223054",
    sequence=1,
    total=Decimal("12.20"),
    vat=Decimal("2.20"),
)
WRITTEN = (
    '{"currency":"EUR","document_sha256":"' + "ab" * 32 + '",'
    '"generated_at":"2026-11-22T10:00:05Z","issue_date":"2026-11-22","kind":"invoice",'
    '"number":"2026/1 č","previous":"","scheme":"sandbox-authority/1","seller":"SI50223054",'
    '"sequence":1,"total":"12.20","vat":"2.20"}'
).encode()


def test_a_record_has_one_spelling_and_one_digest() -> None:
    assert write(FIRST) == WRITTEN
    assert read(WRITTEN) == FIRST
    assert digest(WRITTEN) == sha256(WRITTEN).hexdigest()


@given(
    number=st.text(min_size=1).filter(lambda text: text.isprintable()),
    sequence=st.integers(1, 10**18),
    cents=st.integers(-(10**15), 10**15),
    previous=st.sampled_from(["", "0" * 64, "f" * 64]),
)
def test_what_is_written_is_read_back(
    number: str, sequence: int, cents: int, previous: str
) -> None:
    total = Decimal(cents).scaleb(-2)
    record = replace(FIRST, number=number, sequence=sequence, total=total, previous=previous)
    assert read(write(record)) == record


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('"total":"12.20"', '"total":12.20'),
        lambda text: text.replace('"total":"12.20"', '"total":"1.22E1"'),
        lambda text: text.replace('"total":"12.20"', '"total":"NaN"'),
        lambda text: text.replace('"sequence":1', '"sequence":"1"'),
        lambda text: text.replace('"sequence":1', '"sequence":true'),
        lambda text: text.replace('"sequence":1', '"sequence":0'),
        lambda text: text.replace('"sequence":1', '"sequence":1,"more":""'),
        lambda text: text.replace('"sequence":1', '"sequence":1,"sequence":1'),
        lambda text: text.replace('"sequence":1,', ""),
        lambda text: text.replace("authority/1", "authority/2"),
        lambda text: text.replace("ab" * 32, "AB" * 32),
        lambda text: text.replace("ab" * 32, "ab" * 31),
        lambda text: text.replace('"kind":"invoice"', '"kind":"order"'),
        lambda text: text.replace("T10:00:05Z", "T10:00:05+00:00"),
        lambda text: text.replace('"2026-11-22"', '"20261122"'),
        lambda text: text.replace("č", "\\u010d"),
        lambda text: text.replace(",", ", "),
        lambda _: "[" * 100_000,
        lambda _: "[]",
    ],
)
def test_anything_else_is_refused(damage: Callable[[str], str]) -> None:
    changed = damage(WRITTEN.decode())
    assert changed != WRITTEN.decode()
    with pytest.raises(RecordError):
        read(changed.encode())


def test_a_moment_without_zone_or_with_parts_of_a_second_is_refused() -> None:
    for moment in (
        FIRST.generated_at.replace(tzinfo=None),
        FIRST.generated_at.replace(microsecond=1),
    ):
        with pytest.raises(RecordError):
            replace(FIRST, generated_at=moment)


@pytest.mark.parametrize(("make", "name"), [(TestSigner, "ES256"), (rsa_signer, "RS256")])
def test_a_signed_record_is_a_jws_that_its_certificate_verifies(
    make: Callable[[], TestSigner], name: str
) -> None:
    message = sealed(WRITTEN, make())
    assert opened(message) == WRITTEN
    parts = json.loads(message)
    header = json.loads(_decoded(parts["protected"]))
    assert header["alg"] == name
    signed = f"{parts['protected']}.{parts['payload']}".encode()
    key = load_der_x509_certificate(base64.b64decode(header["x5c"][0])).public_key()
    signature = _decoded(parts["signature"])
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        return
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert len(signature) == 64
    numbers = (int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(hashes.SHA256()))


def test_a_key_without_certificate_cannot_be_used() -> None:
    class Bare(TestSigner):
        certificate_chain = ()

    assert usable(TestSigner()) is None
    assert usable(Bare()) is not None
    with pytest.raises(SignerError):
        sealed(WRITTEN, Bare())


def test_the_qr_code_leads_to_the_record() -> None:
    text = qr_payload("http://authority.example", "0088:1/2", 7, digest(WRITTEN))
    assert text == f"http://authority.example/ledger/0088%3A1%2F2/7?d={digest(WRITTEN)[:16]}"


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
