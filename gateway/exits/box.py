"""Secrets sealed so that only one other installation opens them: X25519, HKDF-SHA256, AES-256-GCM.

The receiver has one key for all, the sender a new one for each secret. What both agree on is
hashed together with both public keys, and what the secret belongs to is bound to it. (RFC 9180
does the same with more choices; there is nothing to choose here.)
"""

import base64
import binascii
import datetime
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.dialects.postgresql import insert
from typing_extensions import override

from gateway.kit.database import Database, metadata
from gateway.kit.secrets import MasterKey

_PREFIX = "gwexit1:"
_KEY_BYTES = 32
_NONCE = bytes(12)  # each secret has a key of its own, used once
_STORED = "exit-receiver-key"


class BoxError(ValueError):
    """A key or a sealed secret cannot be read."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The public key of who is to open.

    Attributes:
        public: Its 32 bytes.
    """

    public: bytes

    @override
    def __str__(self) -> str:
        """Return it as it is handed out."""
        return _PREFIX + base64.b64encode(self.public).decode()

    @property
    def id(self) -> str:
        """Return which key it is."""
        return _PREFIX + sha256(self.public).hexdigest()[:16]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as it was handed out.

        Raises:
            BoxError: It is not one.
        """
        head, rest = text[: len(_PREFIX)], text[len(_PREFIX) :].strip()
        try:
            public = base64.b64decode(rest, validate=True)
        except binascii.Error as error:
            raise BoxError("this is not the key of an installation") from error
        if head != _PREFIX or len(public) != _KEY_BYTES:
            raise BoxError("this is not the key of an installation")
        return cls(public)

    def seal(self, secret: bytes, context: str) -> bytes:
        """Seal a secret for one purpose; `context` must be the same when opening.

        Raises:
            BoxError: Nothing can be agreed on with this key.
        """
        own = X25519PrivateKey.generate()
        sender = own.public_key().public_bytes_raw()
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(self.public))
        except ValueError as error:  # a point of small order
            raise BoxError("nothing can be agreed on with this key") from error
        cipher = AESGCM(_agreed(shared, sender, self.public))
        return sender + cipher.encrypt(_NONCE, secret, context.encode())


@dataclass(frozen=True, slots=True)
class Opener:
    """The private half."""

    private: X25519PrivateKey

    @property
    def receiver(self) -> Receiver:
        """The public key to hand out."""
        return Receiver(self.private.public_key().public_bytes_raw())

    @classmethod
    def open(cls, database: Database, master_key: MasterKey, now: datetime.datetime) -> Self:
        """Return the key of this installation, made if there is none yet; it does not change.

        Raises:
            UnsealError: It was sealed with another master key.
        """
        secret = metadata.tables["secret"]
        fresh = X25519PrivateKey.generate().private_bytes_raw()
        row = {"name": _STORED, "ciphertext": master_key.seal(fresh, _STORED), "created_at": now}
        with database.worker_transaction() as tx:
            tx.execute(insert(secret).values(row).on_conflict_do_nothing())
            found = sa.select(secret.c.ciphertext).where(secret.c.name == _STORED)
            sealed = bytes(tx.execute(found).scalar_one())
        return cls(X25519PrivateKey.from_private_bytes(master_key.unseal(sealed, _STORED)))

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Return what `Receiver.seal` was given.

        Raises:
            BoxError: Changed, another context, or for another installation.
        """
        sender, rest = sealed[:_KEY_BYTES], sealed[_KEY_BYTES:]
        try:
            shared = self.private.exchange(X25519PublicKey.from_public_bytes(sender))
            cipher = AESGCM(_agreed(shared, sender, self.receiver.public))
            return cipher.decrypt(_NONCE, rest, context.encode())
        except (InvalidTag, ValueError) as error:
            raise BoxError(f"the {context} cannot be opened") from error


def _agreed(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, sender + receiver, b"gateway exit secret").derive(shared)
