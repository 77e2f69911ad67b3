"""Certificates in PEM: found in one pass, and every other text is refused in words."""

import contextlib
import time
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures.cms_reading import is_signed_data
from gateway.signatures import trust
from gateway.signatures.pem import blocks
from gateway.signatures.trust import NoCertificateError, certificates, store_of
from tests.formats.signatures.pki import house

TOP, MIDDLE, LEAF = house()
PEM = TOP.certificate.public_bytes(Encoding.PEM)
BEGIN, END = b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n"


def seconds(work: Callable[[bytes], object], content: bytes) -> float:
    """Return the shortest of three runs."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        with contextlib.suppress(NoCertificateError):
            work(content)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize(
    ("work", "unit", "end"),
    [
        (certificates, BEGIN, b""),
        (certificates, b"-----BEGIN ", b""),
        (certificates, b"-----BEGIN CERTIFICATE-----", END),
        (certificates, b"-----BEGIN SOMETHING-----\n", b""),
        (certificates, b" ", b"!"),
        (is_signed_data, b" ", b"!"),
        (is_signed_data, b"-----BEGIN CMS-----\n", b""),
        (is_signed_data, b"-----BEGIN CMS-----\n-----END CMS----- ", b"!"),
    ],
)
def test_the_work_grows_as_the_text_does(
    work: Callable[[bytes], object], unit: bytes, end: bytes
) -> None:
    few = 16_384 // len(unit)
    small = seconds(work, unit * few + end)
    large = seconds(work, unit * few * 64 + end)
    # squared it were 4096 times as much, and more than a minute
    assert large < max(64 * 8 * small, 0.25)


@pytest.mark.parametrize(
    "content",
    [
        BEGIN + b"A\n" + END,
        BEGIN + END,
        BEGIN + b"\xff\n" + END,
        BEGIN + b"AAAA\n",
        BEGIN + b"AAAA\n-----END SOMETHING-----\n",
        BEGIN + b"AAAA\n-----BEGIN CERTIFICATE-----\nAAAA\n" + END,
        BEGIN + b"A" * 200_000 + b"\n" + END,
        PEM + BEGIN,
        PEM.replace(b"M", b"*", 1),
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ],
)
def test_what_is_no_certificate_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NoCertificateError):
        certificates(content)


def test_other_things_around_certificates_are_passed_over() -> None:
    key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    old = PEM.replace(b"CERTIFICATE", b"X509 CERTIFICATE")
    windows = PEM.replace(b"\n", b"\r\n")
    assert certificates(b"----- ours -----\n" + key + old + key + windows) == (TOP.der,) * 2
    assert len(list(blocks(PEM * 3))) == 3


def test_a_store_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust, "MAX_CERTIFICATES", 2)
    other = MIDDLE.certificate.public_bytes(Encoding.PEM)
    assert len(store_of("x", [PEM, other, PEM]).anchors) == 1  # the same counts once
    with pytest.raises(NoCertificateError):
        store_of("x", [PEM * 3])
    with pytest.raises(NoCertificateError):
        store_of("x", [PEM, other, LEAF.der])
