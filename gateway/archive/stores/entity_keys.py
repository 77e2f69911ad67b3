"""Evidence encrypted with a key of its entity, which the database keeps wrapped.

AES-256-GCM; what is stored is the form, a nonce, and the ciphertext with its tag. Owner and
digest are bound to it: moved to another place it does not open. Bytes that were stored before
encryption was switched on are told apart by their digest, which is that of the plain bytes, and
stay readable.
"""

import datetime
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.dialects.postgresql import insert
from typing_extensions import override

from gateway.archive.stores.ciphers import Cipher
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.archive.tables import archive_key
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import KeyEncryption
from gateway.signing.rewrapping import Sealed

FORM = b"gwe1"
"""Begins what is encrypted."""

_KEY_BYTES = 32
_NONCE_BYTES = 12
_REMEMBERED = 10_000  # keys
_REMEMBERED_SECONDS = 60.0  # so long a key that another process destroys may still be used


def context_of(entity_id: UUID, _: UUID) -> str:
    """Return what binds a wrapped key to its row: moved to another, it does not open."""
    return f"archive key of {entity_id}"


_COLUMNS = archive_key.c
SEALED = Sealed("ent", archive_key, _COLUMNS.entity_id, _COLUMNS.entity_id, context_of)
"""Where these keys stand, for who wraps them anew."""


class EntityKeys:
    """The keys of all entities; made when they are first needed. Thread-safe.

    Args:
        database: Keeps them wrapped.
        encryption: Wraps them.
        clock: The time of making.
    """

    def __init__(
        self,
        database: Database,
        encryption: KeyEncryption,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._database, self._encryption, self._clock = database, encryption, clock
        self._lock = threading.Lock()
        self._known: OrderedDict[UUID, tuple[float, AESGCM]] = OrderedDict()

    def of(self, owner: UUID, *, make: bool = False) -> AESGCM:
        """Return an entity's key.

        Args:
            owner: The entity.
            make: Whether to make one where there is none yet.

        Raises:
            EvidenceDamagedProblem: There is none, or it was destroyed.
            KeyEncryptionError: It cannot be unwrapped now.
            UnsealError: It was changed, or is another's.
        """
        with self._lock:
            found = self._known.get(owner)
        if found is not None and time.monotonic() - found[0] < _REMEMBERED_SECONDS:
            return found[1]
        with self._database.worker_transaction() as tx:
            row = _row(tx, owner)
            if row is None and make:
                self._make(tx, owner)
                row = _row(tx, owner)
        if row is None or row.data_key is None:
            self.forget(owner)
            why = "is not there" if row is None else "was destroyed"
            raise EvidenceDamagedProblem(f"The key of this entity's evidence {why}.")
        context = context_of(owner, owner)
        key = AESGCM(self._encryption.unwrap(row.version, bytes(row.data_key), context))
        with self._lock:
            self._known[owner] = (time.monotonic(), key)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return key

    def destroy(self, owner: UUID, now: datetime.datetime) -> None:
        """Destroy an entity's key; nobody reads its encrypted evidence again.

        Other processes forget the key within a minute. It cannot be undone: who calls this made
        sure that nothing of the entity must be kept any longer.
        """
        gone = {"data_key": None, "version": None, "updated_at": now, "destroyed_at": now}
        with self._database.worker_transaction() as tx:
            tx.execute(
                sa.update(archive_key)
                .where(_COLUMNS.entity_id == owner, _COLUMNS.destroyed_at.is_(None))
                .values(gone)
            )
        self.forget(owner)

    def forget(self, owner: UUID) -> None:
        """Ask the database again the next time."""
        with self._lock:
            self._known.pop(owner, None)

    def _make(self, tx: TenantTransaction, owner: UUID) -> None:
        """Make a key; of two processes that try, the first one's is everybody's."""
        key = secrets.token_bytes(_KEY_BYTES)
        version, wrapped = self._encryption.wrap(key, context_of(owner, owner))
        now = self._clock()
        tx.execute(
            insert(archive_key)
            .values(
                entity_id=owner, data_key=wrapped, version=version, created_at=now, updated_at=now
            )
            .on_conflict_do_nothing()
        )


class EntityCipher(Cipher):
    """Encrypts with the key of the entity whose bytes they are.

    Args:
        keys: The keys.
        seals: Whether new bytes are encrypted; what is encrypted already is read in any case.
    """

    def __init__(self, keys: EntityKeys, *, seals: bool) -> None:
        self._keys, self._seals = keys, seals

    @override
    def seal(self, owner: UUID, digest: bytes, content: bytes) -> bytes:
        """Return form, nonce, ciphertext and tag; or the bytes, where none are encrypted."""
        if not self._seals:
            return content
        nonce = secrets.token_bytes(_NONCE_BYTES)
        key = self._keys.of(owner, make=True)
        return FORM + nonce + key.encrypt(nonce, content, _bound(owner, digest))

    @override
    def open(self, owner: UUID, digest: bytes, stored: bytes) -> bytes:
        """Return the bytes; see `Cipher.open`."""
        if not stored.startswith(FORM) or sha256(stored).digest() == digest:
            return stored
        rest = stored.removeprefix(FORM)
        nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            return self._keys.of(owner).decrypt(nonce, sealed, _bound(owner, digest))
        except (InvalidTag, ValueError) as error:
            raise EvidenceDamagedProblem(f"Blob {digest.hex()} does not open.") from error


def _bound(owner: UUID, digest: bytes) -> bytes:
    return b"gateway evidence " + owner.bytes + digest


def _row(tx: TenantTransaction, owner: UUID) -> sa.Row[tuple[bytes | None, str | None]] | None:
    query = sa.select(_COLUMNS.data_key, _COLUMNS.version).where(_COLUMNS.entity_id == owner)
    return tx.execute(query).one_or_none()
