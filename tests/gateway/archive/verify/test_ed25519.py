"""Signatures by hand: the vectors of the RFC, and the answers of `cryptography`."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.archive.verify.ed25519 import is_signed, is_signed_by_hand

ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [  # RFC 8032, 7.1: TEST 1 and TEST 2
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
                "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
    ],
)
def test_the_vectors_of_the_rfc(public: str, message: str, signature: str) -> None:
    key, text, good = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    for decides in (is_signed, is_signed_by_hand):
        assert decides(key, text, good)
        assert not decides(key, text + b"\0", good)
        assert not decides(key, text, good[:-1])
        assert not decides(key, text, good + b"\0")
        assert not decides(key[:-1], text, good)


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), data=st.data())
@settings(max_examples=60, deadline=None)
def test_both_ways_give_the_same_answers(seed: bytes, message: bytes, data: st.DataObject) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, good = private.public_key().public_bytes_raw(), private.sign(message)
    assert is_signed(public, message, good)
    assert is_signed_by_hand(public, message, good)
    flipped = bytearray(public + good)
    bit = data.draw(st.integers(0, 8 * len(flipped) - 1))
    flipped[bit // 8] ^= 1 << bit % 8
    key, bad = bytes(flipped[:32]), bytes(flipped[32:])
    assert not is_signed(key, message, bad)
    assert not is_signed_by_hand(key, message, bad)


def test_a_signature_has_one_spelling() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, good = private.public_key().public_bytes_raw(), private.sign(b"text")
    scalar = int.from_bytes(good[32:], "little") + ORDER
    other = good[:32] + scalar.to_bytes(32, "little")
    assert not is_signed(public, b"text", other)
    assert not is_signed_by_hand(public, b"text", other)


@pytest.mark.parametrize("number", [2, 2**255 - 19 + 1, 2**255 - 1])
def test_a_key_that_is_no_point_signs_nothing(number: int) -> None:
    assert not is_signed_by_hand(number.to_bytes(32, "little"), b"", bytes(64))
