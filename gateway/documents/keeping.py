"""What retention asks of issued documents: all of them, and to keep one longer."""

import datetime
from uuid import UUID

from formats.en16931 import Invoice
from gateway.compliance.retention import Keeper, tax_point_of
from gateway.documents import repository
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
    return repository.page_of_kept(tx, after, limit)


def over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return one page of the documents whose last day is past, newest first."""
    return repository.page_of_over(tx, today, before, limit)


def keep_longer(
    tx: TenantTransaction, row: DocumentRow, until: datetime.date, now: datetime.datetime
) -> None:
    """Keep an issued document until a later day; PostgreSQL refuses an earlier one."""
    repository.update(tx, row.id, {"retain_until": until, "updated_at": now})
