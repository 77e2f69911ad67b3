"""The keys of the log and of the witness: Ed25519, made once, kept sealed with the master key."""

import base64
import datetime
import json
import secrets
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from gateway.archive import names
from gateway.archive.cosignatures import Witness
from gateway.archive.notes import Verifier
from gateway.archive.tables import log_reconciliation, secret
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction

_NAME = "archive-log-key"
_WITNESS = "archive-witness-key"
_ORIGIN = "einvoice-gateway/"
_SUCCEEDED = (
    select(log_reconciliation.c.origin).order_by(log_reconciliation.c.size.desc()).limit(1)
)


class LogKeyError(RuntimeError):
    """The log has another name than the settings ask for; the message says what to do."""


@dataclass(frozen=True, slots=True)
class LogKey:
    """The key of the log, and the log's name.

    Attributes:
        origin: The log's name; it stands first in every checkpoint and never changes.
        private: Signs checkpoints and the manifests of bundles.
    """

    origin: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half, which readers must know."""
        return Verifier(self.origin, self.private.public_key().public_bytes_raw())

    @classmethod
    def open(
        cls,
        database: Database,
        master_key: MasterKey,
        *,
        origin: str | None,
        now: datetime.datetime,
    ) -> Self:
        """Return the installation's key, made if there is none yet.

        Any number of processes may start at once: the first key stored is everybody's.

        Args:
            database: Holds the sealed key.
            master_key: Opens it.
            origin: The log's name for a new log; None: a random one.
            now: The moment of making.

        Raises:
            LogKeyError: The log exists under another name than `origin`.
            UnsealError: The key was sealed with another master key.
        """
        with database.worker_transaction() as transaction:
            if _stored(transaction, _NAME) is None:
                name = origin or _ORIGIN + secrets.token_hex(8)
                plain = _plain(name, Ed25519PrivateKey.generate())
                _store(transaction, _NAME, master_key.seal(plain, _NAME), now)
            sealed = _stored(transaction, _NAME)
            succeeded = transaction.execute(_SUCCEEDED).scalar()
        if sealed is None:
            raise LogKeyError("the log's key was removed while it was being made")
        found = json.loads(master_key.unseal(sealed, _NAME))
        if origin is not None and found["origin"] != origin:
            raise LogKeyError(
                f"this installation's log is called {found['origin']!r}, and a log keeps its name;"
                f" unset GATEWAY_LOG_ORIGIN or set it to that, not to {origin!r}"
            )
        private = base64.b64decode(found["private"])
        return cls(succeeded or found["origin"], Ed25519PrivateKey.from_private_bytes(private))

    def successor(self, latest: str | None = None) -> Self:
        """Return the key of the log that goes on where this one lost its end: of the next name.

        A log that went on under its old name, or under one that it had already, would show two
        trees of one size, and no witness would cosign it any more.

        Args:
            latest: The last name that it is known to have had; None: its own.
        """
        return type(self)(names.following(latest or self.origin), self.private)


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The key with which this installation cosigns the logs of others: never the log's own.

    Attributes:
        name: The witness's name.
        private: Signs cosignatures.
    """

    name: str
    private: Ed25519PrivateKey

    @property
    def witness(self) -> Witness:
        """The public half, which whoever trusts this witness must know."""
        return Witness(self.name, self.private.public_key().public_bytes_raw())

    @classmethod
    def open(
        cls, database: Database, master_key: MasterKey, *, name: str, now: datetime.datetime
    ) -> Self:
        """Return the installation's witness key, made if there is none yet.

        Args:
            database: Holds the sealed key.
            master_key: Opens it.
            name: The witness's name for a new key; one that exists keeps its own.
            now: The moment of making.

        Raises:
            UnsealError: The key was sealed with another master key.
        """
        with database.worker_transaction() as transaction:
            sealed = _stored(transaction, _WITNESS)
            if sealed is None:
                plain = _plain(name, Ed25519PrivateKey.generate())
                _store(transaction, _WITNESS, master_key.seal(plain, _WITNESS), now)
                sealed = _stored(transaction, _WITNESS)
        if sealed is None:
            raise LogKeyError("the witness's key was removed while it was being made")
        found = json.loads(master_key.unseal(sealed, _WITNESS))
        private = base64.b64decode(found["private"])
        return cls(found["origin"], Ed25519PrivateKey.from_private_bytes(private))


def _plain(name: str, private: Ed25519PrivateKey) -> bytes:
    encoded = base64.b64encode(private.private_bytes_raw()).decode()
    return json.dumps({"origin": name, "private": encoded}).encode()


def _store(
    transaction: TenantTransaction, name: str, ciphertext: bytes, now: datetime.datetime
) -> None:
    transaction.execute(
        insert(secret)
        .values(name=name, ciphertext=ciphertext, created_at=now)
        .on_conflict_do_nothing()
    )


def _stored(transaction: TenantTransaction, name: str) -> bytes | None:
    statement = select(secret.c.ciphertext).where(secret.c.name == name)
    found = transaction.execute(statement).scalar()
    return None if found is None else bytes(found)
