"""A maker's PKCS #11 library that may hang, in whichever call it is told to."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import SecretStr

from formats.signatures.signer import Signer
from gateway.signing.repository import TokenPlace
from gateway.signing.tokens import Token
from tests.formats.sandbox_scheme.keys import TestSigner

LABEL = "hanging"


@dataclass
class Library:
    """The library, its one token, a session on it and its one key: whoever asks gets it.

    Attributes:
        hangs_in: The call that does not come back until `comes_back` is set; None: none does.
        inside: How many are hanging in it.
    """

    hangs_in: str | None = None
    comes_back: threading.Event = field(default_factory=threading.Event)
    inside: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    own: TestSigner = field(default_factory=TestSigner)
    calls: list[str] = field(default_factory=list)

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if name == self.hangs_in:
            self.inside.release()
            assert self.comes_back.wait(30)

    def get_token(self, *, token_label: str) -> "Library":
        assert token_label == LABEL
        return self

    def open(self, **_: object) -> "Library":
        self._call("open")
        return self

    def get_key(self, **_: object) -> "Library":
        self._call("get_key")
        return self

    def sign(self, digest: bytes, *, mechanism: object) -> bytes:
        assert mechanism is pkcs11.Mechanism.ECDSA
        self._call("sign")
        assert isinstance(self.own.key, ec.EllipticCurvePrivateKey)
        der = self.own.key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        return b"".join(one.to_bytes(32, "big") for one in utils.decode_dss_signature(der))

    def close(self) -> None:
        self._call("close")

    def reinitialize(self) -> None:
        self._call("reinitialize")

    @property
    def chain(self) -> Sequence[bytes]:
        return (self.own.certificate.public_bytes(Encoding.DER),)


@contextmanager
def hanging(hangs_in: str | None, seconds: float) -> Iterator[tuple[Library, Token, Signer]]:
    """Open a token with a key on it; at the end whatever hangs comes back."""
    library = Library(hangs_in)

    def loaded(_: str) -> Library:
        return library

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pkcs11, "lib", loaded)
        token = Token("/nowhere/pkcs11.so", LABEL, SecretStr("1234"), seconds)
        try:
            place = TokenPlace(LABEL, "one", b"\1")
            yield library, token, token.signer(place, "p-256", library.chain)
        finally:
            library.comes_back.set()
