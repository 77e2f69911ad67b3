"""Envelope encryption: each key or secret under a data key of its own, each data key wrapped.

Wrapping is done by a `KeyEncryption`: the master key, or a key service that keeps its keys to
itself. Rotating it wraps the data keys anew and touches nothing else.
"""

import secrets
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.kit.secrets import MasterKey, UnsealError

_DATA_KEY_BYTES = 32
_NONCE_BYTES = 12
_FORM = b"\x01"
_PREFIX = "master:"


class KeyEncryption(Protocol):
    """What wraps data keys. Thread-safe.

    A wrapped data key opens under the version it was wrapped with, and under no other; and with
    the context it was wrapped for, and with no other.
    """

    @property
    def version(self) -> str:
        """Under which key data keys are wrapped now."""
        ...

    def wrap(self, data_key: bytes, context: str) -> tuple[str, bytes]:
        """Wrap a data key; return the version it was done with, and what is stored.

        Raises:
            KeyEncryptionError: It cannot be done at the moment.
        """
        ...

    def unwrap(self, version: str, wrapped: bytes, context: str) -> bytes:
        """Return the data key.

        Raises:
            KeyEncryptionError: The version is not here, or does not answer.
            UnsealError: It was changed, or is another key's.
        """
        ...


class KeyEncryptionError(RuntimeError):
    """A data key can be neither wrapped nor unwrapped; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class MasterKeyEncryption:
    """Wraps with the master key, whose versions may be several.

    Attributes:
        master_key: Its newest version wraps.
    """

    master_key: MasterKey

    @property
    def version(self) -> str:
        """The newest version of the master key, `master:` before it."""
        return _PREFIX + self.master_key.versions[0]

    def wrap(self, data_key: bytes, context: str) -> tuple[str, bytes]:
        """Wrap with the newest version."""
        return self.version, self.master_key.seal(data_key, context)

    def unwrap(self, version: str, wrapped: bytes, context: str) -> bytes:
        """Unwrap with the version named, and no other.

        Raises:
            KeyEncryptionError: It is not among those of the settings.
            UnsealError: It was changed, or is another key's.
        """
        name = version.removeprefix(_PREFIX)
        if not version.startswith(_PREFIX) or name not in self.master_key.versions:
            raise KeyEncryptionError(
                f"the data key was wrapped under {version}, which is not here: put that version of"
                " the master key back, behind the newest"
            )
        return self.master_key.only(name).unseal(wrapped, context)


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A private key, or a secret, as it is stored.

    Attributes:
        sealed: PKCS #8, or the secret, under the data key (AES-256-GCM): form, nonce, ciphertext
            and tag.
        data_key: The data key, wrapped.
        version: What it was wrapped under.
    """

    sealed: bytes = field(repr=False)
    data_key: bytes = field(repr=False)
    version: str


def context_of(entity_id: UUID, key_id: UUID) -> str:
    """Return what binds a sealed key to its row: moved to another, it does not open."""
    return f"signing key {key_id} of {entity_id}"


def secret_context_of(entity_id: UUID, secret_id: UUID) -> str:
    """Return what binds a sealed secret to its row; see `context_of`."""
    return f"secret {secret_id} of {entity_id}"


def seal(encryption: KeyEncryption, private: bytes, context: str) -> SealedKey:
    """Seal a private key, or a secret, under a new data key.

    Raises:
        KeyEncryptionError: The data key cannot be wrapped.
    """
    data_key = secrets.token_bytes(_DATA_KEY_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(data_key).encrypt(nonce, private, context.encode())
    version, wrapped = encryption.wrap(data_key, context)
    return SealedKey(_FORM + nonce + sealed, wrapped, version)


def unseal(encryption: KeyEncryption, key: SealedKey, context: str) -> bytes:
    """Return what was sealed.

    Raises:
        KeyEncryptionError: The data key cannot be unwrapped at the moment.
        UnsealError: Something was changed, or belongs to another key.
    """
    data_key = encryption.unwrap(key.version, key.data_key, context)
    form, nonce = key.sealed[:1], key.sealed[1 : 1 + _NONCE_BYTES]
    if form != _FORM:
        raise UnsealError(f"the {context} has a form this version does not know")
    try:
        return AESGCM(data_key).decrypt(nonce, key.sealed[1 + _NONCE_BYTES :], context.encode())
    except (InvalidTag, ValueError) as error:
        raise UnsealError(f"the {context} cannot be opened") from error
