"""The archive's bytes, found and opened without the code that put them there.

`entities/<entity>/ab/abcd...`, on a disk or in a bucket, named by the SHA-256 of the plain bytes.
What is encrypted begins with `gwe1`; then 12 bytes of nonce, ciphertext and tag (AES-256-GCM),
with entity and digest bound to it. The entity's key stands in `archive_key`, sealed by the
master key.
"""

import errno
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.fsck import journals
from gateway.fsck.bucket import Bucket
from gateway.kit.secrets import MasterKey, UnsealError

_FORM, _NONCE = b"gwe1", 12
_KEYS = "select entity_id, data_key from archive_key where data_key is not null"


@dataclass(frozen=True, slots=True)
class Blobs:
    """The bytes of an archive.

    Attributes:
        root: Its directory.
        keys: The keys of entities; without, what is encrypted cannot be read.
        bucket: Where it is instead of the directory.
    """

    root: Path
    keys: Mapping[UUID, AESGCM] = field(default_factory=dict)
    bucket: Bucket | None = None

    @classmethod
    def opened(
        cls,
        connection: psycopg.Connection[Any],
        root: Path,
        master_key: MasterKey | None,
        bucket: Bucket | None = None,
    ) -> "Blobs":
        """Return an archive's bytes with the keys that open; each of them is read once."""
        if master_key is None:
            return cls(root, bucket=bucket)
        keys: dict[UUID, AESGCM] = {}
        for row in connection.execute(_KEYS):
            # What a key that does not open has sealed is named, one by one.
            with suppress(UnsealError):
                plain = master_key.unseal(bytes(row.data_key), f"archive key of {row.entity_id}")
                keys[row.entity_id] = AESGCM(plain)
        return cls(root, keys, bucket)

    def read(self, owner: UUID, digest: bytes) -> bytes:
        """Return an entity's bytes that lie under a digest; they may be others.

        Raises:
            OSError: They cannot be read, or not be opened.
        """
        name = digest.hex()
        path = f"entities/{owner}/{name[:2]}/{name}"
        if self.bucket is None:
            return self._on_disk(owner, digest, self.root / path)
        other, problem = None, OSError(errno.ENOENT, "it is not there")
        for stored in self.bucket.versions(path):
            try:
                found = self._opened(owner, digest, stored)
            except OSError as error:
                problem = error
                continue
            if sha256(found).digest() == digest:
                return found
            other = found
        if other is None:
            raise problem
        return other

    def _on_disk(self, owner: UUID, digest: bytes, path: Path) -> bytes:
        """Return what the file says; where it does not say what it should, what a journal does.

        A machine that stopped may have kept the journal alone; the next process restores it.
        """
        found, problem = None, None
        try:
            found = self._opened(owner, digest, path.read_bytes())
        except OSError as error:
            problem = error
        if found is not None and sha256(found).digest() == digest:
            return found
        stored = journals.find(self.root / "journals", owner, digest)
        if stored is not None:
            return self._opened(owner, digest, stored)
        if found is None:
            raise problem or OSError(errno.ENOENT, "it is not there")
        return found

    def _opened(self, owner: UUID, digest: bytes, stored: bytes) -> bytes:
        """Return what was stored, decrypted if it is encrypted."""
        if not stored.startswith(_FORM) or sha256(stored).digest() == digest:
            return stored
        if owner not in self.keys:
            raise OSError(errno.ENOKEY, "it is encrypted, and its entity's key is not here")
        sealed = stored[len(_FORM) :]
        bound = b"gateway evidence " + owner.bytes + digest
        try:
            return self.keys[owner].decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise OSError(errno.EBADMSG, "it does not open with its entity's key") from error
