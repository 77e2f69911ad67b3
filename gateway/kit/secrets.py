"""The master key, and what is derived from it: sealed secrets and keyed hashes.

Encrypt what must be read again, hash with a key what is only compared. Whoever steals database
and archive without the master key can use neither.

The key has versions. Where it stands, in the environment or its file, several may stand, the
newest first: that one seals, all of them open what they sealed. The last one makes the keyed
hashes for ever, because what was hashed cannot be hashed again: take it away, and no API key
counts any more.
"""

import base64
import binascii
import contextlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from gateway.settings import Settings

_KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


class MasterKeyError(RuntimeError):
    """The master key is missing, unreadable or readable by others; the message says what to do."""


class UnsealError(RuntimeError):
    """A sealed secret was changed, belongs elsewhere, or was sealed with another master key."""


class MasterKey:
    """The key above all others. It seals and hashes, and never leaves this object.

    Args:
        key: The newest version.
        former: Those before it, the one before last first.
    """

    __slots__ = ("_keys",)

    def __init__(self, key: bytes, *former: bytes) -> None:
        for one in (key, *former):
            if len(one) != _KEY_BYTES:
                raise MasterKeyError(
                    f"the master key must have {_KEY_BYTES} bytes, not {len(one)}"
                )
        self._keys = (key, *former)

    @classmethod
    def open(cls, settings: Settings) -> "MasterKey":
        """Return the key of the settings, or of `<data>/secrets/master.key`, made if need be.

        Raises:
            MasterKeyError: It is not base64 of 32 bytes, or others can read its file.
        """
        if settings.master_key is not None:
            return cls(*_decode(settings.master_key.get_secret_value(), "GATEWAY_MASTER_KEY"))
        return cls(*_from_file(settings.data / "secrets" / "master.key"))

    @property
    def versions(self) -> tuple[str, ...]:
        """Names of the versions, the newest first; they say nothing of the key."""
        return tuple(_derive(key, "version")[:8].hex() for key in self._keys)

    def only(self, version: str) -> "MasterKey":
        """Return one version alone.

        Raises:
            UnsealError: There is none of this name here.
        """
        for key, name in zip(self._keys, self.versions, strict=True):
            if name == version:
                return MasterKey(key)
        raise UnsealError(f"version {version} of the master key is not here")

    @classmethod
    def present(cls, settings: Settings) -> "MasterKey":
        """Return the key as `open` does, but make none.

        Raises:
            MasterKeyError: As `open`.
            OSError: There is none.
        """
        path = settings.data / "secrets" / "master.key"
        if settings.master_key is None and not path.exists():
            raise FileNotFoundError(f"{path} is gone")
        return cls.open(settings)

    def seal(self, secret: bytes, context: str) -> bytes:
        """Encrypt (AES-256-GCM) for one purpose; `context` must be the same when opening.

        Returns:
            version (1 byte), nonce (12), ciphertext and tag.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = AESGCM(_derive(self._keys[0], "seal"))
        return _VERSION + nonce + cipher.encrypt(nonce, secret, context.encode())

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Return what `seal` was given.

        Raises:
            UnsealError: Changed, another context, or another master key.
        """
        version, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if version != _VERSION:
            raise UnsealError(f"the secret {context!r} has a form this version does not know")
        for key in self._keys:
            with contextlib.suppress(InvalidTag, ValueError):
                return AESGCM(_derive(key, "seal")).decrypt(nonce, rest, context.encode())
        raise UnsealError(f"the secret {context!r} cannot be opened")

    def keyed_hash(self, value: bytes, purpose: str) -> bytes:
        """Return HMAC-SHA256 under a key of this purpose: for lookups of what only we issued."""
        return hmac.digest(_derive(self._keys[-1], f"hash {purpose}"), value, "sha256")

    @override
    def __repr__(self) -> str:
        return "MasterKey(...)"

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("the master key does not leave its process")


def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, None, f"gateway {purpose}".encode()).derive(key)


def _decode(text: str, name: str) -> tuple[bytes, ...]:
    """Read one key or several, in base64, with spaces, line breaks or commas between."""
    with contextlib.suppress(binascii.Error, ValueError):
        if keys := text.replace(",", " ").split():
            return tuple(base64.b64decode(one, validate=True) for one in keys)
    raise MasterKeyError(f"{name} is not base64")


def _from_file(path: Path) -> tuple[bytes, ...]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        _make(path)
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    with os.fdopen(descriptor, "r") as file:
        status = os.fstat(file.fileno())
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise MasterKeyError(f"others can read {path}: chmod 600 it")
        return _decode(file.read(), str(path))


def _make(path: Path) -> None:
    """Write a new key; if two processes try, the first one wins and both read it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # unlike rename, never replaces a key that seals something
    finally:
        draft.unlink()
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
