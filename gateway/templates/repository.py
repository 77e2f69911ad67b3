"""Queries on templates."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from gateway.kinds import DocumentKind
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import TenantTransaction
from gateway.templates.tables import template

Purpose = Literal["text", "email", "document"]
_MOST = 500


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row of `template`.

    Attributes:
        document_kind: For which documents; None for every kind.
        language: For which language, `de` or `de-AT`; None for any.
        subject, body, html_body: Jinja templates.
        document: Members of the body of a document.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    name: str
    purpose: Purpose
    document_kind: str | None
    language: str | None
    subject: str | None
    body: str | None
    html_body: str | None
    document: Mapping[str, Any] | None
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


SHELF = Shelf(template, TemplateRow)


def for_purpose(
    tx: TenantTransaction, purpose: Purpose, kind: DocumentKind | None
) -> list[TemplateRow]:
    """Return the templates for a kind of document, those for every kind too; newest first."""
    kinds = template.c.document_kind
    query = tx.select(template).where(template.c.purpose == purpose)
    query = query.where(kinds.is_(None) if kind is None else (kinds.is_(None) | (kinds == kind)))
    found = tx.execute(query.order_by(template.c.id.desc()).limit(_MOST))
    return [SHELF.read(row) for row in found]
