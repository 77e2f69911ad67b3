"""Queries on keys, their certificates, and where their private halves are."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.kit.kept import Kept
from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.signing.encryption import SealedKey
from gateway.signing.tables import certificate, secret, signing_key, token_key


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of `signing_key`: what a key is, and when it signs. Nothing of it is secret."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    name: str
    origin: str
    kind: str
    purposes: list[str]
    metadata: Mapping[str, str]
    public_key: bytes
    bare: bool
    active_from: datetime.datetime
    active_until: datetime.datetime | None
    kept_until: datetime.datetime | None
    successor_id: UUID | None
    retired_at: datetime.datetime | None
    revoked_at: datetime.datetime | None
    revocation_reason: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A row of `signing_certificate`."""

    account_id: UUID
    entity_id: UUID
    environment: Environment
    id: UUID
    key_id: UUID
    certificate: bytes
    chain: Sequence[bytes]
    fingerprint: bytes
    subject: str
    issuer: str
    serial_number: str
    not_before: datetime.datetime
    not_after: datetime.datetime
    revocation: str
    revocation_detail: Mapping[str, Any]
    revoked_at: datetime.datetime | None
    notice_at: datetime.datetime | None
    check_at: datetime.datetime | None
    created_at: datetime.datetime

    def covers(self, at: datetime.datetime) -> bool:
        """Tell whether it is valid at a moment, by its dates."""
        return self.not_before <= at <= self.not_after


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where on a token a key is.

    Attributes:
        token: The token's name in the settings.
        label: Of the key there (CKA_LABEL).
        object_id: The same as CKA_ID, where it has one.
    """

    token: str
    label: str
    object_id: bytes | None


def insert_key(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a key."""
    tx.execute(tx.insert(signing_key, **values))


def insert_secret(
    tx: TenantTransaction, key_id: UUID, sealed: SealedKey, now: datetime.datetime
) -> None:
    """Keep the private half of a key, sealed."""
    tx.execute(
        tx.insert(
            secret,
            key_id=key_id,
            sealed=sealed.sealed,
            data_key=sealed.data_key,
            version=sealed.version,
            updated_at=now,
        )
    )


def insert_place(tx: TenantTransaction, key_id: UUID, place: TokenPlace) -> None:
    """Keep where on a token a key is."""
    tx.execute(
        tx.insert(
            token_key,
            key_id=key_id,
            token=place.token,
            label=place.label,
            object_id=place.object_id,
        )
    )


def key_by_id(tx: TenantTransaction, key_id: UUID, *, lock: bool = False) -> KeyRow | None:
    """Return a key within reach that is not deleted."""
    query = tx.select(signing_key).where(
        signing_key.c.id == key_id, signing_key.c.deleted_at.is_(None)
    )
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else KeyRow(**row)


def key_page(
    tx: TenantTransaction,
    *,
    purpose: str | None = None,
    metadata: Mapping[str, str] | None = None,
    before: UUID | None = None,
    limit: int,
) -> list[KeyRow]:
    """Return up to `limit` keys, newest first, older than `before`."""
    query = tx.select(signing_key).where(signing_key.c.deleted_at.is_(None))
    if purpose is not None:
        query = query.where(signing_key.c.purposes.contains([purpose]))
    if metadata:
        query = query.where(signing_key.c["metadata"].contains(dict(metadata)))
    if before is not None:
        query = query.where(signing_key.c.id < before)
    rows = tx.execute(query.order_by(signing_key.c.id.desc()).limit(limit))
    return [KeyRow(**row) for row in rows.mappings()]


_KEYS_FOR = Kept(
    lambda tx: (
        tx.select(signing_key)
        .where(
            signing_key.c.entity_id == sa.bindparam("of_entity"),
            signing_key.c.purposes.contains(sa.bindparam("wanted")),
            signing_key.c.deleted_at.is_(None),
        )
        .order_by(signing_key.c.active_from.desc(), signing_key.c.id.desc())
    )
)
_SEALED = Kept(
    lambda tx: tx.select(secret, secret.c.sealed, secret.c.data_key, secret.c.version).where(
        secret.c.key_id == sa.bindparam("of_key")
    )
)
_PLACE = Kept(
    lambda tx: tx.select(
        token_key, token_key.c.token, token_key.c.label, token_key.c.object_id
    ).where(token_key.c.key_id == sa.bindparam("of_key"))
)
_CERTIFICATES = Kept(
    lambda tx: (
        tx.select(certificate)
        .where(certificate.c.key_id == sa.any_(sa.bindparam("of_keys", type_=ARRAY(sa.Uuid))))
        .order_by(certificate.c.not_after.desc(), certificate.c.id.desc())
    )
)


def keys_for(tx: TenantTransaction, purpose: str) -> list[KeyRow]:
    """Return the entity's keys for a purpose, the one that signs latest first."""
    rows = _KEYS_FOR(tx, of_entity=tx.entity_id, wanted=[purpose])
    return [KeyRow(**row) for row in rows.mappings()]


def keys_of(tx: TenantTransaction, entity_ids: Sequence[UUID]) -> list[KeyRow]:
    """Return the keys of some entities."""
    query = tx.select(signing_key).where(
        signing_key.c.entity_id.in_(entity_ids), signing_key.c.deleted_at.is_(None)
    )
    return [KeyRow(**row) for row in tx.execute(query).mappings()]


def key_with(tx: TenantTransaction, public_key: bytes) -> KeyRow | None:
    """Return the entity's key with this public half, if it is here already."""
    query = tx.select(signing_key).where(
        signing_key.c.entity_id == tx.entity_id,
        signing_key.c.public_key == public_key,
        signing_key.c.deleted_at.is_(None),
    )
    row = tx.execute(query).mappings().first()
    return None if row is None else KeyRow(**row)


def update_key(tx: TenantTransaction, key_id: UUID, values: Mapping[str, Any]) -> None:
    """Change what is known of a key."""
    tx.execute(tx.update(signing_key).where(signing_key.c.id == key_id).values(**values))


def sealed_key(tx: TenantTransaction, key_id: UUID) -> SealedKey | None:
    """Return the private half of a key as it is stored; None when it is not here."""
    row = _SEALED(tx, of_key=key_id).one_or_none()
    return None if row is None else SealedKey(row.sealed, row.data_key, row.version)


def token_place(tx: TenantTransaction, key_id: UUID) -> TokenPlace | None:
    """Return where on a token a key is; None when it is on none."""
    row = _PLACE(tx, of_key=key_id).one_or_none()
    return None if row is None else TokenPlace(*row)


def destroy(tx: TenantTransaction, key_id: UUID) -> None:
    """Take away the private half of a key, for ever."""
    for table in (secret, token_key):
        tx.execute(tx.delete(table).where(table.c.key_id == key_id))


def insert_certificate(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a certificate."""
    tx.execute(tx.insert(certificate, **values))


def certificate_by_id(tx: TenantTransaction, certificate_id: UUID) -> CertificateRow | None:
    """Return a certificate within reach."""
    query = tx.select(certificate).where(certificate.c.id == certificate_id)
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else CertificateRow(**row)


def certificates_of(
    tx: TenantTransaction, key_ids: Sequence[UUID]
) -> dict[UUID, list[CertificateRow]]:
    """Return the certificates of keys, of each the one that is valid longest first."""
    found: dict[UUID, list[CertificateRow]] = {key_id: [] for key_id in key_ids}
    for row in _CERTIFICATES(tx, of_keys=list(key_ids)).mappings():
        found[row["key_id"]].append(CertificateRow(**row))
    return found


def certificate_page(
    tx: TenantTransaction,
    *,
    expires_before: datetime.datetime | None = None,
    before: UUID | None,
    limit: int,
) -> list[CertificateRow]:
    """Return up to `limit` certificates, newest first, older than `before`."""
    query = tx.select(certificate)
    if expires_before is not None:
        query = query.where(certificate.c.not_after < expires_before)
    if before is not None:
        query = query.where(certificate.c.id < before)
    rows = tx.execute(query.order_by(certificate.c.id.desc()).limit(limit))
    return [CertificateRow(**row) for row in rows.mappings()]


def update_certificate(
    tx: TenantTransaction, certificate_id: UUID, values: Mapping[str, Any]
) -> None:
    """Change what is known of a certificate."""
    columns = certificate.c
    tx.execute(tx.update(certificate).where(columns.id == certificate_id).values(**values))


def count_for(tx: TenantTransaction) -> int:
    """Return how many keys the entity has."""
    query = tx.select(signing_key, sa.func.count()).where(
        signing_key.c.entity_id == tx.entity_id, signing_key.c.deleted_at.is_(None)
    )
    return int(tx.execute(query).scalar_one())


def quiet(tx: TenantTransaction, key_id: UUID) -> None:
    """Ask and tell nothing more about the certificates of a key."""
    statement = tx.update(certificate).where(certificate.c.key_id == key_id)
    tx.execute(statement.values(notice_at=None, check_at=None))
