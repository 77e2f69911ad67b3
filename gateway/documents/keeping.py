"""What retention asks of issued documents: all of them, and to keep one longer."""

import datetime
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from formats.en16931 import Invoice
from gateway.compliance.retention import Keeper, tax_point_of
from gateway.documents import kept_repository, repository
from gateway.documents.repository import DocumentRow
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction


def last_day(
    seat: Seat,
    kind: DocumentKind,
    invoice: Invoice,
    issue_date: datetime.date,
    today: datetime.date,
) -> datetime.date:
    """Return the last day on which a document that is issued today must still exist."""
    keeper = Keeper.of(seat.country, seat.settings)
    return keeper.kept(keeper.issued(kind, issue_date, tax_point_of(invoice)), today).until


def page(tx: TenantTransaction, after: UUID | None, limit: int) -> list[DocumentRow]:
    """Return issued documents, oldest first, later than one; nobody changes them meanwhile."""
    return kept_repository.page_of_kept(tx, after, limit)


def some(tx: TenantTransaction, ids: Collection[UUID]) -> list[DocumentRow]:
    """Return those of several ids that are documents of the entity."""
    return list(repository.some(tx, ids).values())


def over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return one page of the documents whose last day is past, newest first."""
    return kept_repository.page_of_over(tx, today, before, limit)


def keep_longer(
    tx: TenantTransaction, row: DocumentRow, until: datetime.date, now: datetime.datetime
) -> None:
    """Keep an issued document until a later day; PostgreSQL refuses an earlier one."""
    repository.update(tx, row.id, {"retain_until": until, "updated_at": now})


def of_customer(
    tx: TenantTransaction, customer_id: UUID, after: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return one page of the issued documents that name a customer, oldest first."""
    return kept_repository.page_of_customer(tx, customer_id, after, limit)


def drafts_of(tx: TenantTransaction, customer_id: UUID) -> list[DocumentRow]:
    """Return the drafts that name a customer, deleted ones too, locked."""
    return kept_repository.drafts_of_customer(tx, customer_id)


def lock(tx: TenantTransaction, document_id: UUID) -> DocumentRow | None:
    """Return an issued document that was not destroyed, locked."""
    row = repository.some(tx, [document_id], lock=True).get(document_id)
    return None if row is None or row.destroyed_at is not None else row


_DESTROY = sa.text("call destroy_document(:entity, :document, :moment)")


def destroy(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> None:
    """Blank all that the database says of a document, wherever it lies; its number stays.

    PostgreSQL refuses it on the last day or before.
    """
    tx.execute(_DESTROY, {"entity": tx.entity_id, "document": document_id, "moment": now})


_HINDRANCES = sa.text("""
select case
  when exists (select from chain_record c
                where c.entity_id = :entity and c.document_id = :document) then 'chained'
  when exists (select from outbox o join transmission t
                   on t.entity_id = o.entity_id and t.id = o.transmission_id
                where t.entity_id = :entity and t.document_id = :document
                  and o.state not in ('closed', 'stuck'))
    or exists (select from email e where e.entity_id = :entity and e.document_id = :document
                and e.state in ('queued', 'sending'))
    or exists (select from document_relation r join document d
                   on d.entity_id = r.entity_id and d.id = r.from_id
                where r.entity_id = :entity and r.to_id = :document
                  and d.state = 'draft' and d.deleted_at is null) then 'unfinished' end
""")


def hindrance(tx: TenantTransaction, document_id: UUID) -> str | None:
    """Return why a document cannot be destroyed although no law keeps it.

    Returns:
        `chained`: its record stands in a hash chain, which would no longer be verified;
        `unfinished`: it is being sent, or a draft names it; or None.
    """
    asked = {"entity": tx.entity_id, "document": document_id}
    found = tx.execute(_HINDRANCES, asked).scalar_one()
    return None if found is None else str(found)
