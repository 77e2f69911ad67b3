"""What retention asks of received documents: all of them, and to keep one longer."""

import datetime
from uuid import UUID

from gateway.inbox import repository
from gateway.inbox.repository import ReceivedRow
from gateway.kit.tenancy import TenantTransaction

__all__ = ["ReceivedRow", "keep_longer", "over", "page"]


def page(tx: TenantTransaction, after: UUID | None, limit: int) -> list[ReceivedRow]:
    """Return received documents, oldest first, later than one; nobody changes them meanwhile."""
    return repository.page_of_kept(tx, after, limit)


def over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[ReceivedRow]:
    """Return one page of the documents whose last day is past, newest first."""
    return repository.page_of_over(tx, today, before, limit)


def keep_longer(
    tx: TenantTransaction, row: ReceivedRow, until: datetime.date, now: datetime.datetime
) -> None:
    """Keep a received document until a later day; PostgreSQL refuses an earlier one."""
    repository.update(tx, row.id, {"retain_until": until, "updated_at": now})
