"""Secrets sealed to one installation: who opens them, and who does not."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gateway.exits.box import BoxError, Opener, Receiver

SECRET, CONTEXT = b"a data key of thirty-two bytes..", "signing key 1 of 2"


def opener() -> Opener:
    return Opener(X25519PrivateKey.generate())


def test_only_the_receiver_opens_it_and_only_for_its_purpose() -> None:
    ours, theirs = opener(), opener()
    handed_out = Receiver.parse(str(ours.receiver))
    assert handed_out == ours.receiver
    sealed = handed_out.seal(SECRET, CONTEXT)
    assert ours.unseal(sealed, CONTEXT) == SECRET
    assert SECRET not in sealed
    assert sealed != handed_out.seal(SECRET, CONTEXT)
    for who, what, context in (
        (theirs, sealed, CONTEXT),
        (ours, sealed, "signing key 1 of 3"),
        (ours, sealed[:-1] + bytes([sealed[-1] ^ 1]), CONTEXT),
        (ours, bytes([sealed[0] ^ 1]) + sealed[1:], CONTEXT),
        (ours, sealed[:40], CONTEXT),
        (ours, b"", CONTEXT),
    ):
        with pytest.raises(BoxError):
            who.unseal(what, context)


@pytest.mark.parametrize(
    "text", ["", "gwexit1:", "gwexit1:AAAA", "gwexit1:!", "gwexit2:" + "A" * 43]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BoxError):
        Receiver.parse(text)


def test_a_key_with_which_everybody_agrees_is_refused() -> None:
    with pytest.raises(BoxError):
        Receiver(bytes(32)).seal(SECRET, CONTEXT)
