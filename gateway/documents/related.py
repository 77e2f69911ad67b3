"""How documents of an entity are related, and what drafts said before; their queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from gateway.documents.links import RelationKind
from gateway.documents.tables import relation, version
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction

_ONE_SETTLEMENT = "document_settled"


class SettledError(Exception):
    """Another invoice has settled the advance meanwhile; the transaction cannot go on."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation leads from the later document to the earlier one.

    Attributes:
        effective: The later one is issued: it counts, and stays. A settlement counts until the
            later one is voided or wholly credited.
    """

    kind: RelationKind
    from_id: UUID
    to_id: UUID
    effective: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What a draft said before it was changed."""

    version: int
    body: str
    reason: str | None
    actor_kind: str
    actor_id: str | None
    replaced_at: datetime.datetime


def replace_relations(
    tx: TenantTransaction,
    from_id: UUID,
    targets: Iterable[tuple[RelationKind, UUID]],
    now: datetime.datetime,
) -> None:
    """Let a draft be related to these documents, and to no others."""
    tx.execute(tx.delete(relation).where(relation.c.from_id == from_id))
    for kind, to_id in dict.fromkeys(targets):
        values = {"id": new_id(), "kind": kind, "from_id": from_id, "to_id": to_id}
        tx.execute(tx.insert(relation, **values, effective=False, created_at=now))


def make_effective(tx: TenantTransaction, from_id: UUID) -> None:
    """Let the relations of a document count, now that it is issued.

    Raises:
        SettledError: An advance is settled already.
    """
    _count(tx, relation.c.from_id == from_id)


def _count(tx: TenantTransaction, *which: sa.ColumnElement[bool]) -> None:
    try:
        tx.execute(tx.update(relation).where(*which).values(effective=True))
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == _ONE_SETTLEMENT:
            raise SettledError from None
        raise


def release(tx: TenantTransaction, from_id: UUID) -> None:
    """Let the advances that a document settled be settled anew: it is voided, or all credited.

    Also those of the document in whose place it came: it took them off in its turn.
    """
    settles = (relation.c.from_id == from_id, relation.c.kind == "settles", relation.c.effective)
    tx.execute(tx.update(relation).where(*settles).values(effective=False))
    for one in of(tx, [from_id]):
        if one.kind == "corrects" and one.effective and one.from_id == from_id:
            release(tx, one.to_id)


def settle_again(tx: TenantTransaction, from_id: UUID) -> None:
    """Let a document settle the advances that were released: it is in force again; see `release`.

    Raises:
        SettledError: One of them is settled by another document.
    """
    _count(tx, relation.c.from_id == from_id, relation.c.kind == "settles", ~relation.c.effective)
    for one in of(tx, [from_id]):
        if one.kind == "corrects" and one.effective and one.from_id == from_id:
            settle_again(tx, one.to_id)


def withdraw(tx: TenantTransaction, from_id: UUID) -> list[UUID]:
    """Let the corrections of a voided document count no more; return what it corrected."""
    which = (relation.c.from_id == from_id, relation.c.kind == "corrects", relation.c.effective)
    query = tx.update(relation).where(*which).values(effective=False)
    return list(tx.execute(query.returning(relation.c.to_id)).scalars())


def effective(tx: TenantTransaction, kind: RelationKind, to_ids: Iterable[UUID]) -> list[Relation]:
    """Return the relations of a kind that count and lead to documents."""
    ids = set(to_ids)
    return [one for one in of(tx, ids) if one.effective and one.kind == kind and one.to_id in ids]


def of(tx: TenantTransaction, document_ids: Iterable[UUID]) -> list[Relation]:
    """Return the relations that begin or end at documents, oldest first."""
    ids = list(document_ids)
    columns = (relation.c.kind, relation.c.from_id, relation.c.to_id, relation.c.effective)
    query = tx.select(relation, *columns).where(
        sa.or_(relation.c.from_id.in_(ids), relation.c.to_id.in_(ids))
    )
    return [Relation(*row) for row in tx.execute(query.order_by(relation.c.id))]


def keep_version(tx: TenantTransaction, document_id: UUID, kept: Version) -> None:
    """Keep what a draft said."""
    actor = tx.tenant.actor
    tx.execute(
        tx.insert(
            version,
            document_id=document_id,
            version=kept.version,
            body=kept.body,
            reason=kept.reason,
            actor_kind=actor.kind,
            actor_id=actor.id,
            replaced_at=kept.replaced_at,
        )
    )


def versions(
    tx: TenantTransaction, document_id: UUID, *, before: int | None, limit: int
) -> list[Version]:
    """Return one page of what a draft said before, newest first."""
    columns = tuple(version.c[name] for name in Version.__slots__)
    query = tx.select(version, *columns).where(version.c.document_id == document_id)
    if before is not None:
        query = query.where(version.c.version < before)
    query = query.order_by(version.c.version.desc()).limit(limit)
    return [Version(*row) for row in tx.execute(query)]
